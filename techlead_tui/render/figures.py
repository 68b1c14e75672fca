"""The week's figures that the screen and the shell show, taken from core in one go."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from techlead_tui.core.focus import focus_minutes, fragments, wanted_minutes
from techlead_tui.core.span import Span, total
from techlead_tui.core.split import planned
from techlead_tui.core.week import Week


class Figures(NamedTuple):
    """Minutes, and percent of the working time (M1)."""

    focus: int
    focus_wanted: tuple[int, int]  # on fewer working days it is less
    split: Mapping[str, int]  # planned minutes by category
    working: int
    targets: Mapping[str, int]  # percent wanted by category
    communication_limit: int  # percent
    short: Sequence[Span]  # stretches of deep work too short to be focus time
    logged: int  # minutes of sessions

    def percent(self, category: str) -> int:
        return round(100 * self.split.get(category, 0) / self.working) if self.working else 0


def figures_of(week: Week) -> Figures:
    limits = week.theme.limits
    return Figures(
        focus=focus_minutes(week),
        focus_wanted=wanted_minutes(week),
        split=planned(week),
        working=week.working_minutes,
        targets=limits.split,
        short=fragments(week),
        communication_limit=limits.communication_percent,
        logged=total(session.span for session in week.sessions),
    )
