"""Where on the way into the trap a lead stands (M2): hand-made histories for each stage, none and unknown."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.decide import decide
from techlead_tui.core.drift import Drift, drift, weeks_needed
from techlead_tui.core.edits import AddBlock, Edit, FinishBlock, SetDay
from techlead_tui.core.evidence import Commit
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import OPEN, Snapshot
from tests.core.weeks import W48, ZONE, after, empty, minute, moment, theme

NOW = moment("wed 11:00")
LONG_AGO = datetime.combine(W48.shift(-20).monday, datetime.min.time(), ZONE)
DAYS = ("mon", "tue", "wed", "thu", "fri")


def stored(*edits: Edit, since: datetime = LONG_AGO, now: datetime = NOW) -> Snapshot:
    base = empty()._replace(buckets={OPEN: {}, **{str(week): {} for week in weeks_needed(W48)}})
    return after(base._replace(since=since, this=IsoWeek.of(now.date())), *edits, now=now)


def meeting(weeks: int, day: str, span: str, type_id: str | None = "status", title: str = "Sync") -> AddBlock:
    start, _, end = span.partition("-")
    where = W48.shift(weeks).day(DAYS.index(day) + 1)
    return AddBlock(title, where, minute(start), minute(end), "meeting", type_id, override="asked to")


def coded(weeks: int, day: str = "tue", pattern: str | None = None, category: str = "hands_on") -> LogSession:
    key = W48.shift(weeks)
    return LogSession(
        summary="pool fix",
        start=moment(f"{day} 9:30", key).isoformat(),
        end=moment(f"{day} 11:30", key).isoformat(),
        week=str(key),
        zone="Europe/Berlin",
        pattern=pattern,
        category=category,
    )


def commit(weeks: int, day: str = "tue", shipped: bool = True) -> Commit:
    when = moment(f"{day} 12:00", W48.shift(weeks))
    return Commit(f"c{weeks}{day}", "payments", when, "pool fix", 40, 10, shipped)


def full(weeks: int, hours: str = "9:00-17:00") -> list[Edit]:
    """A week of meetings from Tuesday to Thursday."""
    return [meeting(weeks, day, hours) for day in ("tue", "wed", "thu")]


def placed(
    *edits: Edit, commits: Iterable[Commit] = (), git_since: date | None = None, **more: datetime
) -> Drift:
    now = more.get("now", NOW)
    return drift(stored(*edits, **more), now, tuple(commits), git_since)


WORKS = [coded(weeks) for weeks in range(-8, 1)]
GIT = W48.shift(-12).monday


def test_a_designed_week_with_code_in_it_is_healthy() -> None:
    found = placed(*WORKS, coded(0, "mon"))
    assert found.stage == 0
    assert found.back == ()
    assert any("within the 20 %" in line for line in found.evidence)
    assert {stage for _, stage in found.history[-8:]} == {0}


def test_communication_above_the_alarm_is_the_first_stage() -> None:
    found = placed(*WORKS, meeting(-1, "thu", "9:00-12:00"), meeting(-1, "wed", "9:00-12:00"))
    assert found.stage == 1
    assert "above the 20 %" in found.evidence[0]


def test_a_plan_above_the_alarm_is_the_first_stage_and_says_that_it_is_planned() -> None:
    found = placed(*WORKS, meeting(0, "thu", "9:00-12:00"), meeting(0, "fri", "10:00-12:00"))
    assert found.stage == 1
    assert "planned" in found.evidence[0]


def three_a_day(weeks: int) -> list[Edit]:
    spans = ("9:00-9:15", "10:00-10:15", "11:00-11:15")
    return [meeting(weeks, day, span, "decision") for day in ("tue", "wed", "thu") for span in spans]


def test_days_of_meetings_in_two_weeks_are_the_second_stage() -> None:
    assert placed(*WORKS, *three_a_day(-1)).stage != 2
    found = placed(*WORKS, *three_a_day(-1), *three_a_day(-2))
    assert found.stage == 2
    assert "3 or more meetings on 4 days of 2026-W47" in found.evidence


def test_a_full_calendar_without_a_shipped_commit_is_the_third_stage() -> None:
    busy = [*full(-1), *full(-2), *full(0)]
    found = placed(*WORKS, *busy, commits=[commit(-4), commit(-1, shipped=False)], git_since=GIT)
    assert found.stage == 3
    assert found.evidence[0] == "no shipped commit in 10 working days"
    assert found.evidence[1].startswith("communication ")
    assert found.evidence[1].endswith(" % of the last two weeks")
    assert placed(*WORKS, *busy, commits=[commit(-1)], git_since=GIT).stage != 3


def test_prep_time_without_a_shipped_commit_is_the_third_stage() -> None:
    prep = AddBlock("Prep for the board", W48.shift(-1).day(2), 540, 600, "planning", None)
    found = placed(*WORKS, prep, commits=[commit(-4)], git_since=GIT)
    assert (found.stage, found.evidence[1]) == (3, "time is booked to prepare meetings")
    assert placed(*WORKS, commits=[commit(-4)], git_since=GIT).stage == 0


def test_without_git_the_log_tells_whether_code_was_written() -> None:
    busy = [*full(-1), *full(-2)]
    assert placed(coded(-5), coded(-1, pattern="review"), *busy).stage == 3
    assert placed(coded(-1), *busy).stage != 3


def test_no_session_and_no_commit_for_a_month_is_the_fourth_stage() -> None:
    found = placed(coded(-8), commits=[commit(-6)], git_since=GIT)
    assert found.stage == 4
    assert "20 working days or more" in found.evidence[0]
    assert placed(coded(-8)).stage == 4
    assert placed(coded(-8), commits=[commit(-2)], git_since=GIT).stage == 0
    assert placed(coded(-2), commits=[commit(-6)], git_since=GIT).stage == 0


def test_a_fresh_home_is_unknown_and_accuses_nobody() -> None:
    for since in (NOW, moment("mon 8:00"), moment("thu 9:00", W48.shift(-1))):
        found = placed(*full(0), since=since)
        assert found.stage is None
        assert found.back == ()
        assert {stage for _, stage in found.history} == {None}


def test_repositories_without_a_commit_of_ones_own_accuse_nobody_in_a_fresh_home() -> None:
    found = placed(since=NOW, commits=[], git_since=GIT)
    assert found.stage is None
    assert "hold all your addresses" in found.evidence[1]
    assert placed(coded(-8), since=moment("mon 8:00", W48.shift(-9)), git_since=GIT).stage == 4


def test_git_alone_can_tell() -> None:
    assert placed(since=NOW, commits=[commit(-1)], git_since=GIT).stage == 0
    assert placed(since=NOW, commits=[commit(-6)], git_since=GIT).stage == 4
    assert placed(since=NOW, commits=[], git_since=W48.shift(-1).monday).stage is None


@pytest.mark.parametrize("kind", ["leave", "on-call"])
def test_leave_and_days_on_call_are_no_evidence(kind: str) -> None:
    away = [SetDay(W48.shift(weeks).day(n), kind) for weeks in range(-5, 0) for n in range(1, 6)]
    assert placed(coded(-6), *away).stage == 0
    assert placed(coded(-6)).stage == 4


def test_busy_days_are_scaled_to_a_short_week() -> None:
    two = [edit for edit in three_a_day(-1) if edit.day and edit.day.isoweekday() < 4]
    two += [edit for edit in three_a_day(-2) if edit.day and edit.day.isoweekday() < 4]
    away = [SetDay(W48.shift(weeks).day(n), "leave") for weeks in (-1, -2) for n in (4, 5)]
    mondays_quiet = [
        FinishBlock(f"{box.id}@{W48.shift(weeks).day(1)}", W48.shift(weeks).day(1), "skipped")
        for weeks in (-1, -2)
        for box in theme().boxes
        if box.weekday == 1 and box.kind == "meeting"
    ]
    assert placed(*WORKS, *two, *mondays_quiet).stage != 2
    assert placed(*WORKS, *two, *mondays_quiet, *away).stage == 2


def test_a_gap_is_no_backlog() -> None:
    """One day of work after months is enough, and the weeks of the gap accuse nobody."""
    found = placed(coded(-12), coded(0, "mon"))
    assert found.stage == 0
    assert {stage for _, stage in found.history[2:]} == {None}
    assert "60" not in " ".join(placed(coded(-12)).evidence)


def test_what_comes_after_a_week_does_not_change_what_its_end_was() -> None:
    monday = [coded(-6), coded(-1, "mon")]
    for commits in ([], [commit(-1, "mon")]):
        history = dict(
            placed(
                *monday,
                AddBlock("x", W48.shift(-2).day(2), 540, 600, "deep_work", "code"),
                commits=commits,
                git_since=GIT,
            ).history
        )
        assert history[W48.shift(-2)] == 4
        assert history[W48.shift(-1)] == 0


def test_what_leads_back_is_accepted_by_the_week_and_runs_as_a_command() -> None:
    busy = [*full(0, "14:00-15:00"), *full(-1), *full(-2)]
    for edits in ([*WORKS, *busy], [coded(-8)]):
        snapshot = stored(*edits)
        found = drift(snapshot, NOW)
        assert found.stage
        assert found.back
        for fix in found.back:
            decision = decide(snapshot, fix.edit, NOW, "x")
            assert not decision.refused
            assert decision.changes
            assert fix.words[0] in ("add", "done")


def test_what_leads_back_to_code_is_a_small_change() -> None:
    found = drift(stored(coded(-8)), NOW)
    edit = found.back[0].edit
    assert isinstance(edit, AddBlock)
    assert (edit.kind, edit.type) == ("deep_work", "code")
    assert at(edit.day, edit.start, ZONE) >= NOW


def test_a_weekly_meeting_is_offered_one_week_at_a_time() -> None:
    series = meeting(-3, "thu", "14:00-16:00")._replace(repeat=Repeat(weeks=1))
    found = drift(stored(*WORKS, series, *full(0, "9:00-11:00")), NOW)
    assert found.stage
    skipped = [fix.edit for fix in found.back if isinstance(fix.edit, FinishBlock)]
    assert skipped
    assert all(edit.status == "skipped" for edit in skipped)


def test_the_clock_may_stand_anywhere_in_the_week() -> None:
    for hours in range(0, 24 * 7, 13):
        now = at(W48.monday, 0, ZONE) + timedelta(hours=hours)
        assert drift(stored(*WORKS, now=now), now).stage == 0
