"""Define what the declaration of an item kind holds, and the item that follows from it.

An item is a title, people, a state, a day on which it is due and a few fields of its own. A kind declares
them in one module, as data and pure functions; edits, words, JSON, lists and forms are written once for all.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Any, NamedTuple

from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.items.fields import Field
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.violation import Violation

if TYPE_CHECKING:
    from techlead_tui.core.edits import Edit  # dear, and a list changes nothing
    from techlead_tui.core.playbook import Entry  # dear, and only replies are made from it


class Moment(NamedTuple):
    """Hold what is known and the present: what the functions of a kind are given."""

    snapshot: Snapshot
    now: datetime  # aware, in the user's zone
    playbook: Mapping[str, "Entry"] = {}  # read where a kind has replies

    @property
    def today(self) -> date:
        return self.now.date()

    def works(self, day: date) -> bool:
        """Tell whether a day is a working day of its week theme; leave counts where its week is loaded."""
        week = IsoWeek.of(day)
        theme = self.snapshot.theme_of(week)
        return theme.day(day.isoweekday()) is not None and self.snapshot.day_kind(theme, day)[0] != "leave"

    def working_day(self, count: int, since: date | None = None) -> date:
        """Return the day that is `count` working days after today, or after `since`."""
        day = since or self.today
        for _ in range(REACH):
            if count <= 0:
                break
            day += timedelta(days=1)
            count -= self.works(day)
        return day

    def working_days(self, since: date, until: date | None = None) -> int:
        """Return how many working days lie after `since`, up to today or `until`; negative if ahead."""
        until = until or self.today
        if until < since:
            return -self.working_days(until, since)
        days = (since + timedelta(days=n) for n in range(1, (until - since).days + 1))
        return sum(map(self.works, days))


REACH = 3660  # days that are looked through for a working day


def day_of(value: object) -> date | None:
    """Return the date of an ISO text, or None."""
    return date.fromisoformat(str(value)) if value else None


class Transition(NamedTuple):
    """Turn an item from one state to another: by the word `name` in the shell, by `key` in a list."""

    name: str
    key: str
    label: str  # one or two words for the key bar
    text: str  # one sentence for help and reference
    before: tuple[str, ...]
    after: str = ""  # "" leaves the state as it is
    takes: str = ""  # the field that the words after the transition fill, as in `follow-up fri`
    needs: bool = False  # whether it cannot do without these words
    sets: Callable[["Item", Moment], Mapping[str, object]] | None = None  # stored values, by field
    carries: Callable[["Item", Moment], Sequence["Edit"]] | None = None  # edits that are made along with it
    warns: Callable[["Item", Moment], str] | None = None  # said when it is done
    reply: str = ""  # id of the reply of the playbook that it offers to copy
    answers: bool = False  # whether it offers the item's own reply to copy
    says: Callable[[Mapping[str, object]], str] | None = None  # what it did to "TITLE", by the fields given

    def told(self, title: str, fields: Mapping[str, object]) -> str:
        """Return what it did, in a few words."""
        return f"{title} {self.says(fields)}" if self.says else f"{title}: {self.after or self.label}"


class Column(NamedTuple):
    """Show one value of an item in lists; `cells` 0 takes what room is left."""

    title: str
    cells: int
    text: Callable[["Item", Moment], str]
    ink: Callable[["Item", Moment], str] | None = None


def never(_item: "Item", _moment: Moment) -> None:
    return None


def no_weeks(_item: "Item", _moment: Moment) -> Sequence[IsoWeek]:
    return ()


def no_text(_items: Sequence["Item"], _moment: Moment) -> str:
    return ""


def no_lines(_item: "Item", _moment: Moment) -> Sequence[str]:
    return ()


class Boundary(NamedTuple):
    """Tell how an item kept a boundary of the week, or gave one up."""

    what: str  # decline, proxy or trade
    reason: str = ""


class Waits(NamedTuple):
    """Tell since when somebody has waited for the lead, and what is late about it."""

    since: date
    why: str


def no_boundary(_item: "Item") -> None:
    return None


class ItemKind(NamedTuple):
    """Declare a kind of item. The first of the `states` is that of a new one."""

    id: str
    plural: str  # of the list command, of the JSON list and of the stored table
    add: str  # the command that adds one
    key: str  # that opens the list, on the week screen
    method: str  # the part of the method that it serves
    title: str  # heading of the list
    empty: str
    words: str  # of the add command's usage line: WHAT --to WHO
    adds: str  # what the add command does, one sentence
    lists: str  # what the list command does, one sentence
    fields: tuple[Field, ...]
    states: tuple[str, ...]
    closed: tuple[str, ...]  # the states in which it is over
    transitions: tuple[Transition, ...]
    columns: tuple[Column, ...]
    list_command: str = ""  # that lists them, where it is not the plural
    asks: str = "what is it about?"  # when there are no words
    key_adds: bool = False  # whether its key opens the form at once, over the list
    advice: str = ""  # said in the form before anything is wrong
    details: tuple[str, ...] = ()  # lines of the add command's help
    examples: tuple[str, ...] = ()
    defaults: Callable[[Mapping[str, object], Moment], Mapping[str, object]] | None = None
    guard: Callable[["Item", Moment], Violation | None] = never
    due: Callable[["Item", Moment], date | None] = never
    counted: str = ""  # the state whose items the header of the week counts
    window: Callable[["Item", Moment], str | None] | None = None  # uid of the block that it waits for
    notes: Callable[["Item", Moment], Sequence[str]] = no_lines  # said when one is added
    card: Callable[["Item", Moment], Sequence[str]] = no_lines
    footer: Callable[[Sequence["Item"], Moment], str] = no_text
    weeks: Callable[["Item", Moment], Sequence[IsoWeek]] = no_weeks  # whose plan it is weighed against
    more: Callable[["Item", Moment], Mapping[str, object]] | None = None  # JSON values beside the fields
    more_keys: Mapping[str, str] = {}  # and what they mean
    file: str = ""  # the field that names a file of the user's, which says more than the record
    stored_in: str = ""  # the stored table, where its plural is the name of another one
    boundary: Callable[["Item"], Boundary | None] = no_boundary  # what it is in the boundary ledger
    waits: Callable[["Item", Moment], Waits | None] = never  # since when somebody waits for the lead, and why
    reply: Callable[["Item", Moment], str] | None = None  # the text that answers an item as it stands
    found: Callable[[Moment], Mapping[str, Record]] | None = None  # items that the week itself holds, by uid

    @property
    def table(self) -> str:
        """Return the name of the stored table."""
        return self.stored_in or self.plural

    @property
    def lister(self) -> str:
        """Return the command that lists and turns them."""
        return self.list_command or self.plural

    def field(self, name: str) -> Field:
        """Return a field by its name. KeyError."""
        for field in self.fields:
            if field.name == name:
                return field
        raise KeyError(name)

    def transition(self, name: str) -> Transition | None:
        return next((one for one in self.transitions if one.name == name), None)


class Item(NamedTuple):
    """Read one stored item of a kind."""

    kind: ItemKind
    record: Record
    bucket: str = OPEN
    found: bool = False  # in the week, and not stored yet

    @property
    def uid(self) -> str:
        return str(self.record["uid"])

    @property
    def summary(self) -> str:
        return str(self.record["summary"])

    @property
    def status(self) -> str:
        return str(self.record["status"])

    @property
    def created(self) -> datetime:
        """Return when it was written down, aware."""
        return datetime.fromisoformat(str(self.record["created"]))

    @property
    def closed(self) -> date | None:
        """Return the day on which it was closed, or None while it is open."""
        return day_of(self.record.get("closed"))

    @property
    def is_open(self) -> bool:
        return self.status not in self.kind.closed

    @property
    def people(self) -> tuple[str, ...]:
        """Return everybody that its fields name, each once, in the order of the fields."""
        names: dict[str, None] = {}
        for field in self.kind.fields:
            if field.sort in ("person", "people"):
                value = self.get(field.name)
                names.update(dict.fromkeys(value if isinstance(value, list) else [value] if value else []))
        return tuple(names)

    @property
    def override(self) -> Mapping[str, Any] | None:
        """Return the `reason` and `rules` that it was kept against, or None (M4)."""
        value: Any = self.record.get("override")
        return value if isinstance(value, dict) else None

    def get(self, name: str) -> Any:
        """Return a field's stored value, or None."""
        return self.record.get(self.kind.field(name).key)

    def day(self, name: str) -> date | None:
        """Return the day that a field holds, or None."""
        return day_of(self.get(name))

    def since(self, moment: Moment) -> date:
        """Return the day on which it was written down, in the user's zone."""
        return into(self.created, moment.snapshot.zone).date()

    def age(self, moment: Moment) -> int:
        """Return how many working days old it is; one that is closed stopped ageing then."""
        return max(0, moment.working_days(self.since(moment), self.closed))

    def due(self, moment: Moment) -> date | None:
        """Return the day on which it asks for attention, or None when it is closed or never does."""
        return self.kind.due(self, moment) if self.is_open else None


