"""Know the time zones of people, and tell times on their clocks."""

from __future__ import annotations

from datetime import tzinfo

from techlead_tui.core.calendar import into
from techlead_tui.core.span import Span
from techlead_tui.core.text import times, when
from techlead_tui.errors import WordsError
from techlead_tui.planner.reader import Reader


def read_zone(text: str) -> tzinfo:
    """Return the zone of an IANA name, in any letter case, or of its last part: `new_york`. WordsError."""
    from zoneinfo import ZoneInfo, available_timezones  # dear, and rarely needed

    from techlead_tui.core.words.args import nearest

    wanted = text.strip().replace(" ", "_").casefold()
    names = sorted(available_timezones())
    found = [name for name in names if name.casefold() == wanted]
    found = found or [name for name in names if name.casefold().rpartition("/")[2] == wanted]
    if not found:
        near = nearest(wanted, [name.casefold() for name in names])
        meant = next((name for name in names if name.casefold() == near), None)
        hint = f"did you mean {meant}?" if meant else "a zone is written like Europe/Berlin"
        raise WordsError(f"“{text[:60]}” is not a time zone", hint, text)
    return ZoneInfo(found[0])


def zone_of(reader: Reader, who: str) -> tzinfo | None:
    """Return the time zone of a person, where the settings know it."""
    known = {name.casefold(): zone for name, zone in reader.settings.zones.items()}
    name = known.get(who.casefold())
    if name is None:
        return None
    from zoneinfo import ZoneInfo  # dear, and few people's zones are known

    return ZoneInfo(name)


def keep_zone(reader: Reader, who: str, text: str) -> None:
    """Keep a person's time zone in the settings. WordsError, DataError."""
    known = {name: zone for name, zone in reader.settings.zones.items() if name.casefold() != who.casefold()}
    name = next((one for one in reader.settings.zones if one.casefold() == who.casefold()), who)
    zones = {**known, name: str(read_zone(text))}
    from techlead_tui.config.settings_file import change_settings  # dear, and rarely needed

    reader.settings = change_settings(reader.folders.config, zones=zones)


def in_both(span: Span, zone: tzinfo | None) -> str:
    """Return a span, and in brackets how the clocks of the other zone show it where they differ."""
    if zone is None:
        return when(span)
    there = Span(into(span.start, zone), into(span.end, zone))
    if there.start.utcoffset() == span.start.utcoffset():
        return when(span)
    place = str(getattr(zone, "key", zone)).rpartition("/")[2].replace("_", " ")
    shown = times(there) if there.start.date() == span.start.date() else when(there)
    return f"{when(span)} ({shown} in {place})"
