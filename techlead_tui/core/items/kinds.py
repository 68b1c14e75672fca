"""List the item kinds: where each is declared. A kind is loaded when it is first asked for.

The names of commands and tables stand here too, so that nothing is imported to know which there are.
"""

from typing import TYPE_CHECKING, NamedTuple, cast

if TYPE_CHECKING:
    from techlead_tui.core.items.kit import ItemKind

_BESIDE = {"request": "techlead_tui.core.requests"}  # the week's rules know items, and not the other way


class KindName(NamedTuple):
    """Name a kind as its module declares it, which a test holds, and say what its key is for."""

    id: str
    plural: str
    add: str
    key: str  # that opens its list, on the week screen
    label: str  # of that key in the key bar
    text: str  # what that key does, one sentence

    @property
    def module(self) -> str:
        """Return where it is declared: one that is weighed against the week stands beside what weighs it."""
        return _BESIDE.get(self.id, f"techlead_tui.core.items.{self.id}")


NAMES = (
    KindName("delegation", "delegations", "delegate", "g", "delegate", "Open the delegation list."),
    KindName(
        "question", "questions", "ping", "p", "park", "Park a question for the next window for questions."
    ),
    KindName("trade", "trades", "trade", "", "trades", "List what was dropped for what."),
    KindName("request", "requests", "invite", "i", "triage", "Answer the meeting requests."),
    KindName("decision", "decisions", "decide", "", "decisions", "Open the decision documents."),
    KindName("outcome", "outcomes", "outcome", "", "outcomes", "Open the outcomes of the week."),
    KindName("campaign", "campaigns", "campaign", "", "campaigns", "List the features that you lead."),
    KindName("spike", "spikes", "spike", "", "spikes", "List the spikes and the findings that are owed."),
    KindName(
        "refactoring", "refactorings", "refactor", "", "refactorings", "List the modules that get better."
    ),
    KindName("pair", "pairs", "pair", "", "pairing", "List who waits to pair."),
)
FOUND = (
    KindName("series", "series", "", "", "series", "Open the series ledger."),
)  # their items are found in the weeks: nothing adds one
_BY_ID = {name.id: name for name in (*NAMES, *FOUND)}


def kind_of(name: str) -> "ItemKind":
    """Return a kind by its id. KeyError."""
    module = __import__(_BY_ID[name].module, fromlist=["KIND"])
    return cast("ItemKind", module.KIND)


def all_kinds() -> "tuple[ItemKind, ...]":
    """Return every kind, in the order of the lists."""
    return tuple(kind_of(name.id) for name in NAMES)


def listed_kinds() -> "tuple[ItemKind, ...]":
    """Return every kind that has a list: those whose items are found in the weeks, too."""
    return (*all_kinds(), *(kind_of(name.id) for name in FOUND))
