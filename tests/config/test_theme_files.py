from __future__ import annotations

import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config.catalog import Library
from techlead_tui.config.problems import FileError
from techlead_tui.config.theme_files import new_theme, theme_text, write_fitted
from techlead_tui.config.theme_toml import parse_theme
from techlead_tui.core.theme_fitting import fitted
from techlead_tui.core.words.hours import WorkingTime, working_time_of
from techlead_tui.errors import DataError
from tests.config.texts import shipped

LIBRARY = Library("/nowhere", "/nowhere")
SHIPPED = LIBRARY.theme_ids()
EVEN = [name for name in SHIPPED if len({day[4:] for day in LIBRARY.theme(name).days}) == 1]
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
@given(time=working_times())
@pytest.mark.few(2)
def test_a_fitted_theme_passes_the_check(name: str, time: WorkingTime) -> None:
    theme = fitted(LIBRARY.theme(name), time)
    text = theme_text(theme, "mine")
    assert parse_theme(text, theme_id=name, file="x.toml", types=LIBRARY.types()) == theme
    assert {day.weekday for day in theme.days} == set(time.days)


@pytest.mark.parametrize("name", EVEN)
def test_fitted_to_its_own_time_a_theme_stays_as_it_is(name: str) -> None:
    theme = LIBRARY.theme(name)
    assert fitted(theme, working_time_of(theme)) == theme


def test_the_reference_week_has_the_same_hours_every_day() -> None:
    assert "maker-week" in EVEN


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


def start(tmp_path: Path, theme_id: str, source: str = "maker-week") -> Path:
    books = Library(str(tmp_path), str(tmp_path / "cache"))
    return Path(new_theme(books, str(tmp_path), theme_id, source))


@pytest.mark.parametrize("source", ["maker-week", "on-call"])
def test_a_copy_is_the_same_week_with_its_own_name_and_its_comments(tmp_path: Path, source: str) -> None:
    path = start(tmp_path, "my-week", source)
    assert path == tmp_path / "themes" / "my-week.toml"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    mine = Library(str(tmp_path), str(tmp_path / "cache")).theme("my-week")
    assert mine == shipped(source)._replace(id="my-week", title="My week")
    text = path.read_text()
    assert text.startswith("# My week: your own week theme")
    assert "# --- Time boxes" in text


def test_a_file_is_never_written_over(tmp_path: Path) -> None:
    path = start(tmp_path, "my-week")
    path.write_text("mine")
    with pytest.raises(DataError, match="already"):
        start(tmp_path, "my-week")
    assert path.read_text() == "mine"
    with pytest.raises(DataError, match="already"):
        start(tmp_path, "on-call")


@pytest.mark.parametrize("theme_id", ["", "My week", "../x", "a--b", "a_b", "ä"])
def test_an_id_that_cannot_be_one_is_refused(tmp_path: Path, theme_id: str) -> None:
    with pytest.raises(DataError, match="cannot be the id"):
        start(tmp_path, theme_id)


def test_a_source_that_is_unknown_or_wrong_is_refused(tmp_path: Path) -> None:
    with pytest.raises(DataError) as told:
        start(tmp_path, "my-week", "oncall")
    assert "on-call" in told.value.hint
    start(tmp_path, "wrong").write_text("title = 3")
    with pytest.raises(FileError):
        start(tmp_path, "my-week", "wrong")


def test_a_theme_that_comes_along_is_not_to_be_edited_in_its_place(tmp_path: Path) -> None:
    library = Library(str(tmp_path), str(tmp_path / "cache"))
    with pytest.raises(DataError) as wrong:
        new_theme(library, str(tmp_path), "maker-week")
    assert str(tmp_path / "themes" / "maker-week.toml") in wrong.value.hint
    new_theme(library, str(tmp_path), "mine")
    with pytest.raises(DataError, match="there is already") as wrong:
        new_theme(library, str(tmp_path), "mine")
    assert wrong.value.hint.endswith("or edit that file")
