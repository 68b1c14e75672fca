"""Define what breaks the week, why that matters, and what would mend it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.edits import Edit
from techlead_tui.core.lengths import length


class Fix(NamedTuple):
    """Offer an edit that mends a violation, also as the words of a `techlead` call."""

    title: str
    edit: Edit
    words: tuple[str, ...]
    focus_gain_minutes: int  # focus time won against the week as it would be without the fix


class Violation(NamedTuple):
    """Say what breaks a rule of the week, and why the rule is there."""

    rule: str
    severity: str  # refuse, warn or note
    about: str  # title and time of the block that breaks it; "" for a whole week
    text: str  # what is wrong, to stand after `about`
    why: str
    subjects: tuple[str, ...]  # uids of the blocks concerned; none for a whole week's
    at: (
        datetime | None
    )  # when the first subject starts: a block moved from one wrong place to another breaks anew
    focus_cost_minutes: int = 0
    fixes: tuple[Fix, ...] = ()
    kept: str = ""  # the written reason of the override that covers it

    @property
    def key(self) -> tuple[object, ...]:
        """Return what is equal for the violation before and after an edit that did not bring it."""
        return (self.rule, self.subjects, self.at)

    @property
    def message(self) -> str:
        """Return the whole sentence: the block, what is wrong, and what it costs."""
        return self.beside("")

    def beside(self, about: str, cost: int = 0) -> str:
        """Return the sentence for a reader who already sees the block `about`, and its cost in minutes."""
        out = self.text if self.about in ("", about) else f"{self.about}: {self.text}"
        if self.focus_cost_minutes > 0 and self.focus_cost_minutes != cost:
            out += f"; costs {length(self.focus_cost_minutes)} of focus time"
        return f"{out} (kept: {self.kept})" if self.kept else out
