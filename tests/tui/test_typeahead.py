"""Keys that come at once do what they do one by one: nothing is lost, nothing overtakes."""

import gc
import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from textual.events import Key, MouseMove, Paste
from textual.keys import _character_to_key
from textual.widgets import Input

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.planner.planner import Planner
from techlead_tui.render.palette import DARK
from techlead_tui.tui.app import TechleadApp
from techlead_tui.tui.week_data import load
from tests.core.weeks import W48, ZONE, add, day, moment
from tests.tui.conftest import Opened, Opener
from tests.tui.test_life import NEEDS_A_TERMINAL, home_of, opened_terminal

NAMED = {"\r": "enter", "\x1b": "escape", "\t": "tab", "\x7f": "backspace"}
FEW = int(os.environ.get("TECHLEAD_BURSTS", "8"))  # examples


def keys_of(text: str) -> list[Key]:
    """A burst as the driver sends it; `\\x1b` is the escape key."""
    return [Key(NAMED.get(char) or _character_to_key(char), char) for char in text]


async def at_once(screen: Opened, text: str) -> None:
    for key in keys_of(text):
        screen.app.post_message(key)
    await screen.settle()


async def one_by_one(screen: Opened, text: str) -> None:
    for key in keys_of(text):
        screen.app.post_message(key)
        await screen.settle()


def seen(screen: Opened) -> tuple[object, ...]:
    """All that keys can change: what is stored, what is under way, what stands on the screen."""
    blocks = [
        (block.summary, block.start, block.end, block.status, block.kind, block.override)
        for week in (W48.shift(-1), W48, W48.shift(1))
        for block in screen.week(week).blocks
    ]
    week, view = screen.screen, screen.screen.view
    ghost = view.ghost._replace(uid=None) if view.ghost is not None else None
    inputs = [field.value for field in screen.app.screen.query(Input)]
    return (
        blocks,
        type(screen.app.screen).__name__,
        inputs,
        week.mode,
        view._replace(picked=None, ghost=ghost),
        screen.text(),
    )


@pytest.mark.parametrize(
    ("burst", "summary"),
    [
        ("afri 16-17 pool\r", "pool"),
        ("afri 16-17 jmudqx\r", "jmudqx"),  # each of them a key of the week
        ("afri 16-17 pool\x7f\x7fnd\r", "pond"),
        ("jjkk]afri 16-17 pool\r", None),
        ("a\x1bafri 16-17 pool\r", "pool"),
    ],
)
@pytest.mark.few(1)
async def test_a_line_that_comes_in_one_go_is_planned(
    opened: Opener, burst: str, summary: str | None
) -> None:
    async with opened() as screen:
        await at_once(screen, burst)
        assert screen.summaries() == ([summary] if summary else [])
        assert screen.summaries(W48.shift(1)) == ([] if summary else ["pool"])


@pytest.mark.slow
async def test_words_that_newer_ones_replace_at_once_leave_no_warning(
    opened: Opener, recwarn: pytest.WarningsRecorder
) -> None:
    async with opened() as screen:
        await screen.press("a")
        for text in ("t", "tu", "tue 10-11 x"):
            screen.screen.words.typed(text)
        await screen.settle()
        assert "10:00–11:00" in screen.text()
        gc.collect()
    assert [str(one.message) for one in recwarn] == []


@pytest.mark.slow
async def test_what_follows_the_line_meets_the_week_again(opened: Opener) -> None:
    async with opened() as screen:
        await at_once(screen, "afri 16-17 pool\rufri")
        assert screen.summaries() == []
        assert "FridayScreen" in repr(screen.app.screen)  # the f; nothing of it was typed anywhere


@pytest.mark.slow
async def test_a_refused_line_its_reason_and_undo_in_one_go(opened: Opener) -> None:
    async with opened() as screen:
        await at_once(screen, "athu 10-11 x +status\rothe CFO is here\r")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert block.override is not None
        assert (block.summary, block.override.reason) == ("x", "the CFO is here")
        await at_once(screen, "uUu")
        assert screen.summaries() == []


