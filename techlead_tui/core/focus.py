"""Deep work and focus time of a week (M14): which stretches are long enough to count."""

from __future__ import annotations

from techlead_tui.core.block import Block
from techlead_tui.core.boxes import at_home, home
from techlead_tui.core.span import Span, subtract, total, union
from techlead_tui.core.week import Week


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
