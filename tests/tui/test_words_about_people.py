"""What is about people, from the week and back to it: by keys alone and by mouse alone, at both sizes."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.events import MouseScrollDown

from techlead_tui.core.edits import AddItem
from techlead_tui.core.snapshot import OPEN
from techlead_tui.core.words.unparse import words_of
from techlead_tui.tui.dialogs.menu import MenuDialog
from tests.core.weeks import W48, day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener

pytestmark = [pytest.mark.slow, pytest.mark.usefixtures("no_clipboard")]
SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])
LUNCH = "thu 12:15"  # nothing stands there

Choose = Callable[[Opened, str], Awaitable[None]]
Action = tuple[str, str]  # a key, and the words that do the same when clicked
COPY: Action = ("y", "y copy")
ADD: Action = ("a", "a add")


async def by_keys(screen: Opened, text: str) -> None:
    """An entry of the menu of an empty place."""
    screen.screen.go(day("thu"), 12 * 60)
    await screen.press("M")
    dialog = screen.app.screen
    assert isinstance(dialog, MenuDialog)
    at = [line.text for line in dialog.list.items].index(text)
    await screen.press(*["down"] * (at - dialog.list.at), "enter")


async def by_mouse(screen: Opened, text: str) -> None:
    await hand.click(screen, hand.when(screen, LUNCH), hand.RIGHT)
    await hand.wheel_to(screen, text)
    await hand.click_words(screen, text)


async def wheel_over_the_list(screen: Opened, text: str) -> None:
    """Turn the wheel over the list at the left until words stand in it."""
    view = screen.app.screen.query_one("#list").region
    for _ in range(hand.FAR):
        if hand.words(screen, text) is not None:
            return
        hand.tell(screen, MouseScrollDown, (view.x + 1, view.y + 1), 0)
        await screen.settle()


async def act(screen: Opened, choose: Choose, *actions: Action) -> None:
    """Do each by its key, or by a click on its words."""
    for key, words in actions:
        if choose is by_keys:
            await screen.press(key)
        else:
            await hand.click_words(screen, words)


async def leave(screen: Opened, choose: Choose) -> None:
    """Go back to the week: by one key, or by as many clicks as there are dialogs."""
    if choose is by_keys:
        await screen.press("escape")
    while choose is by_mouse and screen.app.screen is not screen.screen:
        await hand.click_words(screen, "esc back")


EITHER = pytest.mark.parametrize("choose", [by_keys, by_mouse], ids=["keys", "mouse"])


def put(screen: Opened, edit: AddItem) -> None:
    assert not screen.planner.apply(edit, words_of(edit)).refused


def rows(screen: Opened, table: str) -> list[tuple[object, object]]:
    snapshot = screen.planner.snapshot(W48)
    found = [*snapshot.table(OPEN, table).values(), *snapshot.table(str(W48), table).values()]
    return [(one["summary"], one["status"]) for one in found]


@SIZES
@EITHER
async def test_boundaries_and_who_waits(opened: Opener, size: tuple[int, int], choose: Choose) -> None:
    async with opened(size=size) as screen:
        put(screen, AddItem("delegation", "architecture of the ledger", {"owner": "ana"}, "she grows"))
        put(screen, AddItem("trade", "refactoring", {"for": "budget sync"}))
        put(screen, AddItem("decision", "Move to events", {"deadline": "2026-11-05"}))
        await choose(screen, "boundaries kept")
        assert "for budget sync" in screen.text()
        await act(screen, choose, ("down", "architecture of the ledger"))
        assert "she grows" in screen.text()
        await act(screen, choose, COPY)
        await leave(screen, choose)
        assert "refactoring" in screen.app.clipboard
        await choose(screen, "who waits for you")
        assert "Who waits for you" in screen.text()
        await leave(screen, choose)
        assert screen.app.screen is screen.screen


@SIZES
@EITHER
async def test_a_person(opened: Opener, size: tuple[int, int], choose: Choose) -> None:
    async with opened(size=size) as screen:
        put(screen, AddItem("question", "why two caches?", {"people": ["chidi"]}))
        await choose(screen, "a person")
        await act(screen, choose, ("enter", "@chidi"), COPY)
        assert "why two caches?" in screen.app.clipboard


@SIZES
@EITHER
@pytest.mark.parametrize(
    ("entry", "add", "words", "table", "row"),
    [
        ("decision documents", [ADD], "Move to events", "decisions", ("Move to events", "draft")),
        ("delegations", [ADD], "tracking of payments @ana", "delegations", ("tracking of payments", "open")),
        ("parked questions", [], "why two caches? @chidi", "questions", ("why two caches?", "open")),
    ],
    ids=["a decision is written", "something is handed over", "a question is parked"],
)
async def test_an_item_is_written_down(
    opened: Opener,
    size: tuple[int, int],
    choose: Choose,
    entry: str,
    add: list[Action],
    words: str,
    table: str,
    row: tuple[str, str],
) -> None:
    async with opened(size=size) as screen:
        await choose(screen, entry)
        await act(screen, choose, *add)
        await screen.type(words)
        await act(screen, choose, ("enter", "⏎ save"))
        await leave(screen, choose)
        assert rows(screen, table) == [row]


@SIZES
@EITHER
async def test_no_is_said_when_they_insist_and_in_deep_work(
    opened: Opener, size: tuple[int, int], choose: Choose
) -> None:
    async with opened(size=size) as screen:
        if choose is by_keys:
            screen.screen.go(day("wed"), 14 * 60)
            await screen.press("n")
        else:
            await hand.click(screen, hand.when(screen, "wed 14:00"), hand.RIGHT)
            await hand.click_words(screen, "say no  ")
        await act(screen, choose, COPY)
        assert "focus work" in screen.app.clipboard
        await act(screen, choose, ("E", "E escalate"), COPY)
        assert "15 to 20 hours" in screen.app.clipboard
        assert screen.planner.history() == []


@SIZES
@EITHER
async def test_a_review_comment_is_found_and_copied(
    opened: Opener, size: tuple[int, int], choose: Choose
) -> None:
    async with opened(size=size) as screen:
        await choose(screen, "playbook")
        if choose is by_keys:
            await screen.press("slash")
            await screen.type("review comment")
            await screen.press("down", "y")
        else:
            await wheel_over_the_list(screen, "A review comment")
            await hand.click_words(screen, "A review comment")
            await hand.click_words(screen, "y copy")
        assert screen.app.clipboard.startswith("**Overall:**")
