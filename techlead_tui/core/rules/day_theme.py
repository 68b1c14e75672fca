"""A meeting, window, async or planning block on a day whose theme has no room for it (M4).

The theme's own boxes and what fills a box are at home on their day, and deep work is welcome on every
working day. A box that is moved to another day is judged there.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import KIND_NOUNS, titled
from techlead_tui.core.theme import ANY, WORTH_IT, DayTheme
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, at_home, boxed, called_out, traded

ID = "day-theme"
DEFAULT = "refuse"
TITLE = "The day is for something else"
WHY = (
    "Days keep their themes so that talking gathers on a few of them and the rest stay whole. "
    "One exception invites the next, and the quiet days are gone."
)
MENDS = "Move it to a box of its type, to an optional box, or to a day whose theme allows it."


def allowed(theme: DayTheme, block: Block, week: Week) -> bool:
    """Tell whether a day's theme lets a block be planned outside the boxes."""
    if ANY in theme.allows or block.kind in theme.allows or block.type in theme.allows:
        return True
    if WORTH_IT not in theme.allows or block.kind != "meeting":
        return False
    known = week.types.get(block.type) if block.type is not None else None
    return known is None or known.worth_it


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        if block.kind in ("deep_work", "leave") or boxed(week, block):
            continue
        if at_home(block) or traded(block) or called_out(week, block):
            continue
        day = week.day(block.day)
        if day.theme is None or day.kind == "leave" or allowed(day.theme, block, week):
            continue
        what = KIND_NOUNS[block.kind]
        known = week.types.get(block.type) if block.type is not None else None
        if known is not None:
            what = f"{what} of type “{known.title}”"
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"a “{day.theme.title}” day has no room for {what}",
            WHY,
            (block.uid,),
            block.start,
            tells_cost=True,
        )
