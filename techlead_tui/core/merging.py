"""Merge the records of several machines: field by field, the later change winning.

Every change gets a stamp, and stamps have one order on all machines. What a machine knows of a record is
the latest stamp and value of each of its parts; two machines that know the same changes know the same
records, in whatever order and how often they heard of them. That a record is there is a part, too: what
was deleted keeps its fields, so a later change brings it back whole.
"""

from collections.abc import Iterable, Iterator, Mapping, MutableMapping, Sequence
from typing import NamedTuple, cast

from techlead_tui.core.ids import is_own
from techlead_tui.core.json_text import encode
from techlead_tui.core.records import Change, Record, is_bucket

Fields = dict[str, object]
Key = tuple[str, str, str]  # table, uid, and the bucket where the uid names a record only within it

THERE = ""  # the part, and its field, that tells whether a record is there
PLACE = "@"  # the field that names the bucket
LOCAL = ("running", "published")  # tables of one machine: what runs on it, and what it has published
WHOLE = ("plans", "theme_uses", "trials", "days", "occurrences")  # tables whose records are of one piece
QUIET = ("plans", "occurrences")  # tables that the program keeps: of them nobody is told what gave way
TIMED = ("blocks", "exceptions", "series", "sessions")
TIMES = ("day", "start", "end", "zone")
COMES = ("weekday", "weekdays", "weeks", "nth", "from", "until", "changes")  # of a series
KIND = ("kind", "type", "category")
STATE = ("status", "closed")
SPLIT = {"checks": "answers", "updates": "effects"}  # fields whose entries are parts of their own
LAST = 4_102_444_800  # the beginning of 2100, in seconds since 1970: no clock is right beyond it


class StampedPart(NamedTuple):
    """Hold the fields of a record that change together: one, mostly."""

    stamp: str  # of the change that wrote it
    base: str  # of what that change found here; "" for nothing
    fields: Fields
    noted: str = ""  # the latest stamp of what gave way here and was told of; each machine's own

    @property
    def order(self) -> tuple[str, str]:
        """Return what decides between two; only a machine that was copied writes one stamp twice."""
        return self.stamp, encode(dict(sorted(self.fields.items())))


Parts = dict[str, StampedPart]


class Clash(NamedTuple):
    """Tell of two changes to one part that did not know of each other: which stayed, and which gave way."""

    key: Key
    kept: StampedPart
    lost: StampedPart


def key_of(bucket: str, table: str, uid: str) -> Key:
    """Return what names a record on every machine: ids that we made are its own wherever it moves."""
    return (table, uid, "") if is_own(uid) else (table, uid, bucket)


def part_of(table: str, field: str) -> str:
    """Return the part that a field belongs to: those that make sense only together share one."""
    if field == THERE:
        return THERE
    if table in WHOLE:
        return "record"
    if table in TIMED and (field in TIMES or field == PLACE or (table == "series" and field in COMES)):
        return "time"
    if table in TIMED and field in KIND:
        return "kind"
    if table not in TIMED and (field in STATE or field == PLACE):
        return "status"
    return field


def flat(bucket: str, table: str, record: Record) -> Fields:
    """Return the fields of a record, its bucket among them; the entries of some are fields of their own."""
    out: Fields = {field: value for field, value in record.items() if field != "uid"} | {PLACE: bucket}
    inner = SPLIT.get(table, "")
    if inner in out and isinstance(out[inner], dict):
        entries = cast("Fields", out[inner])
        out |= {inner: {}, **{f"{inner}/{name}": value for name, value in entries.items()}}
    return out


def parted(table: str, fields: Mapping[str, object]) -> dict[str, Fields]:
    """Return fields by the part that they belong to."""
    out: dict[str, Fields] = {}
    for field, value in fields.items():
        out.setdefault(part_of(table, field), {})[field] = value
    return out


