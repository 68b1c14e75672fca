"""More recurring meetings than fit on one hand (M16). The theme's own are counted first, then the oldest."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.balance import recurring_meetings
from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "recurring-count"
DEFAULT = "warn"
TITLE = "One recurring meeting too many"
WHY = (
    "A single meeting costs its hour once, a recurring one costs it every week until somebody ends it. "
    "They are worth having only as long as they can be counted on one hand."
)
MENDS = "Hold it once instead of every week, or end another series first."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    most = week.theme.limits.recurring_meetings
    for number, block in enumerate(recurring_meetings(week), 1):
        if number > most and week.block(block.uid) is not None:  # it is told in the weeks in which it comes
            yield Violation(
                ID,
                DEFAULT,
                titled(block),
                f"this is recurring meeting number {number}; the limit is {most}",
                WHY,
                (block.uid,),
                None,  # a moved occurrence is the same series
            )
