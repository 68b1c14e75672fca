"""A form made by declaration: each kind of field is read, noted, completed and saved as one wish."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from textual.widgets import Input, TextArea

from techlead_tui.core.decide import Decision
from techlead_tui.core.edits import AddBlock, Edit
from techlead_tui.tui.dialogs.form import FormDialog
from techlead_tui.tui.widgets.choice_fields import ChoiceField
from techlead_tui.tui.widgets.fields import FormField, LongTextField, TextField
from techlead_tui.tui.widgets.name_fields import PersonField
from techlead_tui.tui.widgets.time_fields import DateField, LengthField
from tests.core.weeks import W48, add, day
from tests.tui import hand
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import fill, form, stored, text_field, turn_to


class PairingForm(FormDialog):
    """Plan to pair with somebody."""

    heading = "Pair"

    def fields(self) -> Sequence[FormField[Any]]:
        today = self.desk.planner.today()
        self.what = TextField("what", "what", example="the pool", needed="it needs a title")
        self.who = PersonField("who", "with", needed="who with?")
        self.day = DateField("day", "day", "thu", today=today, shown=W48)
        self.length = LengthField("length", "length", "1h", example="45m")
        kinds = [("meeting", "meeting"), ("deep_work", "deep work")]
        self.kind = ChoiceField("kind", "kind", kinds, "meeting")
        self.notes = LongTextField("notes", "notes", "first line", rows=3)
        return self.what, self.who, self.day, self.length, self.kind, self.notes

    def edits(self) -> list[Edit]:
        doc = self.notes.read().replace("\n", " / ")
        start, people = 14 * 60, self.who.read()
        end = start + self.length.read()
        what, kind = self.what.read(), self.kind.read()
        return [AddBlock(what, self.day.read(), start, end, kind, "code", people, False, doc)]


async def opened_form(screen: Opened) -> list[Decision | None]:
    closed: list[Decision | None] = []
    await screen.app.push_screen(PairingForm(screen.app.desk, screen.app.looks), closed.append)
    await screen.settle()
    return closed


@pytest.mark.parametrize("size", [(80, 24), (200, 60), (36, 12)], ids=str)
async def test_what_the_fields_say_is_saved_as_one_wish(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        closed = await opened_form(screen)
        await fill(screen, "what", "pairing on the pool")
        await fill(screen, "who", "@ana @ben")
        await fill(screen, "day", "wed")
        await fill(screen, "length", "1h30")
        await turn_to(screen, "kind", "deep_work")
        form(screen).field("notes").take_focus()
        await screen.settle()
        form(screen).query_one(TextArea).text = "one\ntwo"
        await screen.settle()
        await screen.press("ctrl+s")
        (block,) = [block for block in screen.week().blocks if block.source == "own"]
        assert (block.summary, block.people) == ("pairing on the pool", ("ana", "ben"))
        assert (block.doc, block.kind) == ("one / two", "deep_work")
        assert (block.day, block.planned_minutes) == (day("wed"), 90)
        assert closed[0] is not None
        assert len(screen.planner.history()) == 1


@pytest.mark.slow
async def test_enter_is_a_new_line_in_several_lines_of_text(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        form(screen).field("notes").take_focus()
        await screen.press("enter", *"next")
        assert form(screen).field("notes").value == "first line\nnext"
        await screen.press("tab")
        assert "first line" in screen.text()
        assert "next" in screen.text()
        assert isinstance(screen.app.screen, PairingForm)


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("what", "", "it needs a title"),
        ("who", "", "who with?"),
        ("day", "someday", "“someday” is no"),
        ("length", "soon", "soon"),
    ],
)
@pytest.mark.slow
async def test_what_is_not_understood_is_said_and_its_line_is_gone_to(
    opened: Opener, name: str, text: str, said: str
) -> None:
    async with opened(size=(80, 24)) as screen:
        await opened_form(screen)
        for field, value in (("what", "x"), ("who", "@ana"), (name, text)):
            await fill(screen, field, value)
        await fill(screen, "what", form(screen).field("what").value)
        await screen.press("ctrl+s")
        assert said in screen.text()
        assert screen.app.focused is form(screen).lines.line
        assert form(screen).front is text_field(screen, name)
        assert screen.planner.history() == []


@pytest.mark.slow
async def test_people_named_lately_are_completed_and_days_spelt_out(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, add("thu 9:00-10:00", "code", summary="old", people=("benedict",)))
        await opened_form(screen)
        assert "Thu 26 Nov 2026" in screen.text()
        await fill(screen, "who", "@be")
        await screen.press("tab")
        assert form(screen).field("who").read() == ("benedict",)
        field = form(screen).field("day")
        assert field.read() == date(2026, 11, 26)


@pytest.mark.slow
async def test_two_clicks_on_save_that_arrive_together_save_once(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        closed = await opened_form(screen)
        await fill(screen, "what", "pairing")
        await fill(screen, "who", "@ana")
        await fill(screen, "day", "wed")
        await turn_to(screen, "kind", "deep_work")
        at = hand.words(screen, "⏎ save")
        assert at is not None
        for _ in range(2):
            hand.tell(screen, hand.MouseDown, at)
            hand.tell(screen, hand.MouseUp, at)
        await screen.settle()
        assert screen.summaries() == ["pairing"]
        assert len(closed) == 1


async def test_one_line_to_write_in_serves_all_fields(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await opened_form(screen)
        assert len(form(screen).query(Input)) == 1
        await screen.press("tab")
        await screen.type("@ana")
        assert len(form(screen).query(Input)) == 1
        assert form(screen).field("who").read() == ("ana",)
        await screen.press("shift+tab")
        await screen.type("pool")
        assert form(screen).field("what").read() == "pool"


async def test_a_click_into_a_line_goes_to_the_letter_under_it(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary="pool", doc="docs/pool.md"))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("e")
        x, y = hand.words(screen, "docs/pool.md") or (0, 0)
        await hand.click(screen, (x + 5, y))
        await screen.press(*"big")
        assert form(screen).field("doc").value == "docs/bigpool.md"
