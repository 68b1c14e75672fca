"""The terminal before and after Textual: the first frame, quiet input, and everything put back at the end."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from types import FrameType
from typing import Any

ENTER_ALTERNATE = "\x1b[?1049h"
LEAVE_ALTERNATE = "\x1b[?1049l"
_BARE = "\x1b[?25l\x1b[?7l"  # no cursor, no wrapping
# what Textual switches on, off again: keyboard, resize reports, paste, mouse, focus, colours
_MODES = ("<u", "?2048l", "?2004l", "?1000l", "?1002l", "?1003l", "?1015l", "?1006l", "?1004l", "0m")
_RESET = "".join(f"\x1b[{mode}" for mode in _MODES)
_PLAIN = "\x1b[?7h\x1b[?25h"


class Terminal:
    """Takes the terminal over as Textual will, so that keys typed meanwhile are neither echoed nor lost."""

    def __init__(self) -> None:
        self._fd = sys.__stdin__.fileno() if sys.__stdin__ is not None else 0
        self.before: list[Any] | None = None  # the attributes that `restore` gives back
        self.alternate = False  # whether the alternate screen is shown
        self._then: dict[int, Callable[[int, FrameType | None], Any]] = {}  # who was to be told before

    def quiet(self) -> None:
        """No echo, and keys the default keys; `restore` gives back what was before."""
        try:
            import termios
        except ImportError:  # Windows
            return
        try:
            self.before = termios.tcgetattr(self._fd)
            attributes = termios.tcgetattr(self._fd)
            attributes[0] &= ~(termios.ICRNL | termios.INLCR | termios.IGNCR | termios.IXON | termios.IXOFF)
            attributes[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)
            attributes[6][termios.VMIN] = 1
            termios.tcsetattr(self._fd, termios.TCSANOW, attributes)
        except termios.error:
            self.before = None

    def guard(self) -> None:
        """A signal to end puts the terminal back, at once: every commit is whole or not there at all."""
        for name in ("SIGTERM", "SIGHUP", "SIGQUIT", "SIGINT", "SIGUSR1", "SIGUSR2", "SIGALRM"):
            number = getattr(signal, name, None)
            if number is not None:
                before = signal.signal(number, self._told_to_end)
                if callable(before) and before is not signal.default_int_handler:
                    self._then[number] = before

    def _told_to_end(self, number: int, _frame: object) -> None:
        if self._is_ours():  # a stopped job has put it back already, and would be stopped once more by trying
            self.restore()
        if number in self._then:
            self._then[number](number, None)
        os._exit(128 + number)

    def _is_ours(self) -> bool:
        """Tell whether the terminal is this job's, and not the shell's."""
        try:
            return os.name == "nt" or os.tcgetpgrp(self._fd) == os.getpgrp()
        except OSError:  # no terminal, or one that leads no session of ours
            return True

    def show(self, frame: str) -> None:
        """Enters the alternate screen and writes the first frame in one go."""
        self.alternate = True
        self._write(f"{ENTER_ALTERNATE}{_BARE}\x1b[?2026h{frame}\x1b[?2026l")

    def restore(self) -> None:
        """Puts everything back, whatever state an error has left it in."""
        if self.alternate:
            self._write(f"{_RESET}{LEAVE_ALTERNATE}")
            self.alternate = False
        self._write(_PLAIN)
        if self.before is not None:
            import termios

            with suppress(termios.error):  # the terminal is gone
                termios.tcsetattr(self._fd, termios.TCSADRAIN, self.before)
            self.before = None

    def _write(self, text: str) -> None:
        data = memoryview(text.encode("utf-8", "replace"))
        out = sys.__stdout__.fileno() if sys.__stdout__ is not None else 1
        try:
            while data:
                data = data[os.write(out, data) :]
        except OSError:
            pass  # a terminal that has gone away needs nothing any more


def usable() -> bool:
    """Tell whether there is a terminal to draw on."""
    ends = (sys.__stdin__, sys.__stdout__)
    if os.environ.get("TERM", "") in ("dumb", ""):
        return os.name == "nt" and all(end is not None and end.isatty() for end in ends)
    return all(end is not None and end.isatty() for end in ends)
