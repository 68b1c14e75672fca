"""The panel beside the grid: planned against done, each thing once, as much as there is room for."""

import pytest

from techlead_tui.core.edits import Edit, FinishBlock
from techlead_tui.core.week import Week
from techlead_tui.render.metrics import figures_of
from techlead_tui.render.sidebar import card, gauge, panel
from techlead_tui.render.text import plain
from tests.core.weeks import add, day, moment, week_with
from tests.render.scenes import scene_of, session

NARROW, WIDE = 23, 41


def shown(week: Week, now: str = "tue 11:37", cells: int = NARROW, rows: int = 60) -> list[str]:
    scene = scene_of(week, moment(now))
    found = panel(week, scene.figures, scene.now, scene.violations, cells, rows)
    assert len(found) == rows
    return [plain(row).rstrip() for row in found]


def section(lines: list[str], name: str) -> list[str]:
    """The lines below a section's name, up to the blank one."""
    start = next(at for at, line in enumerate(lines) if line.strip().startswith(name))
    rest = [*lines[start + 1 :], ""]
    return rest[: rest.index("")]


def today(*edits: Edit, now: str = "tue 11:37", cells: int = NARROW) -> list[str]:
    return section(shown(week_with(*edits), now, cells), "TODAY")


@pytest.mark.parametrize(
    ("planned", "done", "target", "bar"),
    [
        (80, 20, 60, "██▓▓▓▓┃▓░░"),
        (50, 0, 80, "▓▓▓▓▓░░░┃░"),
        (20, 50, 30, "███┃█░░░░░"),
        (1, 0, 50, "▓░░░░┃░░░░"),
        (0, 0, 100, "░░░░░░░░░┃"),
        (200, 150, 0, "┃█████████"),
    ],
)
def test_a_gauge_reads_without_colour(planned: int, done: int, target: int, bar: str) -> None:
    assert plain(gauge(planned, done, target, 10, "ink")) == bar


def test_the_balance_tells_what_is_planned_wanted_and_done_of_each_category() -> None:
    lines = section(shown(week_with(session("tue 9:30", 150, "pool")), cells=WIDE), "THIS WEEK")
    assert [line.split() for line in lines[0:6:2]] == [
        ["█", "hands-on", "77%", "aim", "60"],
        ["▒", "mentorship", "1%", "aim", "25"],
        ["▌", "communication", "14%", "aim", "15"],
    ]
    assert lines[1].endswith("2h30")
    assert lines[3].endswith("░")  # no mentorship so far
    assert lines[5].endswith("3h15")  # Monday's meetings were held, each up to its hard end
    assert lines[6].split() == ["█", "done", "▓", "planned", "┃", "aim"]
    assert lines[7] == " logged 2h30  other 7% aim 0"


def test_figures_count_what_was_done_until_now() -> None:
    week = week_with(session("tue 9:30", 60, "pool"))
    assert figures_of(week, moment("mon 08:00")).done["communication"] == 0
    assert figures_of(week, moment("mon 10:00")).done["communication"] == 30
    assert figures_of(week, moment("fri 18:00")).done["hands_on"] == 60


def test_what_fills_a_box_is_listed_in_its_place() -> None:
    lines = today(add("tue 9:00-12:00", "code", summary="pool"), session("tue 9:30", 50, "pool"))
    assert [line.split() for line in lines if "09:00" in line] == [["09:00", "pool", "50m"]]


def test_two_that_fill_a_box_together_are_listed_in_its_place() -> None:
    lines = today(
        add("tue 9-10", "code", summary="pool"), add("tue 10-12", "review", summary="cache"), now="tue 8:00"
    )
    assert lines[:2] == [" 09:00 pool", " 10:00 cache"]


def test_what_takes_a_part_of_a_box_stands_inside_it() -> None:
    lines = today(add("tue 9-10", "code", summary="pool"), now="tue 8:00")
    assert lines[:2] == [" 09:00 Deep work", " 09:00  pool"]


