from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config.problems import shown
from techlead_tui.config.toml_file import dotted, length_of, time_of


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


@given(st.text())
def test_any_text_is_a_length_or_none_and_is_shown_safely(text: str) -> None:
    minutes = length_of(text)
    assert minutes is None or minutes > 0
    assert shown(text).isprintable()
    assert len(shown(text)) <= 40


def test_paths_are_written_as_people_count() -> None:
    assert dotted(("box", 2, "start")) == "box[3].start"
    assert dotted(("limits", "meeting", "em-1-1")) == "limits.meeting.em-1-1"
    assert dotted(("day", "a b")) == 'day."a b"'
