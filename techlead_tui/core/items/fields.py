"""Define the fields of items: how each sort of value is read from words, stored, and shown.

Values are stored as they stand in JSON: days as ISO dates, lengths as minutes, people as lists of names.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.lengths import length as length_text
from techlead_tui.core.text import day_text
from techlead_tui.core.words.args import Option, did_you_mean, length
from techlead_tui.core.words.units import DAY_HINT, day_of, in_reach, read_day
from techlead_tui.errors import WordsError

SORTS = ("text", "person", "people", "length", "day", "url", "choice", "flag", "number")
LONGEST = 2000  # characters of a text


class Field(NamedTuple):
    """Declare one field of a kind."""

    name: str
    sort: str  # one of SORTS
    help: str  # what it is, for help, forms and the JSON reference
    option: str = ""  # "--to"; "" where no option of the add command gives it
    label: str = ""  # in forms, where the name does not do
    required: bool = False
    choices: tuple[str, ...] = ()
    default: object = None  # stored where nothing is given

    @property
    def key(self) -> str:
        """Return its key in JSON and in the store: a length names its unit."""
        return f"{self.name}_minutes" if self.sort == "length" else self.name

    @property
    def nothing(self) -> object:
        """Return the stored value of a field that says nothing."""
        return [] if self.sort == "people" else False if self.sort == "flag" else None

    @property
    def title(self) -> str:
        """Return what a form calls it."""
        return self.label or self.name.replace("_", " ")


_VALUES = {
    "text": "TEXT",
    "person": "WHO",
    "people": "WHO",
    "length": "LENGTH",
    "day": "WHEN",
    "url": "PATH|URL",
    "number": "NUMBER",
}


def option_of(field: Field) -> Option:
    """Return the option by which a call gives the field."""
    value = None if field.sort == "flag" else _VALUES.get(field.sort, "VALUE")
    return Option((field.option,), field.help, value, field.choices, many=field.sort == "people")


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
        case "number":
            if text and not (text.isascii() and text.isdigit()):
                raise WordsError(f"“{text[:60]}” is no number", f"{field.title} is a whole number", text)
            return int(text[:9]) if text else None
    return prose(text, field.title) if text else None


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
            raise WordsError(f"{text[:60]} is out of reach", DAY_HINT, text) from None
    word = read_day(text)
    if word is None:
        raise WordsError(f"“{text[:60]}” is no day", f"{DAY_HINT}; 3d and 2w count from today", text)
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


def spelled(field: Field, value: object) -> str:
    """Return a stored value as it is typed."""
    if value is None:
        return ""
    if field.sort == "length" and isinstance(value, int):
        return f"{value}m"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)


def shown(field: Field, value: object) -> str:
    """Return a stored value as people read it."""
    if value in (None, []) or value is False:
        return ""
    if field.sort == "length" and isinstance(value, int):
        return length_text(value)
    if field.sort == "day":
        return day_text(date.fromisoformat(str(value)))
    if field.sort == "flag":
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
