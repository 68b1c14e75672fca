"""Keys on the week screen, and what is stored after them."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from textual.widgets import Input

from techlead_tui.core.calendar import clock, minute_of
from techlead_tui.render.text import plain
from techlead_tui.render.week_page import opening_view, scene_rows
from techlead_tui.tui import actions
from techlead_tui.tui.dialogs.edit import EditDialog
from techlead_tui.tui.widgets.week_grid import HEAD
from tests.core.weeks import W48, add, day, moment
from tests.tui.conftest import Opened, Opener


async def test_the_week_is_on_the_screen(opened: Opener) -> None:
    async with opened() as screen:
        shown = screen.text()
        assert "W48  23–27 Nov 2026  Maker week" in shown
        assert "focus planned 22 h, done 0 h, target 15–20" in shown
        assert "Architecture" in shown


async def test_a_line_of_words_plans_a_block(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("wed 14-16 connection pool +code @ana")
        assert "fits the week" in screen.text()
        assert screen.summaries() == []
        await screen.press("enter")
        assert screen.summaries() == ["connection pool"]
        assert (screen.screen.view.cursor_day, clock(screen.screen.view.cursor)) == (day("wed"), "14:00")


async def test_words_without_a_time_mean_the_cursor(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("thu"), 13 * 60)
        await screen.press("a")
        await screen.type("connection pool +code")
        await screen.press("enter")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert (block.day, minute_of(block.start)) == (day("thu"), 13 * 60)


async def test_a_word_that_is_not_understood_is_shown_and_nothing_happens(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("wed 14-25 pool +code")
        await screen.press("enter")
        assert screen.summaries() == []
        assert screen.screen.line is not None


async def test_a_refused_block_shows_why_before_enter_and_is_not_stored(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        assert "refused: 13:00–16:00 is reserved" in screen.text()
        await screen.press("enter")
        assert screen.summaries() == []
        assert "keep it, with a reason" in screen.text()


async def test_enter_takes_the_first_fix_of_a_refusal(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        await screen.press("enter", "enter")
        assert screen.screen.refused is None
        assert [b.kind for b in screen.week().blocks if b.source == "own"] == ["async"]


@pytest.mark.slow
async def test_a_digit_takes_another_fix(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 cache design +architecture-review")
        await screen.press("enter")
        assert screen.screen.refused is not None
        second = screen.screen.refused.violations[0].fixes[1]
        await screen.press("2")
        assert list(screen.planner.history(1)[0].words) == list(second.words)


@pytest.mark.slow
async def test_escape_drops_a_refused_block(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        await screen.press("enter", "escape")
        assert screen.screen.refused is None
        assert screen.planner.history() == []
        assert "keep it, with a reason" not in screen.text()


async def test_a_refusal_is_gone_past_with_a_reason_only(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        await screen.press("enter", "o", "enter")
        assert screen.summaries() == []
        await screen.type("the CFO can only come then")
        await screen.press("enter")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert block.override is not None
        assert block.override.reason == "the CFO can only come then"


@pytest.mark.slow
async def test_a_session_is_logged_in_one_line(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("L")
        await screen.type("45m pool fix +spike")
        await screen.press("enter")
        (session,) = screen.week().sessions
        assert (session.summary, session.minutes, session.pattern) == ("pool fix", 45, "spike")
        assert session.end == moment("tue 11:37")


@pytest.mark.slow
async def test_a_chip_turns_the_pattern_of_a_session(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("L")
        await screen.type("45m pool fix")
        await screen.press("f2", "enter")
        (session,) = screen.week().sessions
        assert session.pattern == "lead"


@pytest.mark.slow
async def test_delete_says_how_to_get_it_back_and_undo_does(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-16:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("d")
        assert screen.summaries() == []
        assert "u brings it back" in screen.text()
        await screen.press("u")
        assert screen.summaries() == ["pool"]
        await screen.press("U")
        assert screen.summaries() == []


@pytest.mark.slow
async def test_a_block_is_done_and_planned_again(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 9 * 60)
        await screen.press("x")
        assert screen.week().block(f"em-1-1@{day('mon')}").status == "done"
        await screen.press("x")
        assert screen.week().block(f"em-1-1@{day('mon')}").status == "planned"


async def test_a_block_is_carried_to_another_time_and_put_down(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "up", "up", "right")
        assert screen.screen.mode == "move"
        assert screen.summaries() == ["pool"]
        assert "13:30–14:30" in screen.text()
        await screen.press("enter")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert (block.day, minute_of(block.start), block.planned_minutes) == (day("thu"), 13 * 60 + 30, 60)
        assert screen.screen.mode == "look"


@pytest.mark.slow
async def test_a_carried_block_shows_what_it_costs_and_escape_leaves_it(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 16 * 60)
        await screen.press("m", "right", *["up"] * 8)
        assert "focus −3h" in screen.text()
        assert "refused" in screen.text()
        await screen.press("escape")
        assert screen.planner.history() == []
        assert screen.screen.view.ghost is None


@pytest.mark.slow
async def test_a_block_grows_and_shrinks_by_a_quarter(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("plus", "plus", "plus", "minus")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert block.planned_minutes == 90
        await screen.press("u")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert block.planned_minutes == 105


@pytest.mark.slow
async def test_a_carried_block_grows_before_it_is_put_down(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "plus")
        assert len(screen.planner.history()) == 1
        await screen.press("plus", "enter")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert block.planned_minutes == 90


async def test_a_key_that_would_drop_a_carried_block_rests(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("wed 14:00-15:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("wed"), 14 * 60)
        await screen.press("m", "down", "x", "d", "u", "a", "enter")
        block = next(block for block in screen.week().blocks if block.source == "own")
        assert (block.status, minute_of(block.start)) == ("planned", 14 * 60 + 15)


async def test_weeks_are_paged_and_today_comes_back(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("right_square_bracket")
        assert screen.screen.scene.week.key == W48.shift(1)
        assert "W49" in screen.text()
        await screen.press("left_square_bracket", "left_square_bracket")
        assert screen.screen.scene.week.key == W48.shift(-1)
        await screen.press("t")
        assert screen.screen.view.cursor_day == day("tue")


@pytest.mark.slow
async def test_arrows_go_over_the_end_of_a_week(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("right", "right", "right", "right")
        assert screen.screen.view.cursor_day == W48.shift(1).monday
        await screen.press("h")
        assert screen.screen.view.cursor_day == day("fri")


async def test_what_another_process_wrote_appears(opened: Opener) -> None:
    async with opened() as screen:
        from techlead_tui.planner.planner import Planner

        other = Planner(screen.planner.folders, screen.clock, "cli", screen.planner.zone)
        other.apply(add("wed 14:00-16:00", "code", summary="Written elsewhere"), ["add"])
        screen.app.beat()
        await screen.settle()
        assert "Written" in screen.text()


async def test_the_line_of_now_moves_with_the_minute(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("mon"), 9 * 60)
        screen.clock.now += timedelta(minutes=20)
        screen.app.beat()
        await screen.settle()
        assert "11:57━" in screen.text()


async def test_at_midnight_the_cursor_goes_to_the_new_day(opened: Opener) -> None:
    async with opened(now=moment("sun 23:59")) as screen:
        await screen.press("left_square_bracket")
        assert screen.screen.scene.week.key == W48
        screen.clock.now += timedelta(hours=8)
        screen.app.beat()
        await screen.settle()
        assert screen.screen.scene.week.key == W48.shift(1)


@pytest.mark.written
async def test_a_cursor_that_moves_paints_two_lines(opened: Opener) -> None:
    async with opened() as screen:
        painted = screen.painted_lines()
        for key in ("down", "down", "up", "left", "right"):
            painted.clear()
            await screen.press(key)
            assert 1 <= len(painted) <= 2, key


@pytest.mark.parametrize("size", [(30, 10), (60, 20), (80, 24), (200, 60), (250, 70)])
@pytest.mark.slow
async def test_the_screen_takes_any_size(opened: Opener, size: tuple[int, int]) -> None:
    async with opened() as screen:
        await screen.pilot.resize_terminal(*size)
        await screen.settle()
        assert "W48" in screen.text()
        await screen.press("a")
        await screen.type("tue 14-15 budget sync +status")
        await screen.press("enter", "escape", "m", "down", "escape", "right", "z")
        assert "W48" in screen.text()


async def test_the_key_bar_does_what_it_says_by_mouse(opened: Opener) -> None:
    async with opened() as screen:
        await screen.pilot.click("#keys", offset=(2, 0))
        await screen.settle()
        assert screen.screen.line is not None


async def test_help_lists_every_key_and_closes(opened: Opener) -> None:
    async with opened(size=(120, 60)) as screen:
        await screen.press("question_mark")
        assert "Log a coding session" in screen.text()
        await screen.press("escape")
        assert screen.app.screen is screen.screen


@pytest.mark.parametrize("size", [(120, 40), (80, 24), (60, 20), (36, 14)])
async def test_the_first_frame_is_what_the_widgets_show(opened: Opener, size: tuple[int, int]) -> None:
    async with opened(size=size) as screen:
        view = opening_view(screen.screen.scene.week, screen.screen.scene.now, *size)
        rows = scene_rows(screen.screen.scene, view, actions.bar("look"), *size)
        assert screen.text() == "\n".join(plain(row) for row in rows)


@pytest.mark.slow
async def test_keys_of_the_week_rest_while_words_are_typed(opened: Opener) -> None:
    async with opened() as screen:
        before = screen.screen.view
        await screen.press("a", "tab", "down", "up", "pagedown", "escape")
        assert screen.screen.view == before


async def test_a_store_that_cannot_be_written_is_said_and_nothing_is_lost(opened: Opener) -> None:
    async with opened() as screen:
        Path(screen.planner.folders.data).write_text("a file stands in the way")
        await screen.press("x")
        assert "not saved" in screen.text()
        assert "W48" in screen.text()


@pytest.mark.parametrize("when", ["fri 17:00", "fri 23:30", "sat 10:00", "sun 01:00", "sun 23:59"])
@pytest.mark.few(1)
async def test_after_the_last_working_hours_the_next_week_opens_with_a_key_back(
    opened: Opener, when: str
) -> None:
    async with opened(size=(80, 24), now=moment(when)) as screen:
        assert "W48 is over" in screen.text()
        assert "[ goes back" in screen.text()
        view = screen.screen.view
        assert (view.cursor_day, clock(view.cursor)) == (day("mon", W48.shift(1)), "09:00")
        await screen.press("left_square_bracket")
        assert screen.screen.scene.week.key == W48
        assert "is over" not in screen.text()
        await screen.press("t")
        assert screen.screen.scene.week.key == W48.shift(1)
        await screen.press("f")
        assert "W48" in screen.text()


def shows_working_day(screen: Opened) -> bool:
    view = screen.screen.view
    rows = screen.screen.grid.size.height - HEAD
    return view.first <= 9 * 60 and view.first + rows * view.zoom >= 17 * 60


@pytest.mark.parametrize(
    ("when", "cursor"),
    [
        ("tue 01:00", ("tue", "09:00")),
        ("tue 10:20", ("tue", "10:15")),
        ("tue 17:00", ("wed", "09:00")),
        ("tue 23:30", ("wed", "09:00")),
        ("fri 16:45", ("fri", "16:45")),
    ],
)
@pytest.mark.few(1)
async def test_the_working_day_is_in_view_and_the_cursor_where_work_goes_on(
    opened: Opener, when: str, cursor: tuple[str, str]
) -> None:
    async with opened(size=(80, 24), now=moment(when)) as screen:
        for keys in ((), ("t",), ("F", "escape"), ("slash", "escape")):
            await screen.press(*keys)
            view = screen.screen.view
            assert (view.cursor_day, clock(view.cursor)) == (day(cursor[0]), cursor[1])
            assert shows_working_day(screen)


async def test_a_cursor_that_comes_back_from_the_night_brings_the_working_day_into_view(
    opened: Opener,
) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("tue"), 23 * 60)
        assert not shows_working_day(screen)
        screen.screen.go(day("tue"), 10 * 60)
        assert shows_working_day(screen)


@pytest.mark.parametrize(
    ("now", "cursor", "words", "planned"),
    [
        ("tue 11:37", "mon 10:00", "prep talk +pairing", "tue 11:45"),
        ("tue 11:37", "mon 10:00", "16-16:30 prep talk +pairing", "tue 16:00"),
        ("tue 11:37", "thu 13:00", "mon 13-13:30 sync +architecture-review", "next mon 13:00"),
        ("tue 11:37", "thu 13:00", "wed 16-16:30 prep talk +pairing", "wed 16:00"),
        ("tue 20:00", "tue 10:00", "prep talk +code", "wed 09:00"),
        ("sat 10:00", "mon 10:00", "prep talk +code", "next mon 09:00"),
    ],
)
@pytest.mark.few(2)
async def test_a_line_means_what_is_still_to_come(
    opened: Opener, now: str, cursor: str, words: str, planned: str
) -> None:
    async with opened(now=moment(now)) as screen:
        if now.startswith("sat"):
            await screen.press("left_square_bracket")
        at = moment(cursor)
        screen.screen.go(at.date(), minute_of(at))
        await screen.press("a")
        await screen.type(words)
        job = screen.screen.words._job
        assert job is not None
        edit = job.edit(screen.planner, words)
        found = f"{edit.day:%a} {clock(edit.start)}".lower()  # type: ignore[union-attr]
        name = planned.removeprefix("next ")
        assert found == name
        week = W48.shift(1) if planned.startswith("next") else W48
        assert edit.day == day(name[:3], week)  # type: ignore[union-attr]
        assert f"{edit.day.day} {edit.day:%b} 2026" in screen.text()  # type: ignore[union-attr]


@pytest.mark.slow
async def test_a_session_of_a_free_day_is_on_the_grid(opened: Opener) -> None:
    async with opened(now=moment("sat 10:00")) as screen:
        await screen.press("L")
        await screen.type("45m weekend fix")
        await screen.press("enter", "left_square_bracket")
        assert "Sat 28" in screen.text()
        assert "weekend fix" in screen.text()


@pytest.mark.slow
async def test_the_cursor_goes_to_a_block_that_is_planned_on_its_own_day(opened: Opener) -> None:
    async with opened(size=(80, 24), now=moment("thu 10:00")) as screen:
        await screen.press("a")
        await screen.type("thu 16-17 x +code")
        await screen.press("enter")
        here = screen.screen.here
        assert here is not None
        assert here.summary == "x"
        assert "planned: x, Thu 16:00–17:00" in screen.text()
        assert "u takes it back" in screen.text()
        await screen.press("d")
        assert screen.summaries() == []


@pytest.mark.slow
async def test_enter_opens_a_healthy_block_while_another_one_has_a_warning(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.planner.apply(add("wed 17:00-17:30", "code", summary="late"), ["add"])
        screen.planner.apply(add("thu 10:00-11:00", "code", summary="pool"), ["add"])
        await screen.screen.reload()
        screen.screen.go(day("thu"), 10 * 60)
        assert "late" not in screen.text().splitlines()[-2]
        await screen.press("enter")
        assert isinstance(screen.app.screen, EditDialog)
        await screen.press("escape")
        assert screen.screen.view.cursor_day == day("thu")


@pytest.mark.slow
async def test_enter_on_free_time_begins_a_plan_there(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        screen.screen.go(day("thu"), 18 * 60)
        await screen.press("enter")
        line = screen.screen.line
        assert line is not None
        assert "thu 18:00-19:00" in line.query_one(Input).value


@pytest.mark.slow
async def test_one_reason_settles_all_that_was_listed(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type("thu 14-15 budget sync +status")
        await screen.press("enter", "o")
        await screen.type("the CFO asks")
        await screen.press("enter")
        assert screen.summaries() == ["budget sync"]
        assert "⚠" not in screen.text()
        await screen.press("left", "right")
        assert "14:00–15:00 ✎ budget sync" in screen.text().splitlines()[-2]


@pytest.mark.slow
async def test_home_and_end_go_to_the_ends_of_the_working_day_and_ctrl_r_redoes(opened: Opener) -> None:
    async with opened() as screen:
        for key, at in (("home", "09:00"), ("end", "16:45"), ("home", "09:00"), ("G", "16:45")):
            await screen.press(key)
            assert clock(screen.screen.view.cursor) == at
        await screen.press("a")
        await screen.type("wed 14-16 connection pool +code")
        await screen.press("enter", "u")
        assert screen.summaries() == []
        await screen.press("ctrl+r")
        assert screen.summaries() == ["connection pool"]


@pytest.mark.slow
async def test_the_log_line_takes_the_past(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("L")
        await screen.type("mon 9-11 pool fix -p spike")
        await screen.press("enter")
        (session,) = screen.week().sessions
        assert (session.summary, session.minutes, session.pattern) == ("pool fix", 120, "spike")
        assert session.start == moment("mon 9:00")


@pytest.mark.slow
async def test_types_and_people_are_listed_on_the_line_and_taken_by_tab(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        await screen.press("a")
        await screen.type("wed 14-16 connection pool +")
        assert "+code" in screen.text()
        assert "+architecture-review" in screen.text()
        await screen.type("wed 14-16 connection pool +cod")
        await screen.press("tab")
        line = screen.app.screen.query_one(Input)
        assert line.value == "wed 14-16 connection pool +code "
        assert line.has_focus
        await screen.type("wed 14-16 connection pool +code @ana")
        await screen.press("enter", "a")
        await screen.type("thu 13-14 pool tests +code @a")
        await screen.press("tab", "enter")
        assert [block.people for block in screen.week().blocks if block.summary == "pool tests"] == [("ana",)]


@pytest.mark.parametrize(
    ("words", "named"), [("wedd 9-9:15 standup", "wedd"), ("wed 14-16 pool -p spike", "-p")]
)
@pytest.mark.few(1)
async def test_a_word_that_looks_like_a_day_or_an_option_is_named(
    opened: Opener, words: str, named: str
) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type(words)
        assert f"“{named}”" in screen.text()
        await screen.press("enter")
        assert screen.planner.history() == []


async def test_ctrl_c_leaves_a_line_of_words(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("wed 14-16 connection pool +code")
        await screen.press("ctrl+c")
        assert screen.screen.line is None
        assert screen.summaries() == []


@pytest.mark.slow
async def test_the_header_names_all_days_that_are_shown(opened: Opener) -> None:
    async with opened() as screen:
        assert "23–27 Nov 2026" in screen.text()
        await screen.press("w")
        assert "23–29 Nov 2026" in screen.text()
        await screen.press(*["left_square_bracket"] * 4)
        assert "26 Oct – 1 Nov 2026" in screen.text()


@pytest.mark.parametrize(
    "opening", ["question_mark", "F", "slash", "comma", "e", "f", "K", "T", "H", "g", "M"]
)
@pytest.mark.slow
async def test_ctrl_c_leaves_whatever_is_open(opened: Opener, opening: str) -> None:
    async with opened() as screen:
        screen.screen.go(day("wed"), 9 * 60)
        await screen.press(opening)
        assert screen.app.screen is not screen.screen
        await screen.press("ctrl+c")
        while screen.app.screen is not screen.screen:  # a form over a list
            await screen.press("ctrl+c")
        assert screen.planner.history() == []


async def test_ctrl_c_puts_back_what_is_carried(opened: Opener) -> None:
    async with opened() as screen:
        screen.screen.go(day("wed"), 9 * 60)
        await screen.press("m", "down", "ctrl+c")
        assert screen.screen.view.ghost is None
        assert screen.planner.history() == []


@pytest.mark.parametrize(
    ("words", "week", "on"),
    [
        ("week 50", "2026-W50", None),
        ("w50", "2026-W50", None),
        ("next", "2026-W49", None),
        ("2026-12-10", "2026-W50", date(2026, 12, 10)),
        ("fri", "2026-W48", date(2026, 11, 27)),
        ("mon", "2026-W48", date(2026, 11, 23)),
    ],
)
@pytest.mark.few(1)
async def test_a_day_or_a_week_is_gone_to(opened: Opener, words: str, week: str, on: date | None) -> None:
    async with opened() as screen:
        await screen.press("colon")
        await screen.type(words)
        await screen.press("enter")
        assert str(screen.screen.scene.week.key) == week
        assert on is None or screen.screen.view.cursor_day == on


@pytest.mark.slow
async def test_what_is_no_day_and_no_week_is_named_before_enter(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("colon")
        await screen.type("week 77")
        assert "no week" in screen.text()
        await screen.press("enter")
        assert screen.screen.line is not None


async def test_how_to_check_the_week_and_to_leave_stand_in_the_key_bar(opened: Opener) -> None:
    async with opened(size=(80, 24)) as screen:
        last = screen.text().splitlines()[-1]
        assert "f Friday" in last
        assert "q quit" in last
        assert "? keys" in last


@pytest.mark.slow
async def test_every_offers_what_may_follow(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("a")
        await screen.type("every we")
        assert "weekday" in screen.text()
        await screen.press("tab")
        assert screen.app.focused.value == "every weekday "  # type: ignore[union-attr]
