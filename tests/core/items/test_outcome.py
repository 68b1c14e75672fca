"""At most three outcomes a week, and what becomes of each is told."""

from __future__ import annotations

import pytest

from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, TurnItem, with_reason
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.items.outcome import KIND, moved_out, outcomes_of
from techlead_tui.core.snapshot import OPEN, Snapshot
from tests.core.weeks import W48, empty, moment

NOW = moment("tue 11:37")


def named(*titles: str, now: object = NOW) -> Snapshot:
    snapshot = empty()
    for title in titles:
        decision = decide(snapshot, AddItem("outcome", title, {}), now, title)  # type: ignore[arg-type]
        assert not decision.refused
        snapshot = decision.after
    return snapshot


def of(snapshot: Snapshot, week: object) -> list[str]:
    return [item.summary for item in outcomes_of(Moment(snapshot, NOW), week)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("now", "week"), [("tue 11:37", 48), ("thu 17:00", 48), ("fri 9:00", 49), ("sun 20:00", 49)]
)
def test_a_new_outcome_is_for_this_week_and_from_friday_on_for_the_next(now: str, week: int) -> None:
    assert of(named("ship it", now=moment(now)), W48.shift(week - 48)) == ["ship it"]


def test_the_fourth_outcome_of_a_week_is_refused_and_kept_by_a_reason() -> None:
    three = named("a", "b", "c")
    fourth = AddItem("outcome", "d", {})
    refused = decide(three, fourth, NOW, "d")
    assert refused.refused
    assert [violation.rule for violation in refused.violations] == ["three-outcomes"]
    assert decide(three, with_reason(fourth, "the audit"), NOW, "d").overridden
    assert not decide(three, fourth._replace(fields={"week": "2026-W49"}), NOW, "d").refused


def test_a_done_outcome_still_counts_and_a_moved_one_makes_room() -> None:
    three = named("a", "b", "c")
    done = decide(three, TurnItem("outcome", "a", "done", {"effect": "nobody waits"}), NOW, "x").after
    assert decide(done, AddItem("outcome", "d", {}), NOW, "d").refused
    moved = decide(done, TurnItem("outcome", "b", "move", {"why": "the audit"}), NOW, "x").after
    assert not decide(moved, AddItem("outcome", "d", {}), NOW, "d").refused


def test_a_moved_outcome_is_told_of_in_both_weeks() -> None:
    moved = decide(named("a"), TurnItem("outcome", "a", "move", {"why": "the audit"}), NOW, "x").after
    record = moved.table(OPEN, "outcomes")["a"]
    assert (record["week"], record["moved_from"], record["why"]) == ("2026-W49", "2026-W48", "the audit")
    assert of(moved, W48) == of(moved, W48.shift(1)) == ["a"]
    item = Item(KIND, record)
    assert moved_out(item, W48)
    assert not moved_out(item, W48.shift(1))
