"""Each rule: a week that breaks it, weeks that do not, and how severe it is."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import techlead_tui.core.rules as package
from techlead_tui.core.edits import FinishBlock, SetDay
from techlead_tui.core.rules import RULES, Rule, outside_box, violations
from techlead_tui.core.theme import SEVERITIES, WeekTheme
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Override, Week
from tests.core.rules.cases import FIRING, QUIET, Case, done, move
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, moment, theme, week_with

BY_ID = {rule.ID: rule for rule in RULES}
REFUSING = {"day-theme", "deep-work", "outside-box", "fixed-box", "type-limit", "lunch", "overlap"}


def found(week: Week, rule: str, case: Case | None = None) -> list[Violation]:
    """Return what a rule finds beyond notes about the theme's own boxes."""
    now = case.now if case else SUNDAY
    return [each for each in violations(week, now) if each.rule == rule and each.severity != "note"]


def severe(rule: str, severity: str) -> WeekTheme:
    plain = theme()
    return plain._replace(severities={**plain.severities, rule: severity})


def test_there_are_fifteen_rules_and_each_has_its_fixtures() -> None:
    assert len(RULES) == len(BY_ID) == 15
    assert set(BY_ID) == set(FIRING) == set(QUIET)
    assert {rule.ID for rule in RULES if rule.DEFAULT == "refuse"} == REFUSING
    assert {rule.DEFAULT for rule in RULES} <= set(SEVERITIES)


@pytest.mark.parametrize("rule", sorted(FIRING))
def test_a_week_that_breaks_the_rule_is_found(rule: str) -> None:
    case = FIRING[rule]
    each = found(case.week(), rule, case)
    assert len(each) == 1, case.says
    assert each[0].severity == BY_ID[rule].DEFAULT
    assert each[0].why == BY_ID[rule].WHY
    assert each[0].message
    assert not each[0].message.endswith(".")


@pytest.mark.parametrize(
    ("rule", "case"),
    [pytest.param(rule, case, id=f"{rule}: {case.says}") for rule, cases in QUIET.items() for case in cases],
)
def test_a_week_that_keeps_the_rule_is_quiet(rule: str, case: Case) -> None:
    assert found(case.week(), rule, case) == []


@pytest.mark.parametrize("rule", sorted(FIRING))
@pytest.mark.parametrize("severity", ["refuse", "warn", "note", "off"])
def test_the_week_theme_says_how_severe_a_rule_is(rule: str, severity: str) -> None:
    case = FIRING[rule]
    week = case.week()._replace(theme=severe(rule, severity))
    each = [one for one in violations(week, case.now) if one.rule == rule]
    subject = [one for one in each if one.severity == severity]
    assert bool(subject) is (severity != "off")
    assert severity != "off" or not each


@pytest.mark.parametrize("rule", sorted(FIRING))
def test_what_the_theme_does_not_name_has_its_default(rule: str) -> None:
    case, plain = FIRING[rule], theme()
    rest = {name: severity for name, severity in plain.severities.items() if name != rule}
    week = case.week()._replace(theme=plain._replace(severities=rest))
    assert found(week, rule, case)[0].severity == BY_ID[rule].DEFAULT


@pytest.mark.parametrize("rule", sorted(REFUSING))
def test_what_was_overridden_is_a_note_with_the_reason(rule: str) -> None:
    case = FIRING[rule]
    week = case.week()
    subject = found(week, rule, case)[0].subjects[0]
    override = Override("the CFO is here once", (rule,))
    blocks = tuple(
        block._replace(override=override) if block.uid == subject else block for block in week.blocks
    )
    each = [one for one in violations(week._replace(blocks=blocks), case.now) if subject in one.subjects]
    kept = [one for one in each if one.rule == rule]
    assert [one.severity for one in kept] == ["note"]
    assert "the CFO is here once" in kept[0].message
    assert all(one.severity != "note" for one in each if one.rule != rule)


