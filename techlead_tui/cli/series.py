"""`techlead series`: the recurring meetings, what they cost, and what is decided about them (M16)."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import decision_json, planner_of, put_refusal, put_saved
from techlead_tui.cli.help import asked
from techlead_tui.cli.items import COPY, put_list
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import copy_out, put, put_json, tell, visible_lines
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.kit import Item, item_json, json_keys
from techlead_tui.core.items.series import KIND
from techlead_tui.core.series_gain import wins
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.items import EDIT, add_options, read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.planner.items import item_named, items_of, moment_of
from techlead_tui.planner.replies import reply_of_turn

COMMAND = Command(
    "series",
    "[ID keep|shorten|async|delegate|drop]",
    KIND.lists,
    (*add_options(KIND), COPY),
    (
        "An ID is what the list shows, or words of the title. Value and effort suggest a decision; --json",
        "says what each decision would win in the next four weeks. shorten and async last for four weeks,",
        "until the review; drop ends a series of your own, and leaves out a box of the week theme; --trial",
        "pauses it.",
    ),
    (
        "techlead series",
        "techlead series 'team sync' --value 3 --effort 1",
        "techlead series 'cross-team' drop --trial 2w",
    ),
)

SERIES: Keys = {
    **json_keys(KIND),
    "wins": "what each decision wins in these weeks: `minutes`, `focus_minutes`, and whether it is `refused`",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when it is refused. UserError."""
    call = asked(COMMAND, args, keep=True)
    if call is None:
        return 0
    if not call.words and not call.literal:
        return _list(shell, call.has("json"))
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


def _list(shell: Shell, as_json: bool) -> int:
    found = items_of(shell.reader, KIND)
    if not as_json:
        return put_list(KIND, found, False)
    moment = found.moment
    rows: list[Json] = [
        {**item_json(item, moment), "wins": wins(item.uid, moment)} for item in found.ordered()
    ]
    put_json({**read_json(None, KIND.plural, rows), "footer": KIND.footer(found.items, moment) or None})
    return 0
