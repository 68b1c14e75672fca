"""A line keeps every letter and emoji, and nothing that a terminal acts upon."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.one_line import is_one_line, one_line
from tests.strategies import LETTERS

KEPT = [
    "👩‍💻 pool",
    "می‌خواهم",
    "🏴󠁧󠁢󠁳󠁣󠁴󠁿 trip",
    "❤️",
    "👍🏽",
    "1️⃣",
    "🇩🇪",
    "\U0001fae8 shaken",
    "\u200fשלום",
    "कर्\u200dम",
]


@pytest.mark.parametrize("text", KEPT)
def test_letters_and_pictures_of_several_characters_stay(text: str) -> None:
    assert is_one_line(text)
    assert one_line(text) == text


def test_controls_go_and_white_space_is_one_space() -> None:
    assert one_line(" Ana\n\x1b[31m Lu \x07\u202e👩‍💻") == "Ana [31m Lu 👩‍💻"


@pytest.mark.parametrize(
    "text", ["a\nb", "a\x1b[2Jb", "a\x85b", "a\u202eb", "a\u2066b", "a\u2028b", "\ud800", "a\0"]
)
def test_a_text_with_a_line_break_or_a_control_is_no_line(text: str) -> None:
    assert not is_one_line(text)


@given(st.text(LETTERS))
def test_what_was_made_one_line_is_one(text: str) -> None:
    made = one_line(text)
    assert is_one_line(made)
    assert one_line(made) == made
