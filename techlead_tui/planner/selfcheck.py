"""Read the Friday check with all the evidence that there is (M16)."""

from collections.abc import Mapping
from typing import NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.selfcheck import BACK, STRIP, Check, GitFigures, PastFriday, check, past_fridays
from techlead_tui.core.snapshot import Snapshot
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


def questions_of(
    reader: Reader, key: IsoWeek, *, strip: bool = True, known: Evidence | None = None
) -> Questions:
    """Return the five questions of a week, and with `strip` the Fridays before it. DataError.

    `known` is what repositories are known to tell; without it the cache is read.
    """
    count = max(BACK, STRIP - 1) if strip else BACK
    snapshot, now = reader.snapshot(*(key.shift(-back) for back in range(count + 1))), reader.now()
    first, end = key.shift(-BACK).monday, key.shift(1).monday
    if known is None:
        git = read_evidence(reader.folders, reader.zone, first, end)
    else:
        git = known.between(first, end)
    shipped = [commit for commit in git.shipped if commit.at <= now]
    mine = sum(commit.day >= key.monday for commit in shipped)
    last = max((commit.day for commit in shipped), default=None)
    past = past_fridays(snapshot, key) if strip else ()
    figures = GitFigures(mine, last) if git.known else GitFigures()
    return Questions(snapshot.week(key), check(snapshot, key, now, figures), past)


def answered(found: Questions, after: Snapshot) -> Questions:
    """Return the questions with the answers that a snapshot holds; what the records say stays."""
    key = found.check.week
    stored = after.table(str(key), "checks").get("check", {})
    check = found.check.with_answers(cast("Mapping[str, bool]", stored.get("answers", {})))
    score = None if check.verdict == "open" else check.score
    past = (*found.past[:-1], *(one._replace(score=score) for one in found.past[-1:]))
    return found._replace(check=check, past=past)
