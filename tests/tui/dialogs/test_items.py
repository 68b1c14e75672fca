"""Lists and forms of all kinds, by keys and by mouse, narrow and wide; asserted on what is stored."""

from __future__ import annotations

import pytest
from textual.events import Paste

from techlead_tui.core.items.kinds import all_kinds, kind_of
from techlead_tui.core.items.kit import ItemKind, Transition
from techlead_tui.core.records import Record
from techlead_tui.core.snapshot import OPEN
from techlead_tui.tui.dialogs.choice import PickDialog
from techlead_tui.tui.dialogs.items import ItemListDialog
from techlead_tui.tui.widgets.key_bar import KeyBar
from tests.core.weeks import W48
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words, words

KINDS = [kind for kind in all_kinds() if kind.key]
EVERY = pytest.mark.parametrize("kind", KINDS, ids=[kind.id for kind in KINDS])
SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


def stored(screen: Opened, kind: ItemKind) -> list[Record]:
    """The open items, then those closed this week."""
    snapshot = screen.planner.snapshot(W48)
    return [*snapshot.table(OPEN, kind.plural).values(), *snapshot.table(str(W48), kind.plural).values()]


async def add(screen: Opened, kind: ItemKind, words: str = "runbook @ana") -> None:
    """By the kind's own keys, from the week."""
    await screen.press(kind.key)
    if not kind.key_adds:
        await screen.press("a")
    await screen.type(words)
    await screen.press("enter")


def closing(kind: ItemKind) -> Transition:
    """A transition that closes a new item and takes no words."""
    return next(
        turn
        for turn in kind.transitions
        if kind.states[0] in turn.before and not turn.takes and turn.after in kind.closed
    )


