"""A change to one stored record, the only thing that the store writes and undo turns round.

Plain slotted class on purpose: it is on the path of `techlead log`, where importing typing or
dataclasses would cost more than the rest of the command.
"""

from __future__ import annotations

Record = dict[str, object]  # a JSON object; its "uid" names it within its table


class Change:
    """One record's images before and after: `before` None creates it, `after` None deletes it.

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
        """The change that takes this one back."""
        return Change(self.bucket, self.table, self.uid, self.after, self.before)

    def __eq__(self, other: object) -> bool:
        if not isinstance(other, Change):
            return NotImplemented
        return all(getattr(self, name) == getattr(other, name) for name in self.__slots__)

    def __hash__(self) -> int:
        return hash((self.bucket, self.table, self.uid))

    def __repr__(self) -> str:
        return f"Change({self.bucket!r}, {self.table!r}, {self.uid!r}, {self.before!r}, {self.after!r})"


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
