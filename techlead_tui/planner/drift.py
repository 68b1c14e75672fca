"""Read how far the calendar has taken the lead away from code (M2)."""

from __future__ import annotations

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import Drift, drift, weeks_needed
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.retrospect import Retrospect


def drift_of(found: Retrospect, *, offers: bool = True, history: bool = True) -> Drift:
    """Return where the lead stands, from weeks that hold those of `drift_weeks`."""
    return drift(
        found.snapshot,
        found.now,
        found.evidence.commits,
        found.git_since,
        offers=offers,
        history=history,
    )


def drift_weeks(reader: Reader) -> list[IsoWeek]:
    """Return the weeks that drift is worked out from."""
    return weeks_needed(IsoWeek.of(reader.today()))
