"""A block longer than the limit of its type, or a type that takes more than its share of the week (M10).

Inside a box of its own type the limit is the hard end of the meeting and the slot stays reserved, so
nothing is broken there; a box of the theme that is longer than the limit is named as a note.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.lengths import length
from techlead_tui.core.span import Span, total
from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, at_home, home

ID = "type-limit"
DEFAULT = "refuse"
TITLE = "Longer than its type may be"
WHY = (
    "A meeting fills the time that it is given. A hard end makes people come prepared, "
    "and what is still open then goes into writing."
)
MENDS = "Shorten it to the limit; the rest is handled in writing."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    limits = week.theme.limits
    of_type: dict[str, list[Block]] = {}
    for block in sorted(week.live, key=lambda block: (block.source != "theme", block.start)):
        if block.type is None or not (block.type in limits.meeting or block.type in limits.weekly):
            continue
        of_type.setdefault(block.type, []).append(block)
        found = _slot(block) if at_home(block) else None
        if found is None and not _in_own_box(week, block):
            found = _longest(week, block)
        if found is not None:
            yield Violation(ID, DEFAULT, titled(block), found, WHY, (block.uid,), block.start)
    for type_id, blocks in of_type.items():
        limit = limits.weekly.get(type_id)
        held = total(block.held if _in_own_box(week, block) else block.span for block in blocks)
        if limit is not None and held > limit and not all(map(at_home, blocks)):
            what = f"{length(held)} of “{_title(week, blocks[0])}”"
            found = f"this makes {what} this week; the limit is {length(limit)}"
            uids = tuple(block.uid for block in reversed(blocks))
            yield Violation(ID, DEFAULT, titled(blocks[-1]), found, WHY, uids, None)


def _in_own_box(week: Week, block: Block) -> bool:
    if block.source == "theme":
        place = home(week, block)
        return place is None or block.planned_minutes <= place.minutes
    return any(
        box.source == "theme" and box.type == block.type and box.span.contains(block.span)
        for box in week.live
    )


def _slot(block: Block) -> str | None:
    if block.hard_end is None:
        return None
    slot, meeting = length(block.planned_minutes), length(Span(block.start, block.hard_end).minutes)
    return (
        f"the slot is {slot}, but the meeting must end after {meeting}, at {clock(minute_of(block.hard_end))}"
    )


def _longest(week: Week, block: Block) -> str | None:
    limit = week.theme.limits.meeting.get(str(block.type))
    if limit is None or block.planned_minutes <= limit:
        return None
    return (
        f"{length(block.planned_minutes)} is too long: “{_title(week, block)}” must end after {length(limit)}"
    )


def _title(week: Week, block: Block) -> str:
    known = week.types.get(str(block.type))
    return known.title if known is not None else str(block.type)