def record_of(key: Key, parts: Parts) -> tuple[str, Record] | None:
    """Return the bucket and the record that the parts make up; None for one that is not there."""
    if THERE not in parts or not parts[THERE].fields[THERE]:
        return None
    table, uid, _ = key
    fields = {field: value for part in parts.values() for field, value in part.fields.items()}
    del fields[THERE]
    inner = SPLIT.get(table, "")
    out: Record = {"uid": uid}
    entries: Fields = {}
    for field, value in fields.items():
        if inner and field.startswith(f"{inner}/"):
            entries[field.removeprefix(f"{inner}/")] = value
        else:
            out[field] = value
    if inner in out and entries:
        out[inner] = entries
    return str(out.pop(PLACE)), out


# stamps


def stamp_of(moment: int, count: int, machine: str) -> str:
    """Return a stamp: seconds since 1970, a number within that second, the machine. Stamps sort as texts."""
    return f"{moment:010x}.{count:06x}.{machine}"


def moment_of(stamp: str) -> int:
    """Return the seconds since 1970 that a stamp names. ValueError."""
    moment, count, machine = stamp.split(".")
    if len(moment) != 10 or len(count) != 6 or not machine or int(count, 16) < 0:
        raise ValueError(stamp)
    found = int(moment, 16)
    if not 0 <= found <= LAST:
        raise ValueError(stamp)
    return found


def next_stamp(last: str, moment: int, machine: str) -> str:
    """Return a stamp after the `last` that is known, at a moment by the machine's own clock.

    A clock that is behind goes on from the last stamp, so a change never comes before what it was made on.
    """
    if not last or moment_of(last) < moment:
        return stamp_of(min(moment, LAST), 0, machine)
    count = int(last.split(".")[1], 16) + 1
    return stamp_of(moment_of(last) + (count >> 24), count & 0xFFFFFF, machine)


# what a machine knows


class Ledger:
    """Hold what a machine knows of all shared records: `parts` by key, and the `last` stamp it has met.

    The parts of a record are replaced, never changed.
    """

    def __init__(self, machine: str, parts: MutableMapping[Key, Parts] | None = None) -> None:
        self.machine = machine
        self.last = ""
        self.parts: MutableMapping[Key, Parts] = {} if parts is None else parts

    def record(self, key: Key) -> tuple[str, Record] | None:
        """Return bucket and record as all known changes make it; None for one that is not there."""
        return record_of(key, self.parts.get(key, {}))

    def wrote(self, changes: Sequence[Change], moment: int) -> list[Key]:
        """Stamp what a transaction of this machine changed; return the keys of its shared records."""
        together: dict[Key, tuple[Change | None, Change | None]] = {}
        for change in changes:
            if change.table in LOCAL:
                continue
            key = key_of(change.bucket, change.table, change.uid)
            first, last = together.get(key, (None, None))
            if first is None and last is None and change.before is not None:
                first = change
            together[key] = (first, change if change.after is not None else _left(last, change))
        if not together:
            return []
        stamp = self.last = next_stamp(self.last, moment, self.machine)
        return [key for key, (first, last) in together.items() if self._stamp(key, first, last, stamp)]

    def _stamp(self, key: Key, first: Change | None, last: Change | None, stamp: str) -> bool:
        table = key[0]
        known = self.parts.get(key, {})
        new: dict[str, Fields] = {}
        if last is None or last.after is None:
            if not known and first is None:
                return False  # it came and went within the transaction
            new[THERE] = {THERE: False}
            if first is not None and first.before is not None:  # what was never stamped keeps its fields
                old = parted(table, flat(first.bucket, table, first.before))
                new |= {name: fields for name, fields in old.items() if name not in known}
        else:
            after = parted(table, flat(last.bucket, table, last.after))
            if first is not None and first.before is not None:
                before = parted(table, flat(first.bucket, table, first.before))
            else:
                before = {name: part.fields for name, part in known.items() if name != THERE}
            names = {*after, *before}
            new = {
                name: after.get(name, {})
                for name in sorted(names)
                if after.get(name, {}) != before.get(name, {}) or (name in after and name not in known)
            }
            new[THERE] = {THERE: True}
        parts = dict(known)
        for name, fields in new.items():
            was = known.get(name)
            parts[name] = StampedPart(stamp, was.stamp if was else "", fields, was.noted if was else "")
        self.parts[key] = parts
        return True

    def found(self, change: Change) -> None:
        """Stamp a record of which nobody knows when it was made: any change elsewhere is later."""
        key = key_of(change.bucket, change.table, change.uid)
        self._stamp(key, None, change, stamp_of(0, 0, self.machine))

    def take(self, key: Key, theirs: Parts) -> list[Clash]:
        """Join what another machine knows of a record; return what gave way to what, each told once."""
        mine = self.parts.get(key, {})
        out, clashes = dict(mine), []
        for name, part in theirs.items():
            self.last = max(self.last, part.stamp)
            here = mine.get(name)
            if here is None:
                out[name] = part._replace(noted="")
            elif here.stamp != part.stamp or here.fields != part.fields:
                kept, lost = (part, here) if part.order > here.order else (here, part)
                if kept.fields != lost.fields and max(kept.base, here.noted) < lost.stamp:
                    clashes.append(Clash(key, kept, lost))
                out[name] = kept._replace(noted=max(here.noted, lost.stamp))
        self.parts[key] = out
        return [clash for clash in clashes if key[0] not in QUIET]


