"""Fill in types, people and documents, completed by what there is and what was named lately."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import did_you_mean
from techlead_tui.errors import FieldError, WordsError
from techlead_tui.planner.recent_names import RecentNames
from techlead_tui.tui.completion import (
    about_type,
    docs_like,
    people_like,
    read_people,
    show_people,
    types_like,
)
from techlead_tui.tui.widgets.fields import LineField, TextField


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
