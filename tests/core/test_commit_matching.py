"""Commits without a session: the stretches of work that they stand for."""

from __future__ import annotations

import pytest

from techlead_tui.core.commit_matching import GAP, LEAD, Span, stretches

NOON = 12 * 3600
MINUTE = 60


@pytest.mark.parametrize(
    ("commits", "sessions", "found"),
    [
        ([], [], []),
        ([(NOON, "api")], [], [(NOON - LEAD, NOON, [0])]),
        ([(NOON + 61, "api")], [], [(NOON - LEAD, NOON + 5 * MINUTE, [0])]),
        ([(NOON, "api"), (NOON + GAP, "api")], [], [(NOON - LEAD, NOON + GAP, [0, 1])]),
        (
            [(NOON + 2 * GAP, "api"), (NOON, "api")],
            [],
            [(NOON - LEAD, NOON, [1]), (NOON + 2 * GAP - LEAD, NOON + 2 * GAP, [0])],
        ),
        (
            [(NOON, "api"), (NOON + 5 * MINUTE, "web")],
            [],
            [(NOON - LEAD, NOON, [0]), (NOON + 5 * MINUTE - LEAD, NOON + 5 * MINUTE, [1])],
        ),
        ([(NOON, "api")], [("s", 0, NOON - 61, None)], [(NOON - 61, NOON - 61 + 5 * MINUTE, [0])]),
        ([(NOON, "api")], [("s", 0, NOON, None)], [(NOON, NOON + 5 * MINUTE, [0])]),
        ([(NOON, "api")], [("s", 0, NOON + 1, None)], [(NOON - LEAD, NOON, [0])]),
    ],
)
def test_a_stretch_begins_half_an_hour_before_its_first_commit_or_after_a_session(
    commits: list[tuple[int, str]], sessions: list[Span], found: list[tuple[int, int, list[int]]]
) -> None:
    assert stretches(commits, sessions) == found


def test_a_stretch_ends_after_half_a_day() -> None:
    commits = [(NOON + hour * 3600, "api") for hour in range(15)]
    assert [numbers for _, _, numbers in stretches(commits, [])] == [list(range(13)), [13, 14]]
