"""`techlead undo`, `redo` and `history`: one log for the screen and the shell."""

from __future__ import annotations

import shlex
from typing import Any

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import put, put_json, sentence, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.clashes import clash_text
from techlead_tui.core.text import told
from techlead_tui.core.words.args import Option
from techlead_tui.errors import WordsError

COMMANDS = {
    "undo": Command("undo", "", "Takes the last change back, wherever it was made."),
    "redo": Command("redo", "", "Redoes what undo took back."),
    "history": Command(
        "history",
        "",
        "Lists the changes, newest first.",
        (Option(("--last", "-n"), "how many (20), or all", "NUMBER"),),
        (),
        ("techlead history", "techlead history -n 5 --json"),
    ),
}
ENTRY: Keys = {
    "seq": "its number; numbers only grow",
    "at": "when it was made",
    "words": "the call, as an argument list",
    "origin": "cli, tui, hook (a command of [[hooks]]), or `machine` and the name of another machine",
    "turn": "do, undo or redo",
    "of": "the number of the entry that an undo or redo reverses, or null",
    "gave_way": "where two machines changed the same field, as `conflicts` of `sync`",
}
DONE = {"undo": "undone", "redo": "redone"}
HIDDEN = ("keep",)  # what the program itself had to write down


def run(name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMANDS[name], args, 0)
    if call is None:
        return 0
    if name == "history":
        most = _number(call.value("last"))
        entries = shell.reader.history(None if most is None else 2 * most)
        entries = [entry for entry in entries if entry.turn not in HIDDEN or entry.gave_way][:most]
        if call.has("json"):
            put_json(read_json(None, "history", [entry_json(entry) for entry in entries]))
            return 0
        for entry in entries:
            turn = "" if entry.turn == "do" else f"{entry.turn} of {entry.of}: "
            when = entry.at[:16].replace("T", " ")
            put(f"{entry.seq:>5}  {when}  {visible(entry.origin):<4}  {turn}{_words(entry)}")
            for clash in entry.gave_way:
                put(visible(f"       {clash_text(clash)}"))
        if not entries:
            put("nothing has been changed yet")
        return 0
    from techlead_tui.cli.edit_result import planner_of

    planner = planner_of(shell)
    entry = planner.undo() if name == "undo" else planner.redo()
    if call.has("json"):
        put_json(write_json("entry", entry_json(entry)))
    else:
        put(f"{DONE[name]}: {_words(entry)}")
    return 0


def _words(entry: Any) -> str:
    if entry.words == ["sync"]:
        count = len(entry.changes)
        return f"sync: {count} {'change' if count == 1 else 'changes'}"
    return visible(sentence(shlex.join(told(entry.words, entry.changes)))) or "a change"


def _number(text: str | None) -> int | None:
    """Return how many entries; None for all."""
    if text is None:
        return 20
    if text == "all":
        return None
    if not (text.isascii() and text.isdigit()) or not 1 <= int(text[:9]) <= 1_000_000:
        raise WordsError(f"“{text[:60]}” is not a number of entries", "--last 5, or --last all", text)
    return int(text)


def entry_json(entry: Any) -> Json:
    """A transaction of the history."""
    return {name: getattr(entry, name) for name in ENTRY}
