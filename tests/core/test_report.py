"""The figures of the report, week by week."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.edits import AnswerCheck, Edit
from techlead_tui.core.evidence import Evidence, EvidenceSource
from techlead_tui.core.report import Report, averaged, report, score_text
from techlead_tui.core.selfcheck import QUESTIONS
from techlead_tui.core.snapshot import OPEN
from tests.core.test_drift import coded, commit, meeting
from tests.core.weeks import W48, add, after, empty, moment

NOW = moment("wed 12:00")
SEEN = Evidence(
    (commit(-1), commit(-1, "wed"), commit(0, "mon"), commit(-1, "thu", shipped=False)),
    (),
    (
        EvidenceSource("payments", "git", "/x", NOW, NOW),
        EvidenceSource("gone", "git", "/y", None, None, "is no longer there"),
    ),
)


def made(*edits: Edit, since: datetime | None = None, evidence: Evidence = SEEN) -> Report:
    base = empty()._replace(buckets={OPEN: {}, **{str(W48.shift(n)): {} for n in range(-4, 5)}}, since=since)
    return report(after(base, *edits, now=NOW), [W48.shift(-2), W48.shift(-1), W48], NOW, evidence)


def test_each_week_has_its_own_figures() -> None:
    answers = {name: name != "stress" for name in QUESTIONS}
    found = made(
        coded(-1, "tue", pattern="lead"),
        coded(-1, "thu", pattern="review"),
        coded(-1, "fri", category="mentorship"),
        meeting(-1, "wed", "9:00-10:00"),
        AnswerCheck(W48.shift(-1), answers),
    )
    before, last, this = found.weeks
    assert (last.sessions, last.logged, last.coded, last.overrides, last.score) == (3, 360, 240, 1, 4)
    assert (last.patterns["lead"], last.patterns["review"]) == (120, 120)
    assert (last.commits, last.lines) == (2, 100)
    assert (this.commits, before.commits) == (1, 0)
    assert last.meetings == before.meetings + 1
    assert (last.over, this.over) == (True, False)
    assert last.shares == last.balance.actual_percent
    assert this.shares == this.balance.planned_percent
    assert (before.score, score_text(before.score), score_text(last.score)) == (None, "–", "4 of 5")
    assert found.kept[0].reason == "asked to"
    assert found.sources == (("gone", "is no longer there"),)


def test_commits_are_unknown_where_git_is() -> None:
    found = made(evidence=Evidence())
    assert not found.git
    assert {(week.commits, week.lines) for week in found.weeks} == {(None, None)}


def test_weeks_before_the_first_use_are_not_known() -> None:
    found = made(since=moment("mon 8:00"))
    assert [week.known for week in found.weeks] == [False, False, True]
    assert found.weeks[0].meetings == 0
    assert found.balance.weeks == 1


def test_the_meetings_that_take_most_time_come_first() -> None:
    found = made(*(add(f"{day} 9:00-11:00", None, summary="Board") for day in ("tue", "wed", "thu")))
    assert (found.dear[0].summary, found.dear[0].times, found.dear[0].minutes) == ("Board", 3, 360)
    assert [one.minutes for one in found.dear] == sorted((one.minutes for one in found.dear), reverse=True)


def test_a_mean_is_of_what_is_known() -> None:
    assert averaged([1, None, 2]) == 1.5
    assert averaged([None]) is None
