"""What is due since the last look: each moment once, none of a night's sleep, none by a clock set back."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.due import Due, NewChange, Ticked, due, next_due
from techlead_tui.core.edits import Edit, SetDay
from techlead_tui.core.snapshot import Snapshot
from tests.core.weeks import W48, add, after, day, empty, moment

EMPTY = empty(W48.shift(-1), after=3)


BUSY = after(
    EMPTY, add("mon 12:00-12:20", "stakeholder"), add("sat 10:00-12:30", "code"), SetDay(day("thu"), "leave")
)


def looked(at: str, snapshot: Snapshot = EMPTY) -> Ticked:
    """Return what a look at this moment keeps."""
    return due(snapshot, (), None, moment(at))[1]


def between(first: str, last: str, *edits: Edit) -> list[str]:
    """Return `event Mon 10:00` for what a look finds that comes after one at `first`."""
    snapshot = after(EMPTY, *edits)
    found, _ = due(snapshot, (), looked(first, snapshot), moment(last))
    return [f"{one.event} {one.at:%a %H:%M}" for one in found]


def minute_by_minute(first: str, last: str, *edits: Edit) -> list[str]:
    """Return what looks at every minute find together."""
    snapshot = after(EMPTY, *edits)
    seen, now, out = looked(first, snapshot), moment(first), []
    while now < moment(last):
        now += timedelta(minutes=1)
        found, seen = due(snapshot, (), seen, now)
        out += [f"{one.event} {one.at:%a %H:%M}" for one in found]
    return out


@given(st.integers(0, 7 * 24 * 60 - 1))
def test_between_a_look_and_the_next_moment_nothing_comes_due(minute: int) -> None:
    now = moment("mon 00:00") + timedelta(minutes=minute)
    _, seen = due(BUSY, (), Ticked(now - timedelta(minutes=1), 0), now)
    ahead = next_due(BUSY, now)
    assert now < ahead
    assert due(BUSY, (), seen, ahead - timedelta(minutes=1))[0] == []
    assert due(BUSY, (), seen, max(now, ahead - timedelta(minutes=7)))[0] == []


def test_a_monday_minute_by_minute() -> None:
    assert minute_by_minute("mon 08:00", "mon 18:00") == [
        "meeting-ends-soon Mon 09:25",
        "meeting-end Mon 09:30",  # the hard end of the talk with the engineering manager
        "meeting-overrun Mon 09:35",
        "meeting-ends-soon Mon 10:55",
        "focus-start Mon 11:00",
        "meeting-end Mon 11:00",
        "meeting-overrun Mon 11:05",
        "focus-end Mon 12:00",
        "meeting-ends-soon Mon 13:40",
        "meeting-end Mon 13:45",
        "meeting-overrun Mon 13:50",
        "focus-start Mon 14:00",
        "focus-end Mon 16:00",
    ]


def test_a_window_closes_and_friday_afternoon_begins() -> None:
    assert "window-close Tue 16:30" in minute_by_minute("tue 16:00", "tue 17:00")
    assert between("fri 12:59", "fri 13:00") == ["friday Fri 13:00"]


def test_friday_on_leave_is_the_day_before() -> None:
    leave = SetDay(day("fri"), "leave")
    assert "friday Thu 13:00" in between("thu 12:59", "thu 13:00", leave)
    assert between("fri 12:59", "fri 13:00", leave) == []


@pytest.mark.parametrize(
    ("first", "last", "found"),
    [
        ("mon 10:59", "mon 11:00", ["focus-start Mon 11:00", "meeting-end Mon 11:00"]),
        ("mon 11:00", "mon 11:01", []),  # (last look, now]
        ("mon 11:10", "mon 12:05", ["focus-end Mon 12:00"]),
        ("mon 09:20", "mon 09:36", ["meeting-overrun Mon 09:35"]),  # of one meeting only the last
        ("mon 08:00", "mon 15:00", ["focus-start Mon 14:00"]),  # asleep: one, and what is left of it
        ("mon 11:30", "mon 17:30", ["focus-end Mon 12:00"]),
        ("mon 11:30", "tue 07:00", []),  # nobody waits for that any more
        ("mon 11:30", "tue 10:00", ["focus-start Tue 09:00"]),
        ("mon 12:30", "mon 12:10", []),  # set back
    ],
)
def test_what_a_look_finds(first: str, last: str, found: list[str]) -> None:
    assert between(first, last) == found


def test_the_first_look_finds_nothing_also_after_a_wrong_clock() -> None:
    for last in (None, Ticked(moment("mon 11:00", W48.shift(60)), 0)):
        found, seen = due(EMPTY, (), last, moment("mon 11:00"))
        assert found == []
        assert seen.until == moment("mon 11:00")


def test_a_clock_set_back_runs_nothing_twice() -> None:
    seen = looked("mon 13:00")
    for now in ("mon 10:59", "mon 11:00", "mon 12:00", "mon 13:00"):
        found, seen = due(EMPTY, (), seen, moment(now))
        assert found == []
    assert seen.until == moment("mon 13:00")


def test_what_lies_over_deep_work_ends_it_and_tells_what_is_left() -> None:
    snapshot = after(EMPTY, add("tue 10:00-11:00"))
    found, _ = due(snapshot, (), looked("tue 08:59", snapshot), moment("tue 09:00"))
    assert [(one.event, one.ends) for one in found] == [("focus-start", moment("tue 10:00"))]
    told = found[0].json(moment("tue 09:20"))
    assert (told["schema"], told["event"], told["left_minutes"]) == (1, "focus-start", 40)
    assert told["block"]["kind"] == "deep_work"
    assert told["at"] == "2026-11-24T09:00:00+01:00"


def test_a_plan_that_changes_in_the_middle_starts_anew_or_ends_it() -> None:
    seen = looked("tue 09:30")
    shorter = after(EMPTY, add("tue 11:00-12:00"))
    found, seen = due(shorter, (), seen, moment("tue 09:31"))
    assert [(one.event, one.ends) for one in found] == [("focus-start", moment("tue 11:00"))]
    taken = after(EMPTY, add("tue 09:00-12:00"))
    found, _ = due(taken, (), seen, moment("tue 09:40"))
    assert [(one.event, one.at) for one in found] == [("focus-end", moment("tue 09:40"))]


def test_an_optional_box_and_one_that_a_meeting_fills_end_nothing() -> None:
    assert not [one for one in minute_by_minute("mon 16:00", "mon 17:30") if "meeting" in one]
    inside = add("mon 13:00-13:30", "architecture-review")
    found = [one for one in minute_by_minute("mon 13:00", "mon 14:00", inside) if "meeting" in one]
    assert found == ["meeting-ends-soon Mon 13:25", "meeting-end Mon 13:30", "meeting-overrun Mon 13:35"]


def test_a_meeting_until_sunday_midnight_is_told_in_the_next_week() -> None:
    snapshot = after(EMPTY, add("sun 23:00-24:00"))
    seen, now = looked("sun 23:50", snapshot), moment("sun 23:50")
    out = []
    for _ in range(20):
        now += timedelta(minutes=1)
        found, seen = due(snapshot, (), seen, now)
        out += [f"{one.event} {one.at:%a %H:%M} {one.week}" for one in found]
    assert out == [
        "meeting-ends-soon Sun 23:55 2026-W48",
        "meeting-end Mon 00:00 2026-W48",
        "meeting-overrun Mon 00:05 2026-W48",
    ]


def written(seq: int, at: str, origin: str = "cli") -> NewChange:
    return NewChange(seq, moment(at), ("log", "45m"), origin)


def changed(*entries: NewChange, last: Ticked, now: str) -> list[Due]:
    return due(EMPTY._replace(seq=9), entries, last, moment(now))[0]


def test_changes_since_the_last_look_are_one_moment() -> None:
    last = looked("wed 07:00")._replace(seq=3)
    entries = [written(seq, "wed 07:01") for seq in (5, 4, 3, 2)]
    (found,) = changed(*entries, last=last, now="wed 07:02")
    assert found.event == "commit"
    assert [one["seq"] for one in found.json(moment("wed 07:02"))["changes"]] == [4, 5]
    assert found.json(moment("wed 07:02"))["changes"][0]["words"] == ["log", "45m"]


@pytest.mark.parametrize(
    "entry",
    [
        written(4, "wed 06:40"),  # long ago
        written(4, "wed 07:01", "hook"),  # by a command itself
        written(4, "wed 07:01", "machine desk"),  # which runs its own
        written(3, "wed 07:01"),  # seen
        NewChange(4, moment("wed 07:01"), (), "cli"),  # the program's own
    ],
)
def test_other_changes_are_none(entry: NewChange) -> None:
    assert changed(entry, last=looked("wed 07:00")._replace(seq=3), now="wed 07:02") == []


def test_a_change_counts_although_the_clock_was_set_back() -> None:
    last = looked("wed 12:00")._replace(seq=3)
    assert len(changed(written(4, "wed 07:01"), last=last, now="wed 07:02")) == 1


@given(st.lists(st.integers(-400, 4000), min_size=2, max_size=12))
def test_no_moment_comes_twice_however_the_clock_runs(steps: list[int]) -> None:
    """`steps` are minutes from Monday morning, in any order: clocks set back and nights of sleep."""
    begin = moment("mon 08:00")
    told: list[tuple[str, datetime]] = []
    seen: Ticked | None = None
    for minutes in steps:
        now = begin + timedelta(minutes=minutes)
        found, seen = due(EMPTY, (), seen, now)
        told += [(one.event, one.at) for one in found if not one.event.startswith("focus")]
        assert all(now - timedelta(minutes=10) < one.at <= now for one in found if one.block is None)
    jumped = any(one - other > 26 * 60 for one in steps for other in steps)
    assert jumped or len(told) == len(set(told))
