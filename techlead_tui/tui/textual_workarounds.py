"""Work around what Textual lacks or gets wrong; what leans on its inside stands here or in `driver`.

Each switches itself off where Textual no longer has the part that it leans on.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine
from functools import lru_cache
from time import monotonic
from typing import Any, Self, TypeVar

from rich.segment import Segment
from rich.style import Style as RichStyle
from textual._context import visible_screen_stack
from textual._styles_cache import StylesCache
from textual.app import App, RenderResult
from textual.color import Color
from textual.dom import DOMNode
from textual.geometry import Region, Size
from textual.message_pump import MessagePump
from textual.reactive import Reactive
from textual.renderables.background_screen import BackgroundScreen
from textual.screen import ModalScreen, Screen
from textual.strip import Strip
from textual.style import Style
from textual.visual import RenderOptions, Visual
from textual.widget import Widget

R = TypeVar("R")
SOON = 0.2  # seconds


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


def outside(app: App[Any], work: Callable[[], R]) -> R:
    """Return what work comes to that has the terminal to itself.

    What it raises goes on once the screen is back: out of `App.suspend` itself the screen never would.
    """
    failed: Exception | None = None
    with app.suspend():
        try:
            return work()
        except Exception as error:
            failed = error
    raise failed


def begin(node: DOMNode, work: Callable[[], Coroutine[Any, Any, None]], group: str) -> None:
    """Run work in the place of what runs in its group.

    It is handed over unbegun: of a coroutine that newer work replaces before its first step, Python warns.
    """
    node.run_worker(work, group=group, exclusive=True)  # type: ignore[arg-type]  # its overloads


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


@lru_cache(1024)
def _tinted(style: RichStyle, tint: Color) -> RichStyle:
    (segment,) = BackgroundScreen.process_segments([Segment(" ", style)], tint)
    return segment.style or RichStyle.null()


class Picture(Visual):
    """Hold what is seen through a dialog, tinted, line by line."""

    def __init__(self) -> None:
        self.size = (0, 0)
        self.tint: Color | None = None
        self._seen: list[Strip] = []
        self._strips: list[Strip] = []

    def take(self, screen: Screen[object], tint: Color) -> list[int]:
        """Draw a screen as it is now; return the lines that are not as they were."""
        beneath = screen.app._background_screens
        token = visible_screen_stack.set(beneath[: beneath.index(screen)] if screen in beneath else [])
        try:
            seen = screen._compositor.render_strips()
        finally:
            visible_screen_stack.reset(token)
        old, same = self._seen, self.tint == tint and len(self._seen) == len(seen)
        changed = [y for y, strip in enumerate(seen) if not same or strip != old[y]]
        strips = list(self._strips) if same else [*seen]
        for y in changed:
            parts = [Segment(text, _tinted(style or RichStyle.null(), tint)) for text, style, _ in seen[y]]
            strips[y] = Strip(parts, seen[y].cell_length)
        self.tint, self._seen, self._strips, self.size = tint, seen, strips, screen.size
        return changed

    def render_strips(
        self,
        width: int,  # noqa: ARG002
        height: int | None,
        style: Style,  # noqa: ARG002
        options: RenderOptions,  # noqa: ARG002
    ) -> list[Strip]:
        """Return the lines; they are as wide as the screen."""
        return self._strips[:height]

    def get_optimal_width(self, rules: object, container_width: int) -> int:  # noqa: ARG002
        """Return the width of the screen."""
        return container_width

    def get_height(self, rules: object, width: int) -> int:  # noqa: ARG002
        """Return the number of lines."""
        return len(self._strips)


class Unscrolled(Widget):
    """Take another size without a further layout: Textual asks for one, though only what scrolls needs it."""

    virtual_size = Reactive(Size(0, 0), repaint=False)


class Group(Unscrolled):
    """Hold widgets one below the other, or as its style says."""


class SeeThrough(ModalScreen[R]):
    """Draw what is beneath once, and again where it changes: Textual does so at each paint of a dialog."""

    _picture: Picture | None = None
    _opened = 0.0  # when it was painted for the first time: what Textual asks for soon after is in that paint

    def render(self) -> RenderResult:  # type: ignore[override]  # a visual, which its base class may return
        seen = super().render()
        if not isinstance(seen, BackgroundScreen) or not hasattr(seen.screen, "_compositor"):
            return seen
        if self._picture is None or self._picture.size != self.size:
            self._picture = Picture()
            self._picture.take(seen.screen, seen.color)
            if not self._opened:
                self._opened = monotonic()
                self._exchange_repaint_regions()
        return self._picture

    _was_covered = False

    def on_screen_suspend(self) -> None:
        """Note that another dialog lies over this one."""
        self._was_covered = True

    def on_screen_resume(self) -> None:
        """Look again: what is beneath may have changed while another dialog lay over both."""
        if self._was_covered:
            self._picture = None
            self.refresh()

    def paint_beneath(self) -> None:
        """Let the screen beneath paint what a key that came in one go with the dialog's left unpainted."""
        screens = self.app.screen_stack
        if self not in screens[1:]:
            return  # it was closed before this was its turn
        beneath = screens[screens.index(self) - 1]
        if getattr(beneath, "_dirty_widgets", True):
            beneath.check_idle()

    def refresh(
        self, *regions: Region, repaint: bool = True, layout: bool = False, recompose: bool = False
    ) -> Self:
        """Repaint; of regions that changed beneath only the lines that look different now."""
        picture = self._picture
        if picture is not None and picture.size == self.size:
            screens, tint = self.app.screen_stack, self.styles.background
            if regions and self in screens[1:]:
                beneath = screens[screens.index(self) - 1]
                regions = tuple(Region(0, y, self.size.width, 1) for y in picture.take(beneath, tint))
                repaint = bool(regions)
            elif monotonic() - self._opened < SOON and picture.tint == tint:
                repaint = False
        return super().refresh(*regions, repaint=repaint, layout=layout, recompose=recompose)
