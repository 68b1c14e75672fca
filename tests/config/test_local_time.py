from __future__ import annotations

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config import clock, local_time
from techlead_tui.config.local_time import new_uid, text_of
from techlead_tui.errors import DataError
from tests.conftest import environment

ZONES = [
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of DST
    "America/St_Johns",
    "Asia/Kolkata",
    "Africa/Casablanca",  # DST the other way round
    "Pacific/Apia",  # left a day out
    "Pacific/Chatham",
    "UTC",
]
# moments around which clocks change, or are strange
CHANGES = {
    "Europe/Berlin": ["2026-03-29T01:00", "2026-10-25T01:00"],
    "America/New_York": ["2026-03-08T07:00", "2026-11-01T06:00"],
    "Australia/Lord_Howe": ["2026-04-04T15:00", "2026-10-03T15:30"],
    "America/St_Johns": ["2026-03-08T05:30", "2026-11-01T04:30"],
    "Africa/Casablanca": ["2024-03-10T02:00", "2024-04-14T02:00"],
    "Pacific/Apia": ["2011-12-30T10:00"],
    "Pacific/Chatham": ["2026-04-04T14:00", "2026-09-26T14:00"],
}

pytestmark = pytest.mark.skipif(
    not (hasattr(time, "tzset") and Path("/usr/share/zoneinfo/Europe/Berlin").exists()),
    reason="no zones of the system's own to set here",
)


@pytest.fixture(params=ZONES)
def zone(request: pytest.FixtureRequest) -> Iterator[ZoneInfo]:
    before = os.environ.get("TZ")
    os.environ["TZ"] = request.param
    time.tzset()
    yield ZoneInfo(request.param)
    if before is None:
        del os.environ["TZ"]
    else:
        os.environ["TZ"] = before
    time.tzset()


def around_changes(zone: ZoneInfo) -> list[int]:
    """Moments every quarter of an hour from a day before each change to a day after, and a few others."""
    found = [0, 951782400, 1798675200]
    for text in CHANGES.get(zone.key, []):
        change = int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())
        found += range(change - 86400, change + 86400, 900)
    return found


def test_moments_are_written_as_the_local_clocks_show_them(zone: ZoneInfo) -> None:
    for moment in around_changes(zone):
        shown = datetime.fromtimestamp(moment, zone)
        assert local_time.iso(moment) == shown.isoformat()
        assert local_time.week(moment) == f"{shown:%G-W%V}"


def test_every_first_and_last_week_of_a_year_is_the_calendars() -> None:
    for year in range(1970, 2100):
        first = datetime(year, 1, 1, 12, tzinfo=UTC)
        for days in (*range(15), 185, 186, 187, *range(355, 365)):
            shown = first + timedelta(days=days)
            assert local_time.week(int(shown.timestamp())) == f"{shown:%G-W%V}"


def test_the_local_zone_agrees_with_zoneinfo_on_both_sides_of_a_change(zone: ZoneInfo) -> None:
    local = clock.zone()
    assert isinstance(local, clock.LocalZone)
    assert local.key == zone.key
    for moment in around_changes(zone):
        mine, theirs = datetime.fromtimestamp(moment, local), datetime.fromtimestamp(moment, zone)
        assert mine.isoformat() == theirs.isoformat()
        assert mine.fold == theirs.fold
        assert mine.tzname() == theirs.tzname()


def test_wall_clock_times_agree_with_zoneinfo_in_folds_and_gaps(zone: ZoneInfo) -> None:
    local = clock.zone()
    for moment in around_changes(zone):
        wall = datetime(1970, 1, 1) + timedelta(seconds=moment)
        for fold in (0, 1):
            mine = wall.replace(tzinfo=local, fold=fold)
            assert mine.utcoffset() == wall.replace(tzinfo=zone, fold=fold).utcoffset()


