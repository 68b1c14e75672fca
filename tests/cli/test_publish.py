"""Boxes go out as busy time under ids that stay; what others made of them is kept, nothing foreign lost."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import icalendar
import pytest

from tests.calendars.files import calendar, event
from tests.cli.conftest import Techlead


@pytest.fixture
def folder(tmp_path: Path, techlead: Techlead) -> Path:
    path = tmp_path / "boxes"
    path.mkdir()
    assert techlead("source", "publish", str(path)).code == 0
    return path


def events(folder: Path) -> dict[str, Any]:
    """Return the events in a folder by their title and start."""
    found = {}
    for path in folder.glob("*.ics"):
        (one,) = icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")
        found[f"{one['SUMMARY']} {one['DTSTART'].dt:%m-%d %H:%M}"] = (path, one)
    return found


def published(techlead: Techlead, *more: str) -> dict[str, Any]:
    found: dict[str, Any] = techlead("sync", *more, "--json").json["sync"]["published"]
    return found


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.slow
def test_boxes_of_eight_weeks_are_single_busy_events_in_utc(techlead: Techlead, folder: Path) -> None:
    done = published(techlead)
    found = events(folder)
    assert (done["added"], done["events"]) == (len(found), len(found))
    assert len(found) > 80
    _, one = found["Deep work 11-26 09:00"]
    assert one["DTSTART"].dt.tzname() == "UTC"
    assert (one["TRANSP"], one["X-MICROSOFT-CDO-BUSYSTATUS"], one["SEQUENCE"]) == ("OPAQUE", "BUSY", 0)
    assert "METHOD" not in icalendar.Calendar.from_ical(found["Deep work 11-26 09:00"][0].read_bytes())
    assert "RRULE" not in one
    assert max(found, key=lambda name: found[name][1]["DTSTART"].dt) >= "Deep work 01-"
    assert not any("1:1" in name for name in found)  # a meeting has an event of its own


def test_a_second_sync_without_changes_writes_nothing(
    techlead: Techlead, folder: Path, tmp_path: Path
) -> None:
    published(techlead)
    before, journal = contents(folder), (tmp_path / "home" / "data" / "journal.jsonl").read_bytes()
    inodes = sorted(path.stat().st_ino for path in folder.iterdir())
    assert published(techlead)["added"] == 0
    assert contents(folder) == before
    assert sorted(path.stat().st_ino for path in folder.iterdir()) == inodes
    assert (tmp_path / "home" / "data" / "journal.jsonl").read_bytes() == journal


def test_a_dry_run_shows_the_plan_and_writes_nothing(techlead: Techlead, folder: Path) -> None:
    shown = techlead("sync", "--dry-run")
    assert "publish “Deep work”, Thu 26 Nov 09:00" in shown.out
    assert published(techlead, "--dry-run")["added"] > 80
    assert list(folder.iterdir()) == []


def test_a_box_that_moves_keeps_its_id_and_counts_up(
    techlead: Techlead, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    techlead("add", "2026-11-30", "6-7", "pool", "+code", "--override", "x")
    published(techlead)
    path, old = events(folder)["pool 11-30 06:00"]
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T12:00")
    techlead("move", "pool", "2026-11-30", "7:00", "--override", "x")
    done = published(techlead)
    assert (done["added"], done["changed"], done["removed"]) == (0, 1, 0)
    there, new = events(folder)["pool 11-30 07:00"]
    assert (there, new["UID"], new["SEQUENCE"]) == (path, old["UID"], 1)
    assert new["DTSTAMP"].dt > old["DTSTAMP"].dt
    techlead("rm", "pool")
    assert published(techlead)["removed"] == 1
    assert not path.exists()


@pytest.mark.slow
def test_every_box_may_have_one_title(techlead: Techlead, folder: Path) -> None:
    assert techlead("source", "publish", "--title", "👩‍💻 Focus time").code == 0
    published(techlead)
    assert {name.rpartition(" ")[0].rpartition(" ")[0] for name in events(folder)} == {"👩‍💻 Focus time"}
    assert published(techlead)["outside"] == []
    techlead("source", "publish", "--title", "")
    assert published(techlead)["changed"] > 80
    assert "Deep work 11-26 09:00" in events(folder)


@pytest.mark.slow
def test_what_others_change_stays_and_is_told_once(techlead: Techlead, folder: Path) -> None:
    published(techlead)
    path, _ = events(folder)["Deep work 11-26 09:00"]
    changed = path.read_bytes().replace(b"20261126T090000Z", b"20261126T091500Z")
    path.write_bytes(changed)
    (outside,) = published(techlead)["outside"]
    assert (outside["what"], outside["summary"]) == ("changed_outside", "Deep work")
    assert outside["now"]["start"] == "2026-11-26T09:15:00+00:00"
    assert path.read_bytes() == changed
    assert published(techlead)["outside"] == []
    assert path.read_bytes() == changed
    assert published(techlead, "--ours")["changed"] == 1
    assert b"20261126T090000Z" in path.read_bytes()
    assert b"SEQUENCE:1" in path.read_bytes()


@pytest.mark.slow
def test_following_a_change_from_outside_settles_it(techlead: Techlead, folder: Path) -> None:
    techlead("add", "2026-11-30", "6-7", "pool", "+code", "--override", "x")
    published(techlead)
    path, _ = events(folder)["pool 11-30 06:00"]
    text = path.read_bytes().replace(b"T070000Z", b"T080000Z").replace(b"T060000Z", b"T070000Z")
    path.write_bytes(text)
    assert "techlead move" in techlead("sync").out
    techlead("move", "pool", "2026-11-30", "7:00-8:00", "--override", "x")
    before = contents(folder)
    done = published(techlead)
    assert (done["changed"], done["outside"]) == (0, [])
    assert contents(folder) == before


@pytest.mark.slow
def test_a_file_that_a_server_has_rewritten_is_no_change(techlead: Techlead, folder: Path) -> None:
    published(techlead)
    for path in folder.iterdir():
        text = path.read_bytes().replace(b"END:VEVENT", b"X-SERVER:1\r\nEND:VEVENT")
        path.write_bytes(text.replace(b"DTSTAMP:2026", b"DTSTAMP:2025"))
    before = contents(folder)
    done = published(techlead)
    assert (done["added"], done["changed"], done["outside"]) == (0, 0, [])
    assert contents(folder) == before


@pytest.mark.slow
def test_what_others_delete_is_published_no_more(techlead: Techlead, folder: Path) -> None:
    count = published(techlead)["events"]
    path, _ = events(folder)["Deep work 11-26 09:00"]
    path.unlink()
    (outside,) = published(techlead)["outside"]
    assert (outside["what"], outside["now"]) == ("deleted_outside", None)
    assert published(techlead)["outside"] == []
    assert not path.exists()
    assert published(techlead, "--ours")["added"] == 1
    assert len(events(folder)) == count


@pytest.mark.slow
def test_an_emptied_folder_is_filled_again_and_one_that_is_gone_is_told(
    techlead: Techlead, folder: Path
) -> None:
    count = published(techlead)["events"]
    for path in folder.iterdir():
        path.unlink()
    assert published(techlead)["added"] == count
    folder.rename(folder.with_name("elsewhere"))
    gone = techlead("sync")
    assert (gone.code, "cannot be read" in gone.err) == (5, True)


def test_what_others_moved_is_told_although_boxes_cannot_be_published(
    techlead: Techlead, folder: Path, tmp_path: Path
) -> None:
    work = tmp_path / "work.ics"
    for start in ("20261126T100000Z", "20261126T160000Z"):
        work.write_bytes(calendar(event("ORGANIZER:mailto:ana@example.org", start=f"DTSTART:{start}")))
        if start.endswith("T100000Z"):
            assert techlead("source", "add", str(work)).code == 0
    folder.rename(folder.with_name("elsewhere"))
    done = techlead("sync", "--json")
    assert done.code == 5
    assert "cannot be read" in done.err
    assert [news["what"] for news in done.json["sync"]["news"]] == ["moved"]
    assert done.json["sync"]["published"] is None


def test_nothing_foreign_is_touched(techlead: Techlead, folder: Path) -> None:
    foreign = {"a.ics": calendar(event(uid="a")), "b.txt": b"x", ".lock": b""}
    for name, data in foreign.items():
        (folder / name).write_bytes(data)
    published(techlead)
    assert techlead("source", "publish", "--off").code == 0
    techlead("sync")
    assert contents(folder) == foreign


@pytest.mark.slow
def test_a_crash_before_the_ledger_is_written_doubles_nothing(
    techlead: Techlead, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from techlead_tui.planner.planner import Planner

    def crash(*_: object) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr(Planner, "note", crash)
        assert techlead("sync").code == 4
    before = contents(folder)
    assert published(techlead)["added"] == 0
    assert contents(folder) == before
    assert published(techlead)["events"] == len(before)


@pytest.mark.slow
def test_a_single_file_holds_them_all_and_one_with_others_events_is_refused(
    techlead: Techlead, tmp_path: Path
) -> None:
    path = tmp_path / "boxes.ics"
    techlead("add", "2026-11-30", "6-7", "pool  \u202efix", "+code", "--override", "x")
    techlead("source", "publish", str(path))
    count = published(techlead)["events"]
    assert len(icalendar.Calendar.from_ical(path.read_bytes()).walk("VEVENT")) == count
    before = path.read_bytes()
    assert b"SUMMARY:pool fix" in before
    assert published(techlead)["outside"] == []
    assert path.read_bytes() == before
    path.write_bytes(calendar(event(uid="a")))
    refused = techlead("sync")
    assert (refused.code, "holds 1 event of others" in refused.err) == (5, True)
    assert path.read_bytes() == calendar(event(uid="a"))


@pytest.mark.slow
def test_a_published_box_that_is_read_again_is_counted_once(techlead: Techlead, folder: Path) -> None:
    published(techlead)
    added = techlead("source", "add", str(folder), "--json").json["source"]
    assert added["occurrences"] == 0
    assert added["left_out"]["published"] > 20


@pytest.mark.slow
def test_export_prints_what_would_be_published(techlead: Techlead, folder: Path) -> None:
    whole = techlead("export", "--ics", "--json").json["ics"]
    found = icalendar.Calendar.from_ical(whole)
    assert len(found.walk("VEVENT")) == published(techlead)["events"]
    assert "\r\n" in whole
    assert {str(one["UID"]) for one in found.walk("VEVENT")} == {path.name[:-4] for path in folder.iterdir()}
    assert techlead("export").code == 2


def test_a_place_that_is_none_is_refused(techlead: Techlead, tmp_path: Path) -> None:
    assert techlead("source", "publish", str(tmp_path / "nothing")).code == 4
    assert techlead("source", "publish").out.startswith("Nothing is published")
    assert techlead("source", "publish", "--json").json["publish"] == {"path": None, "title": None}


@pytest.mark.usefixtures("folder")
def test_undo_takes_back_ones_own_last_step_and_not_the_ledger(techlead: Techlead) -> None:
    techlead("add", "2026-11-30", "6-7", "pool", "+code", "--override", "x")
    published(techlead)
    assert "pool" in techlead("undo").out
    assert published(techlead)["removed"] == 1
