"""The one thread that talks to the planner: reading, weighing and writing stay out of the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from techlead_tui.core.edit_error import NoBlockError
from techlead_tui.planner.planner import Planner
from techlead_tui.render.cells import cut, inert

T = TypeVar("T")


class Trouble(Exception):  # noqa: N818  what it is to the user: nothing went wrong in the program
    """What planner, store or configuration have to say: an edit that makes no sense, a full disk."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} — {self.hint}" if self.hint else self.message


class Gone(Trouble):
    """A block is not where it was seen; told by its title, for nobody knows blocks by their ids."""

    def __init__(self, title: str) -> None:
        super().__init__(
            f"“{cut(inert(title), 40)}” is no longer there", "it was moved or taken out elsewhere"
        )


class Desk:
    """Questions are answered one after the other, in the order in which they were asked."""

    def __init__(self, planner: Planner) -> None:
        self.planner = planner  # for what needs no thread: its clock
        self.waiting = 0  # questions without an answer
        self._thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="desk")

    async def ask(self, question: Callable[[Planner], T], about: str = "") -> T:
        """The answer. Trouble for an error that is meant for the user; any other is a fault of ours.

        `about` is the title of the block that the question is about: others may take it out meanwhile.
        """
        self.waiting += 1
        try:
            return await asyncio.wrap_future(self._thread.submit(question, self.planner))
        except OSError as error:
            where = f" ({error.filename})" if error.filename else ""
            raise Trouble(f"{error.strerror or error}{where}", "nothing was written") from error
        except NoBlockError as error:
            raise (Gone(about) if about else Trouble(error.message, error.hint)) from error
        except Exception as error:
            message = getattr(error, "message", None)
            if not isinstance(message, str):
                raise
            raise Trouble(message, str(getattr(error, "hint", ""))) from error
        finally:
            self.waiting -= 1

    def close(self) -> None:
        """Waits for what is being written, drops what is only being weighed."""
        self._thread.shutdown(wait=True, cancel_futures=True)
