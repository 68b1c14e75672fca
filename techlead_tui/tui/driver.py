"""Textual's driver for a terminal that already shows the first frame; its input thread is a pulse as well."""

from __future__ import annotations

import gc
import os
import sys
from codecs import getincrementaldecoder
from collections.abc import Callable, Iterator
from contextlib import suppress
from select import select
from signal import SIGCONT, SIGHUP, SIGSTOP
from time import monotonic
from typing import Any

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual._xterm_parser import XTermParser
from textual.app import App
from textual.drivers.linux_driver import LinuxDriver
from textual.events import Key
from textual.message import Message

from techlead_tui.tui.input_filter import InputFilter
from techlead_tui.tui.terminal import ENTER_ALTERNATE, LEAVE_ALTERNATE, Terminal

CHUNK = 4096  # bytes read at once
GARBAGE = 1000  # objects after which it is worth looking for some
OLD = 10  # collections after which all objects are looked at
ESCAPE_KEY = "\x1b"
ESCAPE = 0.1  # seconds after which an escape that nothing follows is the key


class Waking:
    """An event that also ends a `select`, so that leaving does not wait for one."""

    def __init__(self) -> None:
        self.end, self._start = os.pipe()

    def set(self) -> None:
        os.write(self._start, b".")

    def is_set(self) -> bool:
        return bool(select([self.end], [], [], 0)[0])

    def clear(self) -> None:
        os.read(self.end, CHUNK)


def tidy() -> None:
    """Collects garbage while nobody waits for it; left to itself that happens in the middle of a key."""
    young, _, old = gc.get_count()
    if young > GARBAGE:
        gc.collect(2 if old > OLD else 1)


class TerminalInput:
    """Turn what a terminal sends into events of keyboard and mouse; what is neither is swallowed."""

    def __init__(self, debug: bool = False) -> None:
        self._parser = XTermParser(debug)
        self._keep = InputFilter(ANSI_SEQUENCES_KEYS.__contains__)

    def come(self, text: str) -> Iterator[Message]:
        """Yield the events of what has come."""
        if kept := self._keep.feed(text):
            yield from self._parser.feed(kept)
        yield from self._parser.tick()

    def pause(self) -> Iterator[Message]:
        """Yield the events of what was held back, as nothing has come for a moment."""
        kept = self._keep.rest()
        if kept == ESCAPE_KEY:  # the parser would wait for what follows, once more
            yield Key("escape", ESCAPE_KEY)
        elif kept:
            yield from self._parser.feed(kept)
        yield from self._parser.tick()


class SeamlessDriver(LinuxDriver):
    """Enters the alternate screen only where it is not shown already: anew it would clear the frame.

    Waits for keys without waking ten times a second, and calls `beat` every `seconds` from the same thread:
    one wake-up for both costs less than Textual's own costs alone.
    """

    terminal: Terminal  # set before the app runs
    beat: Callable[[], None] | None = None
    seconds = 0.25

    def __init__(self, app: App[Any], **options: Any) -> None:
        super().__init__(app, **options)
        # Textual takes stderr, which people redirect; a locale's own encoding would refuse most of a frame
        out = sys.__stdout__.fileno() if sys.__stdout__ is not None else 1
        self._file = open(out, "w", encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
        self._leaving = Waking()
        self.exit_event = self._leaving  # type: ignore[assignment]
        # any thread may be given the signal; only a handler of the loop wakes a loop that waits
        self._loop.add_signal_handler(SIGCONT, self._sigcont_application)

    def start_application_mode(self) -> None:
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if self.terminal.before is not None:
            self.attrs_before = self.terminal.before  # those from before the first frame

    def _sigtstp_application(self, *_: object) -> None:
        """Stop the whole job, as a terminal does: a wrapper that is left running keeps the shell waiting."""
        if self._auto_restart:
            self.suspend_application_mode()
            self._must_signal_resume = True
        os.killpg(0, SIGSTOP)  # Textual stops its own process alone (its issue 6298)

    def _sigcont_application(self, *_: object) -> None:
        if self._auto_restart and self._key_thread is not None and not self._must_signal_resume:
            self.suspend_application_mode()  # stopped from outside: the shell has had the terminal since
            self._must_signal_resume = True
        super()._sigcont_application()

    def _run_input_thread(self) -> None:
        """Let what fails in this thread end the program as any fault does; Textual would leave with 0."""
        try:
            self.run_input_thread()
        except Exception as error:
            self._app.crash(error)  # type: ignore[attr-defined]

    def run_input_thread(self) -> None:
        """Dispatches what is typed until the driver stops."""
        events = TerminalInput(self._debug)
        decode = getincrementaldecoder("utf-8")("surrogateescape").decode
        typed = False  # the parser may hold the beginning of a sequence
        due = monotonic() + self.seconds
        while not self._leaving.is_set():
            wait = ESCAPE if typed else max(0.0, due - monotonic())
            typed = self.fileno in select([self.fileno, self._leaving.end], [], [], wait)[0]
            if typed:
                data = b""
                with suppress(OSError):  # the other end is closed
                    data = os.read(self.fileno, CHUNK)
                if not data:  # the terminal has gone; the system tells only the one who leads its session
                    os.kill(os.getpid(), SIGHUP)
                    return
            for event in events.come(decode(data)) if typed else events.pause():
                self.process_message(event)
            if monotonic() >= due:
                due = monotonic() + self.seconds
                if self.beat is not None:
                    self.beat()
            if not typed:
                tidy()

    def send_message(self, message: Message) -> None:
        """Hands an event over as it is; Textual's own makes a task of each."""
        self._app.post_message(message)

    def write(self, data: str) -> None:
        if data == ENTER_ALTERNATE:
            if self.terminal.alternate:
                return
            self.terminal.alternate = True
        elif data == LEAVE_ALTERNATE:  # the end, or ctrl+z
            self.terminal.alternate = False
        super().write(data)
