"""List the people and documents that were named lately, to complete what is typed."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.kinds import NAMES, kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.planner.reader import Reader

BACK = 12  # weeks looked back at
AHEAD = 2


class RecentNames(NamedTuple):
    people: tuple[str, ...]  # the last one met first
    docs: tuple[str, ...]


def recent_names(reader: Reader) -> RecentNames:
    """Return what the last weeks, the next two and the series name, most recent first. DataError."""
    this = IsoWeek.of(reader.today())
    weeks = [this.shift(weeks) for weeks in range(AHEAD, -BACK - 1, -1)]
    people: dict[str, None] = {}
    docs: dict[str, None] = {}
    snapshot = reader.snapshot(*weeks)
    for name in NAMES:
        for record in snapshot.table(OPEN, name.plural).values():
            people.update(dict.fromkeys(Item(kind_of(name.id), record).people))
    for record in _records(snapshot, weeks):
        people.update(dict.fromkeys(cast("list[str]", record.get("people") or [])))
        if record.get("doc"):
            docs[str(record["doc"])] = None
    return RecentNames(tuple(people), tuple(docs))


def _records(snapshot: Snapshot, weeks: Sequence[IsoWeek]) -> Iterator[Record]:
    for week in weeks:
        found = [
            record
            for table in ("blocks", "exceptions")
            for record in snapshot.table(str(week), table).values()
        ]
        yield from sorted(found, key=_day, reverse=True)
    yield from snapshot.table(OPEN, "series").values()


def _day(record: Record) -> str:
    """Return the day of a block, or of the box or occurrence that an exception changes."""
    return str(record.get("day") or str(record["uid"]).partition("@")[2])
