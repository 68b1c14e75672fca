"""Ask the planner outside the event loop: writes and previews in one thread, slow reads in another.

What may take minutes runs apart from both, in a thread that nobody waits for when the screen closes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from threading import Thread
from typing import TypeVar

from techlead_tui.errors import NoBlockError, UserError, not_possible
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import cut, inert
from techlead_tui.tui.witness import Witness

T = TypeVar("T")
PATIENCE = 0.3  # seconds without an answer after which one asks why; a commit takes milliseconds


def gone(title: str) -> NoBlockError:
    """Return the error for a block that others moved or deleted; users know blocks by their titles."""
    return NoBlockError(f"“{cut(inert(title), 40)}” is no longer there", "it was moved or deleted elsewhere")


class Desk:
    """Answer questions to the planner in two lanes, each in the order in which they were asked.

    A read of many weeks takes its own lane, so that no preview and no write waits behind it. Both lanes may
    read at once: each read has a view of its own, and only the first one writes.
    """

    def __init__(self, planner: Planner) -> None:
        self.planner = planner  # for what needs no thread: its clock
        self.waiting = 0  # questions without an answer
        self.witness = Witness()
        self.held_up: Callable[[bool], None] = lambda _: None  # told when another process keeps one waiting
        self._edits = ThreadPoolExecutor(max_workers=1, thread_name_prefix="edits")
        self._reads = ThreadPoolExecutor(max_workers=1, thread_name_prefix="reads")

    async def ask(self, question: Callable[[Planner], T], about: str = "") -> T:
        """Return the answer of a write, a preview or a short read. UserError, also where the system refuses.

        `about` is the title of the block that the question is about: others may take it out meanwhile.
        """
        return await self._answer(self._edits, question, about)

    async def prepare(self, question: Callable[[Planner], object]) -> None:
        """Read ahead what may be asked for next, before what is asked later; that it has to wait, or fails,
        is told to the one who asks."""
        self.waiting += 1
        try:
            with suppress(UserError, OSError):
                await asyncio.wrap_future(self._edits.submit(question, self.planner))
        finally:
            self.waiting -= 1

    async def search(self, question: Callable[[Planner], T], about: str = "") -> T:
        """Return the answer of a read that may take long, as `ask` does."""
        return await self._answer(self._reads, question, about)

    async def apart(self, question: Callable[[Planner], T]) -> T:
        """Return the answer of work that may take minutes, a scan; the screen counts as at rest meanwhile."""
        future: Future[T] = Future()
        future.set_running_or_notify_cancel()  # its answer may come after the one who asked has left

        def run() -> None:
            try:
                future.set_result(question(self.planner))
            except BaseException as error:
                future.set_exception(error)

        Thread(target=run, name="apart", daemon=True).start()
        try:
            return await asyncio.wrap_future(future)
        except OSError as error:
            raise not_possible(error) from error

    async def _answer(self, lane: ThreadPoolExecutor, question: Callable[[Planner], T], about: str) -> T:
        self.waiting += 1
        answer = asyncio.wrap_future(lane.submit(question, self.planner))
        told = False
        try:
            while not (await asyncio.wait((answer,), timeout=PATIENCE))[0]:
                if self.planner.waits:
                    told = True
                    self.held_up(True)
            return answer.result()
        except OSError as error:
            raise not_possible(error) from error
        except NoBlockError as error:
            raise (gone(about) if about else error) from error
        finally:
            answer.cancel()  # where nobody asks any more
            self.waiting -= 1
            if told:
                self.held_up(False)

    def close(self) -> None:
        """Wait for what is being written, and drop what is only being read or weighed."""
        self._reads.shutdown(wait=False, cancel_futures=True)
        self._edits.shutdown(wait=True, cancel_futures=True)
