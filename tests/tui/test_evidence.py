"""Commits on the screen: read in the background, after everything else."""

from __future__ import annotations

import asyncio
from pathlib import Path
from threading import Event

import pytest

from techlead_tui.config.settings_file import change_settings
from techlead_tui.evidence.cache import file_of, folder_of, save
from techlead_tui.evidence.checkout import checkout, learnt
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.witness import Scanning
from tests.tui.conftest import Opened, Opener

MOMENT = 1795514400  # 2026-11-24 10:00 UTC


def remember(home: Path, moment: int = MOMENT) -> None:
    """A cache as a scan leaves it, of a repository that is not there."""
    folder = folder_of(str(home / "cache"))
    Path(folder).mkdir(parents=True)
    head = {"kind": "git", "name": "billing", "path": str(home / "billing"), "origin": "listed"}
    more = {"scanned": moment, "since": 0, "tips": "x", "commits": 1, "error": None, "note": None}
    row: dict[str, object] = {"moment": moment, "uid": "a" * 40, "repo": "billing", "summary": "Fix the pool"}
    row |= {"lines_added": 34, "lines_removed": 2, "lines_left_out": 0, "shipped": True}
    row |= {"colleagues": [], "assistants": []}
    save(file_of(folder, "git", str(home / "billing")), {**head, **more}, [row])
    change_settings(str(home / "config"), repositories=(str(home / "billing"),))


async def looked(screen: Opened) -> None:
    screen.app.look_for_evidence()
    await asyncio.wait_for(screen.app.workers.wait_for_complete(), 30)
    await screen.settle()


async def test_todays_commits_stand_in_the_panel_and_every_screen_is_told(
    opened: Opener, tmp_path: Path
) -> None:
    remember(tmp_path)
    async with opened() as screen:
        told: list[int] = []
        screen.app.evidence_changed.subscribe(screen.app, lambda found: told.append(len(found.commits)))
        assert "commit" not in screen.text()  # nothing is read before it is asked for
        await looked(screen)
        assert "◆ 1 commit +34 −2" in screen.text()
        assert told[-1] == 1
        (source,) = screen.app.desk.witness.evidence.sources
        assert source.error is None or "gone" in source.error


async def test_a_scan_says_how_far_it_is(opened: Opener) -> None:
    async with opened() as screen:
        screen.app.post_message(Scanning((3, 20, "billing")))
        await screen.settle()
        assert "commits 3/20 read" in screen.text()
        await looked(screen)
        assert "commits 3/20" not in screen.text()


async def test_keys_write_while_a_scan_hangs_and_leaving_waits_for_none(opened: Opener) -> None:
    goes_on = Event()
    async with opened() as screen:
        hanging = asyncio.ensure_future(screen.app.desk.apart(lambda _: goes_on.wait(30)))
        await screen.press("x")
        assert any(block.status == "done" for block in screen.week().blocks)
        assert not hanging.done()
        goes_on.set()
        await hanging


async def test_a_configuration_that_is_wrong_does_not_end_the_screen(opened: Opener, tmp_path: Path) -> None:
    async with opened() as screen:
        (tmp_path / "config").mkdir(exist_ok=True)
        (tmp_path / "config" / "config.toml").write_text("[evidence]\nroots = 3\n")
        await looked(screen)
        assert "NOW" in screen.text()


async def test_trouble_of_the_system_is_told_as_an_error(opened: Opener) -> None:
    from techlead_tui.errors import UserError

    def fail(_planner: Planner) -> None:
        raise OSError(28, "No space left on device")

    async with opened() as screen:
        with pytest.raises(UserError, match="No space"):
            await screen.app.desk.apart(fail)


async def test_the_repository_that_one_logs_in_is_learnt(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    work = tmp_path / "billing"
    work.mkdir()
    (work / ".git").write_text("gitdir: nowhere\n")  # no repository for git, so that none is run
    monkeypatch.chdir(work)
    async with opened() as screen:
        screen.app.place = checkout
        await looked(screen)
        assert learnt(str(tmp_path / "data")) == []
        await screen.press("L")
        await screen.type("45m pool fix")
        await screen.press("enter")
        await looked(screen)
        assert learnt(str(tmp_path / "data")) == [str(work)]


async def test_repositories_that_could_not_be_read_are_counted(opened: Opener, tmp_path: Path) -> None:
    change_settings(str(tmp_path / "config"), repositories=("/nowhere/api", "/nowhere/web"))
    async with opened() as screen:
        await looked(screen)
        assert "◆ 2 repos not read" in screen.text()
