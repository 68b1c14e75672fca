"""Define the moments of a week at which commands of the user's are run, and those commands."""

from __future__ import annotations

from typing import NamedTuple

EVENTS = {
    "focus-start": "a stretch of deep work begins, or its end has changed",
    "focus-end": "a stretch of deep work is over",
    "meeting-ends-soon": "five minutes before the hard end of a meeting",
    "meeting-end": "the hard end of a meeting",
    "meeting-overrun": "five minutes after the hard end of a meeting",
    "window-close": "a window closes",
    "friday": "the afternoon of the week's last working day begins",
    "commit": "plan or log were changed",
}


class Hook(NamedTuple):
    """A command that is run at each event of one sort."""

    on: str  # one of EVENTS
    command: tuple[str, ...]  # the program first; no shell reads them
    seconds: int = 10  # that it may take
