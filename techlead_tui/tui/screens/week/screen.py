"""Show the week and do what its keys say: the one screen that owns what is shown and what is under way."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from datetime import date, datetime, timedelta
from operator import attrgetter
from typing import Any, ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit
from techlead_tui.core.week import Block
from techlead_tui.render.viewport import STEP, Viewport, bare, frame, hours_of
from techlead_tui.render.week_page import Scene, block_here, session_here
from techlead_tui.tui import actions
from techlead_tui.tui.move import Move
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.quick_line_jobs import AddLine, GoLine, LogLine, ReasonLine
from techlead_tui.tui.screens.week.carrying import Carrying
from techlead_tui.tui.screens.week.dialogs import Dialogs
from techlead_tui.tui.screens.week.editing import Editing
from techlead_tui.tui.screens.week.fixes import Fixes
from techlead_tui.tui.screens.week.navigation import DAYS, PAGE, Navigation
from techlead_tui.tui.screens.week.painting import Painting
from techlead_tui.tui.screens.week.pointer import Pointer
from techlead_tui.tui.screens.week.state import (
    LOOK,
    RESTS,
    WEEK_METHODS,
    Interaction,
    Look,
    Typing,
    carried,
    meaning,
    mode,
    refusal_of,
)
from techlead_tui.tui.screens.week.timing import Timing
from techlead_tui.tui.screens.week.weeks import Weeks, ahead
from techlead_tui.tui.screens.week.words import Words
from techlead_tui.tui.style import Looks
from techlead_tui.tui.week_data import Loaded
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.quick_line import QuickLine
from techlead_tui.tui.widgets.rows_view import Choices, RowsView
from techlead_tui.tui.widgets.week_grid import WeekGrid

LEAVING = "q leaves, ctrl+q leaves from anywhere; everything is already saved"


def _of(path: str, *args: object) -> Callable[..., Coroutine[Any, Any, None]]:
    """Return the action that a part of the screen does: `dialogs.find`."""
    find = attrgetter(path)

    async def act(self: WeekScreen, *further: object) -> None:
        done = find(self)(*args, *further)
        if done is not None:
            await done

    return act


class WeekScreen(Screen[None]):
    """Own the week shown (`loaded`), the view of it (`view`) and what is under way (`interaction`)."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.keys, a.method, a.text, show=False, id=a.id, priority=True)
            for a in actions.bound("week")
        ),
        *(Binding(str(digit), f"fix({digit})", show=False, priority=True) for digit in range(1, 10)),
    ]

    def __init__(self, desk: Desk, looks: Looks, loaded: Loaded, size: tuple[int, int]) -> None:
        super().__init__()
        self.desk = desk
        self.looks = looks
        self.loaded = loaded
        self.interaction: Interaction = LOOK
        self.navigation = Navigation(size, desk.planner.settings.days, desk.planner.settings.zoom or None)
        self.view = self.navigation.opened(loaded.scene)
        self.editing = Editing(self)
        self.fixes = Fixes(self)
        self.words = Words(self, self.editing)
        self.timing = Timing(self)
        self.dialogs = Dialogs(self, self.editing.show_result)
        self.carrying = Carrying(self, self.dialogs.move_which)
        self.pointer = Pointer(self)
        self.weeks = Weeks(self)
        self.painting = Painting(self, ahead(loaded.scene))

    @property
    def scene(self) -> Scene:
        return self.loaded.scene

    @property
    def here(self) -> Block | None:
        """Return the block under the cursor."""
        return block_here(self.scene, self.view)

    @property
    def mode(self) -> str:
        """Return the mode of the key bar: look, move or pending."""
        return mode(self.interaction)

    @property
    def refused(self) -> Decision | None:
        """Return the refusal that an answer is waited for."""
        return refusal_of(self.interaction)

    def compose(self) -> ComposeResult:
        yield Choices(self.looks, id="header")
        with Horizontal(id="body"):
            yield WeekGrid(self.looks, id="grid")
            yield RowsView(self.looks, id="panel")
        yield Choices(self.looks, id="foot")
        yield KeyBar(self.looks, id="keys")
        yield Choices(self.looks, id="refusal")

    def on_mount(self) -> None:
        self.grid = self.query_one(WeekGrid)
        self.painting.find_parts(self)
        self._fit()
        self.fixes.look()
        self.call_after_refresh(self.dialogs.offer_beginning)
        self.timing.look()

    def on_screen_suspend(self) -> None:
        """Take away what the last key said; the verdict on what is carried stays behind a dialog."""
        if carried(self.interaction) is None:
            self.painting.next_said(None)
            self.painting.line()

    def on_resize(self, event: Resize) -> None:
        size = (event.size.width, event.size.height)
        if size != self.navigation.size and 0 not in size:
            self.navigation.size = size
            self._fit()

    def _fit(self) -> None:
        """Take the size of the screen: parts, zoom and first row follow it."""
        part = frame(*self.navigation.size)
        panel = self.query_one("#panel")
        panel.styles.width = part.panel_width
        panel.display = part.panel_width > 0
        self.look(self.navigation.reopened(self.scene, self.view))

    # painting

    def paint(self) -> None:
        """Show everything as it now is; what is the same is not painted again."""
        self.painting.week()

    def paint_around(self) -> None:
        """Show panel and bottom line, which follow the cursor."""
        self.painting.around()

    def say(self, text: str, ink: str = "hint") -> None:
        """Show a sentence in the bottom line until the next key."""
        self.painting.say((text, ink))

    def warn(self, text: str) -> None:
        """Show why something is not done; keys that were pressed before it could be read leave it there."""
        self.painting.say((text, "warn"), held=True)

    @property
    def unread(self) -> str:
        """Return the trouble that was said too lately to have been read, or ""."""
        return self.painting.unread

    def show_waiting(self, text: str) -> None:
        """Say what is waited for; "" when it is over."""
        if self.line is not None:
            self.words.show_waiting(text)
        elif text:
            self.say(text, "warn")
        else:
            self.painting.hush()

    # what is under way

    def enter(self, interaction: Interaction) -> None:
        """Take another state, and show its keys."""
        if interaction != self.interaction:
            self.interaction = interaction
            self.painting.next_said(None)
            self.painting.line()
            self.painting.keys()

    def forget(self) -> None:
        """Drop whatever is under way."""
        self.enter(LOOK)
        self.view = bare(self.view)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys rest that mean nothing now."""
        if action in WEEK_METHODS and meaning(self.interaction, action) == RESTS:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """Tell why a key does nothing: there is no such key, or something else comes first."""
        if event.key in self.active_bindings:
            return
        if refusal_of(self.interaction) is not None:
            self.painting.refusal(urgent=True)
        elif carried(self.interaction) is not None:
            self.say("⏎ puts it down first, esc takes it back", "warn")
        elif isinstance(self.interaction, Look) and (event.character or "").strip():
            self.say(f"{event.character} does nothing here · ? lists every key")

    # the cursor

    def look(self, view: Viewport) -> None:
        """Show the week as a view has it."""
        self.view = view
        self.paint()

    def go(
        self, day: date, cursor: int, picked: str | None = None, said: tuple[str, str] | None = None
    ) -> None:
        """Put the cursor on a minute of a day of the week shown; `said` is as for `say`."""
        self.painting.next_said(said)
        self.view = self.navigation.moved(self.scene, self.view, day, cursor, picked)
        if not self.grid.move_cursor(self.view):
            self.grid.show(self.scene, self.view, frame(*self.navigation.size))
        if self.painting.follow():
            self.look_for_fixes()

    def look_for_fixes(self) -> None:
        """Look for fixes of what is wrong under the cursor, once it rests there."""
        self.fixes.look()

    def go_to(self, block: Block) -> None:
        """Put the cursor on a block of the week shown."""
        self.go(block.day, minute_of(block.start), block.uid)

    async def show_week(self, key: IsoWeek, day: date | None = None, cursor: int | None = None) -> None:
        """Load and show a week; the cursor keeps its weekday and time unless told."""
        await self.weeks.show(key, day, cursor)

    async def page_to(self, key: IsoWeek, day: date | None = None) -> None:
        """Show another week; what is carried comes along."""
        self.painting.next_said(None)
        await self.show_week(key, day)
        await self.carrying.come_along()

    async def reload(self) -> None:
        """Show the same week as it now is."""
        await self.show_week(self.scene.week.key)

    async def settings_changed(self) -> None:
        """Show the week as the settings now want it."""
        self.weeks.use_settings()
        await self.reload()

    async def clock_turned(self, now: datetime) -> None:
        """Show another minute; the cursor goes along to a new day unless the user is busy."""
        if self.weeks.follows(now) and isinstance(self.interaction, Look) and self.is_current:
            await self.action_today()
        else:
            await self.reload()
        self.timing.look()

    async def _step(self, minutes: int) -> None:
        if (move := carried(self.interaction)) is not None:
            await self.carry(move.to(move.day, move.start + minutes))
        elif frame(*self.navigation.size).listed and abs(minutes) == STEP:
            self.step_block(1 if minutes > 0 else -1)
        else:
            self.go(self.view.cursor_day, self.view.cursor + minutes)

    async def _step_day(self, days: int) -> None:
        day, shown = self.view.cursor_day + timedelta(days=days), self.scene.week.key
        reachable = self.navigation.reachable_days(self.scene, self.view)
        if IsoWeek.of(day) == shown and day in reachable:
            self.go(day, self.view.cursor)
            await self.carrying.come_along()
        elif days > 0:
            await self.page_to(shown.shift(1), shown.shift(1).monday)
        else:
            await self.page_to(shown.shift(-1), shown.shift(-1).day(min(7, len(reachable))))

    def step_block(self, step: int) -> None:
        """Go to the start of the next block, or of the one before."""
        block = self.navigation.block_beside(self.scene, self.view, step)
        if block is not None:
            self.go_to(block)

    def use_zoom(self, zoom: int) -> None:
        """Show so many minutes a row from now on."""
        self.navigation.zoom = zoom
        self.look(self.navigation.reopened(self.scene, self.view))
        self.say(f"{zoom} minutes a row")

    action_left = _of("_step_day", -1)
    action_right = _of("_step_day", 1)
    action_up = _of("_step", -STEP)
    action_down = _of("_step", STEP)
    action_page_up = _of("_step", -PAGE * STEP)  # type: ignore[assignment]
    action_page_down = _of("_step", PAGE * STEP)  # type: ignore[assignment]

    async def action_day_end(self, end: int) -> None:
        await self._step(
            hours_of(self.scene.week, (self.view.cursor_day,))[end] - end * STEP - self.view.cursor
        )

    action_next_block = _of("step_block", 1)
    action_previous_block = _of("step_block", -1)
    action_previous_week = _of("_page", -1)
    action_next_week = _of("_page", 1)

    async def _page(self, weeks: int) -> None:
        await self.page_to(self.scene.week.key.shift(weeks))

    async def action_today(self) -> None:
        await self.weeks.show_now()
        move = carried(self.interaction)
        if move is not None:
            await self.carry(move.to(self.view.cursor_day, self.view.cursor))

    def action_zoom(self) -> None:
        self.use_zoom(self.navigation.next_zoom(self.view))

    def action_weekend(self) -> None:
        self.navigation.days = DAYS.get(self.navigation.days, 5)
        self.look(self.navigation.reopened(self.scene, self.view))

    # edits

    async def apply(self, edit: Edit, words: Sequence[str] | None = None) -> Decision | None:
        """Write an edit unless the week refuses it, and show what it did. None for trouble, which is said."""
        return await self.editing.apply(edit, words)

    action_done = _of("editing.toggle_done")
    action_undo = _of("editing.turn", "undo")
    action_redo = _of("editing.turn", "redo")

    # carrying

    async def carry(self, move: Move) -> None:
        """Show a block where it would be put down, and what the week says to that."""
        await self.carrying.carry(move)

    put_down = _of("carrying.put_down")
    changed_elsewhere = _of("editing.changed_elsewhere")

    async def action_place(self) -> None:
        """Do what Enter means: put down, take the fix, open the block, or plan in free time."""
        what = meaning(self.interaction, "place")
        if what == "put down":
            await self.put_down()
        elif await self.fixes.take(1, silent=True):
            return
        elif what == "open":
            if self.here is not None or session_here(self.scene, self.view) is not None:
                await self.dialogs.edit()
            else:
                await self.pointer.plan(self.view.cursor_day, self.view.cursor)

    async def action_interrupt(self) -> None:
        """Cancel what is under way; else say how to leave."""
        if self.line is not None:
            self.line.action_leave()
        elif isinstance(self.interaction, Look):
            self.say(LEAVING, "accent")
        else:
            await self.carrying.drop()

    action_cancel = _of("carrying.drop")
    action_move = _of("carrying.pick_up")

    action_longer = _of("carrying.resize", STEP)
    action_shorter = _of("carrying.resize", -STEP)

    # fixes and warnings

    action_fix = _of("fixes.take")
    action_next_wrong = _of("fixes.walk", 1)
    action_previous_wrong = _of("fixes.walk", -1)

    async def action_override(self) -> None:
        if (decision := refusal_of(self.interaction)) is not None and decision.edit.refusable:
            await self.words.ask(ReasonLine(decision))

    # the line of words

    @property
    def line(self) -> QuickLine | None:
        """Return the line that words are typed in, while there is one."""
        return next(iter(self.query(QuickLine)), None)

    async def open_line(self, line: QuickLine) -> None:
        """Show a line of words, with the focus in it."""
        await self.mount(line)
        self.set_focus(line.query_one(Input))

    async def close_line(self) -> None:
        """Take the line of words away."""
        for line in self.query(QuickLine):
            await line.remove()

    async def action_quick_add(self) -> None:
        await self.words.ask(AddLine(self.scene, self.view))

    async def action_go_to(self) -> None:
        await self.words.ask(GoLine(self.scene.week.key))

    async def action_quick_log(self) -> None:
        repo, branch = self.app.place()  # type: ignore[attr-defined]
        await self.words.ask(LogLine(self.scene, self.here, self.desk.planner.now(), repo, branch))

    action_start_stop = _of("timing.toggle")
    action_pause = _of("timing.pause")
    ask_words = _of("words.ask")

    def on_quick_line_typed(self, event: QuickLine.Typed) -> None:
        self.words.typed(event.text)

    async def on_quick_line_chip_turned(self, event: QuickLine.ChipTurned) -> None:
        self.words.turn(event.key)

    async def on_quick_line_left(self) -> None:
        await self.words.leave()

    def on_quick_line_entered(self, event: QuickLine.Entered) -> None:
        self.app.call_later(self.words.take, event.text)  # there, so that this is painted while it waits

    # forms and lists

    action_edit = _of("dialogs.edit")
    action_skip = _of("dialogs.skip")
    action_delete = _of("dialogs.delete")
    action_duplicate = _of("dialogs.duplicate")
    action_repeat = _of("dialogs.repeat")
    action_edit_session = _of("dialogs.edit_session")
    action_find = _of("dialogs.find")
    action_free = _of("dialogs.free")
    action_day_kind = _of("dialogs.day_kind")
    action_week_theme = _of("dialogs.week_theme")
    action_say_no = _of("dialogs.say_no")
    action_playbook = _of("dialogs.playbook")
    action_people = _of("dialogs.people")
    action_items = _of("dialogs.items")
    on_paste = _of("dialogs.paste")

    async def action_friday(self, beginning: bool = False) -> None:
        await (self.dialogs.begin() if beginning else self.dialogs.friday())

    action_cadence = _of("dialogs.cadence")
    action_report = _of("dialogs.report")
    open_menu = _of("dialogs.menu")

    async def action_menu(self) -> None:
        await self.open_menu(self.grid.spot(self.view), self.here.uid if self.here is not None else None)

    async def action_menu_of(self, uid: str) -> None:
        """Open the menu of another block under the cursor; "" for that of the day and the week."""
        self.go(self.view.cursor_day, self.view.cursor, uid or self.view.picked)
        await self.open_menu(self.grid.spot(self.view), uid or None)

    # the mouse

    async def on_week_grid_picked(self, event: WeekGrid.Picked) -> None:
        await self.pointer.picked(event)

    async def on_week_grid_day_picked(self, event: WeekGrid.DayPicked) -> None:
        self.pointer.day_picked(event)

    async def on_week_grid_asked(self, event: WeekGrid.Asked) -> None:
        await self.pointer.asked(event)

    async def on_week_grid_grabbed(self, event: WeekGrid.Grabbed) -> None:
        self.pointer.grabbed(event)

    async def on_week_grid_dragged(self, event: WeekGrid.Dragged) -> None:
        await self.pointer.dragged(event)

    def on_week_grid_dropped(self) -> None:
        self.app.call_later(self.pointer.dropped)

    async def on_week_grid_turned(self, event: WeekGrid.Turned) -> None:
        await self.pointer.turned(event)

    def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do by a click on a line what its key does."""
        if not isinstance(self.interaction, Typing):
            self.app.call_later(self.run_action, event.action)

    def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        self.app.call_later(self.run_action, actions.call_of(event.action_id))
