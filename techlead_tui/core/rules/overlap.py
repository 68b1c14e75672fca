"""Two blocks that want the same time.

A box and what fills it do not overlap, two blocks in one box do. Deep-work boxes in their place are the
business of `deep-work`, and an optional box gives way there; a box that was moved is a block like any other.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime

from techlead_tui.core.text import listed, times, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, fills

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
        max(block.start, *(other.start for other in others)),
    )


def _clash(one: Block, other: Block) -> bool:
    if _holds(one, other) or _holds(other, one):
        return False
    return not (_yields(one) or _yields(other))


def _holds(box: Block, block: Block) -> bool:
    return box.source == "theme" and fills(block, box)


def _yields(box: Block) -> bool:
    """Tell whether a box of the theme in its place gives its time to whatever lies over it."""
    return box.in_place and (box.optional or box.kind == "deep_work")
