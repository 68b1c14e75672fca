"""Week themes fitted to other days and hours, written as files that pass the check."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from techlead_tui.config.library import Library
from techlead_tui.config.own_theme import write_fitted
from techlead_tui.config.theme_text import theme_text
from techlead_tui.config.theme_toml import parse_theme
from techlead_tui.core.fit import fitted
from techlead_tui.core.words.working_time import WorkingTime, working_time_of

LIBRARY = Library("/nowhere", "/nowhere")
SHIPPED = LIBRARY.theme_ids()
MAKER = LIBRARY.theme("maker-week")


@st.composite
def working_times(draw: st.DrawFn) -> WorkingTime:
    first = draw(st.integers(1, 7))
    days = tuple((first - 1 + step) % 7 + 1 for step in range(draw(st.integers(1, 7))))
    opens = draw(st.integers(0, 22 * 4)) * 15
    closes = draw(st.integers(opens // 15 + 4, 95)) * 15
    lunch = None
    if closes - opens >= 120 and draw(st.booleans()):
        start = draw(st.integers(opens // 15 + 1, closes // 15 - 2)) * 15
        lunch = (start, start + 15)
    return WorkingTime(days, opens, closes, lunch)


@pytest.mark.parametrize("name", SHIPPED)
def test_a_theme_written_as_text_is_read_back(name: str) -> None:
    theme = LIBRARY.theme(name)
    text = theme_text(theme, "mine")
    assert parse_theme(text, theme_id=name, file="x.toml", types=LIBRARY.types()) == theme


@pytest.mark.parametrize("name", SHIPPED)
@settings(max_examples=40, deadline=None)
@given(time=working_times())
def test_a_fitted_theme_passes_the_check(name: str, time: WorkingTime) -> None:
    theme = fitted(LIBRARY.theme(name), time)
    text = theme_text(theme, "mine")
    assert parse_theme(text, theme_id=name, file="x.toml", types=LIBRARY.types()) == theme
    assert {day.weekday for day in theme.days} == set(time.days)


@pytest.mark.parametrize("name", SHIPPED)
def test_fitted_to_its_own_time_a_theme_stays_as_it_is(name: str) -> None:
    theme = LIBRARY.theme(name)
    if len({day[4:] for day in theme.days}) == 1:
        assert fitted(theme, working_time_of(theme)) == theme


def test_talks_keep_their_length_and_deep_work_gives() -> None:
    theme = fitted(MAKER, WorkingTime((1, 2, 3, 4, 5), 480, 960, (690, 720)))
    monday = [(box.id, box.start, box.end) for box in theme.boxes if box.weekday == 1]
    assert monday == [
        ("em-1-1", 480, 540),
        ("team-sync", 540, 600),
        ("mon-late-morning", 600, 690),
        ("architecture-review", 720, 780),
        ("mon-afternoon", 780, 900),
        ("cross-team", 900, 960),
    ]


def test_a_week_from_sunday_to_thursday_begins_with_the_talks() -> None:
    theme = fitted(MAKER, WorkingTime((7, 1, 2, 3, 4), 540, 1020, (720, 780)))
    assert [(day.weekday, day.title) for day in theme.days] == [
        (1, "Deep"),
        (2, "Deep"),
        (3, "Deep"),
        (4, "Catch-up"),
        (7, "Sync"),
    ]


def test_four_days_of_five_keep_the_first_and_the_last() -> None:
    theme = fitted(MAKER, WorkingTime((1, 2, 3, 4), 540, 1020, (720, 780)))
    assert [day.title for day in theme.days] == ["Sync", "Deep", "Deep", "Catch-up"]


def test_the_file_is_the_users_own_and_never_another_one(tmp_path: Path) -> None:
    library = Library(str(tmp_path), str(tmp_path / "cache"))
    time = WorkingTime((1, 2, 3, 4, 5), 510, 990, (720, 750))
    names = [write_fitted(library, str(tmp_path), "maker-week", time) for _ in range(2)]
    assert names == ["my-week", "my-week-2"]
    path = tmp_path / "themes" / "my-week.toml"
    assert library.check_file(str(path)) == ()
    assert library.theme("my-week").title == "My maker week"
    assert path.read_text(encoding="utf-8").startswith(
        "# My maker week: your own week theme, maker-week fitted"
    )
