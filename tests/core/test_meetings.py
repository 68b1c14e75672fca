"""Occurrences become blocks of the week, anew whenever what they are made of changes."""

from __future__ import annotations

from datetime import timedelta

from techlead_tui.core.balance import focus_minutes, meetings, recurring_meetings
from techlead_tui.core.edits import EditBlock, FinishBlock, RemoveBlock, SetDay
from techlead_tui.core.meetings import day_of, kept_occurrences, occurrence_record, series_id
from techlead_tui.core.occurrence import Calendar, GuessRule, Occurrence
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.week import Block
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, moment

WEDNESDAY = moment("wed 14:00")
RULES = (
    GuessRule(type="status", words=("status",)),
    GuessRule(kind="deep_work", words=("focus",), people_most=1),
)


def one(title: str = "Budget sync", uid: str = "1", when: str = "wed 14:00", **more: object) -> Occurrence:
    start = moment(when)
    usual: dict[str, object] = {"meaning": "meeting", "taking_part": 3, **more}
    return Occurrence(uid, start, start + timedelta(hours=1), title, **usual)  # type: ignore[arg-type]


def met(*found: Occurrence) -> Snapshot:
    weeks = {str(W48.shift(n)): tuple(one for one in found) if n == 0 else () for n in range(8)}
    return empty()._replace(calendar=Calendar(weeks, RULES))


def block(snapshot: Snapshot, uid: str = "1") -> Block:
    return next(
        block
        for block in snapshot.week(W48).blocks
        if block.occurrence is not None and block.occurrence.uid == uid
    )


def test_a_meeting_is_weighed_like_one_of_ones_own_and_counted_once() -> None:
    plain, week = empty().week(W48), met(one()).week(W48)
    assert focus_minutes(week) < focus_minutes(plain)
    assert len(meetings(week)) == len(meetings(plain)) + 1
    found = [violation.rule for violation in violations(week, SUNDAY) if violation.severity == "refuse"]
    assert "deep-work" in found


def test_what_the_user_planned_at_the_same_time_under_the_same_title_stands_for_it() -> None:
    snapshot = after(met(one("budget SYNC")), add("wed 14-15"))
    blocks = [block for block in snapshot.week(W48).blocks if block.summary.casefold() == "budget sync"]
    assert [block.source for block in blocks] == ["own"]


def test_the_first_rule_that_fits_says_what_it_is() -> None:
    found = met(one("Weekly status-meeting"), one("Status", "2", private=True), one("Statuses", "3"))
    assert [block(found, uid).type for uid in "123"] == ["status", "status", None]
    focus = met(one("Focus: pool", meaning="own", taking_part=1), one("Focus group", "2"))
    assert [block(focus, uid).kind for uid in "12"] == ["deep_work", "meeting"]


def test_a_correction_holds_for_the_series_and_shows_at_once() -> None:
    before = met(one(recurring=True), one(when="fri 14:00", recurring=True))
    assert {each.type for each in before.week(W48).blocks if each.source == "calendar"} == {None}
    named = block(before)
    edited = after(before, EditBlock(named.uid, named.day, {"type": "status"}))
    assert [each.type for each in edited.week(W48).blocks if each.source == "calendar"] == ["status"] * 2
    assert block(before).type is None
    assert edited.table("open", "meetings").keys() == {series_id("1")}


def test_skipping_finishing_and_a_day_of_leave_show_at_once() -> None:
    before = met(one(), one("Offsite", "2", when="thu 00:00", all_day=True))
    named = block(before)
    assert not block(after(before, RemoveBlock(named.uid, named.day))).live
    assert block(after(before, FinishBlock(named.uid, named.day, "done"))).status == "done"
    assert block(before).status == "planned"
    leave = after(met(one("Vacation", away=True, all_day=True, meaning="own")), SetDay(day("wed"), "leave"))
    assert [each for each in leave.week(W48).blocks if each.source == "calendar"] == []


def test_series_of_calendars_count_on_the_one_hand_unless_a_box_is_for_them() -> None:
    plain = len(recurring_meetings(empty().week(W48)))
    assert len(recurring_meetings(met(one(recurring=True)).week(W48))) == plain + 1
    assert len(recurring_meetings(met(one()).week(W48))) == plain
    box = next(box for box in empty().week(W48).blocks if box.kind == "meeting" and not box.optional)
    name = f"{box.start:%a} {box.start:%H:%M}".lower()
    same = one(when=name, recurring=True)._replace(end=box.start + timedelta(minutes=30))
    rules = Calendar({str(W48): (same,)}, (GuessRule(type=box.type, people_least=1),))
    assert len(recurring_meetings(empty()._replace(calendar=rules).week(W48))) == plain


def test_the_occurrences_of_a_week_that_is_over_are_kept_by_their_start() -> None:
    first, second = one(source="work"), one("Standup", "2", "wed 9:00", source="home")
    records = {str(record["uid"]): record for record in map(occurrence_record, (first, second))}
    assert list(records) == [f"{series_id('1')}-29926860", f"{series_id('2')}-29926560"]
    kept = kept_occurrences(records)
    assert [(found.summary, found.source, found.start) for found in kept] == [
        ("Standup", "home", second.start),
        ("Budget sync", "work", first.start),
    ]


def test_an_occurrence_names_its_day() -> None:
    assert day_of("cal-1@x@2026-11-25") == day("wed")
