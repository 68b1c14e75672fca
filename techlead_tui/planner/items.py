"""Read the items of a kind: those that are open, those that are closed, and one by its id or its words."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.kit import Item, ItemKind, Moment, no_weeks
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.errors import UserError
from techlead_tui.planner.reader import LEAST, Reader

BACK = 8  # weeks before this one that are read: the footers compare the last four with the four before
OLDEST = 52  # weeks back in which leave counts for an item's age
AHEAD = 4  # weeks


class ItemList(NamedTuple):
    """Hold items of one kind with what their days, ages and figures are worked out from."""

    items: tuple[Item, ...]
    moment: Moment

    def ordered(self) -> tuple[Item, ...]:
        """Return the open ones first, the soonest due first, then the closed ones, the last closed first."""
        late = datetime.max.date()
        still = [item for item in self.items if item.is_open]
        over = [item for item in self.items if not item.is_open]
        still.sort(key=lambda item: (item.due(self.moment) or late, item.created, item.uid))
        over.sort(key=lambda item: (item.closed or late, item.created, item.uid), reverse=True)
        return (*still, *over)


def items_of(
    reader: Reader,
    kind: ItemKind,
    *,
    closed: bool = False,
    moment: Moment | None = None,
    replies: bool = True,
) -> ItemList:
    """Return the open items of a kind, and with `closed` all that there ever were. DataError.

    `moment` is one with the weeks that `moment_of` reads, where somebody has read them. Without `replies` the
    texts are left out that items are answered with.
    """
    moment = moment or moment_of(reader)
    own = open_items(moment.snapshot, kind)
    if own and not _suffices(moment, kind, own):
        moment = moment_of(reader, own, replies=replies)
    items = open_items(moment.snapshot, kind, moment)
    items = [*items, *closed_items(reader, kind)] if closed else [item for item in items if item.is_open]
    return ItemList(tuple(items), _with_playbook(reader, moment, items) if replies else moment)


def _suffices(moment: Moment, kind: ItemKind, items: Sequence[Item]) -> bool:
    """Tell whether no item asks for more than the weeks around now: reading them twice is dear."""
    oldest = IsoWeek.of(min(item.created for item in items).date())
    return kind.weeks is no_weeks and str(oldest) in moment.snapshot.buckets


def open_items(snapshot: Snapshot, kind: ItemKind, moment: Moment | None = None) -> list[Item]:
    """Return the items of a kind that no week has; at a moment also those that the weeks hold themselves."""
    records = snapshot.table(OPEN, kind.table)
    items = [Item(kind, record) for record in records.values()]
    if kind.found is not None and moment is not None:
        own = kind.found(moment)
        items += [Item(kind, record, found=True) for uid, record in own.items() if uid not in records]
    return _told(kind, items)


def closed_items(reader: Reader, kind: ItemKind) -> list[Item]:
    """Return all items of a kind that are closed. DataError."""
    records = reader.records(kind.table)
    return _told(kind, [Item(kind, record, bucket) for bucket, record in records if bucket != OPEN])


def _told(kind: ItemKind, items: list[Item]) -> list[Item]:
    if not kind.file or not items:
        return items
    from techlead_tui.planner.decision_files import told  # dear, and one kind alone has files

    return list(map(told, items))


def moment_of(reader: Reader, items: Sequence[Item] = (), *, replies: bool = True) -> Moment:
    """Return the present with the weeks from which ages, windows and hours are worked out. DataError."""
    this = IsoWeek.of(reader.today())
    first = this.shift(-BACK)
    if items:
        oldest = IsoWeek.of(min(item.created for item in items).date())
        first = max(this.shift(-OLDEST), min(first, oldest))
    weeks = [first]
    while weeks[-1] < this.shift(AHEAD):
        weeks.append(weeks[-1].shift(1))
    found = Moment(reader.snapshot(*weeks), reader.now())
    if replies:
        found = _with_playbook(reader, found, items)
    more = {week for item in items if item.is_open for week in item.kind.weeks(item, found)} - set(weeks)
    return found._replace(snapshot=reader.snapshot(*sorted({*weeks, *more}))) if more else found


def _with_playbook(reader: Reader, moment: Moment, items: Sequence[Item]) -> Moment:
    """Add the texts that answer items, where one has a reply. DataError."""
    if moment.playbook or not any(item.kind.reply is not None for item in items):
        return moment
    return moment._replace(playbook=reader.playbook())


def item_named(reader: Reader, kind: ItemKind, text: str) -> Item:
    """Return the item that an id, its beginning or end, or words of its title name. UserError.

    Open ones are looked through first; a closed one is found by the same words when no open one fits.
    """
    wanted = text.strip()
    if not wanted:
        raise UserError("the id is empty", f"`techlead {kind.lister}` shows the ids")
    for closed in (False, True):
        moment = moment_of(reader) if kind.found is not None else None
        snapshot = reader.snapshot() if moment is None else moment.snapshot
        items = closed_items(reader, kind) if closed else open_items(snapshot, kind, moment)
        found = [item for item in items if _has_id(item, wanted)] or _titled(items, wanted)
        if len(found) == 1:
            return found[0]
        if found:
            some = "; ".join(f"{item.uid[-8:]} {item.summary}" for item in found[:4])
            raise UserError(f"“{wanted[:60]}” fits {len(found)} {kind.plural}: {some}", "give more of it")
    shows = f"{kind.lister} --all" if kind.closed else kind.lister
    raise UserError(f"there is no {kind.id} “{wanted[:60]}”", f"`techlead {shows}` shows the ids")


def _has_id(item: Item, text: str) -> bool:
    if item.uid == text:
        return True
    return len(text) >= LEAST and (item.uid.startswith(text) or item.uid.endswith(text))


def _titled(items: Sequence[Item], text: str) -> list[Item]:
    words = text.casefold().split()
    exact = [item for item in items if item.summary.casefold() == text.casefold()]
    return exact or [item for item in items if all(word in item.summary.casefold() for word in words)]
