"""Writes docs/reference/{commands,json,exit-codes}.md from the code: `python -m tests.cli.pages`."""

from __future__ import annotations

from pathlib import Path

from techlead_tui.cli import (
    balance,
    check,
    doctor,
    drift,
    find,
    history,
    holidays,
    json_shapes,
    lint,
    no,
    patterns,
    people,
    playbook,
    report,
    repos,
    review,
    series,
    session_commits,
    session_json,
    source,
    sync,
    theme,
    tick,
    types,
    update,
)
from techlead_tui.cli.command import Command
from techlead_tui.cli.help import CODES, commands_of
from techlead_tui.cli.json_shapes import Keys
from techlead_tui.cli.registry import GROUPS
from techlead_tui.core.items.kinds import all_kinds
from techlead_tui.core.items.kit import json_keys
from techlead_tui.core.words.args import Option

FOLDER = Path(__file__).parents[2] / "docs" / "reference"

NOUNS: dict[str, Keys] = {
    "block": json_shapes.BLOCK,
    "session": session_json.SESSION,
    "commit": session_commits.COMMIT,
    "event": session_commits.EVENT,
    "offer": session_commits.OFFER,
    "repo": repos.REPO,
    "repo added": repos.ADDED,
    "repo taken out": repos.TAKEN_OUT,
    "command": repos.SOURCE,
    "violation": json_shapes.VIOLATION,
    "finding (lint)": lint.FINDING,
    "slot": find.SLOT,
    "now": json_shapes.NOW,
    "check": check.CHECK,
    "balance": balance.BALANCE,
    "drift": drift.DRIFT,
    "report": report.REPORT,
    "history entry": history.ENTRY,
    "week theme": theme.THEME,
    "holiday": holidays.HOLIDAY,
    "block type": types.TYPE,
    "reply": no.REPLY,
    "review": review.REVIEW,
    "playbook entry": playbook.ENTRY,
    "trial": theme.TRIAL,
    "update": update.UPDATE,
    "problem": theme.PROBLEM,
    "finding (doctor)": doctor.FINDING,
    "backup": doctor.BACKUP,
    "calendar": source.SOURCE,
    "rule (calendars)": source.RULE,
    "sync": sync.SYNC,
    "command that was run": tick.RAN,
    "person": people.PERSON,
    "owed": people.OWED,
    "boundary entry": people.ENTRY,
    "day": {"date": "the date", "kind": "normal, leave or on-call", "name": "of a holiday, or null"},
    **{kind.id: json_keys(kind) for kind in all_kinds()},
    "progress (campaign)": patterns.CAMPAIGN_PROGRESS,
    "progress (pair)": patterns.PAIR_PROGRESS,
    "series": series.SERIES,
    "theme_use": {"theme": "the id", "week": "the first week", "only": "whether for that week alone"},
}
# command, key of its answer, noun
ANSWERS = (
    ("week", "blocks", "block"),
    ("today", "blocks", "block"),
    ("now", "now", "now"),
    ("lint", "findings", "finding (lint)"),
    ("free", "slots", "slot"),
    ("find", "blocks", "block"),
    ("add", "block", "block"),
    ("move", "block", "block"),
    ("edit", "block", "block"),
    ("rm", "block", "block"),
    ("done", "block", "block"),
    ("day", "day", "day"),
    ("start", "session", "session"),
    ("stop", "session", "session"),
    ("holidays", "holidays", "holiday"),
    ("types", "types", "block type"),
    ("log", "session", "session"),
    ("sessions", "sessions", "session"),
    ("sessions", "commits", "commit"),
    ("sessions", "co_authored", "commit"),
    ("sessions", "events", "event"),
    ("sessions", "offers", "offer"),
    ("repos", "repos", "repo"),
    ("repos add", "repo", "repo added"),
    ("repos rm", "repo", "repo taken out"),
    ("repos scan", "repos", "repo"),
    ("repos scan", "commands", "command"),
    ("check", "check", "check"),
    ("balance", "balance", "balance"),
    ("drift", "drift", "drift"),
    ("report", "report", "report"),
    ("undo", "entry", "history entry"),
    ("redo", "entry", "history entry"),
    ("history", "history", "history entry"),
    ("themes", "themes", "week theme"),
    ("theme show", "theme", "week theme"),
    ("theme use", "theme_use", "theme_use"),
    ("theme check", "problems", "problem"),
    *((kind.add, kind.id, kind.id) for kind in all_kinds()),
    *((kind.lister, kind.plural, kind.id) for kind in all_kinds()),
    ("series", "series", "series"),
    ("with", "person", "person"),
    ("owed", "owed", "owed"),
    ("boundary", "boundary", "boundary entry"),
    ("no", "reply", "reply"),
    ("review", "review", "review"),
    ("playbook", "playbook", "playbook entry"),
    ("playbook check", "problems", "problem"),
    ("doctor", "findings", "finding (doctor)"),
    ("doctor --restore", "backups", "backup"),
    ("source list", "sources", "calendar"),
    ("source rules", "rules", "rule (calendars)"),
    ("sync", "sync", "sync"),
    ("tick", "ran", "command that was run"),
)
COMMANDS_HEAD = """# Commands

`techlead`, its short form `tl` and `python -m techlead_tui` are the same program. `techlead` alone opens the
week on the screen; without a terminal, or with `TERM=dumb`, it writes the week as text. Options stand
anywhere; a value may begin with `-` (`--at -25m`), and after `--` everything is text."""
JSON_HEAD = """# JSON

With `--json` a command writes one object to stdout: keys in lower snake case, times as ISO 8601 with an
offset, lengths as whole minutes in keys that end in `_minutes`, ids in `uid`. Texts are as they were written,
control characters included. Errors go to stderr as text, and stdout stays empty.

- a read: `{"schema": 1, "week": "2026-W48", "<noun>": ...}`; `week` is null where it is about no single week
- a write: `{"schema": 1, "ok": true, "<noun>": {...}}`; edits of the week add `notes`, `violations` (what is
  said about them) and `focus_delta_minutes`
- a refusal (exit code 3): `{"schema": 1, "ok": false, "violations": [...]}`

`week` and `today` add `sessions`, `days` and `theme`, and of the whole week `focus_minutes` (planned),
`focus_done_minutes`, `focus_wanted_minutes` (from, to), `deep_work_minutes`, `given_back` (the time that
skipped and moved boxes leave to deep work), `working_minutes`, `logged_minutes`, `logged_in_minutes` (by the
uid of the block), `unanswered_minutes` (invitations without a firm answer, counted in what is planned,
too), `recurring_meetings`, and `counted_from` (the first use, where it lies within the week; or null); by
category `planned_minutes` and `done_minutes`, the same inside
the working time (`planned_inside_minutes`, `done_inside_minutes`), and its shares (`percent`, `done_percent`,
`wanted_percent`). `find` adds `sessions`. `move`, `edit` and `rm` of a session answer with `session`.
`campaign`, `spike`, `refactor` and `pair` without words read: the item that runs, or null, with `progress`
(`campaign`, `pair`), `owed` (`spike`), `queue` and `office_hours` (`pair`). `balance` adds `periods`.
`start` adds `inferred`, the keys of what was not said; `log` and `stop` add `notes` and `fixes` (`title` and
`words`) about sessions that lie over one another.
`check all` answers with `checks`, `doctor` adds `repaired`, and `repos scan` adds `read`, the number of
repositories that had something new. A theme in `themes` also has `path`, `shipped`, `used` and `problems`.
"""
CODES_FOOT = """A closed pipe ends a call quietly with 0. A full disk, a home that cannot be written, and data
that is garbled beyond repair or of a newer version are 4. A week or a day that the calendar has not, a time
that the clocks skip, a block across midnight, and an end before its start are 2.

Errors are two lines on stderr: `error: what happened` and `hint: what to do`. A refusal adds `also:` lines
for what else breaks, and numbered calls that the week accepts, one a line.

For tests and demonstrations, `TECHLEAD_NOW=2026-11-24T09:15` starts the clock of a call, or of the screen,
at that moment; from there it runs on. Without an offset the time is on the local clocks. A value that is no
ISO 8601 moment is 4."""
HEAD = "<!-- Written by `python -m tests.cli.pages`; a test fails when it is stale. -->\n\n"


