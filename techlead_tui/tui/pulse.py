"""A thread that notices what nobody pressed a key for: the next minute, and other processes' commits."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Thread


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
