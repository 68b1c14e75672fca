"""The words of `edit`: other fields of a block or a session."""

from collections.abc import Sequence
from datetime import date, timedelta, tzinfo
from typing import NamedTuple

from techlead_tui.core.calendar import DAY, clock, first_from, into, minute_of, stretch
from techlead_tui.core.edits import AddBlock, EditBlock, EditSession, MergeSessions, MoveBlock, SplitSession
from techlead_tui.core.lengths import short_length
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import CATEGORIES, PATTERNS
from techlead_tui.core.span import Span
from techlead_tui.core.text import listed, times
from techlead_tui.core.theme import KINDS, Types
from techlead_tui.core.words.args import (
    Call,
    Token,
    did_you_mean,
    from_line,
    is_tag,
    nearest,
    no_second_time,
    or_text,
    text_of,
    too_many,
)
from techlead_tui.core.words.past import read_instant
from techlead_tui.core.words.scan import WhenPieces
from techlead_tui.core.words.units import (
    DAY_NAMES,
    EACH_DAY,
    DayWord,
    check_range,
    day_of,
    full_date,
    in_reach,
    says_day,
)
from techlead_tui.core.words.when import (
    ParsedEdit,
    ReadingContext,
    Target,
    exists,
    find_when,
    last_of,
    repeat_of,
    slot_of,
)
from techlead_tui.errors import WordsError

FLAGS = {"optional": True, "required": False}


class Tags(NamedTuple):
    """Hold what the tags among some words mean; None where they are silent."""

    kind: str | None = None
    type: str | None = None
    people: tuple[str, ...] = ()
    optional: bool | None = None
    doc: str | None = None


def kind_tag(kind: str) -> str:
    """`deep-work` for `deep_work`."""
    return kind.replace("_", "-")


def read_tags(tokens: list[Token], types: Types) -> tuple[Tags, list[Token]]:
    """Takes tags, people and `doc:` out of the words. WordsError names the nearest tag for an unknown one."""
    tags, rest = Tags(), []
    for token in tokens:
        word = token.text
        if token.literal:
            rest.append(token)
        elif is_tag(word):
            tags = _tag(tags, token, types)
        elif word[:1] == "@" and word[1:2].isalpha():
            if word[1:] not in tags.people:
                tags = tags._replace(people=(*tags.people, word[1:]))
        elif word in ("@", "doc:"):
            hint = "as in @ana" if word == "@" else "as in doc:notes.md"
            raise WordsError(f"“{word}” has nothing after it", or_text(hint), word, token.position)
        elif word[:4] == "doc:" and word[4:]:
            tags = tags._replace(doc=word[4:])
        else:
            rest.append(token)
    return tags, rest


def _tag(tags: Tags, token: Token, types: Types) -> Tags:
    name = token.text[1:].lower()
    if name in FLAGS:
        return tags._replace(optional=FLAGS[name])
    if name in types:
        if tags.type not in (None, name):
            raise WordsError(
                f"two types: {tags.type} and {name}", "a block has one type", token.text, token.position
            )
        return tags._replace(type=name)
    kind = name.replace("-", "_")
    if kind in KINDS:
        if tags.kind not in (None, kind):
            raise WordsError(
                f"two kinds: {kind_tag(tags.kind or '')} and {name}",
                "a block has one kind",
                token.text,
                token.position,
            )
        return tags._replace(kind=kind)
    known = [*types, *map(kind_tag, KINDS), *FLAGS]
    near = nearest(name, known)
    hint = f"did you mean +{near}?" if near else "types are " + ", ".join(types)
    raise WordsError(
        f"unknown type “{token.text[:60]}”",
        or_text(hint),
        token.text,
        token.position,
    )


