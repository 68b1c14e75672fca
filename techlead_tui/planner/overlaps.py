"""Find sessions that lie over one another, and the calls that set them right. Imports nothing dear."""

from __future__ import annotations

from techlead_tui.config.local_time import seconds
from techlead_tui.core.lengths import length
from techlead_tui.core.records import Record

Fix = tuple[str, tuple[str, ...]]  # what it does, and the words of the `techlead` call


class Overlap:
    """Hold another session, the minutes that it shares with the one that was logged, and what mends it."""

    __slots__ = ("fixes", "minutes", "record")

    def __init__(self, record: Record, minutes: int, fixes: list[Fix]) -> None:
        self.record = record
        self.minutes = minutes
        self.fixes = fixes

    @property
    def message(self) -> str:
        """Return `overlaps “pool fix”, 09:00–10:00, by 15 min`."""
        start, end = str(self.record["start"])[11:16], str(self.record.get("end") or "")[11:16] or "now"
        return f"overlaps {named(self.record)}, {start}–{end}, by {length(self.minutes)}"


def named(record: Record) -> str:
    """Return the title of a session in quotes, or `a session`."""
    return f"“{record['summary']}”" if record["summary"] else "a session"


def overlaps(uid: str, start: str, end: str, others: list[Record], now: int) -> list[Overlap]:
    """Return the sessions that share a minute with one from `start` to `end`, in order of their start.

    Times are ISO 8601 with an offset. A session under way, without an end, lasts until `now`.
    """
    begin, until = seconds(start), seconds(end)
    found = []
    for other in others:
        since = seconds(str(other["start"]))
        till = seconds(str(other["end"])) if other.get("end") else max(since, now)
        shared = (min(until, till) - max(begin, since)) // 60
        if other["uid"] != uid and shared > 0:
            fixes = _fixes(uid, (start, begin), (end, until), other, since, till)
            found.append((since, Overlap(other, shared, fixes)))
    return [overlap for _, overlap in sorted(found, key=lambda pair: pair[0])]


Moment = tuple[str, int]  # as it is stored, and in seconds since 1970


def _fixes(uid: str, start: Moment, end: Moment, other: Record, since: int, till: int) -> list[Fix]:
    """Return what gives each minute to one of the two: this one is trimmed first, the other one next."""
    name, that = named(other), str(other["uid"])
    their_start, their_end = str(other["start"]), str(other.get("end") or "")
    begins_first, ends_last = since < start[1], till > end[1]
    out: list[Fix] = []
    if begins_first and not ends_last and till < end[1]:
        out.append(_edit("begin this one at", uid, "--start", their_end))
    if not begins_first and ends_last and since > start[1]:
        out.append(_edit("end this one at", uid, "--end", their_start))
    if since > start[1] and till < end[1] and their_end:
        out.append((f"cut {name} out of this one", ("edit", uid, "--split", f"{their_start}/{their_end}")))
    if begins_first and ends_last and their_end:
        out.append((f"cut this one out of {name}", ("edit", that, "--split", f"{start[0]}/{end[0]}")))
    elif begins_first and their_end:
        out.append(_edit(f"end {name} at", that, "--end", start[0]))
    elif begins_first:
        out.append((f"end {name} at {start[0][11:16]}", ("stop", "--at", start[0])))
    elif ends_last:
        out.append(_edit(f"begin {name} at", that, "--start", end[0]))
    else:
        out.append((f"delete {name}", ("rm", that)))
    return out


def _edit(what: str, uid: str, option: str, moment: str) -> Fix:
    return f"{what} {moment[11:16]}", ("edit", uid, option, moment)
