from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.commit_matching import AFTER, match
from techlead_tui.core.evidence import (
    CoAuthor,
    Commit,
    Evidence,
    EvidenceSource,
    Worked,
    pairing,
    per_day,
    sessions_of,
)

MORNING = datetime(2026, 11, 24, 9, tzinfo=UTC)


def commit(uid: str, minutes: int = 0, **more: object) -> Commit:
    values = {"repo": "billing", "summary": uid, "lines_added": 10, "lines_removed": 2, **more}
    return Commit(uid=uid, at=MORNING + timedelta(minutes=minutes), **values)  # type: ignore[arg-type]


def session(uid: str, start: int, length: int, repo: str | None = "billing") -> Worked:
    begin = MORNING + timedelta(minutes=start)
    return Worked(uid, begin, begin + timedelta(minutes=length), repo)


@pytest.mark.parametrize(
    ("minutes", "sessions", "wanted"),
    [
        (30, [session("a", 0, 60)], "a"),
        (0, [session("a", 0, 60)], "a"),
        (60, [session("a", 0, 60)], "a"),
        (70, [session("a", 0, 60)], "a"),  # one logs first, then commits
        (80, [session("a", 0, 60)], None),
        (-1, [session("a", 0, 60)], None),
        (30, [session("a", 0, 60, "other")], None),
        (30, [session("a", 0, 60, None)], "a"),
        (30, [session("a", 0, 60, None), session("b", 0, 600)], "b"),  # it names the repository
        (30, [session("a", 0, 60), session("b", 15, 30)], "b"),  # the shorter one
        (65, [session("a", 0, 60), session("b", 62, 90)], "b"),  # around it, rather than just over
        (65, [session("a", 0, 60), session("b", 62, 90, None)], "b"),
        (200, [session("a", 0, 300), session("b", 10, 5), session("c", 20, 5)], "a"),
        (30, [], None),
    ],
)
def test_a_commit_belongs_to_the_session_that_fits_best(
    minutes: int, sessions: list[Worked], wanted: str | None
) -> None:
    assert sessions_of([commit("x", minutes)], sessions) == {"x": wanted}


SPANS = st.lists(st.tuples(st.integers(0, 5000), st.integers(0, 3000), st.sampled_from(["a", "b", None])))


@given(SPANS, st.lists(st.tuples(st.integers(-100, 9000), st.sampled_from(["a", "b"]))))
def test_matching_finds_what_a_look_at_every_session_finds(
    spans: list[tuple[int, int, str | None]], commits: list[tuple[int, str]]
) -> None:
    sessions = [(str(n), start, start + size, repo) for n, (start, size, repo) in enumerate(spans)]
    by_uid = {session[0]: session for session in sessions}

    def rank(uid: str, moment: int) -> tuple[bool, bool, int, int]:
        _, start, end, repo = by_uid[uid]
        return (moment > end, repo is None, end - start, -start)

    for (moment, repo), uid in zip(commits, match(sessions, commits), strict=True):
        fitting = [
            rank(one, moment)
            for one, start, end, of in sessions
            if start <= moment <= end + AFTER and of in (None, repo)
        ]
        assert (uid is None) == (not fitting)
        if uid is not None:
            assert rank(uid, moment) == min(fitting)


def test_days_count_commits_lines_and_who_wrote_along() -> None:
    ana, bot = CoAuthor("Ana", "ana@example.org"), CoAuthor("Claude", "noreply@anthropic.com")
    found = per_day(
        [
            commit("a", colleagues=(ana,)),
            commit("b", 5, assistants=(bot,), repo="docs", shipped=False, lines_added=None),
            commit("c", 24 * 60),
        ]
    )
    tuesday = found[date(2026, 11, 24)]
    assert tuesday._asdict() == {
        "commits": 2,
        "shipped": 1,
        "lines_added": 10,
        "lines_removed": 4,
        "paired": 1,
        "assisted": 1,
        "repos": ("billing", "docs"),
    }
    assert list(found) == [date(2026, 11, 24), date(2026, 11, 25)]


def test_pairing_counts_colleagues_and_no_assistant() -> None:
    ana, ben, bot = CoAuthor("Ana", "a@x"), CoAuthor("", "b@x"), CoAuthor("Claude", "noreply@anthropic.com")
    commits = [commit("a", colleagues=(ben, ana)), commit("b", colleagues=(ana,), assistants=(bot,))]
    assert list(pairing(commits).items()) == [("Ana", 2), ("b@x", 1)]


def test_without_a_source_that_was_read_nothing_is_known() -> None:
    assert not Evidence().known
    assert not Evidence(sources=(EvidenceSource("x", "git", "/x", None, None, "is gone"),)).known
    assert Evidence(sources=(EvidenceSource("x", "git", "/x", MORNING, MORNING),)).known
    reviews = EvidenceSource("forge", "command", "", MORNING, None)  # it tells of no commit
    assert not Evidence(sources=(reviews,)).known


def test_evidence_is_cut_to_days() -> None:
    found = Evidence((commit("a"), commit("b", 24 * 60), commit("c", 48 * 60, shipped=False)))
    some = found.between(date(2026, 11, 25), date(2026, 11, 27))
    assert [one.uid for one in some.commits] == ["b", "c"]
    assert [one.uid for one in some.shipped] == ["b"]
