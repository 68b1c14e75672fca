"""`techlead repos`, and `repos add, rm, scan`: where commits are read from.

A scan that finds nothing new imports nothing dear.
"""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.context import Context
from techlead_tui.cli.output import columns, put, put_json, tell, visible
from techlead_tui.config import local_time
from techlead_tui.core.words.args import Call, Option, read_options
from techlead_tui.errors import UserError, WordsError
from techlead_tui.evidence.cache import Row
from techlead_tui.evidence.look import Seen
from techlead_tui.planner import repositories

COMMANDS = {
    "repos": Command(
        "repos",
        "",
        "Lists the repositories that your commits are read from.",
        (JSON, HELP),
        (
            "They are listed in config.toml, found below a folder that is, or learnt from sessions that were",
            "logged in them.",
        ),
        ("techlead repos", "techlead repos --json"),
    ),
    "repos add": Command(
        "repos add",
        "[PATH]",
        "Adds a repository, or a folder with repositories in it.",
        (JSON, HELP),
        ("Without a PATH it is the folder that you are in.",),
        ("techlead repos add .", "techlead repos add ~/src"),
    ),
    "repos rm": Command(
        "repos rm",
        "PATH|NAME",
        "Takes a repository out, or a folder with repositories in it.",
        (JSON, HELP),
        ("What was read of it is forgotten; the repository itself is not touched.",),
        ("techlead repos rm billing",),
    ),
    "repos scan": Command(
        "repos scan",
        "",
        "Reads your commits from what has changed, and asks the commands of config.toml.",
        (
            Option(("--weeks",), "how far back to read (26)", "NUMBER"),
            Option(("--fresh",), "read everything again"),
            JSON,
            HELP,
        ),
        (
            "Nothing of a repository is run: no hook, no filter, no pager, no transport. A repository that",
            "cannot be read is named with the reason; what was read before stays.",
        ),
        ("techlead repos scan", "techlead repos scan --weeks 52"),
    ),
}
REPO: dict[str, str] = {
    "name": "its name, as sessions name it",
    "path": "its folder",
    "origin": "listed (config.toml), found (below a root) or learnt (from a session)",
    "scanned": "when it was last read, or null",
    "commits": "how many own commits are known",
    "error": "why it could not be read, or null",
    "note": "what else there is to know, or null",
}
SOURCE: dict[str, str] = {
    "name": "its name in config.toml",
    "scanned": "when it last answered, or null",
    "events": "how many events are known",
    "error": "why it did not answer, or null",
    "note": "what of its answer was left out, or null",
}
ADDED: dict[str, str] = {
    "name": "its name, or that of the folder",
    "path": "the folder",
    "root": "whether repositories are looked for below it",
    "repositories": "how many are there",
}
TAKEN_OUT: dict[str, str] = {"name": "the name of the folder", "path": "the folder"}
MOST_WEEKS = 1040


def run(_name: str, args: list[str], context: Context) -> int:
    """Run the verb that the first word names. WordsError, UserError, DataError."""
    verbs = [name.partition(" ")[2] for name in COMMANDS if " " in name]
    spoken = next((arg for arg in args if not arg.startswith("-")), "")
    if spoken and spoken not in verbs:
        from techlead_tui.core.words.args import did_you_mean

        hint = did_you_mean({"remove": "rm", "delete": "rm"}.get(spoken, spoken), verbs)
        raise WordsError(f"repos has no command “{spoken[:60]}”", hint, spoken)
    rest = list(args)
    if spoken:
        rest.remove(spoken)
    command = COMMANDS[f"repos {spoken}".rstrip()]
    call = read_options(rest, command.options)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([command] if spoken else list(COMMANDS.values()))
        return 0
    call.words += call.literal
    most = 1 if spoken in ("add", "rm") else 0
    if len(call.words) > most:
        extra = call.words[most]
        raise WordsError(f"“{extra[:60]}” is one word too many", f"techlead {command.name}", extra)
    return {"": _list, "add": _add, "rm": _remove, "scan": _scan}[spoken](call, context)


def _list(call: Call, context: Context) -> int:
    seen = repositories.sources(context.folders)
    if call.has("json"):
        put_json({"schema": 1, "week": None, "repos": [repo_json(one) for one in seen]})
    else:
        _print(seen)
    return 0


