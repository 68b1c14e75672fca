"""Try an edit: find what it would change, and which violations it would bring."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple, cast

from techlead_tui.core.apply import effect, merged
from techlead_tui.core.balance import focus_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddBlock, AddItem, Edit, EditItem
from techlead_tui.core.records import Change, Record
from techlead_tui.core.rules import RANK, overlap, recurring_count, violations
from techlead_tui.core.series import as_on, changed, since_of
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.text import titled
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Week


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
    The first that plans or lists something new gets `uid`, others uids after it. Raises UserError.
    """
    after, about = snapshot, uid
    uids: list[str] = []
    created = 0
    changes: list[Change] = []
    notes: list[str] = []
    for edit in edits:
        made, said, about = effect(after, edit, now, _another(uid, created) if created else uid)
        created += isinstance(edit, AddBlock | AddItem)
        uids.append(about)
        after = after.with_changes(made)
        changes += made
        notes += said
    if len(edits) > 1:
        changes = merged(changes)
    weighed = [week for edit in edits if edit.plans for week in edit.weeks]
    introduced = _introduced(snapshot, after, tuple(sorted(set(weighed))), now, about)
    if any(getattr(edit, "onward", False) or getattr(edit, "repeat", None) for edit in edits):
        introduced = tuple(_said_once(introduced, about.partition("@")[0]))
    introduced = (*_guarded(after, edits, uids, now), *introduced)
    reason = next((edit.override for edit in edits if edit.override), None)
    if reason and any(violation.severity == "refuse" for violation in introduced):
        # one reason answers all that was listed, the warnings included
        answered = [violation for violation in introduced if violation.severity != "note"]
        changes = [_overriding(change, about, reason, answered) for change in changes]
        after = snapshot.with_changes(changes)
    return Judgement(tuple(changes), after, introduced, tuple(notes), about)


def _another(uid: str, count: int) -> str:
    """Return a uid that is `count` after a new one; its end is random, so nobody has it."""
    head, tail = uid[:-12], uid[-12:]
    if len(uid) != 36:
        return f"{uid}-{count}"
    return f"{head}{(int(tail, 16) + count) % 16**12:012x}"


def _guarded(
    after: Snapshot, edits: Sequence[Edit], uids: Sequence[str], now: datetime
) -> Iterator[Violation]:
    """Yield what speaks against an item that one of the edits adds or changes."""
    for edit, uid in zip(edits, uids, strict=True):
        if isinstance(edit, AddItem | EditItem):
            from techlead_tui.core.items.changes import guarded  # most edits are about the week

            yield from guarded(after, edit, uid, now)


def focus_won(before: Snapshot, after: Snapshot, weeks: Iterable[IsoWeek]) -> int:
    """Minutes of focus time that the weeks have more in the second snapshot than in the first."""
    return sum(focus_minutes(after.week(week)) - focus_minutes(before.week(week)) for week in weeks)


def _introduced(
    before: Snapshot, after: Snapshot, weeks: tuple[IsoWeek, ...], now: datetime, uid: str
) -> tuple[Violation, ...]:
    """Return what was not there before, or not as severe, with what the edit costs."""
    out: list[Violation] = []
    for week in weeks:
        known: dict[object, int] = {}
        for violation in violations(before.week(week), now):
            rank = RANK[violation.severity]
            known[violation.key] = min(rank, known.get(violation.key, rank))
        found = [
            violation
            for violation in violations(after.week(week), now)
            if violation.key not in known or RANK[violation.severity] < known[violation.key]
        ]
        out += _told_of(after.week(week), uid, found)
    if any(violation.subjects for violation in out):
        cost = -focus_won(before, after, weeks)
        out = [violation._replace(focus_cost_minutes=cost if violation.subjects else 0) for violation in out]
    return tuple(out)


def _told_of(week: Week, uid: str, found: Sequence[Violation]) -> Iterator[Violation]:
    """Yield the violations, each that concerns the block `uid` told of that one; what it overlaps as one."""
    block = week.block(uid)
    mine = [violation for violation in found if violation.rule == overlap.ID and uid in violation.subjects]
    mine = [violation for violation in mine if violation.severity == mine[0].severity]
    others = {name for violation in mine for name in violation.subjects if name != uid}
    for violation in found:
        if block is None or uid not in violation.subjects:
            yield violation
        elif violation not in mine:
            rest = [name for name in violation.subjects if name != uid]
            yield violation._replace(about=titled(block), subjects=(uid, *rest))
        elif violation is mine[0]:
            one = overlap.clash(block, [other for other in week.blocks if other.uid in others])
            yield one._replace(severity=violation.severity, kept=violation.kept)


def _said_once(found: Sequence[Violation], series: str) -> Iterator[Violation]:
    """Yield the violations, each rule that a series breaks on several days told once."""
    days: dict[tuple[str, str], dict[str, None]] = {}
    for one in found:
        days.setdefault((one.rule, one.severity), {}).update(dict.fromkeys(one.subjects))
    for one in found:
        if not any(uid.startswith(f"{series}@") for uid in one.subjects):
            yield one
        elif (one.rule, one.severity) in days:
            subjects = days.pop((one.rule, one.severity))
            others = sum(uid.startswith(f"{series}@") for uid in subjects) - 1
            more = (
                f"; the same on {others} other {'day' if others == 1 else 'days'}"
                if others and one.rule != recurring_count.ID
                else ""
            )
            first = dict.fromkeys((*one.subjects, *subjects))
            yield one._replace(text=one.text + more, subjects=tuple(first))


def _overriding(change: Change, uid: str, reason: str, answered: Sequence[Violation]) -> Change:
    name, _, on = uid.partition("@")
    if change.after is None or change.uid not in (uid, name):
        return change
    day = date.fromisoformat(on) if change.table == "series" else None
    own = change.after if day is None else as_on(change.after, day)
    past = cast("dict[str, Any] | None", own.get("override")) or {}
    rules = {violation.rule for violation in answered} | set(past.get("rules", ()))
    blocks = {name for violation in answered for name in violation.subjects if name != uid}
    if day is not None:  # it holds for every occurrence, so for each of what it lies over
        blocks = {other for block in blocks if (other := block.partition("@")[0]) != name}
    override: Record = {"reason": reason, "rules": sorted(rules)}
    if not past or past.get("blocks") is not None:  # one without was given for any block
        override["blocks"] = sorted(blocks | set(past.get("blocks", ())))
    after = {**change.after, "override": override}
    if day is not None:
        after = changed(change.after, since_of(change.after, day), {"override": override})
    return Change(change.bucket, change.table, change.uid, change.before, after)
