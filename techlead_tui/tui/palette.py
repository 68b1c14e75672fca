"""The command palette: every action that the current screen has."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

from textual.app import App, SystemCommand

from techlead_tui.tui import actions


def commands(app: App[Any], room: str, keys: Mapping[str, str]) -> Iterator[SystemCommand]:
    """The actions of a room and of the app, each with its key; `keys` are the user's own, by id."""
    for action in actions.ACTIONS:
        name = action.id.partition(".")[0]
        if name in (room, "app"):
            target = f"{'app' if name == 'app' else 'screen'}.{action.method}"
            key = actions.shown(action.bound(keys)[0])
            run = partial(app.call_later, app.run_action, target)
            named = ": ".join(filter(None, (action.label, action.text.rstrip("."))))
            yield SystemCommand(f"{named}  {key}", action.id, run)
