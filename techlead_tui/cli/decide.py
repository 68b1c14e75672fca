"""`techlead decide` and `techlead decisions`: decision documents in a folder of the user's (M7)."""

from __future__ import annotations

import os
from typing import Any

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.items import commands_for, lines_of, put_list
from techlead_tui.cli.json_shapes import Json, read_json
from techlead_tui.cli.output import columns, put, put_json, tell, typed, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import FRIDAY
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.decision import KIND, SYNC, is_late
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.text import when
from techlead_tui.core.words.args import Call
from techlead_tui.planner.items import ItemList, items_of

COMMANDS: dict[str, Command] = {command.name: command for command in commands_for(KIND)}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 4 when a document cannot be used as it is. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    if name != KIND.add and not call.words and not call.literal:
        return _list(shell, call)
    from techlead_tui.cli.decide_edits import begin, change  # dear, and a list changes nothing

    return begin(shell, call) if name == KIND.add else change(shell, call)


def _list(shell: Shell, call: Call) -> int:
    reader, everything = shell.reader, call.has("all")
    found = items_of(reader, KIND, closed=everything)
    if everything:
        from techlead_tui.planner.decision_files import folder_of, others

        created = reader.now().isoformat(timespec="seconds")
        folder = folder_of(reader, call.value("dir"))
        more = others(folder, found.items, created) if os.path.isdir(folder) else []
        found = ItemList((*found.items, *more), found.moment)
    late = [item for item in found.items if is_late(item, found.moment)]
    if call.has("json"):
        rows: list[Json] = [item_json(item, found.moment) for item in found.ordered()]
        put_json({**read_json(None, KIND.plural, rows), "footer": None, "sync": _sync(shell, late)})
        return 0
    if not found.items:
        return put_list(KIND, found, False)
    from techlead_tui.planner.decision_files import folder_of  # dear, and an empty list has no files

    items, here = found.ordered(), folder_of(reader)
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
    from techlead_tui.planner.free import Wish, find_free  # dear, and few documents are late

    wish = Wish(SYNC, "meeting", "decision", "+decision ")
    slot = next(iter(find_free(shell.reader, wish, 1, weekday=FRIDAY)), None)
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
