"""The keys at the bottom, in one line or a few that can also be clicked."""

from __future__ import annotations

from collections.abc import Container, Mapping

from textual.events import Click
from textual.message import Message

from techlead_tui.render.footer import Spots, key_rows
from techlead_tui.render.text import exactly
from techlead_tui.tui import actions
from techlead_tui.tui.widgets.rows_view import RowsView


class KeyBar(RowsView):
    class Chosen(Message):
        """A key was clicked."""

        def __init__(self, action_id: str) -> None:
            super().__init__()
            self.action_id = action_id

    _shown: object = None
    _spots: tuple[Spots, ...] = ()

    def show(
        self, mode: str, own: Mapping[str, str], width: int, rows: int = 1, without: Container[str] = ()
    ) -> None:
        """Show the keys of a mode, in at most `rows` rows, without those of some actions.

        `own` are the keys that the user has given, by id.
        """
        if self._shown == (mode, own, width, rows, without):
            return
        self._shown = (mode, own, width, rows, without)
        keys = [key for key in actions.bar(mode, own) if key[2] not in without]
        found = key_rows(keys, width, rows)
        self._spots = tuple(spots for _, spots in found)
        self.show_rows([*(row for row, _ in found), *[exactly((), width, "ink/bar")] * (rows - len(found))])

    def on_click(self, event: Click) -> None:
        for start, stop, action_id in self._spots[event.y] if event.y < len(self._spots) else ():
            if start <= event.x < stop:
                self.post_message(self.Chosen(action_id))
