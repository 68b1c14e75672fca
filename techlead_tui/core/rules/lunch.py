"""Something planned over lunch. A deep-work box of the theme may span it: lunch is cut out of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import times, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week, at_home

ID = "lunch"
DEFAULT = "refuse"
TITLE = "It takes the lunch break"
WHY = "A day without a break in it has a worse afternoon. Lunch is the one hour that nobody has to defend."
MENDS = "Put it right before or right after lunch."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        day = week.day(block.day)
        if day.lunch is None or day.kind == "leave" or block.kind == "leave":
            continue
        if not block.span.overlaps(day.lunch) or (at_home(block) and block.kind == "deep_work"):
            continue
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"{times(day.lunch)} is lunch",
            WHY,
            (block.uid,),
            block.start,
        )
