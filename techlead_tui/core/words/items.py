"""Read the calls about items from their words, and spell them back.

Each kind has a command that adds (`delegate WHAT --to WHO`) and one that lists and turns
(`delegations [ID TRANSITION ...]`); their options are the fields of the kind.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta

from techlead_tui.core.edits import AddItem, EditItem, ItemEdit, RemoveItem, TurnItem
from techlead_tui.core.items.fields import Field, shown, spelled
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Transition
from techlead_tui.core.words.args import Call, did_you_mean, length
from techlead_tui.core.words.item_options import EDIT, REMOVE, VALUES
from techlead_tui.core.words.options import nothing_more, override_reason
from techlead_tui.core.words.units import DAY_HINT, day_of, in_reach, read_day, read_week
from techlead_tui.core.words.when import ParsedEdit
from techlead_tui.errors import WordsError

TITLES = 500  # characters
LONGEST = 2000  # characters of a text


def read_add_item(kind: ItemKind, call: Call, today: date) -> ParsedEdit:
    """Return the item that the words add; `@ana` among them fills the field for people. WordsError."""
    fields = _given(kind, call, today)
    people = next(
        (field for field in kind.fields if field.sort in ("person", "people") and field.option), None
    )
    text, names = take_people(call.words if people else (), people)
    summary = " ".join([*(text if people else call.words), *call.literal]).strip()
    if people is not None and names:
        known = fields.get(people.name)
        fields[people.name] = [*(known if isinstance(known, list) else []), *names]
        if people.sort == "person":
            if len(names) > 1 or known:
                raise WordsError(
                    f"{people.title} is one person", f"{people.option} {names[0]}", f"@{names[-1]}"
                )
            fields[people.name] = names[0]
    if not summary:
        raise WordsError(kind.asks, *_example(kind))
    return ParsedEdit(added(kind, summary, fields, override_reason(call)), said_of(kind, summary, fields))


def added(kind: ItemKind, summary: str, fields: Mapping[str, object], override: str | None = None) -> AddItem:
    """Return the edit that adds an item with what was given. WordsError when something is missing."""
    for field in kind.fields:
        if field.required and not fields.get(field.name):
            value = VALUES.get(field.sort, "VALUE")
            raise WordsError(f"{field.help}?", f"{field.option} {value}", field.option)
    given = {name: value for name, value in fields.items() if value not in (None, [])}
    return AddItem(kind.id, prose(summary, "the title", TITLES), given, override)


def people_field(kind: ItemKind) -> Field | None:
    """Return the field that `@ana` among the words fills, or None."""
    return next((field for field in kind.fields if field.sort in ("person", "people") and field.option), None)


def take_people(words: Sequence[str], field: Field | None) -> tuple[list[str], list[str]]:
    """Return the words without `@names`, and the names. A quoted text is kept to the letter."""
    text, names = [], []
    for word in words:
        if field is not None and word[:1] == "@" and word[1:2].isalpha() and len(word.split()) == 1:
            names.append(word[1:])
        else:
            text.append(word)
    return text, names


def read_turn(kind: ItemKind, call: Call, find: Callable[[str], Item], today: date) -> ParsedEdit:
    """Return what `ID TRANSITION WORDS` does with the item that `find` finds by the ID. WordsError."""
    first, *rest = [*call.words, *call.literal]
    item = find(first)
    names = [*(turn.name for turn in kind.transitions), EDIT, REMOVE]
    if not rest:
        raise WordsError("what is to be done with it?", "one of " + ", ".join(names), first)
    verb, words = rest[0].lower(), rest[1:]
    if verb == REMOVE:
        nothing_more(words)
        return ParsedEdit(RemoveItem(kind.id, item.uid, item.bucket), (item.summary, "goes"))
    if verb == EDIT:
        return _edited(item, call, words, today)
    turn = kind.transition(verb)
    if turn is None:
        raise WordsError(
            f"“{verb[:60]}” is not an action of {kind.lister}", did_you_mean(verb, names), rest[0]
        )
    fields = _given(kind, call, today)
    if words or not fields.get(turn.takes):
        fields |= turn_fields(kind, turn, words, today)
    edit = TurnItem(kind.id, item.uid, turn.name, fields, item.bucket)
    if turn.says is not None:
        return ParsedEdit(edit, (turn.told(item.summary, fields),))
    said = (item.summary, *(shown(kind.field(name), value) for name, value in fields.items()))
    return ParsedEdit(edit, (*said, turn.after or turn.name))


def turn_fields(kind: ItemKind, turn: Transition, words: Sequence[str], today: date) -> dict[str, object]:
    """Return the field that the words after a transition fill. WordsError."""
    if not turn.takes:
        nothing_more(words)
        return {}
    text = " ".join(words).strip()
    field = kind.field(turn.takes)
    if not text:
        if turn.needs:
            call = f"techlead {kind.lister} ID {turn.name} {VALUES.get(field.sort, 'VALUE')}"
            raise WordsError(f"“{turn.name}” needs to know {field.help}", call, turn.name)
        return {}
    return {field.name: read_value(field, [text], today)}


def _edited(item: Item, call: Call, words: Sequence[str], today: date) -> ParsedEdit:
    kind = item.kind
    fields = _given(kind, call, today)
    for field in kind.fields:
        if field.required and field.name in fields and not fields[field.name]:
            raise WordsError(f"{field.title} cannot be empty", f"{field.option} ...", field.option)
    text = " ".join(words).strip()
    if text:
        fields["summary"] = prose(text, "the title", TITLES)
    if not fields:
        raise WordsError("what is to be changed?", "a new title, or options", item.uid)
    edit = EditItem(kind.id, item.uid, fields, override_reason(call), item.bucket)
    said = (shown(kind.field(name), value) for name, value in fields.items() if name != "summary")
    return ParsedEdit(edit, (text or item.summary, *filter(None, said)))


def _given(kind: ItemKind, call: Call, today: date) -> dict[str, object]:
    out: dict[str, object] = {}
    for field in kind.fields:
        key = field.option.lstrip("-").replace("-", "_")
        if field.option and call.has(key):
            out[field.name] = read_value(field, call.given[key], today)
    return out


def _example(kind: ItemKind) -> tuple[str]:
    return (kind.examples[0] if kind.examples else f"techlead {kind.add} {kind.words}",)


def said_of(kind: ItemKind, summary: str, fields: Mapping[str, object]) -> tuple[str, ...]:
    """Describe what would be added in short phrases."""
    said = []
    for field in kind.fields:
        text = shown(field, fields.get(field.name))
        if text:
            said.append(text if field.sort in ("person", "people", "day") else f"{field.title} {text}")
    return (summary, *said)


def spell_item(edit: ItemEdit) -> tuple[str, ...]:
    """Return the call without the program's name: the same edit is read from it."""
    kind = kind_of(edit.kind)
    if isinstance(edit, AddItem):
        words, literal = spell_text(edit.summary)
        reason = () if edit.override is None else ("--override", edit.override)
        return (kind.add, *words, *_options(kind, edit.fields), *reason, *literal)
    if isinstance(edit, RemoveItem):
        return (kind.lister, edit.uid, REMOVE)
    if isinstance(edit, EditItem):
        title = edit.fields.get("summary")
        words, literal = spell_text(str(title)) if title else ((), ())
        reason = () if edit.override is None else ("--override", edit.override)
        return (kind.lister, edit.uid, EDIT, *words, *_options(kind, edit.fields), *reason, *literal)
    turn = kind.transition(edit.turn)
    takes = turn.takes if turn is not None else ""
    text = spelled(kind.field(takes), edit.fields.get(takes)) if takes else ""
    words, literal = spell_text(text) if text else ((), ())
    others = {name: value for name, value in edit.fields.items() if name != takes}
    return (kind.lister, edit.uid, edit.turn, *words, *_options(kind, others), *literal)


