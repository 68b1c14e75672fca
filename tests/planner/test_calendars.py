"""What calendars say is kept by week, stays while they cannot be read, and is on the user's own clocks."""

from __future__ import annotations

import time
from datetime import datetime
from pathlib import Path

import pytest

from techlead_tui import fs
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings_file import change_settings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.source import Source
from techlead_tui.planner.calendar_cache import CachedSource, load
from techlead_tui.planner.calendars import SourceState, refresh
from techlead_tui.planner.planner import Planner
from tests.calendars.files import ME, calendar, event
from tests.core.weeks import W48, ZONE, moment


class Home:
    def __init__(self, folder: Path) -> None:
        self.path = folder / "work.ics"
        self.folders = Folders.under(str(folder / "home"))
        self.source = Source("work", path=str(self.path))
        change_settings(self.folders.config, sources=(self.source,), emails=(ME,))

    def read(self, now: datetime | None = None, **more: str) -> SourceState:
        source = self.source._replace(**more) if more else self.source
        return refresh(self.folders, [source], (ME,), now or moment("tue 11:37"), ZONE)[0]

    def starts(self, key: IsoWeek, now: datetime | None = None) -> list[str]:
        planner = Planner(self.folders, StillClock(now or moment("tue 11:37")), "cli", ZONE)
        blocks = planner.snapshot(key).week(key).blocks
        return [f"{block.start:%a %d %H:%M}" for block in blocks if block.source == "calendar"]


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_times_are_on_the_clocks_of_their_own_day_and_not_of_the_day_they_are_read(home: Home) -> None:
    winter = datetime(2027, 3, 22, 9, tzinfo=ZONE)
    people = ("ORGANIZER:mailto:ana@example.org",)
    floating = event(*people, uid="a", start="DTSTART:20270406T100000")
    series = event(*people, "RRULE:FREQ=WEEKLY", uid="b", start="DTSTART:20270317T140000")
    day = event(*people, uid="c", start="DTSTART;VALUE=DATE:20270409")
    home.path.write_bytes(calendar(floating, series, day))
    home.read(winter)
    assert home.starts(IsoWeek(2027, 14), winter) == ["Tue 06 10:00", "Wed 07 14:00", "Fri 09 09:00"]


def test_a_meeting_over_the_end_of_a_week_stands_in_both(home: Home) -> None:
    home.path.write_bytes(calendar(event("DTEND:20261130T100000Z", start="DTSTART:20261129T200000Z")))
    home.read()
    assert home.starts(W48) == ["Sun 29 21:00"]
    assert home.starts(W48.shift(1)) == ["Mon 30 00:00"]


def test_an_event_of_several_days_takes_their_working_hours(home: Home) -> None:
    people = ("ORGANIZER:mailto:ana@example.org", "DTEND:20261127T120000Z")
    home.path.write_bytes(calendar(event(*people, start="DTSTART:20261125T090000Z", title="Offsite")))
    home.read()
    assert home.starts(W48) == ["Wed 25 10:00", "Thu 26 09:00", "Fri 27 09:00"]


def test_two_occurrences_on_one_day_have_ids_of_their_own(home: Home) -> None:
    home.path.write_bytes(calendar(event("RRULE:FREQ=HOURLY;COUNT=3", "DURATION:PT15M")))
    home.read()
    planner = Planner(home.folders, StillClock(moment("tue 11:37")), "cli", ZONE)
    blocks = [block for block in planner.snapshot(W48).week(W48).blocks if block.source == "calendar"]
    assert len({block.uid for block in blocks}) == 3
    assert all(planner.locate(block.uid).uid == block.uid for block in blocks)


def test_the_same_event_of_two_calendars_counts_once(tmp_path: Path, home: Home) -> None:
    other = Source("copy", path=str(tmp_path / "copy.ics"))
    for path in (home.path, Path(other.path)):
        path.write_bytes(calendar(event()))
    change_settings(home.folders.config, sources=(home.source, other))
    refresh(home.folders, [home.source, other], (ME,), moment("tue 11:37"), ZONE)
    assert home.starts(W48) == ["Tue 24 11:00"]


