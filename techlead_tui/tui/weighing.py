"""Weigh an edit of the week that is shown, and find what would mend a violation of it."""

from typing import NamedTuple

from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, Fix, MoveBlock
from techlead_tui.core.fixes import fixes_for
from techlead_tui.core.judge import judge
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.violation import Violation
from techlead_tui.planner.planner import FIXES_REACH, Planner


class Weighed(NamedTuple):
    """The verdict on an edit without the fixes, which are dear: for a block that is still moving."""

    refused: bool
    violations: tuple[Violation, ...]
    focus_minutes: int  # won, or lost when negative
    notes: tuple[str, ...]


def fixes_of(planner: Planner, key: IsoWeek, violation: Violation) -> tuple[Fix, ...]:
    """Return what would mend a violation that the week already has, as moves of its first block."""
    snapshot = planner.snapshot(*(key.shift(weeks) for weeks in range(FIXES_REACH + 1)))
    block = snapshot.week(key).block(violation.subjects[0])
    if block is None or block.status != "planned" or block.start < planner.now():
        return ()
    stay = MoveBlock(block.uid, block.day, block.day, block.span.start_minute, block.span.end_minute)
    return fixes_for(snapshot, stay, (violation,), planner.now(), f"{block.uid}'")


def weigh(planner: Planner, snapshot: Snapshot, edit: Edit) -> Weighed:
    """Return what the week would say to an edit, from the snapshot at hand. UserError."""
    weeks = edit.weeks
    if any(str(week) not in snapshot.buckets for week in weeks):
        snapshot = planner.snapshot(*weeks)
    verdict = judge(snapshot, edit, planner.now(), "new")
    gained = sum(focus_minutes(verdict.after.week(w)) - focus_minutes(snapshot.week(w)) for w in weeks)
    refused = any(violation.severity == "refuse" for violation in verdict.introduced)
    return Weighed(refused, verdict.introduced, gained, verdict.notes)