def commands_page() -> str:
    """Every command with its options and examples."""
    lines = [COMMANDS_HEAD]
    for group, names in GROUPS.items():
        lines += ["", f"## {group}"]
        for command in (command for name in names for command in commands_of(name)):
            lines += ["", *_command(command)]
    return HEAD + "\n".join(lines) + "\n"


def _command(command: Command) -> list[str]:
    lines = [f"### `techlead {command.name} {command.words}".rstrip() + "`", "", command.summary]
    if command.details:
        lines += ["", " ".join(command.details).replace("|", "\\|").replace("<", "&lt;")]
    lines += ["", "| option | does |", "|---|---|"]
    lines += [f"| {_spelled(option)} | {option.help} |" for option in command.all_options]
    if command.examples:
        lines += ["", "```sh", *command.examples, "```"]
    return lines


def _spelled(option: Option) -> str:
    value = f" {option.value}".replace("|", "\\|") if option.value else ""
    return ", ".join(f"`{name}{value}`" for name in option.names)


def json_page() -> str:
    """The envelopes, which command answers with what, and each noun's keys."""
    lines = [JSON_HEAD, "| command | key | noun |", "|---|---|---|"]
    lines += [f"| `techlead {command}` | `{key}` | {noun} |" for command, key, noun in ANSWERS]
    for noun, keys in NOUNS.items():
        lines += ["", f"## {noun}", "", "| key | what |", "|---|---|"]
        lines += [f"| `{key}` | {_cell(what)} |" for key, what in keys.items()]
    return HEAD + "\n".join(lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("<box>@<date>", "&lt;box&gt;@&lt;date&gt;")


def exit_codes_page() -> str:
    """Return what each exit code says, and the hard cases."""
    lines = ["# Exit codes", "", "| code | says |", "|---|---|"]
    lines += [f"| {code} | {meaning} |" for code, meaning in CODES.items()]
    lines += ["", CODES_FOOT]
    return HEAD + "\n".join(lines) + "\n"


PAGES = {"commands.md": commands_page, "json.md": json_page, "exit-codes.md": exit_codes_page}

if __name__ == "__main__":
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")
