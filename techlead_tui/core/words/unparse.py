"""An edit as the argument list of the `techlead` call that makes it, with absolute dates."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import cast

from techlead_tui.core.calendar import DAY, clock
from techlead_tui.core.edits import (
    AddBlock,
    AddItem,
    AnswerCheck,
    Edit,
    EditBlock,
    EditItem,
    EditSession,
    FinishBlock,
    JudgeTrial,
    MergeSessions,
    MoveBlock,
    RemoveBlock,
    RemoveItem,
    RemoveSession,
    SetDay,
    SplitSession,
    TurnItem,
    UseTheme,
    WriteUpdate,
)
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.session import LogSession
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import is_tag
from techlead_tui.core.words.planning import kind_tag
from techlead_tui.core.words.units import EACH_DAY, WEEKDAYS, misspelt_day, read_day, read_weekdays
from techlead_tui.errors import WordsError


def words_of(edit: Edit, types: Types | None = None) -> tuple[str, ...]:
    """The call without the program's name: the same edit is read from it.

    With the `types`, a kind that goes without saying is left out.
    """
    match edit:
        case AddBlock():
            return _add(edit, types)
        case MoveBlock():
            return ("move", edit.uid, *_place(edit), *_ends(edit))
        case EditBlock():
            to = None if edit.to is None else " ".join(_place(edit.to))
            return ("edit", edit.uid, *_fields(edit.fields), *_option("--to", to), *_ends(edit))
        case FinishBlock():
            flag = {"done": (), "skipped": ("--skipped",), "planned": ("--reopen",)}[edit.status]
            return ("done", edit.uid, *flag)
        case RemoveBlock():
            return ("rm", edit.uid, "--series") if edit.series else ("rm", edit.uid)
        case EditSession():
            return ("edit", edit.uid, *_fields(edit.fields))
        case RemoveSession():
            return ("rm", edit.uid)
        case SplitSession():
            times = dict.fromkeys((edit.end.isoformat(), edit.start.isoformat()))
            return ("edit", edit.uid, "--split", "/".join(times))
        case MergeSessions():
            return ("edit", edit.uid, "--merge", edit.other)
        case SetDay():
            return ("day", edit.day.isoformat(), edit.kind, *_option("--name", edit.name or None))
        case UseTheme():
            return ("theme", "use", edit.theme, *(() if edit.only else ("--from",)), str(edit.week))
        case JudgeTrial():
            return ("theme", "trial", edit.verdict, edit.theme, str(edit.week))
        case AnswerCheck():
            given = {True: "yes", False: "no", None: "open"}
            answers = [f"{question}={given[answer]}" for question, answer in edit.answers.items()]
            return ("check", str(edit.week), *(word for answer in answers for word in ("--answer", answer)))
        case WriteUpdate():
            return ("update", str(edit.week), *_update_options(edit.fields))
        case LogSession():
            return _log(edit)
        case StartSession():
            return _start(edit)
        case StopSession():
            told = () if edit.drop else ("--at", edit.end, *_option("--result", edit.result))
            return ("stop", *told, *(("--drop",) if edit.drop else ("--pause",) if edit.pause else ()))
        case AddItem() | EditItem() | TurnItem() | RemoveItem():
            from techlead_tui.core.words.items import spell_item

            return spell_item(edit)


def _update_options(fields: Mapping[str, object]) -> list[str]:
    words: list[str] = []
    for name in ("status", "because", "text"):
        if name in fields:
            words += [f"--{name}", str(fields[name] or "")]
    effects = cast("Mapping[str, str]", fields.get("effects") or {})
    return [*words, *(word for title, said in effects.items() for word in ("--effect", f"{title} → {said}"))]


def _place(move: MoveBlock) -> tuple[str, ...]:
    """The day and time of a move."""
    day, start = move.to.isoformat(), clock(move.start)
    if move.end is None:
        return (day, start)
    if move.end > DAY:  # a range says nothing of the next day
        return (day, start, f"{move.end - move.start}m")
    return (day, f"{start}-{clock(move.end)}")


def _ends(edit: MoveBlock | EditBlock) -> tuple[str, ...]:
    return *(("--from-now-on",) if edit.onward else ()), *_option("--override", edit.override)


def _option(name: str, value: str | None) -> tuple[str, ...]:
    return () if value is None else (name, value)


def _add(edit: AddBlock, types: Types | None) -> tuple[str, ...]:
    words = ["add"]
    if edit.repeat:
        words += ["every"] if edit.repeat.weeks == 1 else ["every", str(edit.repeat.weeks), "weeks"]
        if edit.repeat.nth is not None:
            words.append({1: "first", 2: "2nd", 3: "third", 4: "fourth", -1: "last"}[edit.repeat.nth])
        if edit.repeat.days:
            each = {days: word for word, days in EACH_DAY.items()}
            several = ",".join(WEEKDAYS[number - 1][:3] for number in edit.repeat.days)
            words += [several if edit.repeat.weeks > 1 else each.get(edit.repeat.days, several), "from"]
    words += [edit.day.isoformat(), f"{clock(edit.start)}-{clock(edit.end)}"]
    if edit.repeat and edit.repeat.until:
        words += ["until", edit.repeat.until.isoformat()]
    literal: list[str] = []
    if _plain(edit.summary):
        words.append(edit.summary)
    else:
        literal = ["--", edit.summary]
    usual: str | None = "meeting"
    if edit.type:
        usual = types[edit.type].kind if types and edit.type in types else None
    if edit.kind != usual:
        words.append("+" + kind_tag(edit.kind))
    if edit.type:
        words.append("+" + edit.type)
    plain = all(person[:1].isalpha() and len(person.split()) == 1 for person in edit.people)
    for person in edit.people:  # in their order, so all in the same way
        words += ["@" + person] if plain else ["--with", person]
    if edit.optional:
        words.append("+optional")
    words += [
        *_option("--doc", edit.doc),
        *_option("--note", edit.note),
        *_option("--override", edit.override),
    ]
    return (*words, *literal)


def _log(edit: LogSession) -> tuple[str, ...]:
    start, end = datetime.fromisoformat(edit.start), datetime.fromisoformat(edit.end)
    return ("log", f"{int((end - start).total_seconds()) // 60}m", *_told(edit))


def _start(edit: StartSession) -> tuple[str, ...]:
    return ("start", *_told(edit))


def _told(edit: LogSession | StartSession) -> list[str]:
    """Spell what a session is about and when it began."""
    literal = [] if _plain(edit.summary) else ["--", edit.summary]
    words = [] if literal else [edit.summary]
    words += [*_option("--pattern", edit.pattern), "--at", edit.start]
    if edit.category != "hands_on":
        words += ["--category", edit.category]
    words += ["--repo", edit.repo or "", "--branch", edit.branch or ""]
    words += [*_option("--result", edit.result), *_option("--note", getattr(edit, "note", None))]
    return [*words, *literal]


def _plain(summary: str) -> bool:
    """Tell whether a summary is read back as it is when it stands among the words as one argument."""
    parts = summary.split()
    if not parts or any(is_tag(part) for part in parts):
        return False
    if len(parts) > 1 or parts[0] != summary:
        return not summary.startswith("-")  # it was quoted, so it is kept to the letter
    word = summary.lower()
    try:
        day = bool(read_weekdays(word)) or read_day(word) is not None or misspelt_day(word) is not None
    except WordsError:
        return False
    return (
        word[0].isalpha()
        and word[-1] != "?"
        and not day
        and ":" not in word
        and word not in ("until", "every")
    )


def _fields(fields: object) -> tuple[str, ...]:
    """Options of `edit`: one for each field, `--no-...` for one that is taken away."""
    words: list[str] = []
    for name, value in cast("dict[str, object]", fields).items():
        if value is None or value == () or value == []:
            words.append(f"--no-{name}")
        elif name == "people":
            for person in cast("list[str]", value):
                words += ["--with", person]
        elif name == "kind":
            words += ["--kind", kind_tag(str(value))]
        elif isinstance(value, bool):
            words += [f"--{name}", "yes" if value else "no"]
        else:
            words += [f"--{name}", value.isoformat() if isinstance(value, date) else str(value)]
    return tuple(words)
