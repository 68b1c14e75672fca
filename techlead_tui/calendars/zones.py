"""Find a time zone by the names that calendars have for it."""

from __future__ import annotations

from datetime import tzinfo


def zone_named(name: str) -> tzinfo | None:
    """Return a zone by its IANA name, or by the name that Windows or a zone file has for it."""
    from zoneinfo import ZoneInfo  # dear, and only what is read from calendars needs it

    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

    clean = name.strip().strip('"')
    parts = clean.split("/")
    ends = ("/".join(parts[-count:]) for count in (3, 2) if len(parts) > count)
    for one in (clean, WINDOWS_TO_OLSON.get(clean, ""), *ends):
        try:
            if one:
                return ZoneInfo(one)
        except (KeyError, ValueError, OSError):
            continue
    return None