def test_each_minute_of_a_session_is_told_of_the_block_that_it_falls_in() -> None:
    lines = today(add("tue 9-10", "code", summary="pool"), session("tue 9:30", 50, "pool"))
    assert [line.split() for line in lines if line.endswith("m")] == [
        ["09:00", "Deep", "work", "20m"],
        ["09:00", "pool", "30m"],
    ]


def test_a_session_during_a_meeting_in_deep_work_counts_for_the_work() -> None:
    lines = today(add("tue 14-14:30", override="why not"), session("tue 14:10", 50, "x"), now="tue 16:00")
    assert [line.split() for line in lines if line.endswith("50m")] == [["13:00", "Deep", "work", "50m"]]


def test_a_title_has_the_room_that_no_time_takes() -> None:
    assert " 16:00 Questions and…" in today()


def test_the_title_of_what_is_on_takes_a_second_line() -> None:
    lines = today(add("tue 9-12", "code", summary="Connection pool"), session("tue 9:30", 50, "x"))
    assert lines[:2] == [" 09:00 Connection pool", "                   50m"]
    lines = today(add("tue 9-12", "code", summary="Connection pool stalls"), session("tue 9:30", 50, "x"))
    assert lines[:2] == [" 09:00 Connection pool", "       stalls      50m"]


def test_what_came_of_a_block_has_a_sign() -> None:
    done = FinishBlock(f"tue-morning@{day('tue')}", day("tue"), "done")
    lines = today(done, session("tue 9:30", 50, "x"), now="tue 16:45", cells=WIDE)
    assert lines[0].split() == ["09:00", "Deep", "work", "3h", "✓50m"]
    assert lines[1].split() == ["13:00", "Deep", "work", "3h", "–"]
    assert lines[-1].split() == ["16:30", "Deep", "work", "30m"]


@pytest.mark.parametrize("rows", range(18, 40))
@pytest.mark.few(4)
def test_a_list_that_does_not_fit_says_how_much_more_there_is(rows: int) -> None:
    week = week_with(*(add(f"tue {hour}:15-{hour}:45", summary=f"call {hour}") for hour in range(9, 21)))
    lines = shown(week, "tue 14:20", rows=rows)
    assert " █ done ▓ plan ┃ aim" in lines
    if rows >= 22:
        listed = section(lines, "TODAY")
        ahead = ["13:00", *(f"{hour}:15" for hour in (14, 15)), "16:00", "16:15", "16:30"]
        ahead += [f"{hour}:15" for hour in (17, 18, 19, 20)]  # what is over went
        begun = [line.split()[0] for line in listed if "more" not in line and line[-1] not in "✓–"]
        assert begun == ahead[: len(begun)]
        more = len(ahead) - len(begun)
        assert (f" and {more} more" in listed) == (more > 0)
        assert len(listed) == min(11, rows - 19)


def test_a_low_panel_keeps_the_figures() -> None:
    for rows in (12, 13, 14, 16):
        assert any(line.startswith(" █ hands-on        77%") for line in shown(week_with(), rows=rows))


def test_short_stretches_are_told_with_their_share_of_deep_work() -> None:
    for cells in (NARROW, WIDE):
        lines = section(shown(week_with(), cells=cells), "TOO SHORT FOR FOCUS")
        assert lines[0] == " 5h, 18% of deep work"
        assert len(lines) == 1 + len(figures_of(week_with(), moment("tue 9:00")).short)


@pytest.mark.parametrize("rows", range(3, 14))
def test_a_card_that_is_full_says_that_there_was_more(rows: int) -> None:
    week = week_with(add("tue 14:30-15:00", "status", summary="Budget", people=("mira",), override="the CFO"))
    block = next(block for block in week.blocks if block.summary == "Budget")
    scene = scene_of(week)
    lines = [plain(row).rstrip() for row in card(block, scene.violations, NARROW, rows)]
    whole = [plain(row).rstrip() for row in card(block, scene.violations, NARROW, 40)]
    assert len(lines) == rows
    assert lines[: rows - 1] == whole[: rows - 1]
    ends_there = not whole[rows] or whole[rows - 1].endswith("(kept: the CFO)") or whole[rows - 1] == " CFO)"
    assert lines[-1] == whole[rows - 1] if rows < 7 or ends_there else lines[-1].endswith("…")
