"""Triage by keys: criteria, a proxy, a proposal, what is kept; each one step of undo."""

from __future__ import annotations

from typing import Any

import pytest
from textual.events import Paste

from techlead_tui.core.edits import AddItem
from techlead_tui.core.snapshot import OPEN
from tests.calendars.files import calendar, event
from tests.core.weeks import W48
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words, words

SIZES = pytest.mark.parametrize("size", [(80, 24), (200, 60)], ids=["80x24", "200x60"])


async def open_triage(screen: Opened) -> None:
    fields = {"requester": "ana", "start": "2026-11-25T14:00", "end": "2026-11-25T14:30"}
    screen.planner.apply(AddItem("request", "budget sync", fields), ["invite"])
    await screen.press("i")


def requests(screen: Opened) -> list[Any]:
    snapshot = screen.planner.snapshot(W48)
    return [
        *snapshot.table(OPEN, "requests").values(),
        *snapshot.table(str(W48), "requests").values(),
    ]


@SIZES
@pytest.mark.slow
async def test_the_card_shows_the_verdict_and_digits_set_the_criteria(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        await open_triage(screen)
        assert "No: none of the four criteria holds" in screen.text()
        await screen.press("1")
        assert requests(screen)[0]["criteria"] == ["a"]
        assert "At another time: it needs your technical" in screen.text()
        await screen.press("1", "3")
        assert requests(screen)[0]["criteria"] == ["c"]


@pytest.mark.slow
async def test_what_the_week_refuses_stays(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("x")
        assert requests(screen)[0]["status"] == "waiting"
        assert "does not fit there" in screen.text()
        await screen.press("2")  # the slot below
        (found,) = requests(screen)
        assert found["status"] == "accepted"
        assert found["at"][:16] == "2026-12-07T16:00"


@SIZES
@pytest.mark.parametrize("number", [1, 2, 3])
@pytest.mark.slow
async def test_the_slot_that_is_picked_is_proposed_and_held(
    opened: Opener, size: tuple[int, int], number: int
) -> None:
    async with opened(size=size) as screen:
        await open_triage(screen)
        await screen.press("p", str(number))
        (found,) = requests(screen)
        held = [one for n in range(5) for one in _blocks(screen, n) if one.summary == "Hold: budget sync"]
        assert [block.start.isoformat() for block in held] == [found["at"]]
        assert found["status"] == "proposed"
        await screen.press("u", "p", "escape")
        assert requests(screen)[0]["status"] == "waiting"


@pytest.mark.slow
async def test_a_proxy_makes_a_delegation(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("g")
        await screen.type("ben")
        await screen.press("enter")
        assert requests(screen)[0]["status"] == "proxied"
        (task,) = screen.planner.snapshot().table(OPEN, "delegations").values()
        assert task["owner"] == "ben"
        await screen.press("u")
        assert requests(screen)[0]["status"] == "waiting"
        assert not screen.planner.snapshot().table(OPEN, "delegations")


@pytest.mark.slow
async def test_two_at_once_make_two_delegations(opened: Opener) -> None:
    async with opened() as screen:
        fields = {"start": "2026-11-25T15:00", "end": "2026-11-25T15:30"}
        screen.planner.apply(AddItem("request", "status call", fields), ["invite"])
        await open_triage(screen)
        await screen.press("space", "down", "space", "g")
        await screen.type("ben")
        await screen.press("enter")
        tasks = screen.planner.snapshot().table(OPEN, "delegations").values()
        assert len(tasks) == 2
        assert {one["status"] for one in requests(screen)} == {"proxied"}


@pytest.mark.slow
async def test_a_proposal_holds_a_slot_and_what_is_kept_has_a_reason(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("p")
        assert "Propose" in screen.text()
        await screen.press("1")
        held = [
            block.summary
            for n in range(5)
            for block in _blocks(screen, n)
            if block.summary.startswith("Hold")
        ]
        assert held == ["Hold: budget sync"]
        await screen.press("u", "w")
        await screen.type("the CFO visits")
        await screen.press("enter")
        assert requests(screen)[0]["status"] == "kept"
        (block,) = [block for block in _blocks(screen, 0) if block.summary == "budget sync"]
        assert block.override is not None
        assert block.override.reason == "the CFO visits"


def _blocks(screen: Opened, weeks: int) -> Any:
    week = W48.shift(weeks)
    return screen.planner.snapshot(week).week(week).blocks


INVITATION = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
BEGIN:VEVENT
UID:sync@example.org
SUMMARY:Budget sync
ORGANIZER;CN=Mira:mailto:mira@example.org
DTSTART:20261126T150000Z
DTEND:20261126T160000Z
END:VEVENT
END:VCALENDAR
"""


async def paste(screen: Opened, text: str) -> None:
    """As the terminal does by one key of its own."""
    screen.app.post_message(Paste(text))
    await screen.settle()


@SIZES
@pytest.mark.usefixtures("no_clipboard")
async def test_from_a_pasted_invitation_to_the_copied_answer_it_is_few_keys(
    opened: Opener, size: tuple[int, int]
) -> None:
    async with opened(size=size) as screen:
        keys = ["i", "paste", "enter", "n", "y"]
        for key in keys:
            await (paste(screen, INVITATION) if key == "paste" else screen.press(key))
        assert len(keys) <= 6
        assert screen.app.clipboard.startswith("Hi Mira, I won't join Budget sync")
        assert requests(screen)[0]["status"] == "waiting"
        await screen.press("enter")
        assert requests(screen)[0]["status"] == "declined"
        await screen.press("u")
        assert requests(screen)[0]["status"] == "waiting"


@pytest.mark.slow
async def test_a_request_that_names_no_time_is_said_to_be_weighed_as_of_now(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("i")
        assert "Paste an invitation" in screen.text()
        await paste(screen, "budget sync\nWhen: Thursday")
        assert "no day or time is named" in screen.text()
        await screen.type("thu 14-15 budget sync")
        assert "no day or time is named" not in screen.text()


@pytest.mark.slow
async def test_pasted_into_the_line_it_is_read_whole_and_words_take_its_place(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("i", "a")
        await paste(screen, INVITATION)
        assert "Budget sync · Thu 26 Nov 16:00–17:00" in screen.text()
        assert "No: none of the four criteria holds" in screen.text()
        await screen.type("wed 14-14:30 roadmap @ben")
        await screen.press("enter")
        (found,) = requests(screen)
        assert (found["summary"], found["requester"]) == ("roadmap", "ben")
        assert found["start"].startswith("2026-11-25T14:00")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (INVITATION.replace("DTSTART:20261126T150000Z\n", ""), "the event has no time"),
        ("BEGIN:VCALENDAR\nEND:VCALENDAR\n", "has no event"),
    ],
)
async def test_what_cannot_be_read_is_named_and_nothing_is_lost(opened: Opener, text: str, said: str) -> None:
    async with opened() as screen:
        await screen.press("i")
        await paste(screen, text)
        assert said in screen.text()
        await screen.press("enter")
        assert requests(screen) == []


@pytest.mark.usefixtures("no_clipboard")
@pytest.mark.slow
async def test_saying_no_to_a_request_declines_it_with_the_blocks_that_are_marked(opened: Opener) -> None:
    async with opened() as screen:
        fields = {"start": "2026-11-26T15:00", "end": "2026-11-26T16:00", "type": "stakeholder"}
        screen.planner.apply(AddItem("request", "budget sync", fields), ["invite"])
        await screen.press("i", "n")
        assert "Sign-off: budget sync · Thu 26 Nov 15:40–16:00" in screen.text()
        await screen.press("1", "enter")
        assert requests(screen)[0]["status"] == "declined"
        assert [block.summary for block in _blocks(screen, 0) if block.source == "own"] == [
            "Sign-off: budget sync"
        ]
        await screen.press("u")
        assert requests(screen)[0]["status"] == "waiting"
        assert [block for block in _blocks(screen, 0) if block.source == "own"] == []


@pytest.mark.usefixtures("no_clipboard")
@pytest.mark.slow
async def test_an_answer_is_copied_as_it_is_given(opened: Opener) -> None:
    async with opened() as screen:
        await open_triage(screen)
        await screen.press("d")
        assert "I won't join budget sync" in screen.app.clipboard
        assert "u takes it back" in screen.text()
        await screen.press("u", "o", "enter")
        assert "Send me the notes" in screen.app.clipboard


@SIZES
@pytest.mark.usefixtures("no_clipboard")
@pytest.mark.slow
async def test_every_answer_can_be_clicked(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await open_triage(screen)
        await click_words(screen, "3 4 criteria")
        assert requests(screen)[0]["criteria"] == ["c"]
        for label in ("x accept", "d decline", "n say no", "p propose", "g proxy", "o notes", "w keep"):
            assert words(screen, label) is not None, label
        await click_words(screen, "d decline")
        assert requests(screen)[0]["status"] == "declined"
        await click_words(screen, "u undo")
        await click_words(screen, "g proxy")
        await screen.type("ben")
        await click_words(screen, "⏎ save")
        assert requests(screen)[0]["status"] == "proxied"


async def test_what_does_not_fit_says_why_over_the_slots_that_do(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await open_triage(screen)
        await screen.press("x")
        assert "It does not fit there: 13:00–17:00 is reserved for deep work" in screen.text()


async def test_a_reply_to_a_request_says_that_enter_declines_it(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await open_triage(screen)
        await screen.press("n")
        assert "⏎ declines the request, in one step of undo" in screen.text()
        await screen.press("1")
        assert "⏎ declines the request and puts what is marked on the week" in screen.text()
        await screen.press("b")
        await screen.type("Ana")
        assert "With whom will you pair?" in screen.text()  # also while it is answered


async def test_what_was_saved_stands_over_its_card(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("i")
        assert "a add  u undo  tab closed  esc back" in screen.text()  # nothing waits: no criteria, no reply
        await screen.press("a")
        await screen.type("wed 14-14:30 budget sync @ana")
        await screen.press("enter")
        text = screen.text()
        assert text.index("saved · u takes it back") < text.index("No: none of the four criteria holds")
        await screen.press("1")
        assert "saved · u takes it back" not in screen.text()


async def test_an_invitation_is_pasted_over_the_week(opened: Opener) -> None:
    text = calendar(event("ORGANIZER;CN=Ana:mailto:ana@example.org", title="Budget sync", uid="1")).decode()
    async with opened(size=(80, 24)) as screen:
        screen.app.post_message(Paste(text))
        await screen.settle()
        assert "A meeting request" in screen.text()
        assert "Budget sync · " in screen.text()
        await screen.press("enter")
        assert [one["summary"] for one in requests(screen)] == ["Budget sync"]
        await screen.press("escape")
        screen.app.post_message(Paste("wed 14-15 budget sync"))
        await screen.settle()
        assert "this is no invitation" in screen.text()
        assert screen.summaries() == []


@SIZES
async def test_a_criterion_is_clicked_where_it_stands(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        await open_triage(screen)
        for text, held in (("1□ decision", ["a"]), ("4□ explain", ["a", "d"]), ("1■ decision", ["d"])):
            await click_words(screen, text)
            assert requests(screen)[0]["criteria"] == held
        await click_words(screen, "slot 1: ")
        assert requests(screen)[0]["criteria"] == ["d"]