def _left(last: Change | None, change: Change) -> Change | None:
    """Return what is left of a record after a deletion in one bucket: what another bucket got of it stays."""
    return last if last is not None and last.bucket != change.bucket else None


# JSON


def to_json(key: Key, parts: Parts, *, own: bool = False) -> list[object]:
    """Return a record's parts as JSON: those of one change together. `own` keeps what was told of."""
    groups: dict[tuple[str, ...], list[object]] = {}
    for name, part in sorted(parts.items()):
        head = (part.stamp, part.base, part.noted) if own else (part.stamp, part.base)
        fields, empty = cast("tuple[Fields, list[str]]", groups.setdefault(head, [{}, []]))
        fields.update(part.fields)
        if not part.fields:
            empty.append(name)
    told = [[list(head), *(rest if rest[-1] else rest[:1])] for head, rest in groups.items()]
    return [*key, told]


def from_json(value: object) -> tuple[Key, Parts]:
    """Return key and parts of a record. ValueError for what `to_json` has not written."""
    try:
        table, uid, bucket, groups = cast("tuple[str, str, str, list[list[object]]]", value)
        if not all(isinstance(one, str) for one in (table, uid, bucket)) or not table or not uid:
            raise ValueError("it has no name")
        parts: Parts = {}
        for head, fields, *empty in groups:
            stamps = [str(one) for one in cast("list[str]", head)]
            moment_of(stamps[0])
            base, noted = stamps[1], stamps[2] if len(stamps) > 2 else ""
            named = parted(table, cast("Fields", fields)) | {
                name: {} for name in cast("list[str]", empty[0] if empty else [])
            }
            for name, found in named.items():
                parts[name] = StampedPart(stamps[0], base, found, noted)
        there, place = parts[THERE].fields[THERE], parts[part_of(table, PLACE)].fields[PLACE]
    except (TypeError, KeyError, AttributeError, IndexError) as wrong:
        raise ValueError(str(wrong)) from None
    if table in LOCAL or not isinstance(there, bool) or not is_bucket(str(place)):
        raise ValueError(f"{table} {uid} cannot be shared")
    return (table, uid, bucket), parts


def differences(
    ledger: Ledger, keys: Iterable[Key], stored: Mapping[Key, tuple[str, Record] | None]
) -> Iterator[Change]:
    """Yield the changes that make the stored records of these keys what the ledger knows."""
    for key in keys:
        table, uid, _ = key
        now, wanted = stored.get(key), ledger.record(key)
        if now == wanted:
            continue
        if now is not None and (wanted is None or wanted[0] != now[0]):
            yield Change(now[0], table, uid, now[1], None)
            now = None
        if wanted is not None:
            yield Change(wanted[0], table, uid, None if now is None else now[1], wanted[1])
