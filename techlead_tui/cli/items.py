"""The commands of the item kinds: one that adds, one that lists and turns, made from each declaration."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import decision_json, planner_of, put_refusal, put_saved
from techlead_tui.cli.help import asked
from techlead_tui.cli.ids import short_id
from techlead_tui.cli.json_shapes import Json, read_json
from techlead_tui.cli.no import copy_out
from techlead_tui.cli.output import columns, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import AddItem, Edit, EditItem, RemoveItem, TurnItem
from techlead_tui.core.items.kinds import NAMES, all_kinds, kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json
from techlead_tui.core.records import Record
from techlead_tui.core.words.args import Call, Option
from techlead_tui.core.words.items import add_options, read_add_item, read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.planner.items import ItemList, item_named, items_of, moment_of
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.replies import item_reply
from techlead_tui.render.text import fit

COPY = Option(("--copy", "-c"), "copy the text that is offered to the clipboard; nothing is ever sent")
ALL = Option(("--all", "-a"), "the closed ones too")
ID_HELP = (
    "An ID is what the list shows: the beginning or the end of it, or words of the title that fit one alone.",
)
BY_COMMAND = {command: name.id for name in NAMES for command in (name.add, name.plural)}


def commands_for(kind: ItemKind) -> tuple[Command, Command]:
    """Return the command that adds and the one that lists."""
    add = Command(kind.add, kind.words, kind.adds, add_options(kind), kind.details, kind.examples)
    turns = [
        f"{kind.plural} ID {turn.name}{_taken(kind, turn.takes, turn.needs)}".ljust(36) + f" {turn.text}"
        for turn in kind.transitions
    ]
    other = [
        f"{kind.plural} ID edit [WHAT]".ljust(36) + " Change its title, or fields by the options.",
        f"{kind.plural} ID rm".ljust(36) + " Take it out of the list, as if it had never been there.",
    ]
    copies = (COPY,) if any(turn.reply for turn in kind.transitions) else ()
    options = (ALL, *copies, *add_options(kind))
    words = f"[ID {'|'.join(turn.name for turn in kind.transitions)}|edit|rm ...]"
    examples = (f"techlead {kind.plural}", f"techlead {kind.plural} --all --json")
    return add, Command(kind.plural, words, kind.lists, options, (*ID_HELP, *turns, *other), examples)


def _taken(kind: ItemKind, field: str, needs: bool) -> str:
    if not field:
        return ""
    word = {"day": "WHEN", "length": "LENGTH", "person": "WHO"}.get(kind.field(field).sort, "TEXT")
    return f" {word}" if needs else f" [{word}]"


COMMANDS = {command.name: command for kind in all_kinds() for command in commands_for(kind)}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when it is refused. UserError."""
    kind = kind_of(BY_COMMAND[name])
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    if name == kind.add:
        planner_of(shell)
        return carry_out_item(shell, kind, read_add_item(kind, call, shell.today), call)
    if not call.words and not call.literal:
        return put_list(kind, items_of(shell.reader, kind, closed=call.has("all")), call.has("json"))
    planner = planner_of(shell)
    return carry_out_item(
        shell, kind, read_turn(kind, call, lambda text: item_named(planner, kind, text), shell.today), call
    )


def carry_out_item(shell: Shell, kind: ItemKind, reading: ParsedEdit, call: Call) -> int:
    """Apply what was read, and say what came of it: the exit code, 0 done or 3 refused."""
    planner = planner_of(shell)
    decision = planner.apply(reading.edit, words_of(reading.edit))
    moment = moment_of(planner)
    images = [change.after for change in decision.changes if change.table == kind.table]
    record = next((image for image in reversed(images) if image is not None), None)
    if record is None and not decision.changes and isinstance(reading.edit, EditItem | TurnItem):
        tables = decision.after.buckets[reading.edit.bucket]
        record = tables.get(kind.plural, {}).get(reading.edit.uid)  # it stays as it was
    if record is None and isinstance(reading.edit, RemoveItem) and decision.changes:
        record = {**(decision.changes[0].before or {}), "status": "removed"}
    text = _text_of(planner, kind, reading.edit, record)
    if call.has("json"):
        value = None if record is None else item_json(Item(kind, record), moment)
        answer = decision_json(decision, kind.id, value)
        put_json({**answer, "reply": {"text": text}} if text and not decision.refused else answer)
        return 3 if decision.refused else 0
    if decision.refused:
        put_refusal(reading, decision)
        return 3
    uid = f"  [{short_id(decision.uid)}]" if isinstance(reading.edit, AddItem) else ""
    put_saved(decision, ", ".join(reading.said) + uid)
    if text:
        put(visible(text))
        if call.has("copy"):
            tell(f"note: {copy_out(text)}")
    return 0


def _text_of(planner: Planner, kind: ItemKind, edit: Edit, record: Record | None) -> str:
    """Return the text that a transition offers to send, or ""."""
    turn = kind.transition(edit.turn) if isinstance(edit, TurnItem) else None
    if turn is None or not turn.reply or record is None:
        return ""
    return item_reply(planner, Item(kind, record), turn.reply)


def put_list(kind: ItemKind, found: ItemList, as_json: bool) -> int:
    """Print the items of a kind."""
    items, moment = found.ordered(), found.moment
    if as_json:
        rows: list[Json] = [item_json(item, moment) for item in items]
        put_json({**read_json(None, kind.plural, rows), "footer": kind.footer(items, moment) or None})
        return 0
    if not items:
        put(kind.empty.partition(". ")[0] + f". techlead {kind.add} adds one.")
        return 0
    for item in items:
        put(line_of(item, moment, columns()))
    footer = kind.footer(items, moment)
    if footer:
        put(visible(footer))
    return 0


def line_of(item: Item, moment: Moment, cells: int) -> str:
    """Return an item as one line of so many cells: its id, then its columns."""
    out, room = [], cells - 10
    fixed = sum(column.cells + 2 for column in item.kind.columns if column.cells)
    for column in item.kind.columns:
        wide = column.cells or max(20, room - fixed)
        out.append(fit(visible(column.text(item, moment)), wide))
    return f"{short_id(item.uid)}  " + "  ".join(out).rstrip()
