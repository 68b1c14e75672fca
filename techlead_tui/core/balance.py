"""Weigh a week: the split of its minutes (M1), its focus time, and what a block costs of it (M14)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from techlead_tui.core.calendar import DAY, at
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.span import Span, intersect, subtract, total, union
from techlead_tui.core.week import Block, Session, Week, at_home, home

Split = dict[str, int]  # minutes by category


def claims(week: Week) -> list[tuple[Span, str]]:
    """The planned time cut into disjoint spans, each with its category.

    Where blocks lie over one another the minute is the inner one's: a meeting that stands keeps its time,
    deep work yields to all but optional boxes, and a box counts for what is left of it. Leave has none.
    """
    away = _away(week)
    lunches = [day.lunch for day in week.days if day.lunch is not None]
    taken = away
    out: list[tuple[Span, str]] = []
    for block in sorted(week.live, key=_inner_first):
        if block.kind == "leave":
            continue
        own = [*taken, *lunches] if block.source == "theme" and block.kind == "deep_work" else taken
        left = subtract([block.span], own)
        out += [(span, block.category) for span in left]
        taken = union([*taken, *left])
    return out + [(span, "hands_on") for span in subtract(given_back(week), [*taken, *lunches])]


def _inner_first(block: Block) -> tuple[int, bool, int, str]:
    stands = at_home(block)
    rank = (3 if stands else 1) if block.kind == "deep_work" else 2 if block.optional and stands else 0
    return (rank, block.source == "theme", block.planned_minutes, block.uid)


def _away(week: Week) -> list[Span]:
    leave = [block.span for block in week.live if block.kind == "leave"]
    for day in week.days:
        if day.kind == "leave":
            leave.append(Span(at(day.date, 0, week.zone), at(day.date, DAY, week.zone)))
    return union(leave)


def _summed(found: Iterable[tuple[Span, str]], within: list[Span] | None = None) -> Split:
    out = dict.fromkeys(CATEGORIES, 0)
    for span, category in found:
        out[category] += span.minutes if within is None else total(intersect([span], within))
    return out


def planned(week: Week) -> Split:
    """Minutes by category, each once; leave counts for nothing."""
    return _summed(claims(week))


def planned_inside(week: Week) -> Split:
    """The planned minutes inside the working time, of which the shares are."""
    return _summed(claims(week), week.working)


def actual(week: Week, now: datetime) -> Split:
    """Minutes by category that were really spent, each minute once."""
    return _summed(_spent(week, now))


def actual_inside(week: Week, now: datetime) -> Split:
    """The minutes really spent inside the working time."""
    return _summed(_spent(week, now), week.working)


def begun(week: Week, now: datetime) -> list[Session]:
    """The sessions that have begun."""
    return [session for session in week.sessions if session.start <= now]


def _spent(week: Week, now: datetime) -> list[tuple[Span, str]]:
    """Time that was really spent, in disjoint spans.

    Logged sessions count as they are; a done block counts when no session lies in it; a meeting that has
    ended by `now` counts as held unless it was skipped. A block ends at its hard end.
    """
    out: list[tuple[Span, str]] = []
    taken: list[Span] = []

    def count(category: str, span: Span, without: list[Span]) -> None:
        nonlocal taken
        left = subtract([span], [*taken, *without])
        out.extend((part, category) for part in left)
        taken = union([*taken, *left])

    sessions = begun(week, now)
    for session in sessions:
        count(session.category, session.span, [])
    away = _away(week)
    for block in sorted(week.live, key=_inner_first):
        held = block.kind == "meeting" and block.held.end <= now
        if block.kind == "leave" or not (held or block.status == "done"):
            continue
        if held or not any(block.span.overlaps(session.span) for session in sessions):
            count(block.category, block.held, away)
    return out


def logged_in(week: Week, now: datetime, blocks: Iterable[Block]) -> dict[str, int]:
    """Minutes of sessions by the uid of the one of these blocks in which they fall, each minute once.

    Where several blocks hold a minute it is that of the closest one of the session's category.
    """
    out: dict[str, int] = {}
    taken: list[Span] = []
    for session in begun(week, now):
        left = subtract([session.span], taken)
        taken = union([*taken, *left])
        inside = [block for block in blocks if block.span.overlaps(session.span)]
        for block in sorted(inside, key=lambda b: (b.category != session.category, b.planned_minutes, b.uid)):
            minutes = total(intersect(left, [block.span]))
            if minutes:
                out[block.uid] = out.get(block.uid, 0) + minutes
                left = subtract(left, [block.span])
    return out


def share(minutes: int, whole: int) -> int:
    """Minutes of so many in whole percent; 0 where there are none."""
    return (minutes * 100 * 2 + whole) // (whole * 2) if whole else 0


def percent(minutes: int, week: Week) -> int:
    """A share of the week's working time in whole percent."""
    return share(minutes, week.working_minutes)


