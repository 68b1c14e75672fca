"""Begin a decision document, and change one. Apart from their list, which changes nothing."""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.edit_result import decision_json, planner_of, put_saved
from techlead_tui.cli.output import is_terminal, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddItem, RemoveItem
from techlead_tui.core.items.decision import KIND
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.words.args import Call
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.unparse import words_of
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import UserError
from techlead_tui.planner.decision_files import folder_of, stray, told
from techlead_tui.planner.items import item_named, items_of, moment_of
from techlead_tui.planner.superseding import both_ways


def begin(shell: Shell, call: Call) -> int:
    """Begin a document, or take one that is there into the list. UserError."""
    planner = planner_of(shell)
    path = call.value("file")
    if path and not call.words and not call.literal:
        call.literal = [told(stray(os.path.abspath(os.path.expanduser(path)), "")).summary]
    reading = read_add_item(KIND, call, shell.today)
    decision = planner.apply(reading.edit, words_of(reading.edit))
    return _say(shell, decision, reading, call)


def change(shell: Shell, call: Call) -> int:
    """Do with a document what the words of a call say. UserError."""
    planner = planner_of(shell)
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
    folder = folder_of(shell.reader)
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
