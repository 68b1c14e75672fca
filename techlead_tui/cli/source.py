"""`techlead source`: add, list and remove the calendars that meetings are read from."""

from __future__ import annotations

import os
import sys

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import planner_of
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import is_terminal, put, put_json, sentence, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.config.settings_cache import load_settings
from techlead_tui.config.settings_file import change_settings, source_of
from techlead_tui.core.lengths import length
from techlead_tui.core.occurrence import GuessRule
from techlead_tui.core.source import Publish, Source, free_name, is_name
from techlead_tui.core.text import number_of
from techlead_tui.core.words.args import Call, Option, did_you_mean
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.calendar_cache import CachedSource
from techlead_tui.planner.calendars import SourceState, problem_text, refresh, state_of

COMMANDS = {
    "source add": Command(
        "source add",
        "[FILE | FOLDER | ADDRESS | -- COMMAND...]",
        "Adds a calendar to read meetings from, and reads it.",
        (
            Option(("--name", "-n"), "what to call it; else it is named after its place", "NAME"),
            Option(("--address",), "what follows -- prints the secret address, instead of the calendar"),
            Option(("--unread",), "save it without reading it: it cannot be reached now"),
        ),
        (
            "A FILE is .ics, a FOLDER holds one event a file, as vdirsyncer, pimsync and khal keep it. An",
            "ADDRESS is the secret one of a calendar's settings; it is never shown again. A COMMAND prints",
            "iCalendar. At a terminal the bare command asks.",
        ),
        (
            "techlead source add ~/calendars/work",
            "techlead source add https://calendar.example.com/secret/basic.ics --name work",
            "techlead source add --name work --address -- pass show calendar/work",
            "techlead source add --name team -- ssh desk cat team.ics",
        ),
    ),
    "source list": Command(
        "source list",
        "",
        "Lists the calendars: when each was read, what it holds, and what is wrong with it.",
        (),
        (),
        ("techlead source list", "techlead source list --json"),
    ),
    "source rm": Command(
        "source rm",
        "NAME",
        "Removes a calendar; its meetings leave the weeks to come.",
        (),
        (),
        ("techlead source rm work",),
    ),
    "source publish": Command(
        "source publish",
        "[FOLDER | FILE.ics]",
        "Says where your boxes are published as busy time, or shows where that is.",
        (
            Option(
                ("--title", "-t"),
                "the title of every box, such as 'Focus time'; '' for each one's own",
                "TEXT",
            ),
            Option(("--off",), "stop publishing; the next sync removes what is there"),
        ),
        (
            "Deep work, windows and planning of the next eight weeks are written by techlead sync: into a",
            "folder that vdirsyncer or pimsync carries to your server, or into one file. A file alone shows",
            "colleagues nothing: somebody must subscribe to it.",
        ),
        ("techlead source publish ~/calendars/boxes --title 'Focus time'", "techlead source publish --off"),
    ),
    "source rules": Command(
        "source rules",
        "",
        "Lists the rules by which meetings are guessed; the first that matches decides.",
        (),
        (
            "Rules of your own go into playbook/meetings.toml in the configuration folder. What you say of",
            "one meeting, by techlead edit ID --type TYPE, holds for its series and wins.",
        ),
        ("techlead source rules",),
    ),
}
LONGEST_PLACE = 4000  # letters: no system has longer paths
VERBS = tuple(name.split()[1] for name in COMMANDS)
SOURCE: Keys = {
    "name": "its name",
    "kind": "file, folder, address or command",
    "place": "where it is; of an address the host alone",
    "read": "when it was read last, or null",
    "age_minutes": "how long ago that was, or null",
    "events": "how many it holds, those of other times included",
    "occurrences": "how many of the weeks that are kept take time",
    "problems": "what is wrong: each with `what`, `count` and `example`",
    "left_out": "events that take no time, by why: declined, cancelled, free, all-day, published, "
    "without a length",
    "error": "why it could not be read the last time, or null",
}
RULE: Keys = {
    "type": "what such an event is about, or null",
    "kind": "its kind instead, or null",
    "words": "one of them is in the title",
    "organizer": "a part of the organizer's name, or null",
    "people_least": "how many take part at least",
    "people_most": "and at most, or null",
    "origin": "shipped, or the file that it is in",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0, 1 when a source of the list has problems, 5 when one could not be reached. UserError."""
    verb = args[0] if args and not args[0].startswith("-") else ""
    if verb not in VERBS:
        if verb:
            raise WordsError(f"source does not know “{verb[:60]}”", did_you_mean(verb, VERBS), verb)
        verb, args = "list", ["list", *args]
    command = COMMANDS[f"source {verb}"]
    call = asked(command, args[1:], 1 if verb in ("rm", "publish") else None, keep=verb == "add")
    if call is None:
        return 0
    runs = {"add": _add, "list": _list, "rm": _remove, "rules": _rules, "publish": _publish}
    return runs[verb](call, shell)


def _add(call: Call, shell: Shell) -> int:
    folders = shell.folders
    settings = load_settings(folders.config)  # from the file itself: the cache has no secrets
    taken = [source.name for source in settings.sources]
    where, name = " ".join(call.words), call.value("name") or ""
    if not where and not call.literal:
        where, name = _asked(name)
    if name and not is_name(name):
        raise WordsError(f"“{name[:60]}” cannot be a name", "letters, digits and dashes", name)
    if name in taken:
        raise WordsError(f"there is a calendar {name} already", f"techlead source rm {name} removes it", name)
    if call.literal:
        if where:
            raise WordsError(f"“{where[:60]}” is one place too many", "a place, or -- and a command", where)
        name = name or free_name(os.path.basename(call.literal[0]), taken)
        words = tuple(call.literal)
        source = Source(name, url_command=words) if call.has("address") else Source(name, command=words)
    else:
        source = source_of(_absolute(where), taken, name)
    planner = planner_of(shell)
    state = state_of(folders, source)
    if not call.has("unread"):
        state = refresh(folders, [source], settings.emails, planner.now(), planner.zone)[0]
        if state.error:
            CachedSource(folders.cache, source.name).forget()
            hint = (
                state.hint
                if "kept" not in state.hint
                else "techlead source add --unread saves it all the same"
            )
            raise UserError(f"nothing was added: {state.error}", hint, 5)
    planner.settings = change_settings(folders.config, sources=(*settings.sources, source))
    if call.has("json"):
        put_json(write_json("source", source_json(state, shell)))
        return 0
    put(f"added: {visible(_line(state, shell))}")
    _put_details(state)
    if not settings.emails:
        tell("hint: emails in config.toml tell which attendee is you; until then answers are not known")
    return 0


def _absolute(where: str) -> str:
    """Return a place that means the same from every folder; `~` stays, as it is in the file. WordsError."""
    if not where.strip():  # or it would be the folder one is in
        raise WordsError("the place is empty", "the path of a file or folder")
    if len(where) > LONGEST_PLACE:
        raise WordsError(f"“{where[:60]}…” is too long for a place", "the path of a file or folder", where)
    if "://" in where or where.startswith("~"):
        return where
    return os.path.abspath(where)


def _asked(name: str) -> tuple[str, str]:
    """Ask at a terminal where the calendar is, and what to call it. WordsError where nobody can answer."""
    if not is_terminal() or sys.stdin is None or not sys.stdin.isatty():
        raise WordsError("where is the calendar?", "techlead source add FILE, FOLDER, ADDRESS, or -- COMMAND")
    put("Where are your meetings? One of these:")
    put("  your calendar's secret iCal address (Google, Outlook, iCloud, Fastmail)")
    put("  a folder that vdirsyncer, pimsync or khal keeps")
    put("  an .ics file")
    where = _question("where: ")
    if not where:
        raise WordsError("nothing was added", "techlead source add --help shows examples")
    return where, name or _question("name (enter for one after its place): ")


def _question(text: str) -> str:
    sys.stderr.write(text)
    sys.stderr.flush()
    return sys.stdin.readline().strip()


def _list(call: Call, shell: Shell) -> int:
    sources = shell.reader.settings.sources
    if any(not any(source[1:]) for source in sources):
        sources = load_settings(shell.folders.config).sources
    states = [state_of(shell.folders, source) for source in sources]
    if call.has("json"):
        put_json(read_json(None, "sources", [source_json(state, shell) for state in states]))
        return 0
    if not states:
        put("No calendar is read. techlead source add takes one.")
    for state in states:
        put(visible(sentence(_line(state, shell))))
        _put_details(state)
    return 0


def _line(state: SourceState, shell: Shell) -> str:
    from techlead_tui.calendars.fetch import kind_of, shown

    age = _age(state, shell)
    read = "not read yet" if age is None else f"read {length(age)} ago" if age else "read now"
    around = number_of(state.occurrences, "time")
    about = f"{number_of(state.events, 'event')}, {around} in the weeks around this one"
    place = shown(state.source).removeprefix("the address ")
    known = read if age is None else f"{read}, {about}"
    return f"{state.source.name}: {kind_of(state.source)} {place}, {known}"


def _put_details(state: SourceState) -> None:
    if state.left_out:
        said = ", ".join(f"{count} {why}" for why, count in sorted(state.left_out.items()))
        put(f"  take no time: {said}")
    for problem in state.problems:
        put(f"  {visible(problem_text(*problem))}")
    if state.error:
        put(f"  {visible(sentence(f'could not be read: {state.error}; what was read last is kept'))}")


def _age(state: SourceState, shell: Shell) -> int | None:
    if state.read is None:
        return None
    return max(0, int((shell.now() - state.read).total_seconds()) // 60)


def source_json(state: SourceState, shell: Shell) -> Json:
    """Return the noun `source`."""
    from techlead_tui.calendars.fetch import kind_of, shown
    from techlead_tui.core.calendar import into

    return {
        "name": state.source.name,
        "kind": kind_of(state.source),
        "place": shown(state.source),
        "read": None if state.read is None else into(state.read, shell.zone).isoformat(),
        "age_minutes": _age(state, shell),
        "events": state.events,
        "occurrences": state.occurrences,
        "problems": [
            {"what": what, "count": count, "example": example} for what, count, example in state.problems
        ],
        "left_out": dict(state.left_out),
        "error": state.error or None,
    }


def _remove(call: Call, shell: Shell) -> int:
    settings = load_settings(shell.folders.config)
    names = [source.name for source in settings.sources]
    if not call.words:
        raise WordsError("which calendar?", "techlead source list shows the names")
    name = call.words[0]
    found = next((source for source in settings.sources if source.name == name), None)
    if found is None:
        hint = did_you_mean(name, names) if names else "there is none"
        raise WordsError(f"there is no calendar “{name[:60]}”", hint, name)
    state = state_of(shell.folders, found)
    change_settings(shell.folders.config, sources=tuple(one for one in settings.sources if one.name != name))
    CachedSource(shell.folders.cache, name).forget()
    if call.has("json"):
        put_json(write_json("source", source_json(state, shell)))
    else:
        put(f"removed: {name}")
    return 0


def _publish(call: Call, shell: Shell) -> int:
    from techlead_tui.planner.publish import target_problem

    old = load_settings(shell.folders.config).publish
    path = _absolute(call.words[0]) if call.words else "" if call.has("off") else old.path
    title = call.value("title")
    new = Publish(path, old.title if title is None else title.strip())
    if call.words and (problem := target_problem(path)) is not None:
        raise problem
    if new != old:
        change_settings(shell.folders.config, publish=new)
    if call.has("json"):
        put_json(write_json("publish", {"path": new.path or None, "title": new.title or None}))
    elif not new.path:
        put("Nothing is published. techlead source publish FOLDER names a place.")
    else:
        put(visible(f"boxes go to {new.path}, as “{new.title}”" if new.title else f"boxes go to {new.path}"))
        if new != old:
            tell("hint: techlead sync --dry-run shows what will be written")
    return 0


def _rules(call: Call, shell: Shell) -> int:
    from techlead_tui.config.meeting_rules import load_rules

    reader = shell.reader
    rules = load_rules(shell.folders.config, shell.folders.cache, reader.library.types())
    if call.has("json"):
        put_json(read_json(None, "rules", [rule_json(rule) for rule in rules]))
        return 0
    for rule in rules:
        put(visible(_rule_line(rule)))
    return 0


def rule_json(rule: GuessRule) -> Json:
    """Return the noun `rule`."""
    return {
        "type": rule.type,
        "kind": rule.kind,
        "words": list(rule.words),
        "organizer": rule.organizer or None,
        "people_least": rule.people_least,
        "people_most": rule.people_most or None,
        "origin": rule.origin,
    }


def _rule_line(rule: GuessRule) -> str:
    about = [f"“{word}”" for word in rule.words[:4]] + (["…"] if len(rule.words) > 4 else [])
    said = [" or ".join(about)] if about else []
    said += [f"organizer {rule.organizer}"] if rule.organizer else []
    said += [f"at least {rule.people_least} people"] if rule.people_least else []
    said += (
        [f"at most {rule.people_most} {'person' if rule.people_most == 1 else 'people'}"]
        if rule.people_most
        else []
    )
    return f"{rule.type or (rule.kind or '').replace('_', '-'):<20} {', '.join(said)}"