def item_json(item: Item, moment: Moment) -> dict[str, object]:
    """Return an item as JSON: what all kinds have, the fields of its own, and what its kind works out."""
    due = item.due(moment)
    out: dict[str, object] = {
        "uid": item.uid,
        "summary": item.summary,
        "status": item.status,
        "people": list(item.people),
        "due": due.isoformat() if due else None,
        "created": item.created.isoformat(),
        "closed": item.record.get("closed"),
        "age_working_days": item.age(moment),
    }
    out |= {field.key: item.record.get(field.key, field.nothing) for field in item.kind.fields}
    out |= item.kind.more(item, moment) if item.kind.more else {}
    return {**out, "overridden": item.override is not None, "override": item.override}


JSON_KEYS = {
    "uid": "its id",
    "summary": "its title, as it was written",
    "people": "everybody that it names",
    "due": "the day on which it asks for attention, or null",
    "created": "when it was written down",
    "closed": "the day on which it was closed, or null",
    "age_working_days": "its age, weekends and leave left out",
    "overridden": "whether it breaks a rule",
    "override": "the written `reason` and the `rules` that it overrides, or null",
}


def json_keys(kind: ItemKind) -> dict[str, str]:
    """Return the JSON keys of a kind and what each means, for the reference."""
    keys = {**JSON_KEYS, "status": f"one of {', '.join(kind.states)}"}
    own = {field.key: field.help + ("" if field.required else ", or null") for field in kind.fields}
    names = ["uid", "summary", "status", "people", "due", "created", "closed", "age_working_days"]
    first = {name: keys[name] for name in names}
    last = {name: keys[name] for name in ("overridden", "override")}
    return {**first, **own, **kind.more_keys, **last}
