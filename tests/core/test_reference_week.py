"""The reference week to the figure (M6): what the shipped theme amounts to."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.core.balance import (
    deep_spans,
    focus_minutes,
    meetings,
    percent,
    planned,
    recurring_meetings,
)
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.lint import lint
from techlead_tui.core.rules import violations
from techlead_tui.core.span import total
from tests.core.weeks import SUNDAY, W48, add, empty

WEEK = empty().week(W48)


def test_it_has_twenty_two_blocks_and_thirty_five_hours() -> None:
    assert len(WEEK.blocks) == 22
    assert WEEK.working_minutes == 35 * 60
    assert total(block.span for block in WEEK.blocks) == 35 * 60


def test_its_minutes_by_category() -> None:
    assert planned(WEEK) == {
        "hands_on": 27 * 60,
        "mentorship": 30,
        "communication": 5 * 60,
        "other": 150,
    }
    assert percent(planned(WEEK)["communication"], WEEK) == 14


def test_its_deep_work_and_its_focus_time() -> None:
    assert total(deep_spans(WEEK)) == 27 * 60
    assert focus_minutes(WEEK) == 22 * 60


def test_it_has_exactly_five_recurring_meetings() -> None:
    assert [block.uid.partition("@")[0] for block in recurring_meetings(WEEK)] == [
        "architecture-review",
        "cross-team",
        "em-1-1",
        "stakeholder",
        "team-sync",
    ]
    assert len(meetings(WEEK)) == 5


def test_nothing_in_it_is_worse_than_a_note() -> None:
    assert {each.severity for each in violations(WEEK, SUNDAY)} == {"note"}
    assert {each.severity for each in lint(empty(), W48, SUNDAY)} == {"note"}


def test_the_budget_sync_costs_three_hours() -> None:
    decision = decide(empty(), add("tue 14:30-15:00"), SUNDAY, "x")
    assert decision.refused
    assert decision.focus_delta_minutes == -180
    assert decision.violations[0].focus_cost_minutes == 180


@pytest.mark.parametrize(
    ("zone", "key"),
    [
        ("Europe/Berlin", IsoWeek(2026, 13)),
        ("Europe/Berlin", IsoWeek(2026, 43)),
        ("America/New_York", IsoWeek(2026, 10)),
        ("Africa/Cairo", IsoWeek(2026, 17)),  # the clocks change on the Friday
        ("Africa/Cairo", IsoWeek(2026, 44)),
        ("Australia/Lord_Howe", IsoWeek(2026, 40)),  # by half an hour
        ("UTC", IsoWeek(2026, 53)),
    ],
)
def test_it_is_the_same_in_every_week(zone: str, key: IsoWeek) -> None:
    week = empty(key, ZoneInfo(zone)).week(key)
    assert len(week.blocks) == 22
    assert week.working_minutes == 35 * 60
    assert focus_minutes(week) == 22 * 60
    assert planned(week)["communication"] == 5 * 60
    assert {(block.start.hour, block.start.minute) for block in week.blocks} == {
        (block.start.hour, block.start.minute) for block in WEEK.blocks
    }


def test_work_across_a_change_of_the_clocks_counts_the_minutes_that_pass() -> None:
    zone, key = ZoneInfo("Europe/Berlin"), IsoWeek(2026, 13)
    now = datetime(2026, 3, 20, tzinfo=UTC)
    edit = add("mon 1-4", "code")._replace(day=key.day(7))
    decision = decide(empty(key, zone), edit, now, "x")
    block = decision.after.week(key).block("x")
    assert block is not None
    assert block.planned_minutes == 120
    assert planned(decision.after.week(key))["hands_on"] == 29 * 60
