"""A block that is in nobody's way and still costs focus time (M6): it cuts a long stretch short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.balance import focus_cost, given_back
from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week, at_home, broken_boxes

ID = "split-focus"
DEFAULT = "warn"
TITLE = "It costs focus time"
WHY = (
    "Where a block lies matters more than how long it is: at the edge of a stretch it takes its own "
    "time, in the middle it takes both halves."
)
MENDS = "Move it to the edge of the stretch, or into a place that costs nothing."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    deep = [*(block.span for block in week.live if block.kind == "deep_work"), *given_back(week)]
    for block in week.live:
        if block.kind == "leave" or block.status != "planned" or at_home(block):
            continue
        if block.kind == "deep_work" and block.source != "theme":
            continue
        if not (block.moved or any(block.span.overlaps(span) for span in deep)) or broken_boxes(week, block):
            continue
        cost = focus_cost(week, block)
        if cost > 0:
            yield Violation(
                ID,
                DEFAULT,
                titled(block),
                "deep work counts for less here" if block.kind == "deep_work" else "it cuts into focus time",
                WHY,
                (block.uid,),
                block.start,
                tells_cost=True,
            )
