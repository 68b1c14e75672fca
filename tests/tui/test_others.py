"""What other processes write while a screen is open: it is shown at the next beat, and nothing breaks."""

import subprocess
import sys
from pathlib import Path

import pytest
from textual.widgets import Input

from techlead_tui.config.paths import settings_path
from techlead_tui.core.edits import Edit, FinishBlock, MoveBlock, RemoveBlock
from techlead_tui.core.hook import Hook
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.watcher import BEAT
from tests.conftest import ROOT
from tests.core.weeks import W48, add, day
from tests.tui.conftest import Opened, Opener

ELSEWHERE = """
import sys
from datetime import datetime
from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.planner.planner import Planner
from tests.conftest import ROOT
from tests.core.weeks import ZONE, add
clock = StillClock(datetime.fromisoformat(sys.argv[2]))
planner = Planner(Folders.under(sys.argv[1]), clock, "cli", ZONE)
planner.apply(add("wed 14:00-16:00", "code", summary="zebra"), ["add"])
"""


def other_planner(screen: Opened) -> Planner:
    """Another process, as the store sees it."""
    return Planner(screen.planner.folders, screen.clock, "cli", screen.planner.zone)


async def with_pool(screen: Opened) -> str:
    """A block of one's own under the cursor; its uid."""
    screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
    screen.planner.changed_elsewhere()
    await screen.screen.reload()
    screen.screen.go(day("wed"), 14 * 60)
    await screen.settle()
    assert screen.screen.here is not None
    return screen.screen.here.uid


async def elsewhere(screen: Opened, edit: Edit, *, noticed: bool = True) -> None:
    other_planner(screen).apply(edit, ["edit"])
    if noticed:
        screen.app.beat()
    await screen.settle()


@pytest.mark.process
async def test_one_beat_shows_what_another_process_wrote(opened: Opener, tmp_path: Path) -> None:
    assert BEAT < 0.3
    async with opened() as screen:
        await screen.settle()
        now = screen.clock.now.isoformat()
        subprocess.run([sys.executable, "-c", ELSEWHERE, str(tmp_path), now], cwd=ROOT, check=True)
        assert "zebra" not in screen.text()
        screen.app.beat()
        await screen.settle()
        assert "zebra" in screen.text()


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.few(1)
async def test_a_carried_block_that_was_taken_out_is_named_and_put_down(
    opened: Opener, noticed: bool
) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await screen.press("m", "up")
        await elsewhere(screen, RemoveBlock(uid, day("wed")), noticed=noticed)
        if not noticed:
            await screen.press("up")
            assert screen.screen.mode == "move"  # escape and Enter still have their say
            await screen.press("enter")
        assert screen.screen.mode == "look"
        assert screen.screen.view.ghost is None
        assert "“pool” is no longer there" in screen.text()
        assert uid not in screen.text()
        assert screen.summaries() == []


@pytest.mark.slow
async def test_a_carried_block_that_was_moved_elsewhere_is_put_down(opened: Opener) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await screen.press("m", "up")
        await elsewhere(screen, MoveBlock(uid, day("wed"), day("thu"), 14 * 60))
        assert screen.screen.mode == "look"
        assert "pool was changed elsewhere" in screen.text()
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert f"{block.start:%a %H:%M}" == "Thu 14:00"


@pytest.mark.slow
async def test_what_others_write_elsewhere_leaves_a_carried_block_in_the_hand(opened: Opener) -> None:
    async with opened() as screen:
        await with_pool(screen)
        await screen.press("m", "up")
        await elsewhere(screen, add("fri 16:00-17:00", "code", summary="zebra"))
        assert screen.screen.mode == "move"
        await screen.press("enter")
        assert {f"{b.start:%a %H:%M}" for b in screen.week().blocks if b.source == "own"} == {
            "Wed 13:45",
            "Fri 16:00",
        }


