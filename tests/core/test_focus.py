"""Focus time: against minute by minute, and where stretches end or are given back."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from techlead_tui.core.block import Block
from techlead_tui.core.cost import focus_cost
from techlead_tui.core.edits import FinishBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.focus import deep_spans, focus_minutes, focus_spans, wanted_minutes
from techlead_tui.core.phrases import times
from techlead_tui.core.week import Week
from tests.core.weeks import W48, add, day, empty, week_with

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


@settings(max_examples=60, deadline=None)
@given(blocks())
def test_focus_is_what_counting_minutes_gives(own: list[Block]) -> None:
    plain = empty().week(W48)
    week = plain._replace(blocks=(*plain.blocks, *own))
    assert focus_minutes(week) == by_the_minute(week)


@settings(max_examples=40, deadline=None)
@given(blocks())
def test_stretches_are_sorted_and_apart(own: list[Block]) -> None:
    plain = empty().week(W48)
    spans = deep_spans(plain._replace(blocks=(*plain.blocks, *own)))
    assert all(one.end < other.start for one, other in itertools.pairwise(spans))
    assert all(span.minutes > 0 for span in spans)
