"""Read single values of events: rules, days, titles, addresses and names."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from techlead_tui.core.one_line import one_line


def plain_rule(rest: str, timed: bool) -> str:
    """Return an RRULE without what libraries stumble over; an UNTIL that is a date includes that day."""
    parts = [part for part in rest.strip().lstrip(":").rstrip(";").split(";") if part]
    out = []
    for part in parts:
        key, _, value = part.partition("=")
        if key.upper() == "UNTIL" and timed and len(value) == 8:
            value = f"{value}T235959"
        out.append(f"{key.upper()}={value}")
    return ":" + ";".join(out)


_DAYS = {1: 31, 2: 29, 3: 31, 4: 30, 5: 31, 6: 30, 7: 31, 8: 31, 9: 30, 10: 31, 11: 30, 12: 31}


def never_comes(parts: dict[str, str]) -> bool:
    """Tell whether a rule asks for 30 February and the like, for which libraries look for ever."""
    days, months = (
        [int(one) for one in parts.get(key, "").split(",") if one.lstrip("+-").isdigit()]
        for key in ("BYMONTHDAY", "BYMONTH")
    )
    if not days:
        return False
    longest = max((_DAYS.get(month, 0) for month in months), default=31)
    return all(abs(day) > longest or day == 0 for day in days)


def date_of(digits: str) -> date | None:
    """Return the date that eight digits are, or None."""
    try:
        return date(int(digits[:4]), int(digits[4:6]), int(digits[6:8]))
    except ValueError:
        return None


def decoded(line: bytes) -> str:
    """Return a line as text, whatever its encoding."""
    try:
        return line.decode("utf-8")
    except UnicodeDecodeError:
        return line.decode("cp1252", "replace")


def title_in(text: str) -> str:
    """Return the title in the lines of an event, or ""."""
    found = re.search(r"^SUMMARY[^:\n]*:(.*)$", text, re.MULTILINE)
    return found.group(1)[:80] if found else ""


def values_of(event: Any, key: str) -> list[Any]:
    """Return the values of a property, however many there are."""
    value = event.get(key)
    return list(value) if isinstance(value, list) else [value] if value is not None else []


def address_of(value: Any) -> str:
    """Return the mail address of somebody, in lower case."""
    text = re.sub(r"(?i)^mailto:", "", str(value)).strip().casefold()
    if "@" in text:
        return text
    return str(getattr(value, "params", {}).get("EMAIL", "")).casefold() or text


def number_of(value: Any) -> int:
    """Return a whole number from 0 on; 0 for anything else."""
    try:
        return max(0, min(int(value or 0), 10**9))
    except (TypeError, ValueError):
        return 0


def is_room(value: Any) -> bool:
    """Tell whether an attendee is a room or a thing."""
    return str(getattr(value, "params", {}).get("CUTYPE", "")).upper() in ("ROOM", "RESOURCE")


def name_of(value: Any) -> str:
    """Return the name of somebody, else the part of the address before the @."""
    common = one_line(str(getattr(value, "params", {}).get("CN", ""))).strip('"')
    found = common if common and "@" not in common else (common or address_of(value)).partition("@")[0]
    return found[:80]


LEAVE = (
    "vacation",
    "holiday",
    "pto",
    "out of office",
    "ooo",
    "sick",
    "leave",
    "urlaub",
    "krank",
    "abwesend",
    "day off",
)


def is_leave(title: str) -> bool:
    """Tell whether a title says that somebody is away."""
    words = f" {' '.join(''.join(c if c.isalnum() else ' ' for c in title.casefold()).split())} "
    return any(f" {word} " in words for word in LEAVE)
