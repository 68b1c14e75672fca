"""Ids that sort by the time they were made: version 7 UUIDs (RFC 9562), without the `uuid` module.

On the path of `techlead log`: `uuid` would cost more than the command itself.
"""

from __future__ import annotations

import os
import time

DAY = 86400
FIRST = DAY  # of the moments that are in the years 1970 to 2100 in every zone
LAST = 4_133_894_400
_ZONE_FOLDERS = (
    "/usr/share/zoneinfo",
    "/usr/lib/zoneinfo",
    "/usr/share/lib/zoneinfo",
    "/etc/zoneinfo",
    "/var/db/timezone/zoneinfo",
)


END = 4102444800  # the beginning of 2100


class Clock:
    """Tell the present moment: the system's, or one that is `ahead` seconds from it.

    The composition root makes one and hands it on; nothing else in the program asks what time it is.
    """

    def __init__(self, ahead: int = 0) -> None:
        self.ahead = ahead

    @classmethod
    def of_user(cls) -> Clock:
        """Return the system's clock, or one that starts at TECHLEAD_NOW. DataError."""
        from_user = os.environ.get("TECHLEAD_NOW", "")
        try:
            clock = cls(moment_of(from_user) - int(time.time()) if from_user else 0)
        except (ValueError, OverflowError):
            from techlead_tui.errors import DataError

            raise DataError(
                f"TECHLEAD_NOW is not a moment: {from_user[:60]!a}",
                "write it as 2026-11-24T09:15, with seconds and an offset or without, or unset it",
            ) from None
        if not 0 <= clock.moment() < END:
            from techlead_tui.errors import DataError

            whose = "TECHLEAD_NOW" if from_user else "the clock of this computer"
            raise DataError(f"{whose} is out of range", "set it to a moment between 1970 and 2100")
        return clock

    def moment(self) -> int:
        """Return the seconds since 1970. DataError where no plan and no word can be about that day."""
        try:
            now = int(time.time()) + self.ahead
        except OverflowError:  # after 2262 Python does not say
            now = LAST
        if FIRST <= now < LAST:
            return now
        from techlead_tui.errors import DataError

        raise DataError("the clock is out of range", "set it: years run from 1970 to 2100")


def offset_at(moment: int) -> int:
    """Return how far the local clocks are ahead of UTC, in seconds; 0 for a zone that is a day away."""
    try:
        offset = time.localtime(moment).tm_gmtoff
        return offset if -DAY < offset < DAY else 0
    except (OSError, OverflowError):  # Windows knows no time before 1970
        return -time.timezone


def iso(moment: int) -> str:
    """Return a moment as the local clocks show it, in ISO 8601: `2026-11-24T09:15:00+01:00`."""
    offset = offset_at(moment)
    wall = time.gmtime(moment + offset)
    return (
        f"{wall.tm_year:04}-{wall.tm_mon:02}-{wall.tm_mday:02}"
        f"T{wall.tm_hour:02}:{wall.tm_min:02}:{wall.tm_sec:02}{_suffix(offset)}"
    )


def _suffix(offset: int) -> str:
    """Return how far clocks are ahead of UTC, as ISO 8601 has it: `+01:00`."""
    sign, ahead = ("-", -offset) if offset < 0 else ("+", offset)
    zone = f"{sign}{ahead // 3600:02}:{ahead % 3600 // 60:02}"
    return f"{zone}:{ahead % 60:02}" if ahead % 60 else zone  # local mean time, before there were zones


_suffixes: dict[int, str] = {}  # by offset, of which there are few


def local(text: str, moment: int) -> str:
    """Return an ISO 8601 time, which is that moment, as the local clocks show it."""
    offset = offset_at(moment)
    zone = _suffixes.get(offset) or _suffixes.setdefault(offset, _suffix(offset))
    return text if text[19:] == zone else iso(moment)


def here(record: dict[str, object]) -> dict[str, object]:
    """Return the record of a session with its times as the local clocks show them."""
    times = {key: str(record[key]) for key in ("start", "end", "until", "paused") if record.get(key)}
    return {**record, **{key: local(text, seconds(text)) for key, text in times.items()}}


