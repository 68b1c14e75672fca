"""Define the stored records, and the change to one, which is all that the store writes and undo takes back.

`block_record` and `session_record` make a record; `week.block_of` and `week.session_of` read one. Plain
slotted classes and no import: this is on the path of `techlead log`, where typing or dataclasses would cost
more than the rest of the command.
"""

from __future__ import annotations

Record = dict[str, object]  # a JSON object; its "uid" names it within its table
OPEN = "open"  # the bucket of what belongs to no week


class Change:
    """Hold one record's images before and after: `before` None creates it, `after` None deletes it.

    `bucket` is an ISO week ("2026-W48") or "open"; `table` is a table's name in that bucket's file.
    """

    __slots__ = ("after", "before", "bucket", "table", "uid")

    def __init__(
        self, bucket: str, table: str, uid: str, before: Record | None, after: Record | None
    ) -> None:
        self.bucket = bucket
        self.table = table
        self.uid = uid
        self.before = before
        self.after = after

    def inverse(self) -> Change:
        """Return the change that takes this one back."""
        return Change(self.bucket, self.table, self.uid, self.after, self.before)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Change):
            return NotImplemented
        mine = (self.bucket, self.table, self.uid, self.before, self.after)
        return mine == (other.bucket, other.table, other.uid, other.before, other.after)

    def __hash__(self) -> int:
        return hash((self.bucket, self.table, self.uid))

    def __repr__(self) -> str:
        return f"Change({self.bucket!r}, {self.table!r}, {self.uid!r}, {self.before!r}, {self.after!r})"


def block_record(
    *,
    uid: str,
    summary: str,
    kind: str,
    type: str | None,
    start: int,
    end: int,
    zone: str | None,
    category: str | None = None,
    optional: bool = False,
    people: tuple[str, ...] | list[str] = (),
    doc: str | None = None,
    override: object = None,
    note: str | None = None,
) -> Record:
    """Return what a block and a series have in common. Times are minutes of the day in `zone` (IANA)."""
    noted: Record = {"note": note} if note else {}
    return noted | {
        "uid": uid,
        "summary": summary,
        "kind": kind,
        "type": type,
        "category": category,
        "start": start,
        "end": end,
        "zone": zone,
        "optional": optional,
        "people": list(people),
        "doc": doc,
        "override": override,
    }


def session_record(
    *,
    uid: str,
    summary: str,
    pattern: str | None,
    category: str,
    start: str,
    end: str,
    zone: str,
    repo: str | None,
    branch: str | None,
    result: str | None = None,
    note: str | None = None,
) -> Record:
    """Return the record of a session. Times are ISO 8601 with offset, `zone` is IANA."""
    noted: Record = {"note": note} if note else {}
    return noted | {
        "uid": uid,
        "summary": summary,
        "pattern": pattern,
        "category": category,
        "start": start,
        "end": end,
        "zone": zone,
        "repo": repo,
        "branch": branch,
        "result": result,
        "source": "own",
    }


def is_bucket(name: str) -> bool:
    """Tell whether a change may be in a bucket of this name: `open`, or a week."""
    return name == "open" or is_week(name)


def is_week(name: str) -> bool:
    """Tell whether a name is an ISO week that there is, as `2026-W48`; without datetime, which is dear."""
    digits = name[:4] + name[6:]
    if not (len(name) == 8 and name[4:6] == "-W" and digits.isascii() and digits.isdigit()):
        return False
    year, week = int(name[:4]), int(name[6:])
    if week == 53:
        return _last_weekday(year) == 4 or _last_weekday(year - 1) == 3
    return year > 0 and 1 <= week <= 52


def _last_weekday(year: int) -> int:
    """Return the weekday of 31 December: 4 is a Thursday."""
    return (year + year // 4 - year // 100 + year // 400) % 7
