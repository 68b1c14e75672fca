"""Something else planned over a deep-work box (M4, M6).

An optional box is not protected, and a box of the theme that may move can change places with the
deep work of its own day. Urgent unblocking passes on a day on call.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import listed, times, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week, broken_boxes

ID = "deep-work"
DEFAULT = "refuse"
TITLE = "It lies over deep work"
WHY = (
    "Half an hour in the middle takes the whole stretch with it: hard problems need hours in a row, "
    "and what is left on both sides is too short to start."
)
MENDS = "Move it out of the protected stretch; the fixes name the places that cost the least focus."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        boxes = broken_boxes(week, block)
        if not boxes:
            continue
        taken = listed([times(box.span) for box in boxes])
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"{taken} {'is' if len(boxes) == 1 else 'are'} reserved for deep work",
            WHY,
            (block.uid,),
            block.start,
            tells_cost=True,
        )
