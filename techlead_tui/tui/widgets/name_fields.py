"""Fill in types, people and documents, completed by what there is and what was named lately."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.theme import BlockType, Types
from techlead_tui.core.words.args import did_you_mean, nearest
from techlead_tui.errors import FieldError, WordsError
from techlead_tui.planner.recent_names import RecentNames
from techlead_tui.tui.widgets.fields import Complete, Completion, LineField, TextField


class TypeField(LineField[str | None]):
    """Hold a type of block; None where none is written."""

    noted = True

    def __init__(self, name: str, label: str, types: Types, value: str = "") -> None:
        super().__init__(name, label, value, example="none", complete=types_like(types))
        self._types = types

    def parse(self, text: str) -> str | None:
        name = text.lstrip("+").lower()
        if name and name not in self._types:
            raise WordsError(f"unknown type “{name[:40]}”", did_you_mean(name, self._types))
        return name or None

    def meaning(self) -> tuple[str, str]:
        try:
            name = self.read()
        except FieldError:
            return "unknown", "warn"
        if name is None:
            return "", "hint"
        title, ink = about_type(self._types[name])
        return title, "hint" if ink == "ink" else ink


class PersonField(LineField[tuple[str, ...]]):
    """Hold names of people, completed by those who were named lately."""

    def __init__(self, name: str, label: str, people: Sequence[str] = (), *, needed: str = "") -> None:
        super().__init__(name, label, show_people(people), example="such as @ana @ben", needed=needed)

    def learn(self, names: RecentNames) -> None:
        self._complete = people_like(names.people)

    def parse(self, text: str) -> tuple[str, ...]:
        return read_people(text)


class PlaceField(TextField):
    """Hold a document, link or place, completed by those that were named lately."""

    def learn(self, names: RecentNames) -> None:
        self._complete = docs_like(names.docs)


def types_like(types: Types) -> Complete:
    """Complete types by the beginning of their id, by any part of their title, else by the nearest id.

    Types that are worth the time come first.
    """

    def complete(text: str) -> list[Completion]:
        word = text.strip().lstrip("+").casefold()
        found = [one for one in types.values() if one.id.startswith(word)]
        found += [one for one in types.values() if one not in found and word in one.title.casefold()]
        if not found and (near := nearest(word, types)):
            found = [types[near]]
        found.sort(key=lambda one: (not one.worth_it, not one.id.startswith(word)))
        return [Completion(one.id, one.id, *about_type(one)) for one in found]

    return complete


def about_type(one: BlockType) -> tuple[str, str]:
    """Return a type's title, and the ink that says whether it is worth the time."""
    return (one.title, "ink") if one.worth_it else (f"{one.title} · on your avoid list", "warn")


def people_like(names: Sequence[str]) -> Complete:
    """Complete the last of several names."""

    def complete(text: str) -> list[Completion]:
        head, word = last_name(text)
        there = read_people(head)
        found = [name for name in names if name.casefold().startswith(word.casefold()) and name not in there]
        return [Completion(f"{head}{_written(name)}", _written(name)) for name in found]

    return complete


def docs_like(docs: Sequence[str]) -> Complete:
    """Complete a document or place by any part of it."""

    def complete(text: str) -> list[Completion]:
        word = text.strip().casefold()
        return [Completion(doc, doc) for doc in docs if word in doc.casefold()]

    return complete


def last_name(text: str) -> tuple[str, str]:
    """Split a list of names before the one that is being typed."""
    at = max(text.rfind(","), text.rfind(" ") if "," not in text else -1) + 1
    gap = len(text[at:]) - len(text[at:].lstrip())
    return text[: at + gap], text[at + gap :].lstrip("@")


def read_people(text: str) -> tuple[str, ...]:
    """Return the names in `@ana @ben`, or in `Ana Lee, ben` where a name has blanks."""
    parts = text.split(",") if "," in text else text.split()
    return tuple(dict.fromkeys(name for part in parts if (name := part.strip().lstrip("@").strip())))


def show_people(names: Sequence[str]) -> str:
    """Return names in the spelling that `read_people` reads."""
    if any(len(name.split()) != 1 for name in names):
        return ", ".join(names) + ("," if len(names) == 1 else "")
    return " ".join(map(_written, names))


def _written(name: str) -> str:
    return f"@{name}" if len(name.split()) == 1 else name