def test_a_time_that_is_skipped_is_no_moment_and_one_that_comes_twice_is_the_first(zone: ZoneInfo) -> None:
    for moment in around_changes(zone):
        wall = datetime(1970, 1, 1) + timedelta(seconds=moment)
        first = wall.replace(tzinfo=zone)
        exists = first.astimezone(UTC).astimezone(zone).replace(tzinfo=None) == wall
        assert local_time.moment_at_wall(moment)[1] == exists
        if exists:
            assert local_time.moment_at_wall(moment)[0] == first.timestamp()


def test_now_is_aware_to_the_second_with_a_fixed_offset(zone: ZoneInfo) -> None:
    system = local_time.Clock()
    before, now, after = system.moment(), clock.now(system, clock.zone()), system.moment()
    assert before <= now.timestamp() <= after
    assert now.microsecond == 0
    assert now.utcoffset() == now.astimezone(zone).utcoffset()
    assert not isinstance(now.tzinfo, clock.LocalZone)


def test_a_zone_that_is_set_while_the_program_runs_is_followed(monkeypatch: pytest.MonkeyPatch) -> None:
    noon = int(datetime(2026, 7, 1, 12, tzinfo=UTC).timestamp())
    try:
        for name, hour in (("Asia/Tokyo", 21), ("America/New_York", 8), ("CET-1CEST,M3.5.0,M10.5.0", 14)):
            monkeypatch.setenv("TZ", name)
            found = clock.zone()
            assert found is clock.zone()
            assert getattr(found, "key", None) == name
            assert datetime.fromtimestamp(noon, found).hour == hour
    finally:
        monkeypatch.undo()
        time.tzset()


def test_a_zone_that_is_a_day_away_counts_for_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "XYZ+24:30")
    time.tzset()
    try:
        assert clock.now(local_time.Clock(), clock.zone()).utcoffset() == timedelta(0)
        assert local_time.iso(0) == "1970-01-01T00:00:00+00:00"
    finally:
        monkeypatch.undo()
        time.tzset()


@given(st.dates())
def test_days_are_counted_as_the_calendar_does(day: date) -> None:
    assert local_time.days_since_1970(day.year, day.month, day.day) == day.toordinal() - 719163


@given(st.datetimes(datetime(1971, 1, 1), datetime(2200, 1, 1)), st.integers(-14 * 60, 14 * 60))
def test_a_moment_is_read_as_python_reads_it(when: datetime, minutes: int) -> None:
    aware = when.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=minutes)))
    for text in (aware.isoformat(), aware.isoformat(" ", "minutes"), f"{when:%Y-%m-%dT%H:%M:%S}Z"):
        assert local_time.moment_of(text) == datetime.fromisoformat(text).timestamp()


def test_a_moment_without_an_offset_is_on_the_local_clocks(zone: ZoneInfo) -> None:
    assert local_time.moment_of("2026-11-24T11:37") == datetime(2026, 11, 24, 11, 37, tzinfo=zone).timestamp()


NO_MOMENTS = (
    "now",
    "2026-11-24",
    "2026-02-30T10:00",
    "2026-13-01T10:00",
    "2026-11-24T24:00",
    "2026-11-24T9:15",
    "2026-11-24x09:15",
    "2026-11-24T09:15+25:00",
    "2026-11-24T09:15Zz",
    "2026-11-24T09:15+1",
    "0000-01-01T00:00",
    "\u0662026-11-24T09:15\x1b[2J",
)