@EVERY
@SIZES
@pytest.mark.few(1)
async def test_an_item_is_added_by_few_keys_and_listed(
    opened: Opener, kind: ItemKind, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await add(screen, kind)
        assert [(one["summary"], one["status"]) for one in stored(screen, kind)] == [
            ("runbook", kind.states[0])
        ]
        assert isinstance(screen.app.screen, ItemListDialog)
        assert "runbook" in screen.text()
        assert "esc back" in screen.text()
        await screen.press("escape")
        assert screen.app.screen is screen.screen


@EVERY
@pytest.mark.few(1)
async def test_every_transition_has_its_key_and_undo(opened: Opener, kind: ItemKind) -> None:
    turns = [turn for turn in kind.transitions if kind.states[0] in turn.before and not turn.takes]
    assert turns
    async with opened() as screen:
        await add(screen, kind)
        before = stored(screen, kind)
        for turn in turns:
            await screen.press(turn.key)
            if isinstance(screen.app.screen, PickDialog):
                await screen.press("1")
            assert stored(screen, kind)[0]["status"] == (turn.after or kind.states[0])
            assert stored(screen, kind) != before
            await screen.press("u")
            assert stored(screen, kind) == before


@EVERY
@SIZES
@pytest.mark.slow
async def test_a_click_in_the_key_bar_does_what_the_key_does(
    opened: Opener, kind: ItemKind, size: tuple[int, int]
) -> None:
    turn = closing(kind)
    async with opened(size=size) as screen:
        await add(screen, kind)
        await click_words(screen, f"{turn.key} {turn.label}")
        assert stored(screen, kind)[0]["status"] == turn.after


@EVERY
@SIZES
@pytest.mark.slow
async def test_every_transition_of_a_new_item_can_be_clicked(
    opened: Opener, kind: ItemKind, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await add(screen, kind)
        for turn in kind.transitions:
            there = words(screen, f"{turn.key} {turn.label}") is not None
            assert there == (kind.states[0] in turn.before), turn.name


@EVERY
@pytest.mark.slow
async def test_several_are_turned_as_one_step(opened: Opener, kind: ItemKind) -> None:
    turn = closing(kind)
    async with opened() as screen:
        await add(screen, kind, "one @ana")
        await screen.press("a")
        await screen.type("two @ben")
        await screen.press("enter", "home", "space", "space", turn.key)
        assert [one["status"] for one in stored(screen, kind)] == [turn.after, turn.after]
        await screen.press("u")
        assert [one["status"] for one in stored(screen, kind)] == [kind.states[0]] * 2


@pytest.mark.slow
async def test_a_delegation_that_needs_you_asks_for_a_reason(opened: Opener) -> None:
    kind = next(kind for kind in KINDS if kind.id == "delegation")
    async with opened() as screen:
        await add(screen, kind, "architecture of the ledger @ana")
        assert stored(screen, kind) == []
        assert "this needs you" in screen.text()
        await screen.press("o")
        await screen.type("she grows into it")
        await screen.press("enter")
        (found,) = stored(screen, kind)
        assert found["override"]["reason"] == "she grows into it"
        assert found["override"]["rules"] == ["needs-the-lead"]


@pytest.mark.slow
async def test_a_title_that_is_too_long_is_told_and_stays_in_the_form(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("p", "ctrl+u")
        screen.app.post_message(Paste("why " * 200))
        await screen.press("enter")
        assert "500" in screen.text()
        await screen.press("ctrl+u")
        await screen.type("why two caches?")
        await screen.press("enter")
        question = next(kind for kind in KINDS if kind.id == "question")
        assert [one["summary"] for one in stored(screen, question)] == ["why two caches?"]


@pytest.mark.slow
async def test_an_answer_is_typed_and_the_window_shows_what_waits(opened: Opener) -> None:
    kind = next(kind for kind in KINDS if kind.id == "question")
    async with opened() as screen:
        await add(screen, kind, "why two caches? @chidi")
        await screen.press("escape")
        assert "?1 Questions" in screen.text()
        await screen.press("p", "escape", "x")
        await screen.type("one is for reads")
        await screen.press("enter")
        (found,) = stored(screen, kind)
        assert (found["status"], found["answer"]) == ("answered", "one is for reads")
        await screen.press("escape")
        assert "?1 Questions" not in screen.text()


@pytest.mark.slow
async def test_editing_changes_what_was_changed_alone(opened: Opener) -> None:
    kind = next(kind for kind in KINDS if kind.id == "delegation")
    async with opened() as screen:
        await add(screen, kind)
        await screen.press("enter", "tab", "tab", "tab")
        await screen.type("2h")
        await screen.press("enter")
        (found,) = stored(screen, kind)
        assert (found["summary"], found["owner"], found["frees_minutes"]) == ("runbook", "ana", 120)


@EVERY
@pytest.mark.slow
async def test_strange_names_are_inert_in_the_list(opened: Opener, kind: ItemKind) -> None:
    async with opened(size=(80, 24)) as screen:
        await add(screen, kind, "[red]x[/] \u202e日本語 @ana")
        lines = screen.text().splitlines()
        assert any("[red]x[/]" in line for line in lines)
        assert all("\u202e" not in line for line in lines)


@pytest.mark.slow
async def test_a_new_question_says_that_nothing_is_written_and_an_old_one_that_nothing_has_changed(
    opened: Opener,
) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("p")
        assert "nothing is written yet" in screen.text()
        await screen.type("which queue? @ana")
        await screen.press("enter", "e")
        assert "nothing has changed" in screen.text()


async def test_a_card_with_a_wrapped_line_is_whole_where_the_screen_has_room(opened: Opener) -> None:
    kind = next(kind for kind in KINDS if kind.id == "delegation")
    async with opened(size=(80, 24)) as screen:
        title = "attendance in my place at the partner status call of every second week, notes included"
        await screen.press("g", "a")
        await screen.type(f"{title} @ana")
        await screen.press("down", "down", "down")
        await screen.type("2h")
        await screen.press("enter")
        assert stored(screen, kind)[0]["frees_minutes"] == 120
        await screen.press("escape", "g")
        shown = " ".join(screen.text().split())
        assert all(part in shown for part in (title, "heard yet", "written down", "frees 2 h a week"))


@pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
async def test_columns_are_named_and_stand_over_their_values(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        names, values = (
            next(line for line in screen.text().splitlines() if all(word in line for word in words))
            for words in (("what", "owner", "ask again"), ("▸ status tracking", "ana", "Tue 1 Dec"))
        )
        for name, value in (("what", "status"), ("owner", "ana"), ("may", "do "), ("ask again", "Tue 1")):
            assert names.index(name) == values.index(value), name


async def test_an_empty_list_offers_only_what_it_can_do(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("g")
        assert "a add  u undo  tab closed  esc back" in screen.text()
        assert "owner" not in screen.text()  # no names over no columns
        await screen.press("tab")
        assert "none is closed yet" not in screen.text()  # the sentence of the empty list says more
        assert "a hands something over" in screen.text()


async def test_a_list_without_closed_ones_says_so(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        await screen.press("tab")
        assert "none is closed yet" in screen.text()


async def test_a_word_that_is_needed_is_asked_for_before_it_is_missed(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        await screen.press("w")
        await screen.type("")
        assert "Set the day on which you ask again." in screen.text()
        assert "⏎ save  esc back" in screen.text()  # and nothing of choices, where nothing completes
        await screen.press("enter")
        assert "say when to ask about it" in screen.text()
        assert stored(screen, kind_of("delegation"))[0]["follow_up"] == "2026-12-01"


async def test_what_was_done_is_told_with_what_there_is_to_say_about_it(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        await screen.press("r")
        text = screen.text()
        assert "status tracking: back · u takes it back" in text
        assert "pairing keeps it ana's" in text


async def test_the_key_bar_leaves_no_row_without_its_ground(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        bar = screen.app.screen.query_one(KeyBar)
        assert bar.size.height == 2  # for the keys of closed ones, too
        assert [row[-1][1].rpartition("/")[2] for row in bar.rows] == ["bar", "bar"]


async def test_a_small_screen_has_its_rows_for_the_list(opened: Opener) -> None:
    for size, named in (((60, 24), True), ((40, 24), False), ((60, 12), False)):
        async with opened(size=size) as screen:
            await add(screen, kind_of("delegation"), "status tracking @ana")
            assert ("  what " in screen.text()) == named
            assert "▸ status tracking" in screen.text()
            await screen.press("u")


async def test_a_nudge_and_a_day_are_told_as_sentences(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await add(screen, kind_of("delegation"), "status tracking @ana")
        await screen.press("f")
        assert "status tracking will come up again in 5 working days · u takes it back" in screen.text()
        await screen.press("w")
        await screen.type("fri")
        await screen.press("enter")
        assert "status tracking will come up again on Fri 27 Nov · u takes it back" in screen.text()


async def test_a_long_reason_is_whole_where_there_is_room(opened: Opener) -> None:
    async with opened(size=(200, 60)) as screen:
        await add(screen, kind_of("delegation"), "architecture of the ledger @ana")
        said = " ".join(screen.text().split())
        assert "You keep architecture decisions" in said
        assert "upkeep of CI and CD" in said
