"""`techlead with`, `owed` and `boundary`: one person, who waits, and where the week was defended."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, block_json, read_json
from techlead_tui.cli.output import copy_out, put, put_json, tell, visible, visible_lines
from techlead_tui.cli.shell import Shell
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kit import item_json
from techlead_tui.core.words.args import Call, Option
from techlead_tui.errors import WordsError
from techlead_tui.planner.people import agenda, all_names, boundary, owed, person, redacted
from techlead_tui.planner.zones import keep_zone

COMMANDS = {
    "with": Command(
        "with",
        "WHO",
        "Shows all that exists with one person, as the agenda of a 1:1.",
        (
            Option(("--zone",), "their time zone, which is kept in config.toml", "ZONE"),
            Option(("--copy", "-c"), "copy the agenda to the clipboard; nothing is ever sent"),
        ),
        (
            "For your manager (em, or who is in the EM 1:1) it has the four subjects of that meeting. With a",
            "time zone it tells their time, and replies offer free time in both.",
        ),
        ("techlead with ana", "techlead with em --copy", "techlead with ana --zone New_York"),
    ),
    "owed": Command(
        "owed",
        "",
        "Lists who waits for you: late decisions, questions carried twice, unanswered requests.",
        (),
        ("Anything younger than two working days is left out.",),
        ("techlead owed",),
    ),
    "boundary": Command(
        "boundary",
        "",
        "Lists overrides, declines, proxies and trades over time.",
        (Option(("--redact",), "without names, also in titles and reasons"),),
        (),
        ("techlead boundary --redact",),
    ),
}
PERSON: Keys = {
    "name": "who",
    "manager": "whether the EM 1:1 is with them",
    "zone": "their time zone, or null where it is not known",
    "delegations": "what is handed over to them",
    "questions": "open questions, theirs and yours (`mine`)",
    "decisions": "open decision documents that name them",
    "pairing": "blocks in which you pair or mentor",
    "last": "the block with them before now, or null",
    "next": "the next one, or null",
    "markdown": "the agenda",
}
OWED: Keys = {
    "kind": "decision, question or request",
    "uid": "its id",
    "summary": "its title",
    "people": "who waits",
    "why": "what is late about it",
    "since": "since which day",
    "age_working_days": "for how many working days",
}
ENTRY: Keys = {
    "date": "the day; of a box of the week theme its own, else the week",
    "what": "override, decline, proxy or trade",
    "summary": "the title",
    "people": "whom it names",
    "rules": "the rules that an override is for",
    "reason": "the written reason",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0. WordsError, DataError."""
    call = asked(COMMANDS[name], args, None if name == "with" else 0)
    if call is None:
        return 0
    return {"with": _with, "owed": _owed, "boundary": _boundary}[name](call, shell)


def _with(call: Call, shell: Shell) -> int:
    if not call.words:
        raise WordsError("with whom?", "techlead with ana")
    from techlead_tui.core.words.items import name as person_name  # dear, as what it reads edits with

    name = person_name(" ".join(call.words))
    if call.has("zone"):
        keep_zone(shell.reader, name, call.value("zone") or "")
    found = person(shell.reader, name)
    text = "\n".join(agenda(found))
    if call.has("copy"):
        tell(f"note: {copy_out(text)}")
    if not call.has("json"):
        put(visible_lines(text))
        return 0
    rows: dict[str, list[Json]] = {
        plural: [item_json(item, found.moment) for item in found.of(kind)]
        for kind, plural in (
            ("delegation", "delegations"),
            ("question", "questions"),
            ("decision", "decisions"),
        )
    }
    value = {
        "name": found.name,
        "manager": found.manager,
        "zone": None if found.zone is None else str(found.zone),
        **rows,
        "pairing": [block_json(block) for block in found.pairing],
        "last": None if found.last is None else block_json(found.last),
        "next": None if found.next is None else block_json(found.next),
        "markdown": text,
    }
    put_json(read_json(None, "person", value))
    return 0


def _owed(call: Call, shell: Shell) -> int:
    rows = owed(shell.reader)
    if call.has("json"):
        values: list[Json] = [
            {
                "kind": one.kind,
                "uid": one.uid,
                "summary": one.summary,
                "people": list(one.people),
                "why": one.why,
                "since": one.since.isoformat(),
                "age_working_days": one.days,
            }
            for one in rows
        ]
        put_json(read_json(None, "owed", values))
        return 0
    for one in rows:
        who = f" ({', '.join(one.people)})" if one.people else ""
        put(f"{short_id(one.uid)}  {one.days:>3} d  {visible(one.summary + who)}: {one.why}")
    if not rows:
        put("nobody has waited for you for two working days")
    return 0


def _boundary(call: Call, shell: Shell) -> int:
    rows = boundary(shell.reader)
    if call.has("redact"):
        rows = redacted(rows, all_names(shell.reader))
    if call.has("json"):
        values: list[Json] = [
            {
                "date": one.day,
                "what": one.what,
                "summary": one.summary,
                "people": list(one.people),
                "rules": list(one.rules),
                "reason": one.reason,
            }
            for one in rows
        ]
        put_json(read_json(None, "boundary", values))
        return 0
    for one in rows:
        rules = f" ({', '.join(one.rules)})" if one.rules else ""
        reason = f": {one.reason}" if one.reason else ""
        put(f"{one.day:<10}  {one.what:<8}  {visible(f'{one.summary}{rules}{reason}')}")
    if not rows:
        put("nothing was overridden, declined or traded")
    return 0
