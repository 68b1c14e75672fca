"""Half-open spans of time and their algebra."""

from bisect import bisect_right
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from operator import itemgetter
from typing import NamedTuple

from techlead_tui.core.calendar import DAY, NoSuchTimeError, at, clock, into, minute_of


class Span(NamedTuple):
    """[start, end) between two aware datetimes of fixed offset (see localtime), start before end."""

    start: datetime
    end: datetime

    @property
    def minutes(self) -> int:
        return int((self.end - self.start).total_seconds()) // 60

    @property
    def start_minute(self) -> int:
        """Return the start in minutes since midnight, on the wall clock of its day."""
        return minute_of(self.start)

    @property
    def end_minute(self) -> int:
        """Return the end in minutes since the midnight that the start's day begins with.

        It is 1440 at the end of that day, also where the clocks skip midnight, and more after it.
        """
        days = self.end.toordinal() - self.start.toordinal()
        if days and self.end.tzinfo is not self.start.tzinfo:
            then = self.end.astimezone(self.start.tzinfo)
            if then.toordinal() - self.start.toordinal() == 1 and minute_of(then) == 0:
                return DAY
        return days * DAY + minute_of(self.end)

    @property
    def crosses(self) -> bool:
        """Tell whether it goes on after the midnight that ends its day."""
        return self.end_minute > DAY

    @property
    def days(self) -> list[date]:
        """Return the days that it takes time of."""
        first = self.start.date()
        return [first, *(first + timedelta(days) for days in range(1, (self.end_minute - 1) // DAY + 1))]

    def on(self, day: date) -> tuple[int, int] | None:
        """Return what it takes of a day, in minutes of that day's wall clock; None when it takes nothing."""
        before = (day.toordinal() - self.start.toordinal()) * DAY
        start, end = max(0, self.start_minute - before), min(DAY, self.end_minute - before)
        return (start, end) if before == 0 or (before > 0 and end > 0) else None

    def overlaps(self, other: "Span") -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: "Span") -> bool:
        return self.start <= other.start and other.end <= self.end

    def holds(self, moment: datetime) -> bool:
        return self.start <= moment < self.end


def end_of(day: date, start: int, minutes: int, zone: tzinfo) -> int:
    """Return the minute of the day at which that ends which begins at `start` and takes so many minutes.

    Above 1440 it is on the day after. NoSuchTimeError where the wall clock cannot tell that end.
    """
    begin = at(day, start, zone)
    span = Span(begin, into(begin + timedelta(minutes=minutes), zone))
    end = span.end_minute
    if at(day, end, zone) != span.end:
        raise NoSuchTimeError(
            f"{clock(end)} occurs twice on {span.end.date()}, and it would end at the second one"
        )
    return end


_start, _end = itemgetter(0), itemgetter(1)


def union(spans: Iterable[Span]) -> list[Span]:
    """Return the minutes as sorted, disjoint spans; spans that touch become one."""
    out: list[Span] = []
    for span in sorted(spans, key=_start):  # by the start alone: datetimes are dear to compare
        if out and span.start <= out[-1].end:
            if span.end > out[-1].end:
                out[-1] = Span(out[-1].start, span.end)
        elif span.start < span.end:
            out.append(span)
    return out


def intersect(left: Iterable[Span], right: Iterable[Span]) -> list[Span]:
    """The minutes in both."""
    mine, theirs = union(left), union(right)
    out: list[Span] = []
    i = j = 0
    while i < len(mine) and j < len(theirs):
        start, end = max(mine[i].start, theirs[j].start), min(mine[i].end, theirs[j].end)
        if start < end:
            out.append(Span(start, end))
        if mine[i].end < theirs[j].end:
            i += 1
        else:
            j += 1
    return out


def minutes_within(span: Span, others: Iterable[Span]) -> int:
    """Return the minutes that a span shares with others, which are sorted and disjoint."""
    out = 0
    for other in others:
        if other.start >= span.end:
            break
        if other.end > span.start:
            out += Span(max(span.start, other.start), min(span.end, other.end)).minutes
    return out


def subtract(left: Iterable[Span], right: Iterable[Span]) -> list[Span]:
    """The minutes of `left` that are not in `right`."""
    out: list[Span] = []
    cuts = union(right)
    first = 0  # cuts before it end before what is left of `left`
    for span in union(left):
        start = span.start
        while first < len(cuts) and cuts[first].end <= start:
            first += 1
        for cut in cuts[first:]:
            if cut.start >= span.end:
                break
            if cut.start > start:
                out.append(Span(start, cut.start))
            start = cut.end
        if start < span.end:
            out.append(Span(start, span.end))
    return out


def take(taken: list[Span], span: Span) -> list[Span]:
    """Return the minutes of a span that are not in `taken`, and put it there.

    `taken` is sorted and disjoint, and stays so.
    """
    if span.start >= span.end:
        return []
    out: list[Span] = []
    start = span.start
    first = last = bisect_right(taken, start, key=_end)
    while last < len(taken) and taken[last].start < span.end:
        if taken[last].start > start:
            out.append(Span(start, taken[last].start))
        start = taken[last].end
        last += 1
    if start < span.end:
        out.append(Span(start, span.end))
    if last > first:
        span = Span(min(span.start, taken[first].start), max(span.end, taken[last - 1].end))
    taken[first:last] = [span]
    return out


def total(spans: Iterable[Span]) -> int:
    """Minutes in the union: a minute counts once."""
    return sum(span.minutes for span in union(spans))
