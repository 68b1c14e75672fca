"""What breaks the week, why, and what would mend it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.edits import Edit


class Fix(NamedTuple):
    """An edit that mends a violation; the same edit as the words of a `techlead` call."""

    title: str
    edit: Edit
    words: tuple[str, ...]
    focus_gain_minutes: int  # focus time won against the week as it would be without the fix


class Violation(NamedTuple):
    rule: str
    severity: str  # refuse, warn or note
    message: str  # what
    why: str
    subjects: tuple[str, ...]  # uids of the blocks concerned; none for a whole week's
    at: (
        datetime | None
    )  # when the first subject starts: a block moved from one wrong place to another breaks anew
    focus_cost_minutes: int = 0
    fixes: tuple[Fix, ...] = ()

    @property
    def key(self) -> tuple[object, ...]:
        """Equal for the same violation before and after an edit that did not bring it."""
        return (self.rule, self.subjects, self.at)