@pytest.mark.parametrize("text", NO_MOMENTS)
def test_what_is_no_moment_is_refused_with_what_would_be_one(
    text: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", text)
    with pytest.raises(DataError, match="TECHLEAD_NOW") as told:
        local_time.Clock.of_user()
    assert "2026-11-24T09:15" in told.value.hint
    assert told.value.message.isprintable()


def test_a_clock_starts_at_the_moment_that_is_given_and_runs_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TECHLEAD_NOW", "2031-03-05T10:00:00Z")
    before = int(time.time())
    moved = local_time.Clock.of_user()
    after = int(time.time())
    begun = int(datetime(2031, 3, 5, 10, tzinfo=UTC).timestamp())
    assert begun - after <= moved.ahead <= begun - before
    assert moved.moment() - int(time.time()) <= moved.ahead <= moved.moment() - before


def test_without_a_moment_the_clock_is_the_systems(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TECHLEAD_NOW")
    before, now, after = int(time.time()), local_time.Clock.of_user().moment(), int(time.time())
    assert before <= now <= after


@pytest.mark.process
@pytest.mark.parametrize(
    ("given_name", "name"),
    [
        ("Europe/Berlin", "Europe/Berlin"),
        (":Europe/Berlin", "Europe/Berlin"),
        ("/usr/share/zoneinfo/Asia/Tokyo", "Asia/Tokyo"),
        ("/usr/share/zoneinfo/posix/Asia/Tokyo", "Asia/Tokyo"),
        ("UTC", "UTC"),
        ("", "UTC"),
        ("CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3"),
        ("IST-5:30", "IST-5:30"),
        ("<+0330>-3:30", "<+0330>-3:30"),
        ("XYZ5", "XYZ5"),
        ("XY5", "UTC"),
        ("No/Such", "UTC"),
        ("../../etc/passwd", "UTC"),
    ],
)
@pytest.mark.few(3)
def test_the_zones_name_is_read_from_tz(given_name: str, name: str) -> None:
    code = "from techlead_tui.config import local_time; print(local_time.zone_name())"
    said = subprocess.run(
        [sys.executable, "-c", code],
        env=environment(TZ=given_name),
        capture_output=True,
        text=True,
        check=True,
    )
    assert said.stdout.strip() == name


@pytest.mark.parametrize(
    ("path", "name"),
    [
        ("/usr/share/zoneinfo/Europe/Oslo", "Europe/Oslo"),
        ("../usr/share/zoneinfo/Etc/UTC", "Etc/UTC"),
        ("/var/db/timezone/zoneinfo/America/Argentina/Salta", "America/Argentina/Salta"),
        ("/usr/share/zoneinfo.default/Asia/Tokyo", "Asia/Tokyo"),
        ("/usr/share/zoneinfo/right/Asia/Tokyo", "Asia/Tokyo"),
        ("/etc/localtime", None),
    ],
)
def test_a_zones_name_is_found_in_the_path_of_its_file(path: str, name: str | None) -> None:
    assert local_time.name_in(path) == name


def test_ids_are_version_7_uuids_in_canonical_form() -> None:
    made = new_uid()
    parsed = uuid.UUID(made)
    assert str(parsed) == made
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_uid() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("nanoseconds", [-(10**18), 0, 10**18, 10**22])
def test_a_clock_that_stands_anywhere_still_gives_rising_ids(
    nanoseconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(local_time, "_last", (0, 0))
    monkeypatch.setattr("techlead_tui.config.local_time.time.time_ns", lambda: nanoseconds)
    made = [new_uid() for _ in range(100)]
    assert made == sorted(set(made))
    assert all(uuid.UUID(each).version == 7 for each in made)
    expected = min(max(0, nanoseconds // 10**6), 2**48 - 1)
    assert uuid.UUID(made[0]).int >> 80 == expected


def test_a_clock_that_goes_back_gives_rising_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_uid()
    monkeypatch.setattr("techlead_tui.config.local_time.time.time_ns", lambda: 10**18)
    assert new_uid() > before


def test_a_full_random_part_goes_on_in_the_next_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local_time, "_last", (1000, 2**74 - 1))
    monkeypatch.setattr("techlead_tui.config.local_time.time.time_ns", lambda: 10**9)
    assert uuid.UUID(new_uid()).int >> 80 == 1001


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_time_and_random_part_stand_where_the_rfc_has_them(milliseconds: int, random: int) -> None:
    number = uuid.UUID(text_of(milliseconds, random))
    assert number.version == 7
    assert number.variant == uuid.RFC_4122
    assert number.int >> 80 == milliseconds
    assert (number.int >> 64 & 0xFFF) << 62 | number.int & 2**62 - 1 == random
