"""Read the Friday check with all the evidence that there is (M16)."""

from __future__ import annotations

from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.selfcheck import BACK, STRIP, Check, GitFigures, PastFriday, check, past_fridays
from techlead_tui.core.week import Week
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.reader import Reader


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
    weeks = [key.shift(-back) for back in range(count + 1)]
    snapshot, now = reader.snapshot(*weeks), reader.now()
    git = read_evidence(reader.folders, reader.zone, weeks[-1].monday, key.shift(1).monday)
    end = min(key.day(7), now.date())
    shipped = [commit for commit in git.shipped if commit.at <= now]
    mine = [commit for commit in shipped if IsoWeek.of(commit.day) == key]
    last = max((commit.day for commit in shipped if commit.day <= end), default=None)
    evidence = GitFigures(len(mine), last) if git.known else GitFigures()
    past = past_fridays(snapshot, key) if strip else ()
    return Questions(snapshot.week(key), check(snapshot, key, now, evidence), past)
