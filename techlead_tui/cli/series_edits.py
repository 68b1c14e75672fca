"""Carry out what is decided about a recurring meeting. Apart from the list, which changes nothing."""

from __future__ import annotations

from techlead_tui.cli.edit_result import decision_json, planner_of, put_refusal, put_saved
from techlead_tui.cli.json_shapes import Json
from techlead_tui.cli.output import copy_out, put, put_json, tell, visible_lines
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.items.series import KIND
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.item_options import EDIT
from techlead_tui.core.words.items import read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.planner.items import item_named, moment_of
from techlead_tui.planner.replies import reply_of_turn


def edit_series(shell: Shell, call: Call) -> int:
    """Do with a meeting what the words of a call say: 0 done or 3 refused. UserError."""
    planner = planner_of(shell)
    if (
        len(call.words) == 1
        and not call.literal
        and (call.has("value") or call.has("effort") or call.has("role"))
    ):
        call.words.append(EDIT)
    item = item_named(planner, KIND, call.words[0])
    reading = read_turn(KIND, call, lambda _: item, shell.today)
    edit = reading.edit
    edits = edits_of(item, edit, moment_of(planner)) if isinstance(edit, TurnItem) else [edit]
    decisions = planner.apply_all(edits, words_of(edit))
    decision = decisions[-1] if decisions[-1].refused else decisions[0]
    if decision.refused and not call.has("json"):
        put_refusal(reading, decision)
        return 3
    stored = decision.after.table(OPEN, KIND.table).get(item.uid, {**item.record, "status": "removed"})
    if decision.refused:
        put_json(decision_json(decision, KIND.id, item_json(Item(KIND, stored), moment_of(planner, [item]))))
        return 3
    written = Item(KIND, stored)
    turn = KIND.transition(edit.turn) if isinstance(edit, TurnItem) else None
    text = reply_of_turn(planner, written, turn) if turn is not None else ""
    if call.has("json"):
        reply: Json = {"reply": {"text": text}} if text else {}
        value = item_json(written, moment_of(planner, [written]))
        put_json({**decision_json(decision, KIND.id, value), **reply})
    else:
        put_saved(decision, ", ".join(reading.said))
        if text:
            put(visible_lines(text))
    if text and call.has("copy"):
        tell(f"note: {copy_out(text)}")
    return 0
