"""Lint: what breaks a week, with the moves that win focus time."""

from __future__ import annotations

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.edits import AddBlock, MoveBlock
from techlead_tui.core.judge import judge
from techlead_tui.core.lint import lint
from tests.core.weeks import SUNDAY, W48, add, after, day, empty, moment, theme


def test_the_reference_week_has_notes_alone() -> None:
    assert [(each.severity, each.rule, each.focus_gain_minutes) for each in lint(empty(), W48, SUNDAY)] == [
        ("note", "split-focus", 150),
        ("note", "type-limit", 0),
        ("note", "type-limit", 0),
    ]


def test_the_messages_of_wednesday_are_better_read_first_thing() -> None:
    finding = lint(empty(), W48, SUNDAY)[0]
    assert finding.subjects == (f"wed-messages@{day('wed')}",)
    assert "2.5 h" in finding.message
    best = finding.fixes[0]
    assert isinstance(best.edit, MoveBlock)
    assert (best.edit.to, best.edit.start, best.edit.end) == (day("wed"), 540, 570)
    assert best.focus_gain_minutes == 150


def test_every_move_wins_what_it_says_and_breaks_nothing() -> None:
    snapshot = after(empty(), add("tue 14:30-15:00"), add("fri 15-15:30", "status"))
    before = focus_minutes(snapshot.week(W48))
    found = [each for each in lint(snapshot, W48, SUNDAY) if each.fixes]
    assert found
    for finding in found:
        assert finding.focus_gain_minutes == max(fix.focus_gain_minutes for fix in finding.fixes)
        for fix in finding.fixes:
            verdict = judge(snapshot, fix.edit, SUNDAY, "fix")
            assert not [each for each in verdict.introduced if each.severity == "refuse"]
            assert isinstance(fix.edit, MoveBlock)
            if fix.edit.to <= W48.day(7):
                assert focus_minutes(verdict.after.week(W48)) - before == fix.focus_gain_minutes


def test_the_worst_comes_first_then_what_wins_most() -> None:
    snapshot = after(empty(), add("tue 14:30-15:00"), add("mon 16-17", "status"))
    found = lint(snapshot, W48, SUNDAY)
    assert [each.severity for each in found] == sorted(
        (each.severity for each in found), key=["refuse", "warn", "note"].index
    )
    assert found[0].rule == "deep-work"


def test_what_was_kept_with_a_reason_is_a_note() -> None:
    edit = add("tue 14:30-15:00")
    assert isinstance(edit, AddBlock)
    snapshot = after(empty(), edit._replace(override="the CFO is here once"))
    kept = [each for each in lint(snapshot, W48, SUNDAY) if "the CFO is here once" in each.message]
    assert {each.rule for each in kept} == {"deep-work", "day-theme"}
    assert {each.severity for each in kept} == {"note"}


def test_a_week_that_is_over_has_nothing_left_to_move() -> None:
    found = lint(empty(), W48, moment("sun 20:00"))
    assert found
    assert all(not each.fixes for each in found)


def test_no_move_is_ranked_where_the_rule_is_off() -> None:
    plain = theme()
    silent = plain._replace(severities={**plain.severities, "split-focus": "off"})
    assert {each.rule for each in lint(empty(week_theme=silent), W48, SUNDAY)} == {"type-limit"}


def test_a_warning_has_fixes_and_a_note_has_none() -> None:
    late = add("wed 17:00-18:00", "code", summary="late")
    kept = add("tue 14:30-15:00", "status", override="the CFO visits")
    found = lint(after(empty(), late, kept), W48, SUNDAY)
    warned = [each for each in found if each.severity == "warn"]
    assert [each.rule for each in warned] == ["working-hours"]
    assert warned[0].fixes
    answered = [each for each in found if "kept: the CFO visits" in each.message]
    assert len(answered) >= 2
    assert all(each.severity == "note" and each.fixes == () for each in answered)


def test_a_note_beside_a_warning_has_none_and_does_not_mend_by_going() -> None:
    severities = {**theme().severities, "working-hours": "note", "day-theme": "off", "outside-box": "off"}
    for type_id, warned, mended in (("decision", "type-limit", True), ("status", "not-worth-it", False)):
        late = after(
            empty(week_theme=theme()._replace(severities=severities)), add("mon 16:30-17:30", type_id)
        )
        found = {each.rule: each for each in lint(late, W48, SUNDAY) if "Budget sync" in each.message}
        assert found["working-hours"].severity == "note"
        assert found["working-hours"].fixes == ()
        assert found[warned].severity in ("warn", "refuse")
        assert bool(found[warned].fixes) is mended


def test_what_is_over_is_warned_of_and_not_moved() -> None:
    late = after(empty(), add("wed 17:00-18:00", "code", summary="late"))
    (warned,) = [each for each in lint(late, W48, moment("thu 9:00")) if each.severity == "warn"]
    assert (warned.fixes, warned.focus_gain_minutes) == ((), 0)


def test_no_move_of_a_fixed_box_is_named() -> None:
    boxes = tuple(box._replace(fixed=box.fixed or box.id == "wed-messages") for box in theme().boxes)
    found = lint(empty(week_theme=theme()._replace(boxes=boxes)), W48, SUNDAY)
    assert {each.rule for each in found} == {"type-limit"}


def test_what_costs_nothing_hides_nothing_that_does() -> None:
    found = lint(after(empty(), add("mon 16-16:30", "decision", doc="docs/a.md")), W48, SUNDAY)
    split = [each.subjects for each in found if each.rule == "split-focus"]
    assert split == [(f"wed-messages@{day('wed')}",)]
