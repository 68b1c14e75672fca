"""Describe a command of the user's that is run at a moment of the week."""

from typing import NamedTuple


class Hook(NamedTuple):
    """A command that is run at each event of one sort."""

    on: str  # one of core.events.EVENTS
    command: tuple[str, ...]  # the program first; no shell reads them
    seconds: int = 10  # that it may take
