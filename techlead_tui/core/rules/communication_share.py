"""Planned communication takes more of the working time than the week theme allows (M1)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.balance import percent, planned_inside
from techlead_tui.core.lengths import length
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "communication-share"
DEFAULT = "warn"
TITLE = "Too much of the week is talking"
WHY = (
    "Communication that grows past its share is the first step away from the code, and it never "
    "feels like one: each meeting had its reason."
)
MENDS = "Decline, shorten or delegate one, or handle it in writing."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    limit, whole = week.theme.limits.communication_percent, week.working_minutes
    talk = planned_inside(week)["communication"]
    if talk * 100 > limit * whole and whole:
        share = f"{'more than ' if percent(talk, week) == limit else ''}{percent(talk, week)}"
        yield Violation(
            ID,
            DEFAULT,
            "",
            f"Communication takes {share} % of week {week.key} ({length(talk)} of {length(whole)}); "
            f"the limit is {limit} %",
            WHY,
            (),
            None,
        )
