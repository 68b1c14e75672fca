"""Two blocks that want the same time.

A box and what fills it do not overlap, two blocks in one box do. Deep-work boxes are the business of
`deep-work`, and an optional box gives way.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from techlead_tui.core.edits import Violation
from techlead_tui.core.text import listed, times, titled
from techlead_tui.core.week import Block, Week, at_home

ID = "overlap"
DEFAULT = "refuse"
TITLE = "Two blocks share the same time"
WHY = "One of the two will not happen as planned. It is kinder to say so now than to be late in both."
MENDS = "Move one of the two to the nearest time that is free."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    running: list[Block] = []
    for block in sorted(week.live, key=lambda block: block.start):
        if block.kind == "leave":
            continue
        running = [other for other in running if other.end > block.start]
        for other in running:
            if _clash(block, other):
                second, first = sorted((block, other), key=lambda one: (one.source != "theme", one.uid))
                yield clash(first, [second])
        running.append(block)


def clash(block: Block, others: Sequence[Block]) -> Violation:
    """Return the violation of a block that overlaps others, in the order of their starts."""
    names = [f"{other.summary} ({times(other.span)})" for other in others]
    return Violation(
        ID,
        DEFAULT,
        titled(block),
        f"overlaps {listed(names)}",
        WHY,
        (block.uid, *(other.uid for other in others)),
        block.start,
    )


def _clash(one: Block, other: Block) -> bool:
    if one.box == other.uid or other.box == one.uid:
        return False
    return not (_yields(one, other) or _yields(other, one))


def _yields(box: Block, block: Block) -> bool:
    """Tell whether a box of the theme gives its time to a block over it."""
    if box.source != "theme":
        return False
    if block.source != "theme" and block.box is not None:
        return True  # it fills a box, and how that box lies among the others is the theme's business
    if box.optional and at_home(box):
        return True
    if box.kind != "deep_work":
        return False
    return at_home(box) or block.kind == "deep_work" or not at_home(block)
