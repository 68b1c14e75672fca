"""A fixed box of the theme that was moved or resized (M5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import titled, when
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week, home

ID = "fixed-box"
DEFAULT = "refuse"
TITLE = "A fixed box stays where it is"
WHY = (
    "Same day, same start, same end, every week: that is what lets people plan around it. "
    "Once it has moved for one person, it moves for everyone."
)
MENDS = "Leave it in its place, or skip it this week."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        if not (block.source == "theme" and block.fixed and block.moved):
            continue
        place = home(week, block)
        stays = f" at {when(place)}" if place is not None else ""
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"this box is fixed{stays}",
            WHY,
            (block.uid,),
            block.start,
            tells_cost=True,
        )
