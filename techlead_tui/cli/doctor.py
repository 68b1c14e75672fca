"""`techlead doctor`: checks the data and the configuration, repairs with consent, restores backups."""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Keys, read_json, write_json
from techlead_tui.cli.output import fail, is_terminal, put, put_json, tell, tell_notes, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.config.catalog import Library
from techlead_tui.config.meeting_rules import check_rules
from techlead_tui.config.paths import settings_path
from techlead_tui.config.playbook_toml import check_playbook
from techlead_tui.config.problems import FileError
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.args import Call, Option
from techlead_tui.errors import DataError, WordsError
from techlead_tui.planner.calendars import problem_text, state_of
from techlead_tui.planner.machines import wrong_with
from techlead_tui.planner.maintenance import Maintenance
from techlead_tui.planner.tick import problems as hook_problems

COMMAND = Command(
    "doctor",
    "[--restore [BACKUP]]",
    "Checks data and configuration; repairs what it can once you agree.",
    (
        Option(("--yes", "-y"), "repair or restore without asking"),
        Option(("--restore",), "list the backups, or bring back the one that is named"),
    ),
    (
        "Exits 1 when something needs you. A damaged file is kept in quarantine before it is repaired, and",
        "so is the present data before a backup is restored.",
    ),
    ("techlead doctor", "techlead doctor --yes", "techlead doctor --restore"),
)
FINDING: Keys = {
    "file": "the file, relative to the data folder, or the path of a file of the configuration",
    "message": "what is wrong",
    "area": "data, configuration, calendars or machines",
    "serious": "whether it needs you",
    "remedy": "what `doctor --yes` does about it, or null",
}
BACKUP: Keys = {
    "name": "the file",
    "at": "when its last change was made",
    "seq": "the number of that change",
    "weeks": "weeks with records in it",
    "records": "records in it",
    "damaged": "whether it cannot be restored",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    if call.words and not call.has("restore"):
        word = call.words[0]
        raise WordsError(f"“{word[:60]}” is one word too many", "techlead doctor --restore BACKUP", word)
    store = Maintenance(shell.folders)
    try:
        if call.has("restore"):
            return _restore(call, store)
        return _check(call, store, shell)
    finally:
        tell_notes(store.notices)


def _check(call: Call, store: Maintenance, shell: Shell) -> int:
    found = _all(store, shell)
    repaired = False
    mendable = [one for one in found if one["remedy"]]
    as_json = call.has("json")
    if not as_json:
        _print(found)
    if mendable and (call.has("yes") or (not as_json and _agrees("repair the data?"))):
        store.repair()
        repaired = True
        found = _all(store, shell)
        if not as_json:
            put("repaired")
            _print(found)
    elif mendable and not as_json:
        tell("hint: techlead doctor --yes makes these repairs")
    if as_json:
        put_json({**read_json(None, "findings", found), "repaired": repaired})
    return int(any(one["serious"] for one in found))


def _all(store: Maintenance, shell: Shell) -> list[dict[str, object]]:
    data = _data(store)
    configuration = _configuration(shell)
    if any(one["serious"] for one in (*data, *configuration)):
        return [*data, *configuration]
    return [
        *data,
        *_missing(shell),
        *_calendars(shell),
        *_hooks(shell),
        *_machines(shell),
    ]  # what is in use can be asked only where all can be read


def _data(store: Maintenance) -> list[dict[str, object]]:
    """Find what is wrong with the data; a kept copy or a stranger's file is worth a line, no more."""
    return [
        {
            "file": finding.file,
            "message": finding.message,
            "area": "data",
            "serious": finding.serious,
            "remedy": finding.remedy or None,
        }
        for finding in store.verify()
    ]


def _configuration(shell: Shell) -> list[dict[str, object]]:
    """Find what is wrong with settings, playbook, block types and week themes."""
    found: list[dict[str, object]] = []

    def add(file: str, message: str) -> None:
        message = message.removeprefix(f"{file}: ")  # a problem names its file itself
        one = {"file": file, "message": message, "area": "configuration", "serious": True, "remedy": None}
        found.append(one)

    config, cache = shell.folders.config, shell.folders.cache
    library = Library(config, cache)
    try:
        settings = load_settings(config, cache)
        if settings.week_theme not in library.theme_ids():
            add(settings_path(config), f"week_theme: there is no week theme “{settings.week_theme}”")
    except FileError as wrong:
        for problem in wrong.problems:
            add(problem.file, str(problem))
    except DataError as wrong:
        add(config, wrong.message)
    try:
        for problem in check_playbook(config):
            add(problem.file, str(problem))
        for problem in check_rules(config, library.types()):
            add(problem.file, str(problem))
    except FileError as wrong:
        for problem in wrong.problems:
            add(problem.file, str(problem))
        return found  # no theme can be read without the types
    except DataError as wrong:
        add(config, wrong.message)
        return found
    try:
        for file in library.themes():
            for problem in file.problems:
                add(problem.file, str(problem))
    except DataError as wrong:  # the folder cannot be read
        add(config, wrong.message)
    return found


def _missing(shell: Shell) -> list[dict[str, object]]:
    """The week themes of this week and later ones that are chosen and not there."""
    snapshot, this = shell.reader.snapshot(), shell.this_week
    uses = snapshot.table(OPEN, "theme_uses").values()
    used = {snapshot.theme_id(this), *(str(use["theme"]) for use in uses if str(use["week"]) > str(this))}
    folder = os.path.join(shell.folders.config, "themes")
    return [
        {
            "file": os.path.join(folder, f"{theme_id}.toml"),
            "message": "this file is gone, and a week uses it: techlead theme use chooses another",
            "area": "configuration",
            "serious": True,
            "remedy": None,
        }
        for theme_id in sorted(used - set(shell.reader.library.theme_ids()))
    ]


def _calendars(shell: Shell) -> list[dict[str, object]]:
    """Find what is wrong with the calendars; of single events only how many, with an example."""
    found: list[dict[str, object]] = []
    for source in shell.reader.settings.sources:
        state = state_of(shell.folders, source)
        told = [(f"could not be read: {state.error}", True)] if state.error else []
        if state.read is None and not state.error:
            told = [("has not been read yet: techlead sync reads it", True)]
        told += [(problem_text(*problem), False) for problem in state.problems]
        found += [
            {
                "file": f"calendar {source.name}",
                "message": message,
                "area": "calendars",
                "serious": serious,
                "remedy": None,
            }
            for message, serious in told
        ]
    return found


def _hooks(shell: Shell) -> list[dict[str, object]]:
    """Find what is wrong with the commands that are run at moments of the week."""
    file = settings_path(shell.folders.config)
    return [
        {"file": file, "message": message, "area": "configuration", "serious": True, "remedy": None}
        for message in hook_problems(shell.reader)
    ]


def _machines(shell: Shell) -> list[dict[str, object]]:
    """Find what is wrong with the folder that machines share."""
    return [
        {"file": file, "message": message, "area": "machines", "serious": serious, "remedy": None}
        for file, message, serious in wrong_with(shell.reader)
    ]


def _print(found: list[dict[str, object]]) -> None:
    for one in found:
        head = "found" if one["serious"] else "note"
        message = str(one["message"])
        file = str(one["file"])
        put(f"{head}: {visible(message if message.startswith(file) else f'{file} {message}')}")
        if one["remedy"]:
            put(f"       --yes {one['remedy']}")
    if not found:
        put("all is well: data and configuration are in order")


def _restore(call: Call, store: Maintenance) -> int:
    backups = store.backups()
    if not call.words:
        if call.has("json"):
            put_json(
                read_json(None, "backups", [{name: getattr(one, name) for name in BACKUP} for one in backups])
            )
            return 0
        for one in backups:
            held = f"{one.at[:16].replace('T', ' ')}  {one.weeks} weeks, {one.records} records"
            put(f"{one.name}  {'damaged: it cannot be restored' if one.damaged else held}")
        put("techlead doctor --restore BACKUP brings one back" if backups else "there is no backup yet")
        return 0
    name = call.words[0]
    if name not in [one.name for one in backups]:
        raise WordsError(f"there is no backup “{name[:60]}”", "techlead doctor --restore lists them", name)
    if not call.has("yes") and not _agrees(f"restore {visible(name)}?"):
        fail("nothing was restored", f"techlead doctor --restore {name} --yes does it without asking")
        return 2
    store.restore(name)
    if call.has("json"):
        put_json(write_json("backup", {"name": name}))
    else:
        put(f"restored: {visible(name)}")
    return 0


def _agrees(question: str) -> bool:
    """Asks at a terminal; no terminal, no consent."""
    if not is_terminal() or sys.stdin is None or not sys.stdin.isatty():
        return False
    sys.stderr.write(f"{question} [y/N] ")
    sys.stderr.flush()
    return sys.stdin.readline().strip().lower() in ("y", "yes")
