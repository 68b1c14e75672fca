"""`techlead decide` and `techlead decisions`: decision documents in a folder of the user's (M7)."""

from __future__ import annotations

import os
import sys
from typing import Any

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import decision_json, planner_of, put_saved
from techlead_tui.cli.help import asked
from techlead_tui.cli.ids import short_id
from techlead_tui.cli.items import commands_for, lines_of, put_list
from techlead_tui.cli.json_shapes import Json, read_json
from techlead_tui.cli.output import columns, is_terminal, put, put_json, tell, typed, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddItem, RemoveItem
from techlead_tui.core.items.decision import KIND, SYNC, is_late
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.text import when
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import UserError
from techlead_tui.planner.decision_files import folder_for, others, stray, told
from techlead_tui.planner.free import Wish, find_free
from techlead_tui.planner.items import ItemList, item_named, items_of, moment_of
from techlead_tui.planner.superseding import both_ways

COMMANDS: dict[str, Command] = {command.name: command for command in commands_for(KIND)}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 4 when a document cannot be used as it is. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    planner = planner_of(shell)
    if name == KIND.add:
        path = call.value("file")
        if path and not call.words and not call.literal:
            call.literal = [told(stray(os.path.abspath(os.path.expanduser(path)), "")).summary]
        reading = read_add_item(KIND, call, shell.today)
        decision = planner.apply(reading.edit, words_of(reading.edit))
        return _say(shell, decision, reading, call)
    if not call.words and not call.literal:
        return _list(shell, call)
    reading = read_turn(KIND, call, lambda text: _named(shell, text), shell.today)
    edits = both_ways(planner, [reading.edit], lambda text: _named(shell, text))
    decision = planner.apply_all(edits, words_of(reading.edit))[-1]
    return _say(shell, decision, reading, call)


def _named(shell: Shell, text: str) -> Item:
    """Return the document of an ID; one that `--all` shows is taken into the list first. UserError."""
    planner = planner_of(shell)
    if not text.lower().endswith(".md"):
        return item_named(planner, KIND, text)
    everything = items_of(planner, KIND, closed=True).items
    path = os.path.realpath(os.path.expanduser(text))
    folder = _folder(shell, None)
    for item in everything:
        if text in (os.path.basename(str(item.get("path"))), item.uid) or path == os.path.realpath(
            str(item.get("path"))
        ):
            return item
    path = next((one for one in (path, os.path.join(folder, text)) if os.path.isfile(one)), "")
    if not path:
        raise UserError(f"there is no document {text[:60]}", "`techlead decisions --all` shows them")
    edit = AddItem(KIND.id, told(stray(path, "")).summary, {"path": path})
    uid = planner.apply(edit, words_of(edit)).uid
    return item_named(planner, KIND, uid)


def _say(shell: Shell, decision: Decision, reading: ParsedEdit, call: Call) -> int:
    planner = planner_of(shell)
    moment = moment_of(planner)
    edit = decision.edit
    if isinstance(edit, RemoveItem):
        record = {**(decision.changes[0].before or {}), "status": "removed"}
        item = Item(KIND, record)
    else:
        item = item_named(planner, KIND, decision.uid)
    path = str(item.get("path"))
    if call.has("json"):
        put_json(decision_json(decision, KIND.id, item_json(item, moment)))
        return 0
    put_saved(decision, ", ".join(reading.said), told=isinstance(edit, AddItem))
    put(visible(path))
    if isinstance(edit, AddItem) and is_terminal() and sys.stdin is not None and sys.stdin.isatty():
        open_in_editor(path)
    return 0


def open_in_editor(path: str) -> None:
    """Open a file in the user's editor; what goes wrong there is told, and the file is there."""
    from techlead_tui.hooks.editor import edit_file, editor_of

    try:
        if not editor_of(os.environ):
            tell("hint: with $EDITOR set it opens there")
            return
        edit_file(path, os.environ)
    except UserError as wrong:
        tell(f"note: {visible(wrong.message)}; the file is written")


def _folder(shell: Shell, given: str | None) -> str:
    folders, reader = shell.folders, shell.reader
    return folder_for(folders.data, folders.config, reader.settings.decisions_folder, given)


def _list(shell: Shell, call: Call) -> int:
    reader, everything = shell.reader, call.has("all")
    found = items_of(reader, KIND, closed=everything)
    if everything:
        created = reader.now().isoformat(timespec="seconds")
        folder = _folder(shell, call.value("dir"))
        more = others(folder, found.items, created) if os.path.isdir(folder) else []
        found = ItemList((*found.items, *more), found.moment)
    late = [item for item in found.items if is_late(item, found.moment)]
    if call.has("json"):
        rows: list[Json] = [item_json(item, found.moment) for item in found.ordered()]
        put_json({**read_json(None, KIND.plural, rows), "footer": None, "sync": _sync(shell, late)})
        return 0
    if not found.items:
        return put_list(KIND, found, False)
    items, here = found.ordered(), _folder(shell, None)
    ids = [  # a document of the folder that is not in the list is named by its file
        os.path.basename(item.uid) if os.path.dirname(item.uid) == here else short_id(item.uid)
        for item in items
    ]
    for line in lines_of(items, found.moment, columns(), ids):
        put(line)
    for item in found.items:
        if item.record.get("problem"):
            tell(f"note: {visible(str(item.record['problem']))}")
    slot = _sync(shell, late)
    if slot is not None:
        tell(f"hint: still open after the deadline; {SYNC} minutes settle it, {slot['when']}:")
        tell(f"  techlead {typed(slot['words'])}")
    return 0


def _sync(shell: Shell, late: list[Item]) -> dict[str, Any] | None:
    """Return the next free slot on a Friday for the documents that are late, and the call that takes it."""
    if not late:
        return None
    slots = find_free(shell.reader, Wish(SYNC, "meeting", "decision", "+decision "), 200)
    slot = next((one for one in slots if one.start.isoweekday() == 5), None)
    if slot is None:
        return None
    people = dict.fromkeys(name for item in late for name in item.people)
    time = f"{slot.start:%H:%M}-{slot.end:%H:%M}"
    doc = ("--doc", str(late[0].get("path")))
    who = [word for name in people for word in ("--with", name)]
    words = ["add", slot.start.date().isoformat(), time, late[0].summary, "+decision", *who, *doc]
    return {
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "when": when(slot.span),
        "words": words,
    }
