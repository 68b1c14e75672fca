"""The commands of the item kinds: one that adds, one that lists and turns, made from each declaration."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import decision_json, planner_of, put_refusal, put_saved
from techlead_tui.cli.help import asked
from techlead_tui.cli.ids import short_id
from techlead_tui.cli.json_shapes import Json, block_json, read_json
from techlead_tui.cli.output import columns, copy_out, put, put_json, tell, tell_notes, visible, visible_lines
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
from techlead_tui.core.items.kinds import NAMES, all_kinds, kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment, item_json
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.args import Call, Option
from techlead_tui.core.words.commands import override_reason
from techlead_tui.core.words.items import add_options, read_add_item, read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.planner.items import ItemList, item_named, items_of, moment_of
from techlead_tui.planner.planner import Planner
from techlead_tui.render.text import fit, width

COPY = Option(("--copy", "-c"), "copy the text that is offered to the clipboard; nothing is ever sent")
ALL = Option(("--all", "-a"), "the closed ones too")
TITLE = 30  # cells that a title keeps; where there are fewer, the last columns go
ID_HELP = (
    "An ID is what the list shows: the beginning or the end of it, or words of the title that fit one alone.",
)
BY_COMMAND = {command: name.id for name in NAMES for command in (name.add, name.plural)}


def commands_for(kind: ItemKind) -> tuple[Command, Command]:
    """Return the command that adds and the one that lists."""
    add = Command(kind.add, kind.words, kind.adds, add_options(kind), kind.details, kind.examples)
    turns = [
        f"{kind.lister} ID {turn.name}{_taken(kind, turn.takes, turn.needs)}".ljust(36) + f" {turn.text}"
        for turn in kind.transitions
    ]
    other = [
        f"{kind.lister} ID edit [WHAT]".ljust(36) + " Change its title, or fields by the options.",
        f"{kind.lister} ID rm".ljust(36) + " Take it out of the list, as if it had never been there.",
    ]
    copies = (COPY,) if any(turn.reply or turn.answers for turn in kind.transitions) else ()
    options = (ALL, *copies, *add_options(kind))
    words = f"[ID {'|'.join(turn.name for turn in kind.transitions)}|edit|rm ...]"
    examples = (f"techlead {kind.lister}", f"techlead {kind.lister} --all --json")
    return add, Command(kind.lister, words, kind.lists, options, (*ID_HELP, *turns, *other), examples)


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
    from techlead_tui.planner.replies import reply_of_turn  # dear, and a list has no text to send

    return reply_of_turn(planner, Item(kind, record), turn)


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
    for line in lines_of(items, moment, columns()):
        put(line)
    footer = kind.footer(items, moment)
    if footer:
        put(visible(footer))
    return 0


def lines_of(items: Sequence[Item], moment: Moment, cells: int, ids: Sequence[str] = ()) -> list[str]:
    """Return items of a kind as a line each: the id, then the columns, none wider than what it holds.

    `ids` are what names each of them, where that is not its short id.
    """
    declared = items[0].kind.columns if items else ()
    rows = [
        [name, *(visible(column.text(item, moment)) for column in declared)]
        for name, item in zip(ids or [short_id(item.uid) for item in items], items, strict=True)
    ]
    holds = [max(map(width, texts)) for texts in zip(*rows, strict=True)]
    sizes = [min(size, column.cells or size) for size, column in zip(holds[1:], declared, strict=True)]
    wide = [*holds[:1], *sizes]
    while len(wide) > 2 and cells - sum(size + 2 for size in wide) + wide[1] + 2 < min(wide[1], TITLE):
        wide.pop()
    if wide:
        wide[1] = max(1, min(wide[1], cells - sum(size + 2 for size in wide) + wide[1] + 2))
    return [
        "  ".join(fit(text, size) for text, size in zip(row, wide, strict=False) if size).rstrip()
        for row in rows
    ]
