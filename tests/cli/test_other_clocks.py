"""Any zones, changes of the clocks and midnights: what is stored, told in words and as JSON is one time."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from techlead_tui.core.calendar import IsoWeek
from tests.cli.conftest import Answer, Techlead

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not hasattr(time, "tzset"), reason="no zone can be set here"),
]

NAMES = (
    "Europe/Berlin",
    "America/New_York",
    "Asia/Tokyo",
    "Australia/Lord_Howe",
    "Africa/Cairo",
    "Asia/Kathmandu",
    "Pacific/Auckland",
    "UTC",
)
CHANGES = (
    date(2026, 3, 29),
    date(2026, 10, 25),
    date(2026, 11, 1),
    date(2026, 4, 5),
    date(2026, 4, 24),
    date(2026, 11, 24),
)
zones = st.sampled_from(NAMES)
days = st.builds(lambda day, off: day + timedelta(days=off), st.sampled_from(CHANGES), st.integers(-2, 2))
starts = st.integers(0, 95).map(lambda quarter: f"{quarter // 4:02}:{quarter % 4 * 15:02}")
Call = Callable[..., Answer]
# examples share a home, and clean up after themselves
SHARED = settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.filter_too_much])


@pytest.fixture
def there(techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> Call:
    """`there("Asia/Tokyo", day, "week")`: a call in a zone, at noon of a day."""

    def run(zone: str, day: date, *words: str) -> Answer:
        before = os.environ.get("TZ")
        with monkeypatch.context() as now:
            now.setenv("TZ", zone)
            now.setenv("TECHLEAD_NOW", f"{day}T12:00")
            time.tzset()
            answer = techlead(*words)
        assert os.environ.get("TZ") == before
        time.tzset()
        return answer

    return run


def moments(found: dict[str, str], zone: str) -> tuple[datetime, datetime]:
    """Return start and end by the clocks of a zone; the JSON is in that zone already."""
    start, end = (datetime.fromisoformat(found[name]) for name in ("start", "end"))
    here = ZoneInfo(zone)
    assert (start.utcoffset(), end.utcoffset()) == tuple(
        one.astimezone(here).utcoffset() for one in (start, end)
    )
    return start, end


def told(start: datetime, end: datetime) -> str:
    """Return a time as the tables write it."""
    until = f"{end:%H:%M}"
    return f"{start:%H:%M}–{'24:00' if until == '00:00' else until}"


@SHARED
@given(zones, zones, days, starts, st.integers(1, 600), days, starts)
@example("Europe/Berlin", "Europe/Berlin", date(2026, 10, 25), "01:00", 180, date(2026, 10, 26), "01:00")
@example("Asia/Tokyo", "America/New_York", date(2026, 11, 24), "23:30", 60, date(2026, 11, 23), "23:30")
def test_a_session_is_one_time_wherever_it_is_read_and_keeps_its_length(
    there: Call, zone: str, here: str, day: date, start: str, minutes: int, to: date, then: str
) -> None:
    now = max(day, to) + timedelta(days=3)
    logged = there(zone, now, "log", f"{minutes}m", "work", "--at", f"{day} {start}", "--json")
    assume(logged.code == 0)  # else the clocks skip it
    made = logged.json["session"]
    begin, end = moments(made, zone)
    assert (f"{begin:%Y-%m-%d %H:%M}", end - begin) == (f"{day} {start}", timedelta(minutes=minutes))

    def is_one(begin: datetime, end: datetime) -> None:
        (found,) = there(here, now, "sessions", "all", "--json").json["sessions"]
        assert moments(found, here) == (begin, end)
        assert found["minutes"] == minutes
        here_begin, here_end = begin.astimezone(ZoneInfo(here)), end.astimezone(ZoneInfo(here))
        table = there(here, now, "sessions", "all").out
        assert f"{here_begin:%Y-%m-%d}  {told(here_begin, here_end)}" in table
        week = str(IsoWeek.of(here_begin.date()))
        assert [one["uid"] for one in there(here, now, "week", week, "--json").json["sessions"]] == [
            made["uid"]
        ]
        assert told(here_begin, here_end) in there(here, now, "week", week).out
        assert there(here, now, "sessions", week, "--json").json["sessions"] == [found]
        later = str(IsoWeek.of(here_begin.date()).shift(1))
        assert there(here, now, "sessions", later, "--json").json["sessions"] == []

    is_one(begin, end)
    moved = there(here, now, "move", made["uid"], str(to), then, "--json")
    if moved.code == 0:
        begin, end = moments(moved.json["session"], here)
        assert (f"{begin:%Y-%m-%d %H:%M}", end - begin) == (f"{to} {then}", timedelta(minutes=minutes))
        is_one(begin, end)
    assert there(here, now, "rm", made["uid"]).code == 0


@SHARED
@given(zones, zones, days, st.integers(0, 92), st.integers(1, 16), st.booleans(), days, starts)
@example("Asia/Tokyo", "America/New_York", date(2026, 11, 24), 54, 8, False, date(2026, 11, 25), "23:30")
@example("Europe/Berlin", "Europe/Berlin", date(2026, 10, 25), 4, 12, True, date(2026, 10, 24), "01:00")
def test_a_block_is_one_time_wherever_it_is_read_and_keeps_its_length(
    there: Call, zone: str, here: str, day: date, quarter: int, size: int, again: bool, to: date, then: str
) -> None:
    now = min(day, to) - timedelta(days=8)
    last = min(96, quarter + size)
    span = "-".join(f"{one // 4:02}:{one % 4 * 15:02}" for one in (quarter, last))
    when = ("every", f"{day:%a}".lower(), span, "until", str(day)) if again else (str(day), span)
    if again:
        now = day - timedelta(days=4)
    made = there(zone, now, "add", *when, "work", "+code", "--override", "a test", "--json")
    assume(made.code == 0)  # else the clocks skip it
    block = made.json["block"]
    begin, end = moments(block, zone)
    length = end - begin
    assert begin.date() == day

    def is_one(begin: datetime, end: datetime) -> str:
        here_begin, here_end = begin.astimezone(ZoneInfo(here)), end.astimezone(ZoneInfo(here))
        week = str(IsoWeek.of(here_begin.date()))
        blocks = there(here, now, "week", week, "--json").json["blocks"]
        (found,) = [one for one in blocks if one["source"] == "own"]
        assert moments(found, here) == (begin, end)
        assert timedelta(minutes=found["planned_minutes"]) == length
        lines = [line for line in there(here, now, "week", week).out.splitlines() if "work" in line]
        assert any(told(here_begin, here_end) in line for line in lines), lines
        assert told(here_begin, here_end) in there(here, now, "find", "work").out
        return str(found["uid"])

    uid = is_one(begin, end)
    moved = there(here, now, "move", uid, str(to), then, "--override", "a test", "--json")
    if moved.code == 0:
        begin, end = moments(moved.json["block"], here)
        assert (f"{begin:%Y-%m-%d %H:%M}", end - begin) == (f"{to} {then}", length)
        is_one(begin, end)
        assert there(here, now, "undo").code == 0
    assert there(zone, now, "undo").code == 0
