"""The terminal before and after Textual: the first frame, quiet input, and everything put back at the end."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

# alternate screen, no cursor, no wrapping; then the way back, harmless where it was never switched on
ENTER = "\x1b[?1049h\x1b[?25l\x1b[?7l"
LEAVE = "\x1b[<u\x1b[?2048l\x1b[?2004l\x1b[?1000l\x1b[?1002l\x1b[?1003l\x1b[?1015l\x1b[?1006l\x1b[?1004l"
LEAVE += "\x1b[0m\x1b[?7h\x1b[?1049l\x1b[?25h"


class Terminal:
    """Takes the terminal over as Textual will, so that keys typed meanwhile are neither echoed nor lost."""

    def __init__(self) -> None:
        self._fd = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        self._before: list[object] | None = None
        self._entered = False

    def quiet(self) -> None:
        """No echo, and keys as they come; `restore` gives back what was before."""
        try:
            import termios
        except ImportError:  # Windows
            return
        try:
            self._before = termios.tcgetattr(self._fd)
            attributes = termios.tcgetattr(self._fd)
            attributes[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
            attributes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN)
            attributes[6][termios.VMIN] = 1
            termios.tcsetattr(self._fd, termios.TCSANOW, attributes)
        except termios.error:
            self._before = None

    def show(self, frame: str) -> None:
        """Enters the alternate screen and writes the first frame in one go."""
        self._entered = True
        self._write(f"{ENTER}\x1b[?2026h{frame}\x1b[?2026l")

    def restore(self) -> None:
        """Puts everything back, whatever state an error has left it in."""
        if self._entered:
            self._write(LEAVE)
            self._entered = False
        if self._before is not None:
            import termios

            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self._before)  # type: ignore[arg-type]
            self._before = None

    def _write(self, text: str) -> None:
        data = memoryview(text.encode("utf-8", "replace"))
        out = sys.__stdout__.fileno() if sys.__stdout__ is not None else 1
        try:
            while data:
                data = data[os.write(out, data) :]
        except OSError:
            pass  # a terminal that has gone away needs nothing any more


def usable() -> bool:
    """Whether there is a terminal to draw on."""
    ends = (sys.__stdin__, sys.__stdout__)
    if os.environ.get("TERM", "") in ("dumb", ""):
        return os.name == "nt" and all(end is not None and end.isatty() for end in ends)
    return all(end is not None and end.isatty() for end in ends)
