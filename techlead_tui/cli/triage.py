"""`techlead invite` and `techlead triage`: take a meeting request, weigh it, and answer it."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

from techlead_tui.calendars.invitation import LARGEST, Invitation
from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import WHEN_HELP, planner_of
from techlead_tui.cli.help import asked
from techlead_tui.cli.ids import context_of, short_id
from techlead_tui.cli.items import ALL, carry_out_item, commands_for, line_of
from techlead_tui.cli.json_shapes import read_json
from techlead_tui.cli.output import columns, put, put_json, tell, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import AddBlock, AddItem, EditItem, ItemEdit, TurnItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, item_json
from techlead_tui.core.requests import LISTED, card_of, reply_of
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import Call, Option, did_you_mean, from_args, from_line
from techlead_tui.core.words.commands import OVERRIDE
from techlead_tui.core.words.items import TITLES, prose, read_add_item, read_turn
from techlead_tui.core.words.planning import read_add
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import UserError, WordsError, not_read
from techlead_tui.planner.items import closed_items, item_named, items_of, moment_of, open_items

KIND = kind_of("request")
SLOT = Option(("--slot",), "the slot that is taken: 1 to 3, as the card numbers them", "NUMBER")
INVITE, TRIAGE = commands_for(KIND)
COMMANDS = {
    "invite": Command(
        "invite",
        "[FILE | - | WHEN WHAT... [+TYPE] [@WHO]]",
        KIND.adds,
        INVITE.options,
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
        (SLOT, ALL, *(option for option in TRIAGE.options if option.key != "all"), OVERRIDE),
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
            "techlead triage budget keep 'the CFO visits'",
        ),
    ),
}


def run(name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when the week refuses. UserError."""
    call = asked(COMMANDS[name], args, keep=True)
    if call is None:
        return 0
    return _invite(call, shell) if name == "invite" else _triage(call, shell)


def _invite(call: Call, shell: Shell) -> int:
    planner_of(shell)
    said: tuple[str, ...] = ()
    if call.has("start"):
        reading = read_add_item(KIND, call, shell.today)
        _known_type(call.value("type"), shell.reader.library.types())
    elif (found := _data(call)) is not None:
        reading, said = _of_file(*found, call, shell)
    else:
        reading = _of_words(call, shell)
    for note in said:
        tell(f"note: {visible(note)}")
    return carry_out_item(shell, KIND, reading, call, after=_put_card)


def _known_type(name: str | None, types: Types) -> None:
    if name is not None and name not in types:
        raise WordsError(f"unknown type “{name[:60]}”", did_you_mean(name, types), name)


def _data(call: Call) -> tuple[bytes, str] | None:
    """Return the bytes of an invitation and the name of its file; None where words were given."""
    words = call.words
    if not words and not call.literal:
        if sys.stdin is None or sys.stdin.isatty():
            raise WordsError(KIND.asks, "techlead invite sync.ics, or techlead invite tue 14-15 WHAT")
        words = ["-"]
    if words == ["-"] and not call.literal:
        stream = getattr(sys.stdin, "buffer", None)
        data = stream.read(LARGEST) if stream is not None else sys.stdin.read(LARGEST).encode()
        return data, "standard input"
    if len(words) != 1 or call.literal:
        return None
    name = words[0]
    if not name.lower().endswith((".ics", ".ical", ".ifb", ".icalendar")) and not os.path.isfile(name):
        return None
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST), name
    except FileNotFoundError:
        raise UserError(f"there is no file {name[:200]}", "name a file, or - for standard input") from None
    except OSError as error:
        raise UserError(not_read(error).message, "name a file that can be read") from None


def _of_file(data: bytes, name: str, call: Call, shell: Shell) -> tuple[ParsedEdit, tuple[str, ...]]:
    from techlead_tui.calendars.invitation import read_invitation

    reader = shell.reader
    read = read_invitation(data, name, reader.now(), reader.zone)
    given = read_add_item(KIND, _with_title(call, read.summary), shell.today).edit
    assert isinstance(given, AddItem)
    types = reader.library.types()
    _known_type(call.value("type"), types)
    fields = {**_fields_of(read, types), **given.fields}
    summary = prose(read.summary[:TITLES], "the title", TITLES)
    known = _known(read.uid, shell)
    said = (summary, f"{read.start:%a %d %b %Y}, {read.start:%H:%M}–{read.end:%H:%M}")
    edit: ItemEdit = AddItem(KIND.id, summary, fields)
    if known is not None:
        fields = {**fields, "summary": summary}
        if "type" in fields and "type" not in given.fields and known.get("type"):
            fields.pop("type")
        moved = any(str(known.get(key)) != fields[key] for key in ("start", "end"))
        edit = EditItem(KIND.id, known.uid, fields, None, known.bucket)
        if moved and known.status != "waiting":
            edit = TurnItem(KIND.id, known.uid, "reopen", fields, known.bucket)
    return ParsedEdit(edit, said), read.notes


def _with_title(call: Call, title: str) -> Call:
    out = Call()
    out.given, out.literal = call.given, [title[:TITLES]]
    return out


