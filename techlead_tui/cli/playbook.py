"""`techlead playbook`: the method's texts, each beside the user's own figure."""

from __future__ import annotations

import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import columns, fail, in_lines, is_terminal, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.theme import PROBLEM
from techlead_tui.config.playbook_toml import check_playbook
from techlead_tui.core.figures import figures, figures_weeks
from techlead_tui.core.playbook import KINDS, Entry, body, read_through, search
from techlead_tui.core.words.args import Call

COMMANDS = {
    "playbook": Command(
        "playbook",
        "[WORDS...]",
        "Shows the method's texts that contain the words, each beside your own figure.",
        (),
        (
            "Words may be an id (say-no), a part of the method (M11) or anything that a text holds. Your own",
            "texts, playbook/*.toml in the configuration folder, add to these and change them by id.",
        ),
        ("techlead playbook", "techlead playbook say-no", "techlead playbook objection --json"),
    ),
    "playbook check": Command(
        "playbook check",
        "",
        "Checks your own playbook files: every mistake by file, key and line.",
        (),
        (),
        ("techlead playbook check",),
    ),
}
ENTRY: Keys = {
    "id": "its id",
    "kind": "role, principle, anti-pattern, show-up, reply, objection, pattern, checklist or template",
    "title": "its title",
    "method": "the parts of the method that it is of",
    "texts": "by key a list of texts; of a reply by `tone.part`, with placeholders as they stand",
    "figure": "your own figure beside it, or null",
    "opens": "the command that it is about, or null",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    if args[:1] == ["check"]:
        call = asked(COMMANDS["playbook check"], args[1:], 0)
        return 0 if call is None else _check(call, shell)
    call = asked(COMMANDS[name], args)
    return 0 if call is None else _show(call, shell)


def _show(call: Call, shell: Shell) -> int:
    reader = shell.reader
    words = " ".join(call.words)
    found = search(reader.playbook(), words)
    weeks = figures_weeks(shell.this_week)
    mine = figures(reader.snapshot(*weeks), weeks[-1], shell.now())
    if call.has("json"):
        put_json(read_json(None, "playbook", [entry_json(entry, mine) for entry in found]))
        return 0
    if not found:
        put("nothing contains these words")
    kind = ""
    for entry in found:
        if entry.kind != kind:
            put(f"{'' if not kind else chr(10)}{KINDS[entry.kind].title}")
            kind = entry.kind
        put(f"  {entry.id:<30} {visible(entry.title)}")
        if words or len(found) == 1:
            _print(entry, mine)
    return 0


def _print(entry: Entry, mine: dict[str, str]) -> None:
    for label, text in body(entry):
        head = f"{label}: " if label else ""
        for line in (head + read_through(text)).rstrip().split("\n"):
            _put(visible(line))
    if entry.figure:
        _put(f"yours: {visible(mine[entry.figure])}")
    about = f"techlead {entry.opens}" if entry.opens else ""
    _put(", ".join(part for part in (*entry.method, about) if part))


def _put(line: str) -> None:
    put(in_lines("      ", line, columns() if is_terminal() else sys.maxsize).rstrip())


def entry_json(entry: Entry, mine: dict[str, str]) -> Json:
    texts = {key: list(value) for key, value in entry.fields.items()}
    texts |= {f"{tone}.{part}": [text] for tone, parts in entry.tones.items() for part, text in parts.items()}
    return {
        "id": entry.id,
        "kind": entry.kind,
        "title": entry.title,
        "method": list(entry.method),
        "texts": texts,
        "figure": mine.get(entry.figure),
        "opens": entry.opens or None,
    }


def _check(call: Call, shell: Shell) -> int:
    problems = check_playbook(shell.folders.config)
    if call.has("json"):
        rows = [{key: getattr(problem, key) for key in PROBLEM} for problem in problems]
        put_json(read_json(None, "problems", rows))
    else:
        for problem in problems:
            fail(str(problem), problem.hint)
        if not problems:
            put("the playbook is in order")
    return int(bool(problems))
