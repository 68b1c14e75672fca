"""Weigh a week: the split of its minutes (M1), its focus time, and what a block costs of it (M14)."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import DAY, IsoWeek, at
from techlead_tui.core.lengths import hours
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.span import Span, intersect, minutes_within, subtract, take, total, union
from techlead_tui.core.theme import BUCKETS
from techlead_tui.core.week import Block, Session, Week, at_home, home

Split = dict[str, int]  # minutes by category, or by bucket of the anti-split
ANTI_SPLIT = {"meetings": 40, "tracking": 20, "people": 15, "showing_up": 25}  # percent of a lost week (M1)
Claim = tuple[Span, str, str | None]  # disjoint time, its category, its bucket of the anti-split


def bucket_of(block: Block, week: Week) -> str | None:
    """Return the part of the anti-split that a block is, or None. Communication without one is meetings."""
    known = week.types.get(block.type) if block.type is not None else None
    if known is not None and known.kind == block.kind:
        return known.bucket
    return "meetings" if block.category == "communication" else None


def claims(week: Week) -> list[Claim]:
    """Cut the planned time into disjoint spans, each with its category and bucket.

    Where blocks lie over one another the minute is the inner one's: a meeting that stands keeps its time,
    deep work yields to all but optional boxes, and a box counts for what is left of it. Leave has none.
    """
    away = _away(week)
    lunches = [day.lunch for day in week.days if day.lunch is not None]
    taken = away
    out: list[Claim] = []
    for block in sorted(week.live, key=_inner_first):
        if block.kind == "leave":
            continue
        over = lunches if block.source == "theme" and block.kind == "deep_work" else []
        bucket = bucket_of(block, week)
        for part in subtract([block.span], over):
            out += [(span, block.category, bucket) for span in take(taken, part)]
    return out + [(span, "hands_on", None) for span in subtract(given_back(week), [*taken, *lunches])]


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


def _summed(found: Iterable[Claim], within: list[Span] | None = None) -> Split:
    out = dict.fromkeys(CATEGORIES, 0)
    for span, category, _ in found:
        out[category] += span.minutes if within is None else minutes_within(span, within)
    return out


def _in_buckets(found: Iterable[Claim], within: list[Span]) -> Split:
    out = dict.fromkeys(BUCKETS, 0)
    for span, _, bucket in found:
        if bucket is not None:
            out[bucket] += minutes_within(span, within)
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


def _by_day(found: Iterable[Claim], within: list[Span]) -> dict[date, tuple[Split, int]]:
    out: dict[date, tuple[Split, int]] = {}
    for span in within:
        split, whole = out.get(span.start.date(), (dict.fromkeys(CATEGORIES, 0), 0))
        out[span.start.date()] = (split, whole + span.minutes)
    for span, category, _ in found:
        for day in {span.start.date(), span.end.date()} & out.keys():
            hours = [part for part in within if part.start.date() == day]
            out[day][0][category] += minutes_within(span, hours)
    return out


def planned_by_day(week: Week) -> dict[date, tuple[Split, int]]:
    """Return by working day the planned minutes inside its hours by category, and its working minutes."""
    return _by_day(claims(week), week.working)


def actual_by_day(week: Week, now: datetime) -> dict[date, tuple[Split, int]]:
    """Return by day the minutes really spent inside the working time that counts, and how much that is."""
    return _by_day(_spent(week, now), counted(week, now))


def begun(week: Week, now: datetime) -> list[Session]:
    """The sessions that have begun."""
    return [session for session in week.sessions if session.start <= now]


def _spent(week: Week, now: datetime) -> list[Claim]:
    """Time that was really spent, in disjoint spans.

    Logged sessions count as they are; a done block counts when no session lies in it; a meeting that has
    ended by `now` counts as held unless it was skipped, or ended before the program's first use. A block
    ends at its hard end.
    """
    out: list[Claim] = []
    sessions = begun(week, now)
    last: datetime | None = None  # they are in order of their start: only what goes on beyond it is new
    for session in sessions:
        start = session.start if last is None else max(session.start, last)
        if start < session.end:
            out.append((Span(start, session.end), session.category, None))
            last = session.end
    taken = union(span for span, _, _ in out)
    away = _away(week)
    for block in sorted(week.live, key=_inner_first):
        held = held_by(week, block, now)
        if block.kind == "leave" or not (held or block.status == "done"):
            continue
        if held or not any(block.span.overlaps(session.span) for session in sessions):
            bucket = bucket_of(block, week)
            for part in subtract([block.held], away):
                out += [(span, block.category, bucket) for span in take(taken, part)]
    return out


def held_by(week: Week, block: Block, now: datetime) -> bool:
    """Tell whether a block is a meeting that counts as held: it has ended, and since the first use."""
    known = week.since is None or block.held.end > week.since
    return block.kind == "meeting" and block.live and known and block.held.end <= now


def counted_from(week: Week, now: datetime) -> datetime | None:
    """Return when counting began within a week, or None where all of it counts.

    That is the first use of the program; what was written down of the time before counts from its start.
    """
    if week.since is None:
        return None
    facts = [session.start for session in begun(week, now)]
    facts += [block.start for block in week.live if block.status == "done"]
    first = min([week.since, *facts])
    return first if week.working and first > week.working[0].start else None


def counted(week: Week, now: datetime) -> list[Span]:
    """Return the working time from the moment on from which the week is known."""
    since = counted_from(week, now)
    if since is None or not week.working:
        return week.working
    last = week.working[-1].end
    return intersect(week.working, [Span(since, last)]) if since < last else []


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
    places = [block.span, *(place for place in (home(week, block),) if place is not None)]
    days = _days_around(week, places)
    if days not in week.focus_by_days:
        blocks = tuple(  # a box that was moved gives its time back on another day
            one
            for one in week.blocks
            if one.source == "theme" or (one.end.date() >= days[0] and one.start.date() <= days[1])
        )
        week.focus_by_days[days] = (blocks, focus_minutes(week._replace(blocks=blocks)))
    blocks, minutes = week.focus_by_days[days]
    return focus_minutes(without(week._replace(blocks=blocks), block.uid)) - minutes


def _days_around(week: Week, places: Sequence[Span]) -> tuple[date, date]:
    """Return the first and the last of the days whose stretches of deep work a change at these places may
    touch: those of the places, and further ones where deep work goes on over midnight."""
    first = min(place.start for place in places).date()
    last = max(place.end for place in places).date()
    nights = [(one.start.date(), one.end.date()) for one in week.live if one.kind == "deep_work"]
    while any(begun < first <= ended for begun, ended in nights):
        first -= timedelta(days=1)
    while any(begun <= last < ended for begun, ended in nights):
        last += timedelta(days=1)
    return first, last


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


class Balance(NamedTuple):
    """Hold the split of a week, or of several: minutes, and the working time that they are shares of (M1)."""

    first: IsoWeek
    last: IsoWeek
    weeks: int  # that count: those before the first use do not
    since: datetime | None  # when counting began, where that is within these weeks
    over: bool  # the last week has ended: then what was done is weighed, not the plan
    working: int  # working time less lunch and leave, which the planned shares are of
    counted: int  # what of it lies after counting began, which the actual shares are of
    planned: Split  # inside the working time, by category
    actual: Split
    outside: tuple[int, int]  # outside the working time: planned, and really spent
    wanted: Split  # as the week themes want it, scaled to the working time
    limit: int  # percent of communication above which it is an alarm
    anti_planned: Split  # by bucket of the anti-split
    anti_actual: Split

    @property
    def planned_percent(self) -> Split:
        """Return each category's share of the planned working time."""
        return {name: share(minutes, self.working) for name, minutes in self.planned.items()}

    @property
    def actual_percent(self) -> Split:
        """Return each category's share of the working time since counting began."""
        return {name: share(minutes, self.counted) for name, minutes in self.actual.items()}

    @property
    def communication(self) -> int:
        """Return the percent of communication that is weighed: done once the weeks are over, else planned."""
        return (self.actual_percent if self.over else self.planned_percent)["communication"]

    @property
    def alarm(self) -> bool:
        return self.communication > self.limit


