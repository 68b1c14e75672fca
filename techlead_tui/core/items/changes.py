"""Turn the edits of items into changes of the stored records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddItem, Edit, EditItem, ItemEdit, RemoveItem, TurnItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.records import Change, Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.violation import Violation
from techlead_tui.errors import UserError


def item_effect(
    snapshot: Snapshot, edit: ItemEdit, now: datetime, uid: str
) -> tuple[list[Change], list[str], str]:
    """Return the changes, the notes for the user and the uid of the item. UserError."""
    kind, moment = kind_of(edit.kind), Moment(snapshot, now)
    if isinstance(edit, AddItem):
        item = new_item(edit, moment, uid)
        return [Change(OPEN, kind.table, uid, None, item.record)], list(kind.notes(item, moment)), uid
    item = stored(snapshot, kind, edit.uid, edit.bucket, moment)
    before = None if item.found else item.record
    if isinstance(edit, RemoveItem):
        return [Change(edit.bucket, kind.table, edit.uid, before, None)], [], edit.uid
    notes: list[str] = []
    if isinstance(edit, EditItem):
        after = {**item.record, **_by_key(kind, edit.fields)}
        if "summary" in edit.fields:
            after["summary"] = edit.fields["summary"]
    else:
        after = _turned(item, edit, moment)
        turn = kind.transition(edit.turn)
        if turn is not None and turn.warns is not None and (said := turn.warns(Item(kind, after), moment)):
            notes.append(said)
    if after["status"] not in kind.closed:
        there = OPEN
    else:
        there = edit.bucket if edit.bucket != OPEN else str(IsoWeek.of(now.date()))
    if there == edit.bucket:
        return (
            ([Change(there, kind.table, edit.uid, before, after)] if after != before else []),
            notes,
            edit.uid,
        )
    gone = Change(edit.bucket, kind.table, edit.uid, before, None)
    return [gone, Change(there, kind.table, edit.uid, None, after)], notes, edit.uid


def new_item(edit: AddItem, moment: Moment, uid: str) -> Item:
    """Return the item that an edit adds, as it would be stored."""
    kind = kind_of(edit.kind)
    given = {name: value for name, value in edit.fields.items() if value not in (None, [], ())}
    fields: dict[str, object] = {field.name: field.default or field.nothing for field in kind.fields}
    usual = kind.defaults(given, moment) if kind.defaults else {}
    record: Record = {
        "uid": uid,
        "summary": edit.summary,
        "status": kind.states[0],
        "created": moment.now.isoformat(timespec="seconds"),
        "closed": None,
        **_by_key(kind, {**fields, **usual, **given}),
        "override": None,
    }
    return Item(kind, record)


def _turned(item: Item, edit: TurnItem, moment: Moment) -> Record:
    kind, turn = item.kind, item.kind.transition(edit.turn)
    if turn is None:
        known = ", ".join(one.name for one in kind.transitions)
        raise UserError(f"{edit.turn} is not an action of {kind.lister}", f"known are {known}")
    if item.status not in turn.before:
        raise UserError(
            f"“{item.summary}” is {item.status}", f"{turn.name} is for what is {' or '.join(turn.before)}"
        )
    values = {**(turn.sets(item, moment) if turn.sets else {}), **edit.fields}
    status = turn.after or item.status
    closed = item.record.get("closed")
    if status in kind.closed and not closed:
        closed = moment.today.isoformat()
    if status not in kind.closed:
        closed = None
    title = {"summary": values["summary"]} if "summary" in values else {}
    return {**item.record, **title, **_by_key(kind, values), "status": status, "closed": closed}


def edits_of(item: Item, edit: TurnItem, moment: Moment) -> list[Edit]:
    """Return a turn with the edits that are made along with it: one step of undo. UserError."""
    turn = item.kind.transition(edit.turn)
    if turn is None or turn.carries is None:
        return [edit]
    return [edit, *turn.carries(Item(item.kind, _turned(item, edit, moment), item.bucket), moment)]


def stored(snapshot: Snapshot, kind: ItemKind, uid: str, bucket: str, moment: Moment) -> Item:
    """Return an item that is stored, or found in the week. UserError when it is not there, or no longer."""
    record = snapshot.buckets.get(bucket, {}).get(kind.table, {}).get(uid)
    if record is None and kind.found is not None and (record := kind.found(moment).get(uid)) is not None:
        return Item(kind, record, bucket, True)
    if record is None:
        raise UserError(f"there is no {kind.id} {uid}", f"`techlead {kind.lister}` shows the ids")
    return Item(kind, record, bucket)


def _by_key(kind: ItemKind, values: Mapping[str, object]) -> Record:
    return {kind.field(name).key: value for name, value in values.items() if name != "summary"}


def guarded(after: Snapshot, edit: ItemEdit, uid: str, now: datetime) -> tuple[Violation, ...]:
    """Return what speaks against the item that an edit leaves, as severe as the week theme says (M15)."""
    if not isinstance(edit, AddItem | EditItem):
        return ()
    kind, moment = kind_of(edit.kind), Moment(after, now)
    item = stored(after, kind, uid, OPEN if isinstance(edit, AddItem) else edit.bucket, moment)
    found = kind.guard(item, moment)
    kept = item.override["rules"] if item.override is not None else ()
    if found is None or found.rule in kept:
        return ()
    theme = after.theme_of(IsoWeek.of(now.date()))
    severity = theme.severities.get(found.rule, found.severity)
    return (found._replace(severity=severity),) if severity != "off" else ()
