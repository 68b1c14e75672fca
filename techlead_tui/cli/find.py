"""`techlead find` and `techlead free`: what matches, and where there is room."""

from __future__ import annotations

from collections.abc import Iterable
from typing import cast

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.ids import short_id
from techlead_tui.cli.json_shapes import Keys, block_json, read_json
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.session_json import session_json
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.week import WEEK_HELP, week_asked
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.placement import FreeSlot, free
from techlead_tui.core.records import Record
from techlead_tui.core.text import length, when
from techlead_tui.core.week import Block
from techlead_tui.core.words.args import Call, Option, from_args
from techlead_tui.core.words.args import length as read_length
from techlead_tui.core.words.planning import read_tags
from techlead_tui.errors import WordsError

COMMANDS = {
    "find": Command(
        "find",
        "WORDS...",
        "Finds blocks and sessions that hold all the words, in any letter case.",
        (),
        ("Boxes of the week theme are looked at in this week and the four after it.",),
        ("techlead find pool", "techlead find budget sync --json"),
    ),
    "free": Command(
        "free",
        "LENGTH [WEEK] [+TYPE]",
        "Finds the free slots that cost least focus time and that no rule refuses.",
        (Option(("--last", "-n"), "how many (5)", "NUMBER"),),
        (*WEEK_HELP, "Without one, this week and the four after it. Without a type it is for a meeting."),
        ("techlead free 30m", "techlead free 1h30 next +code", "techlead free 45m +architecture-review"),
    ),
}
AHEAD = 4
SLOT: Keys = {
    "start": "when it starts",
    "end": "when it ends",
    "minutes": "its length",
    "box": "the title of the box that takes it, or null",
    "focus_cost_minutes": "focus time that it would take",
    "warnings": "what would be said about it: `rule`, `severity`, `message`",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMANDS[name], args)
    if call is None:
        return 0
    return _find(call, shell) if name == "find" else _free(call, shell)


def _find(call: Call, shell: Shell) -> int:
    words = [word.casefold() for word in " ".join(call.words).split()]
    if not words:
        raise WordsError("find what?", "techlead find pool")
    reader, this = shell.reader, shell.this_week
    hits = reader.search(" ".join(words))
    ahead = [this.shift(weeks) for weeks in range(AHEAD + 1)]
    stored = sorted(
        {IsoWeek.parse(bucket) for bucket, table, _ in hits if bucket != "open" and table in TABLES}
    )
    weeks = sorted({*ahead, *stored})
    snapshot = reader.snapshot(*weeks)
    named = {(bucket, str(record["uid"])) for bucket, table, record in hits if table in TABLES}
    series = {str(record["uid"]) for _, table, record in hits if table == "series" and _told(record, words)}
    blocks = [
        block
        for week in weeks
        for block in snapshot.week(week).blocks
        if (((str(week), block.uid) in named or week in ahead) and _matches(block, words))
        or (week in ahead and block.uid.partition("@")[0] in series)
    ]
    found = [record for _, table, record in hits if table == "sessions" and _told(record, words)]
    sessions = sorted(map(session_json, found), key=lambda session: str(session["start"]))
    if call.has("json"):
        out = read_json(None, "blocks", [block_json(block) for block in blocks])
        put_json({**out, "sessions": sessions})
        return 0
    for block in blocks:
        uid = block.uid if block.source == "theme" else short_id(block.uid)
        status = "" if block.status == "planned" else f"  ({block.status})"
        put(f"{when(block.span)}  {visible(block.summary)}{status}  {uid}")
    for session in sessions:
        span = f"{str(session['start'])[:16].replace('T', ' ')}–{str(session['end'])[11:16]}"
        put(f"{span}  {visible(str(session['summary'])) or '–'}  {short_id(str(session['uid']))}")
    if not blocks and not sessions:
        put("nothing found")
    return 0


TABLES = ("blocks", "exceptions")
TOLD = ("summary", "type", "doc", "pattern", "repo", "branch")  # what a record says to its reader


def _matches(block: Block, words: list[str]) -> bool:
    reason = block.override.reason if block.override else ""
    return _hold((block.summary, block.type or "", block.doc or "", reason, *block.people), words)


def _told(record: Record, words: list[str]) -> bool:
    """Whether what the user has written into a record holds the words: not its ids, times and kinds."""
    people = cast("list[str]", record.get("people") or [])
    return _hold((*(str(record.get(name) or "") for name in TOLD), *people), words)


def _hold(texts: Iterable[str], words: list[str]) -> bool:
    text = "\n".join(texts).casefold()
    return all(word in text for word in words)


def _free(call: Call, shell: Shell) -> int:
    if not call.words:
        raise WordsError("how long?", "techlead free 45m")
    reader = shell.reader
    minutes = read_length(call.words[0])
    tags, rest = read_tags(from_args(call.words[1:], []), reader.library.types())
    if len(rest) > 1:
        raise WordsError(
            f"“{rest[1].text[:60]}” is one word too many", "techlead free 45m next +code", rest[1].text
        )
    call.words = [token.text for token in rest]
    first = week_asked(call, shell)
    weeks = [first] if rest else [first.shift(week) for week in range(AHEAD + 1)]
    snapshot = reader.snapshot(*sorted({week.shift(n) for week in weeks for n in range(AHEAD + 1)}))
    kind = tags.kind or (reader.library.types()[tags.type].kind if tags.type else "meeting")
    most = call.value("last") or "5"
    if not (most.isascii() and most.isdigit()) or not 1 <= int(most[:9]) <= 1000:
        raise WordsError(f"“{most[:60]}” is no number of slots", "--last 5", most)
    slots = free(snapshot, weeks, minutes, shell.now(), kind=kind, type_id=tags.type, most=int(most))
    if call.has("json"):
        put_json(read_json(first if rest else None, "slots", [slot_json(slot) for slot in slots]))
        return 0
    for slot in slots:
        cost = (
            f"costs {length(slot.focus_cost_minutes)} of focus"
            if slot.focus_cost_minutes
            else "costs no focus"
        )
        where = f", in {visible(slot.where)}" if slot.where else ""
        put(f"{when(slot.span)}  {cost}{where}")
        for warning in slot.warnings:
            put(f"    {warning.severity}: {visible(warning.beside(warning.about))} ({warning.rule})")
    if not slots:
        put("no free slot: the week refuses every one")
    return 0


def slot_json(slot: FreeSlot) -> dict[str, object]:
    return {
        "start": slot.start.isoformat(),
        "end": slot.end.isoformat(),
        "minutes": slot.span.minutes,
        "box": slot.where or None,
        "focus_cost_minutes": slot.focus_cost_minutes,
        "warnings": [
            {"rule": warning.rule, "severity": warning.severity, "message": warning.beside(warning.about)}
            for warning in slot.warnings
        ],
    }