def _options(kind: ItemKind, fields: Mapping[str, object]) -> list[str]:
    out: list[str] = []
    for field in kind.fields:
        if field.name in fields and field.option:
            words = spell_value(field, fields[field.name])
            out += words if words or field.sort == "flag" else [field.option, ""]
    return out


def spell_text(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return a text as words, or as what follows `--` where it would be taken for something else."""
    if len(text.split()) == 1 and text[:1] in ("@", "-"):
        return (), ("--", text)
    return (text,), ()


def read_value(field: Field, texts: Sequence[str], today: date) -> object:
    """Return the stored value of what was typed: of an option given several times, all of it. WordsError."""
    text = texts[-1].strip() if texts else ""
    match field.sort:
        case "flag":
            return text in ("", "yes", "true")
        case "people":
            return list(dict.fromkeys(name(one) for part in texts for one in part.split(",") if one.strip()))
        case "person":
            return name(text) if text else None
        case "length":
            return length(text) if text else None
        case "day":
            return read_due(text, today).isoformat() if text else None
        case "choice":
            if text and text not in field.choices:
                raise WordsError(f"“{text[:60]}” is not known", did_you_mean(text, field.choices), text)
            return text or None
        case "choices":
            given = [one.strip().lower() for part in texts for one in part.split(",") if one.strip()]
            wrong = next((one for one in given if one not in field.choices), None)
            if wrong is not None:
                raise WordsError(f"“{wrong[:60]}” is not known", did_you_mean(wrong, field.choices), wrong)
            return [one for one in field.choices if one in given]
        case "moment":
            return read_moment(text).isoformat(timespec="minutes") if text else None
        case "number":
            if text and not (text.isascii() and text.isdigit()):
                raise WordsError(f"“{text[:60]}” is not a number", f"{field.title} is a whole number", text)
            if text and (len(text) > 9 or int(text) > field.most):
                raise WordsError(f"{text[:60]} is too much", f"{field.title}: at most {field.most}", text)
            return int(text) if text else None
        case "week":
            return str(read_week(text, today)) if text else None
    return prose(text, field.title) if text else None


def read_moment(text: str) -> datetime:
    """Return the ISO 8601 time of `2026-12-01T14:00`, with an offset or without. WordsError."""
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        hint = "write it as 2026-12-01T14:00, with an offset where it is not on your clock"
        raise WordsError(f"“{text[:60]}” is not a time", hint, text) from None
    in_reach(found.date(), text)
    return found


def name(text: str) -> str:
    """Return a person's name without the sign before it. WordsError."""
    found = text.strip().removeprefix("@").strip()
    if not found:
        raise WordsError("a name is missing", "write it as @ana, or ana", text)
    return prose(found, "a name", 200)


def prose(text: str, what: str, most: int = LONGEST) -> str:
    """Return a text that can be kept. WordsError when it is too long."""
    if len(text) > most:
        raise WordsError(f"{what} is too long: {len(text)} characters", f"at most {most}", text[:60])
    return text


def read_due(text: str, today: date) -> date:
    """Return the day meant by `fri`, `tomorrow`, `2026-12-01`, `3d` or `2w`. WordsError."""
    count, unit = text[:-1], text[-1:].lower()
    if count.isascii() and count.isdigit() and unit in ("d", "w"):
        days = min(int(count[:6]), 1_000_000) * (7 if unit == "w" else 1)
        try:
            return in_reach(today + timedelta(days=days), text)
        except OverflowError:
            raise WordsError(f"{text[:60]} is out of range", DAY_HINT, text) from None
    word = read_day(text)
    if word is None:
        raise WordsError(f"“{text[:60]}” is not a day", f"{DAY_HINT}; 3d and 2w count from today", text)
    return in_reach(day_of(word, today), text)


def spell_value(field: Field, value: object) -> list[str]:
    """Return the words of a call that give a stored value: the option, and what follows it."""
    if value in (None, [], ()) or value is False:
        return []
    if field.sort == "flag":
        return [field.option]
    if isinstance(value, list | tuple):
        return [word for one in value for word in (field.option, str(one))]
    return [field.option, spelled(field, value)]
