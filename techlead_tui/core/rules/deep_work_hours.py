"""The week leaves less focus time than wanted (M14); leave lowers what is wanted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.balance import focus_minutes, wanted_minutes
from techlead_tui.core.lengths import length
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "deep-work-hours"
DEFAULT = "warn"
TITLE = "Too little focus time"
WHY = (
    "A lead who builds needs whole mornings and afternoons for it, every week. "
    "Below that, decisions start to rest on memory."
)
MENDS = "Free a stretch: move what splits one, or skip what is optional."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    wanted, focus = wanted_minutes(week)[0], focus_minutes(week)
    if focus < wanted:
        yield Violation(
            ID,
            DEFAULT,
            "",
            f"Week {week.key} has {length(focus)} of focus time; the target is {length(wanted)}",
            WHY,
            (),
            None,
        )
