"""The edit form by its keys, and what is stored after them."""

import gc

import pytest
from textual._styles_cache import StylesCache

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import EditBlock, FinishBlock
from techlead_tui.core.series import Repeat
from techlead_tui.render.palette import PALETTES
from techlead_tui.tui.dialogs.form import Verdict
from tests.core.weeks import W48, add, day
from tests.render.scenes import session
from tests.tui.conftest import Opened, Opener
from tests.tui.forms import FOREIGN, at, fill, form, own, stored, text_field, turn_to

POOL = add("wed 14:00-16:00", "code", summary="pool", people=("ana",), doc="docs/pool.md")


async def opened_form(screen: Opened) -> None:
    await stored(screen, POOL)
    screen.screen.go(day("wed"), 14 * 60)
    await screen.press("e")


async def test_another_title_is_saved_by_enter(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await screen.press(*" fix", "enter")
        assert own(screen).summary == "pool fix"
        assert screen.app.screen is screen.screen
        assert len(screen.planner.history()) == 2


@pytest.mark.slow
async def test_enter_opens_a_block_where_nothing_is_offered(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("enter")
        assert "box of the week theme" in screen.text()


async def test_escape_and_an_unchanged_form_write_nothing(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await screen.press("x", "escape")
        assert own(screen).summary == "pool"
        await screen.press("e", "enter")
        assert screen.app.screen is screen.screen
        assert len(screen.planner.history()) == 1


@pytest.mark.slow
async def test_all_fields_are_one_change_and_one_undo(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        before = own(screen)
        await fill(screen, "summary", "design of the pool")
        await fill(screen, "type", "design")
        await fill(screen, "day", "thu")
        await fill(screen, "start", "10:00")
        await fill(screen, "end", "45m")
        await fill(screen, "people", "@ana @ben")
        await fill(screen, "doc", "docs/design.md")
        await turn_to(screen, "optional", "yes")
        await turn_to(screen, "category", "mentorship")
        await screen.press("ctrl+s")
        block = own(screen)
        assert (block.summary, block.type, block.kind) == ("design of the pool", "design", "deep_work")
        assert at(block) == ("thu", 600, 45)
        assert (block.people, block.doc) == (("ana", "ben"), "docs/design.md")
        assert (block.optional, block.category) == (True, "mentorship")
        await screen.press("u")
        assert own(screen) == before


@pytest.mark.slow
async def test_another_start_takes_the_end_along(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "start", "13:00")
        await screen.press("enter")
        assert at(own(screen)) == ("wed", 13 * 60, 120)


async def test_a_type_brings_its_kind_and_is_completed(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "cross")
        assert "Cross-team" in screen.text()
        await screen.press("tab")
        assert text_field(screen, "type").value == "cross-team"
        assert form(screen).field("kind").value == "meeting"


@pytest.mark.slow
async def test_types_that_are_not_worth_it_say_so_in_the_list(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "stat")
        assert "on your avoid" in screen.text()
        await screen.press("down", "enter")
        assert text_field(screen, "type").value == "status"
        assert screen.app.screen is not screen.screen


@pytest.mark.slow
async def test_people_and_documents_used_before_are_offered(opened: Opener) -> None:
    async with opened() as screen:
        await stored(
            screen, add("thu 9:00-10:00", "code", summary="old", people=("benedict",), doc="docs/z.md")
        )
        await opened_form(screen)
        await fill(screen, "people", "@ana @be")
        await screen.press("tab")
        assert text_field(screen, "people").value == "@ana @benedict"
        await fill(screen, "doc", "z")
        assert "docs/z.md" in screen.text()


@pytest.mark.slow
async def test_an_unknown_type_names_the_nearest_and_is_not_saved(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "statsu")
        await screen.press("enter")
        assert "did you mean status?" in screen.text()
        assert own(screen).type == "code"


@pytest.mark.parametrize(("field", "text"), [("day", "someday"), ("start", "2pm"), ("end", "13:00")])
@pytest.mark.slow
async def test_a_field_that_makes_no_sense_is_not_saved(opened: Opener, field: str, text: str) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, field, text)
        await screen.press("enter")
        assert screen.app.screen is not screen.screen
        assert len(screen.planner.history()) == 1


@pytest.mark.slow
async def test_the_verdict_is_there_before_enter(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "status")
        assert "refused" in screen.text()
        assert "focus −" in screen.text()
        assert own(screen).type == "code"


@pytest.mark.slow
async def test_a_digit_takes_a_fix_together_with_what_was_changed(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "status")
        await screen.press("enter")
        refused = form(screen).refused
        assert refused is not None
        fix = refused.violations[0].fixes[0].edit
        await screen.press("1")
        block = own(screen)
        assert block.type == "status"
        assert isinstance(fix, EditBlock)
        assert fix.to is not None
        assert (block.day, at(block)[1]) == (fix.to.to, fix.to.start)


async def test_a_refusal_is_gone_past_with_a_reason_only(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "status")
        await screen.press("ctrl+o", "enter")
        assert own(screen).type == "code"
        await fill(screen, "reason", "the CFO can only come then")
        await screen.press("enter")
        block = own(screen)
        assert block.type == "status"
        assert block.override is not None
        assert block.override.reason == "the CFO can only come then"


@pytest.mark.slow
async def test_escape_goes_back_from_a_refusal_to_the_fields(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "status")
        await screen.press("enter", "escape")
        assert form(screen).refused is None
        await screen.press("escape")
        assert own(screen).type == "code"


@pytest.mark.slow
async def test_a_box_of_the_theme_is_edited_on_its_day_alone(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 13 * 60)
        await screen.press("e")
        await fill(screen, "summary", "Ledger review")
        await screen.press("enter")
        key = screen.screen.scene.week.key
        uid = f"architecture-review@{day('mon')}"
        assert screen.week().block(uid).summary == "Ledger review"
        assert "Ledger review" not in [block.summary for block in screen.week(key.shift(1)).blocks]


@pytest.mark.slow
async def test_what_is_done_keeps_its_time(opened: Opener) -> None:
    async with opened() as screen:
        uid = await stored(screen, POOL)
        await stored(screen, FinishBlock(uid, day("wed"), "done"))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("e")
        await fill(screen, "start", "13:00")
        await screen.press("enter")
        assert "stays where it was" in screen.text()
        assert at(own(screen)) == ("wed", 14 * 60, 120)


@pytest.mark.slow
async def test_a_session_is_edited(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, session("tue 9:00", 60, "pool fix"))
        screen.screen.go(day("tue"), 9 * 60 + 15)
        await screen.press("E")
        await fill(screen, "summary", "pool spike")
        await fill(screen, "length", "45m")
        await turn_to(screen, "pattern", "spike")
        await screen.press("enter")
        (found,) = screen.week().sessions
        assert (found.summary, found.minutes, found.pattern) == ("pool spike", 45, "spike")


@pytest.mark.slow
async def test_a_session_is_taken_out_and_comes_back(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, session("tue 9:00", 60, "pool fix"))
        screen.screen.go(day("tue"), 9 * 60)
        await screen.press("E", "ctrl+r")
        assert screen.week().sessions == ()
        await screen.press("u")
        assert len(screen.week().sessions) == 1


async def test_a_block_is_skipped_and_planned_again(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, POOL)
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("s")
        assert own(screen).status == "skipped"
        screen.screen.go(day("wed"), 14 * 60, own(screen).uid)
        await screen.press("s")
        assert own(screen).status == "planned"


@pytest.mark.slow
async def test_foreign_text_is_inert_and_kept_as_it_is(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, POOL._replace(summary=FOREIGN, people=(FOREIGN,), doc=FOREIGN))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("e")
        assert "[b]visit[/b]" in screen.text()
        assert "\x1b" not in screen.text()
        await fill(screen, "end", "15:00")
        await screen.press("enter")
        block = own(screen)
        assert (block.summary, block.people, block.doc) == (FOREIGN, (FOREIGN,), FOREIGN)


@pytest.mark.parametrize(
    ("size", "palette"), [((30, 10), "plain"), ((80, 24), "high-contrast"), ((200, 60), "light")]
)
@pytest.mark.slow
async def test_the_form_takes_any_size_and_palette(
    opened: Opener, size: tuple[int, int], palette: str
) -> None:
    async with opened(size=size, palette=PALETTES[palette]) as screen:
        await opened_form(screen)
        await screen.press("tab", "f2", "down", "enter", "enter", "escape")
        assert screen.text()


@pytest.mark.slow
async def test_forms_that_were_left_are_let_go(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await screen.press("escape")
        for _ in range(5):
            await screen.press("e", "escape")
        gc.collect()
        left = sum(isinstance(found, StylesCache) for found in gc.get_objects())
        shown = sum(1 for _ in screen.screen.walk_children())
        assert left <= shown + 120  # one form may still be held by the last key's context


@pytest.mark.slow
async def test_a_completion_and_a_fix_can_be_clicked(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "type", "stat")
        await screen.pilot.click("#fields .choices", offset=(6, 0))
        await screen.settle()
        assert text_field(screen, "type").value == "status"
        await screen.press("enter")
        refused = form(screen).refused
        assert refused is not None
        fixes = refused.violations[0].fixes
        rows = [row[0][0].strip() for row in form(screen).query_one(Verdict).rows]
        await screen.pilot.click("#verdict", offset=(8, rows.index("2")))
        await screen.settle()
        day_after = fixes[1].edit.day_after
        assert day_after is not None
        week = IsoWeek.of(day_after)
        (block,) = [block for block in screen.week(week).blocks if block.source == "own"]
        assert (block.type, block.day) == ("status", day_after)


@pytest.mark.slow
async def test_a_form_is_gone_through_by_tab_and_arrows(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await screen.press("tab", "tab", "right", "down")
        focused = screen.app.focused
        assert focused is form(screen).lines.line
        assert form(screen).front is text_field(screen, "day")
        assert form(screen).field("kind").value == "meeting"
        await screen.press("up", "left", "shift+tab", "escape")
        assert screen.app.screen is screen.screen
        assert len(screen.planner.history()) == 1


@pytest.mark.slow
async def test_typing_replaces_a_type_or_a_time_and_goes_on_from_a_title(
    opened: Opener,
) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary="pool"))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("e", "space", "2", "down", *"design", "enter", "ctrl+s")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert (block.summary, block.type) == ("pool 2", "design")


@pytest.mark.slow
async def test_what_is_unknown_is_told_whole(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await stored(screen, add("wed 14:00-15:00", "code", summary="pool"))
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("e", "down", *"zzz", "ctrl+s")
        hint = screen.app.screen._unclear.hint  # type: ignore[attr-defined]
        shown = " ".join(screen.text().replace("│", " ").split())
        assert all(word in shown for word in hint.split())


STANDUP = add("wed 16:30-16:45", "code", summary="standup", repeat=Repeat(days=(3, 4)))


@pytest.mark.slow
async def test_a_series_changes_from_now_on_and_one_undo_takes_it_back(opened: Opener) -> None:
    async with opened() as screen:
        await stored(screen, STANDUP)
        before = screen.week()
        screen.screen.go(day("thu"), 16 * 60 + 30)
        await screen.press("e")
        await fill(screen, "summary", "daily")
        await fill(screen, "start", "16:15")
        await turn_to(screen, "reach", "onward")
        await screen.press("ctrl+s")
        assert screen.summaries() == ["standup", "daily"]
        assert screen.summaries(W48.shift(1)) == ["daily", "daily"]
        daily = [block for block in screen.week(W48.shift(1)).blocks if block.source == "own"]
        assert [f"{block.start:%a %H:%M}" for block in daily] == ["Wed 16:15", "Thu 16:15"]
        assert "from now on" in screen.text()
        await screen.press("u")
        assert screen.week().blocks == before.blocks


@pytest.mark.slow
async def test_only_what_comes_again_asks_how_far_a_change_reaches(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        assert "reach" not in [field.field for field in form(screen).all_fields]
        await screen.press("escape")
        screen.screen.go(day("thu"), 9 * 60)
        await screen.press("e")
        assert "reach" not in [field.field for field in form(screen).all_fields]


@pytest.mark.slow
async def test_a_note_is_kept_and_shown_beside_the_block(opened: Opener) -> None:
    async with opened() as screen:
        await opened_form(screen)
        await fill(screen, "note", "ask ana about [b]locks[/b]")
        await screen.press("ctrl+s")
        assert own(screen).note == "ask ana about [b]locks[/b]"
        assert "note ask ana about" in screen.text()
