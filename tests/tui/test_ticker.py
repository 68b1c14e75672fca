"""The open screen runs what is due, tells quietly what failed, and looks no further while nothing happens."""

from __future__ import annotations

from datetime import UTC, tzinfo
from pathlib import Path

import pytest
from textual.message import Message

from techlead_tui.config.clock import StillClock
from techlead_tui.config.local_time import Clock
from techlead_tui.config.paths import Folders, settings_path
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.tick import run_apart, tick
from techlead_tui.tui.ticker import CommandFailed, Ticker
from tests.core.weeks import ZONE, moment
from tests.tui.conftest import Opener


def planner_at(folder: Path, when: str, zone: tzinfo = ZONE) -> Planner:
    folders = Folders.under(str(folder))
    path = Path(settings_path(folders.config))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text('[[hooks]]\non = "focus-start"\ncommand = ["nonesuch"]\n')
    return Planner(folders, StillClock(moment(when, zone=zone)), "tui", zone)


def test_it_runs_what_is_due_and_posts_what_failed(tmp_path: Path) -> None:
    tick(planner_at(tmp_path, "mon 10:58"))
    posted: list[Message] = []
    calls: list[int] = []

    def run(_folders: Folders, ahead: int) -> list[str]:
        calls.append(ahead)
        return ["nonesuch cannot be run"]

    for when, due in (("mon 10:59", 0), ("mon 11:00", 1)):
        ticker = Ticker(planner_at(tmp_path, when), posted.append, run)  # type: ignore[arg-type]
        ticker.look()
        ticker.look()  # nothing has happened since
        assert len(calls) == due
    assert [one.text for one in posted if isinstance(one, CommandFailed)] == ["nonesuch cannot be run"]


@pytest.mark.process
@pytest.mark.slow
def test_the_process_of_its_own_says_what_failed(tmp_path: Path) -> None:
    planner = planner_at(tmp_path, "mon 10:58", UTC)  # the zone of the tests' processes
    tick(planner)
    ahead = int(moment("mon 11:00", zone=UTC).timestamp()) - Clock().moment()
    assert list(run_apart(planner.folders, ahead)) == ["nonesuch cannot be run: no such file or directory"]


async def test_a_failure_is_a_quiet_line_and_none_over_what_is_typed(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        screen.app.on_command_failed(CommandFailed("slack ended with 1: \x1b[31m[b]no[/b]"))
        await screen.settle()
        assert "slack ended with 1: \ufffd[31m[b]no[/b]" in screen.text()
        await screen.press("a", "x")
        screen.app.on_command_failed(CommandFailed("another one"))
        await screen.settle()
        assert "another one" not in screen.text()