def balance(week: Week, now: datetime) -> Balance:
    """Return the split of one week; of one that ended before the first use nothing counts."""
    limit, over = week.theme.limits.communication_percent, week.over(now)
    if week.since is not None and week.since >= _end_of(week):
        none, empty = dict.fromkeys(CATEGORIES, 0), dict.fromkeys(BUCKETS, 0)
        return Balance(
            week.key, week.key, 0, week.since, over, 0, 0, none, none, (0, 0), none, limit, empty, empty
        )
    planned_claims, spent = claims(week), _spent(week, now)
    within, whole = counted(week, now), week.working_minutes
    inside, really = _summed(planned_claims, week.working), _summed(spent, within)
    return Balance(
        first=week.key,
        last=week.key,
        weeks=1,
        since=counted_from(week, now),
        over=over,
        working=whole,
        counted=total(within),
        planned=inside,
        actual=really,
        outside=(
            sum(span.minutes for span, _, _ in planned_claims) - sum(inside.values()),
            sum(span.minutes for span, _, _ in spent) - sum(really.values()),
        ),
        wanted={name: week.theme.limits.split.get(name, 0) * whole // 100 for name in CATEGORIES},
        limit=limit,
        anti_planned=_in_buckets(planned_claims, week.working),
        anti_actual=_in_buckets(spent, within),
    )


def added(weeks: Sequence[Balance]) -> Balance:
    """Add up the balances of weeks that follow one another; those before the first use change nothing."""
    known = [one for one in weeks if one.weeks] or weeks[-1:]

    def sums(name: str) -> Split:
        return {key: sum(getattr(one, name)[key] for one in known) for key in getattr(known[0], name)}

    return Balance(
        first=weeks[0].first,
        last=weeks[-1].last,
        weeks=sum(one.weeks for one in known),
        since=next((one.since for one in weeks if one.since is not None), None),
        over=weeks[-1].over,
        working=sum(one.working for one in known),
        counted=sum(one.counted for one in known),
        planned=sums("planned"),
        actual=sums("actual"),
        outside=(sum(one.outside[0] for one in known), sum(one.outside[1] for one in known)),
        wanted=sums("wanted"),
        limit=min(one.limit for one in known),
        anti_planned=sums("anti_planned"),
        anti_actual=sums("anti_actual"),
    )


def _end_of(week: Week) -> datetime:
    return at(week.key.shift(1).monday, 0, week.zone)


def formula(found: Balance) -> tuple[str, ...]:
    """Return how the shares of a balance are worked out, a sentence each, with its own figures."""
    working, known = hours(found.working), hours(found.counted)
    split = ", ".join(f"{name.replace('_', '-')} {hours(minutes)}" for name, minutes in found.planned.items())
    lines = [
        "share = minutes of a category inside the working hours / working minutes; a minute counts once",
        f"working time = the week theme's hours less lunch and leave = {working}",
        f"planned = the slots of live blocks: {split}",
        f"actual = logged sessions, blocks that are done, and meetings that have ended, of {known}",
        f"wanted = the week theme's split of {working}; communication above {found.limit} % is an alarm",
        "meetings, tracking, people, showing up = minutes of blocks by the bucket of their type",
    ]
    if found.since is not None:
        began = f"{found.since:%Y-%m-%d %H:%M}"
        lines.append(f"counting began on {began}: nothing before it counts as held or done")
    return tuple(lines)
