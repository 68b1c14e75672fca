"""Tell which moments of the week have come since the last look, for the commands that are run at them."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from techlead_tui.core.balance import deep_spans
from techlead_tui.core.block_json import block_json
from techlead_tui.core.calendar import IsoWeek, at, into
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span
from techlead_tui.core.week import Block, Week

LATE = timedelta(minutes=10)  # after which a moment is passed over: the machine slept, or nobody looked
AROUND = timedelta(minutes=5)  # before and after the hard end of a meeting
FORGOTTEN = timedelta(hours=12)  # after which nobody is told any more that focus time is over
AHEAD = timedelta(hours=26)  # a last look so far in the future was one by a wrong clock
NOON = 12 * 60
FRIDAY = 5
MOST_CHANGES = 20  # that one moment tells of
ELSEWHERE = ("hook", "machine")  # origins of changes that run nothing here, or commands would go round


class NewChange(NamedTuple):
    """A change of plan or log, as history tells it."""

    seq: int
    at: datetime
    words: tuple[str, ...]
    origin: str


class Ticked(NamedTuple):
    """Hold what the last look saw. Times are UTC."""

    until: datetime  # when it was
    seq: int  # of the last change
    focus_until: datetime | None = None  # the end of the focus time that was on


class Due(NamedTuple):
    """A moment that has come."""

    event: str  # one of core.events.EVENTS
    at: datetime
    week: IsoWeek
    block: Block | None = None  # that it is about
    ends: datetime | None = None  # the end of the focus time or the hard end that it is about
    changes: tuple[NewChange, ...] = ()

    def json(self, now: datetime) -> dict[str, Any]:
        """Return what a command is told about it."""
        left = None if self.ends is None else max(0, round((self.ends - now).total_seconds() / 60))
        return {
            "schema": 1,
            "event": self.event,
            "at": self.at.isoformat(timespec="seconds"),
            "week": str(self.week),
            "block": None if self.block is None else block_json(self.block),
            "ends": None if self.ends is None else self.ends.isoformat(timespec="seconds"),
            "left_minutes": left,
            "changes": [
                {**one._asdict(), "at": one.at.isoformat(timespec="seconds"), "words": list(one.words)}
                for one in self.changes
            ],
        }


def weeks_of(now: datetime) -> list[IsoWeek]:
    """Return the weeks that have to be loaded to tell what is due."""
    return sorted({IsoWeek.of(now.date()), IsoWeek.of((now - LATE - AROUND).date())})


def due(
    snapshot: Snapshot, written: Iterable[NewChange], last: Ticked | None, now: datetime
) -> tuple[list[Due], Ticked]:
    """Return what has come in (last look, now], the earliest first, and what is to be kept of this look.

    The first look finds nothing, nor does one after the clock was set back: all that was due has been due.
    """
    weeks = [snapshot.week(week) for week in weeks_of(now)]
    focus = _focus(weeks, now)
    seen = Ticked(now.astimezone(UTC), snapshot.seq, None if focus is None else focus.end.astimezone(UTC))
    if last is None or last.until - now > AHEAD:
        return [], seen
    found = _changed(written, last, now)
    if now <= last.until:
        return found, last._replace(seq=snapshot.seq)
    begin = max(into(last.until, snapshot.zone), now - LATE)
    found += _focus_moments(weeks, focus, last, now)
    for week in weeks:
        for block in _begun(week):
            found += _of_block(week, block, begin, now)
        friday = _friday(week)
        if friday is not None and begin < friday <= now:
            found.append(Due("friday", friday, week.key))
    return sorted(dict.fromkeys(found), key=lambda one: one.at), seen


def next_due(snapshot: Snapshot, now: datetime) -> datetime:
    """Return when something comes due next while everything stays as it is; at most the end of the week."""
    moments = [at(IsoWeek.of(now.date()).shift(1).monday, 0, snapshot.zone)]
    for week in (snapshot.week(week) for week in weeks_of(now)):
        moments += [when for block in _begun(week) for _, when in _moments(week, block)]
        moments += [when for span in deep_spans(week) for when in span]
        friday = _friday(week)
        if friday is not None:
            moments.append(friday)
    return min((when for when in moments if when > now), key=datetime.timestamp)


def example(snapshot: Snapshot, event: str, now: datetime) -> Due:
    """Return a moment of a sort as if it were due now, about what is on or comes next."""
    week = snapshot.week(IsoWeek.of(now.date()))
    if event in ("friday", "commit"):
        return Due(event, now, week.key)
    kind = {"focus": "deep_work", "meeting": "meeting", "window": "window"}[event.partition("-")[0]]
    blocks = [block for block in week.live if block.kind == kind]
    block = next((block for block in blocks if block.held.end > now), blocks[-1] if blocks else None)
    return Due(event, now, week.key, block, None if block is None else block.held.end)


def _begun(week: Week) -> Iterator[Block]:
    yield from (one for one in week.reaching if isinstance(one, Block))
    yield from week.blocks


def _focus(weeks: Sequence[Week], moment: datetime) -> Span | None:
    """Return the stretch of deep work that a moment is in."""
    return next((span for week in weeks for span in deep_spans(week) if span.holds(moment)), None)


def _deep_block(weeks: Sequence[Week], moment: datetime) -> Block | None:
    """Return the block of deep work that is on, the shortest of several."""
    on = [one for week in weeks for one in week.live if one.kind == "deep_work" and one.span.holds(moment)]
    return min(on, key=lambda block: (block.planned_minutes, block.uid), default=None)


def _focus_moments(weeks: Sequence[Week], focus: Span | None, last: Ticked, now: datetime) -> list[Due]:
    """Compare what was on with what is on: so a plan that has changed, or a night's sleep, misses nothing and
    heaps up nothing."""
    was = last.focus_until
    if focus is not None and focus.end != was:
        begun = focus.start if focus.start > last.until else now
        return [Due("focus-start", begun, IsoWeek.of(focus.start.date()), _deep_block(weeks, now), focus.end)]
    if focus is None and was is not None and now - was < FORGOTTEN:
        ended = min(into(was, now.tzinfo or UTC), now)
        block = _deep_block(weeks, ended - timedelta(minutes=1))
        return [Due("focus-end", ended, IsoWeek.of(ended.date()), block, ended)]
    return []


def _of_block(week: Week, block: Block, begin: datetime, now: datetime) -> list[Due]:
    """Return what is due about a meeting or a window: of several the last one, the others are stale."""
    come = [
        Due(event, when, IsoWeek.of(block.day), block, block.held.end)
        for event, when in _moments(week, block)
        if begin < when <= now
    ]
    return come[-1:]


def _moments(week: Week, block: Block) -> list[tuple[str, datetime]]:
    """Return the events of a meeting or a window, the earliest first."""
    if block.status != "planned" or (block.occurrence is not None and block.occurrence.all_day):
        return []
    end = block.held.end
    if block.kind == "window" and block.box is None:
        return [("window-close", end)]
    if block.kind != "meeting" or block.optional or _is_filled(week, block):
        return []
    soon = [("meeting-ends-soon", end - AROUND)] if end - AROUND > block.start else []
    return [*soon, ("meeting-end", end), ("meeting-overrun", end + AROUND)]


def _is_filled(week: Week, block: Block) -> bool:
    """Tell whether a box has a meeting in it, which then stands for it."""
    return any(one.box == block.uid and one.kind == "meeting" for one in week.live)


def _friday(week: Week) -> datetime | None:
    """Return when the afternoon of the last working day begins; None in a week of leave."""
    days = [day for day in week.days[:FRIDAY] if day.working]
    if not days:
        return None
    day = days[-1]
    return day.lunch.end if day.lunch is not None else at(day.date, NOON, week.zone)


def _changed(written: Iterable[NewChange], last: Ticked, now: datetime) -> list[Due]:
    """Return the changes since the last look as one moment."""
    new = [
        one
        for one in sorted(written, key=lambda one: one.seq)
        if one.seq > last.seq
        and one.words
        and not one.origin.startswith(ELSEWHERE)
        and abs(now - one.at) <= LATE
    ]
    if not new:
        return []
    return [Due("commit", new[-1].at, IsoWeek.of(now.date()), changes=tuple(new[-MOST_CHANGES:]))]
