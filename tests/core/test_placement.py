"""Free time: where a block would stand without costing focus time or breaking a rule."""

from __future__ import annotations

from datetime import timedelta

import pytest

from techlead_tui.core.calendar import DAY, minute_of
from techlead_tui.core.edits import MoveBlock
from techlead_tui.core.judge import judge
from techlead_tui.core.placement import free, loss, places
from techlead_tui.core.records import block_record
from techlead_tui.core.week import block_of
from tests.core.weeks import SUNDAY, W48, add, after, empty, moment, theme

NEXT = W48.shift(1)


def test_the_optional_box_is_free_and_costs_nothing() -> None:
    first = free(empty(), [W48], 60, SUNDAY)[0]
    assert (first.start, first.where, first.focus_cost_minutes) == (moment("mon 16:00"), "Cross-team sync", 0)


def test_the_least_focus_cost_comes_first_then_the_soonest() -> None:
    slots = free(empty(), [W48, NEXT], 60, SUNDAY)
    order = [(slot.focus_cost_minutes, slot.start) for slot in slots]
    assert order == sorted(order)
    assert len(slots) > 3


@pytest.mark.parametrize(
    ("kind", "type_id"), [("meeting", None), ("meeting", "pairing"), ("deep_work", "code")]
)
def test_no_slot_is_refused(kind: str, type_id: str | None) -> None:
    snapshot = after(empty(), add("mon 16-16:30"))
    slots = free(snapshot, [W48, NEXT], 30, SUNDAY, kind=kind, type_id=type_id)
    assert slots
    for slot in slots:
        edit = add("mon 9-10", type_id)._replace(
            kind=kind, day=slot.start.date(), start=minute_of(slot.start), end=minute_of(slot.end)
        )
        introduced = judge(snapshot, edit, SUNDAY, "x").introduced
        assert not [each for each in introduced if each.severity == "refuse"]
        assert slot.end > slot.start


def test_what_is_taken_is_not_free() -> None:
    snapshot = after(empty(), add("mon 16-16:30"))
    assert free(snapshot, [W48], 30, SUNDAY)[0].start == moment("mon 16:30")


def test_the_free_time_of_a_weekday_is_what_all_free_time_has_of_it() -> None:
    slots = free(empty(), [W48, NEXT], 30, SUNDAY, most=200)
    fridays = tuple(slot for slot in slots if slot.start.isoweekday() == 5)
    assert fridays
    assert free(empty(), [W48, NEXT], 30, SUNDAY, most=200, weekday=5) == fridays


def test_the_past_is_not_free() -> None:
    slots = free(empty(), [W48], 30, moment("wed 10:00"))
    assert slots
    assert all(slot.start >= moment("wed 10:00") for slot in slots)


def test_work_finds_its_own_boxes() -> None:
    slots = free(empty(), [W48], 120, SUNDAY, kind="deep_work", type_id="code")
    assert (slots[0].start, slots[0].focus_cost_minutes) == (moment("mon 15:00"), -60)
    assert slots[1].start == moment("mon 14:00")
    assert all(slot.focus_cost_minutes == 0 for slot in slots[1:])


def test_what_fits_nowhere_has_no_slot() -> None:
    assert free(empty(), [W48], 400, SUNDAY) == ()


@pytest.mark.parametrize("kind", ["meeting", "async", "window", "deep_work"])
@pytest.mark.parametrize("minutes", [30, 90])
def test_a_place_costs_what_the_week_with_the_block_has_less(kind: str, minutes: int) -> None:
    week = after(empty(), add("mon 16-16:30"), add("wed 13:30-14:30", "code")).week(W48)
    record = block_record(uid="x", summary="", kind=kind, type=None, start=0, end=minutes, zone=None)
    block = block_of(record, SUNDAY, SUNDAY + timedelta(minutes=minutes), week.types)
    found = list(places(week, block, DAY, SUNDAY))
    assert found
    assert [place.loss_minutes for place in found] == [loss(week, place.block) for place in found]
    assert any(place.loss_minutes for place in found) or kind == "deep_work"


def test_only_as_many_as_asked() -> None:
    assert len(free(empty(), [W48, NEXT], 30, SUNDAY, most=2)) == 2


def test_a_box_under_an_optional_one_that_was_moved_is_still_room_for_its_type() -> None:
    tuesday, thursday = W48.day(2), W48.day(4)
    plain = empty(week_theme=theme("two-time-zones"))
    moved = after(plain, MoveBlock(f"cross-team@{tuesday}", tuesday, thursday, 15 * 60, 17 * 60))
    slots = free(moved, [W48], 30, SUNDAY, kind="window", type_id="ad-hoc")
    assert ("Questions and pairing", moment("thu 15:30")) in {(slot.where, slot.start) for slot in slots}


@pytest.mark.parametrize(("kind", "type_id"), [("meeting", None), ("deep_work", "code")])
def test_an_optional_box_is_room_where_it_was_moved_to(kind: str, type_id: str | None) -> None:
    tuesday, monday = W48.day(2), W48.day(1)
    plain = empty(week_theme=theme("no-meeting-wednesday"))
    moved = after(plain, MoveBlock(f"cross-team@{tuesday}", tuesday, monday, 15 * 60))
    slots = free(moved, [W48], 45, SUNDAY, kind=kind, type_id=type_id, most=50)
    assert ("Cross-team sync", moment("mon 15:00")) in {(slot.where, slot.start) for slot in slots}
