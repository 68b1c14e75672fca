"""Show a box over a screen: a title, what the dialog is about, and a key bar.

Where a dialog is added: a list of things subclasses `ListDialog` (list_dialog.py), a form `Form` (form.py), a
pick out of a few uses `PickDialog` (choice.py) as it is. Each names its keys in the table of actions
(actions.py) and binds them with `bindings_of`; leaving, key bar, colors, sizes and clicks come from `Dialog`.
"""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Sequence
from typing import ClassVar, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import Binding, BindingType
from textual.css.query import NoMatches
from textual.events import Click, Resize
from textual.geometry import Size

from techlead_tui.core.edits import Edit
from techlead_tui.core.words.unparse import words_of
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import Row, cut, exactly, inert, width
from techlead_tui.tui import actions
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.textual_workarounds import Group, SeeThrough
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.rows_view import RowsView

R = TypeVar("R")
BESIDE = 4  # cells of it that hold no row: padding, or a frame
EARLY = 0.03  # seconds that the first paint waits for what it is to show


def bindings_of(room: str) -> list[BindingType]:
    """Return the bindings of a room in the table of actions; users can remap them by id."""
    return [Binding(a.keys, a.method, a.text, show=False, id=a.id) for a in actions.bound(room)]


def calls_of(edits: Sequence[Edit], planner: Planner) -> list[str]:
    """Return the call, or the calls, that history shows for edits that are one wish."""
    out: list[str] = []
    for edit in edits:
        out += ["&&", "techlead"] if out else []
        out += words_of(edit, planner.library.types())
    return out


class Dialog(SeeThrough[R]):
    """Close with a result, or with None when it is left. A subclass yields its widgets in `content`."""

    CSS_PATH = os.path.join(os.path.dirname(__file__), "dialogs.tcss")  # a subclass may be at home elsewhere
    AUTO_FOCUS = ""  # each dialog says what has the focus: a line that is closed must not take letters
    heading = ""
    mode = "list"  # of the key bar; several modes are joined by a blank
    key_rows = 1  # of the key bar, at most
    click_leaves: ClassVar[bool] = True  # a click beside the box does

    def __init__(self, desk: Desk, looks: Looks) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.cells = 0  # of a row of the box, where `set_sizes` knows them before it is laid out
        self.arranged: Size | None = None  # the size of the screen that it was arranged for, once it was
        self._waiting = ""

    def content(self) -> ComposeResult:
        """Yield the widgets between title and key bar."""
        raise NotImplementedError

    def box_classes(self) -> list[str]:
        """Return the classes of the box as it opens: one that is set later has all in it styled again."""
        return ["-framed"] if self.framed else []

    def aside(self) -> str:
        """Return a few words for the right end of the title."""
        return ""

    def resting(self) -> frozenset[str]:
        """Return the ids of the actions that mean nothing now: the key bar leaves them out."""
        return frozenset()

    def compose(self) -> ComposeResult:
        with Group(id="box", classes=" ".join(self.box_classes())):
            yield RowsView(self.looks, id="title")
            yield from self.content()
            yield KeyBar(self.looks, id="keys")

    async def on_mount(self) -> None:
        """Take the sizes and the rows that the first paint is to have."""
        self._arrange(self.app.size)
        self.paint()
        self.call_after_refresh(self.paint)  # where a size is the style sheet's
        self.call_after_refresh(self.paint_beneath)

    def _arrange(self, size: Size) -> None:
        self.arranged = size
        self.set_sizes(size)

    @property
    def framed(self) -> bool:
        """Return whether the box needs a frame because no ground of its own sets it off."""
        return is_native(self.looks.palette)

    @property
    def box(self) -> Group:
        return self.query_one("#box", Group)

    # painting

    def set_sizes(self, size: Size) -> None:
        """Set sizes and places for a screen of that size."""

    def paint(self) -> None:
        """Show title and key bar; a subclass adds its own."""
        cells = self.query_one("#title").size.width or self.cells
        if cells:
            self.query_one("#title", RowsView).show_rows(self.title_rows(cells))
            keys = self.desk.planner.settings.keys
            self.query_one(KeyBar).show(self.mode, keys, cells, self.key_rows, self.resting())

    def show_waiting(self, text: str) -> None:
        """Say at the right of the title what is waited for; "" when it is over."""
        self._waiting = text
        Dialog.paint(self)

    def title_rows(self, cells: int) -> list[Row]:
        """Return the heading at the left and the words aside at the right, and what stands under both."""
        said = self._waiting or self.aside()
        least = 2 if self._waiting else min(cells // 2, width(inert(self.heading)) + 2)  # of the heading
        aside = cut(inert(said), max(0, cells - least))
        heading = cut(inert(self.heading), max(0, cells - width(aside) - 1))
        gap = " " * max(1, cells - width(heading) - width(aside))
        ink = "warn/bar" if self._waiting else "hint/bar"
        return [exactly([(heading, "accent/bar"), (gap, "ink/bar"), (aside, ink)], cells, "ink/bar")]

    def on_resize(self, event: Resize) -> None:
        if event.size != self.arranged:
            self._arrange(event.size)
            self.call_after_refresh(self.paint)

    # leaving

    def dismiss(self, result: R | None = None) -> AwaitComplete:
        """Close once: of two clicks that arrive together the second one finds nothing to close."""
        return super().dismiss(result) if self.is_active else AwaitComplete()

    async def action_leave(self) -> None:
        self.dismiss(None)

    async def on_click(self, event: Click) -> None:
        if event.widget is self and self.click_leaves and self.is_active:
            await self.action_leave()

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.act_soon(actions.call_of(event.action_id))

    async def load_early(self, load: Callable[..., Awaitable[None]], *given: object) -> None:
        """Load before the first paint; what takes longer goes on while the dialog is shown, and keys wait."""
        loading = asyncio.ensure_future(self._load_now(load, given))
        if (await asyncio.wait((loading,), timeout=EARLY))[0]:
            loading.result()
        else:
            self.app.call_later(asyncio.wait_for, loading, None)

    async def _load_now(self, load: Callable[..., Awaitable[None]], given: tuple[object, ...]) -> None:
        try:
            if self in self.app.screen_stack:
                await load(*given)
        except NoMatches:
            if self in self.app.screen_stack:
                raise  # else it was left meanwhile, and what it would show has no place

    def act_soon(self, action: str) -> None:
        """Run an action outside the dialog's own messages, so that it is painted while the action waits."""
        self.app.call_later(self._act, action)

    async def _act(self, action: str) -> None:
        if self.is_active:  # and not closed by what came in one go with this
            await self.run_action(action)
