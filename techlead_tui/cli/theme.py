"""`techlead themes`, and `techlead theme show, use, new, check`: week themes."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import Any

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json, write_json
from techlead_tui.cli.output import fail, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import clock
from techlead_tui.core.lengths import length
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.trial import Measures, Trial, told, trial, verdict_edits, weeks_needed
from techlead_tui.core.words.args import Call, Option, did_you_mean
from techlead_tui.core.words.options import OPTIONS
from techlead_tui.core.words.units import DAY_NAMES, WEEKDAYS
from techlead_tui.errors import WordsError

COMMANDS = {
    "themes": Command("themes", "", "Lists the week themes.", (), (), ("techlead themes",)),
    "theme show": Command(
        "theme show",
        "[ID]",
        "Shows a week theme; without an ID, this week's.",
        (),
        (),
        ("techlead theme show on-call",),
    ),
    "theme use": Command(
        "theme use",
        "ID [WEEK]",
        "Uses a week theme: for one week, or from a week on.",
        OPTIONS["theme use"],
        ("With a WEEK it is used for that week alone; without one, from this week on.",),
        ("techlead theme use on-call next", "techlead theme use four-day --from 2026-W49"),
    ),
    "theme trial": Command(
        "theme trial",
        "[keep|adjust|drop]",
        "Compares the weeks before and after a new week theme, and takes your verdict.",
        (),
        (
            "A newly chosen week theme is on trial for two weeks. On the last Friday of them, or later, say",
            "whether it is kept, kept and changed, or dropped: then the one before comes back.",
        ),
        ("techlead theme trial", "techlead theme trial keep"),
    ),
    "theme new": Command(
        "theme new",
        "ID",
        "Copies a week theme into your configuration, to change it.",
        (Option(("--from",), "the theme to begin with (maker-week)", "ID"),),
        (),
        ("techlead theme new my-week", "techlead theme new my-week --from no-meeting-wednesday"),
    ),
    "theme check": Command(
        "theme check",
        "FILE|ID",
        "Lists what is wrong with a week theme's file, key by key.",
        (),
        ("Exits 1 when something is wrong.",),
        ("techlead theme check my-week", "techlead theme check ./my-week.toml --json"),
    ),
}
PROBLEM: Keys = {
    "file": "the file",
    "key": "the key; boxes are counted from one: `box[3].start`",
    "line": "its line, or null",
    "message": "what is wrong",
    "expected": "what would be right",
    "nearest": "what was probably meant, or null",
}

THEME: Keys = {
    "id": "its id, the name of its file",
    "title": "its name",
    "description": "who it is for",
    "days": "its working days: `weekday`, `title`, `allows`, `opens`, `closes`, `lunch`",
    "boxes": "its boxes: `id`, `weekday`, `start`, `end`, `summary`, `kind`, `type`, `optional` and `fixed`",
    "limits": "its figures; lengths in minutes",
    "severities": "each rule: refuse, warn, note or off",
    "holidays": "its days of leave: `date` and `name`",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    if name == "themes":
        call = asked(COMMANDS[name], args, 0)
        return 0 if call is None else _list(call, shell)
    verbs = [verb.split()[1] for verb in COMMANDS if " " in verb]
    words = [arg for arg in args if not arg.startswith("-")]
    verb = words[0] if words else ""
    if not verb and ("-h" in args or "--help" in args):
        from techlead_tui.cli.help import print_help

        print_help([command for command in COMMANDS.values() if command.name.startswith("theme ")])
        return 0
    if verb not in verbs:
        hint = did_you_mean(verb, verbs) if verb else "techlead theme show, use, trial, new or check"
        hint = "techlead themes lists them" if verb in ("list", "ls") else hint
        raise WordsError(
            f"theme has no command “{verb[:60]}”" if verb else "which theme command?", hint, verb
        )
    args.remove(verb)
    call = asked(COMMANDS[f"theme {verb}"], args, {"use": 2, "trial": 3}.get(verb, 1))
    if call is None:
        return 0
    return {"show": _show, "use": _use, "trial": _trial, "new": _new, "check": _check}[verb](call, shell)


TRIAL: Keys = {
    "theme": "the week theme on trial",
    "before_theme": "the one before, or null at the first use",
    "first": "the week in which the trial began",
    "ends": "its last Friday",
    "due": "whether it is time for a verdict",
    "verdict": "keep, adjust or drop, or null",
    "before": "a week on average: `focus_done_minutes`, `focus_planned_minutes`, `meetings`, "
    "`overrides`; or null",
    "after": "the same of the weeks of the trial",
}


def _trial(call: Call, shell: Shell) -> int:
    from techlead_tui.cli.edit_result import planner_of
    from techlead_tui.core.words.unparse import words_of

    reader = planner_of(shell)
    found = trial(reader.snapshot(*weeks_needed(shell.this_week)), shell.this_week, shell.now())
    if call.words:
        if found is None:
            raise WordsError(
                "no week theme is being tried", "techlead theme use begins a trial", call.words[0]
            )
        given = [call.words[0], found.theme, str(found.first)]
        if call.words[1:] not in ([], given[1:]):
            raise WordsError(f"that trial is over: {found.theme} is on trial now", "", call.words[1])
        call.words = given
        from techlead_tui.cli.reading_context import context_of
        from techlead_tui.core.words.commands import READERS

        edit = READERS["theme trial"](call, context_of(shell)).edit
        verdict = given[0].lower()
        reader.apply_all(verdict_edits(found, verdict, shell.now()), words_of(edit))
        found = found._replace(verdict=verdict)
    if call.has("json"):
        value = None if found is None else _trial_json(found, shell)
        put_json(write_json("trial", value) if call.words else read_json(shell.this_week, "trial", value))
    elif found is None:
        put("no week theme is being tried")
    else:
        for line in told(found, shell.now()):
            put(visible(line))
    return 0


def _trial_json(found: Trial, shell: Shell) -> Json:
    def measures(value: Measures | None) -> Json | None:
        if value is None:
            return None
        return {
            "focus_done_minutes": value.focus_done,
            "focus_planned_minutes": value.focus_planned,
            "meetings": value.meetings,
            "overrides": value.overrides,
        }

    return {
        "theme": found.theme,
        "before_theme": found.before_theme,
        "first": str(found.first),
        "ends": found.ends.isoformat(),
        "due": found.due(shell.now()),
        "verdict": found.verdict,
        "before": measures(found.before),
        "after": measures(found.after),
    }


def _list(call: Call, shell: Shell) -> int:
    reader = shell.reader
    now = reader.snapshot().theme_id(shell.this_week)
    files = reader.library.themes()
    if call.has("json"):
        themes = [
            {
                **(
                    theme_json(reader.library.theme(file.id))
                    if not file.problems
                    else {"id": file.id, "title": file.title}
                ),
                "path": file.path,
                "shipped": file.shipped,
                "used": file.id == now,
                "problems": [problem._asdict() for problem in file.problems],
            }
            for file in files
        ]
        put_json(read_json(None, "themes", themes))
        return 0
    wide = max(len(file.id) for file in files)
    for file in files:
        sign = "*" if file.id == now else " "
        own = "" if file.shipped else "  (yours)"
        wrong = "  cannot be used: techlead theme check " + file.id if file.problems else ""
        put(f"{sign} {visible(file.id):<{wide}}  {visible(file.title)}{own}{visible(wrong)}")
    return 0


def _known(theme_id: str, shell: Shell) -> str:
    """The id itself; WordsError with the nearest one when there is no such theme."""
    known = shell.reader.library.theme_ids()
    if theme_id not in known:
        raise WordsError(f"there is no week theme “{theme_id[:60]}”", did_you_mean(theme_id, known), theme_id)
    return theme_id


def _show(call: Call, shell: Shell) -> int:
    reader = shell.reader
    if call.words:
        theme = reader.library.theme(_known(call.words[0], shell))
    else:
        theme = reader.snapshot().theme_of(shell.this_week)
    if call.has("json"):
        put_json(read_json(None, "theme", theme_json(theme)))
    else:
        _print(theme)
    return 0


def _print(theme: WeekTheme) -> None:
    put(f"{visible(theme.title)} ({theme.id})")
    if theme.description:
        put(visible(theme.description))
    for day in theme.days:
        lunch = f", lunch {clock(day.lunch[0])}–{clock(day.lunch[1])}" if day.lunch else ""
        hours = f"{clock(day.opens)}–{clock(day.closes)}{lunch}"
        put(f"\n{DAY_NAMES[day.weekday - 1]}  {visible(day.title)}, {hours}")
        put(f"     allows {', '.join(day.allows) or 'its boxes alone'}")
        for box in theme.boxes:
            if box.weekday == day.weekday:
                sign = "?" if box.optional else ""
                about = f"  +{box.type}" if box.type else ""
                put(f"  {clock(box.start)}–{clock(box.end)}  {visible(box.summary)}{sign}{about}  {box.id}")
    limits = theme.limits
    low, high = limits.deep_work_minutes
    stretch = f"in stretches of {length(limits.focus_minutes)} and more"
    put(f"\nfocus time wanted: {length(low)} to {length(high)}, {stretch}")
    put(f"communication: {limits.communication_percent} % at most")
    put(f"recurring meetings: {limits.recurring_meetings} at most")
    for day_text, name in theme.holidays:
        put(f"leave: {day_text}  {visible(name)}")
    for severity in ("refuse", "warn", "note", "off"):
        rules = sorted(rule for rule, found in theme.severities.items() if found == severity)
        if rules:
            put(f"{severity}: {', '.join(rules)}")


def _use(call: Call, shell: Shell) -> int:
    if call.words:
        _known(call.words[0], shell)
    from techlead_tui.cli.edit_result import carry_out
    from techlead_tui.cli.reading_context import context_of
    from techlead_tui.core.words.commands import READERS

    return carry_out(shell, READERS["theme use"](call, context_of(shell)), call.has("json"))


def _new(call: Call, shell: Shell) -> int:
    from techlead_tui.config.theme_files import new_theme

    if not call.words:
        raise WordsError("what should it be called?", "techlead theme new my-week")
    source = _known(call.value("from") or "maker-week", shell)
    theme_id = call.words[0]
    if not theme_id or not all(char.isalnum() or char == "-" for char in theme_id) or not theme_id.isascii():
        raise WordsError(
            f"“{theme_id[:60]}” is not a valid week theme id", "use small letters and -: my-week", theme_id
        )
    path = new_theme(shell.reader.library, shell.folders.config, theme_id, source)
    if call.has("json"):
        put_json(write_json("theme", {"id": theme_id, "path": path}))
    else:
        put(f"saved: {visible(path)}")
        put(f"change it, look at it with techlead theme check {theme_id}, then techlead theme use {theme_id}")
    return 0


MOST = 20  # problems of a file that are printed


def _check(call: Call, shell: Shell) -> int:
    if not call.words:
        raise WordsError("which file?", "techlead theme check ./my-week.toml")
    library = shell.reader.library
    name = call.words[0]
    is_file = name.endswith(".toml") or os.sep in name
    is_file = is_file or (os.path.exists(name) and name not in library.theme_ids())
    path = name if is_file else library.path_of(_known(name, shell))
    problems = library.check_file(path)
    if call.has("json"):
        put_json(read_json(None, "problems", [problem._asdict() for problem in problems]))
    elif not problems:
        put(f"{visible(path)}: nothing wrong")
    shown = problems[:MOST] if not call.has("json") else ()
    for problem in shown:
        fail(str(problem), problem.hint)
    if shown and len(problems) > MOST:
        tell(f"note: {len(problems) - MOST} more problems; --json lists them all")
    return 1 if problems else 0


def theme_json(theme: WeekTheme) -> Json:
    days = [
        {**day._asdict(), "weekday": WEEKDAYS[day.weekday - 1], **_times(day, "opens", "closes", "lunch")}
        for day in theme.days
    ]
    boxes = [
        {**box._asdict(), "weekday": WEEKDAYS[box.weekday - 1], **_times(box, "start", "end")}
        for box in theme.boxes
    ]
    return {
        "id": theme.id,
        "title": theme.title,
        "description": theme.description,
        "days": days,
        "boxes": boxes,
        "limits": {name: _plain(value) for name, value in theme.limits._asdict().items()},
        "severities": dict(theme.severities),
        "holidays": [{"date": day, "name": name} for day, name in theme.holidays],
    }


def _times(value: Any, *names: str) -> Json:
    """Minutes since midnight as `HH:MM`."""
    out: Json = {}
    for name in names:
        minutes = getattr(value, name)
        if isinstance(minutes, tuple):
            out[name] = [f"{minute // 60:02}:{minute % 60:02}" for minute in minutes]
        else:
            out[name] = None if minutes is None else f"{minutes // 60:02}:{minutes % 60:02}"
    return out


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    return list(value) if isinstance(value, tuple) else value
