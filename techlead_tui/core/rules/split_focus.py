"""A block that is in nobody's way and still costs focus time (M6): it cuts a long stretch short."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.balance import focus_cost
from techlead_tui.core.edits import Violation
from techlead_tui.core.text import titled
from techlead_tui.core.week import Block, Week, at_home, broken_boxes

ID = "split-focus"
DEFAULT = "warn"
TITLE = "It costs focus time"
WHY = (
    "Where a block stands matters more than how long it is: at the edge of a stretch it takes its own "
    "time, in the middle it takes both halves."
)
MENDS = "Move it to the edge of the stretch, or into a place that costs nothing."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        if block.kind in ("deep_work", "leave") or block.status != "planned" or at_home(block):
            continue
        if not (block.moved or _over_deep_work(week, block)) or broken_boxes(week, block):
            continue
        cost = focus_cost(week, block)
        if cost > 0:
            yield Violation(
                ID,
                DEFAULT,
                titled(block),
                "it cuts into focus time",
                WHY,
                (block.uid,),
                block.start,
                cost,
            )


def _over_deep_work(week: Week, block: Block) -> bool:
    return any(
        deep.kind == "deep_work" and deep.start < block.end and block.start < deep.end for deep in week.live
    )
