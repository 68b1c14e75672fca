"""Have the calendars read again every quarter of an hour, beside the screen, and tell it how that goes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Event, Thread
from typing import Any

from textual.message import Message

from techlead_tui.config.paths import Folders
from techlead_tui.planner import refresh
from techlead_tui.planner.planner import Planner

FIRST = 3.0  # seconds after the first paint, when the user is likely to read
EVERY = 15 * 60.0


class CalendarsRead(Message):
    """Some of the calendars have been read, or all of them: then with what has changed outside."""

    def __init__(self, told: dict[str, Any]) -> None:
        super().__init__()
        self.told = told

    @property
    def text(self) -> str:
        """Return a sentence about it; "" where there is nothing to say."""
        told = self.told
        if told.get("name"):
            return f"reading calendars: {told['done'] + 1} of {told['count']}, {told['name']}"
        if told.get("news"):
            return " · ".join(told["news"][:3])
        if told.get("failed"):
            return f"could not be read: {', '.join(told['failed'][:3])} · what was read last stays"
        return ""


class Refresher:
    """Read the calendars in a process, from a thread that waits for it."""

    def __init__(
        self,
        planner: Planner,
        post: Callable[[Message], object],
        run: Callable[[Folders], Iterable[dict[str, Any]]] = refresh.run,
    ) -> None:
        self._planner = planner
        self._post = post
        self._run = run
        self._wanted = Event()
        self._over = False
        self._thread = Thread(target=self._loop, name="calendars", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def now(self) -> None:
        """Read them at once, and not only when it is time."""
        self._wanted.set()

    def stop(self) -> None:
        self._over = True
        self._wanted.set()

    def _loop(self) -> None:
        wait = FIRST
        while True:
            self._wanted.wait(wait)
            self._wanted.clear()
            wait = EVERY
            if self._over:
                return
            self.read_once()

    def read_once(self) -> None:
        """Read every calendar and meet the other machines, where there are any, and post how it goes."""
        settings = self._planner.settings
        if not (settings.sources or settings.publish.path or settings.machines.folder):
            return
        for told in self._run(self._planner.folders):
            if self._over:
                return
            self._post(CalendarsRead(told))