def _scan(call: Call, context: Context) -> int:
    weeks = call.value("weeks")
    if weeks is not None and not (weeks.isascii() and weeks.isdigit() and 1 <= int(weeks[:5]) <= MOST_WEEKS):
        raise WordsError(
            f"--weeks is not a number from 1 to {MOST_WEEKS}: {weeks[:20]}", "write it as --weeks 26", weeks
        )
    shown = sys.stderr is not None and sys.stderr.isatty()
    found = repositories.scan(
        context.folders,
        context.clock,
        _show_progress if shown else None,
        weeks=repositories.WEEKS if weeks is None else int(weeks),
        fresh=call.has("fresh"),
    )
    if shown and found.read:
        sys.stderr.write("\r\x1b[K")
    for trouble in _troubles(found.seen, found.commands):
        tell(f"note: {visible(trouble)}")
    if call.has("json"):
        put_json(
            {
                "schema": 1,
                "week": None,
                "repos": [repo_json(one) for one in found.seen],
                "commands": [source_json(head) for head in found.commands],
                "read": len(found.read),
            }
        )
        return 0
    if found.seen or not found.commands:
        _print(found.seen)
    for head in found.commands:
        put(f"{visible(str(head['name']))}: {_counted(head['commits'], 'event')}")
    if found.seen:
        put(f"{_counted(len(found.read), 'repository')} read, {len(found.seen) - len(found.read)} unchanged")
    return 0


def _troubles(seen: list[Seen], commands: list[Row]) -> list[str]:
    """Return a sentence for each thing that went wrong, with the sources that it went wrong with."""
    found: dict[str, list[str]] = {}
    for one in seen:
        if one.error is not None:
            found.setdefault(one.error, []).append(one.folder)
    for head in commands:
        for said in (head["error"], head["note"]):
            if said is not None:
                found.setdefault(str(said), []).append(str(head["name"]))
    return [
        f"{names[0]}{f' and {len(names) - 1} more' if len(names) > 1 else ''}: {said}"
        for said, names in found.items()
    ]


def _show_progress(done: int, everything: int, name: str) -> None:
    """Show on stderr how far a scan is, in one line that the next one replaces."""
    sys.stderr.write(f"\r\x1b[K{done} of {everything}  {visible(name)[: max(10, columns() - 20)]}")
    sys.stderr.flush()


def folder_of(text: str) -> str:
    """Return the whole path of a folder that was typed. WordsError for none, not the one we are in."""
    if not text.strip():
        raise WordsError("the path is empty", "techlead repos add . takes the folder you are in")
    return os.path.abspath(os.path.expanduser(text))


def _add(call: Call, context: Context) -> int:
    from techlead_tui.config.settings_cache import load_settings
    from techlead_tui.config.settings_file import change_settings
    from techlead_tui.evidence.look import DEPTH
    from techlead_tui.evidence.repository import around, below

    path = folder_of(call.words[0] if call.words else ".")
    try:
        repository = around(path)
        inner = [] if repository is not None else below(path, DEPTH)
    except OSError as error:
        raise UserError(
            f"{path} cannot be read: {(error.strerror or str(error)).lower()}", "check the path"
        ) from None
    if repository is None and not inner:
        raise UserError(
            f"{path} is not a repository, and there is none below it",
            "techlead repos add ~/src, the folder of a repository or one that holds some",
        )
    folder = path if repository is None else repository.folder
    field = "repository_roots" if repository is None else "repositories"
    settings = load_settings(context.folders.config, context.folders.cache)
    listed, ignored = getattr(settings, field), settings.repositories_ignored
    config = context.folders.config
    known = folder in [repositories.in_full(one, config) for one in listed]
    wanted = [one for one in ignored if repositories.in_full(one, config) != folder]
    if not known or len(wanted) < len(ignored):
        changes = {} if known else {field: (*listed, _short(folder))}
        changes |= {"repositories_ignored": tuple(wanted)} if len(wanted) < len(ignored) else {}
        change_settings(config, **changes)
    name = os.path.basename(folder) if repository is None else repository.name
    added = {"name": name, "path": folder, "root": repository is None, "repositories": len(inner) or 1}
    if call.has("json"):
        put_json({"schema": 1, "ok": True, "repo": added})
        return 0
    what = f"{_counted(len(inner), 'repository')} below {folder}" if repository is None else folder
    put(f"{'already there' if known else 'added'}: {visible(what)}; techlead repos scan reads your commits")
    return 0


