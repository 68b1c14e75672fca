"""The week's figures that the screen and the shell show, taken from core in one go."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.balance import (
    actual,
    actual_inside,
    begun,
    focus_done,
    focus_spans,
    planned,
    planned_inside,
    share,
    wanted_minutes,
)
from techlead_tui.core.span import Span, total
from techlead_tui.core.week import Week


class Figures(NamedTuple):
    """Minutes, and percent of the working time (M1)."""

    focus: int  # planned
    focus_done: int
    focus_wanted: tuple[int, int]  # on fewer working days it is less
    split: Mapping[str, int]  # planned minutes by category, inside the working time
    done: Mapping[str, int]  # minutes by category really spent so far, inside the working time
    outside: tuple[int, int]  # minutes outside the working time: planned, and really spent
    working: int
    targets: Mapping[str, int]  # percent wanted by category
    communication_limit: int  # percent
    deep: int  # deep work
    short: Sequence[Span]  # stretches of it too short to be focus time
    logged: int  # minutes of sessions that have begun

    def share(self, minutes: int) -> int:
        """Percent of the working time."""
        return share(minutes, self.working)

    def percent(self, category: str) -> int:
        """Return the share of a category in what is planned."""
        return self.share(self.split.get(category, 0))


def figures_of(week: Week, now: datetime) -> Figures:
    limits = week.theme.limits
    long, short = focus_spans(week)
    plan, spent = planned_inside(week), actual_inside(week, now)
    whole = (sum(planned(week).values()), sum(actual(week, now).values()))
    return Figures(
        focus=total(long),
        focus_done=focus_done(week, now),
        focus_wanted=wanted_minutes(week),
        split=plan,
        done=spent,
        outside=(whole[0] - sum(plan.values()), whole[1] - sum(spent.values())),
        working=week.working_minutes,
        targets=limits.split,
        deep=total(long) + total(short),
        short=short,
        communication_limit=limits.communication_percent,
        logged=total(session.span for session in begun(week, now)),
    )