def test_a_cache_that_is_cut_short_or_swept_is_as_if_not_read(home: Home) -> None:
    home.path.write_bytes(calendar(event()))
    home.read()
    kept = Path(CachedSource(home.folders.cache, "work").path)
    whole = kept.read_bytes()
    for part in (whole[:-20], b"", b"\xff\x00{}\n2026-W48\t[[1]]", whole[: len(whole) // 2]):
        kept.write_bytes(part)
        assert home.starts(W48) == []
    kept.unlink()
    assert home.read().occurrences == 1
    assert home.starts(W48) == ["Tue 24 11:00"]


def test_another_week_another_address_of_mine_and_another_place_are_read_anew(
    home: Home, tmp_path: Path
) -> None:
    home.path.write_bytes(calendar(event("RRULE:FREQ=WEEKLY")))
    assert home.read().occurrences == 13
    later = datetime(2026, 12, 8, 9, tzinfo=ZONE)
    assert home.read(later).occurrences == 15
    moved = tmp_path / "moved.ics"
    moved.write_bytes(calendar(event(start="DTSTART:20261125T100000Z")))
    assert home.read(later, path=str(moved)).occurrences == 1


@pytest.mark.process
def test_an_address_that_cannot_be_read_again_is_read_from_what_was_kept(home: Home, tmp_path: Path) -> None:
    import sys

    text = tmp_path / "out.ics"
    text.write_bytes(calendar(event("RRULE:FREQ=WEEKLY")))
    command = (sys.executable, "-c", f"print(open({str(text)!r}).read())")
    source = Source("team", command=command)
    first = refresh(home.folders, [source], (ME,), moment("tue 11:37"), ZONE)[0]
    assert first.occurrences == 13
    later = datetime(2026, 12, 8, 9, tzinfo=ZONE)
    assert (
        refresh(home.folders, [source], (ME,), later, ZONE)[0].occurrences == 15
    )  # the same text, other weeks
    text.unlink()
    failed = refresh(home.folders, [source], (ME,), later, ZONE)[0]
    assert failed.error
    assert failed.occurrences == 15
    text.write_bytes(calendar(event("RRULE:FREQ=WEEKLY")))
    assert refresh(home.folders, [source], (ME,), later, ZONE)[0].error == ""


def test_the_cache_is_for_its_owner_alone(home: Home) -> None:
    home.path.write_bytes(calendar(event()))
    home.read()
    folder = Path(home.folders.cache) / "calendars"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_a_week_is_decoded_when_it_is_asked_for(home: Home) -> None:
    home.path.write_bytes(calendar(event("RRULE:FREQ=WEEKLY")))
    home.read()
    found = load(home.folders.cache, ["work"], ())
    assert len(found.weeks) == 0
    assert len(found.weeks.get("2026-W48", ())) == 1
    assert found.weeks.get("1999-W01", ()) == ()


@pytest.mark.slow
def test_a_folder_of_twenty_thousand_files(home: Home, tmp_path: Path) -> None:
    folder = tmp_path / "cal"
    folder.mkdir()
    for number in range(20_000):
        start = f"DTSTART:20{10 + number % 20}0{1 + number % 9}0{1 + number % 9}T100000Z"
        (folder / f"{number}.ics").write_bytes(calendar(event(uid=str(number), start=start)))
    (folder / "this.ics").write_bytes(calendar(event(uid="this")))
    assert home.read(path=str(folder)).events == 20_001
    begun = time.perf_counter()
    home.read(path=str(folder))
    assert time.perf_counter() - begun < 5  # only looked at
    assert home.starts(W48) == ["Tue 24 11:00"]


def test_a_meeting_in_a_file_that_may_not_be_read_is_counted_and_not_told_as_cancelled(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "vdir"
    folder.mkdir()
    for name in ("a", "b"):
        (folder / f"{name}.ics").write_bytes(calendar(event("ORGANIZER:mailto:ana@example.org", uid=name)))
    assert home.read(path=str(folder)).events == 2
    read = fs.read_file

    def refused(path: str, *most: int) -> bytes | None:
        if path.endswith("a.ics"):
            raise PermissionError(13, "Permission denied", path)
        return read(path, *most)

    (folder / "b.ics").write_bytes(calendar(event("ORGANIZER:mailto:ana@example.org", uid="b", title="new")))
    monkeypatch.setattr(fs, "read_file", refused)
    state = home.read(path=str(folder))
    assert state.problems == (("is in a file that may not be read", 1, "a.ics"),)
    assert state.news == ()
    monkeypatch.undo()
    assert home.read(path=str(folder)).events == 2
