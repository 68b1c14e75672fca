"""The words of `add`, and of the TUI's line: a block to plan."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.edits import AddBlock, Repeat
from techlead_tui.core.lengths import short_length
from techlead_tui.core.localtime import clock
from techlead_tui.core.recurrence import first_from
from techlead_tui.core.words.days import full_date
from techlead_tui.core.words.reading import Context, Reading
from techlead_tui.core.words.scan import find_when
from techlead_tui.core.words.tags import Tags, kind_tag, read_tags
from techlead_tui.core.words.tokens import Token, text_of
from techlead_tui.core.words.when import repeat_of, slot_of
from techlead_tui.errors import WordsError

ASSUMED = "meeting, as no type was named"
ORDINALS = {1: "first", 2: "second", 3: "third", 4: "fourth", -1: "last"}


def read_add(
    tokens: list[Token],
    context: Context,
    people: tuple[str, ...] = (),
    doc: str | None = None,
    override: str | None = None,
) -> Reading:
    """The block that the words plan, and what was read; people, document and reason may come as options.

    WordsError names the word that was not understood.
    """
    tags, rest = read_tags(tokens, context.types)
    found, rest = find_when(rest)
    slot = slot_of(found, rest, context)
    optional, rest = take_optional(rest)
    summary = text_of(rest)
    kind = tags.kind or (context.types[tags.type].kind if tags.type else "meeting")
    repeat = repeat_of(found)
    if repeat and repeat.nth is not None:
        slot = slot._replace(day=first_from(slot.day, repeat.nth))
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
    )
    return Reading(edit, said_of(edit, named=tags.kind is not None or tags.type is not None))


def take_optional(tokens: list[Token]) -> tuple[bool, list[Token]]:
    """Whether the text ends in `?`, as optional things are drawn, and the text without it."""
    if not tokens or tokens[-1].literal or not tokens[-1].text.endswith("?"):
        return False, tokens
    last = tokens[-1]
    text = last.text.rstrip("?")
    kept = [Token(text, last.space, last.position)] if text else []
    return True, [*tokens[:-1], *kept]


def _title(tags: Tags, context: Context) -> str:
    if tags.type:
        return context.types[tags.type].title
    if tags.kind:
        return kind_tag(tags.kind).replace("-", " ").capitalize()
    raise WordsError("what is it about?", "write a few words or a type: wed 14-16 connection pool +code")


def said_of(edit: AddBlock, *, named: bool = True) -> tuple[str, ...]:
    """What an edit means, in short phrases; `named` false says that its kind is an assumption."""
    length = short_length(edit.end - edit.start)
    said = [f"{full_date(edit.day)}, {clock(edit.start)}–{clock(edit.end)} ({length})"]
    if edit.repeat:
        said.append(said_repeat(edit.repeat, edit.day))
    kind = kind_tag(edit.kind).replace("-", " ")
    if edit.type:
        said.append(f"{kind}, type {edit.type}")
    else:
        said.append(kind if named else ASSUMED)
    said.append(f"“{edit.summary}”")
    if edit.people:
        said.append("with " + ", ".join(edit.people))
    if edit.optional:
        said.append("optional")
    if edit.doc:
        said.append(f"document {edit.doc}")
    if edit.override:
        said.append(f"overriding: {edit.override}")
    return tuple(said)


def said_repeat(repeat: Repeat, day: date) -> str:
    every = "every week" if repeat.weeks == 1 else f"every {repeat.weeks} weeks"
    if repeat.nth is not None:
        every = f"once a month, on the {ORDINALS[repeat.nth]} {day:%A}"
    return f"{every} until {full_date(repeat.until)}" if repeat.until else every
