"""Find blocks, sessions and items of all weeks by words."""

from collections.abc import Iterable, Sequence
from contextlib import closing
from typing import NamedTuple, cast

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.kinds import NAMES, kind_of
from techlead_tui.core.items.kit import Item
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN, may_leave
from techlead_tui.core.week import Block
from techlead_tui.planner.reader import Reader

AHEAD = 4  # weeks after the first whose theme boxes are looked at too
# what a record tells its reader
FIELDS = ("summary", "type", "doc", "note", "pattern", "repo", "branch", "result")


WRITTEN = ("text", "person", "people", "url")  # sorts of fields that hold words
_KINDS = {name.plural: name.id for name in NAMES}  # by stored table


class Hits(NamedTuple):
    blocks: list[Block]  # in order of time
    sessions: list[Record]  # in order of their start
    items: list[Item]  # of all kinds, the open ones first


def words_in(text: str) -> list[str]:
    """Return the words to look for: case-folded, without the signs of tags and people."""
    return [word for part in text.casefold().split() if (word := part.lstrip("+@"))]


def find(reader: Reader, words: Sequence[str], first: IsoWeek, most: int | None = None) -> Hits:
    """Return what holds all the words in its title, type, document, people, reason, pattern or repository.

    Boxes of the week theme are looked at in the week `first` and the four after it. With `most`, weeks are
    read outwards from this week only as far as one of the nearest `most` may be there. DataError.
    """
    this = IsoWeek.of(reader.today())
    ahead = [first.shift(weeks) for weeks in range(AHEAD + 1)]
    named: dict[IsoWeek, set[str]] = {}
    sessions: list[Record] = []
    items: list[Item] = []
    zone_name = getattr(reader.zone, "key", None)
    count, last = 0, None  # no week farther than `last` days can hold one of the nearest
    with closing(reader.nearest(" ".join(words), this)) as records:
        for bucket, table, record in records:
            if bucket == OPEN:
                continue  # a series has no place of its own, and open items are looked at below
            if table in _KINDS:
                items.append(Item(kind_of(_KINDS[table]), record, bucket))
                continue
            week = IsoWeek.parse(bucket)
            far = abs((week.monday - this.monday).days)
            if last is not None and far > last:
                break
            told = _told(record, words)
            if table == "sessions" and told:
                sessions.append(record)
            elif table in ("blocks", "exceptions"):
                near = (week.shift(-1), week.shift(1)) if may_leave(record, zone_name) else ()
                for shown in (week, *near):  # another zone's clocks may show it in a week beside its own
                    named.setdefault(shown, set()).add(str(record["uid"]))
            count += told and table in ("blocks", "exceptions", "sessions")
            if last is None and most is not None and count >= most:
                last = far + 7
    weeks = sorted({*ahead, *named})
    snapshot = reader.snapshot(*weeks)
    running = snapshot.running
    if running is not None and _told(record := snapshot.open_session or {}, words):
        sessions.append({**record, "end": running.end.isoformat(), "source": "own", "running": True})
    blocks = [
        block
        for week in weeks
        for block in snapshot.week(week).blocks
        if (week in ahead or block.uid in named[week]) and _matches(block, words)
    ]
    for table, kind in _KINDS.items():
        items += [Item(kind_of(kind), record) for record in snapshot.table(OPEN, table).values()]
    items = [item for item in items if _hold(_texts(item), words)]
    items.sort(key=lambda item: (not item.is_open, item.created, item.uid))
    return Hits(
        blocks, sorted(sessions, key=lambda record: (str(record["start"]), str(record["uid"]))), items
    )


def _texts(item: Item) -> list[str]:
    """Return what the user has written into an item."""
    values = (item.get(field.name) for field in item.kind.fields if field.sort in WRITTEN)
    texts = [str(one) for value in values for one in (value if isinstance(value, list) else [value]) if one]
    return [item.summary, *texts, str(item.override["reason"]) if item.override else ""]


def _matches(block: Block, words: Sequence[str]) -> bool:
    reason = block.override.reason if block.override else ""
    return _hold(
        (block.summary, block.type or "", block.doc or "", block.note or "", reason, *block.people), words
    )


def _told(record: Record, words: Sequence[str]) -> bool:
    """Return whether what the user has written into a record holds the words, leaving out ids and times."""
    people = cast("list[str]", record.get("people") or [])
    override = cast("Record", record.get("override") or {})
    texts = [*(record.get(name) for name in FIELDS), override.get("reason"), *people]
    return _hold((str(text) for text in texts if text), words)


def _hold(texts: Iterable[str], words: Sequence[str]) -> bool:
    text = "\n".join(texts).casefold()
    return all(word in text for word in words)
