"""A block outside the working hours, on a free day or on leave."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.core.text import day_text, times, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week

ID = "working-hours"
DEFAULT = "warn"
TITLE = "Outside the working hours"
WHY = (
    "Work that spills into evenings and days off hides that the week is too full. "
    "Seen inside the hours, it has to be weighed against something."
)
MENDS = "Move it into the working day; the nearest time that fits is offered."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    leave = [block for block in week.live if block.kind == "leave"]
    for block in week.live:
        found = None if block.kind == "leave" else _outside(week, block, leave)
        if found is not None:
            yield Violation(ID, DEFAULT, titled(block), found, WHY, (block.uid,), block.start)


def _outside(week: Week, block: Block, leave: list[Block]) -> str | None:
    day = week.day(block.day)
    if day.kind == "leave":
        return f"you are on leave on {day_text(day.date)}"
    if block.source != "theme":
        for away in leave:
            if away.span.overlaps(block.span):
                return f"you are away {times(away.span)}"
    if day.hours is None:
        return f"{day_text(day.date)} is not a working day"
    if block.start < day.hours.start:
        return f"the working day starts at {clock(minute_of(day.hours.start))}"
    if block.end > day.hours.end:
        return f"the working day ends at {clock(minute_of(day.hours.end))}"
    return None
