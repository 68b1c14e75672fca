"""The one thread that talks to the planner: reading, weighing and writing stay out of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from techlead_tui.errors import NoBlockError, not_possible
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import cut, inert

T = TypeVar("T")


def gone(title: str) -> NoBlockError:
    """Return the error for a block that others moved or deleted; users know blocks by their titles."""
    return NoBlockError(
        f"“{cut(inert(title), 40)}” is no longer there", "it was moved or taken out elsewhere"
    )


class Desk:
    """Questions are answered one after the other, in the order in which they were asked."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner  # for what needs no thread: its clock
        self.waiting = 0  # questions without an answer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def ask(self, question: Callable[[Planner], T], about: str = "") -> T:
        """Return the answer. UserError, also for what the system refuses.

        `about` is the title of the block that the question is about: others may take it out meanwhile.
        """
        self.waiting += 1
        try:
            return await asyncio.wrap_future(self._thread.submit(question, self.planner))
        except OSError as error:
            raise not_possible(error) from error
        except NoBlockError as error:
            raise (gone(about) if about else error) from error
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Waits for what is being written, drops what is only being weighed."""
        self._thread.shutdown(wait=True, cancel_futures=True)
