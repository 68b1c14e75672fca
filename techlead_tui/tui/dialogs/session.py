"""Edit a logged session in a form: what, pattern, category, when and how long (M14)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from techlead_tui.core.calendar import IsoWeek, at, clock, into, minute_of
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, EditSession, RemoveSession
from techlead_tui.core.lengths import short_length
from techlead_tui.core.session import PATTERNS
from techlead_tui.core.week import Session
from techlead_tui.errors import FieldError
from techlead_tui.render import symbols
from techlead_tui.render.text import Row, exactly
from techlead_tui.tui.dialogs.edit import COUNTS
from techlead_tui.tui.dialogs.form import FormDialog
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, TextField
from techlead_tui.tui.widgets.time_fields import DateField, LengthField, TimeField


class SessionDialog(FormDialog):
    """Change or delete a session. It is a fact, so that no rule objects."""

    heading = "Session"
    mode = "session"
    verdict_height = 2

    def __init__(self, desk: Desk, looks: Looks, session: Session) -> None:
        super().__init__(desk, looks)
        self.session = session
        self._start = into(session.start, desk.planner.zone)

    def aside(self) -> str:
        where = " ".join(part for part in (self.session.repo, self.session.branch) if part)
        state = "running" if self.session.running else ""
        return " · ".join(part for part in (state, where, str(IsoWeek.of(self._start.date()))) if part)

    def fields(self) -> Sequence[FormField[Any]]:
        session, first = self.session, self._start
        today, shown = self.desk.planner.today(), IsoWeek.of(first.date())
        patterns = [("", "none"), *((name, name) for name in PATTERNS)]
        self.summary = TextField("summary", "what", session.summary, example="pool fix")
        self.pattern = ChoiceField("pattern", "pattern", patterns, session.pattern or "")
        self.category = ChoiceField("category", "counts as", [*COUNTS.items()], session.category)
        self.day = DateField("day", "day", f"{first:%a}".lower(), today=today, shown=shown)
        self.start = TimeField("start", "start", clock(minute_of(first)), example="14:00")
        self.note = TextField("note", "note", session.note or "", example="what is to be remembered")
        self.length = LengthField("length", "length", short_length(max(1, session.minutes)), example="45m")
        self.result = TextField("result", "result", session.result or "", example="found the leak")
        when = (self.day, self.start) if session.running else (self.day, self.start, self.length)
        return self.summary, self.pattern, self.category, *when, self.result, self.note

    def _span(self) -> tuple[datetime, datetime]:
        """Return start and end, aware. FieldError."""
        zone = self.desk.planner.zone
        start = at(self.day.read(), self.start.read(), zone)
        return start, into(start + timedelta(minutes=self.length.read()), zone)

    def looked_at(self) -> None:
        if self.session.running:
            return
        try:
            self.length.set_note(f"to {clock(minute_of(self._span()[1]))}")
        except FieldError:
            self.length.set_note("")

    def edits(self) -> list[Edit]:
        session = self.session
        start, end = self._span()
        first = (self._start.date(), minute_of(self._start), session.minutes)
        moved = (start.date(), minute_of(start), int((end - start).total_seconds()) // 60) != first
        pattern, category = self.pattern.value or None, self.category.value
        changes = (
            ("summary", self.summary.text, self.summary.text != session.summary.strip()),
            ("pattern", pattern, pattern != session.pattern),
            ("category", category, category != session.category),
            ("result", self.result.text or None, self.result.text != (session.result or "").strip()),
            ("note", self.note.text or None, (self.note.text or None) != (session.note or None)),
            ("start", start.isoformat(timespec="seconds"), moved),
            ("end", end.isoformat(timespec="seconds"), moved and not session.running),
        )
        fields = {name: value for name, value, changed in changes if changed}
        return [EditSession(session.uid, self._week, fields)] if fields else []

    @property
    def _week(self) -> IsoWeek:
        return IsoWeek.of(self.session.start.date())

    def plain_verdict(self, decision: Decision | None, cells: int, _rows: int) -> Sequence[Row]:
        said, ink = "nothing has changed", "hint"
        if decision is not None:
            said, ink = f"{symbols.DONE} no rule applies to a logged session", "good"
        return [exactly([(said, f"{ink}/bar")], cells, "ink/bar")]

    async def action_remove(self) -> None:
        await self.apply([RemoveSession(self.session.uid, self._week)])
