"""An architecture review or a decision that is near and has no document to read first (M7, M10)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "prep-document"
DEFAULT = "warn"
TITLE = "Nothing to read beforehand"
WHY = (
    "With a document read the day before, the meeting is for questions and the decision. "
    "Without one it becomes the reading."
)
MENDS = "Attach the document (`techlead edit ID --doc PATH`), or put the meeting off until it exists."
PREPARED = ("architecture-review", "decision")


def check(week: Week, now: datetime) -> Iterator[Violation]:
    hours = week.theme.limits.prep_hours
    filled = {block.box for block in week.live}
    for block in week.live:
        if block.type not in PREPARED or block.kind != "meeting" or block.doc or block.status != "planned":
            continue
        if block.uid in filled or not block.start - timedelta(hours=hours) <= now < block.start:
            continue
        yield Violation(
            ID,
            DEFAULT,
            titled(block),
            f"no document yet; it was due {hours} h before the start",
            WHY,
            (block.uid,),
            block.start,
        )
