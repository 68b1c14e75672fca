"""The verdict on an edit: accepted, refused or overridden, with what would mend it."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddBlock, Edit
from techlead_tui.core.judge import focus_won, judge_together
from techlead_tui.core.records import Change
from techlead_tui.core.series import days_of
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import day_text
from techlead_tui.core.violation import Violation


class Decision(NamedTuple):
    edit: Edit
    changes: tuple[Change, ...]  # what would be, or was, written
    violations: tuple[Violation, ...]  # those that the edit brings, most severe first, the first with fixes
    refused: bool  # a violation refuses it and it carries no override
    overridden: bool
    notes: tuple[str, ...]
    focus_delta_minutes: int  # focus time won, or lost when negative
    after: Snapshot
    uid: str  # of the block, session or day that the edit is about


def decide(snapshot: Snapshot, edit: Edit, now: datetime, uid: str) -> Decision:
    """Pure; `snapshot` holds the weeks of the edit and the four after each, `uid` is free to use. UserError.

    Only edits that can carry an override can be refused: taking out, finishing and setting days or
    themes are facts that the week then shows as they are.
    """
    return decide_together(snapshot, (edit,), now, uid)


def decide_together(snapshot: Snapshot, edits: Sequence[Edit], now: datetime, uid: str) -> Decision:
    """As `decide`, of edits that are one wish; the fixes stand in for the last of them."""
    wanted = edits
    edits = [_from_first_held(snapshot, edit) if isinstance(edit, AddBlock) else edit for edit in edits]
    later = [
        f"{day_text(was.day)} is leave: it begins on {day_text(held.day)}"
        for was, held in zip(wanted, edits, strict=True)
        if isinstance(was, AddBlock) and isinstance(held, AddBlock) and was.day != held.day
    ]
    verdict = judge_together(snapshot, edits, now, uid)
    refusals = any(violation.severity == "refuse" for violation in verdict.introduced)
    overridden = refusals and any(edit.override for edit in edits)
    refused = refusals and any(edit.refusable for edit in edits) and not overridden
    introduced = verdict.introduced
    if introduced and not overridden:
        from techlead_tui.core.fixes import fixes_for  # dear, and most edits are welcome

        base = judge_together(snapshot, edits[:-1], now, uid).after
        fixes = fixes_for(base, edits[-1], introduced, now, uid)
        introduced = (introduced[0]._replace(fixes=fixes or introduced[0].fixes), *introduced[1:])
    weeks = {week for edit in edits if edit.plans for week in edit.weeks}
    gained = focus_won(snapshot, verdict.after, weeks)
    return Decision(
        edits[-1],
        verdict.changes,
        introduced,
        refused,
        overridden,
        (*later, *verdict.notes),
        gained,
        verdict.after,
        verdict.uid,
    )


def _from_first_held(snapshot: Snapshot, edit: AddBlock) -> AddBlock:
    """Return a series from the first of its days that is no leave, where it can be weighed as it is held."""
    for day in days_of(edit.day, edit.repeat):
        held = edit._replace(day=day)
        if any(str(week) not in snapshot.buckets for week in held.weeks):
            break
        if snapshot.day_kind(snapshot.theme_of(IsoWeek.of(day)), day)[0] != "leave":
            return held
    return edit
