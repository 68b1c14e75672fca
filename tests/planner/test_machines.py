"""Machines that share a folder end up in step, whatever happens to the folder, to a file or to a machine."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

import pytest

from techlead_tui import fs
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.clashes import clash_text
from techlead_tui.core.edits import AddBlock, EditBlock, MoveBlock, RemoveBlock, SetDay
from techlead_tui.core.merging import LOCAL
from techlead_tui.core.records import Change, Record
from techlead_tui.errors import DataError
from techlead_tui.planner import machines
from techlead_tui.planner.machines import Shared, sync_machines
from techlead_tui.planner.planner import Planner
from techlead_tui.store import shared_folder
from techlead_tui.store.store import Store

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
W48 = IsoWeek(2026, 48)
MON, WED = W48.day(1), W48.day(3)
CODE = AddBlock("connection pool", WED, 840, 960, "deep_work", "code")


class Machine(NamedTuple):
    """A home, and the folder that it shares."""

    home: Path
    shared: Path

    def planner(self, now: datetime = SUNDAY) -> Planner:
        return Planner(Folders.under(str(self.home)), StillClock(now), "cli", BERLIN)

    def add(self, title: str, now: datetime = SUNDAY) -> str:
        done = self.planner(now).apply(CODE._replace(summary=title, override="a test"), ["add", title])
        assert not done.refused
        return done.uid

    def title(self, uid: str, title: str, now: datetime = SUNDAY) -> None:
        self.planner(now).apply(EditBlock(uid, WED, {"summary": title}), ["edit"])

    def sync(self, now: datetime = SUNDAY) -> Shared:
        done = sync_machines(self.planner(now))
        assert done is not None
        return done

    def records(self) -> dict[tuple[str, str, str], Record]:
        with Store(str(self.home / "data")).reading() as reading:
            return {
                (bucket, table, uid): record
                for bucket in [*reading.buckets(), "open"]
                for table, records in reading.records(bucket).items()
                if table not in LOCAL
                for uid, record in records.items()
            }

    def titles(self) -> list[str]:
        return sorted(
            str(one["summary"]) for (_, table, _), one in self.records().items() if table == "blocks"
        )

    def file(self) -> Path:
        state = machines.machines_state(self.planner())
        assert state is not None
        return self.shared / state.file


@pytest.fixture
def machine(tmp_path: Path) -> Callable[[str], Machine]:
    def made(name: str) -> Machine:
        config = tmp_path / name / "config"
        config.mkdir(parents=True)
        shared = tmp_path / "shared"
        (config / "config.toml").write_text(f'[machines]\nfolder = "{shared}"\nname = "{name}"\n')
        return Machine(tmp_path / name, shared)

    return made


Make = Callable[[str], Machine]


@pytest.fixture
def two(machine: Make) -> tuple[Machine, Machine]:
    """A laptop and a desktop that both know one block."""
    laptop, desktop = machine("laptop"), machine("desktop")
    laptop.add("connection pool")
    for one in (laptop, desktop, laptop):
        one.sync()
    return laptop, desktop


def in_step(*all_of_them: Machine) -> None:
    for one in (*all_of_them, *all_of_them):
        one.sync()
    first = all_of_them[0].records()
    assert first
    assert all(one.records() == first for one in all_of_them)


def test_old_homes_join_as_they_are(machine: Make) -> None:
    one, two, three = map(machine, "abc")
    one.add("of one")
    two.add("of two")
    three.planner().apply(SetDay(MON, "on-call"), ["day"])
    in_step(one, two, three)
    assert one.titles() == ["of one", "of two"]
    assert len(one.records()) == 3


def test_a_second_sync_without_changes_writes_nothing(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    desktop.sync()

    def files() -> dict[Path, tuple[int, int]]:
        found = [path for path in laptop.home.parent.rglob("*") if path.is_file()]
        return {path: (path.stat().st_size, path.stat().st_mtime_ns) for path in found}

    before = files()
    for one in (laptop, desktop):
        assert one.sync().sent == 0
    assert files() == before


def test_what_comes_is_one_transaction_with_its_origin_and_its_words(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.sync()
    done = desktop.sync()
    assert [(one.name, one.added) for one in done.machines] == [("laptop", 1)]
    last = desktop.planner().history(1)[0]
    assert (last.origin, last.words, last.turn) == ("machine laptop", ["add", "second"], "do")


def test_undo_takes_it_back_here_and_then_everywhere(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.sync()
    desktop.sync()
    desktop.planner().undo()
    assert desktop.titles() == ["connection pool"]
    in_step(desktop, laptop)
    assert laptop.titles() == ["connection pool"]
    desktop.planner().redo()
    in_step(desktop, laptop)
    assert laptop.titles() == ["connection pool", "second"]


def test_of_two_titles_the_later_stays_and_both_histories_say_what_gave_way(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    ((_, _, uid),) = laptop.records()
    laptop.title(uid, "early", SUNDAY + timedelta(minutes=1))
    desktop.title(uid, "late", SUNDAY + timedelta(minutes=2))
    in_step(laptop, desktop)
    assert laptop.titles() == ["late"]
    for one in two:
        told = [clash_text(clash) for entry in one.planner().history() for clash in entry.gave_way]
        assert told == ["“late”: its title, “early” on laptop, gave way to “late” on desktop"]


def test_a_block_moved_here_and_lengthened_there_is_never_a_mixture_of_both(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    ((_, _, uid),) = laptop.records()
    laptop.planner().apply(MoveBlock(uid, WED, W48.day(4), 540), ["move"])
    later = desktop.planner(SUNDAY + timedelta(minutes=9))
    later.apply(EditBlock(uid, WED, {"end": 1020}), ["edit"])
    in_step(laptop, desktop)
    (record,) = laptop.records().values()
    assert (record["day"], record["start"], record["end"]) == (WED.isoformat(), 840, 1020)
    told = [clash_text(clash) for entry in laptop.planner().history() for clash in entry.gave_way]
    assert told == [
        "“connection pool”: Thu 26 Nov 09:00–11:00 on laptop gave way to Wed 25 Nov 14:00–17:00 on desktop"
    ]


def test_a_month_offline_and_clocks_apart_by_hours_end_in_step(machine: Make) -> None:
    one, two, three = map(machine, "abc")
    uid = one.add("connection pool")
    for each in (one, two, three):
        each.sync()
    for day in range(0, 30, 3):
        two.add(f"of two, {day}", SUNDAY + timedelta(days=day, hours=9))
        three.title(uid, f"of three, {day}", SUNDAY + timedelta(days=day, hours=-7))
    three.sync(SUNDAY + timedelta(days=30, hours=-7))
    one.sync(SUNDAY + timedelta(days=30))
    one.title(uid, "knew it", SUNDAY + timedelta(days=3))  # by a clock that was set back
    in_step(one, two, three)
    assert len(one.titles()) == 11
    assert "knew it" in one.titles()


def cut(path: Path, length: int) -> bytes:
    whole = path.read_bytes()
    path.write_bytes(whole[:length])
    return whole


def test_half_a_line_is_waited_for(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.add("third")
    laptop.sync()
    whole = cut(laptop.file(), laptop.file().stat().st_size - 40)
    done = desktop.sync()
    assert desktop.titles() == ["connection pool", "second"]
    assert done.machines[0].problem == "ends in the middle of line 3; waiting for the rest"
    laptop.file().write_bytes(whole)
    assert desktop.sync().machines[0].problem == ""
    in_step(desktop, laptop)
    assert desktop.titles() == ["connection pool", "second", "third"]


def test_a_missing_line_is_waited_for_and_said(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.add("third")
    laptop.sync()
    whole = laptop.file().read_bytes()
    lines = whole.splitlines(keepends=True)
    laptop.file().write_bytes(lines[0] + lines[2])
    assert desktop.sync().machines[0].problem == "line 2 is missing; waiting for what follows"
    assert desktop.titles() == ["connection pool"]
    laptop.file().write_bytes(whole)
    in_step(desktop, laptop)


def test_a_flipped_bit_is_said_and_the_owner_mends_it_with_a_new_file(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.sync()
    data = bytearray(laptop.file().read_bytes())
    data[-60] ^= 4
    laptop.file().write_bytes(data)
    assert desktop.sync().machines[0].problem == "line 2 is damaged; waiting for what follows"
    assert desktop.titles() == ["connection pool"]
    assert "is not as this machine wrote it" in laptop.sync().notes[0]
    in_step(desktop, laptop)
    assert desktop.titles() == ["connection pool", "second"]


def test_a_machine_that_was_set_back_gets_all_again_under_a_new_name(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    shutil.copytree(laptop.home / "data", laptop.home / "old")
    laptop.add("second")
    laptop.sync()
    shutil.rmtree(laptop.home / "data")
    (laptop.home / "old").rename(laptop.home / "data")
    laptop.add("after the reset")
    in_step(laptop, desktop)
    assert laptop.titles() == ["after the reset", "connection pool", "second"]
    assert len(list(laptop.shared.iterdir())) == 3


def test_an_emptied_machine_gets_all_again(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    shutil.rmtree(laptop.home / "data")
    shutil.rmtree(laptop.home / "cache", ignore_errors=True)
    in_step(laptop, desktop)
    assert laptop.titles() == ["connection pool"]


def test_two_machines_made_of_one_disk_image_part_ways(two: tuple[Machine, Machine], machine: Make) -> None:
    laptop, desktop = two
    twin = machine("twin")
    shutil.copytree(laptop.home / "data", twin.home / "data")
    twin.add("of the twin")
    laptop.add("of the laptop")
    in_step(laptop, twin, desktop)
    assert desktop.titles() == ["connection pool", "of the laptop", "of the twin"]


def test_a_renamed_machine_stays_the_same_one(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    config = laptop.home / "config" / "config.toml"
    config.write_text(config.read_text().replace('"laptop"', '"atlas"'))
    laptop.add("second")
    laptop.sync()
    desktop.sync()
    assert desktop.planner().history(1)[0].origin == "machine atlas"
    assert len(list(laptop.shared.iterdir())) == 2


def test_a_folder_that_is_gone_is_said_and_one_that_is_emptied_is_filled_again(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    laptop.shared.rename(laptop.shared.with_name("away"))
    laptop.add("second")
    done = laptop.sync()
    assert done.error == f"the shared folder {laptop.shared} is gone"
    assert not laptop.shared.exists()
    laptop.shared.mkdir()
    in_step(laptop, desktop)
    assert desktop.titles() == ["connection pool", "second"]


def test_a_lost_state_means_only_reading_again(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    desktop.add("second")
    desktop.sync()
    before = len(laptop.planner().history())
    for _ in range(2):
        (laptop.home / "data" / "machines.jsonl").unlink()
        in_step(laptop, desktop)
    assert laptop.titles() == ["connection pool", "second"]
    assert len(laptop.planner().history()) == before + 1  # what was new, once


def test_a_damaged_state_is_kept_and_begins_anew(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    state = laptop.home / "data" / "machines.jsonl"
    state.write_bytes(state.read_bytes().replace(b"connection", b"c0nnection"))
    planner = laptop.planner()
    sync_machines(planner)
    assert "machines.jsonl was damaged" in planner.notices[0]
    in_step(laptop, desktop)
    assert laptop.titles() == ["connection pool"]


def test_a_journal_that_was_set_back_by_hand_gets_what_it_lost_and_keeps_what_is_new(
    two: tuple[Machine, Machine],
) -> None:
    laptop, desktop = two
    names = ("journal.jsonl", "recent.jsonl")
    old = {name: (laptop.home / "data" / name).read_bytes() for name in names}
    laptop.add("second", SUNDAY + timedelta(hours=1))
    laptop.add("third", SUNDAY + timedelta(hours=2))
    laptop.sync(SUNDAY + timedelta(hours=2))
    for name, data in old.items():
        (laptop.home / "data" / name).write_bytes(data)
    for hour in (3, 4, 5):
        laptop.add(f"new {hour}", SUNDAY + timedelta(hours=hour))
    in_step(laptop, desktop)
    assert laptop.titles() == ["connection pool", "new 3", "new 4", "new 5", "second", "third"]


def test_what_is_no_machines_file_is_left_alone(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    shared = laptop.shared
    (shared / "notes.jsonl").write_text('{"mine": true}\n')
    (shared / "README.md").write_text("hello")
    (shared / "folder.jsonl").mkdir()
    os.mkfifo(shared / "pipe.jsonl")
    with open(shared / "huge.jsonl", "wb") as file:
        file.write(shared_folder.START)
        file.truncate(shared_folder.LARGEST + 1)
    laptop.add("second")
    in_step(laptop, desktop)
    problems = {one.file: one.problem for one in desktop.sync().machines if one.problem}
    assert problems["notes.jsonl"] == "is not a machine's file and is left alone"
    assert problems["huge.jsonl"] == "is larger than 256 MB and is not read"
    assert problems["pipe.jsonl"] == "cannot be read: not a file"
    assert "folder.jsonl" in problems
    assert (shared / "notes.jsonl").read_text() == '{"mine": true}\n'


def test_a_line_of_a_newer_version_is_waited_for(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    with open(laptop.file(), "ab") as file:
        file.write(b'{"seq":2,"format":9,"machine":"x","sum":"00000000"}\n')
    problem = desktop.sync().machines[0].problem
    assert problem == "line 2 is of a newer techlead (format 9): update this one to read on"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_without_rights_is_said_and_nothing_is_lost(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.file().chmod(0o400)
    laptop.shared.chmod(0o500)
    assert "permission denied" in laptop.sync().error
    laptop.file().chmod(0o600)
    laptop.shared.chmod(0o700)
    in_step(laptop, desktop)


class Killed(BaseException):
    """The process ends here, as a kill would end it."""


@pytest.mark.slow
@pytest.mark.parametrize("call", ["write", "sync", "rename"])
def test_a_kill_at_any_step_of_a_sync_loses_and_doubles_nothing(
    machine: Make, monkeypatch: pytest.MonkeyPatch, call: str
) -> None:
    laptop, desktop = machine("laptop"), machine("desktop")
    real = getattr(fs, call)
    laptop.add("first")
    desktop.add("of the desktop")
    in_step(laptop, desktop)
    for step in range(40):
        laptop.add(f"number {step}")
        desktop.add(f"of the desktop, {step}")
        desktop.sync()
        left = step // 2

        def dies(*args: Any) -> Any:
            nonlocal left
            left -= 1
            if left < 0:
                raise Killed
            return real(*args)

        monkeypatch.setattr(fs, call, dies)
        try:
            laptop.sync()
        except Killed:
            pass
        else:
            break
        finally:
            monkeypatch.setattr(fs, call, real)
    assert step > 1
    in_step(laptop, desktop)
    assert len(laptop.titles()) == 2 * step + 4
    came = [change.uid for e in laptop.planner().history() if e.origin != "cli" for change in e.changes]
    assert len(set(came)) == len(came)  # each once
    assert len(list(laptop.shared.iterdir())) == 2  # no crash is taken for another machine


def test_what_was_deleted_here_and_changed_later_there_comes_back_whole(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    ((_, _, uid),) = laptop.records()
    laptop.planner().apply(RemoveBlock(uid, WED), ["rm"])
    desktop.title(uid, "still wanted", SUNDAY + timedelta(minutes=3))
    in_step(laptop, desktop)
    (record,) = laptop.records().values()
    assert (record["summary"], record["start"]) == ("still wanted", 840)


def test_what_one_deleted_and_another_changed_later_is_there_also_where_both_are_heard_at_once(
    machine: Make,
) -> None:
    one, two, three = map(machine, "abc")
    uid = one.add("pool")
    for each in (one, two, three):
        each.sync()
    three.title(uid, "pool fix", SUNDAY + timedelta(minutes=1))
    one.planner(SUNDAY + timedelta(minutes=2)).apply(RemoveBlock(uid, WED), ["rm"])
    two.title(uid, "pool fix", SUNDAY + timedelta(minutes=3))
    one.sync()
    two.sync()
    three.sync()
    assert three.titles() == ["pool fix"]
    in_step(one, two, three)


def test_a_shared_folder_is_private(two: tuple[Machine, Machine]) -> None:
    laptop, _ = two
    assert laptop.shared.stat().st_mode & 0o777 == 0o700
    assert all(path.stat().st_mode & 0o777 == 0o600 for path in laptop.shared.iterdir())


def test_a_dry_run_says_what_would_come_and_writes_nothing(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.sync()
    before = desktop.records()
    done = sync_machines(desktop.planner(), dry=True)
    assert done is not None
    assert done.machines[0].added == 1
    assert desktop.records() == before
    assert desktop.sync().machines[0].added == 1


def test_a_full_disk_is_said_and_the_next_sync_goes_on(
    two: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    laptop, desktop = two
    laptop.add("second")
    laptop.sync()

    def full(*_: Any) -> int:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(fs, "write", full)
        with pytest.raises(DataError):
            desktop.sync()
    in_step(laptop, desktop)
    assert desktop.titles() == ["connection pool", "second"]


def test_names_with_quotation_marks_survive_in_the_state(two: tuple[Machine, Machine]) -> None:
    laptop, desktop = two
    odd = 'a"b\\c",[[ü'
    record: Record = {"uid": odd, "summary": 'x",[["y'}
    laptop.planner().note([Change("2026-W48", "series_reviews", odd, None, record)])
    for _ in range(2):
        laptop.add("another")
        in_step(laptop, desktop)
    assert desktop.records()["2026-W48", "series_reviews", odd] == record