def _remove(call: Call, context: Context) -> int:
    from techlead_tui.config.settings_cache import load_settings
    from techlead_tui.config.settings_file import change_settings
    from techlead_tui.evidence import checkout

    if not call.words:
        raise WordsError("which repository?", "techlead repos rm billing; techlead repos lists them")
    folders, config = context.folders, context.folders.config
    settings = load_settings(config, folders.cache)
    folder = _meant(call.words[0], context)
    lists = {
        field: [one for one in getattr(settings, field) if repositories.in_full(one, config) != folder]
        for field in ("repositories", "repository_roots")
    }
    changes = {
        field: tuple(left) for field, left in lists.items() if len(left) < len(getattr(settings, field))
    }
    learnt = checkout.learnt(folders.data)
    below_root = any(
        folder.startswith(repositories.in_full(one, config).rstrip(os.sep) + os.sep)
        for one in (*lists["repository_roots"], *lists["repositories"])
    )
    if below_root:
        changes["repositories_ignored"] = (*settings.repositories_ignored, _short(folder))
    if not changes and folder not in learnt:
        raise UserError(f"{folder} is not one of the repositories", "techlead repos lists them")
    if changes:
        change_settings(config, **changes)
    if folder in learnt:
        checkout.forget(folders.data, folder)
    repositories.drop(folders)
    if call.has("json"):
        put_json({"schema": 1, "ok": True, "repo": {"name": os.path.basename(folder), "path": folder}})
    else:
        put(f"taken out: {visible(folder)}")
    return 0


def _meant(text: str, context: Context) -> str:
    """Return the folder that a path or a repository's name stands for. UserError."""
    path = folder_of(text)
    seen = repositories.sources(context.folders)
    folders = [one.folder for one in seen]
    plan = repositories.plan_of(context.folders)
    if path in (*folders, *plan.listed, *plan.roots, *plan.learnt):
        return path
    named = [one.folder for one in seen if text in (name_of(one), os.path.basename(one.folder))]
    if len(named) > 1:
        raise UserError(f"{text} names {len(named)} repositories: {', '.join(named[:4])}", "give the path")
    return named[0] if named else path


def repo_json(seen: Seen) -> dict[str, object]:
    """Return a repository as JSON."""
    head = seen.head or {}
    return {
        "name": name_of(seen),
        "path": seen.folder,
        "origin": seen.origin,
        "scanned": _at(head.get("scanned")),
        "commits": head.get("commits", 0),
        "error": _error(seen),
        "note": head.get("note"),
    }


def _error(seen: Seen) -> str | None:
    """Return why a repository cannot be read: now, or when it was last tried."""
    before = (seen.head or {}).get("error")
    return seen.error or (str(before) if before else None)


def source_json(head: Row) -> dict[str, object]:
    """Return a command as JSON, from its head."""
    return {
        "name": head["name"],
        "scanned": _at(head["scanned"]),
        "events": head["commits"],
        "error": head["error"],
        "note": head["note"],
    }


def name_of(seen: Seen) -> str:
    """Return a repository's name, as sessions name it."""
    if seen.repository is not None:
        return seen.repository.name
    return str((seen.head or {}).get("name") or os.path.basename(seen.folder))


def _at(moment: object) -> str | None:
    return local_time.iso(moment) if isinstance(moment, int) else None


def _print(seen: list[Seen]) -> None:
    if not seen:
        put("no repositories yet: techlead repos add . in one of them, or techlead repos add ~/src")
        return
    from techlead_tui.render.text import cut, fit

    wide = min(30, max(len(name_of(one)) for one in seen))
    for one in seen:
        row = repo_json(one)
        read = str(row["scanned"])[:16].replace("T", " ") if row["scanned"] else "not yet read"
        about = "; ".join(str(row[key]) for key in ("error", "note") if row[key])
        head = f"{fit(visible(name_of(one)), wide)}  {_counted(row['commits'], 'commit'):>12}  {read:<16}"
        put(cut(f"{head}  {one.origin:<6}  {visible(one.folder)}", columns()))
        if about:
            put(cut(f"{' ' * wide}  {visible(about)}", columns()))


def _counted(count: object, noun: str) -> str:
    if count == 1:
        return f"1 {noun}"
    return f"{count} {noun[:-1]}ies" if noun.endswith("y") else f"{count} {noun}s"


def _short(folder: str) -> str:
    """Return a folder as one writes it into a file that other machines share: below ~ where it is."""
    home = os.path.expanduser("~")
    inside = folder.startswith(home.rstrip(os.sep) + os.sep) and home != os.sep
    return "~" + folder[len(home.rstrip(os.sep)) :] if inside else folder