ASSUMED = "meeting, as no type was named"
MOVE_HINT = "move ID tue 14:00, or move ID 14-16"
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def read_add(
    tokens: list[Token],
    context: ReadingContext,
    people: tuple[str, ...] = (),
    doc: str | None = None,
    override: str | None = None,
    note: str | None = None,
) -> ParsedEdit:
    """The block that the words plan, and what was read; the parameters after the context come from options.

    WordsError names the word that was not understood.
    """
    tags, rest = read_tags(tokens, context.types)
    found, rest = find_when(rest)
    slot = slot_of(found, rest, context)
    no_second_time(rest)
    if rest and not rest[0].literal and says_day(rest[0].text):
        raise too_many("day", rest)
    optional, rest = take_optional(rest)
    summary = text_of(rest)
    kind = tags.kind or (context.types[tags.type].kind if tags.type else "meeting")
    repeat = repeat_of(found)
    if repeat and repeat.nth is not None:
        slot = slot._replace(day=in_reach(first_from(slot.day, repeat.nth)))
    if repeat and repeat.until and repeat.until < slot.day:
        raise WordsError(
            f"it would end on {repeat.until}, before it begins on {slot.day}", "until a later date"
        )
    edit = AddBlock(
        summary=summary if summary.strip() else _title(tags, context),
        day=slot.day,
        start=slot.start,
        end=slot.end,
        kind=kind,
        type=tags.type,
        people=(*tags.people, *(name for name in people if name not in tags.people)),
        optional=optional if tags.optional is None else tags.optional,
        doc=doc or tags.doc,
        repeat=repeat,
        override=override,
        note=note,
    )
    named = tags.kind is not None or tags.type is not None
    return ParsedEdit(edit, said_of(edit, context.zone, named=named))


def take_optional(tokens: list[Token]) -> tuple[bool, list[Token]]:
    """Tell whether a text ends in `?`, as optional things are drawn, and return it without that."""
    if not tokens or tokens[-1].literal or not tokens[-1].text.endswith("?"):
        return False, tokens
    last = tokens[-1]
    text = last.text.rstrip("?")
    kept = [Token(text, last.space, last.position)] if text else []
    return True, [*tokens[:-1], *kept]


def _title(tags: Tags, context: ReadingContext) -> str:
    if tags.type:
        return context.types[tags.type].title
    if tags.kind:
        return kind_tag(tags.kind).replace("-", " ").capitalize()
    raise WordsError("what is it about?", "write a few words or a type: wed 14-16 pool fix +code")


def said_of(edit: AddBlock, zone: tzinfo, *, named: bool = True) -> tuple[str, ...]:
    """Describe an edit in short phrases; `named` false says that its kind is an assumption."""
    span = Span(*stretch(edit.day, edit.start, edit.end, zone))
    said = [f"{full_date(edit.day)}, {times(span)} ({short_length(span.minutes)})"]
    if edit.repeat:
        said.append(said_repeat(edit.repeat, edit.day))
    kind = kind_tag(edit.kind).replace("-", " ")
    if edit.type:
        said.append(f"{kind}, type {edit.type}")
    else:
        said.append(kind if named else ASSUMED)
    said.append(f"“{edit.summary}”" if any(map(str.isprintable, edit.summary)) else "untitled")
    if edit.people:
        said.append("with " + ", ".join(edit.people))
    if edit.optional:
        said.append("optional")
    if edit.doc:
        said.append(f"document {edit.doc}")
    if edit.note:
        said.append(f"note “{edit.note}”")
    if edit.override:
        said.append(f"overriding: {edit.override}")
    return tuple(said)


def said_repeat(repeat: Repeat, day: date) -> str:
    every = "every week" if repeat.weeks == 1 else f"every {repeat.weeks} weeks"
    if repeat.days:
        days = said_days(repeat.days)
        every = f"every {days}" if repeat.weeks == 1 else f"{every} on {days}"
    if repeat.nth is not None:
        every = f"once a month, on the {ORDINALS[repeat.nth]} {day:%A}"
    return f"{every} until {full_date(repeat.until)}" if repeat.until else every


def said_days(days: Sequence[int]) -> str:
    """`day`, `weekday`, `Tue, Thu and Sat`, to stand after `every`."""
    each = {each: name for name, each in EACH_DAY.items()}
    return each.get(tuple(days)) or listed([DAY_NAMES[number - 1] for number in days])


def read_move(
    tokens: list[Token],
    place: Target,
    context: ReadingContext,
    *,
    override: str | None = None,
    onward: bool = False,
) -> ParsedEdit:
    """The move that the words after the ID mean: a day alone keeps the time, a time alone keeps the day, and
    without an end or a length the length stays."""
    found, rest = find_when(tokens, bare=True)
    if rest:
        word, wrong = rest[0], f"“{rest[0].text[:60]}” is not a day or a time"
        raise WordsError(wrong, MOVE_HINT, word.text, word.position)
    if found == WhenPieces():
        raise WordsError("where to?", MOVE_HINT)
    if found.weeks is not None:
        raise WordsError("one block cannot be moved to every week", "add every tue 14-15 … makes a series")
    if place.table == "sessions":
        return _move_session(found, place, context)
    was = place.span
    seen = context._replace(start=was.start_minute, length=was.minutes, crosses=was.crosses)
    if found.ago is None and found.start is None and found.day is None:
        raise WordsError("where to? only a length was understood", "move ID 14-16 sets both ends", found.word)
    here = found if found.day is not None else found._replace(day=DayWord(exact=place.day))
    slot = slot_of(here, [], seen)
    end = None if found.end is None and found.length is None else slot.end
    edit = MoveBlock(
        uid=place.uid, day=place.day, to=slot.day, start=slot.start, end=end, override=override, onward=onward
    )
    to = Span(*stretch(slot.day, slot.start, slot.end, context.zone))
    said = [f"from {full_date(place.day)}, {times(was)}", f"to {full_date(slot.day)}, {times(to)}"]
    if onward:
        said.append("and so from then on")
    if to.minutes != was.minutes:
        said.append(f"{short_length(to.minutes)} instead of {short_length(was.minutes)}")
    if override:
        said.append(f"overriding: {override}")
    return ParsedEdit(edit, tuple(said))


