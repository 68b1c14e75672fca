"""Have the user's commands run while the screen is open, beside it, and tell what failed."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from threading import Event, Thread

from textual.message import Message

from techlead_tui.config.paths import Folders
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner

LOOK = 1.0  # seconds between looks at the clock and the journal


class CommandFailed(Message):
    """A command of the user's has failed; `text` says why."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class Ticker:
    """Look each second whether a minute has begun or something was written, and only then what is due.

    What is due runs in a process of its own: no key waits for it, and it ends although the screen closes.
    """

    def __init__(
        self,
        planner: Planner,
        post: Callable[[Message], object],
        run: Callable[[Folders, int], Iterable[str]] | None = None,
    ) -> None:
        self._planner = planner
        self._post = post
        self._run = run
        self._over = Event()
        self._seen: tuple[object, ...] = ()
        self._thread = Thread(target=self._loop, name="ticker", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._over.set()

    def _loop(self) -> None:
        while not self._over.wait(LOOK):
            self.look()

    def look(self) -> None:
        """Run what is due, and post what failed."""
        if not self._planner.settings.hooks:
            return
        from techlead_tui.planner import tick  # dear, and many have no commands

        try:
            seen = (self._planner.clock.moment() // 60, self._planner.stamp())
            if seen == self._seen:
                return
            self._seen = seen
            if not tick.is_due(self._planner):
                return
        except UserError:
            return  # the screen itself says what is wrong with the data
        for text in (self._run or tick.run_apart)(self._planner.folders, self._planner.clock.ahead):
            if not self._over.is_set():
                self._post(CommandFailed(text))
