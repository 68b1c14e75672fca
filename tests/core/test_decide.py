"""Verdicts: of edits that are one wish the last one is mended, on what those before it left."""

from techlead_tui.core.decide import decide, decide_together
from techlead_tui.core.edits import EditBlock, MoveBlock
from techlead_tui.core.judge import judge
from tests.core.weeks import SUNDAY, add, day, empty, minute


def test_an_edit_that_is_welcome_needs_no_word() -> None:
    decision = decide(empty(), add("mon 16-16:30"), SUNDAY, "new")
    assert (decision.notes, decision.violations, decision.refused) == ((), (), False)


def test_the_fixes_of_several_edits_stand_in_for_the_last_after_those_before_it() -> None:
    snapshot = judge(empty(), add("mon 16-16:30"), SUNDAY, "sync").after
    typed = EditBlock("sync", day("mon"), {"type": "architecture-review"})
    moved = MoveBlock("sync", day("mon"), day("tue"), minute("14"), minute("15"))
    decision = decide_together(snapshot, (typed, moved), SUNDAY, "new")
    assert decision.refused
    assert decision.edit == moved
    to_the_box = moved._replace(to=day("mon"), start=minute("13"), end=minute("14"))
    assert decision.violations[0].fixes[0].edit == to_the_box
