"""Questions or pairing that run past their window, or are put into one that has closed (M5)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from techlead_tui.core.text import times, titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week

ID = "window-closed"
DEFAULT = "warn"
TITLE = "The window is closed by then"
WHY = (
    "A window works because it ends. What did not fit gets a written answer or waits for the next one, "
    "and nobody has to wonder whether to interrupt."
)
MENDS = "Put it into the next window, or answer it in writing."


def check(week: Week, now: datetime) -> Iterator[Violation]:
    windows = [box for box in week.live if box.kind == "window" and box.source == "theme"]
    for block in week.live:
        if block.source == "theme" or block.status != "planned":
            continue
        if block.kind != "window" and block.category != "mentorship":
            continue
        for window in windows:
            if not window.span.overlaps(block.span):
                continue
            if not window.span.contains(block.span):
                found = f"{window.summary} is only open {times(window.span)}"
            elif window.end <= now and now.date() == window.day:
                found = f"{window.summary} has closed for today"
            else:
                continue
            yield Violation(ID, DEFAULT, titled(block), found, WHY, (block.uid,), block.start)
            break
