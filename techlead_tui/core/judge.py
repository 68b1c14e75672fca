"""What an edit would do to the stored records, and which violations it would bring."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, NamedTuple, cast

from techlead_tui.core.changes import Change, Record
from techlead_tui.core.edits import Edit
from techlead_tui.core.effects import effect
from techlead_tui.core.isoweek import IsoWeek
from techlead_tui.core.rules import violations
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.violation import Violation


class Judgement(NamedTuple):
    changes: tuple[Change, ...]
    after: Snapshot
    introduced: tuple[Violation, ...]  # not there before the edit, most severe first
    notes: tuple[str, ...]  # said to the user whatever the verdict
    uid: str  # of the record that the edit is about


def judge(snapshot: Snapshot, edit: Edit, now: datetime, uid: str) -> Judgement:
    """Tries an edit; `uid` is free for a record that it creates. Raises UserError.

    With an override the record carries it, and the rules it goes past, from then on (M4).
    """
    return judge_together(snapshot, (edit,), now, uid)


def judge_together(snapshot: Snapshot, edits: Sequence[Edit], now: datetime, uid: str) -> Judgement:
    """Tries edits that are one wish (another type and another time), each on what those before it left.

    Only what they come to together is weighed, and the last one names the record that they are about.
    At most one of them may create a record. Raises UserError.
    """
    after, about = snapshot, uid
    changes: list[Change] = []
    notes: list[str] = []
    for edit in edits:
        made, said, about = effect(after, edit, now, uid)
        after = after.with_changes(made)
        changes += made
        notes += said
    if len(edits) > 1:
        changes = _merged(changes)
    weighed = [week for edit in edits if edit.plans for week in edit.weeks]
    introduced = _introduced(snapshot, after, tuple(sorted(set(weighed))), now)
    reason = next((edit.override for edit in edits if edit.override), None)
    refusing = sorted({violation.rule for violation in introduced if violation.severity == "refuse"})
    if reason and refusing:
        changes = [_overriding(change, about, reason, refusing) for change in changes]
        after = snapshot.with_changes(changes)
    return Judgement(tuple(changes), after, introduced, tuple(notes), about)


def _merged(changes: Sequence[Change]) -> list[Change]:
    """One change a record: from the image before the first to the one after the last."""
    found: dict[tuple[str, str, str], Change] = {}
    for change in changes:
        name = (change.bucket, change.table, change.uid)
        before = found[name].before if name in found else change.before
        found[name] = Change(*name, before, change.after)
    return [change for change in found.values() if change.before != change.after]


def _introduced(
    before: Snapshot, after: Snapshot, weeks: tuple[IsoWeek, ...], now: datetime
) -> tuple[Violation, ...]:
    out: list[Violation] = []
    for week in weeks:
        known = {violation.key for violation in violations(before.week(week), now)}
        out += [violation for violation in violations(after.week(week), now) if violation.key not in known]
    return tuple(out)


def _overriding(change: Change, uid: str, reason: str, rules: list[str]) -> Change:
    if change.after is None or change.uid not in (uid, uid.partition("@")[0]):
        return change
    past = cast("dict[str, Any] | None", change.after.get("override"))
    kept = sorted({*rules, *(past["rules"] if past else ())})
    override: Record = {"reason": reason, "rules": cast("object", kept)}
    return Change(
        change.bucket, change.table, change.uid, change.before, {**change.after, "override": override}
    )
