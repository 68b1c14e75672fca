"""What is about people: one person's agenda, who waits, and the boundaries kept, by keys at both sizes."""

from __future__ import annotations

from datetime import timedelta

import pytest

from techlead_tui.core.edits import AddBlock, AddItem
from techlead_tui.core.words.unparse import words_of
from techlead_tui.tui.dialogs.people import PersonDialog
from techlead_tui.tui.dialogs.row_list import Heading
from tests.core.weeks import day
from tests.tui.conftest import Opened, Opener

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


def put(screen: Opened, edit: AddItem) -> None:
    assert not screen.planner.apply(edit, words_of(edit)).refused


@SIZES
async def test_a_person_is_picked_and_shown(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        put(screen, AddItem("delegation", "runbook for the queue", {"owner": "ana"}))
        put(screen, AddItem("question", "why two caches?", {"people": ["ana"]}))
        await screen.press("at")
        assert "@ana" in screen.text()
        await screen.press("enter")
        text = screen.text()
        assert "With ana" in text
        assert "runbook for the queue" in text
        assert "why two caches?" in text
        await screen.press("y")
        assert (
            "copied" in screen.text() or "clipboard" in screen.text() or "terminal was asked" in screen.text()
        )
        await screen.press("escape", "escape")
        assert screen.app.screen is screen.screen


@SIZES
@pytest.mark.slow
async def test_boundaries_and_who_waits_are_listed(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        edit = AddItem("delegation", "architecture of the ledger", {"owner": "ana"}, "she grows into it")
        put(screen, edit)
        put(screen, AddItem("decision", "Move to events", {"deadline": "2026-11-19"}))
        await screen.screen.action_people("boundary")
        await screen.settle()
        assert "architecture of the ledger" in screen.text()
        assert "she grows into it" in screen.text()
        await screen.press("escape")
        screen.clock.now += timedelta(days=14)
        await screen.screen.action_people("owed")
        await screen.settle()
        assert "Who waits for you" in screen.text()
        assert "Move to events" in screen.text()


async def test_the_cursor_passes_the_headings_of_an_agenda(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        put(screen, AddItem("delegation", "runbook for the queue", {"owner": "ana"}))
        put(screen, AddItem("question", "why two caches?", {"people": ["ana"]}))
        await screen.press("at", "enter", "home")
        dialog = screen.app.screen
        assert isinstance(dialog, PersonDialog)
        passed = []
        while dialog.list.item not in passed:
            passed.append(dialog.list.item)
            await screen.press("down")
        assert [str(line).partition(" (")[0] for line in passed[:2]] == [
            "- runbook for the queue",
            "- why two caches?",
        ]
        assert not any(isinstance(line, Heading) or not line for line in passed)
        assert "## Questions" in dialog.as_text()


async def test_one_person_is_listed_once_however_the_name_is_written(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        put(screen, AddItem("question", "why two caches?", {"people": ["Ana"]}))
        put(screen, AddItem("delegation", "status tracking", {"owner": "ana"}))
        await screen.press("at")
        assert screen.text().casefold().count("@ana") == 1
        await screen.press("enter")
        assert "why two caches?" in screen.text()
        assert "status tracking" in screen.text()


async def test_the_latest_boundary_stands_first_and_rules_are_told_in_words(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        put(screen, AddItem("delegation", "architecture of the ledger", {"owner": "ana"}, "she grows"))
        put(screen, AddBlock("budget sync", day("wed"), 840, 900, "meeting", override="the CFO asks"))
        await screen.screen.action_people("boundary")
        await screen.settle()
        rows = [line for line in screen.text().splitlines() if " override " in line]
        assert ["budget sync" in rows[0], "architecture" in rows[1]] == [True, True]
        assert "2 overrides" in screen.text()
        assert "It lies over deep work" in screen.text()
        assert "y copy  / filter  esc back" in screen.text()  # Enter does nothing here
        await screen.press("escape")


async def test_what_is_owed_is_opened_where_it_is_answered(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        put(screen, AddItem("decision", "Another one", {"deadline": "2026-11-30"}))
        put(screen, AddItem("decision", "Move to events", {"deadline": "2026-11-19"}))
        await screen.screen.action_people("owed")
        await screen.settle()
        assert "⏎ open" in screen.text()
        await screen.press("enter")
        text = screen.text()
        assert "Decision documents" in text
        assert "▸ Move to events" in text
        await screen.press("r", "escape")
        assert "nobody has waited" in screen.text()


async def test_an_empty_list_has_nothing_to_copy_or_look_for(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.screen.action_people("owed")
        await screen.settle()
        assert "\n  esc back" in "\n".join(f"  {line.strip()}" for line in screen.text().splitlines())
        assert "y copy" not in screen.text()


async def test_an_agenda_has_all_rows_until_there_is_something_to_say(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        for number in range(8):
            put(screen, AddItem("question", f"question {number}?", {"people": ["ana"]}))
        await screen.press("at", "enter")
        assert screen.app.screen.query_one("#card").size.height == 0
        assert all(f"question {number}?" in screen.text() for number in range(8))
        await screen.press("y")
        assert "cop" in screen.text().splitlines()[-4]
