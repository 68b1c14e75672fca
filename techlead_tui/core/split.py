"""How the working time splits (M1): planned and actual minutes by category."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from techlead_tui.core.block import Block
from techlead_tui.core.focus import deep_spans
from techlead_tui.core.kinds import CATEGORIES
from techlead_tui.core.span import Span, subtract, union
from techlead_tui.core.week import Week


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
