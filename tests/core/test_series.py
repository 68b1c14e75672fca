"""Series: their days as dateutil reads the same rule (RFC 5545), and changes from a day on."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import Any

import pytest
from dateutil import rrule
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.balance import recurring_meetings
from techlead_tui.core.calendar import NTH, IsoWeek, first_from
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddBlock, EditBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.judge import judge
from techlead_tui.core.rules import violations
from techlead_tui.core.series import Repeat, changed, comings, days_from, days_record, repeat_by
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, moment

days_of_recurrence = st.dates(date(2020, 1, 1), date(2035, 1, 1))


def series(
    first: date, weeks: int = 1, nth: int | None = None, until: date | None = None
) -> dict[str, object]:
    return {
        "weekday": first.isoweekday(),
        "from": first.isoformat(),
        "until": until.isoformat() if until else None,
        "weeks": weeks,
        "nth": nth,
    }


def found(record: dict[str, object], first: date, weeks: int) -> list[date]:
    start = IsoWeek.of(first)
    return [day for n in range(-3, weeks) for day, _ in comings(record, start.shift(n))]


@given(days_of_recurrence, st.integers(1, 8), st.none() | st.integers(0, 300))
def test_weeks_are_counted_as_an_rrule_counts_them(first: date, weeks: int, length: int | None) -> None:
    until = None if length is None else first + timedelta(days=length)
    rule = rrule.rrule(
        rrule.WEEKLY,
        interval=weeks,
        dtstart=datetime.combine(first, time()),
        until=datetime.combine(until or first + timedelta(weeks=60), time()),
    )
    last = IsoWeek.of(first).shift(59).day(7)
    wanted = [moment.date() for moment in rule if moment.date() <= last]
    assert found(series(first, weeks, until=until), first, 60) == wanted


@given(days_of_recurrence, st.sampled_from(NTH))
def test_a_monthly_series_comes_once_in_every_month(day: date, nth: int) -> None:
    first = first_from(day, nth)
    assert first >= day
    assert first.weekday() == day.weekday()
    months = [(one.year, one.month) for one in found(series(first, nth=nth), first, 53)]
    assert len(months) == len(set(months))
    assert len(months) in (12, 13)


@pytest.mark.parametrize(
    ("nth", "wanted"), [(1, "2026-12-01"), (2, "2026-12-08"), (4, "2026-11-24"), (-1, "2026-11-24")]
)
def test_the_nth_tuesday_is_found_from_a_day_on(nth: int, wanted: str) -> None:
    assert first_from(date(2026, 11, 24), nth) == date.fromisoformat(wanted)


def test_a_series_stored_before_there_were_monthly_ones_is_weekly() -> None:
    record = series(date(2026, 11, 24))
    del record["nth"]
    assert len(found(record, date(2026, 11, 24), 4)) == 4


@given(
    days_of_recurrence,
    st.sets(st.integers(1, 7), min_size=2),
    st.integers(1, 5),
    st.none() | st.integers(0, 300),
)
def test_several_weekdays_are_counted_as_an_rrule_counts_them(
    begin: date, weekdays: set[int], weeks: int, length: int | None
) -> None:
    first = next(day for n in range(7) if (day := begin + timedelta(n)).isoweekday() in weekdays)
    until = None if length is None else first + timedelta(days=length)
    rule = rrule.rrule(
        rrule.WEEKLY,
        interval=weeks,
        byweekday=[number - 1 for number in weekdays],
        dtstart=datetime.combine(first, time()),
        until=datetime.combine(until or first + timedelta(weeks=60), time()),
    )
    last = IsoWeek.of(first).shift(59).day(7)
    record = days_record(first, Repeat(weeks, until, None, tuple(sorted(weekdays))))
    assert found(record, first, 60) == [moment.date() for moment in rule if moment.date() <= last]


@given(
    st.lists(st.tuples(st.integers(-20, 60), st.sampled_from("abc"), st.integers(0, 9)), max_size=6),
    st.integers(1, 3),
)
def test_the_last_change_from_a_day_on_holds_and_what_was_before_stays(
    edits: list[tuple[int, str, int]], weeks: int
) -> None:
    first = W48.day(2)
    record: dict[str, Any] = {**days_record(first, Repeat(weeks)), "a": 0, "b": 0, "c": 0}
    days = found(record, first, 70)
    wanted = {day: {"a": 0, "b": 0, "c": 0} for day in days}
    for offset, name, value in edits:
        since = first + timedelta(offset)
        record = changed(record, since, {name: value})
        for one in days:
            if one >= since:
                wanted[one][name] = value
    assert found(record, first, 70) == days
    for n in range(70):
        for one, stretch in comings(record, W48.shift(n)):
            assert {name: stretch[name] for name in "abc"} == wanted[one]


STANDUP = add("tue 9:30-9:45", "pairing", summary="Standup", repeat=Repeat(days=(2, 4)))
TUE, THU = day("tue"), day("thu")


def names(snapshot: Snapshot, key: IsoWeek = W48) -> list[tuple[str, str]]:
    """When the own blocks of a week are, and their titles."""
    own = [block for block in snapshot.week(key).live if block.source == "own"]
    return [(f"{block.start:%a %H:%M}", block.summary) for block in own]


def one_of(snapshot: Snapshot, when: date) -> Block:
    return next(
        block
        for block in snapshot.week(IsoWeek.of(when)).blocks
        if block.source == "own" and block.uid.endswith(f"@{when}")
    )


def test_a_series_of_several_weekdays_is_one_series() -> None:
    snapshot = after(empty(), STANDUP._replace(kind="meeting", type="cross-team"))
    assert names(snapshot) == [("Tue 09:30", "Standup"), ("Thu 09:30", "Standup")]
    assert names(snapshot, W48.shift(3)) == names(snapshot)
    assert len(snapshot.table(OPEN, "series")) == 1
    plain = len(recurring_meetings(empty().week(W48)))
    assert len(recurring_meetings(snapshot.week(W48))) == plain + 1


def test_one_occurrence_of_several_is_moved_or_skipped_alone() -> None:
    snapshot = after(empty(), STANDUP)
    block = one_of(snapshot, THU)
    moved = after(snapshot, MoveBlock(block.uid, THU, day("fri"), 14 * 60))
    assert names(moved) == [("Tue 09:30", "Standup"), ("Fri 14:00", "Standup")]
    assert names(moved, W48.shift(1)) == names(snapshot)
    skipped = after(snapshot, RemoveBlock(one_of(snapshot, TUE).uid, TUE))
    assert names(skipped) == [("Thu 09:30", "Standup")]


def test_what_the_week_after_the_first_says_counts_for_several_weekdays() -> None:
    daily = add("wed 9:30-9:45", "status", summary="Daily", repeat=Repeat(days=(1, 3)))
    found = judge(empty(), daily, SUNDAY, "new").introduced
    about = {uid for violation in found for uid in violation.subjects}
    assert about >= {f"new@{day('wed')}", f"new@{day('mon', W48.shift(1))}"}
    told = [violation.rule for violation in found if violation.severity == "refuse"]
    assert len(told) == len(set(told))


def test_a_reason_for_a_series_covers_what_it_lies_over_in_later_weeks_too() -> None:
    daily = add("mon 9-9:15", summary="Daily", repeat=Repeat(days=(1, 5)), override="we all sit together")
    snapshot = after(empty(), daily)
    for weeks in range(4):
        found = violations(snapshot.week(W48.shift(weeks)), SUNDAY)
        assert not [one for one in found if one.severity == "refuse"]


def test_a_series_that_begins_on_leave_is_weighed_on_the_first_day_that_is_held() -> None:
    away = after(empty(), SetDay(day("tue"), "leave"))
    refused = decide(away, add("tue 9-10", repeat=Repeat()), SUNDAY, "new")
    assert [each.rule for each in refused.violations][:2] == ["deep-work", "day-theme"]
    assert refused.violations[0].fixes
    welcome = decide(away, add("tue 17-18", kind="deep_work", repeat=Repeat(2)), SUNDAY, "new")
    assert welcome.uid == f"new@{day('tue', W48.shift(2))}"
    assert welcome.after.week(W48.shift(2)).block(welcome.uid) is not None
    assert welcome.notes == ("Tue 24 Nov is leave: it begins on Tue 8 Dec",)


def test_a_series_of_several_weekdays_that_has_room_nowhere_is_refused_without_a_note_elsewhere() -> None:
    found = decide(empty(), add("mon 9-9:15", repeat=Repeat(days=(1, 2, 3, 4, 5))), SUNDAY, "new")
    assert found.refused
    assert {fix.edit.day for fix in found.violations[0].fixes} <= {day("mon")}


def test_a_series_of_several_weekdays_on_leave_for_weeks_is_accepted_as_it_is() -> None:
    days = [day(name, W48.shift(number)) for number in range(5) for name in ("mon", "tue")]
    away = after(empty(), *(SetDay(each, "leave") for each in days[:-1]))  # the last week that is loaded
    found = decide(away, add("mon 17-17:15", repeat=Repeat(days=(1, 2))), SUNDAY, "new")
    assert found.changes


def test_a_series_begins_on_one_of_its_days() -> None:
    with pytest.raises(UserError, match="not one of the days"):
        after(empty(), STANDUP._replace(day=day("wed")))


def test_a_daily_box_of_the_week_theme_is_not_repeated() -> None:
    boxes = [
        (box.weekday, box.start, box.end) for box in empty().theme_of(W48).boxes if box.kind == "deep_work"
    ]
    same = [number for number, start, end in boxes if (start, end) == (540, 720)]
    assert len(same) > 1
    deep = AddBlock("Deep work", W48.day(same[0]), 540, 720, "deep_work", repeat=Repeat(days=tuple(same)))
    assert judge(empty(), deep, SUNDAY, "new").changes == ()
    more = deep._replace(repeat=Repeat(days=(1, *same)))
    assert judge(empty(), more._replace(day=W48.day(1)), SUNDAY, "new").changes


def test_a_series_moves_from_now_on_and_its_past_stays() -> None:
    weekly = add("tue 9:30-9:45", "pairing", summary="Standup", repeat=Repeat())
    snapshot = after(empty(), weekly)
    second = day("tue", W48.shift(1))
    uid = one_of(snapshot, second).uid
    later = after(snapshot, MoveBlock(uid, second, second, 600, onward=True))
    assert [names(later, W48.shift(n)) for n in range(3)] == [
        [("Tue 09:30", "Standup")],
        [("Tue 10:00", "Standup")],
        [("Tue 10:00", "Standup")],
    ]
    thursday = day("thu", W48.shift(1))
    moved = judge(later, MoveBlock(uid, second, thursday, 600, onward=True), SUNDAY, "new")
    assert moved.uid.endswith(f"@{thursday}")
    assert [names(moved.after, W48.shift(n)) for n in range(3)] == [
        [("Tue 09:30", "Standup")],
        [("Thu 10:00", "Standup")],
        [("Thu 10:00", "Standup")],
    ]
    assert len(moved.changes) == 1
    undone = moved.after.with_changes([change.inverse() for change in moved.changes])
    assert undone.buckets == later.buckets
    assert len(recurring_meetings(moved.after.week(W48))) == len(recurring_meetings(snapshot.week(W48)))


def test_title_people_and_type_of_a_series_change_from_now_on() -> None:
    snapshot = after(empty(), STANDUP)
    uid = one_of(snapshot, THU).uid
    fields = {"summary": "Daily", "people": ["ana"], "type": "code"}
    later = after(snapshot, EditBlock(uid, THU, fields, onward=True))
    assert one_of(later, TUE) == one_of(snapshot, TUE)
    for when in (THU, day("tue", W48.shift(1))):
        block = one_of(later, when)
        assert (block.summary, block.people, block.type, block.kind) == (
            "Daily",
            ("ana",),
            "code",
            "deep_work",
        )


def test_a_day_among_several_becomes_another_from_now_on() -> None:
    snapshot = after(empty(), STANDUP)
    uid = one_of(snapshot, THU).uid
    later = after(snapshot, MoveBlock(uid, THU, day("fri"), 570, onward=True))
    assert names(later) == [("Tue 09:30", "Standup"), ("Fri 09:30", "Standup")]
    assert names(later, W48.shift(1)) == names(later)
    for to, said in ((TUE, "already"), (day("fri", W48.shift(1)), "stays in its week")):
        with pytest.raises(UserError, match=said):
            after(snapshot, MoveBlock(uid, THU, to, 570, onward=True))


def test_what_an_occurrence_had_of_its_own_goes_with_a_change_from_now_on() -> None:
    snapshot = after(empty(), STANDUP)
    uid = one_of(snapshot, THU).uid
    own = after(snapshot, EditBlock(uid, THU, {"summary": "Once"}), MoveBlock(uid, THU, THU, 660))
    later = after(own, MoveBlock(uid, THU, THU, 600, onward=True))
    assert names(later)[1] == ("Thu 10:00", "Once")
    assert names(after(later, EditBlock(uid, THU, {"summary": "Daily"}, onward=True)))[1] == (
        "Thu 10:00",
        "Daily",
    )


def test_a_reason_given_from_now_on_leaves_the_past_without_one() -> None:
    weekly = add("tue 9:30-9:45", "pairing", summary="Standup", repeat=Repeat())
    snapshot = after(empty(), weekly)
    second = day("tue", W48.shift(1))
    edit = EditBlock(one_of(snapshot, second).uid, second, {"type": "status"}, "the CFO visits", onward=True)
    later = after(snapshot, edit)
    assert one_of(later, TUE).override is None
    for weeks in (1, 2):
        override = one_of(later, day("tue", W48.shift(weeks))).override
        assert override is not None
        assert override.reason == "the CFO visits"


def test_only_what_is_ahead_and_comes_again_changes_from_now_on() -> None:
    snapshot = after(empty(), STANDUP, add("fri 14-15", summary="Once"))
    uid = one_of(snapshot, TUE).uid
    with pytest.raises(UserError, match="is over") as error:
        judge(snapshot, MoveBlock(uid, TUE, TUE, 600, onward=True), moment("wed 8:00"), "new")
    assert f"@{THU}" in error.value.hint
    once = next(block for block in snapshot.week(W48).blocks if block.summary == "Once")
    box = next(block for block in snapshot.week(W48).blocks if block.source == "theme")
    for block, said in ((once, "does not repeat"), (box, "box of the week theme")):
        with pytest.raises(UserError, match=said):
            after(snapshot, EditBlock(block.uid, block.day, {"summary": "x"}, onward=True))
    with pytest.raises(UserError, match="one occurrence"):
        after(snapshot, EditBlock(uid, TUE, {"status": "done"}, onward=True))


def test_a_monthly_series_is_monthly_on_its_new_day() -> None:
    first = first_from(day("tue"), 1)
    key = IsoWeek.of(first)
    board = add("tue 9-9:30", "pairing", summary="Board")._replace(day=first, repeat=Repeat(nth=1))
    snapshot = after(empty(), board)
    uid = one_of(snapshot, first).uid
    to = key.day(4)
    later = after(snapshot, MoveBlock(uid, first, to, 540, onward=True))
    record = next(iter(later.table(OPEN, "series").values()))
    coming = [found for found, _ in zip(days_from(record, first), range(3), strict=False)]
    assert coming[0] == to
    assert all(found.isoweekday() == 4 and found.day <= 7 for found in coming)


def test_a_reader_that_knows_one_weekday_still_reads_the_record() -> None:
    record = next(iter(after(empty(), STANDUP).table(OPEN, "series").values()))
    assert {"weekday", "weeks", "nth", "from", "until"} <= record.keys()
    assert record["weekday"] == 2
    assert "weekdays" not in next(
        iter(after(empty(), add("tue 9-10", repeat=Repeat())).table(OPEN, "series").values())
    )


@pytest.mark.parametrize(
    ("rule", "repeat"),
    [
        ("FREQ=WEEKLY", Repeat(1)),
        ("freq=weekly;interval=2;wkst=MO;", Repeat(2)),
        ("FREQ=WEEKLY;BYDAY=TU;UNTIL=20270131T235959Z", Repeat(1, date(2027, 1, 31))),
        ("FREQ=MONTHLY;BYDAY=4TU", Repeat(1, None, 4)),
        ("FREQ=MONTHLY;BYDAY=4TU;UNTIL=20270131", Repeat(1, date(2027, 1, 31), 4)),
        ("FREQ=MONTHLY;BYDAY=-1TU", Repeat(1, None, -1)),
        ("FREQ=MONTHLY;BYDAY=1TU", None),
        ("FREQ=MONTHLY;BYDAY=TU", None),
        ("FREQ=MONTHLY;BYDAY=4MO", None),
        ("FREQ=MONTHLY;BYDAY=5TU", None),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=4TU", None),
        ("FREQ=WEEKLY;BYDAY=WE", None),
        ("FREQ=WEEKLY;BYDAY=TU,WE", None),
        ("FREQ=WEEKLY;INTERVAL=0", None),
        ("FREQ=WEEKLY;INTERVAL=x", None),
        ("FREQ=WEEKLY;COUNT=3", None),
        ("FREQ=WEEKLY;UNTIL=soon", None),
        ("FREQ=DAILY", None),
        ("", None),
    ],
)
def test_a_rule_of_icalendar_is_planned_where_a_series_can_come_so(rule: str, repeat: Repeat | None) -> None:
    assert repeat_by(rule, date(2026, 11, 24)) == repeat
