"""Weigh a week: the split of its minutes (M1), its focus time, and what a block costs of it (M14)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.span import Span, subtract, total, union
from techlead_tui.core.week import Block, Week, at_home, home


def planned(week: Week) -> dict[str, int]:
    """Minutes by category, each once: what fills a box counts before its box; leave counts for nothing."""
    out = dict.fromkeys(CATEGORIES, 0)
    taken: list[Span] = []
    away = [block.span for block in week.live if block.kind == "leave"]
    lunches = [day.lunch for day in week.days if day.lunch is not None]
    boxes = {block.uid: block.category for block in week.blocks if block.source == "theme"}
    for block in sorted(week.live, key=_inner_first):
        if block.kind == "leave" or (block.box is not None and boxes.get(block.box) == block.category):
            continue  # the box counts for what fills it, where both are the same
        own = taken
        if block.source == "theme":
            own = [*taken, *away, *lunches] if block.kind == "deep_work" else [*taken, *away]
        left = subtract([block.span], own)
        out[block.category] += sum(span.minutes for span in left)
        taken = union([*taken, *left])
    # gaps that moved boxes left to the deep work around them
    out["hands_on"] += sum(span.minutes for span in subtract(deep_spans(week), taken))
    return out


def _inner_first(block: Block) -> tuple[bool, bool, int]:
    return (block.source == "theme", block.kind == "deep_work", block.planned_minutes)


def actual(week: Week, now: datetime) -> dict[str, int]:
    """Minutes by category that were really spent, each minute once.

    Logged sessions count as they are; a block without one counts when it is done; a meeting that has
    ended by `now` counts as held unless it was skipped.
    """
    out = dict.fromkeys(CATEGORIES, 0)
    taken: list[Span] = []

    def count(category: str, span: Span) -> None:
        nonlocal taken
        left = subtract([span], taken)
        out[category] += sum(part.minutes for part in left)
        taken = union([*taken, *left])

    for session in week.sessions:
        count(session.category, session.span)
    for block in sorted(week.live, key=_inner_first):
        held = block.kind == "meeting" and block.end <= now
        if block.kind == "leave" or not (held or block.status == "done"):
            continue
        if held or not any(block.span.holds(session.start) for session in week.sessions):
            count(block.category, block.span)
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
    """One block for each recurring meeting, the theme's first, then the oldest (M16)."""
    boxes = {block.uid: block for block in week.live if block.source == "theme" and block.kind == "meeting"}
    found: dict[str, Block] = {}
    for block in week.live:
        if block.kind == "meeting" and block.recurring and block.box not in boxes:
            found.setdefault(block.uid.partition("@")[0], block)
    return tuple(sorted(found.values(), key=lambda block: (block.source != "theme", block.uid)))


def deep_spans(week: Week) -> list[Span]:
    """The stretches left for deep work: sorted, disjoint, without lunch, leave and what lies over them.

    The gap that a moved or skipped box of the theme leaves between two stretches belongs to them.
    """
    away = {day.date for day in week.days if day.kind == "leave"}
    deep: list[Span] = []
    over: list[Span] = []
    optional: list[Block] = []
    fillers: list[Block] = []
    free: list[Span] = []
    gone: list[Block] = []
    for block in week.blocks:
        if block.source == "theme" and (block.moved or not block.live) and block.kind != "deep_work":
            gone.append(block)
        if not block.live or block.day in away:
            continue
        if block.kind == "deep_work":
            if block.box is not None:
                fillers.append(block)
            else:
                deep.append(block.span)
                if not at_home(block):
                    free.append(block.span)
        elif block.optional and block.source == "theme":
            optional.append(block)
        else:
            over.append(block.span)
    # an optional box gives way to deep work, in it or across its edge; in a deep-work box that adds nothing
    for box in optional:
        used = [block.span for block in fillers if block.box == box.uid]
        deep += used
        over += subtract([box.span], used + free) if used or free else [box.span]
    stretches = union(deep)
    if gone:
        stretches = _bridged(week, stretches, gone)
    over += [day.lunch for day in week.days if day.lunch is not None]
    return subtract(stretches, over)


def _bridged(week: Week, stretches: list[Span], gone: list[Block]) -> list[Span]:
    gaps = union([place for place in (home(week, block) for block in gone) if place is not None])
    starts, ends = {span.start for span in stretches}, {span.end for span in stretches}
    return union([*stretches, *(gap for gap in gaps if gap.start in ends and gap.end in starts)])


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
    """Minutes of focus time that the week would have more without this block of it; never below 0."""
    return max(0, focus_minutes(without(week, block.uid)) - focus_minutes(week))