def _move_session(found: WhenPieces, place: Target, context: ReadingContext) -> ParsedEdit:
    """A session has been: a weekday is the last one. It may cross midnight: 22-1 ends on the next day."""
    seen = context._replace(day=place.day if found.day is None else None)
    day, start = last_of(found, seen)
    start = place.span.start_minute if start is None else start
    last = found.end
    if last is not None and last < start:
        last += DAY
    check_range(start, start + 1 if last is None else last, found.word, found.position, crosses=True)
    exists(day, start, context, found.word, found.position)
    begin = context.moment(day, start)
    if last is None:
        minutes = found.length or place.span.minutes
        end = into(begin + timedelta(minutes=minutes), context.zone)
    else:
        exists(day, last, context, found.word, found.position)
        end = context.moment(day, last)
    span = Span(begin, end)
    fields = {"start": begin.isoformat(timespec="seconds"), "end": end.isoformat(timespec="seconds")}
    said = (f"session to {full_date(day)}, {times(span)}", short_length(span.minutes))
    return ParsedEdit(EditSession(uid=place.uid, week=place.week, fields=fields), said)


OF_BLOCKS = (
    "type",
    "no_type",
    "kind",
    "with",
    "no_people",
    "no_category",
    "optional",
    "doc",
    "no_doc",
    "status",
    "to",
    "from_now_on",
)
OF_SESSIONS = ("pattern", "no_pattern", "start", "end", "result", "no_result", "split", "merge")


def read_edit(tokens: list[Token], call: Call, place: Target, context: ReadingContext) -> ParsedEdit:
    """The fields that the words after the ID set; a text is the new summary."""
    session = place.table == "sessions"
    for key in call.given:
        if key in (OF_BLOCKS if session else OF_SESSIONS):
            name, other = ("a session", "blocks") if session else ("a block", "sessions")
            raise WordsError(f"{place.uid} is {name}: --{key.replace('_', '-')} is for {other}", "", key)
    for key, read in (("split", _split), ("merge", _merge)):
        if call.has(key):
            if tokens or len(call.given) > 1 + call.has("json"):
                raise WordsError(
                    f"--{key} cannot be combined with other changes",
                    "change the rest with another techlead edit",
                    key,
                )
            return read(call.value(key) or "", place, context)
    fields = _session_fields(tokens, call, context) if session else _block_fields(tokens, call, context)
    if not fields:
        raise WordsError("what should change?", "edit ID a new title, edit ID +review, edit ID --doc PATH")
    said = tuple(f"{name.replace('_', ' ')}: {_shown(name, value)}" for name, value in fields.items())
    if session:
        return ParsedEdit(EditSession(uid=place.uid, week=place.week, fields=fields), said)
    override, to = call.value("override"), call.value("to")
    move: MoveBlock | None = None
    if to is not None:
        moved = read_move(from_line(to), place, context)
        assert isinstance(moved.edit, MoveBlock)
        move, said = moved.edit, (*said, *moved.said)
    onward = call.has("from_now_on")
    if onward:
        said += ("from this one on",)
    if override:
        said += (f"overriding: {override}",)
    return ParsedEdit(EditBlock(place.uid, place.day, fields, override, move, onward), said)


