"""What is due runs once, whoever looks; a failure is kept for doctor; without a claim nothing runs."""

from __future__ import annotations

import json
from pathlib import Path
from threading import Barrier, Thread
from typing import Any

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders, settings_path
from techlead_tui.core.hook import Hook
from techlead_tui.errors import DataError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.quick_tick import is_quiet
from techlead_tui.planner.tick import Ran, attempt, is_due, problems, tick
from tests.core.weeks import ZONE, add, moment

CONFIG = """
[[hooks]]
on = "focus-start"
command = ["python3", "-c", "pass"]

[[hooks]]
on = "commit"
command = ["nonesuch", "--loud"]
"""


class Home:
    """One home that several look at, each with a clock of its own."""

    def __init__(self, folder: Path) -> None:
        self.folders = Folders.under(str(folder / "home"))
        path = Path(settings_path(self.folders.config))
        path.parent.mkdir(parents=True)
        path.write_text(CONFIG)
        self.told: list[tuple[str, str]] = []
        self.error: str | None = None

    def planner(self, when: str) -> Planner:
        return Planner(self.folders, StillClock(moment(when)), "cli", ZONE)

    def run(self, _hook: Hook, told: dict[str, Any]) -> str | None:
        self.told.append((told["event"], told["at"][11:16]))
        return self.error

    def tick(self, when: str) -> list[Ran]:
        return tick(self.planner(when), self.run)


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_the_first_look_runs_nothing_and_the_next_one_each_moment_once(home: Home) -> None:
    for when in ("mon 10:58", "mon 11:00", "mon 11:00", "mon 11:01"):
        home.tick(when)
    assert home.told == [("focus-start", "11:00")]


def test_one_who_only_asks_writes_nothing(home: Home) -> None:
    assert is_due(home.planner("mon 10:58"))  # for the first time
    home.tick("mon 10:58")
    assert not is_due(home.planner("mon 10:59"))
    assert is_due(home.planner("mon 11:00"))
    assert is_due(home.planner("mon 11:00"))
    home.tick("mon 11:00")
    assert not is_due(home.planner("mon 11:00"))


def test_a_look_notes_down_until_when_nothing_is_due(home: Home) -> None:
    def is_still(when: str) -> bool:
        return is_quiet(home.folders, StillClock(moment(when)))

    assert not is_still("mon 10:58")
    home.tick("mon 10:58")
    assert is_still("mon 10:58")
    assert is_still("mon 10:59")
    assert not is_still("mon 10:57")  # the clock was set back
    assert not is_still("mon 11:00")
    home.tick("mon 11:00")
    assert is_still("mon 11:04")
    home.planner("mon 11:01").apply(add("fri 17:00-17:30", kind="async"), ["add", "x"])
    assert not is_still("mon 11:04")  # a change of plan
    home.tick("mon 11:02")
    assert is_still("mon 11:04")
    path = Path(settings_path(home.folders.config))
    path.write_text(CONFIG + "\n")
    assert not is_still("mon 11:04")
    path.write_text("")
    home.planner("mon 11:04")
    assert is_still("mon 11:05")  # no command any more
    home.planner("mon 11:04")
    (Path(home.folders.cache) / "hooks" / "quiet.json").write_text('["x"')
    path.write_text(CONFIG)
    assert not is_still("mon 11:04")


def test_several_that_look_at_once_run_it_once(home: Home) -> None:
    home.tick("mon 10:58")
    together = Barrier(4)

    def look() -> None:
        planner = home.planner("mon 11:00")
        together.wait()
        tick(planner, home.run)

    threads = [Thread(target=look) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert home.told == [("focus-start", "11:00")]


def test_a_failure_is_told_until_it_goes_well(home: Home) -> None:
    home.tick("mon 10:58")
    home.error = "python3 ended with 1"
    (ran,) = home.tick("mon 11:00")
    assert ran.error == home.error
    planner = home.planner("mon 11:05")
    assert problems(planner) == [
        "hooks[1].command: failed at focus-start, 2026-11-23 11:00: python3 ended with 1",
        "hooks[2].command: there is no program “nonesuch”",
    ]
    home.error = None
    home.tick("mon 14:00")
    assert problems(home.planner("mon 14:00")) == ["hooks[2].command: there is no program “nonesuch”"]


@pytest.mark.parametrize(
    "text", ["", "{}", "[1]", '{"until":"x"}', '{"until":"2026-11-23T10:00:00"}', "\x00"]
)
def test_what_was_seen_may_be_garbled(home: Home, text: str) -> None:
    home.tick("mon 10:58")
    (Path(home.folders.cache) / "hooks" / "ticked.json").write_text(text)
    assert home.tick("mon 11:00") == []  # as if it were the first look
    assert [ran.due.event for ran in home.tick("mon 14:00")] == ["focus-start"]


def test_where_it_cannot_be_claimed_nothing_runs(home: Home) -> None:
    home.tick("mon 10:58")
    folder = Path(home.folders.cache) / "hooks"
    (folder / "ticked.json.lock").unlink()
    (folder / "ticked.json.lock").mkdir()
    with pytest.raises(DataError):
        home.tick("mon 11:00")
    assert home.told == []


def test_a_change_runs_its_commands_and_one_by_a_command_does_not(home: Home) -> None:
    home.tick("wed 07:00")
    for origin, when in (("cli", "fri 17:00-17:30"), ("hook", "thu 17:00-17:30")):
        planner = Planner(home.folders, StillClock(moment("wed 07:01")), origin, ZONE)
        planner.apply(add(when, kind="async"), ["add", "x"])
        home.tick("wed 07:01")
    assert [event for event, _ in home.told] == ["commit"]


def test_an_event_is_tried_at_any_time_and_counts_as_none(home: Home) -> None:
    home.tick("mon 10:58")
    (ran,) = attempt(home.planner("mon 10:59"), "focus-start", home.run)
    assert ran.told["block"]["summary"] == "Deep work"
    assert [one.due.event for one in home.tick("mon 11:00")] == ["focus-start"]


def test_without_a_command_nothing_is_written(home: Home) -> None:
    Path(settings_path(home.folders.config)).write_text("")
    assert home.tick("mon 11:00") == []
    assert not (Path(home.folders.cache) / "hooks").exists()


def test_what_is_kept_is_for_its_owner_alone(home: Home) -> None:
    home.tick("mon 10:58")
    folder = Path(home.folders.cache) / "hooks"
    assert folder.stat().st_mode & 0o077 == 0
    assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())
    assert set(json.loads((folder / "ticked.json").read_text())) == {"until", "seq", "focus_until", "failed"}