@pytest.mark.parametrize("rule", sorted(BY_ID))
def test_the_theme_alone_breaks_nothing_by_more_than_a_note(rule: str) -> None:
    strict = theme()._replace(severities=dict.fromkeys(BY_ID, "refuse"))
    narrow = strict._replace(
        limits=strict.limits._replace(
            communication_percent=1, deep_work_minutes=(2000, 2100), recurring_meetings=0
        )
    )
    for week_theme in (strict, narrow):
        week = empty(week_theme=week_theme).week(W48)
        for name in ("sun 20:00", "mon 08:00", "wed 12:00"):
            assert found(week, rule) == [], name


def test_the_most_severe_is_said_first() -> None:
    week = week_with(add("tue 14-15", "status"))
    ranks = [SEVERITIES.index(each.severity) for each in violations(week, SUNDAY)]
    assert ranks == sorted(ranks)
    assert violations(week, SUNDAY)[0].rule == "deep-work"


def test_rules_are_independent_of_one_another() -> None:
    names = {rule.ID.replace("-", "_") for rule in RULES}
    paths = [path for path in Path(str(package.__file__)).parent.glob("*.py") if path.stem != "__init__"]
    assert names <= {path.stem for path in paths}
    for path in paths:
        nodes = ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        imports = [node for node in nodes if isinstance(node, ast.ImportFrom)]
        assert imports, path.name
        for node in imports:
            assert "core.rules" not in str(node.module), path.name
            assert not names & {alias.name for alias in node.names}, path.name


def test_a_rule_is_what_its_protocol_says() -> None:
    def takes(rule: Rule) -> str:
        return rule.TITLE

    assert len({takes(rule) for rule in RULES}) == 15


class TestCosts:
    def test_a_refused_meeting_says_what_it_costs(self) -> None:
        each = found(week_with(add("tue 14:30-15:00")), "deep-work")[0]
        assert each.focus_cost_minutes == 180
        assert "Tue 24 Nov 14:30–15:00" in each.message
        assert "3 h of focus" in each.message

    def test_a_split_of_the_optional_stretch_costs_all_of_it(self) -> None:
        assert found(FIRING["split-focus"].week(), "split-focus")[0].focus_cost_minutes == 180


class TestTypeLimit:
    def test_a_slot_of_the_theme_that_is_longer_than_the_meeting_is_a_note(self) -> None:
        notes = [each for each in violations(week_with(), SUNDAY) if each.rule == "type-limit"]
        assert [note.severity for note in notes] == ["note", "note"]
        assert "the slot is 1 h, but the meeting must end after 30 min, at 09:30" in notes[0].message
        assert "45 min, at 13:45" in notes[1].message

    def test_a_week_of_onboarding_ends_after_an_hour(self) -> None:
        week = week_with(
            add("mon 16-16:45", "onboarding", summary="First day"),
            add("fri 14-14:30", "onboarding", summary="Second"),
        )
        each = found(week, "type-limit")
        assert len(each) == 1
        assert "1 h 15 min" in each[0].message
        assert each[0].message.startswith("Second")

    def test_a_second_talk_with_the_em_is_one_too_many(self) -> None:
        assert found(week_with(add("fri 14-14:30", "em-1-1")), "type-limit")

    def test_the_talk_in_its_own_box_is_the_same_talk(self) -> None:
        assert not found(week_with(add("mon 9-10", "em-1-1")), "type-limit")

    def test_a_fixed_box_made_longer_breaks_it(self) -> None:
        week = week_with(move("em-1-1", "mon", "mon", "09:00", "10:30"))
        assert found(week, "type-limit")


class TestOverlap:
    def test_two_blocks_in_one_box_overlap(self) -> None:
        week = week_with(
            add("mon 13-14", "architecture-review", summary="Cache"),
            add("mon 13:30-14", "architecture-review", summary="Queue"),
        )
        each = found(week, "overlap")
        assert len(each) == 1
        assert len(each[0].subjects) == 2

    def test_two_stretches_of_own_work_at_once_overlap(self) -> None:
        assert found(week_with(add("tue 9-11", "code"), add("tue 10-12", "review")), "overlap")

    def test_deep_work_moved_over_a_meeting_overlaps(self) -> None:
        assert found(week_with(move("mon-afternoon", "mon", "mon", "13:00")), "overlap")

    def test_a_meeting_of_another_type_does_not_fill_a_box(self) -> None:
        assert found(week_with(add("mon 13-14", "decision")), "overlap")


