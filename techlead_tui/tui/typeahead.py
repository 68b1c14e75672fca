"""Keys that come faster than they are handled: each waits until what the one before it started is done.

Textual hands a key to whoever has the focus at that moment: of `a` and the words behind it, sent at once over
a slow line, the words would meet the week, where no line of words is yet.
"""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable
from time import monotonic
from typing import Any

from textual.app import App
from textual.events import Event, Key, Paste

from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.textual_workarounds import are_idle, has_messages, is_idle

PATIENCE = 3.0  # seconds that a key waits at most while nobody asks the planner anything
TURNS = 100  # of the event loop, until each further look costs a nap as well
NAP = 0.001  # seconds


class Typeahead:
    """Holds input back until everything is calm. What comes when nothing is under way passes at once; so does
    a key after one that the app has run itself, from start to end, without moving the focus."""

    def __init__(self, app: App[Any], desk: Desk, handle: Callable[[Event], Awaitable[None]]) -> None:
        self._app = app
        self._desk = desk
        self._handle = handle  # as Textual does
        self._done = False  # the input before has done all that it does
        self._waiting: deque[Event] = deque()
        self._feeding: asyncio.Task[None] | None = None

    def __len__(self) -> int:
        """Return how much waits."""
        return len(self._waiting)

    async def take(self, event: Event) -> None:
        """Called by the app for each event of keyboard and mouse, in the order in which they come."""
        if not self._waiting and (self._done or not isinstance(event, Key | Paste) or self._calm(here=True)):
            await self._pass(event)
            return
        self._waiting.append(event)
        if self._feeding is None or self._feeding.done():
            self._feeding = asyncio.create_task(self._feed())

    async def _pass(self, event: Event) -> None:
        self._done = False
        before = self._front()
        await self._handle(event)
        self._done = not getattr(event, "is_forwarded", True) and self._front() == before

    def _front(self) -> tuple[object, object]:
        """Return who gets the next key."""
        return self._app.screen_stack[-1], self._app.focused

    async def _feed(self) -> None:
        while self._waiting:
            await self._rest()
            if not self._app.call_later(self._release):
                self._waiting.clear()  # the app ends

    async def _release(self) -> None:
        """In the app's own queue: what waits, up to the first that starts something."""
        self._done = True
        while self._waiting and self._done:
            await self._pass(self._waiting.popleft())

    async def _rest(self) -> None:
        """Until everything is calm."""
        last, turns = monotonic() + PATIENCE, 0
        await asyncio.sleep(0)
        while not self._calm():
            if self._desk.waiting:
                last = monotonic() + PATIENCE
            elif monotonic() > last:
                return
            turns += 1
            await asyncio.sleep(0 if turns < TURNS else NAP)

    def _calm(self, *, here: bool = False) -> bool:
        """Tell whether no message waits anywhere or is being handled; `here` in the app itself."""
        if here:
            return not has_messages(self._app) and are_idle(self._app)
        return is_idle(self._app) and are_idle(self._app)
