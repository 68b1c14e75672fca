"""Have calendars read every quarter of an hour, and other machines met when something has changed.

Both happen beside the screen, which is told how that goes.
"""

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
QUIET = 60.0  # seconds after which other machines hear of a change, and this one of theirs


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
        run: Callable[[Folders, str], Iterable[dict[str, Any]]] = refresh.run,
    ) -> None:
        self._planner = planner
        self._post = post
        self._run = run
        self._wanted = Event()
        self._over = False
        self._seen: tuple[object, ...] | None = None  # of the last meeting with other machines
        self._thread = Thread(target=self._loop, name="calendars", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def now(self) -> None:
        """Read them at once, and not only when it is time."""
        self._wanted.set()

    def stop(self) -> None:
        """End; what other machines have not heard of yet goes out behind the one who leaves."""
        self._over = True
        self._wanted.set()
        if self._planner.settings.machines.folder and refresh.stamp(self._planner) != self._seen:
            for _ in self._run(self._planner.folders, refresh.LEAVING):
                pass

    def _loop(self) -> None:
        wait, since = FIRST, EVERY
        while True:
            asked = self._wanted.wait(wait)
            self._wanted.clear()
            if self._over:
                return
            since += wait
            if asked or since >= EVERY:
                self.read_once()
                since = 0.0
            else:
                self.meet()
            wait = QUIET if self._planner.settings.machines.folder else EVERY

    def read_once(self) -> None:
        """Read every calendar and meet the other machines, where there are any, and post how it goes."""
        settings = self._planner.settings
        if settings.sources or settings.publish.path or settings.machines.folder:
            self._follow(refresh.ALL)

    def meet(self) -> None:
        """Meet the other machines if anything has changed, here or there."""
        if self._planner.settings.machines.folder and refresh.stamp(self._planner) != self._seen:
            self._follow(refresh.MACHINES)

    def _follow(self, what: str) -> None:
        for told in self._run(self._planner.folders, what):
            if self._over:
                return
            self._post(CalendarsRead(told))
        if self._planner.settings.machines.folder:
            self._seen = refresh.stamp(self._planner)
