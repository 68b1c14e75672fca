"""Fixes: each one works, there is one for any meeting, and the best comes first."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import Decision, decide
from techlead_tui.core.edits import AddBlock, EditBlock, Fix, MoveBlock
from techlead_tui.core.fixes import ALIKE
from techlead_tui.core.judge import judge
from techlead_tui.core.series import Repeat
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.words.unparse import words_of
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, minute, moment, theme, types

THEMES = ("maker-week", "four-day", "hands-on-30", "no-meeting-wednesday", "on-call", "two-time-zones")
TYPES = [None, *(name for name, each in types().items() if each.kind in ("meeting", "window"))]


def works(snapshot: Snapshot, fix: Fix, now: datetime) -> bool:
    introduced = judge(snapshot, fix.edit, now, "fix").introduced
    return not any(violation.severity == "refuse" for violation in introduced)


def fixes(decision: Decision) -> tuple[Fix, ...]:
    return decision.violations[0].fixes if decision.violations else ()


def titles(decision: Decision) -> list[str]:
    return [fix.title for fix in fixes(decision)]


@given(
    st.sampled_from(THEMES),
    st.sampled_from(TYPES),
    st.integers(1, 7),
    st.integers(32, 72),
    st.sampled_from([15, 30, 45, 60]),
    st.sampled_from(["sun 10:00", "tue 11:30", "fri 15:00"]),
)
def test_every_refused_meeting_up_to_an_hour_has_a_fix_and_every_fix_works(
    theme_id: str, type_id: str | None, weekday: int, quarter: int, length: int, when: str
) -> None:
    snapshot = empty(week_theme=theme(theme_id))
    now = SUNDAY if when.startswith("sun") else moment(when)
    edit = add("mon 9-10", type_id)._replace(
        day=W48.day(weekday), start=quarter * 15, end=quarter * 15 + length
    )
    decision = decide(snapshot, edit, now, "new")
    assert fixes(decision) or not decision.refused
    gains = [fix.focus_gain_minutes for fix in fixes(decision)]
    assert gains == sorted(gains, reverse=True)
    for fix in fixes(decision):
        assert works(snapshot, fix, now)
        assert isinstance(fix.edit, AddBlock)
        assert fix.words == words_of(fix.edit, snapshot.types)
        assert fix.title


def test_a_full_week_still_has_room_in_a_later_one() -> None:
    snapshot = after(
        empty(),
        add("mon 16-17"),
        *(add(f"fri {hour}-{hour + 1}", summary=f"{hour}") for hour in (14, 15, 16)),
    )
    decision = decide(snapshot, add("wed 14-15"), SUNDAY, "new")
    assert titles(decision)[0] == "Put it at Mon 30 Nov 16:00–17:00, Cross-team sync"


def test_a_review_goes_to_the_review_box_first() -> None:
    decision = decide(empty(), add("tue 14-15", "architecture-review"), SUNDAY, "new")
    first = fixes(decision)[0]
    assert first.words[:3] == ("add", "2026-11-23", "13:00-14:00")
    assert first.focus_gain_minutes == 180


def test_a_meeting_without_a_box_goes_to_the_optional_one_first() -> None:
    decision = decide(empty(), add("tue 14:30-15:00"), SUNDAY, "new")
    assert titles(decision)[0] == "Put it at Mon 23 Nov 16:00–16:30, Cross-team sync"
    gains = [fix.focus_gain_minutes for fix in fixes(decision)]
    assert gains == sorted(gains, reverse=True)


def test_what_is_not_worth_it_is_offered_in_writing() -> None:
    decision = decide(empty(), add("tue 14-15", "status"), SUNDAY, "new")
    note = next(fix for fix in fixes(decision) if fix.title.startswith("Handle it in writing"))
    assert isinstance(note.edit, AddBlock)
    assert (note.edit.kind, note.edit.day) == ("async", day("wed"))
    assert "+async" in note.words


def test_what_is_worth_it_is_not_offered_in_writing() -> None:
    assert "writing" not in "".join(titles(decide(empty(), add("tue 14-15", "decision"), SUNDAY, "new")))


def test_nothing_is_offered_in_the_past() -> None:
    now = moment("tue 11:30")
    found = fixes(decide(empty(), add("tue 14:30-15:00"), now, "new"))
    assert found
    for fix in found:
        assert isinstance(fix.edit, AddBlock)
        assert fix.edit.day > day("tue")


def test_too_long_a_meeting_may_end_at_its_limit() -> None:
    decision = decide(empty(), add("mon 16-17", "decision"), SUNDAY, "new")
    assert titles(decision)[0] == "End it at 16:30, after 30 min"
    elsewhere = decide(empty(), add("tue 9-11", "onboarding"), SUNDAY, "new")
    assert "(only 1 h)" in titles(elsewhere)[0]


def test_questions_go_to_the_next_window() -> None:
    decision = decide(empty(), add("wed 15-15:30", "ad-hoc"), moment("wed 10:00"), "new")
    assert titles(decision)[0] == "Put it at Tue 1 Dec 16:00–16:30, Questions and pairing"


def test_what_runs_past_its_window_goes_to_the_next() -> None:
    snapshot = empty()
    decision = decide(snapshot, add("tue 16-16:15", "ad-hoc"), moment("tue 16:45"), "new")
    assert decision.violations[0].rule == "window-closed"
    assert titles(decision)[0].startswith("Put it at Tue 1 Dec")


def test_work_over_lunch_goes_right_before_or_after() -> None:
    offered = titles(decide(empty(), add("tue 12-13", "code"), SUNDAY, "new"))
    assert offered[0] == "Put it at Mon 23 Nov 16:00–17:00, Cross-team sync"  # it wins an hour of focus time
    assert offered[1] == "Put it at Tue 24 Nov 13:00–14:00, Deep work"


def test_work_on_a_free_day_goes_to_the_nearest_working_one() -> None:
    offered = titles(decide(empty(), add("sat 10-11", "code"), SUNDAY, "new"))
    assert offered[0].startswith("Put it at Fri 27 Nov")


def test_a_sixth_series_may_be_held_once() -> None:
    edit = add("fri 16:30-17", "decision", repeat=Repeat())
    snapshot = after(empty(), add("fri 15-15:30", "pairing", repeat=Repeat()))
    decision = decide(snapshot, edit, SUNDAY, "new")
    assert "Hold it this once instead of every week" in titles(decision)


class TestMoves:
    def test_a_fixed_box_stays(self) -> None:
        review = f"architecture-review@{day('mon')}"
        decision = decide(empty(), MoveBlock(review, day("mon"), day("tue"), 600), SUNDAY, "new")
        assert decision.refused
        assert titles(decision) == ["Leave it at Mon 23 Nov 13:00–14:00"]
        assert fixes(decision)[0].focus_gain_minutes == 180

    def test_a_box_that_may_move_is_offered_its_own_day(self) -> None:
        messages = f"wed-messages@{day('wed')}"
        decision = decide(empty(), MoveBlock(messages, day("wed"), day("tue"), 600), SUNDAY, "new")
        assert decision.refused
        assert "Move it to Wed 25 Nov 09:00–09:30" in titles(decision)

    @given(st.integers(1, 7), st.integers(32, 72), st.sampled_from(TYPES))
    def test_every_fix_of_a_move_is_a_move_that_works(
        self, weekday: int, quarter: int, type_id: str | None
    ) -> None:
        snapshot = after(empty(), add("mon 16-16:30", type_id))
        uid = next(block.uid for block in snapshot.week(W48).blocks if block.source == "own")
        edit = MoveBlock(uid, day("mon"), W48.day(weekday), quarter * 15)
        decision = decide(snapshot, edit, SUNDAY, "new")
        assert fixes(decision) or not decision.refused
        for fix in fixes(decision):
            assert isinstance(fix.edit, MoveBlock)
            assert works(snapshot, fix, SUNDAY)

    def test_the_gain_of_a_fix_is_the_focus_time_that_it_saves(self) -> None:
        snapshot = after(empty(), add("mon 16-16:30"))
        uid = next(block.uid for block in snapshot.week(W48).blocks if block.source == "own")
        edit = MoveBlock(uid, day("mon"), day("wed"), minute("14:30"))
        decision = decide(snapshot, edit, SUNDAY, "new")
        assert fixes(decision)
        for fix in fixes(decision):
            keys = {*edit.weeks, *fix.edit.weeks}
            done = judge(snapshot, fix.edit, SUNDAY, "fix").after
            won = sum(focus_minutes(done.week(key)) - focus_minutes(decision.after.week(key)) for key in keys)
            assert fix.focus_gain_minutes == won


class TestEdits:
    def test_a_change_that_does_not_fit_here_is_made_elsewhere(self) -> None:
        snapshot = after(empty(), add("wed 10:30-11", "status", kind="async"))
        uid = next(block.uid for block in snapshot.week(W48).blocks if block.source == "own")
        edit = EditBlock(uid, day("wed"), {"kind": "meeting", "type": "decision"})
        decision = decide(snapshot, edit, SUNDAY, "new")
        assert decision.refused
        assert fixes(decision)
        for fix in fixes(decision):
            assert isinstance(fix.edit, EditBlock)
            assert fix.words[0] == "edit"
            done = judge(snapshot, fix.edit, SUNDAY, "fix")
            assert not [each for each in done.introduced if each.severity == "refuse"]
            assert len({change.uid for change in done.changes}) == 1
            block = done.after.week(IsoWeek.of(fix.edit.day_after)).block(done.uid)
            assert block is not None
            assert (block.kind, block.type, block.planned_minutes) == ("meeting", "decision", 30)


def test_weeks_that_are_not_loaded_are_not_looked_at() -> None:
    snapshot = empty(after=1)
    decision = decide(snapshot, add("tue 14-15"), SUNDAY, "new")
    assert {fix.edit.day.isocalendar().week for fix in fixes(decision) if isinstance(fix.edit, AddBlock)} == {
        48
    }


@pytest.mark.parametrize("type_id", TYPES)
def test_fixes_are_few(type_id: str | None) -> None:
    assert len(fixes(decide(empty(), add("tue 14-15", type_id), SUNDAY, "new"))) <= 5


def test_a_meeting_that_is_on_now_is_not_put_into_the_past() -> None:
    decision = decide(empty(), add("tue 16:30-17", "ad-hoc"), moment("tue 16:40"), "new")
    assert decision.refused
    assert fixes(decision)
    assert all(fix.edit.day > W48.day(2) for fix in fixes(decision) if isinstance(fix.edit, AddBlock))


def test_no_fix_is_offered_twice() -> None:
    decision = decide(empty(), add("mon 16-17", "decision"), SUNDAY, "new")
    words = [fix.words for fix in fixes(decision)]
    assert len(words) == len(set(words)) > 1


def test_the_rest_of_a_box_is_no_place_for_much_more() -> None:
    snapshot = after(empty(), add("mon 13-13:45", "architecture-review"))
    decision = decide(snapshot, add("mon 13-13:45", "architecture-review"), SUNDAY, "new")
    found = [fix.edit for fix in fixes(decision) if isinstance(fix.edit, AddBlock)]
    assert found
    assert all(edit.end - edit.start == 45 for edit in found)


def test_leaving_a_box_where_it_was_does_not_come_before_a_better_place() -> None:
    move = MoveBlock("wed-messages@2026-11-25", W48.day(3), W48.day(4), 630)
    decision = decide(empty(), move, SUNDAY, "new")
    gains = [fix.focus_gain_minutes for fix in fixes(decision)]
    assert decision.refused
    assert gains == sorted(gains, reverse=True)
    assert gains[0] == 150


def test_one_box_is_offered_twice_at_most_however_many_weeks_have_it() -> None:
    decision = decide(empty(), add("tue 14:00-15:00", "architecture-review"), SUNDAY, "new")
    offered = [
        (fix.edit.day.weekday(), fix.edit.start) for fix in fixes(decision) if isinstance(fix.edit, AddBlock)
    ]
    assert len(offered) >= 2
    assert max(map(offered.count, offered)) <= ALIKE


def test_a_meeting_whose_only_box_is_taken_in_every_week_may_be_handled_in_writing() -> None:
    quiet = empty(week_theme=theme("no-meeting-wednesday"))
    taken = after(quiet, add("mon 9-10", kind="async", repeat=Repeat()))
    found = decide(taken, add("fri 14-14:30", "em-1-1"), SUNDAY, "new")
    assert found.refused
    assert titles(found)[0] == "Handle it in writing: Mon 23 Nov 11:15–11:45, Read and answer messages"
    for fix in fixes(found):
        assert works(taken, fix, SUNDAY)
