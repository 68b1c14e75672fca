"""What the week opens over itself: forms, lists and questions, each loaded when it is first asked for."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.calendar import IsoWeek, into, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, FinishBlock, RemoveBlock, RemoveSession, SetDay, UseTheme
from techlead_tui.core.span import Span
from techlead_tui.core.theme import DAY_KINDS
from techlead_tui.core.week import Block, Session
from techlead_tui.core.words.planning import said_repeat
from techlead_tui.errors import UserError
from techlead_tui.render.text import cut
from techlead_tui.render.viewport import STEP, Ghost, frame
from techlead_tui.tui.decision_text import error_text, focus_text
from techlead_tui.tui.move import Copy, Move
from techlead_tui.tui.quick_line_jobs import AddLine
from techlead_tui.tui.screens.week.editing import WeekEdits

TITLE = 40  # cells of a title within a sentence


class WeekDialogs(WeekEdits):
    # one block

    async def action_edit(self) -> None:
        """The block under the cursor in a form; where there is none, the session."""
        block = self.here
        if block is None:
            await self.action_edit_session()
            return
        from techlead_tui.tui.dialogs.edit import EditDialog

        self.forget()
        await self.app.push_screen(EditDialog(self.desk, self.looks, block), self._back_from_form)

    async def _back_from_form(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self._show_result(decision)
        if self._said is None:
            self.say("saved", "good")

    async def action_skip(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here")
            return
        status = "skipped" if block.live else "planned"
        decision = await self.apply(FinishBlock(block.uid, block.day, status))
        if decision is not None:
            gained = focus_text(decision.focus_delta_minutes)
            again = "s plans it again" if status == "skipped" else ""
            word = "skipped" if status == "skipped" else "planned again"
            self.say(" · ".join(filter(None, (f"{_title(block)} {word}", gained, again))), "accent")

    async def action_delete(self) -> None:
        block = self.here
        if block is None:
            session = self.session_here
            if session is None:
                self.say("no block here")
            else:
                await self._remove_session(session)
            return
        if not block.live:
            await self.apply(FinishBlock(block.uid, block.day, "planned"))
        elif block.recurring and block.source == "own":
            await self._ask_how_much(block)
        else:
            await self._remove(RemoveBlock(block.uid, block.day), block)

    async def _remove(self, edit: RemoveBlock, block: Block) -> None:
        decision = await self.apply(edit)
        if decision is not None:
            gone = "ends" if edit.series else "skipped" if block.recurring else "deleted"
            parts = (f"{_title(block)} {gone}", focus_text(decision.focus_delta_minutes), "u brings it back")
            self.say(" · ".join(filter(None, parts)), "accent")

    async def _remove_session(self, session: Session) -> None:
        decision = await self.apply(RemoveSession(session.uid, IsoWeek.of(session.start.date())))
        if decision is not None:
            self.say(f"session {cut(session.summary, TITLE)} taken out · u brings it back", "accent")

    async def _ask_how_much(self, block: Block) -> None:
        """Of a series of one's own: this occurrence, or all from today on."""
        from techlead_tui.tui.dialogs.choice import PickDialog, Picked, PickOption

        async def answered(picked: Picked | None) -> None:
            if picked is not None:
                await self._remove(RemoveBlock(block.uid, block.day, series=picked.id == "series"), block)

        options = (
            PickOption(
                "one", "This one", f"{block.start:%a} {block.start.day} {block.start:%b} alone is skipped."
            ),
            PickOption("series", "The series", "It ends today; what has been stays in the past weeks."),
        )
        dialog = PickDialog(self.desk, self.looks, f"Take out: {block.summary}", options)
        await self.app.push_screen(dialog, answered)

    async def action_duplicate(self) -> None:
        """A copy in move mode, where the nearest week that has room loses least focus."""
        block = self.here
        if block is None:
            self.say("no block here to copy")
            return
        from techlead_tui.tui.dialogs.free import next_room

        try:
            day, start = await self.desk.ask(lambda planner: next_room(planner, block))
        except UserError as error:
            self.say(error_text(error), "warn")
            return
        self.forget()
        if IsoWeek.of(day) != self.scene.week.key:
            await self.show_week(IsoWeek.of(day), day, start)
        await self._carry(Copy.of(block).to(day, start))

    async def _carry(self, move: Move) -> None:
        """The week screen carries what is on its way."""
        raise NotImplementedError

    async def action_repeat(self) -> None:
        block = self.here
        if block is None:
            self.say("no block here to repeat")
        elif block.source == "theme":
            self.say(f"{_title(block)} is in the week theme and comes every week")
        elif block.recurring:
            self.say(f"{_title(block)} comes again already · d takes one out, or the series")
        else:
            from techlead_tui.tui.dialogs.series import SeriesDialog

            self.forget()
            await self.app.push_screen(SeriesDialog(self.desk, self.looks, block), self._back_from_series)

    async def _back_from_series(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self._show_result(decision)
        edit = decision.edit
        if isinstance(edit, AddBlock) and edit.repeat is not None:
            again = said_repeat(edit.repeat, edit.day)
            self.say(f"{cut(edit.summary, TITLE)} comes {again} · u takes it back", "accent")

    # one session

    @property
    def session_here(self) -> Session | None:
        """The session under the cursor: the last one that begins no later than the cursor's step ends."""
        day, cursor, zone = self.view.cursor_day, self.view.cursor, self.scene.week.zone
        found = None
        for session in self.scene.week.sessions:
            start, end = into(session.start, zone), into(session.end, zone)
            first = minute_of(start)
            last = Span(start, end).end_minute
            if start.date() == day and first < cursor + STEP and cursor < max(last, first + 1):
                found = session
        return found

    async def action_edit_session(self) -> None:
        session = self.session_here
        if session is None:
            self.say("no session here")
            return
        from techlead_tui.tui.dialogs.session import SessionDialog

        self.forget()
        await self.app.push_screen(SessionDialog(self.desk, self.looks, session), self._back_from_session)

    async def _back_from_session(self, decision: Decision | None) -> None:
        if decision is None:
            return
        await self.reload()
        if isinstance(decision.edit, RemoveSession):
            self.say("session taken out · u brings it back", "accent")
        else:
            self.say("session saved", "good")

    # finding

    async def action_find(self) -> None:
        from techlead_tui.tui.dialogs.find import FindDialog, Hit

        async def answered(hit: object) -> None:
            if not isinstance(hit, Hit):
                return
            minute = minute_of(hit.start)
            await self.show_week(IsoWeek.of(hit.day), hit.day, minute - minute % STEP)
            self.go(hit.day, minute, hit.uid)

        self.forget()
        self.paint()
        await self.app.push_screen(FindDialog(self.desk, self.looks, self.scene.week.key), answered)

    async def action_free(self) -> None:
        """A slot that is taken starts the line of words with its time; escape leaves the week as it was."""
        from techlead_tui.tui.dialogs.free import FreeDialog, Room

        self.forget()
        before = self.view

        async def answered(room: object) -> None:
            self.view = self.view._replace(ghost=None)
            if not isinstance(room, Room):
                await self.show_week(IsoWeek.of(before.cursor_day), before.cursor_day, before.cursor)
                self.view = before._replace(ghost=None)
                self.paint()
                return
            await self.show_week(IsoWeek.of(room.day), room.day, room.start)
            await self._ask(AddLine(self.scene, self.view, room.words))

        await self.app.push_screen(FreeDialog(self.desk, self.looks, self._preview), answered)

    async def _preview(self, ghost: Ghost | None, hidden: int) -> None:
        """Shows a ghost where it is not under a list that takes the lowest rows of the screen."""
        if ghost is None:
            self.view = self.view._replace(ghost=None)
            self.paint()
            return
        if IsoWeek.of(ghost.day) != self.scene.week.key:
            self.view = self.view._replace(ghost=None)
            await self.show_week(IsoWeek.of(ghost.day), ghost.day, ghost.start)
        rows = frame(*self._room).grid_height - max(0, hidden - 2)
        view = self.view._replace(ghost=ghost)
        if hidden and ghost.end > view.first + rows * view.zoom:
            first = ghost.end - rows * view.zoom
            view = view._replace(first=max(0, first + (-first) % view.zoom))
        self.view = view
        self.go(ghost.day, ghost.start)

    # the day and the week

    async def action_day_kind(self) -> None:
        from techlead_tui.tui.dialogs.choice import TITLES, PickDialog, Picked, PickOption, effects

        day = self.view.cursor_day
        now = self.scene.week.day(day).kind

        async def answered(picked: Picked | None) -> None:
            if picked is not None and picked.id != now:
                await self._set_day(day, picked.id)

        options = [PickOption(kind, *TITLES[kind], current=kind == now) for kind in DAY_KINDS]
        heading = f"{day:%A} {day.day} {day:%B}"
        ask = effects(day, options)
        await self.app.push_screen(PickDialog(self.desk, self.looks, heading, options, ask=ask), answered)

    async def _set_day(self, day: date, kind: str) -> None:
        decision = await self.apply(SetDay(day, kind))
        if decision is not None:
            gained = focus_text(decision.focus_delta_minutes)
            name = "a normal day" if kind == "normal" else kind.replace("-", " ")
            self.say(f"{day:%A}: {name}{f' · {gained}' if gained else ''} · u takes it back", "accent")

    async def action_week_theme(self) -> None:
        from techlead_tui.tui.dialogs.choice import WAYS, PickDialog, Picked, PickOption, themes_with_effects

        week = self.scene.week
        if week.frozen:
            self.say(f"{week.key} is over and keeps the theme that it had")
            return

        async def answered(picked: Picked | None) -> None:
            if picked is not None:
                await self._use_theme(UseTheme(picked.id, week.key, only=picked.way == "only"))

        options = [PickOption(week.theme.id, week.theme.title, current=True)]
        dialog = PickDialog(
            self.desk,
            self.looks,
            f"Week theme · {week.key}",
            options,
            ask=themes_with_effects(week.key),
            ways=WAYS,
        )
        await self.app.push_screen(dialog, answered)

    async def _use_theme(self, edit: UseTheme) -> None:
        decision = await self.apply(edit)
        if decision is None:
            return
        await self.reload()
        how = "this week" if edit.only else f"from {edit.week} on"
        gained = focus_text(decision.focus_delta_minutes)
        title = self.scene.week.theme.title
        self.say(f"{title}, {how}{f' · {gained}' if gained else ''} · u takes it back", "accent")


def _title(block: Block) -> str:
    return cut(block.summary, TITLE)
