"""While another process keeps the lock, or the disk refuses: it is said at once, and no word is lost."""

from __future__ import annotations

import asyncio
import errno
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from time import monotonic

import pytest
from textual.events import Key, MouseDown, MouseUp
from textual.widgets import Input

from techlead_tui import fs
from techlead_tui.store import lock
from techlead_tui.tui import planner_thread
from techlead_tui.tui.app import WAITING
from techlead_tui.tui.screens.week import painting
from tests.core.weeks import add
from tests.tui.conftest import PATIENCE, Opened, Opener
from tests.tui.forms import text_field
from tests.tui.hand import tell, words
from tests.tui.steps import has

SAID = WAITING[:18]  # as much of it as the narrowest title shows
WORDS = "fri 15-16 docs +code"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(planner_thread, "PATIENCE", 0.02)


@contextmanager
def held(screen: Opened) -> Iterator[None]:
    """The store's lock as another process holds it."""
    with open(screen.planner._store.folder.lock, "a") as other:
        lock.take(other.fileno(), exclusive=True)
        yield


def send(screen: Opened, *keys: str) -> None:
    """Keys as the driver sends them, waiting for nothing."""
    for key in keys:
        screen.app.post_message(Key(key, key if len(key) == 1 else {"space": " ", "plus": "+"}.get(key)))


async def said(screen: Opened, text: str) -> None:
    """Until words stand on the screen, with no turn of the planner awaited."""
    last = monotonic() + PATIENCE
    while text not in shown(screen):
        assert monotonic() < last, shown(screen)
        await asyncio.sleep(0.005)
        screen.app.screen._on_timer_update()


def shown(screen: Opened) -> str:
    """Return what stands on the screen, also before it has been laid out."""
    return screen.text() if screen.app.screen._compositor.size == screen.app.size else ""


async def on_pool(screen: Opened) -> None:
    """A block, with the cursor on it."""
    await has(add("wed 14:00-16:00", "code", summary="pool"))(screen)
    await screen.screen.reload()
    (block,) = [block for block in screen.week().blocks if block.source == "own"]
    screen.screen.go_to(block)
    await screen.settle()


@contextmanager
def refused(screen: Opened, how: str, patch: pytest.MonkeyPatch) -> Iterator[None]:
    """Every write fails: another process keeps the lock for too long, or the disk is full."""
    with patch.context() as now:
        if how == "lock":
            now.setattr(lock, "PATIENCE", 0.05)
            with held(screen):
                yield
        else:

            def full(*_: object) -> int:
                raise OSError(errno.ENOSPC, "No space left on device")

            now.setattr(fs, "write", full)
            yield


async def test_nobody_is_told_that_a_week_to_be_loaded_ahead_has_to_wait(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lock, "PATIENCE", 2 * PATIENCE)  # it still waits when it is told to the one who asks
    async with opened() as screen:
        await on_pool(screen)
        screen.clock.now += timedelta(minutes=1)
        with held(screen):
            screen.screen.weeks.load_ahead()
            last = monotonic() + PATIENCE
            while not screen.planner.waits:
                assert monotonic() < last
                await asyncio.sleep(0.005)
            await asyncio.sleep(5 * planner_thread.PATIENCE)
            assert SAID not in screen.text()
            send(screen, "right_square_bracket")
            await said(screen, SAID)
        await screen.settle()
        assert "W49" in screen.text()


FAULTS = pytest.mark.parametrize("how", ["lock", "full disk"])


@FAULTS
@pytest.mark.parametrize("key", ["a", "L"])
@pytest.mark.few(1)
async def test_the_words_of_a_failed_save_stay_in_the_line(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str, key: str
) -> None:
    text = WORDS if key == "a" else "45m docs"
    async with opened() as screen:
        await has(add("wed 14:00-16:00", "code", summary="pool"))(screen)
        before = stored(screen)
        await screen.press(key)
        await screen.type(text)
        with refused(screen, how, monkeypatch):
            await screen.press("enter")
            assert "not saved" in screen.text() or "not read" in screen.text()
            assert screen.app.screen.query_one(Input).value == text
        assert stored(screen) == before
        await screen.press("enter")
        assert screen.screen.line is None
        assert stored(screen) != before


