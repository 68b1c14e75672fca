"""Take a meeting request, and answer one. Apart from their list, which changes nothing."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from techlead_tui.cli.edit_result import planner_of
from techlead_tui.cli.item_edits import carry_out_item
from techlead_tui.cli.json_shapes import write_json
from techlead_tui.cli.output import put, put_json, tell, tell_notes, visible, visible_lines
from techlead_tui.cli.reading_context import context_of
from techlead_tui.cli.shell import Shell
from techlead_tui.core.edits import AddItem, Edit
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.requests import reply_of
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import Call, did_you_mean, from_args, from_line
from techlead_tui.core.words.items import read_add_item, read_turn
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import UserError, WordsError, not_read
from techlead_tui.planner.drafts import check_drafts, write_drafts
from techlead_tui.planner.invitations import from_calendar, from_words
from techlead_tui.planner.items import item_named, items_of, moment_of
from techlead_tui.planner.offers import keep_shown, offers_of, starts_of

KIND = kind_of("request")


def invite(call: Call, shell: Shell) -> int:
    """Take a request: 0, or 3 when the week refuses. UserError."""
    planner = planner_of(shell)
    _known_type(call.value("type"), planner.library.types())
    if call.has("start"):
        return carry_out_item(shell, KIND, read_add_item(KIND, call, shell.today), call, after=_put_card)
    if (found := _data(call)) is not None:
        read = from_calendar(planner, *found, _given(call, shell))
    else:
        words, literal = call.words, call.literal
        tokens = from_line(words[0]) if len(words) == 1 and not literal else from_args(words, literal)
        read = from_words(tokens, context_of(shell), _given(call, shell))
    tell_notes(read.notes)
    if call.has("draft"):
        edit = read.edit
        known = {} if isinstance(edit, AddItem) else item_named(planner, KIND, edit.uid).record
        fields = {**known, **getattr(edit, "fields", {})}
        check_drafts(planner, str(read.said[0]), fields, call.value("draft") or "")
    code = carry_out_item(shell, KIND, ParsedEdit(read.edit, read.said), call, after=_put_card)
    return code or _draft(call, shell, read.edit)


def _known_type(name: str | None, types: Types) -> None:
    if name is not None and name not in types:
        raise WordsError(f"unknown type “{name[:60]}”", did_you_mean(name, types), name)


def _is_file(name: str) -> bool:
    """Tell whether a word names a file, and not what a meeting is about."""
    return name.lower().endswith((".ics", ".ical", ".ifb", ".icalendar")) or os.path.isfile(name)


def _data(call: Call) -> tuple[bytes, str] | None:
    """Return the bytes of an invitation and the name of its file; None where words were given."""
    words = call.words
    if not words and not call.literal:
        if sys.stdin is None or sys.stdin.isatty():
            raise WordsError(KIND.asks, "techlead invite sync.ics, or techlead invite tue 14-15 WHAT")
        words = ["-"]
    stdin, name = words == ["-"] and not call.literal, words[0] if words else ""
    if not stdin and (len(words) != 1 or call.literal or not _is_file(name)):
        return None
    from techlead_tui.calendars.invitation import LARGEST  # dear, and words need none

    if stdin:
        stream = getattr(sys.stdin, "buffer", None)
        data = stream.read(LARGEST) if stream is not None else sys.stdin.read(LARGEST).encode()
        return data, "standard input"
    try:
        with open(name, "rb") as file:
            return file.read(LARGEST), name
    except FileNotFoundError:
        raise UserError(f"there is no file {name[:200]}", "name a file, or - for standard input") from None
    except OSError as error:
        raise UserError(not_read(error).message, "name a file that can be read") from None


def _given(call: Call, shell: Shell) -> Mapping[str, object]:
    """Return the fields that options give. WordsError."""
    titled = Call()
    titled.given, titled.literal = call.given, ["untitled"]  # words and files have titles of their own
    edit = read_add_item(KIND, titled, shell.today).edit
    assert isinstance(edit, AddItem)
    return edit.fields


def answer(call: Call, shell: Shell) -> int:
    """Do with a request what the words of a call say: 0, or 3 when the week refuses. UserError."""
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
    if len(call.words) == 1 and not call.literal and call.has("draft"):
        return _put_drafts(item, call, shell)
    reading = read_turn(KIND, call, lambda _: item, shell.today)
    if call.has("draft"):
        fields = {**item.record, **getattr(reading.edit, "fields", {})}
        check_drafts(planner, item.summary, fields, call.value("draft") or "")
    code = carry_out_item(shell, KIND, reading, call, after=_put_card)
    return code or _draft(call, shell, reading.edit)


def _draft(call: Call, shell: Shell, edit: Edit) -> int:
    """Write the answer to a request that was just added or turned, where that is asked for."""
    if not call.has("draft"):
        return 0
    items = items_of(shell.reader, KIND, closed=True).items
    uid = edit.uid or max(item.uid for item in items if not item.found)
    item = next(one for one in items if one.uid == uid)
    for path in write_drafts(shell.reader, item, call.value("draft") or ""):
        tell(f"note: written, to be sent by you: {visible(path)}")
    return 0


def _put_drafts(item: Item, call: Call, shell: Shell) -> int:
    paths = write_drafts(shell.reader, item, call.value("draft") or "")
    if call.has("json"):
        put_json(write_json("drafts", list(paths)))
    else:
        put("\n".join(f"written, to be sent by you: {visible(path)}" for path in paths))
    return 0


def _take_slot(call: Call, item: Item, shell: Shell) -> None:
    """Turn `--slot N` into the time that it is."""
    text = call.value("slot") or ""
    verb = call.words[1] if len(call.words) > 1 else ""
    if verb not in ("accept", "propose"):
        raise WordsError("--slot is for accept and propose", "techlead triage ID accept --slot 1", "--slot")
    starts = offers_of(shell.reader, item.uid)
    if starts is None:
        starts = starts_of(item, moment_of(shell.reader, [item]))
    if not text.isascii() or not text.isdigit() or not 1 <= int(text[:9]) <= len(starts):
        hint = f"there are {len(starts)}: techlead triage shows them" if starts else "there is no free slot"
        raise WordsError(f"“{text[:60]}” is not one of its slots", hint, text)
    call.given["at"] = [starts[int(text) - 1]]


def _put_card(item: Item, shell: Shell, as_json: bool) -> None:
    """Print the card of a request that is open, and the reply that its verdict speaks for."""
    moment = moment_of(shell.reader, [item])
    keep_shown(shell.reader, [item], moment)
    if as_json:
        return
    if item.status in ("waiting", "proposed"):
        for line in KIND.card(item, moment):
            put(f"  {visible(line)}")
    if item.status == "waiting":
        put("reply:")
        put(visible_lines(reply_of(item, moment)))
        uid = short_id(item.uid)
        tell(f"hint: techlead triage {uid} accept, decline, proxy WHO, notes, propose or keep REASON")
