from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.config.catalog import shipped_themes
from techlead_tui.core.balance import focus_minutes, planned, recurring_meetings, wanted_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.rules import RULES, violations
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.week import Week
from tests.config.texts import shipped, types

IDS = sorted(path.stem for path in Path(shipped_themes()).glob("*.toml"))
W48 = IsoWeek(2026, 48)
NOW = datetime(2026, 11, 22, tzinfo=UTC)


def snapshot(theme_id: str) -> Snapshot:
    """A theme's empty weeks: W48 and the four after it."""
    return Snapshot(
        seq=0,
        zone=ZoneInfo("Europe/Berlin"),
        types=types(),
        themes={theme_id: shipped(theme_id)},
        default_theme=theme_id,
        buckets={OPEN: {}, **{str(W48.shift(weeks)): {} for weeks in range(5)}},
    )


def week(theme_id: str) -> Week:
    return snapshot(theme_id).week(W48)


def test_there_is_a_week_for_most_leads() -> None:
    assert {"maker-week", "four-day", "on-call", "no-meeting-wednesday", "hands-on-30"} <= set(IDS)


def test_the_reference_week_has_its_figures() -> None:
    maker = week("maker-week")
    assert len(maker.blocks) == 22
    assert maker.working_minutes == 35 * 60
    assert focus_minutes(maker) == 22 * 60
    assert planned(maker) == {"hands_on": 27 * 60, "mentorship": 30, "communication": 300, "other": 150}
    assert len(recurring_meetings(maker)) == 5


def test_the_reference_week_names_every_rule() -> None:
    text = Path(shipped_themes(), "maker-week.toml").read_text(encoding="utf-8")
    assert RULES
    for rule in RULES:
        assert f'\n{rule.ID} = "{rule.DEFAULT}"' in text


@pytest.mark.parametrize("theme_id", IDS)
def test_a_shipped_week_breaks_none_of_our_rules(theme_id: str) -> None:
    found = violations(week(theme_id), NOW)
    assert [violation for violation in found if violation.severity != "note"] == []
    assert theme_id == "maker-week" or not found


@pytest.mark.parametrize("theme_id", IDS)
def test_a_shipped_week_keeps_its_own_promises(theme_id: str) -> None:
    theme, plan = shipped(theme_id), week(theme_id)
    assert focus_minutes(plan) >= wanted_minutes(plan)[0]
    share = planned(plan)["communication"] * 100 / plan.working_minutes
    assert share <= theme.limits.communication_percent
    assert len(recurring_meetings(plan)) <= theme.limits.recurring_meetings
    assert theme.description.endswith(".")
    assert len(theme.title) <= 24
    assert all(len(day.title) <= 9 for day in theme.days)  # stands beside the date in the grid


@pytest.mark.parametrize("theme_id", IDS)
@pytest.mark.parametrize("type_id", ["status", "decision", None])
@pytest.mark.few(2)
def test_a_refused_meeting_is_always_offered_another_place(theme_id: str, type_id: str | None) -> None:
    length = 30 if type_id == "decision" else 60
    edits = [
        AddBlock("Budget", W48.day(day.weekday), hour * 60, hour * 60 + length, "meeting", type_id)
        for day in shipped(theme_id).days
        for hour in (10, 12)
    ]
    decisions = [decide(snapshot(theme_id), edit, NOW, "new") for edit in edits]
    refused = [decision for decision in decisions if decision.refused]
    assert refused
    assert all(decision.violations[0].fixes for decision in refused)


@pytest.mark.parametrize("theme_id", IDS)
def test_a_shipped_week_has_room_for_a_meeting_of_an_hour(theme_id: str) -> None:
    optional = [box for box in shipped(theme_id).boxes if box.optional]
    assert any(box.end - box.start >= 60 for box in optional)
    assert any(box.kind == "async" for box in shipped(theme_id).boxes)
