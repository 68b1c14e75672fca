"""Planned and actual minutes (M1): each minute once, and only what is so."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from techlead_tui.core.block import Session
from techlead_tui.core.edits import FinishBlock, MoveBlock, Repeat, SetDay
from techlead_tui.core.span import total
from techlead_tui.core.split import actual, meetings, percents, planned, recurring_meetings
from techlead_tui.core.week import Week
from tests.core.weeks import W48, add, after, day, empty, moment, week_with

REFERENCE = {"hands_on": 1620, "mentorship": 30, "communication": 300, "other": 150}


def session(when: str, until: str, category: str = "hands_on", pattern: str | None = None) -> Session:
    start, end = moment(when), moment(until)
    return Session("s" + when, "pool fix", pattern, category, start, end, "Europe/Berlin", None, None, "own")


def logged(week: Week, *sessions: Session) -> Week:
    return week._replace(sessions=sessions)


class TestPlanned:
    def test_what_fills_a_box_changes_nothing(self) -> None:
        week = week_with(add("tue 9-11", "code"), add("mon 13-13:45", "architecture-review"))
        assert planned(week) == REFERENCE

    def test_a_meeting_over_deep_work_takes_its_minutes(self) -> None:
        assert planned(week_with(add("tue 14-15"))) == {**REFERENCE, "hands_on": 1560, "communication": 360}

    def test_work_in_an_optional_meeting_is_work(self) -> None:
        week = week_with(add("mon 16-17", "code"))
        assert planned(week) == {**REFERENCE, "hands_on": 1680, "communication": 240}

    def test_a_box_traded_within_its_day_changes_nothing(self) -> None:
        wed = day("wed")
        assert planned(week_with(MoveBlock(f"wed-messages@{wed}", wed, wed, 540))) == REFERENCE

    def test_leave_counts_for_nothing(self) -> None:
        week = week_with(SetDay(day("mon"), "leave"))
        assert planned(week)["communication"] == 60
        assert week.working_minutes == 28 * 60
        away = week_with(add("mon 9-12", kind="leave"))
        assert planned(away)["communication"] == 180
        assert away.working_minutes == 32 * 60

    @settings(max_examples=60, deadline=None)
    @given(
        st.lists(
            st.tuples(
                st.integers(1, 5),
                st.integers(36, 64),
                st.integers(1, 8),
                st.sampled_from([None, "code", "status", "pairing"]),
            ),
            max_size=5,
        )
    )
    def test_every_minute_counts_once(self, own: list[tuple[int, int, int, str | None]]) -> None:
        edits = [
            add("mon 9-10", type_id)._replace(day=W48.day(weekday), start=at * 15, end=(at + long) * 15)
            for weekday, at, long, type_id in own
        ]
        week = week_with(*edits)
        lunches = [each.lunch for each in week.days if each.lunch is not None]
        whole = total([block.span for block in week.live])
        assert sum(planned(week).values()) == whole
        assert len(lunches) == 5


class TestActual:
    def test_a_week_to_come_has_none(self) -> None:
        assert sum(actual(week_with(), moment("mon 08:00")).values()) == 0

    def test_a_meeting_that_has_ended_was_held(self) -> None:
        assert actual(week_with(), moment("mon 11:00"))["communication"] == 120
        assert actual(week_with(), moment("mon 10:59"))["communication"] == 60

    def test_a_skipped_meeting_was_not(self) -> None:
        mon = day("mon")
        week = week_with(FinishBlock(f"team-sync@{mon}", mon, "skipped"))
        assert actual(week, moment("mon 11:00"))["communication"] == 60

    def test_deep_work_counts_when_it_is_done(self) -> None:
        tue = day("tue")
        assert actual(week_with(), moment("tue 12:00"))["hands_on"] == 0
        done = week_with(FinishBlock(f"tue-morning@{tue}", tue, "done"))
        assert actual(done, moment("tue 12:00"))["hands_on"] == 180

    def test_a_block_with_sessions_counts_what_was_logged(self) -> None:
        tue = day("tue")
        week = week_with(FinishBlock(f"tue-morning@{tue}", tue, "done"))
        week = logged(
            week, session("tue 09:10", "tue 10:00"), session("tue 10:00", "tue 10:30", "mentorship", "pair")
        )
        assert actual(week, moment("tue 12:00")) == {
            "hands_on": 50,
            "mentorship": 30,
            "communication": 120 + 120,
            "other": 0,
        }

    def test_two_sessions_at_once_count_once(self) -> None:
        week = logged(week_with(), session("tue 09:00", "tue 10:00"), session("tue 09:30", "tue 10:30"))
        assert actual(week, moment("tue 12:00"))["hands_on"] == 90


def test_shares_are_of_the_working_time() -> None:
    week = week_with()
    assert percents(planned(week), week) == {
        "hands_on": 77,
        "mentorship": 1,
        "communication": 14,
        "other": 7,
    }
    nothing = after(empty(), *(SetDay(W48.day(n), "leave") for n in range(1, 8))).week(W48)
    assert set(percents(planned(nothing), nothing).values()) == {0}


def test_a_meeting_in_the_box_of_one_is_the_same_meeting() -> None:
    week = week_with(add("mon 13-14", "architecture-review"), add("fri 14-15"))
    assert len(meetings(week)) == 6
    assert len(recurring_meetings(week)) == 5
    series = week_with(add("mon 16-17", "cross-team", repeat=Repeat()), add("fri 14-15", repeat=Repeat()))
    assert len(recurring_meetings(series)) == 6
