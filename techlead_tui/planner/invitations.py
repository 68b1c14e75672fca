"""Read meeting requests: from iCalendar text, of which the same UID means the same request, or from words."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, NamedTuple

from techlead_tui.core.calendar import WEEKDAYS
from techlead_tui.core.edits import AddBlock, AddItem, EditItem, ItemEdit, TurnItem
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.span import Span
from techlead_tui.core.text import last_day, takes_days, takes_whole_days
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import Token, from_line
from techlead_tui.core.words.items import TITLES, added, prose, take_people
from techlead_tui.core.words.planning import read_add
from techlead_tui.core.words.when import ReadingContext, find_when
from techlead_tui.planner.items import closed_items, open_items
from techlead_tui.planner.reader import Reader

if TYPE_CHECKING:
    from techlead_tui.calendars.invitation import Invitation  # dear, and words need none


NO_TIME = "no day or time is named: it is weighed as of now"


class ReadRequest(NamedTuple):
    """Hold the edit that a request becomes, what it says in short phrases, and what was assumed."""

    edit: ItemEdit
    said: tuple[str, ...]
    notes: tuple[str, ...] = ()


def is_calendar(text: str) -> bool:
    """Tell whether a text is an invitation as calendars send it."""
    return text.lstrip("\ufeff \t\r\n")[:15].upper() == "BEGIN:VCALENDAR"


def from_calendar(reader: Reader, data: bytes, name: str, given: Mapping[str, object]) -> ReadRequest:
    """Return the request of an iCalendar file; the fields that are `given` win. UserError, WordsError."""
    from techlead_tui.calendars.invitation import read_invitation

    read = read_invitation(data, name, reader.now(), reader.zone)
    fields = {**_fields_of(read, reader.library.types()), **given}
    summary = prose(read.summary[:TITLES], "the title", TITLES)
    said = (summary, _time_of(Span(read.start, read.end)))
    known = _known(reader, read.uid)
    if known is None:
        return ReadRequest(AddItem("request", summary, fields), said, read.notes)
    fields = {**fields, "summary": summary}
    if "type" in fields and "type" not in given and known.get("type"):
        fields.pop("type")
    moved = any(str(known.get(key)) != fields[key] for key in ("start", "end"))
    edit: ItemEdit = EditItem("request", known.uid, fields, None, known.bucket)
    if moved and known.status != "waiting":
        edit = TurnItem("request", known.uid, "reopen", fields, known.bucket)
    return ReadRequest(edit, said, read.notes)


def from_line_of_words(text: str, context: ReadingContext) -> ReadRequest:
    """Return the request of one line, which may name no time: then it is weighed as of now. WordsError."""
    when, _ = find_when(from_line(text))
    if when.day is not None or when.start is not None:
        return from_words(from_line(text), context, {})
    words, names = take_people(text.split(), kind_of("request").field("requester"))
    given: dict[str, object] = {"requester": names[0], "with": names[1:]} if names else {}
    edit = added(kind_of("request"), " ".join(words), given)
    return ReadRequest(edit, (" ".join(words), *names), (NO_TIME,))


def from_words(tokens: list[Token], context: ReadingContext, given: Mapping[str, object]) -> ReadRequest:
    """Return the request of words as `add` reads them; the first person asks, unless given. WordsError."""
    read = read_add(tokens, context)
    block = read.edit
    assert isinstance(block, AddBlock)
    names, asked = list(block.people), "requester" in given
    fields: dict[str, object] = {
        "start": context.moment(block.day, block.start).isoformat(timespec="minutes"),
        "end": context.moment(block.day, block.end).isoformat(timespec="minutes"),
        "type": block.type,
        "doc": block.doc,
        "requester": names[0] if names and not asked else None,
        "with": names if asked else names[1:],
    }
    if block.repeat is not None:
        until = f";UNTIL={block.repeat.until:%Y%m%d}" if block.repeat.until else ""
        nth = block.repeat.nth
        day = WEEKDAYS[block.day.weekday()]
        every = f"FREQ=MONTHLY;BYDAY={nth}{day}" if nth else f"FREQ=WEEKLY;INTERVAL={block.repeat.weeks}"
        fields["rule"] = every + until
    kept = {key: value for key, value in fields.items() if value not in (None, [])}
    summary = prose(block.summary, "the title", TITLES)
    return ReadRequest(AddItem("request", summary, {**kept, **given}), read.said)


def _fields_of(read: "Invitation", types: Types) -> dict[str, object]:
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
        "address": read.address or None,
        "sequence": read.sequence or None,
    }
    return {key: value for key, value in fields.items() if value not in (None, [])}


def _time_of(span: Span) -> str:
    """Return when an invitation is, with the year: it may be a year ahead."""
    first = f"{span.start:%a %d %b %Y}"
    if takes_whole_days(span):
        last = last_day(span)
        return first if last == span.start.date() else f"{first} – {last:%a %d %b %Y}"
    if takes_days(span):
        return f"{first}, {span.start:%H:%M} – {span.end:%a %d %b %Y, %H:%M}"
    return f"{first}, {span.start:%H:%M}–{span.end:%H:%M}"


def _known(reader: Reader, uid: str) -> Item | None:
    """Return the request that an invitation has made before."""
    if not uid:
        return None
    kind = kind_of("request")
    found = [item for item in open_items(reader.snapshot(), kind) if item.get("invitation") == uid[:500]]
    found = found or [item for item in closed_items(reader, kind) if item.get("invitation") == uid[:500]]
    return found[-1] if found else None
