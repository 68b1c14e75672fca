"""The user's own figures of four weeks, a sentence each."""

from __future__ import annotations

from techlead_tui.core.edits import AnswerCheck
from techlead_tui.core.figures import figures, figures_weeks
from techlead_tui.core.playbook import FIGURES
from techlead_tui.core.session import LogSession
from tests.core.weeks import W48, add, after, empty, moment

NOW = moment("thu 14:00")
FIRST = W48.shift(-3)


def logged(start: str, end: str, pattern: str | None = None, category: str = "hands_on") -> LogSession:
    begin, until = moment(start), moment(end)
    return LogSession(
        summary="pool",
        start=begin.isoformat(),
        end=until.isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
        pattern=pattern,
        category=category,
    )


def test_they_are_about_this_week_and_the_three_before() -> None:
    assert [str(week) for week in figures_weeks(W48)] == ["2026-W45", "2026-W46", "2026-W47", "2026-W48"]


def test_a_week_that_is_only_planned_tells_its_plan() -> None:
    assert figures(empty(FIRST), W48, NOW) == {
        "split": "77 % hands-on, 1 % mentorship, 14 % communication of the time planned this week",
        "communication": "14 % of this week is communication; more than 20 % is an alarm",
        "deep_work": "27 h of deep work this week: 0 h done, 7 h left",
        "recurring": "5 recurring meetings this week, 5 at most",
        "stage": "focus time of the last 4 weeks: 22 h, 22 h, 22 h, 22 h",
        "not_worth_it": "no meetings this week of a kind that is not worth it",
        "fragments": "5 stretches of deep work too short for focus",
        "overrides": "no overridden refusals in 4 weeks",
        "patterns": "sessions in 4 weeks: lead 0, spike 0, refactor 0, pair 0",
        "reviews": "no review logged in 4 weeks",
        "check": "no Friday check answered in 4 weeks",
        "async": "1.5 h for reading and writing this week",
    }


def test_what_was_done_and_kept_against_the_rules_is_counted() -> None:
    snapshot = after(
        empty(FIRST),
        add("tue 9-10", "status", summary="Numbers", override="the CFO visits"),
        add("wed 14-15", "status", summary="Numbers", override="the CFO visits"),
        add("thu 9-10", "status", summary="Budget", override="the CFO visits"),
        logged("tue 9:00", "tue 11:00", "lead"),
        logged("tue 11:00", "tue 12:00", "review"),
        logged("wed 9:00", "wed 10:00", "lead", "mentorship"),
        AnswerCheck(W48.shift(-1), {"code": True, "team": False}),
        AnswerCheck(W48, {"code": True, "depth": True}),
        now=NOW,
    )
    found = figures(snapshot, W48, NOW)
    assert found.keys() == FIGURES.keys()
    assert found["split"] == (
        "14 % hands-on, 5 % mentorship, 82 % communication of the time recorded in 4 weeks"
    )
    assert found["deep_work"] == "24 h of deep work this week: 3 h done, 7 h left"
    assert found["not_worth_it"] == "3 meetings this week of a kind that is not worth it: Numbers and Budget"
    assert found["overrides"] == "3 overridden refusals in 4 weeks"
    assert found["patterns"] == "sessions in 4 weeks: lead 2, spike 0, refactor 0, pair 0"
    assert found["reviews"] == "1 h logged as review in 4 weeks"
    assert found["check"] == "Friday checks: 1 of 5 in 2026-W47, 2 of 5 in 2026-W48"
