"""Work around what Textual lacks or gets wrong; what leans on its inside stands here or in `driver`.

Each switches itself off where Textual no longer has the part that it leans on.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from textual._styles_cache import StylesCache
from textual.app import App
from textual.color import Color
from textual.message_pump import MessagePump
from textual.style import Style


@lru_cache(1024)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    return Style(background=base_background + background), Style(background=base_background)


def release_widgets() -> None:
    """Let go of widgets that are gone: Textual's style cache keeps 1024 of them (textual #6665)."""
    if hasattr(StylesCache, "get_inner_outer"):
        StylesCache.get_inner_outer = staticmethod(_inner_outer)  # type: ignore[method-assign, assignment]


class CrashingApp(App[None]):
    """Close on a crash without drawing a traceback, which can itself hang, and keep what ended the app.

    Textual would exit with 0; `failure` lets the caller report it.
    """

    failure: BaseException | None = None

    def crash(self, error: Exception) -> None:
        """End the app for a fault outside its own handlers. Safe from any thread."""
        self.call_later(self._handle_exception, error)

    def _handle_exception(self, error: Exception) -> None:
        self.failure = self.failure or error
        super()._handle_exception(error)

    def _fatal_error(self) -> None:
        self._close_messages_no_wait()

    def beats_by_itself(self, beat: Callable[[], None]) -> bool:
        """Hand `beat` to a driver whose input thread wakes up anyway; False where there is none."""
        driver = self._driver
        if driver is None or not hasattr(driver, "beat"):
            return False
        driver.beat = beat
        return True


def is_idle(pump: MessagePump) -> bool:
    """Tell whether a widget waits for its next message or takes none any more; True where unknown."""
    if getattr(pump, "_closed", False):
        return True
    ready = getattr(getattr(pump, "_message_queue", None), "ready_event", None)
    return ready is None or bool(ready._waiters and not ready.is_set())


def has_messages(app: App[object]) -> bool:
    """Tell whether the app has more to handle than the message under way."""
    queue = getattr(app, "_message_queue", None)
    return getattr(app, "_pending_message", None) is not None or (queue is not None and not queue.empty())


def are_idle(app: App[object]) -> bool:
    """Tell whether every widget of the app waits for its next message."""
    return all(map(is_idle, getattr(app, "_registry", ())))
