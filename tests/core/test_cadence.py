"""The coding cadence (M14): days of hours and commits, sessions beside commits, patterns, the own share."""

from __future__ import annotations

from collections.abc import Mapping

from techlead_tui.core.cadence import Cadence, cadence, cadence_weeks
from techlead_tui.core.edits import AddItem, Edit, SetDay
from techlead_tui.core.evidence import Commit, Evidence, EvidenceSource
from techlead_tui.core.items.campaign import KIND as CAMPAIGN
from techlead_tui.core.items.changes import new_item
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.patterns import campaign, latest
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from tests.core.test_drift import coded, commit
from tests.core.weeks import W48, after, day, empty, moment

NOW = moment("wed 13:00")
GIT = (EvidenceSource("payments", "git", "/x", NOW, NOW),)


def made(*edits: Edit, commits: tuple[Commit, ...] = (), known: bool = True) -> Cadence:
    weeks: dict[str, Mapping[str, Mapping[str, Record]]] = {str(key): {} for key in cadence_weeks(W48)}
    snapshot = after(empty()._replace(buckets={OPEN: {}, **weeks}), *edits, now=NOW)
    return cadence(snapshot, NOW, Evidence(commits, (), GIT if known else ()))


def test_there_are_26_weeks_and_the_last_one_is_this() -> None:
    found = made()
    assert len(found.weeks) == 26
    assert found.weeks[-1].key == W48
    assert [cell.kind for cell in found.weeks[-1].days] == ["normal"] * 5 + ["free"] * 2
    assert made(known=False).known is False


def test_a_day_holds_its_hands_on_minutes_and_shipped_commits() -> None:
    found = made(
        coded(-3),
        coded(-3, category="mentorship"),
        SetDay(day("mon"), "leave"),
        commits=(commit(-3), commit(-3, shipped=False), commit(-3)),
    )
    cell = found.weeks[-4].days[1]
    assert (cell.minutes, cell.commits) == (120, 2)
    assert found.weeks[-1].days[0].kind == "leave"


def test_commits_stand_beside_the_session_that_they_belong_to() -> None:
    inside = commit(0, "tue")._replace(at=moment("tue 10:00"))
    alone = commit(0, "wed")._replace(at=moment("wed 8:00"), uid="alone")
    later = commit(0, "fri")._replace(uid="later")
    found = made(coded(0, "tue"), coded(0, "mon"), commits=(inside, alone, later))
    assert [(row.session is not None, [one.uid for one in row.commits]) for row in found.beside] == [
        (True, []),
        (True, [inside.uid]),
        (False, ["alone"]),
    ]
    assert (found.commits, found.lines, found.minutes) == (2, 100, 240)
    assert found.last == alone  # what is dated in the future has not been written


def test_the_mix_is_of_the_last_four_weeks() -> None:
    found = made(
        coded(-3, pattern="spike"), coded(-4, pattern="lead"), coded(0, "mon"), coded(-1, pattern="pair")
    )
    assert {name: minutes for name, minutes in found.mix.items() if minutes} == {
        "spike": 120,
        "": 120,
        "pair": 120,
    }


def test_the_own_share_of_a_campaign_is_of_everybodys_commits() -> None:
    at = Moment(empty(), NOW)
    item = new_item(AddItem("campaign", "pool", {"repo": "payments", "starts": "2026-11-23"}), at, "one")
    commits = (commit(0, "mon"), commit(0, "tue"), commit(-1), commit(0, "fri"), commit(0)._replace(repo="x"))
    found = campaign(item, at, Evidence(commits, (), GIT), 5)
    assert (found.own, found.all, found.percent) == (2, 5, 40)
    assert "40 %" in found.share_text
    unknown = campaign(item, at, Evidence(), None)
    assert (unknown.own, unknown.percent) == (None, None)
    assert campaign(None, at, Evidence(), None).item is None
    older = new_item(AddItem(CAMPAIGN.id, "old", {"starts": "2026-11-02"}), at, "two")
    assert latest([item, older], at) == item
    assert latest([], at) is None
