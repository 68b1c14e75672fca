"""A session as JSON, from its record. Imports nothing dear."""

from __future__ import annotations

from techlead_tui.config.local_time import DAY, days_since_1970
from techlead_tui.core.records import Record

SESSION: dict[str, str] = {
    "uid": "its id",
    "summary": "what was done, as it was written",
    "pattern": "lead, spike, refactor, pair, review or null",
    "category": "what it counts as",
    "start": "when it started",
    "end": "when it ended",
    "minutes": "its length",
    "repo": "the repository, or null",
    "branch": "the branch, or null",
    "source": "where it comes from: own",
    "note": "what was noted about it, or null",
}


def session_json(record: Record) -> dict[str, object]:
    """A session as it is stored."""
    minutes = (seconds(str(record["end"])) - seconds(str(record["start"]))) // 60
    return {key: minutes if key == "minutes" else record.get(key) for key in SESSION}


def seconds(text: str) -> int:
    """Seconds since 1970 of an ISO 8601 time with an offset: `2026-11-24T09:15:00+01:00`."""
    days = days_since_1970(int(text[:4]), int(text[5:7]), int(text[8:10]))
    clock = int(text[11:13]) * 3600 + int(text[14:16]) * 60
    at = 16
    if text[16:17] == ":":
        clock += int(text[17:19])
        at = 19
    if text[at : at + 1] == ".":  # fractions of a second do not count
        at += 1
        while text[at : at + 1].isdigit():
            at += 1
    zone = text[at:]
    if zone in ("", "Z", "z"):
        return days * DAY + clock
    ahead = int(zone[1:3]) * 3600 + int(zone[4:6] or 0) * 60 + int(zone[7:9] or 0)
    return days * DAY + clock + (ahead if zone[0] == "-" else -ahead)
