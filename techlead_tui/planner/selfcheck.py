"""Read the Friday check with all the evidence that there is (M16)."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.selfcheck import BACK, STRIP, Check, Evidence, PastFriday, check, past_fridays
from techlead_tui.core.week import Week
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.retrospect import retrospect


class Questions(NamedTuple):
    week: Week
    check: Check
    past: tuple[PastFriday, ...]


def checked(reader: Reader, key: IsoWeek) -> Check:
    """Return the check of a week with all the evidence that there is. DataError."""
    return questions_of(reader, key, strip=False).check


def questions_of(reader: Reader, key: IsoWeek, *, strip: bool = True) -> Questions:
    """Return the five questions of a week, and with `strip` the Fridays before it. DataError."""
    count = max(BACK, STRIP - 1) if strip else BACK
    found = retrospect(reader, [key.shift(-back) for back in range(count + 1)])
    end = min(key.day(7), found.now.date())
    shipped = [commit for commit in found.evidence.shipped if commit.at <= found.now]
    mine = [commit for commit in shipped if IsoWeek.of(commit.day) == key]
    last = max((commit.day for commit in shipped if commit.day <= end), default=None)
    evidence = Evidence(len(mine), last) if found.evidence.known else Evidence()
    past = past_fridays(found.snapshot, key) if strip else ()
    return Questions(found.snapshot.week(key), check(found.snapshot, key, found.now, evidence), past)
