"""Measure reading calendars beside plain icalendar and recurring-ical-events: pytest -m benchmark -s -n 0.

Reports ratios of the same run; gates only that both find the same occurrences.
"""

from __future__ import annotations

import random
import resource
import subprocess
import sys
import time
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from tests.conftest import environment

ZONE = ZoneInfo("Europe/Berlin")
MONDAY = date(2026, 11, 23)
PEOPLE = "ORGANIZER;CN=Ana:mailto:ana@example.org\nATTENDEE;PARTSTAT=ACCEPTED:mailto:me@example.org"
PLAIN = """
import sys, resource, datetime, time, icalendar, recurring_ical_events
from zoneinfo import ZoneInfo
zone = ZoneInfo("Europe/Berlin")
begun, data = time.perf_counter(), open(sys.argv[1], "rb").read()
week = [datetime.datetime(2026, 11, day, tzinfo=zone) for day in (23, 30)]
found = recurring_ical_events.of(icalendar.Calendar.from_ical(data)).between(*week)
print(time.perf_counter() - begun, len(found), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""
OURS = """
import sys, resource, datetime, time, icalendar, recurring_ical_events
from zoneinfo import ZoneInfo
from techlead_tui.calendars.reading import read
begun, data = time.perf_counter(), open(sys.argv[1], "rb").read()
week = [datetime.date(2026, 11, day) for day in (23, 29)]
found = read([data], *week, ZoneInfo("Europe/Berlin"), ["me@example.org"])
print(time.perf_counter() - begun, len(found.occurrences), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)
"""


def busy_year(years: int = 1, text: int = 200) -> bytes:
    """Return a calendar with 1500 events a year and 40 series, each event with so much description."""
    chance = random.Random(1)
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//tests"]

    def add(uid: str, start: datetime, *more: str) -> None:
        ends = (("DTSTART", start), ("DTEND", start + timedelta(minutes=30)))
        times = (f"{name};TZID=Europe/Berlin:{when:%Y%m%dT%H%M%S}" for name, when in ends)
        lines.extend(("BEGIN:VEVENT", f"UID:{uid}", "DTSTAMP:20260101T000000Z"))
        lines.extend((*times, f"SUMMARY:Meeting {uid}"))
        lines.extend((f"DESCRIPTION:{'x' * text}", *PEOPLE.split("\n"), *more, "END:VEVENT"))

    for number in range(1500 * years):
        day = datetime(2026, 12, 31) - timedelta(days=chance.randrange(365 * years))
        add(f"e{number}", day + timedelta(hours=8 + chance.randrange(9), minutes=15 * chance.randrange(4)))
    for number in range(40):
        add(f"s{number}", datetime(2026, 1, 5 + number % 5, 8 + number % 9), "RRULE:FREQ=WEEKLY")
    return "\r\n".join((*lines, "END:VCALENDAR", "")).encode()


def measured(code: str, path: Path) -> tuple[float, int, int]:
    """Return seconds beside the imports, occurrences, and kilobytes at most of a fresh Python."""
    done = subprocess.run(
        [sys.executable, "-c", code, str(path)], env=environment(), capture_output=True, text=True, check=True
    )
    seconds, count, memory = done.stdout.split()
    return float(seconds), int(count), int(memory)


@pytest.mark.benchmark
@pytest.mark.process
@pytest.mark.parametrize(("name", "years", "text"), [("a busy year", 1, 200), ("50 MB", 50, 300)])
def test_a_week_cold(tmp_path: Path, name: str, years: int, text: int) -> None:
    path = tmp_path / "work.ics"
    path.write_bytes(busy_year(years, text))
    plain, ours = measured(PLAIN, path), measured(OURS, path)
    size = path.stat().st_size / 1e6
    print(f"{name} ({size:.1f} MB): {ours[0] / plain[0]:.3f} x time, {ours[2] / plain[2]:.2f} x memory")
    print(f"   plain {plain[0]:.2f} s {plain[2] // 1024} MB, ours {ours[0]:.2f} s {ours[2] // 1024} MB")
    assert ours[1] == plain[1]


@pytest.mark.benchmark
def test_a_week_warm(tmp_path: Path) -> None:
    from techlead_tui.config.clock import StillClock
    from techlead_tui.config.paths import Folders
    from techlead_tui.config.settings_file import change_settings
    from techlead_tui.core.calendar import IsoWeek
    from techlead_tui.core.source import Source
    from techlead_tui.planner.calendars import refresh
    from techlead_tui.planner.planner import Planner

    now = datetime(2026, 11, 24, 11, 37, tzinfo=ZONE)
    folders, key = Folders.under(str(tmp_path / "home")), IsoWeek.of(MONDAY)
    (tmp_path / "work.ics").write_bytes(busy_year())
    times: dict[bool, float] = {}
    for with_calendar in (False, True):
        sources = (Source("work", path=str(tmp_path / "work.ics")),) if with_calendar else ()
        change_settings(folders.config, sources=sources, emails=("me@example.org",))
        refresh(folders, sources, ("me@example.org",), now, ZONE)
        best = []
        for _ in range(9):
            planner = Planner(folders, StillClock(now), "cli", ZONE)
            begun = time.process_time()
            week = planner.snapshot(key).week(key)
            best.append(time.process_time() - begun)
        times[with_calendar] = min(best) * 1000
    met = sum(block.source == "calendar" for block in week.blocks)
    print(f"a week compiled: {times[False]:.1f} ms without, {times[True]:.1f} ms with {met} meetings")
    assert met > 60
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss > 0