class TestDayTheme:
    def test_a_box_moved_to_another_day_is_judged_there(self) -> None:
        assert found(week_with(move("wed-messages", "wed", "thu", "09:00")), "day-theme")

    def test_a_status_meeting_is_named_by_its_type(self) -> None:
        assert "Status update" in found(week_with(add("tue 14-15", "status")), "day-theme")[0].message

    def test_a_meeting_that_is_not_worth_it_has_no_room_on_a_day_of_meetings(self) -> None:
        assert found(week_with(add("mon 8-8:30", "status")), "day-theme")

    def test_own_work_has_room_on_days_that_name_meetings_alone(self) -> None:
        days = tuple(each._replace(allows=("worth-it",)) for each in theme().days)
        talk = empty(week_theme=theme()._replace(days=days))
        assert found(week_with(add("tue 14-15", "status"), snapshot=talk), "day-theme")
        assert not found(week_with(add("mon 8-9", "code"), snapshot=talk), "day-theme")


class TestDeepWork:
    def test_a_box_moved_to_another_day_breaks_its_deep_work(self) -> None:
        assert found(week_with(move("wed-messages", "wed", "thu", "09:00")), "deep-work")

    def test_a_fixed_box_does_not_trade_places(self) -> None:
        assert found(week_with(move("stakeholder", "thu", "thu", "13:30")), "deep-work")

    def test_unblocking_is_refused_on_an_ordinary_day(self) -> None:
        assert found(week_with(add("tue 9-10", "unblock")), "deep-work")


class TestWorkingHours:
    @pytest.mark.parametrize(
        ("when", "says"), [("tue 8-9:30", "starts at 09:00"), ("tue 16:30-18", "ends at 17:00")]
    )
    def test_it_says_when_the_day_begins_and_ends(self, when: str, says: str) -> None:
        assert says in found(week_with(add(when, "code")), "working-hours")[0].message

    def test_a_meeting_on_leave_warns(self) -> None:
        week = week_with(SetDay(day("mon"), "leave"), add("mon 10-11"))
        assert "on leave" in found(week, "working-hours")[0].message
        assert not [each for each in violations(week, SUNDAY) if each.severity == "refuse"]

    def test_a_meeting_during_an_absence_warns(self) -> None:
        week = week_with(add("mon 9-12", kind="leave", summary="Dentist"), add("mon 11-12", "code"))
        assert "away 09:00–12:00" in found(week, "working-hours")[0].message


class TestWindowClosed:
    def test_what_is_put_into_a_closed_window_warns_that_day(self) -> None:
        week = week_with(add("tue 16-16:15", "ad-hoc"))
        each = [one for one in violations(week, moment("tue 16:30")) if one.rule == "window-closed"]
        assert "closed for today" in each[0].message


def test_what_is_done_needs_no_document_and_costs_no_focus_to_come() -> None:
    for rule in ("prep-document", "split-focus"):
        case = FIRING[rule]
        assert found(done(case), rule, case) == []


def test_a_skipped_block_breaks_nothing() -> None:
    snapshot = after(empty(), add("tue 14:30-15:00", "status"))
    uid = next(block.uid for block in snapshot.week(W48).blocks if block.source == "own")
    week = after(snapshot, FinishBlock(uid, day("tue"), "skipped")).week(W48)
    assert uid in {subject for each in violations(snapshot.week(W48), SUNDAY) for subject in each.subjects}
    left = violations(week, SUNDAY)
    assert left
    assert all(each.severity == "note" for each in left)


def test_a_share_that_is_hardly_too_large_is_said_to_be_more() -> None:
    limit = add("fri 14-16", summary="talk")
    assert not found(week_with(limit), "communication-share")
    (each,) = found(week_with(limit._replace(end=limit.end + 1)), "communication-share")
    assert "takes more than 20 % of" in each.message


def test_own_work_without_a_type_has_no_box_that_it_belongs_in() -> None:
    work = add("thu 15:00-16:00", None, summary="thinking", kind="deep_work")
    week = week_with(work)
    assert any(block.summary == "thinking" and block.type is None for block in week.blocks)
    assert not [found for found in outside_box.check(week, SUNDAY) if "thinking" in found.about]
