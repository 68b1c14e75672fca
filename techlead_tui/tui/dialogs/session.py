"""A logged session in a form: what, pattern, category, when and how long (M14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from techlead_tui.core.calendar import IsoWeek, at, clock, into, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, EditSession, RemoveSession
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import CATEGORIES, PATTERNS
from techlead_tui.core.week import Session
from techlead_tui.core.words.units import full_date
from techlead_tui.errors import FieldError
from techlead_tui.render import symbols
from techlead_tui.render.text import Row, exactly
from techlead_tui.tui.dialogs.edit import COUNTS
from techlead_tui.tui.dialogs.form import FormDialog, day_in, length_in, time_in
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.fields import Field, TextField, TurnField


class SessionDialog(FormDialog):
    """A session is a fact: no rule has a say in it. It can be taken out as well."""

    heading = "Session"
    mode = "session"
    ruling_rows = 2

    def __init__(self, desk: Desk, looks: Looks, session: Session) -> None:
        super().__init__(desk, looks)
        self.session = session
        self._start = into(session.start, desk.planner.zone)

    def aside(self) -> str:
        where = " ".join(part for part in (self.session.repo, self.session.branch) if part)
        return " · ".join(part for part in (where, str(IsoWeek.of(self._start.date()))) if part)

    def fields(self) -> Sequence[Field]:
        session, looks = self.session, self.looks
        return (
            TextField(looks, "summary", "what", session.summary, example="pool fix"),
            TurnField(
                looks,
                "pattern",
                "pattern",
                [("", "none"), *((name, name) for name in PATTERNS)],
                session.pattern or "",
            ),
            TurnField(
                looks,
                "category",
                "counts as",
                [(name, COUNTS[name]) for name in CATEGORIES],
                session.category,
            ),
            TextField(looks, "day", "day", f"{self._start:%a}".lower(), example="wed", noted=True),
            TextField(looks, "start", "start", clock(minute_of(self._start)), example="14:00", noted=True),
            TextField(looks, "length", "length", short_length(session.minutes), example="45m", noted=True),
        )

    def _span(self) -> tuple[datetime, datetime]:
        planner = self.desk.planner
        day = day_in("day", self.text("day"), planner.today(), IsoWeek.of(self._start.date()))
        start = at(day, time_in("start", self.text("start")), planner.zone)
        return start, into(start + timedelta(minutes=length_in("length", self.text("length"))), planner.zone)

    def looked_at(self) -> None:
        for name in ("day", "length"):
            self.field(name).set_note("")
        try:
            start, end = self._span()
        except FieldError:
            return
        self.field("day").set_note(full_date(start.date()))
        self.field("length").set_note(f"to {clock(minute_of(end))}")

    def edits(self) -> list[Edit]:
        session = self.session
        fields: dict[str, object] = {}
        if self.text("summary") != session.summary.strip():
            fields["summary"] = self.text("summary")
        if (pattern := self.field("pattern").value or None) != session.pattern:
            fields["pattern"] = pattern
        if (category := self.field("category").value) != session.category:
            fields["category"] = category
        start, end = self._span()
        first = (self._start.date(), minute_of(self._start), session.minutes)
        if (start.date(), minute_of(start), int((end - start).total_seconds()) // 60) != first:
            fields["start"] = start.isoformat(timespec="seconds")
            fields["end"] = end.isoformat(timespec="seconds")
        return [EditSession(session.uid, self._week, fields)] if fields else []

    @property
    def _week(self) -> IsoWeek:
        return IsoWeek.of(self.session.start.date())

    def plain_ruling(self, decision: Decision | None, cells: int, _rows: int) -> list[Row]:
        said = (
            "nothing is changed"
            if decision is None
            else f"{symbols.DONE} a session is a fact: no rule objects"
        )
        return [exactly([(said, "hint/bar" if decision is None else "good/bar")], cells, "ink/bar")]

    async def action_remove(self) -> None:
        await self._apply([RemoveSession(self.session.uid, self._week)])
