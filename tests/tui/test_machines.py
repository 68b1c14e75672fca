"""Other machines beside the open screen: what came and what gave way is said, and nothing waits for it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.session import LogSession
from techlead_tui.planner import refresh
from techlead_tui.planner.machines import sync_machines
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.refresher import CalendarsRead, Refresher
from tests.core.weeks import ZONE, moment
from tests.tui.conftest import Opener

NOW = moment("tue 11:37")


def home(tmp_path: Path, name: str) -> Planner:
    folders = Folders.under(str(tmp_path / name))
    config = Path(folders.config)
    config.mkdir(parents=True, exist_ok=True)
    text = f'first_run_done = true\n[machines]\nfolder = "{tmp_path / "shared"}"\nname = "{name}"\n'
    (config / "config.toml").write_text(text)
    return Planner(folders, StillClock(NOW), "cli", ZONE)


def log(planner: Planner, what: str) -> None:
    start, end = "2026-11-24T09:00:00+01:00", "2026-11-24T09:45:00+01:00"
    edit = LogSession(summary=what, start=start, end=end, zone="Europe/Berlin", week="2026-W48")
    planner.apply(edit, ["log", what])


def in_process(planner: Planner, seen: list[str]) -> Any:
    """What a process of its own would do, here."""

    def run(_folders: Folders, what: str) -> list[dict[str, Any]]:
        from techlead_tui.planner.machines import failed_of, news_of

        seen.append(what)
        done = sync_machines(planner)
        return [{"news": news_of(done), "failed": failed_of(done)}]

    return run


def test_the_machines_meet_when_something_has_changed_here_or_there_and_when_one_leaves(
    tmp_path: Path,
) -> None:
    laptop, desktop = home(tmp_path, "laptop"), home(tmp_path, "desktop")
    seen: list[str] = []
    said: list[Any] = []
    refresher = Refresher(laptop, said.append, in_process(laptop, seen))
    refresher.read_once()
    refresher.meet()
    assert seen == [refresh.ALL]  # nothing has changed since
    log(laptop, "pool fix")
    refresher.meet()
    refresher.meet()
    assert seen == [refresh.ALL, refresh.MACHINES]
    sync_machines(desktop)
    log(desktop, "of the other")
    sync_machines(desktop)
    refresher.meet()
    assert said[-1].text == "from desktop: 1 new"
    assert seen == [refresh.ALL, refresh.MACHINES, refresh.MACHINES]
    refresher.stop()
    assert len(seen) == 3
    log(laptop, "the last one")
    refresher.stop()
    assert seen[-1] == refresh.LEAVING


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    laptop = home(tmp_path, "laptop")
    said: list[Any] = []
    refresher = Refresher(laptop, said.append, in_process(laptop, []))
    refresher.read_once()
    (tmp_path / "shared").rename(tmp_path / "away")
    refresher.read_once()
    assert "could not be read" in said[-1].text
    assert "shared" in said[-1].text


async def test_what_gave_way_stands_on_the_screen(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        told = "“[b]late”: its title, “early” on laptop, gave way to “late” on desktop"
        screen.app.post_message(CalendarsRead({"news": [told], "failed": []}))
        await screen.settle()
        assert "gave way to “late” on desktop" in screen.text()


@pytest.mark.process
def test_a_process_meets_them_behind_one_who_leaves(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.conftest import environment

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    laptop = home(tmp_path, "laptop")
    log(laptop, "pool fix")
    assert list(refresh.run(laptop.folders, refresh.LEAVING)) == []  # it listens to nothing
    last = time.monotonic() + 30
    while not list(tmp_path.glob("shared/laptop-*.jsonl")) and time.monotonic() < last:
        time.sleep(0.02)
    assert list(tmp_path.glob("shared/laptop-*.jsonl"))
