"""Define the fields of items: how each sort of value is stored, typed, and shown.

Values are stored as they stand in JSON: days as ISO dates, lengths as minutes, people as lists of names.
"""

from datetime import date
from typing import NamedTuple

from techlead_tui.core.lengths import length as length_text
from techlead_tui.core.text import day_text

SORTS = (
    "text",
    "person",
    "people",
    "length",
    "day",
    "url",
    "choice",
    "choices",
    "moment",
    "flag",
    "number",
    "week",
)


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
    most: int = 999_999_999  # of a number

    @property
    def key(self) -> str:
        """Return its key in JSON and in the store: a length names its unit."""
        return f"{self.name}_minutes" if self.sort == "length" else self.name

    @property
    def nothing(self) -> object:
        """Return the stored value of a field that says nothing."""
        return [] if self.sort in ("people", "choices") else False if self.sort == "flag" else None

    @property
    def title(self) -> str:
        """Return what a form calls it."""
        return self.label or self.name.replace("_", " ")


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
    if field.sort == "moment":
        return str(value)[:16].replace("T", " ")
    if field.sort == "flag":
        return "yes"
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
