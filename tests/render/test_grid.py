"""The grid at any size, with anything in it."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.edits import FinishBlock, SetDay
from techlead_tui.render.grid import Sheet
from techlead_tui.render.lanes import block_under
from techlead_tui.render.text import crop, plain, row_width
from techlead_tui.render.viewport import Ghost, frame
from techlead_tui.render.week_page import head_row, opening_view, scene_rows
from tests.core.weeks import W48, add, day, moment, week_with
from tests.render.scenes import KEYS, NOON, busy_week, scene_of, screen, session, text
from tests.strategies import LETTERS


@pytest.mark.parametrize(
    ("width", "height"),
    [*product((30, 39, 40, 79, 80, 99, 100, 139, 250), (10, 23, 70)), (1, 1), (7, 3), (9, 6)],
)
@pytest.mark.few(6)
def test_a_screen_of_any_size_is_filled_to_the_cell(width: int, height: int) -> None:
    week = busy_week()
    for zoom in (15, 30, 60):
        rows = screen(week, width, height, zoom=zoom)
        assert len(rows) == height
        assert {row_width(row) for row in rows} == {width}


@given(
    st.lists(
        st.tuples(
            st.integers(1, 7), st.integers(0, 1439), st.integers(1, 600), st.text(LETTERS, max_size=20)
        ),
        max_size=12,
    ),
    st.integers(10, 130),
    st.sampled_from((15, 30, 60)),
)
def test_any_blocks_leave_every_row_as_wide_as_it_is(blocks, width: int, zoom: int) -> None:  # type: ignore[no-untyped-def]
    edits = [
        add(
            "mon 09:00-10:00",
            summary=summary,
            day=W48.day(weekday),
            start=start,
            end=min(1440, start + length),
        )
        for weekday, start, length, summary in blocks
    ]
    rows = screen(week_with(*edits), width, 30, zoom=zoom)
    assert {row_width(row) for row in rows} == {width}


@pytest.mark.slow
def test_forty_blocks_at_once_say_how_many_stand_behind() -> None:
    calls = [add("tue 9:00-11:00", summary=f"call {n}") for n in range(40)]
    for work in ((), (session("tue 9:00", 90, "pool"),)):
        rows = screen(week_with(*calls, *work), 120, 40)
        assert {row_width(row) for row in rows} == {120}
        assert any("+37" in plain(row) for row in rows)


def test_a_time_that_does_not_fit_is_said_shorter() -> None:
    week = week_with(add("wed 18:00-20:00", summary="call"))
    for width, days, said in ((200, 5, "18:00–20:00"), (120, 7, "to 20:00")):
        rows = screen(week, width, 60, wanted_days=days)
        assert any(said in plain(row) for row in rows[3:-2])


def test_a_row_is_the_same_until_the_cursor_reaches_it() -> None:
    week = busy_week()
    view = opening_view(week, NOON, 120, 40)
    sheet = Sheet(week, view, frame(120, 40), NOON, {})
    changed = [
        y
        for y in range(sheet.height)
        if sheet.row(y, view.cursor_day, view.cursor) != sheet.row(y, view.cursor_day, view.cursor + 15)
    ]
    assert len(changed) == 2


def test_a_carried_block_is_drawn_as_if_it_had_always_been_there() -> None:
    week = busy_week()
    view = opening_view(week, NOON, 120, 40)
    block = block_under(week, day("wed"), 14 * 60)
    assert block is not None
    first = Ghost(block.uid, day("wed"), 14 * 60, 16 * 60, block.summary, "", True)
    then = Ghost(block.uid, day("thu"), 10 * 60, 12 * 60, block.summary, "focus −2h", False)
    part = frame(120, 40)
    sheet = Sheet(week, view._replace(ghost=first), part, NOON, {})
    before = [sheet.row(y) for y in range(sheet.height)]
    touched = sheet.move_ghost(view._replace(ghost=then))
    fresh = Sheet(week, view._replace(ghost=then), part, NOON, {})
    assert [sheet.row(y) for y in range(sheet.height)] == [fresh.row(y) for y in range(sheet.height)]
    assert {y for y in range(sheet.height) if fresh.row(y) != before[y]} <= touched


def test_a_cell_is_found_again_by_where_it_is_drawn() -> None:
    week = busy_week()
    view = opening_view(week, NOON, 120, 40)
    sheet = Sheet(week, view, frame(120, 40), NOON, {})
    column = sheet.columns[2]
    y = sheet.row_of(14 * 60)
    assert sheet.hit(column.x + 3, y) == (day("wed"), 14 * 60)
    place = sheet.block_at(column.x + 5, y)
    assert place is not None
    assert place.block.summary.startswith("Connection pool")
    assert sheet.hit(2, y) is None


def test_blocks_out_of_sight_are_counted_over_the_column() -> None:
    week = week_with(add("tue 20:00-21:00"), add("tue 06:00-07:00"))
    rows = screen(week, 120, 40)
    assert "▴1▾1" in plain(rows[1])


@pytest.mark.parametrize(
    "sign", ["✓ EM 1:1", "✗ Cross-team", "✎ Budget", "sync?", "⇥13:45", "▸pool fix 1h35", "@ana", "lunch"]
)
@pytest.mark.few(4)
def test_every_state_has_a_sign_that_needs_no_colour(sign: str) -> None:
    assert any(sign in plain(row) for row in screen(busy_week(), 120, 40))


def test_the_side_panel_tells_what_is_now_and_next() -> None:
    shown = "\n".join(plain(row)[97:] for row in screen(busy_week(), 120, 40))
    assert "23m left, to 12:00" in shown
    assert "13:00  Deep work" in shown


def test_a_week_without_any_block_is_drawn() -> None:
    week = week_with()._replace(blocks=(), sessions=())
    scene = scene_of(week)
    rows = scene_rows(scene, opening_view(week, NOON, 120, 40), KEYS, 120, 40)
    assert "free time" in "\n".join(map(plain, rows))


def test_the_cursor_stands_at_the_first_hour_of_another_week() -> None:
    view = opening_view(week_with(), moment("sun 10:00").replace(year=2025), 120, 40)
    assert (view.cursor_day, view.cursor) == (day("mon"), 9 * 60)


def test_the_title_of_a_day_is_never_cut_at_eighty_columns() -> None:
    band = plain(screen(busy_week(), 80, 24)[2])
    assert "SYNC" in band
    assert "CATCH-UP" in band


@pytest.mark.parametrize(("width", "height"), [(80, 24), (100, 30), (120, 40), (200, 60)])
def test_a_hard_end_is_the_last_to_go(width: int, height: int) -> None:
    for zoom in (15, 30, 60):
        shown = "\n".join(plain(row) for row in screen(busy_week(), width, height, zoom=zoom))
        assert "⇥13:45" in shown
        assert "⇥09:30" in shown


def test_the_gap_that_a_moved_box_leaves_is_deep_work() -> None:
    uid = next(block.uid for block in week_with().blocks if block.day == day("wed") and block.kind == "async")
    week = week_with(FinishBlock(uid, day("wed"), "skipped"))
    view = opening_view(week, NOON, 120, 40)
    sheet = Sheet(week, view, frame(120, 40), NOON, {})
    y = sheet.row_of(10 * 60 + 30)
    column = sheet.columns[2]
    cells = [style for text, style in crop(sheet.row(y), column.x, column.x + column.width) if text.strip()]
    assert cells
    assert all(style.endswith("/hands_on") for style in cells)


def test_the_panel_uses_the_room_that_there_is() -> None:
    wide = "\n".join(plain(row) for row in screen(busy_week(), 200, 60))
    for said in ("hands-on", "aim 60", "planned  done", "WARNINGS", "TOO SHORT FOR FOCUS", "logged"):
        assert said in wide
    low = "\n".join(plain(row) for row in screen(busy_week(), 120, 24))
    assert "THIS WEEK" in low
    assert "TOO SHORT" not in low


@pytest.mark.parametrize(
    ("width", "said"),
    [
        (36, "focus planned 19 h"),
        (70, "communication 14%"),
        (120, "aim 15, alarm 20"),
        (130, "Maker week"),
        (200, "hands-on 2h25 of 26h done"),
    ],
)
@pytest.mark.few(3)
def test_the_header_tells_as_much_as_there_is_room_for(width: int, said: str) -> None:
    assert said in plain(screen(busy_week(), width, 24)[0])
    shown = plain(screen(busy_week(), width, 24)[0])
    assert "focus planned 19 h" in shown


def test_a_list_names_what_fills_a_box_and_the_box_where_it_is_picked() -> None:
    week = week_with(add("tue 9:00-12:00", "code", summary="pool"))
    box = f"tue-morning@{day('tue')}"
    for picked in (None, box):
        view = opening_view(week, NOON, 36, 20)._replace(picked=picked)
        lines = [plain(row) for row in scene_rows(scene_of(week), view, KEYS, 36, 20)[3:-2]]
        nine = [line.split("█")[1].strip() for line in lines if line.startswith(" 09:00")]
        assert nine == (["pool"] if picked is None else ["pool", "Deep work"])


def test_a_rail_leaves_a_hard_end_that_stands_in_the_last_cell() -> None:
    week = week_with(session("mon 13:00", 60, "pool"))
    assert any("⇥13:45│" in plain(row) for row in screen(week, 80, 24))


def test_a_day_off_has_no_theme() -> None:
    week = week_with(SetDay(day("wed"), "leave"), SetDay(day("sat"), "on-call"))
    band = screen(week, 120, 40, wanted_days=7)[2]
    assert [style for text, style in band if "LEAVE" in text] == ["tone.calm"]
    assert [style for text, style in band if "ON-CALL" in text] == ["day"]


def test_a_word_is_not_broken_for_the_sake_of_the_last_cell() -> None:
    rows = screen(week_with(), 120, 40, wanted_days=7)
    assert any("▌Stakeholder│" in plain(row) for row in rows)


def test_a_session_where_nothing_was_planned_is_drawn_like_a_block() -> None:
    week = week_with(session("sat 10:00", 60, "weekend fix"))
    rows = screen(week, 120, 40, cursor_day=day("sat"), cursor=600)
    ten = next(row for row in rows if plain(row).startswith(" 10:00"))
    assert "█▸weekend   ▐" in plain(ten)
    assert any("█fix 1h     ▐" in plain(row) for row in rows)
    assert any("edge.hands_on" in style for text, style in ten if text == "█")
    panel = "\n".join(plain(row)[-24:] for row in rows)
    assert "HERE" in panel
    assert "session, hands-on" in panel
    small = screen(week, 80, 24, cursor_day=day("sat"), cursor=600)
    assert plain(small[-2]).startswith(" 10:00–11:00 weekend fix  1h  session, hands-on")


@pytest.mark.parametrize(
    ("width", "said"), [(80, ("Architec-", "Cross-", "Stakeho-")), (200, ("Architecture",))]
)
def test_a_word_is_broken_at_a_hyphen(width: int, said: tuple[str, ...]) -> None:
    shown = text(screen(week_with(), width, 24, wanted_days=7))
    assert all(part in shown for part in said)


def test_a_session_out_of_sight_is_counted_over_its_day() -> None:
    week = week_with(session("tue 0:30", 30, "late"), session("tue 9:15", 30, "in a block"))
    names = plain(screen(week, 80, 24)[1])
    assert names.split("Wed")[0].rstrip().endswith("▴1")
    assert "▴" not in names.split("Wed")[1]


def test_the_header_tells_of_the_running_session_beside_any_week() -> None:
    week = week_with(session("tue 9:15", 30, "pool"))
    running = week._replace(sessions=tuple(one._replace(running=True) for one in week.sessions))
    scene = scene_of(week_with())._replace(current=running)
    assert "▶ 0:30" in plain(head_row(scene, opening_view(week, NOON, 80, 24), 80))