def week(moment: int) -> str:
    """Return the ISO 8601 week of a moment by the local clocks: `2026-W48`."""
    wall = time.gmtime(moment + offset_at(moment))
    year = wall.tm_year
    number = (wall.tm_yday - 1 - wall.tm_wday + 10) // 7
    if number < 1:
        year -= 1
        number = _weeks_in(year)
    elif number > _weeks_in(year):
        year, number = year + 1, 1
    return f"{year:04}-W{number:02}"


def weeks_around(key: str) -> tuple[str, str, str]:
    """Return the week before, the week itself and the one after."""
    fourth = days_since_1970(int(key[:4]), 1, 4)  # of January, which is in the first week
    monday = fourth - (fourth + 3) % 7 + 7 * (int(key[6:]) - 1)
    return week((monday - 3) * DAY), key, week((monday + 10) * DAY)


def moment_at_wall(wall: int, *, fold: int = 0) -> tuple[int, bool]:
    """The moment at which the local clocks show `wall`, and whether they ever do.

    `wall` is what the clocks show, counted as if they were UTC's. Of two such moments fold picks the
    first (0) or the second (1). In a gap it is the moment by the offset before it (0) or after (1), PEP 495.
    """
    first = offset_at(wall)
    moment = wall - first
    if offset_at(moment) == first:  # right, but perhaps the other one of two was meant
        second = offset_at(moment + (DAY if fold else -DAY))
        if second == first:
            return moment, True
    else:
        second = offset_at(moment)
    other = wall - second
    if offset_at(other) == second:
        return other, True
    if offset_at(moment) == first:
        return moment, True
    return (min if fold else max)(moment, other), False


def moment_of(text: str) -> int:
    """Return the moment of an ISO 8601 time; one without an offset is on the local clocks. ValueError.

    `2026-11-24T09:15`, with a space for the T, with seconds, and with `Z` or `+01:00`, or without.
    """
    day, clock = text[:10], text[11:]
    ends = min((at for at in map(clock.find, "Zz+-") if at >= 0), default=len(clock))
    clock, zone = clock[:ends], clock[ends:]
    year, month, date = _numbers(day, "-", 4, 2, 2)
    hour, minute, second = _numbers(clock if len(clock) > 5 else f"{clock}:00", ":", 2, 2, 2)
    within = year >= 1 and 1 <= month <= 12 and hour < 24 and minute < 60 and second < 60
    wall = days_since_1970(year, month, date) * DAY + hour * 3600 + minute * 60 + second
    if not within or text[10] not in "Tt " or time.gmtime(wall)[1:3] != (month, date):
        raise ValueError(text)
    if not zone:
        return moment_at_wall(wall)[0]
    if zone in ("Z", "z"):
        return wall
    hours, minutes = _numbers(zone[1:], ":", 2, 2)
    if hours >= 24 or minutes >= 60:
        raise ValueError(text)
    ahead = hours * 3600 + minutes * 60
    return wall + (ahead if zone[0] == "-" else -ahead)


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


def _numbers(text: str, between: str, *digits: int) -> list[int]:
    """Return the numbers of so many digits each that the text is made of. ValueError."""
    parts = text.split(between)
    if [len(part) for part in parts] != list(digits) or not text.replace(between, "").isdecimal():
        raise ValueError(text)
    return [int(part) for part in parts]


def days_since_1970(year: int, month: int, day: int) -> int:
    """Days from 1970-01-01 to a date of the Gregorian calendar."""
    if month <= 2:
        year -= 1
        month += 12
    return 365 * year + year // 4 - year // 100 + year // 400 + (153 * month - 457) // 5 + day - 719469


def zone_name() -> str:
    """The IANA name of the local zone, or the POSIX rule that TZ is: from TZ, else from the system's setting.

    Where neither tells one: `Etc/GMT-1` and the like, by the offset that the zone has without DST.
    """
    given = os.environ.get("TZ")
    if given is not None:
        name = given.removeprefix(":")
        return _known(name) or (name if _is_rule(name) else "UTC")
    return _linked() or _written() or _by_offset()