async def test_a_block_is_carried_in_one_go(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.settle()
        await at_once(screen, "mlk\r")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert f"{block.start:%a %H:%M}" == "Thu 13:45"


@pytest.mark.slow
async def test_a_form_is_filled_in_and_saved_in_one_go(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.settle()
        await at_once(screen, "e fix\rx")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert (block.summary, block.status) == ("pool fix", "done")


@pytest.mark.slow
async def test_finding_goes_where_it_goes_slowly(opened: Opener) -> None:
    async with opened() as screen:
        later = day("wed", W48.shift(2))
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool", day=later), ["add"])
        await screen.screen.reload()
        await at_once(screen, "/pool\rx")
        (block,) = [b for b in screen.week(W48.shift(2)).blocks if b.source == "own"]
        assert block.status == "done"


@pytest.mark.parametrize("opens", ["a", "/", "L"])
@pytest.mark.few(1)
async def test_a_paste_right_after_the_key_lands_in_the_line(opened: Opener, opens: str) -> None:
    async with opened() as screen:
        screen.app.post_message(*keys_of(opens))
        screen.app.post_message(Paste("fri 16-17 pool"))
        await screen.settle()
        assert screen.app.screen.query_one(Input).value == "fri 16-17 pool"


async def test_the_mouse_does_not_overtake_keys(opened: Opener) -> None:
    async with opened() as screen:
        order: list[str] = []
        handle = screen.app.typeahead._handle

        async def watched(event):  # type: ignore[no-untyped-def]
            order.append(type(event).__name__)
            await handle(event)

        screen.app.typeahead._handle = watched
        for event in (*keys_of("afri"), MouseMove(None, 5, 5, 0, 0, 0, False, False, False), *keys_of("x")):
            screen.app.post_message(event)
        await screen.settle()
        assert order == ["Key"] * 4 + ["MouseMove", "Key"]


async def test_a_pump_that_never_rests_holds_keys_only_for_a_while(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    from techlead_tui.tui import typeahead

    monkeypatch.setattr(typeahead, "PATIENCE", 0.05)
    monkeypatch.setattr(typeahead.Typeahead, "_calm", lambda *_, **__: False)
    async with opened() as screen:
        cursor = screen.screen.view.cursor
        await at_once(screen, "yj")  # y means nothing: what it starts is waited for
        assert screen.screen.view.cursor == cursor + 15


WORDS = ("fri 16-17 pool", "tue 10-11 x +status", "45m fix", "pool", "1h", "")
KEYS = "jkhlmxsduUzwvVtDKTFfeEaL/?,[]+-123\r\r\r\x1b\x1b\t\x7f o"
bursts = st.lists(st.one_of(st.sampled_from(KEYS), st.sampled_from(WORDS)), min_size=2, max_size=9)


@pytest.mark.slow
@settings(
    max_examples=FEW,
    deadline=None,
    derandomize=FEW == 8,
    database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(burst=bursts.map("".join))
async def test_any_burst_ends_as_it_does_one_by_one(
    tmp_path_factory: pytest.TempPathFactory, burst: str
) -> None:
    ends = []
    clock = StillClock(moment("tue 11:37"))
    for press in (at_once, one_by_one):
        folders = Folders.under(str(tmp_path_factory.mktemp("burst")))
        planner = Planner(folders, clock, "tui", ZONE)
        planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        app = TechleadApp(
            planner, load(planner, IsoWeek.of(clock.now.date())), DARK, size=(120, 40), beat=None
        )
        async with app.run_test(size=(120, 40)) as pilot:
            screen = Opened(pilot, planner, clock)
            await screen.settle()
            screen.screen.go(day("wed"), 14 * 60)
            await screen.settle()
            await press(screen, burst)
            ends.append(seen(screen))
    assert ends[0] == ends[1]


@pytest.mark.process
@NEEDS_A_TERMINAL
def test_a_line_written_to_the_terminal_in_one_go_is_stored(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path))
    try:
        terminal.send(b"]asat 16-17 zebra +code\rjjmllkk\rq")
        assert terminal.end() == 0
        assert "zebra" in (tmp_path / "data" / "journal.jsonl").read_text(encoding="utf-8")
    finally:
        terminal.close()


@pytest.mark.process
@NEEDS_A_TERMINAL
@pytest.mark.few(0)
def test_a_paste_of_the_terminal_right_after_the_key_is_typed(tmp_path: Path) -> None:
    terminal = opened_terminal(home_of(tmp_path))
    try:
        terminal.send(b"]a\x1b[200~sat 16-17 zebra +code\x1b[201~\rq")
        assert terminal.end() == 0
        assert "zebra" in (tmp_path / "data" / "journal.jsonl").read_text(encoding="utf-8")
    finally:
        terminal.close()
