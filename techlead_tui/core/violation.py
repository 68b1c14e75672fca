"""Define what the rules of the week find."""

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple

from techlead_tui.core.lengths import length

if TYPE_CHECKING:
    from techlead_tui.core.edits import Fix  # dear, and where a week is only shown nothing is mended


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
    focus_cost_minutes: int = 0  # below 0 it wins some
    fixes: tuple["Fix", ...] = ()
    kept: str = ""  # the written reason of the override that covers it
    tells_cost: bool = False  # it is about a place, so its sentence tells what the place costs

    @property
    def key(self) -> tuple[object, ...]:
        """Return what is equal for the violation before and after an edit that did not bring it."""
        return (self.rule, tuple(sorted(self.subjects)), self.at)

    @property
    def message(self) -> str:
        """Return the whole sentence: the block, what is wrong, and what it costs."""
        return self.beside("")

    @property
    def told_cost(self) -> int:
        """Return the minutes of focus time that its sentence tells."""
        return self.focus_cost_minutes if self.tells_cost else 0

    def beside(self, about: str, cost: int = 0) -> str:
        """Return the sentence for a reader who already sees the block `about`, and its cost in minutes."""
        out = self.text if self.about in ("", about) else f"{self.about}: {self.text}"
        if self.told_cost > 0 and self.told_cost != cost:
            out += f"; costs {length(self.told_cost)} of focus time"
        return f"{out} (kept: {self.kept})" if self.kept else out
