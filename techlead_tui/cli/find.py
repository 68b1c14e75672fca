"""`techlead find` and `techlead free`: what matches, and where there is room."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Keys, block_json, read_json
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.session_json import shown_json
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.weeks import WEEK_HELP, week_asked
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kit import item_json
from techlead_tui.core.lengths import length
from techlead_tui.core.placement import FreeSlot
from techlead_tui.core.text import when
from techlead_tui.core.words.args import Call, Option, from_args, take_length
from techlead_tui.errors import WordsError
from techlead_tui.planner.find import find, words_in
from techlead_tui.planner.free import find_free, read_wish
from techlead_tui.planner.items import moment_of

COMMANDS = {
    "find": Command(
        "find",
        "WORDS...",
        "Finds blocks, sessions, delegations and other items that contain all the words, in any letter case.",
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
SLOT: Keys = {
    "start": "when it starts",
    "end": "when it ends",
    "minutes": "its length",
    "box": "the title of the box that takes it, or null",
    "focus_cost_minutes": "focus time that it would take; below 0 it would win some",
    "warnings": "what the rules would say about it: `rule`, `severity`, `message`",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMANDS[name], args)
    if call is None:
        return 0
    return _find(call, shell) if name == "find" else _free(call, shell)


def _find(call: Call, shell: Shell) -> int:
    words = words_in(" ".join(call.words))
    if not words:
        raise WordsError("find what?", "techlead find pool")
    blocks, records, items = find(shell.reader, words, shell.this_week)
    sessions = [shown_json(record, shell.clock.moment()) for record in records]
    if call.has("json"):
        out = read_json(None, "blocks", [block_json(block) for block in blocks])
        moment = moment_of(shell.reader)
        found = [{"kind": item.kind.id, **item_json(item, moment)} for item in items]
        put_json({**out, "sessions": sessions, "items": found})
        return 0
    for block in blocks:
        uid = block.uid if block.source == "theme" else short_id(block.uid)
        status = "" if block.status == "planned" else f"  ({block.status})"
        put(f"{when(block.span)}  {visible(block.summary)}{status}  {uid}")
    for session in sessions:
        span = f"{str(session['start'])[:16].replace('T', ' ')}–{str(session['end'] or '')[11:16] or 'now'}"
        put(f"{span}  {visible(str(session['summary'])) or '–'}  {short_id(str(session['uid']))}")
    for item in items:
        people = "".join(f" @{visible(name)}" for name in item.people)
        put(f"{item.kind.id} ({item.status})  {visible(item.summary)}{people}  {short_id(item.uid)}")
    if not blocks and not sessions and not items:
        put("nothing found")
    return 0


def _free(call: Call, shell: Shell) -> int:
    if not call.words:
        raise WordsError("how long?", "techlead free 45m")
    reader = shell.reader
    taken = take_length(call.words)
    count = taken[1] if taken else 1
    wish, rest = read_wish(
        "".join(call.words[:count]), from_args(call.words[count:], []), reader.library.types()
    )
    if len(rest) > 1:
        raise WordsError(
            f"“{rest[1].text[:60]}” is one word too many", "techlead free 45m next +code", rest[1].text
        )
    call.words = [token.text for token in rest]
    first = week_asked(call, shell)
    most = call.value("last") or "5"
    if not (most.isascii() and most.isdigit()) or not 1 <= int(most[:9]) <= 1000:
        raise WordsError(f"“{most[:60]}” is not a number of slots", "--last 5", most)
    slots = find_free(reader, wish, int(most), [first] if rest else None)
    if call.has("json"):
        put_json(read_json(first if rest else None, "slots", [slot_json(slot) for slot in slots]))
        return 0
    for slot in slots:
        cost = f"costs {length(slot.focus_cost_minutes)} of focus"
        if slot.focus_cost_minutes <= 0:
            won = -slot.focus_cost_minutes
            cost = f"wins {length(won)} of focus" if won else "costs no focus"
        where = f", in {visible(slot.where)}" if slot.where else ""
        put(f"{when(slot.span)}  {cost}{where}")
        for warning in slot.warnings:
            put(f"    {warning.severity}: {visible(warning.beside(warning.about))} ({warning.rule})")
    if not slots:
        put("no free slot: a rule refuses each of them")
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
