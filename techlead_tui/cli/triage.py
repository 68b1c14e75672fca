"""`techlead invite` and `techlead triage`: take a meeting request, weigh it, and answer it."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.cli.command import WHEN_HELP, Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.items import ALL, commands_for, lines_of
from techlead_tui.cli.json_shapes import read_json
from techlead_tui.cli.output import columns, put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.requests import LISTED
from techlead_tui.core.words.args import Call, Option
from techlead_tui.core.words.options import OVERRIDE
from techlead_tui.planner.items import items_of
from techlead_tui.planner.offers import keep_shown

KIND = kind_of("request")
DRAFT = Option(("--draft",), "write the answer there, as .eml and .ics to send; nothing is sent", "FOLDER")
SLOT = Option(("--slot",), "the slot that is taken: 1 to 3, as the card numbers them", "NUMBER")
INVITE, TRIAGE = commands_for(KIND)
COMMANDS = {
    "invite": Command(
        "invite",
        "[FILE | - | WHEN WHAT... [+TYPE] [@WHO]]",
        KIND.adds,
        (*INVITE.options, DRAFT),
        (
            "A FILE is an invitation as calendars send it (.ics); - reads it from standard input, and so",
            "does the bare command off a terminal. Words are read as by add. Nothing is planned yet.",
            "The same invitation again changes the request that is there.",
            *WHEN_HELP,
        ),
        (
            "techlead invite sync.ics",
            "techlead invite tue 14-15 design review of billing +architecture-review @ana",
            "techlead invite sync.ics --type decision --criteria a",
        ),
    ),
    "triage": Command(
        "triage",
        TRIAGE.words,
        KIND.lists,
        (SLOT, ALL, DRAFT, *(option for option in TRIAGE.options if option.key != "all"), OVERRIDE),
        (
            *TRIAGE.details,
            "Criteria: a it needs your technical decision, b it unblocks critical work, c it comes again and",
            "sets the technical direction, d you are needed to explain. When none holds, the verdict is no.",
        ),
        (
            "techlead triage",
            "techlead triage budget --criteria a,c",
            "techlead triage budget accept --slot 2",
            "techlead triage budget proxy ana",
            "techlead triage budget decline --draft ~/drafts",
            "techlead triage budget keep 'the CFO visits'",
        ),
    ),
}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when the week refuses. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    if name == "triage" and not call.words and not call.literal:
        return _put_list(call, shell)
    from techlead_tui.cli.triage_edits import answer, invite  # dear, and a list changes nothing

    return invite(call, shell) if name == "invite" else answer(call, shell)


def _put_list(call: Call, shell: Shell) -> int:
    found = items_of(shell.reader, KIND, closed=call.has("all"), replies=call.has("json"))
    today = found.moment.today
    items: Sequence[Item] = [
        item
        for item in found.ordered()
        if call.has("all")
        or item.status in LISTED
        or (item.is_open and (item.due(found.moment) or today) <= today)
    ]
    keep_shown(shell.reader, items, found.moment)
    if call.has("json"):
        put_json(
            {
                **read_json(None, KIND.plural, [item_json(item, found.moment) for item in items]),
                "footer": None,
            }
        )
        return 0
    if not items:
        put("No request waits. techlead invite adds one.")
    for item, head in zip(items, lines_of(items, found.moment, columns()), strict=True):
        put(head)
        for line in KIND.card(item, found.moment):
            put(f"    {visible(line)}")
    return 0
