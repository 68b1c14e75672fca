"""Show the week and do what its keys say: the one screen that owns what is shown and what is under way."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.events import Key, Resize
from textual.screen import Screen
from textual.widgets import Input

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, FinishBlock
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError
from techlead_tui.render.footer import keys_of_refusal, note_line, refusal, refusal_spots
from techlead_tui.render.header import header, warning_spot
from techlead_tui.render.viewport import STEP, Viewport, frame
from techlead_tui.render.week_page import (
    Scene,
    block_here,
    foot_row,
    panel_card,
    panel_rows,
    walked,
    worked_off,
)
from techlead_tui.tui import actions
from techlead_tui.tui.decision_text import error_text
from techlead_tui.tui.move import Move
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.quick_line_jobs import AddLine, LineJob, LogLine, ReasonLine
from techlead_tui.tui.screens.week.dialogs import Dialogs, session_at
from techlead_tui.tui.screens.week.editing import Editing, short_title
from techlead_tui.tui.screens.week.fixes import Fixes
from techlead_tui.tui.screens.week.navigation import DAYS, PAGE, Navigation, warned_blocks
from techlead_tui.tui.screens.week.pointer import Pointer, new_block_words
from techlead_tui.tui.screens.week.state import (
    LOOK,
    RESTS,
    WEEK_METHODS,
    Interaction,
    Look,
    Refused,
    Typing,
    carried,
    carry,
    meaning,
    mode,
    refusal_of,
)
from techlead_tui.tui.screens.week.words import Words
from techlead_tui.tui.style import Looks, is_native
from techlead_tui.tui.week_data import Loaded, Shelf
from techlead_tui.tui.widgets.key_bar import KeyBar
from techlead_tui.tui.widgets.quick_line import QuickLine
from techlead_tui.tui.widgets.rows_view import Choices, RowsView
from techlead_tui.tui.widgets.week_grid import WeekGrid

AFTER = "this week is over · ] plans the next"
FIXES = 0.15  # seconds that the cursor rests on what is wrong until its fixes are looked for


class WeekScreen(Screen[None]):
    """Own the week shown (`loaded`), the view of it (`view`) and what is under way (`interaction`)."""

    CSS_PATH = "screen.tcss"
    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(a.keys, a.method, a.text, show=False, id=a.id, priority=True)
            for a in actions.of_screen("week")
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
        self.words = Words(self)
        self.dialogs = Dialogs(self, self.editing.show_result)
        self.pointer = Pointer(self)
        self._shelf = Shelf()
        # sentence and ink, until the next key
        self._said: tuple[str, str] | None = (AFTER, "hint") if worked_off(loaded.scene) else None
        self._shown: Block | None = None  # the block that panel and line tell about
        self._said_shown = False

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
        self.header = self.query_one("#header", Choices)
        self.grid = self.query_one(WeekGrid)
        self.panel = self.query_one("#panel", RowsView)
        self.foot = self.query_one("#foot", Choices)
        self.key_bar = self.query_one(KeyBar)
        self._fit()
        self.fixes.look()

    def on_resize(self, event: Resize) -> None:
        size = (event.size.width, event.size.height)
        if size != self.navigation.size and 0 not in size:
            self.navigation.size = size
            self._fit()

    def _fit(self) -> None:
        """Take the size of the screen: parts, zoom and first row follow it."""
        part = frame(*self.navigation.size)
        self.panel.styles.width = part.panel_width
        self.panel.display = part.panel_width > 0
        self.look(self.navigation.reopened(self.scene, self.view))

    # painting

    def paint(self) -> None:
        """Show everything as it now is; what is the same is not painted again."""
        part, scene = frame(*self.navigation.size), self.scene
        head = header(scene.week, scene.figures, part.width, len(walked(scene)))
        self.header.offer([head], {0: warning_spot(head)})
        self.grid.show(scene, self.view, part)
        self.paint_around()
        self.paint_keys()

    def paint_around(self) -> None:
        """Show panel and bottom line, which follow the cursor."""
        self._shown = self.here
        self._said_shown = self._said is not None
        part = frame(*self.navigation.size)
        if part.panel_width:
            cells, rows = part.panel_width, part.height - 3
            card = panel_card(self.scene, self.view, cells, rows)
            self.panel.show_rows([*panel_rows(self.scene, cells, rows), *card])
        self._paint_foot()

    def _paint_foot(self) -> None:
        width = self.navigation.size[0]
        if self._said is not None:
            self.foot.offer([note_line(self._said[0], width, self._said[1])], {})
        else:
            row, spots = foot_row(self.scene, self.view, width)
            self.foot.offer([row], {0: spots})

    def paint_keys(self) -> None:
        """Show the keys of what is under way, and what the week refused."""
        self.key_bar.show(self.mode, self.desk.planner.settings.keys, self.navigation.size[0])
        self._paint_refusal()

    def _paint_refusal(self) -> None:
        """Show what the week refused, over the bottom of the grid until it is answered."""
        view = self.query_one("#refusal", Choices)
        if not isinstance(self.interaction, Refused):
            view.display = False
            return
        found, can_keep = self.interaction.decision.violations, self.interaction.decision.edit.refusable
        width, height = self.navigation.size
        most = max(3, height // 2)
        rows = refusal(found, width, most, last=keys_of_refusal(width, can_keep))
        if is_native(self.looks.palette):  # no ground of its own sets it off
            rows = [(("─" * width, "rule"),), *rows]
        view.styles.height = len(rows)
        view.offer(rows, refusal_spots(found, len(rows), width, most, overridable=can_keep))
        view.display = True

    def say(self, text: str, ink: str = "hint") -> None:
        """Show a sentence in the bottom line until the next key."""
        self._said = (text, ink)
        self._paint_foot()

    # what is under way

    def enter(self, interaction: Interaction) -> None:
        """Take another state, and show its keys."""
        if interaction != self.interaction:
            self.interaction = interaction
            self.paint_keys()

    def forget(self) -> None:
        """Drop whatever is under way."""
        self.enter(LOOK)
        if self.view.ghost is not None:
            self.view = self.view._replace(ghost=None)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let keys rest that mean nothing now."""
        if action in WEEK_METHODS and meaning(self.interaction, action) == RESTS:
            return False
        return super().check_action(action, parameters)

    def on_key(self, event: Key) -> None:
        """Tell why a key rests while a block is carried."""
        resting = carried(self.interaction) is not None and refusal_of(self.interaction) is None
        if resting and event.key not in self.active_bindings:
            self.say("⏎ puts it down first, esc takes it back", "warn")

    # the cursor

    def look(self, view: Viewport) -> None:
        """Show the week as a view has it."""
        self.view = view
        self.paint()

    def go(
        self, day: date, cursor: int, picked: str | None = None, said: tuple[str, str] | None = None
    ) -> None:
        """Put the cursor on a minute of a day of the week shown; `said` is as for `say`."""
        self._said = said
        self.view = self.navigation.moved(self.scene, self.view, day, cursor, picked)
        if not self.grid.move_cursor(self.view):
            self.grid.show(self.scene, self.view, frame(*self.navigation.size))
        if self.here != self._shown:
            self.paint_around()
            self.fixes.look()
        elif self._said is not None or self._said_shown:
            self._said_shown = self._said is not None
            self._paint_foot()

    def go_to(self, block: Block) -> None:
        """Put the cursor on a block of the week shown."""
        self.go(block.day, minute_of(block.start), block.uid)

    async def show_week(self, key: IsoWeek, day: date | None = None, cursor: int | None = None) -> None:
        """Load and show a week; the cursor keeps its weekday and time unless told."""
        try:
            loaded = await self.desk.ask(lambda planner: self._shelf.load(planner, key))
        except UserError as error:
            self.say(error_text(error), "refuse")
            return
        self.loaded = loaded
        old = self.view
        if day is None:
            day = key.day(old.cursor_day.isoweekday())
        if cursor is None:
            cursor = old.cursor
        ghost = old.ghost if IsoWeek.of(old.cursor_day) == key else None
        fresh = self.navigation.opened(self.scene, day, cursor, old.first)
        self.look(fresh._replace(ghost=ghost, picked=old.picked if day == old.cursor_day else None))
        self.fixes.look()

    async def page_to(self, key: IsoWeek, day: date | None = None) -> None:
        """Show another week; what is carried comes along."""
        self._said = None
        await self.show_week(key, day)
        await self._carry_along()

    async def reload(self) -> None:
        """Show the same week as it now is."""
        await self.show_week(self.scene.week.key)

    async def settings_changed(self) -> None:
        """Show the week as the settings now want it; weeks at hand may be of another week theme."""
        settings = self.desk.planner.settings
        self._shelf = Shelf()
        self.navigation.days = settings.days
        self.navigation.zoom = settings.zoom or None
        await self.reload()

    async def clock_turned(self, now: datetime) -> None:
        """Show another minute; the cursor goes along to a new day unless the user is busy."""
        before, key = self.scene.now, self.scene.week.key
        watched = self.view.cursor_day == before.date() or IsoWeek.of(now.date()) != key
        rolled = now.date() != before.date() and key == IsoWeek.of(before.date())
        if rolled and watched and isinstance(self.interaction, Look) and self.is_current:
            await self.action_today()
        else:
            await self.reload()

    async def _step(self, minutes: int) -> None:
        move = carried(self.interaction)
        if move is not None:
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
            await self._carry_along()
        elif days > 0:
            await self.page_to(shown.shift(1), shown.shift(1).monday)
        else:
            before = shown.shift(-1)
            await self.page_to(before, before.day(min(7, len(reachable))))

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

    async def action_left(self) -> None:
        await self._step_day(-1)

    async def action_right(self) -> None:
        await self._step_day(1)

    async def action_up(self) -> None:
        await self._step(-STEP)

    async def action_down(self) -> None:
        await self._step(STEP)

    async def action_page_up(self) -> None:  # type: ignore[override]
        await self._step(-PAGE * STEP)

    async def action_page_down(self) -> None:  # type: ignore[override]
        await self._step(PAGE * STEP)

    def action_next_block(self) -> None:
        self.step_block(1)

    def action_previous_block(self) -> None:
        self.step_block(-1)

    async def action_previous_week(self) -> None:
        await self.page_to(self.scene.week.key.shift(-1))

    async def action_next_week(self) -> None:
        await self.page_to(self.scene.week.key.shift(1))

    async def action_today(self) -> None:
        now = self.desk.planner.now()
        minute = minute_of(now)
        await self.show_week(IsoWeek.of(now.date()), now.date(), minute - minute % STEP)
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

    async def action_done(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here")
            return
        status = "planned" if block.status == "done" else "done"
        decision = await self.apply(FinishBlock(block.uid, block.day, status))
        if decision is not None:
            self.say(f"{short_title(block)}: {'done' if status == 'done' else 'planned again'}", "good")

    async def action_undo(self) -> None:
        await self.editing.turn("undo")

    async def action_redo(self) -> None:
        await self.editing.turn("redo")

    # carrying

    async def carry(self, move: Move) -> None:
        """Show a block where it would be put down, and what the week says to that, in one paint."""
        interaction = LOOK if isinstance(self.interaction, Refused) else self.interaction
        self.enter(carry(interaction, move))
        said: tuple[str, str] | None = None
        if move.idle:
            ghost = move.ghost(f"from {move.block.start:%a %H:%M}", True)
        else:
            ghost, said = await self.editing.weigh(move)
        if frame(*self.navigation.size).listed:  # nothing else tells where it would be
            at = f"{move.day:%a} {clock(move.start)}–{clock(move.end)}"
            said = (f"{at} · {said[0]}", said[1]) if said is not None else (f"carried from {at}", "hint")
        self.view = self.view._replace(ghost=ghost)
        self.go(move.day, move.start, move.block.uid, said)

    async def _carry_along(self) -> None:
        """Bring what is carried to the day that the cursor has come to."""
        move = carried(self.interaction)
        if move is not None and move.day != self.view.cursor_day:
            await self.carry(move.to(self.view.cursor_day, move.start))

    async def put_down(self) -> None:
        """Put down what is carried."""
        move = carried(self.interaction)
        if move is None or move.idle:
            await self.action_cancel()
        else:
            await self.apply(move.edit())

    async def changed_elsewhere(self) -> None:
        """Show what another process has committed."""
        await self.editing.changed_elsewhere()

    async def action_place(self) -> None:
        """Do what Enter means: put down, take the fix, open the block, or plan in free time."""
        what = meaning(self.interaction, "place")
        if what == "put down":
            await self.put_down()
        elif await self.fixes.take(1, silent=True):
            return
        elif what == "open":
            if self.here is not None or session_at(self.scene, self.view) is not None:
                await self.dialogs.edit()
            else:
                start = self.view.cursor
                words = new_block_words(self.view.cursor_day, start)
                await self.words.ask(AddLine(self.scene, self.view, words))

    async def action_cancel(self) -> None:
        """Drop what is under way; from a block that was carried the cursor goes back to where it stands."""
        self._said = None
        move = carried(self.interaction)
        self.forget()
        self.paint()
        if move is not None:
            block = move.block
            if IsoWeek.of(block.day) != self.scene.week.key:
                await self.show_week(IsoWeek.of(block.day), block.day, minute_of(block.start))
            self.go_to(block)

    async def action_move(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here to move")
        elif block.status == "done":
            self.say(f"{short_title(block)} is done and stays where it was")
        else:
            await self.carry(Move.of(block))

    async def action_longer(self) -> None:
        await self._resize(STEP)

    async def action_shorter(self) -> None:
        await self._resize(-STEP)

    async def _resize(self, minutes: int) -> None:
        """Resize the ghost of a block that is carried; else the block itself, at once."""
        held, block = carried(self.interaction), self.here
        if held is not None:
            await self.carry(held.resized(minutes))
        elif block is None:
            self.say("no block here")
        else:
            move = Move.of(block).resized(minutes)
            if not move.idle:
                await self.apply(move.edit())

    # fixes and warnings

    async def action_fix(self, number: int) -> None:
        await self.fixes.take(number)

    def action_next_wrong(self) -> None:
        self._walk(1)

    def action_previous_wrong(self) -> None:
        self._walk(-1)

    def _walk(self, step: int) -> None:
        """Go to the next block with a warning, round and round."""
        if not walked(self.scene):
            self.say("nothing is wrong in this week", "good")
            return
        block = next(warned_blocks(self.scene, self.here, step), None)
        if block is not None:
            self.go_to(block)

    async def action_override(self) -> None:
        decision = refusal_of(self.interaction)
        if decision is not None and decision.edit.refusable:
            await self.words.ask(ReasonLine(decision))

    # the line of words

    @property
    def line(self) -> QuickLine | None:
        """Return the line that words are typed in, while there is one."""
        found = self.query(QuickLine)
        return found.first() if found else None

    async def open_line(self, line: QuickLine) -> None:
        """Show a line of words, with the focus in it."""
        await self.mount(line)
        self.set_focus(line.query_one(Input))

    async def close_line(self) -> None:
        """Take the line of words away."""
        for line in self.query(QuickLine):
            await line.remove()

    async def ask_words(self, job: LineJob) -> None:
        """Open the line at the bottom."""
        await self.words.ask(job)

    async def action_quick_add(self) -> None:
        await self.words.ask(AddLine(self.scene, self.view))

    async def action_quick_log(self) -> None:
        repo, branch = self.app.place()  # type: ignore[attr-defined]
        await self.words.ask(LogLine(self.scene, self.here, self.desk.planner.now(), repo, branch))

    def on_quick_line_typed(self, event: QuickLine.Typed) -> None:
        self.words.typed(event.text)

    async def on_quick_line_chip_turned(self, event: QuickLine.ChipTurned) -> None:
        self.words.turn(event.key)

    async def on_quick_line_left(self) -> None:
        await self.words.close()

    async def on_quick_line_entered(self, event: QuickLine.Entered) -> None:
        await self.words.take(event.text)

    # forms and lists

    async def action_edit(self) -> None:
        await self.dialogs.edit()

    async def action_skip(self) -> None:
        await self.dialogs.skip()

    async def action_delete(self) -> None:
        await self.dialogs.delete()

    async def action_duplicate(self) -> None:
        await self.dialogs.duplicate()

    async def action_repeat(self) -> None:
        await self.dialogs.repeat()

    async def action_edit_session(self) -> None:
        await self.dialogs.edit_session()

    async def action_find(self) -> None:
        await self.dialogs.find()

    async def action_free(self) -> None:
        await self.dialogs.free()

    async def action_day_kind(self) -> None:
        await self.dialogs.day_kind()

    async def action_week_theme(self) -> None:
        await self.dialogs.week_theme()

    async def action_friday(self) -> None:
        await self.dialogs.friday()

    async def open_menu(self, spot: tuple[int, int], uid: str | None) -> None:
        """Open the menu of a block at a cell of the screen; None for that of the day and the week."""
        await self.dialogs.menu(spot, uid)

    async def action_menu(self) -> None:
        here = self.here
        await self.open_menu(self.grid.spot(self.view), here.uid if here is not None else None)

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

    async def on_week_grid_dropped(self) -> None:
        await self.pointer.dropped()

    async def on_week_grid_turned(self, event: WeekGrid.Turned) -> None:
        await self.pointer.turned(event)

    async def on_choices_chosen(self, event: Choices.Chosen) -> None:
        """Do by a click on a line what its key does."""
        if not isinstance(self.interaction, Typing):
            await self.run_action(event.action)

    async def on_key_bar_chosen(self, event: KeyBar.Chosen) -> None:
        room, _, method = event.action_id.partition(".")
        await self.run_action(f"{'app.' if room == 'app' else ''}{method}")
