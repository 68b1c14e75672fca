"""The split over several weeks (M1), and what the first use of the program leaves out."""

from __future__ import annotations

from datetime import datetime

import pytest

from techlead_tui.core.balance import ANTI_SPLIT, Balance, actual, added, balance, formula, planned_inside
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, FinishBlock, SetDay
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.words.units import read_weeks
from techlead_tui.errors import WordsError
from tests.core.test_drift import coded, full, meeting
from tests.core.weeks import W48, add, after, day, empty, moment

SUNDAY = moment("sun 20:00")


def of_weeks(*edits: Edit, count: int = 1, since: datetime | None = None, now: datetime = SUNDAY) -> Balance:
    keys = [W48.shift(-n) for n in range(count - 1, -1, -1)]
    base = empty()._replace(buckets={OPEN: {}, **{str(W48.shift(n)): {} for n in range(-4, 5)}}, since=since)
    snapshot: Snapshot = after(base, *edits, now=now)
    return added([balance(snapshot.week(key), now) for key in keys])


def test_one_week_is_the_week_as_it_stands() -> None:
    found = of_weeks()
    assert found.planned == planned_inside(empty().week(W48))
    assert found.planned_percent == {"hands_on": 77, "mentorship": 1, "communication": 14, "other": 7}
    assert found.wanted == {"hands_on": 1260, "mentorship": 525, "communication": 315, "other": 0}
    assert (found.working, found.counted, found.weeks, found.since) == (2100, 2100, 1, None)


def test_weeks_add_up_and_leave_lowers_what_is_wanted() -> None:
    one, four = of_weeks(), of_weeks(count=4)
    assert four.planned == {name: 4 * minutes for name, minutes in one.planned.items()}
    less = of_weeks(SetDay(day("tue"), "leave"))
    assert less.working == 2100 - 420
    assert less.wanted["hands_on"] == 1008


def test_a_week_that_is_over_is_weighed_by_what_was_done() -> None:
    edits = [coded(0, "tue"), *full(0, "13:00-17:00")]
    late, early = of_weeks(*edits), of_weeks(*edits, now=moment("mon 8:00"))
    assert late.over
    assert late.alarm
    assert late.communication == late.actual_percent["communication"]
    assert not early.over
    assert early.communication == early.planned_percent["communication"]


def test_nothing_before_the_first_use_counts_as_held() -> None:
    since = moment("wed 12:00")
    snapshot = empty()._replace(since=since)
    assert actual(snapshot.week(W48), SUNDAY)["communication"] == 60  # Thursday's
    found = of_weeks(since=since)
    assert found.since == since
    assert found.counted == 1080
    assert found.actual["communication"] == 60
    assert any("counting began on 2026-11-25 12:00" in line for line in formula(found))


def test_weeks_before_the_first_use_are_left_out() -> None:
    found = of_weeks(count=4, since=moment("mon 8:00"))
    assert (found.weeks, found.working) == (1, 2100)
    assert found.since == moment("mon 8:00")


def test_what_was_written_down_of_the_time_before_counts_from_its_start() -> None:
    found = of_weeks(coded(0, "tue"), since=moment("tue 11:30"))
    assert found.since == moment("tue 9:30")
    assert found.actual["hands_on"] == 120
    assert sum(found.actual_percent.values()) <= 100


def test_the_anti_split_counts_blocks_by_the_bucket_of_their_type() -> None:
    found = of_weeks(
        FinishBlock("questions@2026-11-24", day("tue"), "skipped"),
        meeting(0, "tue", "9:00-10:00", "status"),
        meeting(0, "wed", "9:00-10:00", "stand-up"),
        add("thu 9:00-10:00", None),
    )
    assert set(found.anti_actual) == set(ANTI_SPLIT)
    assert found.anti_planned["tracking"] == 60
    assert found.anti_planned["showing_up"] == 60
    assert found.anti_planned["people"] == 60
    assert found.anti_actual["people"] == 30  # the EM 1:1 has a hard end
    assert found.anti_planned["meetings"] == 300


def test_spans_of_weeks_are_read() -> None:
    today = day("tue")
    assert read_weeks("last", today) == [W48.shift(-1)]
    assert read_weeks("2026-W47..2026-W48", today) == [W48.shift(-1), W48]
    assert read_weeks("-1..", today) == [W48.shift(-1), W48]
    quarter = read_weeks("2026-Q4", today)
    assert (str(quarter[0]), str(quarter[-1]), len(quarter)) == ("2026-W40", "2026-W53", 14)
    assert [str(week) for week in read_weeks("2026-11", today)] == [f"2026-W{n}" for n in (45, 46, 47, 48)]
    months = [week for month in range(1, 13) for week in read_weeks(f"2026-{month:02}", today)]
    assert months == [IsoWeek.parse("2026-W01").shift(n) for n in range(53)]


@pytest.mark.parametrize(
    "text", ["2026-W48..2026-W47", "2026-13", "2026-Q5", "1900-Q1", "x..y", "1970..2100"]
)
def test_a_wrong_span_is_refused(text: str) -> None:
    with pytest.raises(WordsError):
        read_weeks(text, day("tue"))
