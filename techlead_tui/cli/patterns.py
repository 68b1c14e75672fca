"""`techlead campaign`, `spike`, `refactor` and `pair`: how the patterns of the cadence go (M14)."""

from __future__ import annotations

from techlead_tui.cli import items
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, block_json, read_json
from techlead_tui.cli.output import columns, in_lines, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, Moment, item_json
from techlead_tui.core.patterns import Campaign, Pairing
from techlead_tui.core.text import day_text, when
from techlead_tui.planner.patterns import campaign_of, pairing_of, running

KINDS = {"campaign": "campaign", "spike": "spike", "refactor": "refactoring", "pair": "pair"}
COMMANDS = items.COMMANDS
CAMPAIGN_PROGRESS: Keys = {
    "week": "in which week of its own it is",
    "own_commits": "your commits in its repository since its first day, or null where git is not known",
    "all_commits": "everybody's, or null where git cannot tell",
    "own_percent": "your share, or null",
    "wanted_percent": "what it should be",
    "pull_requests": "how many it has had",
    "reviewed": "how many of them you reviewed",
    "logged_minutes": "logged with the pattern lead",
}
PAIR_PROGRESS: Keys = {
    "paired": "how many pairings there have been",
    "own_percent": "what you wrote of them on average, or null",
    "wanted_percent": "what it should be when you mentor",
    "logged_minutes": "logged with the pattern pair in the last four weeks",
}


def run(name: str, args: list[str], shell: Shell) -> int:
    """Show the pattern without words; with words add, as every kind of item does. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    if call.words or call.literal or set(call.given) - {"json"}:
        return items.run(name, args, shell)
    kind = kind_of(KINDS[name])
    if name == "campaign":
        return _campaign(shell, campaign_of(shell.reader), call.has("json"))
    if name == "pair":
        return _pair(shell, pairing_of(shell.reader), call.has("json"))
    found = running(shell.reader, kind)
    first = found.items[0] if found.items else None
    if call.has("json"):
        rows: list[Json] = [item_json(item, found.moment) for item in found.items]
        answer = read_json(shell.this_week, kind.id, rows[0] if rows else None)
        if name == "spike":
            answer["owed"] = [row for row in rows if row["owed"]]
        put_json({**answer, kind.plural: rows})
        return 0
    if first is None:
        put(kind.empty.partition(". ")[0] + f". techlead {kind.add} WHAT starts one.")
    for item in found.items:
        _card(item, found.moment)
    return 0


def _card(item: Item, moment: Moment, *more: str) -> None:
    put(f"{visible(item.summary)}  [{short_id(item.uid)}]")
    for line in (*item.kind.card(item, moment), *more):
        put(in_lines("  ", visible(line), columns()))


def _campaign(shell: Shell, found: Campaign, as_json: bool) -> int:
    if as_json:
        item = found.item
        value = None if item is None else item_json(item, found.moment)
        progress = None if item is None else campaign_json(found)
        put_json({**read_json(shell.this_week, "campaign", value), "progress": progress})
        return 0
    if found.item is None:
        put("No feature is being led. techlead campaign WHAT --repo NAME starts one.")
        return 0
    _card(found.item, found.moment, found.share_text)
    return 0


def campaign_json(found: Campaign) -> Json:
    return {
        "week": found.week,
        "own_commits": found.own,
        "all_commits": found.all,
        "own_percent": found.percent,
        "wanted_percent": found.wanted,
        "pull_requests": found.prs,
        "reviewed": found.reviewed,
        "logged_minutes": found.minutes,
    }


def _pair(shell: Shell, found: Pairing, as_json: bool) -> int:
    moment = found.moment
    if as_json:
        queue = [item_json(item, moment) for item in found.queue]
        put_json(
            {
                **read_json(shell.this_week, "pair", queue[0] if queue else None),
                "queue": queue,
                "office_hours": None if found.block is None else block_json(found.block),
                "progress": pair_json(found),
            }
        )
        return 0
    if found.block is not None:
        put(f"office hours: {visible(found.block.summary)}, {when(found.block.span)}")
    else:
        put(f"no office hours are planned, the next Friday is {day_text(found.day)}:")
        put("  techlead add every fri 14-15 'Office hours' +pairing")
    for number, item in enumerate(found.queue, 1):
        drives = "you drive" if item.get("drives") == "me" else "they drive"
        who = f"@{visible(str(item.get('who')))}"
        put(f"{number:>3}  {visible(item.summary)}  {who}  {drives}  [{short_id(item.uid)}]")
    if not found.queue:
        put("nobody waits: techlead pair WHAT @WHO")
    put(found.text)
    return 0


def pair_json(found: Pairing) -> Json:
    return {
        "paired": found.paired,
        "own_percent": found.own,
        "wanted_percent": found.wanted,
        "logged_minutes": found.minutes,
    }
