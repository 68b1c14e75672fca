"""A block of a type that has a box in the week, but stands outside of it (M5).

A day that names the type among what it allows lets it stand free.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import titled, when
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "outside-box"
DEFAULT = "refuse"
TITLE = "Its type has a box, and this is not in it"
WHY = (
    "A fixed place is a promise: everybody knows when it happens, prepares for it and "
    "leaves the rest of the week alone. A second place undoes that."
)
MENDS = "Put it into its box, this week or next."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        if block.source == "theme" or block.type is None:
            continue
        boxes = [
            box
            for box in week.live
            if box.source == "theme" and box.type == block.type and box.kind == block.kind
        ]
        if not boxes or any(box.span.contains(block.span) for box in boxes):
            continue
        theme = week.day(block.day).theme
        if theme is not None and block.type in theme.allows:
            continue
        where = " or ".join(f"{box.summary}, {when(box.span)}" for box in boxes)
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"it belongs in the box {where}",
            WHY,
            (block.uid,),
            block.start,
            tells_cost=True,
        )