def _fields_of(read: Invitation, types: Types) -> dict[str, object]:
    """Return the stored fields of an invitation; its type is guessed from the title."""
    others = [name for name in read.attendees if name != read.organizer]
    text = f" {read.summary.casefold()} "
    guess = next(
        (
            one.id
            for one in types.values()
            if one.id.replace("-", " ") in text.replace("-", " ") and one.kind == "meeting"
        ),
        None,
    )
    fields: dict[str, object] = {
        "requester": read.organizer,
        "with": others,
        "start": read.start.isoformat(timespec="minutes"),
        "end": read.end.isoformat(timespec="minutes"),
        "type": guess,
        "rule": read.rule[:500] if read.rule else None,
        "invitation": read.uid[:500] or None,
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _known(uid: str, shell: Shell) -> Item | None:
    """Return the request that an invitation has made before."""
    if not uid:
        return None
    reader = shell.reader
    found = [item for item in open_items(reader.snapshot(), KIND) if item.get("invitation") == uid[:500]]
    found = found or [item for item in closed_items(reader, KIND) if item.get("invitation") == uid[:500]]
    return found[-1] if found else None


def _of_words(call: Call, shell: Shell) -> ParsedEdit:
    context = context_of(shell)
    words, literal = call.words, call.literal
    tokens = from_line(words[0]) if len(words) == 1 and not literal else from_args(words, literal)
    read = read_add(tokens, context)
    block = read.edit
    assert isinstance(block, AddBlock)
    given = read_add_item(KIND, _with_title(call, block.summary), shell.today).edit
    assert isinstance(given, AddItem)
    _known_type(call.value("type"), context.types)
    names = list(block.people)
    fields: dict[str, object] = {
        "start": context.moment(block.day, block.start).isoformat(timespec="minutes"),
        "end": context.moment(block.day, block.end).isoformat(timespec="minutes"),
        "type": block.type,
        "doc": block.doc,
        "requester": names[0] if names and not call.has("from") else None,
        "with": names[1:] if not call.has("from") else names,
    }
    if block.repeat is not None:
        until = f";UNTIL={block.repeat.until:%Y%m%d}" if block.repeat.until else ""
        nth = block.repeat.nth
        codes = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
        each = ",".join(codes[number - 1] for number in block.repeat.days)
        every = f"FREQ=WEEKLY;INTERVAL={block.repeat.weeks}" + (f";BYDAY={each}" if each else "")
        if nth:
            every = f"FREQ=MONTHLY;BYDAY={nth}{codes[block.day.weekday()]}"
        fields["rule"] = every + until
    kept = {key: value for key, value in fields.items() if value not in (None, [])}
    return ParsedEdit(
        AddItem(KIND.id, prose(block.summary, "the title", TITLES), {**kept, **given.fields}), read.said
    )


def _triage(call: Call, shell: Shell) -> int:
    if not call.words and not call.literal:
        return _put_list(call, shell)
    planner = planner_of(shell)
    if (
        len(call.words) == 1
        and not call.literal
        and any(call.has(key) for key in ("criteria", "doc", "type"))
    ):
        call.words.append("edit")
    _known_type(call.value("type"), planner.library.types())
    item = item_named(planner, KIND, call.words[0])
    if call.has("slot"):
        _take_slot(call, item, shell)
    reading = read_turn(KIND, call, lambda _: item, shell.today)
    return carry_out_item(shell, KIND, reading, call, after=_put_card)


def _take_slot(call: Call, item: Item, shell: Shell) -> None:
    """Turn `--slot N` into the time that it is."""
    text = call.value("slot") or ""
    verb = call.words[1] if len(call.words) > 1 else ""
    if verb not in ("accept", "propose"):
        raise WordsError("--slot is for accept and propose", "techlead triage ID accept --slot 1", "--slot")
    slots = card_of(item, moment_of(shell.reader, [item])).slots
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= len(slots):
        hint = f"there are {len(slots)}: techlead triage shows them" if slots else "there is no free slot"
        raise WordsError(f"“{text[:60]}” is no slot of it", hint, text)
    call.given["at"] = [slots[int(text) - 1].start.isoformat()]


def _put_list(call: Call, shell: Shell) -> int:
    found = items_of(shell.reader, KIND, closed=call.has("all"))
    today = found.moment.today
    items: Sequence[Item] = [
        item
        for item in found.ordered()
        if call.has("all")
        or item.status in LISTED
        or (item.is_open and (item.due(found.moment) or today) <= today)
    ]
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
    for item in items:
        put(line_of(item, found.moment, columns()))
        for line in KIND.card(item, found.moment):
            put(f"    {visible(line)}")
    return 0


def _put_card(item: Item, shell: Shell) -> None:
    """Print the card of a request that is open, and the reply."""
    moment = moment_of(shell.reader, [item])
    if item.status in ("waiting", "proposed"):
        for line in KIND.card(item, moment):
            put(f"  {visible(line)}")
    put(f"reply: {visible(reply_of(item, moment))}")
    if item.status == "waiting":
        uid = short_id(item.uid)
        tell(f"hint: techlead triage {uid} accept, decline, proxy WHO, notes, propose or keep REASON")
