"""Notice what nobody pressed a key for: the next minute, what others commit, and a new config.toml."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from textual.message import Message

from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner

BEAT = 0.25  # seconds between looks at the journal and the clock
CLOCK = 4  # beats between looks at the clock
SLEPT = 150  # seconds without a beat after which the machine must have slept


class StoreChanged(Message):
    """Another process has committed something, or the system is set to another time zone."""


class SettingsChanged(Message):
    """Somebody has written config.toml: the planner has read it, or `problem` says why it could not."""

    def __init__(self, problem: str = "") -> None:
        super().__init__()
        self.problem = problem


class Minute(Message):
    """A minute has begun; `away` are the minutes that the machine slept before it."""

    def __init__(self, now: datetime, away: int) -> None:
        super().__init__()
        self.now = now
        self.away = away


class Watch:
    """Looks at journal and config.toml at each beat, at the clock at every fourth; posts what it finds."""

    def __init__(self, planner: Planner, post: Callable[[Message], object], every: int = CLOCK) -> None:
        self._planner = planner
        self._post = post
        self._every = every
        self._beats = 0
        self._last = planner.now()
        self._zone = planner.zone

    def beat(self) -> None:
        """Safe from any thread."""
        zone = self._planner.zone
        if self._planner.changed_elsewhere() or zone is not self._zone:
            self._zone = zone
            self._post(StoreChanged())
        try:
            if self._planner.settings_elsewhere():
                self._post(SettingsChanged())
        except UserError as wrong:
            self._post(SettingsChanged(wrong.message))
        self._beats += 1
        if self._beats % self._every:
            return
        try:
            now, last = self._planner.now(), self._last
        except UserError:
            return  # the clock is set to a year that cannot be: to be noticed once it is set back
        if (now.date(), now.hour, now.minute) != (last.date(), last.hour, last.minute):
            self._last = now
            passed = now.timestamp() - last.timestamp()  # of two times in one zone `-` leaves the DST out
            self._post(Minute(now, int(passed) // 60 if passed > SLEPT else 0))


class Pulse:
    """Calls `beat` every `seconds` until stopped, from a thread of its own: a timer in the event loop would
    wake everything five times a second."""

    def __init__(self, beat: Callable[[], None], seconds: float) -> None:
        self._beat = beat
        self._seconds = seconds
        self._stop = Event()
        self._thread = Thread(target=self._run, name="pulse", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()

    def _run(self) -> None:
        while not self._stop.wait(self._seconds):
            self._beat()
