"""Start, pause and stop a session by keys, and ask about one that has probably been forgotten."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from techlead_tui.core.edits import Edit
from techlead_tui.core.lengths import short_length
from techlead_tui.core.records import Record
from techlead_tui.core.running import GRACE, of_today, paused
from techlead_tui.core.text import day_text
from techlead_tui.errors import UserError
from techlead_tui.planner.running import Overdue, ended, overdue_now, resumed
from techlead_tui.render.text import cut, inert
from techlead_tui.tui.decision_text import TITLE, error_text
from techlead_tui.tui.quick_line_jobs import StartLine
from techlead_tui.tui.screens.week.editing import UNDO
from techlead_tui.tui.screens.week.ports import WeekPorts
from techlead_tui.tui.screens.week.state import Look
from techlead_tui.tui.textual_workarounds import begin


class Timing:
    """Do what `S` means, and notice a session that outlived its block, the night or a sleep."""

    def __init__(self, week: WeekPorts) -> None:
        self._week = week
        self._asked = ""  # uid of the session that has been asked about
        self._seen: datetime | None = None  # when it was last looked at

    @property
    def _open(self) -> Record | None:
        today = self._week.desk.planner.today().isoformat()
        return of_today(self._week.loaded.snapshot.open_session, today)

    async def toggle(self) -> None:
        """Start a session by words, go on with the one that pauses, or stop the one that runs."""
        record, week = self._open, self._week
        if record is None:
            scene = week.scene
            sessions = (scene.current or scene.week).sessions
            repo, branch = week.app.place()  # type: ignore[attr-defined]
            await week.ask_words(StartLine(sessions[-1] if sessions else None, repo, branch))
        elif paused(record):
            await self._go_on(record)
        else:
            found = await self._overdue(record)
            if found is not None:
                await self._ask(found)
            else:
                await self._end(record, week.desk.planner.now())

    async def pause(self) -> None:
        """Pause the session that runs, or go on with it."""
        record = self._open
        if record is None:
            self._week.say("nothing is running · S starts a session")
        elif paused(record):
            await self._go_on(record)
        else:
            edit = ended(record, self._week.desk.planner.now(), pause=True)
            if await self._week.apply(edit, ["stop", "--pause"]) is not None:
                self._week.say(f"{_title(record)} is paused · S resumes it", "accent")

    async def _go_on(self, record: Record) -> None:
        try:
            edit: Edit = await self._week.desk.ask(lambda planner: resumed(planner, record))
        except UserError as error:
            self._week.say(error_text(error), "warn")
            return
        if await self._week.apply(edit) is not None:
            self._week.say(f"going on: {_title(record)} · S ends it", "good")

    async def _end(self, record: Record, moment: datetime, drop: bool = False) -> None:
        edit = ended(record, moment, drop=drop)
        now = self._week.desk.planner.now() - moment < timedelta(minutes=1)
        words = ["stop"] if now and not drop else None  # else as the edit is spelled
        if moment < datetime.fromisoformat(str(record["start"])) and not drop:
            self._week.say("by this clock it has not begun yet · E changes when it began", "warn")
        elif await self._week.apply(edit, words) is not None:
            begun, end = datetime.fromisoformat(str(record["start"])), datetime.fromisoformat(edit.end)
            minutes = int((end - begun).total_seconds()) // 60
            said = "forgotten" if drop else f"logged, {short_length(minutes)}"
            self._week.say(f"{_title(record)}: {said} · {UNDO}", "accent" if drop else "good")

    # one that has probably been forgotten

    def look(self) -> None:
        """Ask, once, about a session that is found overdue; where one is at work, only say it."""
        record, now = self._open, self._week.desk.planner.now()
        before, self._seen = self._seen, now
        if record is None or paused(record) or record["uid"] == self._asked:
            return
        awake = before is not None and (now - before).total_seconds() < GRACE and now.date() == before.date()
        begin(self._week.app, partial(self._find, record, awake), "overdue")

    async def _find(self, record: Record, awake: bool) -> None:
        found = await self._overdue(record)
        idle = isinstance(self._week.interaction, Look) and len(self._week.app.screen_stack) == 1
        if found is None or not idle or record["uid"] == self._asked:
            return
        self._asked = str(record["uid"])
        if awake:
            self._week.say(f"{_title(record)} is still running · S asks when it ended", "accent")
        else:
            await self._ask(found)

    async def _overdue(self, record: Record) -> Overdue | None:
        try:
            return await self._week.desk.ask(lambda planner: overdue_now(planner, record))
        except UserError as error:
            self._week.say(error_text(error), "warn")
            return None

    async def _ask(self, found: Overdue) -> None:
        """Ask when it ended; escape lets it go on."""
        from techlead_tui.tui.dialogs.choice import PickDialog, PickedOption, PickOption

        ends = {what: end for what, end in found.ends if end is not None}

        async def answered(picked: PickedOption | None) -> None:
            if picked is None or picked.id == GO_ON:
                self._week.say(f"{_title(found.record)} goes on")
            elif picked.id == DROP:
                await self._end(found.record, found.now, drop=True)
            else:
                await self._end(found.record, ends[picked.id])

        self._asked = str(found.record["uid"])
        options = [PickOption(what, _ended(what, end, found)) for what, end in ends.items()]
        options += [
            PickOption(DROP, "Drop it", "Nothing is logged."),
            PickOption(GO_ON, "It goes on", "S ends it later."),
        ]
        since = f"{day_text(found.start.date())} {found.start:%H:%M}"
        heading = f"When did {_title(found.record)} end? It has been running since {since}"
        await self._week.app.push_screen(
            PickDialog(self._week.desk, self._week.looks, heading, options), answered
        )


DROP, GO_ON = "drop", "go on"


def _ended(what: str, end: datetime, found: Overdue) -> str:
    day = "" if end.date() == found.now.date() else f"{day_text(end.date())} "
    title = f" of {cut(inert(found.block), TITLE)}" if end == found.block_end and found.block else ""
    lasted = int((end - found.start).total_seconds()) // 60
    return f"{day}{end:%H:%M}, {what}{title} ({short_length(lasted)})"


def _title(record: Record) -> str:
    return cut(inert(str(record["summary"])), TITLE) or "a session"
