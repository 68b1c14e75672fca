"""Focus time: against minute by minute, and where stretches end or are given back."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from techlead_tui.core.balance import (
    actual,
    deep_spans,
    focus_cost,
    focus_minutes,
    focus_spans,
    meetings,
    percents,
    planned,
    recurring_meetings,
    wanted_minutes,
    without,
)
from techlead_tui.core.edits import FinishBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.series import Repeat
from techlead_tui.core.span import total
from techlead_tui.core.text import times
from techlead_tui.core.week import Block, Session, Week
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

    def test_a_meeting_that_has_ended_was_held_up_to_its_hard_end(self) -> None:
        assert actual(week_with(), moment("mon 09:29"))["communication"] == 0
        assert actual(week_with(), moment("mon 09:30"))["communication"] == 30
        assert actual(week_with(), moment("mon 11:00"))["communication"] == 30 + 60

    def test_a_skipped_meeting_was_not(self) -> None:
        mon = day("mon")
        week = week_with(FinishBlock(f"team-sync@{mon}", mon, "skipped"))
        assert actual(week, moment("mon 11:00"))["communication"] == 30

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
            "communication": 30 + 60 + 45 + 60,
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


HOUR = 60


def on(week: Week, name: str) -> list[str]:
    return [times(span) for span in focus_spans(week)[0] if span.start.date() == day(name)]


def test_lunch_ends_a_stretch() -> None:
    assert on(week_with(), "tue") == ["09:00–12:00", "13:00–16:00"]


def test_a_stretch_below_two_hours_is_no_focus_time() -> None:
    week = week_with()
    assert on(week, "wed") == ["13:00–17:00"]
    assert "09:00–10:30" in [times(span) for span in focus_spans(week)[1]]


def test_a_meeting_takes_the_halves_that_it_leaves() -> None:
    assert on(week_with(add("tue 14:30-15:00")), "tue") == ["09:00–12:00"]


def test_a_skipped_meeting_takes_nothing() -> None:
    snapshot_week = week_with(add("tue 14:30-15:00"))
    uid = next(block.uid for block in snapshot_week.blocks if block.source == "own")
    skipped = snapshot_week._replace(
        blocks=tuple(
            block._replace(status="skipped") if block.uid == uid else block for block in snapshot_week.blocks
        )
    )
    assert focus_minutes(skipped) == 22 * HOUR


def test_own_deep_work_joins_the_boxes() -> None:
    week = week_with(RemoveBlock(f"questions@{day('tue')}", day("tue")))
    assert on(week, "tue")[1] == "13:00–17:00"
    late = week_with(add("wed 17-18", "code"))
    assert on(late, "wed") == ["13:00–18:00"]


def test_own_work_over_lunch_does_not_bridge_it() -> None:
    assert on(week_with(add("tue 11-14", "code")), "tue") == ["09:00–12:00", "13:00–16:00"]


def test_a_moved_box_gives_its_gap_back() -> None:
    wed = day("wed")
    week = week_with(MoveBlock(f"wed-messages@{wed}", wed, wed, 540))
    assert on(week, "wed") == ["09:30–12:00", "13:00–17:00"]
    assert focus_minutes(week) == 24 * HOUR + 30


def test_a_skipped_box_gives_its_gap_back() -> None:
    thu = day("thu")
    assert on(week_with(FinishBlock(f"stakeholder@{thu}", thu, "skipped")), "thu")[1] == "13:00–17:00"


def test_a_gap_at_the_edge_of_the_day_belongs_to_nothing() -> None:
    fri = day("fri")
    assert on(week_with(RemoveBlock(f"wrap-up@{fri}", fri)), "fri")[0] == "10:00–12:00"


def test_an_optional_box_that_is_used_for_work_is_deep_work() -> None:
    assert on(week_with(add("mon 16-17", "code")), "mon") == ["14:00–17:00"]


def test_an_optional_box_gives_way_to_work_across_its_edge() -> None:
    assert on(week_with(add("mon 15-17", "code")), "mon") == ["14:00–17:00"]
    assert on(week_with(add("mon 15-16:30", "code")), "mon") == ["14:00–16:30"]
    afternoon = f"mon-afternoon@{day('mon')}"
    assert on(week_with(MoveBlock(afternoon, day("mon"), day("mon"), 15 * HOUR)), "mon") == ["15:00–17:00"]


def test_leave_leaves_nothing() -> None:
    assert on(week_with(SetDay(day("wed"), "leave"), add("wed 9-12", "code")), "wed") == []
    assert on(week_with(add("tue 9-11", kind="leave")), "tue") == ["13:00–16:00"]


def test_what_is_wanted_shrinks_with_leave() -> None:
    assert wanted_minutes(week_with()) == (900, 1200)
    assert wanted_minutes(week_with(SetDay(day("wed"), "leave"))) == (720, 960)
    whole = week_with(*(SetDay(day(name), "leave") for name in ("mon", "tue", "wed", "thu", "fri")))
    assert wanted_minutes(whole) == (0, 0)


class TestCost:
    def test_a_budget_sync_costs_three_hours(self) -> None:
        week = week_with(add("tue 14:30-15:00"))
        block = next(block for block in week.blocks if block.source == "own")
        assert focus_cost(week, block) == 180

    def test_a_place_outside_of_focus_time_costs_nothing(self) -> None:
        week = week_with(add("mon 16-17"))
        block = next(block for block in week.blocks if block.source == "own")
        assert focus_cost(week, block) == 0

    def test_a_box_in_its_place_costs_what_skipping_it_would_give(self) -> None:
        week = week_with()
        messages = week.block(f"wed-messages@{day('wed')}")
        assert messages is not None
        assert focus_cost(week, messages) == 180

    def test_a_moved_box_costs_against_its_own_place(self) -> None:
        thu = day("thu")
        worse = week_with(MoveBlock(f"stakeholder@{thu}", thu, thu, 14 * HOUR))
        moved = worse.block(f"stakeholder@{thu}")
        assert moved is not None
        assert focus_cost(worse, moved) == 0  # 13–14 and 15–17 instead of 13–15 and 16–17
        bad = week_with(MoveBlock(f"stakeholder@{thu}", thu, day("tue"), 10 * HOUR))
        elsewhere = bad.block(f"stakeholder@{thu}")
        assert elsewhere is not None
        assert focus_cost(bad, elsewhere) == 60  # 3 h on Tuesday, less the 2 h that Thursday wins


DAYS = ("mon", "tue", "wed", "thu", "fri", "sat")
PLACES = st.tuples(
    st.sampled_from(DAYS), st.integers(0, 95), st.integers(1, 40), st.sampled_from(["deep_work", "meeting"])
)


@settings(max_examples=6)
@given(st.lists(PLACES, max_size=6), st.sampled_from(DAYS), st.integers(0, 80))
def test_a_block_costs_what_the_whole_week_would_win_without_it(
    places: list[tuple[str, int, int, str]], name: str, start: int
) -> None:
    thu = day("thu")
    week = week_with(MoveBlock(f"stakeholder@{thu}", thu, day(name), 15 * start), add("mon 18-19", "code"))
    (mine,) = (block for block in week.blocks if block.source == "own")
    more = []
    for number, (on, begin, length, kind) in enumerate(places):  # over midnight, as those of other zones
        begun = moment(f"{on} 0:00") + timedelta(minutes=15 * begin)
        ended = begun + timedelta(minutes=15 * length)
        more.append(mine._replace(uid=f"own{number}", start=begun, end=ended, kind=kind))
    week = week._replace(blocks=tuple(sorted((*week.blocks, *more), key=lambda block: block.start)))
    for block in week.blocks:
        assert focus_cost(week, block) == focus_minutes(without(week, block.uid)) - focus_minutes(week)


@st.composite
def blocks(draw: st.DrawFn) -> list[Block]:
    """Own blocks anywhere on Monday and Tuesday."""
    out = []
    for number in range(draw(st.integers(0, 5))):
        start = draw(st.integers(32, 70)) * 15
        length = draw(st.integers(1, 12)) * 15
        kind = draw(st.sampled_from(["deep_work", "meeting", "async", "leave"]))
        name = draw(st.sampled_from(["mon", "tue"]))
        edit = add("mon 9-10", None, kind=kind)
        edit = edit._replace(day=day(name), start=start, end=start + length)
        week = week_with(edit)
        found = next(block for block in week.blocks if block.source == "own")
        out.append(found._replace(uid=f"own{number}"))
    return out


def by_the_minute(week: Week) -> int:
    """Focus minutes of a week without moved or skipped boxes, minute by minute."""
    zero = datetime.combine(week.key.monday, datetime.min.time(), week.blocks[0].start.tzinfo)
    deep = [False] * (7 * 24 * HOUR)

    def paint(start: datetime, end: datetime, value: bool) -> None:
        first, last = (int((moment - zero).total_seconds()) // 60 for moment in (start, end))
        deep[first:last] = [value] * (last - first)

    live = week.live
    for block in live:
        if block.kind == "deep_work" and block.source == "theme":
            paint(block.start, block.end, True)
    for block in live:
        if block.kind not in ("deep_work", "leave") and block.source == "theme":
            paint(block.start, block.end, False)
    for block in live:
        if block.kind == "deep_work" and block.source == "own":
            standing = [
                other
                for other in live
                if other.source == "theme" and other.kind != "deep_work" and not other.optional
            ]
            for minute in range(block.planned_minutes):
                at = block.start + timedelta(minutes=minute)
                if not any(other.span.holds(at) for other in standing):
                    paint(at, at + timedelta(minutes=1), True)
    for block in live:
        if block.kind not in ("deep_work",) and block.source == "own":
            paint(block.start, block.end, False)
    for each in week.days:
        if each.lunch is not None:
            paint(each.lunch.start, each.lunch.end, False)
    runs, run = 0, 0
    for value in [*deep, False]:
        if value:
            run += 1
        else:
            runs += run if run >= week.theme.limits.focus_minutes else 0
            run = 0
    return runs


@given(blocks())
def test_focus_is_what_counting_minutes_gives(own: list[Block]) -> None:
    plain = empty().week(W48)
    week = plain._replace(blocks=(*plain.blocks, *own))
    assert focus_minutes(week) == by_the_minute(week)


@given(blocks())
def test_stretches_are_sorted_and_apart(own: list[Block]) -> None:
    plain = empty().week(W48)
    spans = deep_spans(plain._replace(blocks=(*plain.blocks, *own)))
    assert spans
    assert all(one.end < other.start for one, other in itertools.pairwise(spans))
    assert all(span.minutes > 0 for span in spans)
