"""Carry out what is wanted of items, and say what came of it. Apart from the lists, which change nothing."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from techlead_tui.cli.edit_result import decision_json, planner_of, put_refusal, put_saved
from techlead_tui.cli.json_shapes import Json, block_json
from techlead_tui.cli.output import copy_out, put, put_json, tell, tell_notes, visible, visible_lines
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek, clock
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    Edit,
    EditBlock,
    ItemEdit,
    RemoveItem,
    TurnItem,
    with_reason,
)
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.options import override_reason
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.planner.items import item_named, moment_of
from techlead_tui.planner.planner import Planner


def add_item(shell: Shell, kind: ItemKind, call: Call) -> int:
    """Add the item that the words of a call say: 0 done or 3 refused. UserError."""
    planner_of(shell)
    return carry_out_item(shell, kind, read_add_item(kind, call, shell.today), call)


def turn_item(shell: Shell, kind: ItemKind, call: Call) -> int:
    """Do with an item what the words of a call say: 0 done or 3 refused. UserError."""
    planner = planner_of(shell)
    reading = read_turn(kind, call, lambda text: item_named(planner, kind, text), shell.today)
    return carry_out_item(shell, kind, reading, call)


def carry_out_item(
    shell: Shell,
    kind: ItemKind,
    reading: ParsedEdit,
    call: Call,
    after: Callable[[Item, Shell, bool], None] | None = None,
) -> int:
    """Apply what was read with what goes along with it, and say what came of it: 0 done or 3 refused.

    `after` goes on with the item that was written, and is told whether it was answered in JSON.
    """
    planner, edit = planner_of(shell), reading.edit
    words, edits = words_of(edit), [edit]
    if isinstance(edit, TurnItem):
        item = item_named(planner, kind, edit.uid)
        edits = edits_of(item, edit, moment_of(planner, [item]))
        reason = override_reason(call) if call.has("override") else None
        if reason is not None:
            edits = [edit, *(with_reason(one, reason) for one in edits[1:])]
            words = (*words, "--override", reason)
    decisions = planner.apply_all(edits, words)
    first, decision = decisions[0], decisions[-1]
    if decision.refused:
        decision = _told_as_turn(kind, edit, decision)
        if call.has("json"):
            put_json(decision_json(decision, kind.id, None))
        else:
            put_refusal(reading, decision)
        return 3
    images = [change.after for change in first.changes if change.table == kind.table]
    record = next((image for image in reversed(images) if image is not None), None)
    if record is None and isinstance(edit, ItemEdit) and not isinstance(edit, AddItem | RemoveItem):
        record = item_named(planner, kind, edit.uid).record  # nothing changed
    if record is None and isinstance(edit, RemoveItem) and first.changes:
        record = {**(first.changes[0].before or {}), "status": "removed"}
    text = _text_of(planner, kind, edit, record)
    written = Item(kind, record) if record is not None else None
    as_json = call.has("json")
    if as_json:
        value = None if written is None else item_json(written, moment_of(planner, [written]))
        reply: Json = {"reply": {"text": text}} if text else {}
        put_json({**decision_json(first, kind.id, value), **_along(decisions), **reply})
    else:
        put_saved(first, ", ".join(reading.said), told=isinstance(edit, AddItem))
        for one in decisions[1:]:
            tell_notes(one.notes)
            for violation in one.violations:
                tell(f"{violation.severity}: {visible(violation.message)} ({violation.rule})")
        if text:
            put(visible_lines(text))
    if text and call.has("copy"):
        tell(f"note: {copy_out(text)}")
    if after is not None and written is not None and not isinstance(edit, RemoveItem):
        after(written, shell, as_json)
    return 0


def _told_as_turn(kind: ItemKind, edit: Edit, decision: Decision) -> Decision:
    """Return a refusal of what a turn carries along, with fixes that are turns, too."""
    if not isinstance(edit, TurnItem) or not isinstance(decision.edit, AddBlock):
        return decision
    told = []
    for violation in decision.violations:
        fixes = []
        for fix in violation.fixes:
            to = fix.edit
            if isinstance(to, AddBlock) and to.kind == decision.edit.kind:
                at = f"{to.day.isoformat()}T{clock(to.start)}"
                fixes.append(fix._replace(words=(kind.lister, edit.uid, edit.turn, "--at", at)))
        told.append(violation._replace(fixes=tuple(fixes)))
    return decision._replace(violations=tuple(told))


def _along(decisions: Sequence[Decision]) -> Json:
    """Return what was written along with a turn: the block, the delegation."""
    out: Json = {}
    for one in decisions[1:]:
        edit = one.edit
        if isinstance(edit, AddItem):
            kind = kind_of(edit.kind)
            record = one.after.table(OPEN, kind.plural)[one.uid]
            out[kind.id] = item_json(
                Item(kind, record), Moment(one.after, datetime.fromisoformat(str(record["created"])))
            )
        elif isinstance(edit, AddBlock | EditBlock):
            block = one.after.week(IsoWeek.of(edit.day)).block(one.uid)
            out["block"] = None if block is None else block_json(block)
    return out


def _text_of(planner: Planner, kind: ItemKind, edit: Edit, record: Record | None) -> str:
    """Return the text that a transition offers to send, or ""."""
    turn = kind.transition(edit.turn) if isinstance(edit, TurnItem) else None
    if turn is None or record is None:
        return ""
    from techlead_tui.planner.replies import reply_of_turn  # dear, and few turns have a text to send

    return reply_of_turn(planner, Item(kind, record), turn)
