"""Add or edit an item in a form, or give a transition the words that it takes: made from the declarations."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import Edit, EditItem, TurnItem
from techlead_tui.core.items.changes import edits_of
from techlead_tui.core.items.fields import Field, shown, spelled
from techlead_tui.core.items.kit import Item, ItemKind, Moment, Transition
from techlead_tui.core.words.items import added, people_field, read_value, take_people
from techlead_tui.errors import FieldError, UserError, WordsError
from techlead_tui.planner.recent_names import RecentNames
from techlead_tui.render import symbols
from techlead_tui.render.text import Row, exactly, inert, wrap
from techlead_tui.tui.completion import docs_like, people_like
from techlead_tui.tui.dialogs.form import FormDialog, verdict_rows
from techlead_tui.tui.planner_thread import Desk
from techlead_tui.tui.style import Looks
from techlead_tui.tui.widgets import fields as widgets
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import LineField, TextField

EXAMPLES = {
    "length": "2h",
    "day": "fri, 3d or 2026-12-01",
    "people": "@ana @ben",
    "url": "a path or an address",
}


class ItemField(LineField[object]):
    """Hold the value of one field of an item, in the words that the shell takes, too."""

    def __init__(self, field: Field, value: object, today: date) -> None:
        self.noted = field.sort in ("day", "length")
        super().__init__(
            field.name, field.title, spelled(field, value), example=EXAMPLES.get(field.sort, field.help)
        )
        self._declared = field
        self._today = today

    def learn(self, names: RecentNames) -> None:
        if self._declared.sort in ("person", "people"):
            self._complete = people_like(names.people)
        elif self._declared.sort == "url":
            self._complete = docs_like(names.docs)

    def parse(self, text: str) -> object:
        texts = text.replace("@", ",").split(",") if self._declared.sort == "people" else [text]
        return read_value(self._declared, [one for one in texts if one.strip()] or [""], self._today)

    def meaning(self) -> tuple[str, str]:
        try:
            return shown(self._declared, self.read()), "hint"
        except FieldError as error:
            return error.message, "warn"


def field_of(field: Field, value: object, today: date) -> widgets.FormField[Any]:
    """Return the line of a form that holds a field."""
    if field.sort == "choice":
        options = [(choice, choice) for choice in field.choices]
        if not field.default:
            options.insert(0, ("", "none"))
        return ChoiceField(field.name, field.title, options, str(value or field.default or ""))
    if field.sort == "flag":
        return ChoiceField(field.name, field.title, [("", "no"), ("yes", "yes")], "yes" if value else "")
    return ItemField(field, value, today)


def value_of(declared: Field, line: widgets.FormField[Any]) -> object:
    """Return the stored value that a line holds. FieldError."""
    if isinstance(line, ItemField):
        return line.read()
    return bool(line.text) if declared.sort == "flag" else line.text or None


class ItemForm(FormDialog):
    """Add an item of a kind, or edit one. `@ana` in a new title fills the field for people."""

    mode = "form"

    def __init__(self, desk: Desk, looks: Looks, kind: ItemKind, item: Item | None = None) -> None:
        super().__init__(desk, looks)
        self.kind = kind
        self.item = item
        self.heading = kind.title if item is None else item.summary
        self.about = "" if item is None else item.summary
        self.declared = [field for field in kind.fields if field.option or item is not None]

    def fields(self) -> Sequence[widgets.FormField[Any]]:
        today = self.desk.planner.today()
        title = self.item.summary if self.item is not None else ""
        example = f"{self.kind.asks} @who" if people_field(self.kind) else self.kind.asks
        self.title_field = TextField("summary", "what", title, example=example)
        given = {field.name: self.item.get(field.name) if self.item else None for field in self.declared}
        return [
            self.title_field,
            *(field_of(field, given[field.name], today) for field in self.declared if field.option),
        ]

    def _values(self) -> dict[str, object]:
        return {
            field.name: value_of(field, self.field(field.name)) for field in self.declared if field.option
        }

    def edits(self) -> list[Edit]:
        values, title = self._values(), self.title_field.text
        if self.item is not None:
            return self._changes(self.item, title, values)
        people = people_field(self.kind)
        words, names = take_people(title.split(), people)
        if names and people is not None and not values.get(people.name):
            title = " ".join(words)
            values[people.name] = names if people.sort == "people" else " ".join(names)
        if not title and not any(value for name, value in values.items() if name not in self._chosen):
            return []
        if not title:
            raise FieldError("summary", self.kind.asks)
        try:
            return [added(self.kind, title, values)]
        except WordsError as error:
            missing = next((f for f in self.declared if f.required and not values.get(f.name)), None)
            if missing is None:
                raise FieldError("summary", error.message, error.hint) from None
            raise FieldError(missing.name, error.message, "@name in the first line, or here") from None

    @property
    def _chosen(self) -> set[str]:
        return {field.name for field in self.declared if field.sort in ("choice", "flag")}

    def _changes(self, item: Item, title: str, values: Mapping[str, object]) -> list[Edit]:
        if not title:
            raise FieldError("summary", self.kind.asks)
        fields = {
            name: value for name, value in values.items() if (value or None) != (item.get(name) or None)
        }
        for field in self.declared:
            if field.required and field.name in fields and not fields[field.name]:
                raise FieldError(field.name, f"{field.help}?")
        if title != item.summary:
            fields["summary"] = title
        return [EditItem(self.kind.id, item.uid, fields, None, item.bucket)] if fields else []

    def plain_verdict(self, decision: Decision | None, cells: int, rows: int) -> Sequence[Row]:
        if decision is not None and decision.refused:
            said = list(verdict_rows(decision, cells, rows))[:2]
            return [*said, *self._lines(decision.violations[0].why, cells, rows - len(said), "hint")]
        if decision is None:
            idle = "nothing is written yet" if self.item is None else "nothing has changed"
            return self._lines(self.kind.advice or idle, cells, rows, "hint")
        notes = " · ".join(decision.notes) or "it can be saved"
        return self._lines(f"{symbols.DONE} {notes}", cells, rows, "good")

    def _lines(self, text: str, cells: int, rows: int, ink: str) -> list[Row]:
        parts = wrap(inert(text), max(8, cells - 2), max(1, rows))
        return [exactly([("  ", "ink/bar"), (part, f"{ink}/bar")], cells, "ink/bar") for part in parts]


class TurnForm(FormDialog):
    """Ask for the words that a transition takes: an answer, a day."""

    mode = "form"
    verdict_height = 2

    def __init__(
        self,
        desk: Desk,
        looks: Looks,
        kind: ItemKind,
        turn: Transition,
        items: Sequence[Item],
        moment: Moment,
    ) -> None:
        super().__init__(desk, looks)
        self.kind = kind
        self.turn = turn
        self.given: Mapping[str, object] = {}  # the value that it takes, by its field
        self.items = items
        self.moment = moment
        self.heading = items[0].summary if len(items) == 1 else f"{len(items)} {kind.plural}"

    def aside(self) -> str:
        return self.turn.label

    def fields(self) -> Sequence[widgets.FormField[Any]]:
        declared = self.kind.field(self.turn.takes)
        value = self.items[0].get(declared.name) if declared.sort != "text" else None
        return [field_of(declared, value, self.desk.planner.today())]

    def edits(self) -> list[Edit]:
        declared = self.kind.field(self.turn.takes)
        value = value_of(declared, self.field(declared.name))
        if value is None and self.turn.needs:
            return []
        self.given = fields = {declared.name: value} if value is not None else {}
        turns = [
            (one, TurnItem(self.kind.id, one.uid, self.turn.name, fields, one.bucket)) for one in self.items
        ]
        return [edit for one, turn in turns for edit in edits_of(one, turn, self.moment)]

    async def apply(self, edits: list[Edit]) -> None:
        """Save the turns; a document that takes another one's place says so, too."""
        if not edits:
            declared = self.kind.field(self.turn.takes)
            self._unclear = FieldError(declared.name, f"say {declared.help}")
            self.paint()
            return
        if self.turn.takes == "superseded_by":
            from techlead_tui.planner.superseding import both_ways

            wanted = edits
            try:
                edits = await self.desk.ask(lambda planner: both_ways(planner, wanted))
            except UserError as error:
                self._unclear = error
                self.paint()
                return
        await super().apply(edits)

    def plain_verdict(self, _decision: Decision | None, cells: int, _rows: int) -> Sequence[Row]:
        return [exactly([(f"  {self.turn.text}", "hint/bar")], cells, "ink/bar")]
