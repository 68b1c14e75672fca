"""Declare the options of the calls about items: the fields of their kind."""

from __future__ import annotations

from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import ItemKind
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.options import OVERRIDE

EDIT, REMOVE = "edit", "rm"  # what can be done with an item of any kind
VALUES = {
    "text": "TEXT",
    "person": "WHO",
    "people": "WHO",
    "length": "LENGTH",
    "day": "WHEN",
    "url": "PATH|URL",
    "number": "NUMBER",
    "moment": "TIME",
    "choices": "A,B",
    "week": "WEEK",
}  # as the usage line of a call has them, by the sort of a field


def add_options(kind: ItemKind) -> tuple[Option, ...]:
    """Return the options of the command that adds."""
    own = tuple(option_of(field) for field in kind.fields if field.option)
    return (*own, OVERRIDE) if guards(kind) else own


def guards(kind: ItemKind) -> bool:
    """Tell whether items of the kind can be refused."""
    return kind.guard is not ItemKind._field_defaults["guard"]


def option_of(field: Field) -> Option:
    """Return the option by which a call gives the field."""
    choices = () if field.sort == "choices" else field.choices
    value = None if field.sort == "flag" else VALUES.get(field.sort, "VALUE")
    return Option((field.option,), field.help, value, choices, many=field.sort in ("people", "choices"))
