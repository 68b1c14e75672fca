"""A week as it stands: its theme, days, blocks and sessions."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, tzinfo
from functools import cached_property
from typing import Any, NamedTuple, TypeVar, cast

from techlead_tui.core.calendar import IsoWeek, at, stretch
from techlead_tui.core.occurrence import UNANSWERED, Occurrence
from techlead_tui.core.records import Record
from techlead_tui.core.span import Span, subtract, total
from techlead_tui.core.theme import DayTheme, Types, WeekTheme, category_of


class Override(NamedTuple):
    """A refusal gone past, with the written reason (M4)."""

    reason: str
    rules: tuple[str, ...]
    blocks: tuple[str, ...] | None = None  # the other blocks it was given for, a series without its date;
    # None, as once stored, for all

    def covers(self, rule: str, others: Iterable[str]) -> bool:
        """Tell whether it was given for this rule and for every one of these other blocks."""
        known = self.blocks
        return rule in self.rules and (
            known is None or all(uid in known or uid.partition("@")[0] in known for uid in others)
        )


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
    in_place: bool = False  # a box of the theme in its own time, all of it or a part
    unknown_zone: str | None = None  # that it was planned in, where this machine cannot tell its clocks
    occurrence: Occurrence | None = None  # what a calendar says of it
    note: str | None = None

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

    @property
    def unanswered(self) -> bool:
        """Tell whether it is an invitation without a firm answer."""
        return self.occurrence is not None and self.occurrence.answer in UNANSWERED

    @property
    def held(self) -> Span:
        """Return its time up to the hard end: what it takes when it happens as planned."""
        return Span(self.start, self.hard_end or self.end)


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
    result: str | None = None  # what came of it
    running: bool = False  # it is under way, and ends for now where it is counted up to
    note: str | None = None

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
        override=_override_of(override) if override else None,
        note=read.get("note"),
    )


def _override_of(stored: Mapping[str, Any]) -> Override:
    blocks = stored.get("blocks")
    return Override(stored["reason"], tuple(stored["rules"]), None if blocks is None else tuple(blocks))


def session_of(record: Record) -> Session:
    """Return the session that a record describes."""
    read = cast("dict[str, Any]", record)
    return Session(
        read["uid"],
        read["summary"],
        read["pattern"],
        read["category"],
        datetime.fromisoformat(read["start"]),
        datetime.fromisoformat(read["end"]),
        read["zone"],
        read["repo"],
        read["branch"],
        read["source"],
        read.get("result"),
        read.get("running", False),
        read.get("note"),
    )


def running_session(record: Record, now: datetime) -> Session:
    """Return a session that is under way, as it counts at a moment.

    On the day on which it began up to that moment; from the next day on, when it was forgotten or the clock
    was changed, as far as its record says.
    """
    start = datetime.fromisoformat(str(record["start"]))
    same_day = now.astimezone(start.tzinfo).date() == start.date()
    until = now if same_day else min(now, datetime.fromisoformat(str(record["until"])))
    end = max(start, until.astimezone(start.tzinfo).replace(second=0, microsecond=0))
    return session_of({**record, "end": end.isoformat(), "source": "own", "running": True})


class Day(NamedTuple):
    """One day of a week, Monday to Sunday."""

    date: date
    theme: DayTheme | None  # None: not a working day
    kind: str  # one of kinds.DAY_KINDS
    hours: Span | None  # the working day, lunch included; None on a free day
    lunch: Span | None
    name: str = ""  # of a holiday

    @property
    def working(self) -> tuple[Span, ...]:
        """The working time without lunch; none on leave."""
        if self.hours is None or self.kind == "leave":
            return ()
        return tuple(subtract([self.hours], [self.lunch] if self.lunch else []))


class _Week(NamedTuple):
    key: IsoWeek
    theme: WeekTheme
    types: Types
    zone: tzinfo
    days: tuple[Day, ...]  # seven, Monday first
    blocks: tuple[Block, ...]  # by start; skipped ones too
    sessions: tuple[Session, ...]  # by start
    answers: Mapping[str, bool]  # of the Friday check: question id to answer
    frozen: bool  # a past week that keeps the theme it had
    recurring: tuple[Block, ...] = ()  # the meeting series of four weeks, one block each (M16)
    since: datetime | None = None  # the first use of the program: nothing before it is taken as held
    reaching: tuple[Block | Session, ...] = ()  # begun on the Sunday before and going on in this week


class Week(_Week):
    """Hold a week as it stands; what its rules found is kept in it, for one preview asks many times."""

    @cached_property
    def found_by_rules(self) -> dict[datetime, object]:
        """Return what the rules found, by the moment that they were asked for."""
        return {}

    @cached_property
    def focus_by_days(self) -> dict[tuple[date, date], tuple[tuple[Block, ...], int]]:
        """Return the blocks and the focus minutes of a few days, by the first and the last of them."""
        return {}

    @cached_property
    def live(self) -> tuple[Block, ...]:
        """Return the blocks that take their time."""
        return tuple([block for block in self.blocks if block.status != "skipped"])

    @cached_property
    def working(self) -> list[Span]:
        """Return the working time less lunch and leave, which every share is of."""
        leave = [block.span for block in self.live if block.kind == "leave"]
        return subtract([span for day in self.days for span in day.working], leave)

    @property
    def working_minutes(self) -> int:
        """The denominator of every share: working time less lunch and leave."""
        return total(self.working)

    def over(self, now: datetime) -> bool:
        """Tell whether its last working hour has passed; a week without any ends on Sunday night."""
        hours = [day.hours.end for day in self.days if day.hours is not None and day.kind != "leave"]
        end = hours[-1] if hours else at(self.key.shift(1).monday, 0, self.zone)
        return now >= end

    def day(self, when: date) -> Day:
        """The day of a date of this week."""
        return self.days[(when - self.key.monday).days]

    def blocks_on(self, day: date) -> Sequence[Block]:
        """Return the blocks that take time of a day, one that began on the day before included."""
        return self._blocks_by_day.get(day, ())

    @cached_property
    def _blocks_by_day(self) -> dict[date, list[Block]]:
        return _by_day(one for one in (*self.reaching, *self.blocks) if isinstance(one, Block))

    def sessions_on(self, day: date) -> Sequence[Session]:
        """Return the sessions that take time of a day, one that began on the day before included."""
        return self._sessions_by_day.get(day, ())

    @cached_property
    def _sessions_by_day(self) -> dict[date, list[Session]]:
        return _by_day((*(one for one in self.reaching if isinstance(one, Session)), *self.sessions))

    @cached_property
    def _by_uid(self) -> dict[str, Block]:
        return {block.uid: block for block in reversed(self.blocks)}

    def block(self, uid: str) -> Block | None:
        """Return the block of an id, or None."""
        return self._by_uid.get(uid)


Timed = TypeVar("Timed", Block, Session)


def _by_day(items: Iterable[Timed]) -> dict[date, list[Timed]]:
    out: dict[date, list[Timed]] = {}
    for one in items:
        for day in one.span.days:
            out.setdefault(day, []).append(one)
    return out


def at_home(block: Block) -> bool:
    """A box of the theme that stands where the theme puts it."""
    return block.source == "theme" and not block.moved


def home(week: Week, block: Block) -> Span | None:
    """Return where the theme puts a box of its own; None for every other block."""
    if block.source != "theme":
        return None
    name, _, day = block.uid.rpartition("@")
    box = next((box for box in week.theme.boxes if box.id == name), None)
    if box is None:
        return None
    when = date.fromisoformat(day)
    return Span(*stretch(when, box.start, box.end, week.zone))


def fills(block: Block, box: Block) -> bool:
    """Tell whether `block` lies in `box` as its content: of its kind, and of its type if the box has one.

    Only a box in its place takes in, and an optional one wherever it is: that one takes anything; a window
    takes what counts as mentorship (M5, M6).
    """
    if not box.span.contains(block.span):
        return False
    if box.optional:
        return True
    if not box.in_place:
        return False
    if box.kind == "window":
        return block.kind == "window" or block.category == "mentorship"
    return box.kind == block.kind and (box.kind == "deep_work" or box.type in (None, block.type))


def boxed(week: Week, block: Block) -> bool:
    """Tell whether a block fills a box that stands in its place; one that was moved gives no right to it."""
    box = week.block(block.box) if block.box is not None else None
    return box is not None and box.in_place


def traded(block: Block) -> bool:
    """A box that may move and has moved within its day: it changes places with what it lies over."""
    return block.moved and not block.fixed and block.source == "theme" and block.uid.endswith(f"@{block.day}")


def called_out(week: Week, block: Block) -> bool:
    """Urgent unblocking on a day on call: what the day is for."""
    return block.type == "unblock" and week.day(block.day).kind == "on-call"


def broken_boxes(week: Week, block: Block) -> list[Block]:
    """The deep-work boxes that a block of another kind lies over without right.

    An optional box in its place takes anything, a block that fills a box has its place, a box that trades
    places within its day gives back what it takes, and a day on call belongs to its calls.
    """
    if not block.live or block.kind in ("deep_work", "leave") or boxed(week, block):
        return []
    if at_home(block) or traded(block) or called_out(week, block):
        return []
    return [
        box
        for box in week.blocks
        if box.kind == "deep_work"
        and box.source == "theme"
        and not (box.optional and box.in_place)
        and box.live
        and box.start < block.end
        and block.start < box.end
    ]
