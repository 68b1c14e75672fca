from __future__ import annotations

import tomllib
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config.problems import shown
from techlead_tui.config.toml_reader import Path, dotted, key_lines, length_of, time_of
from tests.strategies import LETTERS

KEYS = st.text(LETTERS, max_size=6)
LEAVES = st.one_of(
    st.booleans(),
    st.integers(-(2**60), 2**60),
    st.text(LETTERS, max_size=12),
    st.text(st.sampled_from("\"'\\\n#[]{}=., a"), max_size=12),
    st.dates(),
)
VALUES = st.recursive(
    LEAVES,
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=12,
)
TABLES = st.dictionaries(KEYS, VALUES, max_size=5)


def keys_outside_values(data: dict[str, Any], at: Path = ()) -> set[Path]:
    """Every path of TOML written by tomli_w that is a table's or a key's own."""
    found = set()
    for key, value in data.items():
        found.add((*at, key))
        if isinstance(value, dict):
            found |= keys_outside_values(value, (*at, key))
        elif isinstance(value, list):
            found |= {(*at, key, index) for index in range(len(value))}
    return found


@given(TABLES, st.booleans())
def test_every_table_and_key_gets_a_line_and_nothing_that_is_not_there_does(
    data: dict[str, Any], multiline: bool
) -> None:
    text = tomli_w.dumps(data, multiline_strings=multiline)
    lines = key_lines(text)
    assert keys_outside_values(tomllib.loads(text)) <= set(lines)
    assert all(1 <= line <= text.count("\n") + 1 for line in lines.values())
    for path in lines:
        value: Any = tomllib.loads(text)
        for part in path:
            value = value[part]


NUMBERED = st.recursive(
    st.just(0),
    lambda inner: st.one_of(st.lists(inner, max_size=4), st.dictionaries(KEYS, inner, max_size=4)),
    max_leaves=20,
)


@given(st.dictionaries(KEYS, NUMBERED, max_size=5))
def test_the_line_is_the_one_with_the_value(shape: dict[str, Any]) -> None:
    counter = iter(range(10**6, 10**6 + 10**4))

    def number(value: Any) -> Any:
        if isinstance(value, dict):
            return {key: number(inner) for key, inner in value.items()}
        return [number(inner) for inner in value] if isinstance(value, list) else next(counter)

    def leaf(value: Any, path: Path) -> Any:
        for part in path:
            value = value[part]
        return value

    data = number({**shape, "last": 0})
    text = tomli_w.dumps(data)
    shown = text.split("\n")
    lines = {path: line for path, line in key_lines(text).items() if isinstance(leaf(data, path), int)}
    assert ("last",) in lines
    for path, line in lines.items():
        assert str(leaf(data, path)) in shown[line - 1]


def test_lines_in_a_file_as_people_write_it() -> None:
    text = (
        "# a comment with [[brackets]] and = signs\n"  # 1
        'title = """\n'  # 2
        'two "lines"\n'
        '"""""\n'
        "[day]\n"  # 5
        'mon.title = "x" # [no] = table\n'  # 6
        "  [day . tue]\n"  # 7
        "  title = 'it''s'\n".replace("''s", " s")  # 8
        + "[[box]]\n"  # 9
        "id = 1\n"
        "[box.more]\n"  # 11
        "deep = [ # first\n"  # 12
        "  1,\n"
        "  { a = [2,\n"  # 14
        "    3], 'b' = 4 },\n"  # 15
        "]\n"
        "[[box]]\n"  # 17
        'id = "#"\r\n'
        '"quo\\u0074ed" = 1979-05-27T07:32:00Z\n'  # 19
        "last = 1e3"
    )
    tomllib.loads(text)
    lines = key_lines(text)
    assert lines[("title",)] == 2
    assert lines[("day",)] == 5
    assert lines[("day", "mon", "title")] == 6
    assert lines[("day", "tue")] == 7
    assert lines[("day", "tue", "title")] == 8
    assert lines[("box", 0)] == 9
    assert lines[("box", 0, "more", "deep")] == 12
    assert lines[("box", 0, "more", "deep", 0)] == 13
    assert lines[("box", 1)] == 17
    assert lines[("box", 1, "quoted")] == 19
    assert lines[("box", 1, "last")] == 20


def test_a_tables_own_header_counts_not_that_of_a_part_of_it() -> None:
    lines = key_lines("[limits.split]\na = 1\n\n[limits]\nb = 2\n")
    assert lines[("limits",)] == 4
    assert lines[("limits", "split")] == 1


@given(st.integers(0, 24 * 60 - 1))
def test_every_minute_of_a_day_is_read(minute: int) -> None:
    assert time_of(f"{minute // 60:02}:{minute % 60:02}") == minute
    assert time_of(f"{minute // 60}:{minute % 60:02}") == minute


@pytest.mark.parametrize(
    "text", ["", "9", "24:00", "12:60", "1:2", "009:00", "-1:00", "a:bb", "09:00:00", "٩:٠٠", " 9:00"]
)
def test_what_is_no_time_of_day_is_none(text: str) -> None:
    assert time_of(text) is None


@pytest.mark.parametrize(
    ("text", "minutes"),
    [("45m", 45), ("2h", 120), ("1h30", 90), ("1h30m", 90), ("1.5h", 90), (" 24h ", 1440), ("0.25h", 15)],
)
def test_lengths_are_read(text: str, minutes: int) -> None:
    assert length_of(text) == minutes


@pytest.mark.parametrize(
    "text",
    [
        "",
        "45",
        "0m",
        "h",
        "m",
        "-5m",
        "1.5h30",
        "1h-30",
        "nanh",
        "infh",
        "1e3h",
        "9999h",
        "1_0m",
        "+1h",
        "1h1h",
    ],
)
def test_what_is_no_length_is_none(text: str) -> None:
    assert length_of(text) is None


@given(st.text(LETTERS))
def test_any_text_is_a_length_or_none_and_is_shown_safely(text: str) -> None:
    minutes = length_of(text)
    assert minutes is None or minutes > 0
    assert shown(text).isprintable()
    assert len(shown(text)) <= 40


def test_paths_are_written_as_people_count() -> None:
    assert dotted(("box", 2, "start")) == "box[3].start"
    assert dotted(("limits", "meeting", "em-1-1")) == "limits.meeting.em-1-1"
    assert dotted(("day", "a b")) == 'day."a b"'


def test_a_length_of_a_file_may_have_more_than_sixty_minutes() -> None:
    assert length_of("1h90") == 150