def _split(text: str, place: Target, context: ReadingContext) -> ParsedEdit:
    """`10:00`, or `10-10:30` for the time that goes, on the day of the session; or one or two ISO times."""
    parts = [read_instant(part, context) for part in text.split("/")]
    if all(parts) and len(parts) <= 2:
        end, start = parts[0], parts[-1]
    else:
        found, rest = find_when(from_line(text), bare=True)
        if rest or found.start is None or found.ago is not None or found.weeks is not None:
            raise WordsError(
                f"“{text[:60]}” is not a time in the session", "--split 10:00, or --split 10-10:30", text
            )
        day = place.day if found.day is None else day_of(found.day, context.today, back=True)
        minutes = found.start, found.end or found.start + (found.length or 0)
        for minute in minutes:
            exists(day, minute, context, text)
        end, start = (context.moment(day, minute) for minute in minutes)
    assert end is not None
    assert start is not None
    said = f"split at {clock(minute_of(end))}" + (f"–{clock(minute_of(start))}" if start != end else "")
    return ParsedEdit(SplitSession(place.uid, place.week, end, start), (said,))


def _merge(text: str, place: Target, context: ReadingContext) -> ParsedEdit:
    other = context.locate(text)
    if other.table != "sessions":
        raise WordsError(f"{text[:60]} is not a session", "techlead sessions shows the IDs", text)
    edit = MergeSessions(place.uid, place.week, other.uid, other.week)
    return ParsedEdit(edit, ("two sessions are one",))


def _block_fields(tokens: list[Token], call: Call, context: ReadingContext) -> dict[str, object]:
    fields: dict[str, object] = {}
    tags, rest = read_tags(tokens, context.types)
    if not call.has("summary"):
        optional, rest = take_optional(rest)
        if optional:
            fields["optional"] = True
    _summary(fields, rest, call)
    type_id = call.value("type") or tags.type
    if type_id is not None and type_id not in context.types:
        raise WordsError(f"unknown type “{type_id[:60]}”", did_you_mean(type_id, context.types), type_id)
    for name, value, none in (
        ("type", type_id, call.has("no_type")),
        ("kind", (call.value("kind") or tags.kind or "").replace("-", "_") or None, False),
        ("category", call.value("category"), call.has("no_category")),
        ("people", call.given.get("with") or list(tags.people) or None, call.has("no_people")),
        ("doc", call.value("doc") or tags.doc, call.has("no_doc")),
        ("status", call.value("status"), False),
        ("note", call.value("note"), call.has("no_note")),
    ):
        if value is not None and none:
            raise WordsError(f"{name} is both set and taken away", "say one of the two")
        if value is not None or none:
            fields[name] = value if value is not None else [] if name == "people" else None
    if tags.optional is not None:
        fields["optional"] = tags.optional
    if call.has("optional"):
        fields["optional"] = call.value("optional") == "yes"
    return fields


def _session_fields(tokens: list[Token], call: Call, context: ReadingContext) -> dict[str, object]:
    fields: dict[str, object] = {}
    tags = [token for token in tokens if not token.literal and is_tag(token.text)]
    for tag in tags:
        name = tag.text[1:].lower().replace("-", "_")
        if name not in (*PATTERNS, *CATEGORIES):
            hint = did_you_mean(name, (*PATTERNS, *CATEGORIES))
            raise WordsError(f"“{tag.text[:60]}” is not a pattern of a session", hint, tag.text, tag.position)
        fields["pattern" if name in PATTERNS else "category"] = name
    _summary(fields, [token for token in tokens if token not in tags], call)
    for name in ("pattern", "category", "result"):
        if call.has(name):
            fields[name] = call.value(name)
    if call.has("note"):
        fields["note"] = call.value("note")
    for name in ("pattern", "note", "result"):
        if call.has(f"no_{name}"):
            fields[name] = None
    for name in ("start", "end"):
        text = call.value(name)
        if text is None:
            continue
        moment = read_instant(text, context)
        if moment is None:
            raise WordsError(f"“{text[:60]}” is not a time with an offset", "2026-11-24T14:00:00+01:00", text)
        fields[name] = moment.isoformat(timespec="seconds")
    return fields


def _summary(fields: dict[str, object], rest: list[Token], call: Call) -> None:
    """The new title: `--summary`, or the words, unless they look like a time."""
    text = text_of(rest)
    given = call.value("summary")
    if given is not None and text.strip():
        raise WordsError("two titles", "give it as words or as --summary", text)
    if given is None and text.strip():
        found, others = find_when(rest, bare=True)
        if not others and found.start is not None:
            word = rest[0]
            raise WordsError("edit changes no times", f"techlead move ID {text}", word.text, word.position)
        fields["summary"] = text
    elif given is not None:
        if not given.strip():
            raise WordsError("an empty title", "write a few words after --summary", "--summary")
        fields["summary"] = given


def _shown(name: str, value: object) -> str:
    if value is None or value == []:
        return "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    text = ", ".join(value) if isinstance(value, list) else str(value)
    return text.replace("_", " ") if name in ("kind", "category") else text