def zone_trouble() -> str:
    """Tell what is wrong with TZ where the system takes it for UTC: a name that it has not."""
    name = os.environ.get("TZ", "").removeprefix(":")
    if not name or name.startswith("/") or _known(name) or _is_rule(name) or not hasattr(time, "tzset"):
        return ""
    if not any(map(os.path.isdir, _ZONE_FOLDERS)):  # there is nothing to tell it by
        return ""
    return f"TZ “{name[:60]}” is not a time zone, so all times are UTC"


def zone_setting() -> tuple[object, ...]:
    """Return what changes when the system is set to another zone; cheap."""
    given = os.environ.get("TZ")
    if given is not None:
        return (given,)
    try:
        found = os.lstat("/etc/localtime")
    except OSError:
        return ()
    return (found.st_ino, found.st_mtime_ns, found.st_size)


def _is_rule(text: str) -> bool:
    """Tell whether a TZ begins as POSIX writes a rule: `CET-1CEST,M3.5.0,M10.5.0/3`, `<+0330>-3:30`."""
    if not text.isascii() or not text.isprintable() or len(text) > 100:
        return False
    if text[:1] == "<":
        rest = text.partition(">")[2]
    else:
        rest = text.lstrip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ")
        if len(text) - len(rest) < 3:
            return False
    return rest.lstrip("+-")[:1].isdigit()


def name_in(path: str) -> str | None:
    """The zone that a file of the zone database is about: `.../zoneinfo/Europe/Oslo`."""
    for folder in ("/zoneinfo/", "/zoneinfo.default/"):
        _, inside, name = path.partition(folder)
        if inside:
            return name.removeprefix("posix/").removeprefix("right/") or None
    return None


def _known(name: str) -> str | None:
    """The name of a zone, or of a zone's file, when the system has that zone."""
    if name.startswith("/"):
        return name_in(name)
    if not name or ".." in name or not (name[0].isalpha() and name.isascii()):
        return None
    if name == "UTC" or any(os.path.isfile(f"{folder}/{name}") for folder in _ZONE_FOLDERS):
        return name
    return None


def _linked() -> str | None:
    try:
        return name_in(os.readlink("/etc/localtime"))  # one step: a further one may be to an alias
    except (OSError, AttributeError):
        return None


def _written() -> str | None:
    try:
        with open("/etc/timezone", encoding="ascii") as file:
            return _known(file.readline().strip())
    except (OSError, ValueError):
        return None


def _by_offset() -> str:
    hours, rest = divmod(-time.timezone, 3600)
    if rest or not hours or not -12 <= hours <= 14:
        return "UTC"
    return f"Etc/GMT{-hours:+d}"  # POSIX signs: east of Greenwich is minus


def _weeks_in(year: int) -> int:
    """53 in years that begin on a Thursday, or on a Wednesday and are leap years, else 52."""
    begins, ends = days_since_1970(year, 1, 1), days_since_1970(year + 1, 1, 1)
    first = (begins + 3) % 7  # 0 for Monday
    return 53 if first == 3 or (first == 2 and ends - begins == 366) else 52


_RANDOM_BITS = 74  # what version and variant leave beside the 48 bits of time
_RANDOM = (1 << _RANDOM_BITS) - 1
_last = (0, 0)  # milliseconds and random part of the id made last


def new_uid() -> str:
    """A new id in canonical form; each sorts after those that this process made before.

    A clock before 1970 counts as 1970. Where the clock stands still or goes back, the random part
    counts on in random steps (RFC 9562, section 6.2, method 2).
    """
    global _last
    noise = int.from_bytes(os.urandom(14), "big")
    now = min(max(0, time.time_ns() // 1_000_000), (1 << 48) - 1)
    random = noise & (_RANDOM >> 1)  # the highest bit stays free for counting on
    if now <= _last[0]:
        now = _last[0]
        random = _last[1] + 1 + (noise >> _RANDOM_BITS & 0xFFFFFFFF)
        if random > _RANDOM:
            now, random = now + 1, noise & (_RANDOM >> 1)
    _last = (now, random)
    return text_of(now, random)


def text_of(milliseconds: int, random: int) -> str:
    """The UUID of a time since 1970 and 74 other bits: time, version 7, 12 bits, variant 2, 62 bits."""
    number = milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & ((1 << 62) - 1)
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
