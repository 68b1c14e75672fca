"""Define blocks and sessions, what stands in a week, and read them from their records."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any, NamedTuple, cast

from techlead_tui.core.kinds import Types, category_of
from techlead_tui.core.records import Record
from techlead_tui.core.span import Span


class Override(NamedTuple):
    """A refusal gone past, with the written reason (M4)."""

    reason: str
    rules: tuple[str, ...]


class Block(NamedTuple):
    """A stretch of a week that is planned for something: a theme's box, or one's own."""

    uid: str  # `<box or series id>@<date>` for one of a theme or series
    summary: str
    kind: str
    type: str | None
    category: str
    start: datetime  # aware, fixed offset
    end: datetime
    hard_end: datetime | None  # when the limit of its type (M10) ends it, inside the slot
    optional: bool
    fixed: bool  # a box that does not move (M5)
    recurring: bool  # of a theme or of a series
    box: str | None  # uid of the theme box that contains it
    people: tuple[str, ...]
    doc: str | None  # path or URL of its preparation (M7, M10)
    source: str  # theme, own or calendar
    status: str  # planned, done or skipped
    override: Override | None
    moved: bool = False  # a box or occurrence that an exception has put elsewhere

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def planned_minutes(self) -> int:
        return self.span.minutes

    @property
    def live(self) -> bool:
        """Takes its time: not skipped."""
        return self.status != "skipped"


class Session(NamedTuple):
    """A logged stretch of work (M14): an instant plus the zone that it was logged in."""

    uid: str
    summary: str
    pattern: str | None  # one of kinds.PATTERNS
    category: str
    start: datetime  # aware
    end: datetime
    zone: str  # IANA name
    repo: str | None
    branch: str | None
    source: str

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def minutes(self) -> int:
        return self.span.minutes


def block_of(record: Record, start: datetime, end: datetime, types: Types) -> Block:
    """Return the block that a record or its like describes, from `start` to `end` (aware, fixed offset)."""
    read = cast("dict[str, Any]", record)
    kind, type_id, override = read["kind"], read["type"], read["override"]
    return Block(
        uid=read["uid"],
        summary=read["summary"],
        kind=kind,
        type=type_id,
        category=read["category"] or category_of(kind, type_id, types),
        start=start,
        end=end,
        hard_end=None,
        optional=read["optional"],
        fixed=False,
        recurring=False,
        box=None,
        people=tuple(read["people"]),
        doc=read["doc"],
        source="own",
        status=read.get("status", "planned"),
        override=Override(override["reason"], tuple(override["rules"])) if override else None,
    )


def session_of(record: Record) -> Session:
    """Return the session that a record describes."""
    read = cast("dict[str, Any]", record)
    times = {name: datetime.fromisoformat(read[name]) for name in ("start", "end")}
    return Session(**{name: read[name] for name in Session._fields} | times)
