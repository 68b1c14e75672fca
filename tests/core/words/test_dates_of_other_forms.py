"""Dates in the form of another country are named with the form that is read."""

from __future__ import annotations

import pytest

from techlead_tui.core.words.args import from_line
from techlead_tui.core.words.units import DAY_HINT
from techlead_tui.core.words.when import _no_time


@pytest.mark.parametrize("word", ["25.11.", "25/11", "25.11.2026"])
def test_a_date_of_another_form_gets_the_form_that_is_read(word: str) -> None:
    assert _no_time(from_line(f"{word} 10-11 pool")).hint == DAY_HINT


def test_another_word_gets_the_order_of_the_words() -> None:
    assert _no_time(from_line("soon pool")).hint != DAY_HINT