@pytest.mark.slow
async def test_a_copy_is_carried_on_without_its_block(opened: Opener) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await screen.press("D")
        await elsewhere(screen, RemoveBlock(uid, day("wed")))
        assert screen.screen.mode == "move"
        await screen.press("enter")
        weeks = [W48, W48.shift(1), W48.shift(2)]
        assert [name for week in weeks for name in screen.summaries(week)] == ["pool"]


@pytest.mark.parametrize("noticed", [True, False])
@pytest.mark.slow
async def test_a_form_about_a_block_that_was_taken_out_names_it(opened: Opener, noticed: bool) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await screen.press("e")
        await elsewhere(screen, RemoveBlock(uid, day("wed")), noticed=noticed)
        await screen.type("pond")
        await screen.press("enter")
        assert "“pool” is no longer there" in screen.text()
        assert uid not in screen.text()
        await screen.press("escape")
        assert screen.summaries() == []


@pytest.mark.slow
async def test_a_key_on_a_block_that_was_taken_out_names_it(opened: Opener) -> None:
    async with opened() as screen:
        for key in ("x", "s", "d", "plus"):
            uid = await with_pool(screen)
            await elsewhere(screen, RemoveBlock(uid, day("wed")), noticed=False)
            await screen.press(key)
            assert "“pool” is no longer there" in screen.text(), key
            assert screen.screen.here is None or screen.screen.here.uid != uid


async def test_undo_takes_back_what_the_other_screen_did(opened: Opener) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await elsewhere(screen, FinishBlock(uid, day("wed"), "done"), noticed=False)
        await screen.press("u")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert block.status == "planned"
        assert "undone" in screen.text()


@pytest.mark.slow
async def test_both_edit_one_block_and_both_wishes_are_kept(opened: Opener) -> None:
    async with opened() as screen:
        uid = await with_pool(screen)
        await screen.press("e")
        await elsewhere(screen, MoveBlock(uid, day("wed"), day("wed"), 15 * 60))
        await screen.type("pond")
        await screen.press("enter")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert (block.summary, f"{block.start:%H:%M}") == ("pond", "15:00")


@pytest.mark.slow
async def test_words_that_are_being_typed_stay(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("fri 16-17 heron")
        await elsewhere(screen, add("wed 14:00-15:00", "code", summary="zebra"))
        assert screen.app.screen.query_one(Input).value == "fri 16-17 heron"
        await screen.press("enter")
        assert screen.summaries() == ["zebra", "heron"]


async def configured(screen: Opened, text: str) -> None:
    """Write config.toml as an editor does, and let the screen notice."""
    path = Path(settings_path(screen.planner.folders.config))
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text)
    screen.app.beat()
    await screen.settle()


async def test_a_config_that_is_written_meanwhile_is_gone_by(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLORTERM", "truecolor")
    async with opened(size=(120, 40)) as screen:
        await configured(
            screen,
            'days = 7\ncolor_theme = "light"\n[keys]\n"week.undo" = "Z"\n'
            '[[hooks]]\non = "friday"\ncommand = ["x"]\n',
        )
        assert "Sun" in screen.text()
        assert screen.app.looks.palette.id == "light"
        assert screen.planner.settings.hooks == (Hook("friday", ("x",)),)
        await with_pool(screen)
        await screen.press("Z")
        assert screen.summaries() == []


@pytest.mark.slow
async def test_a_config_that_is_wrong_is_said_and_changes_nothing(opened: Opener) -> None:
    async with opened(size=(120, 40)) as screen:
        before = screen.planner.settings
        await configured(screen, "days = 6\n")
        assert "config.toml is not right any more" in screen.text()
        assert screen.planner.settings == before
        await configured(screen, "days = 7\n")
        assert "Sun" in screen.text()
        await configured(screen, '[keys]\n"week.undo" = "a"\n')
        assert "a is both" in screen.text()
        await with_pool(screen)
        await screen.press("u")
        assert screen.summaries() == []