@FAULTS
@pytest.mark.few(1)
async def test_the_reason_of_a_failed_save_stays_in_the_line(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        await screen.press("enter", "o")
        await screen.type("the CFO is away")
        with refused(screen, how, monkeypatch):
            await screen.press("enter")
            assert "not saved" in screen.text()
            assert screen.app.screen.query_one(Input).value == "the CFO is away"
        await screen.press("enter")
        assert screen.screen.line is None
        assert screen.summaries() == ["budget sync"]


@FAULTS
@pytest.mark.parametrize("keys", [("enter",), ("ctrl+s",)])
@pytest.mark.slow
async def test_a_form_of_a_failed_save_stays_as_it_is(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str, keys: tuple[str, ...]
) -> None:
    async with opened() as screen:
        await on_pool(screen)
        await screen.press("e")
        await screen.type("connection pool")
        with refused(screen, how, monkeypatch):
            await screen.press(*keys)
            assert "not saved" in screen.text()
            assert screen.app.screen.query_one(Input).value == "connection pool"
        await screen.press(*keys)
        assert screen.app.screen is screen.screen
        assert screen.summaries() == ["connection pool"]


@FAULTS
@pytest.mark.parametrize("key", ["g", "p"], ids=["delegation", "question"])
@pytest.mark.slow
async def test_the_form_of_an_item_keeps_what_cannot_be_saved(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str, key: str
) -> None:
    async with opened() as screen:
        await has(add("wed 14:00-16:00", "code", summary="pool"))(screen)
        before = len(screen.planner.history())
        await screen.press(key)
        if key == "g":
            await screen.press("a")
        form = screen.app.screen
        await screen.type("budget")
        if key == "g":
            text_field(screen, "owner").put("ana")
            await screen.settle()
        with refused(screen, how, monkeypatch):
            await screen.press("ctrl+s")
            assert "not saved" in screen.text()
            assert form.query(Input).first().value == "budget"
        assert len(screen.planner.history()) == before
        await screen.press("ctrl+s")
        assert len(screen.planner.history()) == before + 1


@FAULTS
@pytest.mark.few(1)
async def test_what_is_carried_stays_in_hand(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async with opened() as screen:
        await on_pool(screen)
        await screen.press("m", "left")
        with refused(screen, how, monkeypatch):
            await screen.press("enter")
            assert "not saved" in screen.text()
            assert screen.screen.mode == "move"
        await screen.press("enter")
        assert screen.screen.mode == "look"
        assert [block.day.isoweekday() for block in screen.week().blocks if block.source == "own"] == [2]


@FAULTS
@pytest.mark.few(1)
async def test_keys_pressed_meanwhile_do_not_hide_that_a_save_failed(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    async with opened() as screen:
        await on_pool(screen)
        with refused(screen, how, monkeypatch):
            send(screen, "d", "down", "up", "right")
            await screen.settle()
            assert "not saved" in screen.text()
        assert screen.summaries() == ["pool"]


@FAULTS
@pytest.mark.parametrize("after", [("escape",), (*"fri 15-16 docs", "enter"), ("enter",)], ids=len)
@pytest.mark.few(1)
async def test_a_line_that_was_opened_meanwhile_hides_it_no_longer_than_it_is_open(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, how: str, after: tuple[str, ...]
) -> None:
    async with opened() as screen:
        await on_pool(screen)
        with refused(screen, how, monkeypatch):
            send(screen, "x", "a")
            await screen.settle()
            assert screen.screen.line is not None
        send(screen, *("space" if key == " " else key for key in after))
        await screen.settle()
        assert screen.screen.line is None
        assert "not saved" in screen.text()
        assert ("docs" in screen.summaries()) == (len(after) > 1)
        monkeypatch.setattr(painting, "TIME_TO_READ", 0.0)
        await screen.press("a", "escape", "down", "a", "escape")
        assert "not saved" not in screen.text()


@pytest.mark.parametrize(
    "keys",
    [("x",), ("a", *"pool", "enter"), ("L", *"45m", "enter"), ("f",), ("g",), ("e",), ("slash", "p"), ("n",)],
)
@pytest.mark.few(1)
async def test_another_process_that_writes_is_named_while_it_does(
    opened: Opener, keys: tuple[str, ...]
) -> None:
    async with opened() as screen:
        await on_pool(screen)
        await screen.press(*keys[:-1])
        with held(screen):
            send(screen, keys[-1])
            await said(screen, SAID)
        await screen.settle()
        assert SAID not in screen.text()


async def test_a_click_is_said_to_wait_as_a_key_is(opened: Opener) -> None:
    async with opened() as screen:
        await on_pool(screen)
        at = words(screen, "x done")
        assert at is not None
        with held(screen):
            tell(screen, MouseDown, at)
            tell(screen, MouseUp, at)
            await said(screen, SAID)
        await screen.settle()
        assert SAID not in screen.text()
        assert [block.status for block in screen.week().blocks if block.source == "own"] == ["done"]


async def test_what_is_typed_while_one_waits_is_kept_in_order(opened: Opener) -> None:
    async with opened() as screen:
        await on_pool(screen)
        with held(screen):
            send(screen, "x", "left", "a", *"budget", "space", "plus", *"code", "enter")
            await said(screen, SAID)
        await screen.settle()
        assert sorted(screen.summaries()) == ["budget", "pool"]


def stored(screen: Opened) -> object:
    week = screen.week()
    return [(block.summary, block.status) for block in week.blocks], len(week.sessions)
