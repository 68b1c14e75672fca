"""Define days, times of the wall clock and weeks, and the nth weekday of a month."""

from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from functools import cache
from typing import NamedTuple

DAY = 24 * 60


class NoSuchTimeError(ValueError):
    """The clocks skip this wall-clock time (a DST gap), or show it twice and the second is meant."""


def fixed(moment: datetime) -> datetime:
    """Return an aware moment with its offset alone for a zone."""
    offset = moment.utcoffset()
    assert offset is not None
    return moment.replace(tzinfo=_zone_of(offset), fold=0)


_ZONES: dict[timedelta, timezone] = {}


def _zone_of(offset: timedelta) -> timezone:
    """One object an offset: Python compares two datetimes of the same tzinfo object many times faster."""
    zone = _ZONES.get(offset)
    if zone is None:
        zone = _ZONES[offset] = timezone(offset)
    return zone


def at(day: date, minute: int, zone: tzinfo, *, strict: bool = False) -> datetime:
    """`minute` (0 to 1440, of the wall clock) of `day` in `zone`.

    Above 1440 it is of the day after. A time that comes twice means the first. A time that is skipped
    raises NoSuchTimeError when strict, else it is read by the offset before the gap (RFC 5545, 3.3.5). The
    end of the day, 1440, is always there: where the clocks skip midnight it is when they do.
    """
    wall = datetime.combine(day + timedelta(days=minute // DAY), time(minute % DAY // 60, minute % 60))
    steady = _steady(day, zone) if minute <= DAY else None
    if steady is not None:
        return wall.replace(tzinfo=steady)
    utc = wall.replace(tzinfo=zone).astimezone(UTC)
    back = utc.astimezone(zone)
    if strict and minute != DAY and back.replace(tzinfo=None) != wall:
        raise NoSuchTimeError(f"{wall:%H:%M} does not exist on {wall.date()}: the clocks skip it")
    return fixed(back)


def stretch(day: date, start: int, end: int, zone: tzinfo) -> tuple[datetime, datetime]:
    """Return when a span of a day, in minutes of the wall clock, begins and ends.

    Where the clocks skip its start it begins after the gap and keeps its length.
    """
    begin = at(day, start, zone)
    if minute_of(begin) != start or begin.date() != day:
        return begin, into(begin + timedelta(minutes=end - start), zone)
    return begin, at(day, end, zone)


def _steady(day: date, zone: tzinfo) -> timezone | None:
    """The offset that a zone has all day long; None on a day on which the clocks change."""
    if (day, zone) not in _STEADY:
        if len(_STEADY) >= 1000:
            _STEADY.clear()
        ends = (datetime.combine(day, time(), zone), datetime.combine(day + timedelta(days=1), time(), zone))
        offsets = {end.replace(fold=fold).utcoffset() for end in ends for fold in (0, 1)}
        offset = offsets.pop()
        _STEADY[day, zone] = None if offsets or offset is None else _zone_of(offset)
    return _STEADY[day, zone]


_STEADY: dict[tuple[date, tzinfo], timezone | None] = {}


class _Bytes:
    """Hand out bytes from front to back as a file does, which core may not know."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def read(self, size: int, /) -> bytes:
        found, self._data = self._data[:size], self._data[size:]
        return found

    def seek(self, size: int, _whence: int = 1, /) -> None:
        """Pass over bytes: all that zoneinfo asks for is to go on from where it is."""
        self.read(size)

    def readline(self) -> bytes:
        return self.read(self._data.find(b"\n") + 1)


@cache
def named_zone(name: str) -> tzinfo | None:
    """Return the zone of an IANA name or of a POSIX rule as TZ may hold; None when there is none.

    `CET-1CEST,M3.5.0,M10.5.0/3` is read by zoneinfo as the footer of a file without transitions (RFC 8536).
    A rule that does not say when summer time is means that of the United States, as the C library has it.
    """
    from zoneinfo import ZoneInfo  # dear, and needed only for what was planned in another zone

    if not (name and name.isprintable()):
        return None
    try:
        return ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        pass
    header = b"TZif2" + bytes(15 + 4 * 4) + (1).to_bytes(4) + (4).to_bytes(4)
    file = 2 * (header + bytes(6) + b"UTC\0")
    for rule in (name, f"{name},M3.2.0,M11.1.0"):
        try:
            return ZoneInfo.from_file(_Bytes(file + f"\n{rule}\n".encode("ascii")), key=name)
        except ValueError:
            continue
    return None


def into(moment: datetime, zone: tzinfo) -> datetime:
    """An aware moment as the clocks of `zone` show it."""
    return fixed(moment.astimezone(zone))


def minute_of(moment: datetime) -> int:
    """Minutes since midnight on the moment's own wall clock."""
    return moment.hour * 60 + moment.minute


def clock(minute: int) -> str:
    """`870` as `14:30`; 1440 as `24:00`, and what is above it as a time of the next day."""
    minute = minute if minute <= DAY else minute % DAY
    return f"{minute // 60:02}:{minute % 60:02}"


class IsoWeek(NamedTuple):
    """A week from Monday to Sunday; sorts in time. Its text, `2026-W48`, is also its bucket in the store."""

    year: int
    number: int

    @classmethod
    def of(cls, day: date) -> "IsoWeek":
        """The week that holds `day`."""
        year, number, _ = day.isocalendar()
        return cls(year, number)

    @classmethod
    def parse(cls, text: str) -> "IsoWeek":
        """`2026-W48`; ValueError for any other text and for a week that the year does not have."""
        year, dash, number = text.partition("-W")
        if not (dash and len(year) == 4 and len(number) == 2 and (year + number).isascii()):
            raise ValueError(f"not an ISO week: {text}")
        try:
            return cls.of(date.fromisocalendar(int(year), int(number), 1))
        except ValueError:
            raise ValueError(f"not an ISO week: {text}") from None

    @property
    def monday(self) -> date:
        return date.fromisocalendar(self.year, self.number, 1)

    def day(self, weekday: int) -> date:
        """The date of a weekday, 1 for Monday to 7 for Sunday."""
        return self.monday + timedelta(days=weekday - 1)

    def shift(self, weeks: int) -> "IsoWeek":
        return IsoWeek.of(self.monday + timedelta(weeks=weeks))

    def __str__(self) -> str:
        return f"{self.year:04}-W{self.number:02}"


FRIDAY = 5
WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # as RFC 5545 writes them


def friday_of(week: IsoWeek, today: date) -> date:
    """Return the Friday of a week, or the next one where that is over."""
    this = IsoWeek.of(today)
    fridays = (each.day(FRIDAY) for each in (week, this, this.shift(1)))
    return next(friday for friday in fridays if friday >= today)


NTH = (1, 2, 3, 4, -1)  # of a month; -1 is the last


def first_from(day: date, nth: int) -> date:
    """The first day, from `day` on, that is of its weekday and the nth such in its month."""
    from dateutil import rrule  # dear, and most series are weekly

    weekday = rrule.weekday(day.weekday(), nth)
    rule = rrule.rrule(rrule.MONTHLY, dtstart=datetime.combine(day, time()), byweekday=weekday, count=1)
    return rule[0].date()
