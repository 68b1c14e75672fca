"""Open forms, lists and questions over the week, each loaded when it is first asked for."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import date

from textual.events import Paste

from techlead_tui.core.calendar import IsoWeek, clock, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import (
    AddBlock,
    FinishBlock,
    MoveBlock,
    RemoveBlock,
    RemoveSession,
    SetDay,
    UseTheme,
)
from techlead_tui.core.theme import DAY_KINDS
from techlead_tui.core.week import Block, Session
from techlead_tui.core.words.planning import said_repeat
from techlead_tui.errors import UserError
from techlead_tui.render.text import cut
from techlead_tui.render.viewport import STEP, Ghost, frame
from techlead_tui.render.week_page import session_here, shown_violation
from techlead_tui.tui.decision_text import TITLE, check_text, error_text, focus_text
from techlead_tui.tui.move import Copy
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.quick_line_jobs import AddLine
from techlead_tui.tui.screens.week.editing import short_title
from techlead_tui.tui.screens.week.navigation import blocks_at
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import carried, refusal_of
from techlead_tui.tui.style import Looks


class Dialogs:
    """Open what the week shows over itself, and do what comes of it."""

    def __init__(self, week: WeekPorts, show_result: Callable[[Decision], Awaitable[None]]) -> None:
        self._week = week
        self._show_result = show_result

    @property
    def _ports(self) -> tuple[Desk, Looks]:
        return self._week.desk, self._week.looks

    # one block

    async def edit(self) -> None:
        """The block under the cursor in a form; where there is none, the session."""
        block = self._week.here
        if block is None:
            await self.edit_session()
            return
        from techlead_tui.tui.dialogs.edit import EditDialog

        self._week.forget()
        await self._week.app.push_screen(EditDialog(*self._ports, block), self._back_from_form)

    async def _back_from_form(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self._show_result(decision)

    async def skip(self) -> None:
        block = self._week.here
        if block is None:
            self._week.say("no block here")
            return
        status = "skipped" if block.live else "planned"
        decision = await self._week.apply(FinishBlock(block.uid, block.day, status))
        if decision is not None:
            gained = focus_text(decision.focus_delta_minutes)
            again = "s plans it again" if status == "skipped" else ""
            word = "skipped" if status == "skipped" else "planned again"
            self._week.say(
                " · ".join(filter(None, (f"{short_title(block)} {word}", gained, again))), "accent"
            )

    async def delete(self) -> None:
        block = self._week.here
        if block is None:
            session = session_here(self._week.scene, self._week.view)
            if session is None:
                self._week.say("no block here")
            else:
                await self._remove_session(session)
            return
        if not block.live:
            await self._week.apply(FinishBlock(block.uid, block.day, "planned"))
        elif block.recurring and block.source == "own":
            await self._ask_how_much(block)
        else:
            await self._remove(RemoveBlock(block.uid, block.day), block)

    async def _remove(self, edit: RemoveBlock, block: Block) -> None:
        decision = await self._week.apply(edit)
        if decision is not None:
            gone = (
                "ends"
                if edit.series
                else "skipped"
                if block.recurring or block.source == "calendar"
                else "deleted"
            )
            parts = (
                f"{short_title(block)} {gone}",
                focus_text(decision.focus_delta_minutes),
                "u brings it back",
            )
            self._week.say(" · ".join(filter(None, parts)), "accent")

    async def _remove_session(self, session: Session) -> None:
        decision = await self._week.apply(RemoveSession(session.uid, IsoWeek.of(session.start.date())))
        if decision is not None:
            self._week.say(f"session {cut(session.summary, TITLE)} deleted · u brings it back", "accent")

    async def _ask_how_much(self, block: Block) -> None:
        """Of a series of one's own: this occurrence, or all from today on."""
        from techlead_tui.tui.dialogs.choice import PickDialog, PickedOption, PickOption

        async def answered(picked: PickedOption | None) -> None:
            if picked is not None:
                await self._remove(RemoveBlock(block.uid, block.day, series=picked.id == "series"), block)

        options = (
            PickOption(
                "one", "This one", f"Only {block.start:%a} {block.start.day} {block.start:%b} is skipped."
            ),
            PickOption("series", "The series", "It ends today; past weeks keep theirs."),
        )
        dialog = PickDialog(*self._ports, f"Delete: {block.summary}", options)
        await self._week.app.push_screen(dialog, answered)

    async def move_which(self, edit: MoveBlock, block: Block) -> None:
        """Move this occurrence of a series, or it and all after it."""
        from techlead_tui.tui.dialogs.choice import PickDialog, PickedOption, PickOption

        async def answered(picked: PickedOption | None) -> None:
            if picked is not None:
                await self._week.apply(edit._replace(onward=picked.id == "onward"))

        one = f"Only {block.start:%a} {block.start.day} {block.start:%b} moves."
        options = (
            PickOption("one", "This one", one),
            PickOption("onward", "This one and all after it", "What has been stays as it was."),
        )
        dialog = PickDialog(*self._ports, f"Move: {block.summary}", options)
        await self._week.app.push_screen(dialog, answered)

    async def duplicate(self) -> None:
        """A copy in move mode, where the nearest week that has room loses least focus."""
        block = self._week.here
        if block is None:
            self._week.say("no block here to copy")
            return
        from techlead_tui.tui.dialogs.free import next_room

        try:
            day, start = await self._week.desk.search(lambda planner: next_room(planner, block))
        except UserError as error:
            self._week.say(error_text(error), "warn")
            return
        self._week.forget()
        if IsoWeek.of(day) != self._week.scene.week.key:
            await self._week.show_week(IsoWeek.of(day), day, start)
        await self._week.carry(Copy.of(block, self._week.scene.week.zone).to(day, start))

    async def repeat(self) -> None:
        block = self._week.here
        if block is None:
            self._week.say("no block here to repeat")
        elif block.source == "theme":
            self._week.say(f"{short_title(block)} is in the week theme and repeats every week")
        elif block.source == "calendar":
            self._week.say(f"{short_title(block)} is from your calendar, and repeats there")
        elif block.recurring:
            self._week.say(f"{short_title(block)} is already in a series · d deletes one, or the series")
        else:
            from techlead_tui.tui.dialogs.series import SeriesDialog

            self._week.forget()
            await self._week.app.push_screen(SeriesDialog(*self._ports, block), self._back_from_series)

    async def _back_from_series(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self._show_result(decision)
        edit = decision.edit
        if isinstance(edit, AddBlock) and edit.repeat is not None:
            again = said_repeat(edit.repeat, edit.day)
            self._week.say(f"{cut(edit.summary, TITLE)} comes {again} · u takes it back", "accent")

    # one session

    async def edit_session(self) -> None:
        session = session_here(self._week.scene, self._week.view)
        if session is None:
            self._week.say("no session here")
            return
        from techlead_tui.tui.dialogs.session import SessionDialog

        self._week.forget()
        await self._week.app.push_screen(SessionDialog(*self._ports, session), self._back_from_session)

    async def _back_from_session(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self._week.reload()
        if isinstance(decision.edit, RemoveSession):
            self._week.say("session deleted · u brings it back", "accent")
        else:
            self._week.say("session saved", "good")

    # finding

    async def find(self) -> None:
        from techlead_tui.tui.dialogs.find import FindDialog, Hit

        async def answered(hit: object) -> None:
            if not isinstance(hit, Hit):
                return
            if hit.kind:
                await self.items(hit.kind)
                return
            minute = minute_of(hit.start)
            await self._week.show_week(IsoWeek.of(hit.day), hit.day, minute - minute % STEP)
            self._week.go(hit.day, minute, hit.uid)

        self._week.forget()
        self._week.paint()
        await self._week.app.push_screen(FindDialog(*self._ports, self._week.scene.week.key), answered)

    async def free(self) -> None:
        """A slot that is taken starts the line of words with its time; escape leaves the week as it was."""
        from techlead_tui.tui.dialogs.free import FreeDialog, Room

        self._week.forget()
        before = self._week.view

        async def answered(room: object) -> None:
            self._week.view = self._week.view._replace(ghost=None)
            if not isinstance(room, Room):
                await self._week.show_week(IsoWeek.of(before.cursor_day), before.cursor_day, before.cursor)
                self._week.view = before._replace(ghost=None)
                self._week.paint()
                return
            await self._week.show_week(IsoWeek.of(room.day), room.day, room.start)
            line = AddLine(self._week.scene, self._week.view, room.words)
            line.back = before
            await self._week.ask_words(line)

        await self._week.app.push_screen(FreeDialog(*self._ports, self._preview), answered)

    # words

    async def say_no(self, reply: str = "") -> None:
        """Write a reply about the block under the cursor; what is put on the week is one step of undo."""
        from techlead_tui.planner.replies import FOCUS, SAY_NO, Subject, subject_of
        from techlead_tui.tui.dialogs.say_no import ReplyOutcome, SayNoDialog

        block, before = self._week.here, self._week.view
        booked_over = block is not None and block.kind == "deep_work"
        subject = Subject() if block is None else subject_of(block)
        if block is not None and booked_over:
            subject = Subject(start=block.start, end=block.end)
        self._week.forget()

        async def answered(said: object) -> None:
            self._week.view = self._week.view._replace(ghost=None)
            if not isinstance(said, ReplyOutcome):
                await self._week.show_week(IsoWeek.of(before.cursor_day), before.cursor_day, before.cursor)
                self._week.view = before._replace(ghost=None)
                self._week.paint()
                return
            await self._show_result(said.decisions[-1])
            self._week.say(f"{said.text} · u takes it back", "accent")

        reply = reply or (FOCUS if booked_over else SAY_NO)
        await self._week.app.push_screen(SayNoDialog(*self._ports, subject, self._preview, reply), answered)

    async def playbook(self) -> None:
        """Read the playbook, or why something is wrong, and do what the entry that was taken is about."""
        from techlead_tui.tui.dialogs.playbook import REPLY, PlaybookDialog

        async def answered(taken: str | None) -> None:
            if taken is not None and taken.startswith(REPLY):
                await self.say_no(taken.removeprefix(REPLY))
            elif taken is not None:
                await self._week.run_action(taken)

        rule, type_id = self._wrong()
        if refusal_of(self._week.interaction) is None:
            self._week.forget()
        await self._week.app.push_screen(PlaybookDialog(*self._ports, rule, type_id), answered)

    def _wrong(self) -> tuple[str, str | None]:
        """Return the rule of the refusal, else of what is wrong under the cursor, and the block's type."""
        refused = refusal_of(self._week.interaction)
        if refused is not None:
            edit = refused.edit
            block = self._week.scene.week.block(refused.uid)
            type_id = edit.type if isinstance(edit, AddBlock) else block.type if block is not None else None
            return refused.violations[0].rule, type_id
        shown = shown_violation(self._week.scene, self._week.view)
        if shown is None:
            return "", None
        here = self._week.here
        return shown.violation.rule, here.type if here is not None else None

    async def _preview(self, ghost: Ghost | None, hidden: int) -> None:
        """Shows a ghost where it is not under a list that takes the lowest rows of the screen."""
        if ghost is None:
            self._week.view = self._week.view._replace(ghost=None)
            self._week.paint()
            return
        if IsoWeek.of(ghost.day) != self._week.scene.week.key:
            self._week.view = self._week.view._replace(ghost=None)
            await self._week.show_week(IsoWeek.of(ghost.day), ghost.day, ghost.start)
        rows = frame(*self._week.navigation.size).grid_height - max(0, hidden - 2)
        view = self._week.view._replace(ghost=ghost)
        if hidden and ghost.end > view.first + rows * view.zoom:
            first = ghost.end - rows * view.zoom
            view = view._replace(first=max(0, first + (-first) % view.zoom))
        self._week.view = view
        self._week.go(ghost.day, ghost.start)

    # the day and the week

    async def day_kind(self) -> None:
        from techlead_tui.tui.dialogs.choice import TITLES, PickDialog, PickedOption, PickOption, effects

        day = self._week.view.cursor_day
        now = self._week.scene.week.day(day).kind

        async def answered(picked: PickedOption | None) -> None:
            if picked is not None and picked.id != now:
                await self._set_day(day, picked.id)

        options = [PickOption(kind, *TITLES[kind], current=kind == now) for kind in DAY_KINDS]
        heading = f"{day:%A} {day.day} {day:%B}"
        ask = effects(day, options)
        await self._week.app.push_screen(PickDialog(*self._ports, heading, options, ask=ask), answered)

    async def _set_day(self, day: date, kind: str) -> None:
        decision = await self._week.apply(SetDay(day, kind))
        if decision is not None:
            gained = focus_text(decision.focus_delta_minutes)
            name = "a normal day" if kind == "normal" else kind.replace("-", " ")
            self._week.say(f"{day:%A}: {name}{f' · {gained}' if gained else ''} · u takes it back", "accent")

    async def week_theme(self) -> None:
        from techlead_tui.tui.dialogs.choice import (
            WAYS,
            PickDialog,
            PickedOption,
            PickOption,
            themes_with_effects,
        )

        week = self._week.scene.week
        if week.frozen:
            self._week.say(f"{week.key} is over and keeps the theme that it had")
            return

        async def answered(picked: PickedOption | None) -> None:
            if picked is not None:
                await self._use_theme(UseTheme(picked.id, week.key, only=picked.way == "only"))

        options = [PickOption(week.theme.id, week.theme.title, current=True)]
        dialog = PickDialog(
            self._week.desk,
            self._week.looks,
            f"Week theme · {week.key}",
            options,
            ask=themes_with_effects(week.key),
            ways=WAYS,
        )
        await self._week.app.push_screen(dialog, answered)

    async def _use_theme(self, edit: UseTheme) -> None:
        decision = await self._week.apply(edit)
        if decision is None:
            return
        await self._week.reload()
        how = "this week" if edit.only else f"from {edit.week} on"
        gained = focus_text(decision.focus_delta_minutes)
        title = self._week.scene.week.theme.title
        self._week.say(f"{title}, {how}{f' · {gained}' if gained else ''} · u takes it back", "accent")

    # lists of people's things

    async def items(self, name: str) -> None:
        """Open the list of an item kind, with the form over it where the kind's key adds."""
        from techlead_tui.tui.dialogs.list_of_kind import dialog_of

        async def back(_result: None) -> None:
            await self._week.reload()

        self._week.forget()
        await self._week.app.push_screen(dialog_of(name)(*self._ports), back)

    async def paste(self, event: Paste) -> None:
        """Weigh an invitation that is pasted over the week."""
        from techlead_tui.planner.invitations import is_calendar
        from techlead_tui.tui.dialogs.triage import TriageDialog

        if not is_calendar(event.text):
            self._week.say("this is no invitation · a plans a block, i takes words about a meeting, too")
            return
        await self.items("request")
        dialog = self._week.app.screen
        if isinstance(dialog, TriageDialog):
            await dialog.invite(event.text)

    async def people(self, what: str) -> None:
        """Open a list about people; of all names one is picked first."""
        from techlead_tui.tui.dialogs.people import LISTS

        self._week.forget()
        await self._week.app.push_screen(LISTS[what](*self._ports))

    # the menu and the Friday check

    async def menu(self, spot: tuple[int, int], uid: str | None) -> None:
        """Open what can be done with a block, with what is carried, or where nothing stands."""
        from techlead_tui.tui.dialogs.menu import CARRIED, EMPTY, SESSION, MenuDialog, of_block

        week = self._week
        block = week.scene.week.block(uid) if uid is not None else None
        move, (day, at) = carried(week.interaction), (week.view.cursor_day, week.view.cursor)
        others: list[Block] = []
        if move is not None:
            heading, entries = move.block.summary, list(CARRIED)
        else:
            if block is not None:
                heading, entries = block.summary, of_block(block)
            else:
                heading, entries = f"{day:%a} {day.day} {day:%b} {clock(at)}", list(EMPTY)
            if session_here(week.scene, week.view) is not None:
                entries.append(SESSION)
            others = [other for other in blocks_at(week.scene, day, at) if other != block]
        await week.app.push_screen(MenuDialog(*self._ports, heading, entries, others, spot))

    async def cadence(self) -> None:
        """Open the coding cadence."""
        from techlead_tui.tui.screens.cadence import CadenceScreen

        self._week.forget()
        await self._week.app.push_screen(CadenceScreen(*self._ports), self._back)

    async def report(self) -> None:
        """Open the report of the quarter that ends with the week shown, or with this one."""
        from techlead_tui.tui.screens.report import ReportScreen

        week = self._week
        key = min(week.scene.week.key, IsoWeek.of(week.scene.now.date()))
        await week.app.push_screen(ReportScreen(week.desk, week.looks, key))

    async def friday(self) -> None:
        """Go through Friday of the week shown; of this week where that one is still to come."""
        from techlead_tui.tui.screens.friday import go_through

        week = self._week
        key = min(week.scene.week.key, IsoWeek.of(week.scene.now.date()))

        async def left() -> None:
            await week.reload()
            answers = await week.desk.search(lambda planner: planner.snapshot(key).week(key).answers)
            week.say(check_text(key, answers), "accent")

        await go_through(week.app.push_screen, week.desk, week.looks, key, left)

    async def offer_beginning(self) -> None:
        """Say what the week begins with, the first time that it is opened; never more than say it."""
        week = self._week
        if not await week.desk.search(lambda planner: planner.is_new_week()):
            return
        from techlead_tui.core.friday import offer
        from techlead_tui.planner.friday import carried_over

        key = IsoWeek.of(week.scene.now.date())
        waits = offer(await week.desk.search(lambda planner: carried_over(planner, key)))
        if waits:
            week.say(f"a new week: {waits} from before · N goes through them")

    async def begin(self) -> None:
        """Look through what this week begins with."""
        from techlead_tui.tui.screens.friday import BeginningScreen

        week = self._week
        key = IsoWeek.of(week.scene.now.date())
        await week.app.push_screen(BeginningScreen(week.desk, week.looks, key), self._back)

    async def _back(self, _result: object) -> None:
        await self._week.reload()
