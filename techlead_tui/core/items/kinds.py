"""List the item kinds: where each is declared. A kind is loaded when it is first asked for.

The names of commands and tables stand here too, so that nothing is imported to know which there are.
"""

from typing import NamedTuple, cast

from techlead_tui.core.items.kit import ItemKind

_BESIDE = {"request": "techlead_tui.core.requests"}  # the week's rules know items, and not the other way


class KindName(NamedTuple):
    """Name a kind as its module declares it; a test holds that they agree."""

    id: str
    plural: str
    add: str
    key: str

    @property
    def module(self) -> str:
        """Return where it is declared: one that is weighed against the week stands beside what weighs it."""
        return _BESIDE.get(self.id, f"techlead_tui.core.items.{self.id}")


NAMES = (
    KindName("delegation", "delegations", "delegate", "g"),
    KindName("question", "questions", "ping", "p"),
    KindName("trade", "trades", "trade", ""),
    KindName("request", "requests", "invite", "i"),
    KindName("decision", "decisions", "decide", ""),
    KindName("outcome", "outcomes", "outcome", ""),
    KindName("campaign", "campaigns", "campaign", ""),
    KindName("spike", "spikes", "spike", ""),
    KindName("refactoring", "refactorings", "refactor", ""),
    KindName("pair", "pairs", "pair", ""),
)
FOUND = (KindName("series", "series", "", ""),)  # their items are found in the weeks: nothing adds one
_BY_ID = {name.id: name for name in (*NAMES, *FOUND)}


def kind_of(name: str) -> ItemKind:
    """Return a kind by its id. KeyError."""
    module = __import__(_BY_ID[name].module, fromlist=["KIND"])
    return cast("ItemKind", module.KIND)


def all_kinds() -> tuple[ItemKind, ...]:
    """Return every kind, in the order of the lists."""
    return tuple(kind_of(name.id) for name in NAMES)


def listed_kinds() -> tuple[ItemKind, ...]:
    """Return every kind that has a list: those whose items are found in the weeks, too."""
    return (*all_kinds(), *(kind_of(name.id) for name in FOUND))
