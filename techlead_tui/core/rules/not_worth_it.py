"""A meeting of a type that is not worth showing up for (M10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "not-worth-it"
DEFAULT = "warn"
TITLE = "Not worth your presence"
WHY = (
    "Nothing is decided here that needs you. A written update, a proxy or the notes afterwards give you "
    "the same, and give the hour back."
)
MENDS = "Read or write it in an async box instead, send a proxy, or ask for the notes."


def check(week: Week, now: datetime) -> Iterator[Violation]:  # noqa: ARG001 - one shape for all rules
    for block in week.live:
        known = week.types.get(block.type) if block.type is not None else None
        if block.kind == "meeting" and known is not None and not known.worth_it:
            yield Violation(
                ID,
                DEFAULT,
                titled(block),
                f"“{known.title}” is on your avoid list",
                WHY,
                (block.uid,),
                block.start,
            )
