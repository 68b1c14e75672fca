"""Read what Friday shows beside its questions: the direction, and what goes on into the next week (M16)."""

from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import Drift
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.friday import (
    Carried,
    MonthlyReview,
    Suggestion,
    carried,
    monthly_review,
    review_weeks,
    suggested_change,
)
from techlead_tui.core.trial import Trial, trial
from techlead_tui.core.trial import weeks_needed as trial_weeks
from techlead_tui.planner.drift import drift_of, drift_weeks
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.retrospect import Retrospect, retrospect

AHEAD = 5  # weeks after the checked one that its change may touch


class Direction(NamedTuple):
    """Hold where things are going, and what would change it."""

    drift: Drift
    change: Suggestion | None
    trial: Trial | None
    review: MonthlyReview | None = None


def direction_of(reader: Reader, key: IsoWeek, known: Evidence | None = None) -> tuple[Direction, Retrospect]:
    """Return drift, the one change for the week after and the trial, with what they were read from.

    `looked_back` adds what takes longer. `known` is what repositories are known to tell; without it the cache
    is read. DataError.
    """
    since = reader.snapshot().since
    weeks = {*drift_weeks(reader), *trial_weeks(key), *review_weeks(since, key)}
    weeks |= {key.shift(ahead) for ahead in range(1, AHEAD + 1)}
    if known is None:
        found = retrospect(reader, sorted(weeks))
    else:
        found = Retrospect(reader.snapshot(*weeks), known, reader.now())
    drifted = drift_of(found, history=False)
    change = suggested_change(found.snapshot, key.shift(1), found.now, drifted.back)
    return Direction(drifted, change, trial(found.snapshot, key, found.now)), found


def looked_back(direction: Direction, key: IsoWeek, found: Retrospect) -> Direction:
    """Return the direction with the stages of the weeks before, and the month in review."""
    history = drift_of(found, offers=False).history
    review = monthly_review(found.snapshot, key, found.now)
    return direction._replace(drift=direction.drift._replace(history=history), review=review)


def carried_over(reader: Reader, key: IsoWeek) -> list[Carried]:
    """Return what a week begins with. DataError."""
    weeks = [key.shift(n) for n in range(-2, AHEAD)]
    return carried(reader.snapshot(*weeks), key, reader.now())