def percents(minutes: Mapping[str, int], week: Week) -> dict[str, int]:
    """Each category's share of the working time, whole percent."""
    return {category: percent(value, week) for category, value in minutes.items()}


def meetings(week: Week) -> tuple[Block, ...]:
    """The meetings of a week; one that fills a meeting's box is the same meeting as its box."""
    boxes = {block.box for block in week.live if block.kind == "meeting"}
    return tuple(block for block in week.live if block.kind == "meeting" and block.uid not in boxes)


def recurring_meetings(week: Week) -> tuple[Block, ...]:
    """One block for each series of meetings on the calendar of this week and the next three, the theme's
    first, then the oldest (M16); skipping or moving an occurrence changes nothing."""
    return week.recurring


def given_back(week: Week) -> list[Span]:
    """The gaps that skipped or moved boxes of the theme leave between its deep-work boxes, to which their
    time falls."""
    gone = [
        home(week, block)
        for block in week.blocks
        if block.source == "theme" and block.kind != "deep_work" and (block.moved or not block.live)
    ]
    gaps = union(place for place in gone if place is not None)
    if not gaps:
        return []
    boxes = union(block.span for block in week.live if block.kind == "deep_work" and at_home(block))
    starts, ends = {span.start for span in boxes}, {span.end for span in boxes}
    return [gap for gap in gaps if gap.start in ends and gap.end in starts]


def deep_spans(week: Week) -> list[Span]:
    """The stretches left for deep work on working days: sorted, disjoint, without lunch, leave and what
    lies over them.

    An optional box gives way to deep work that was put there; in a deep-work box it takes its time.
    """
    own: list[Span] = []
    boxes: list[Span] = []
    optional: list[Span] = []
    over = [day.lunch for day in week.days if day.lunch is not None] + _away(week)
    workdays = {day.date for day in week.days if day.theme is not None}
    for block in week.live:
        if block.kind == "leave":
            continue
        if block.kind != "deep_work":
            (optional if block.optional and at_home(block) else over).append(block.span)
        elif block.day in workdays:
            (boxes if at_home(block) else own).append(block.span)
    return subtract([*own, *subtract([*boxes, *given_back(week)], optional)], over)


def focus_spans(week: Week) -> tuple[list[Span], list[Span]]:
    """The stretches of deep work that are long enough to be focus time, and those that are too short; lunch
    ends one."""
    least = week.theme.limits.focus_minutes
    long: list[Span] = []
    short: list[Span] = []
    for span in deep_spans(week):
        (long if span.minutes >= least else short).append(span)
    return long, short


def focus_minutes(week: Week) -> int:
    """Minutes of focus time."""
    return total(focus_spans(week)[0])


def wanted_minutes(week: Week) -> tuple[int, int]:
    """The focus time wanted (M14), scaled to the week's working time, in quarters: leave lowers it."""
    low, high = week.theme.limits.deep_work_minutes
    whole = week.theme.working_minutes or 1
    if week.working_minutes == whole:
        return low, high
    return low * week.working_minutes // whole // 15 * 15, high * week.working_minutes // whole // 15 * 15


def without(week: Week, uid: str) -> Week:
    """The week if a block were not there: a moved box back in its place, any other skipped."""
    blocks = []
    for block in week.blocks:
        if block.uid == uid:
            place = home(week, block) if block.moved else None
            if place is not None:
                block = block._replace(start=place.start, end=place.end, moved=False, box=None)
            else:
                block = block._replace(status="skipped")
        blocks.append(block)
    return week._replace(blocks=tuple(blocks))


def focus_cost(week: Week, block: Block) -> int:
    """Minutes of focus time that the week would have more without this block of it; below 0 it wins some."""
    return focus_minutes(without(week, block.uid)) - focus_minutes(week)


BREAK = 15  # minutes between two sessions that do not end a stretch


def focus_done(week: Week, now: datetime) -> int:
    """Minutes of focus time that were really spent: stretches of hands-on sessions on working days.

    Short breaks belong to a stretch.
    """
    days = {day.date for day in week.days if day.theme is not None and day.kind != "leave"}
    stretches: list[Span] = []
    for span in union(
        session.span
        for session in begun(week, now)
        if session.category == "hands_on" and session.start.date() in days
    ):
        if stretches and span.start - stretches[-1].end <= timedelta(minutes=BREAK):
            span = Span(stretches.pop().start, span.end)
        stretches.append(span)
    least = week.theme.limits.focus_minutes
    return sum(span.minutes for span in stretches if span.minutes >= least)
