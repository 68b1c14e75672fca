from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.theme import SEVERITIES, Box, DayTheme, Limits, WeekTheme, from_data, to_data
from tests.config.texts import SMALL, shipped, theme
from tests.strategies import LETTERS

WORDS = st.text(LETTERS, max_size=20)
MINUTES = st.integers(0, 1439)
COUNTS = st.dictionaries(WORDS, st.integers(0, 10**4), max_size=4)
DAYS = st.builds(
    DayTheme,
    weekday=st.integers(1, 7),
    title=WORDS,
    tone=WORDS,
    allows=st.lists(WORDS, max_size=4).map(tuple),
    opens=MINUTES,
    closes=MINUTES,
    lunch=st.none() | st.tuples(MINUTES, MINUTES),
)
BOXES = st.builds(
    Box,
    id=WORDS,
    weekday=st.integers(1, 7),
    start=MINUTES,
    end=MINUTES,
    summary=WORDS,
    kind=WORDS,
    type=st.none() | WORDS,
    optional=st.booleans(),
    fixed=st.booleans(),
)
LIMITS = st.builds(
    Limits,
    focus_minutes=MINUTES,
    deep_work_minutes=st.tuples(MINUTES, MINUTES),
    communication_percent=st.integers(0, 100),
    recurring_meetings=st.integers(0, 99),
    prep_hours=st.integers(0, 99),
    split=COUNTS,
    meeting=COUNTS,
    weekly=COUNTS,
)
THEMES = st.builds(
    WeekTheme,
    id=WORDS,
    title=WORDS,
    description=WORDS,
    days=st.lists(DAYS, max_size=7).map(tuple),
    boxes=st.lists(BOXES, max_size=6).map(tuple),
    limits=LIMITS,
    severities=st.dictionaries(WORDS, st.sampled_from(SEVERITIES), max_size=4),
    holidays=st.sampled_from([(), (("2026-12-25", "Christmas Day"),)]),
)


@given(THEMES)
def test_a_theme_comes_back_from_json_as_it_was(original: WeekTheme) -> None:
    assert from_data(json.loads(json.dumps(to_data(original)))) == original


@pytest.mark.parametrize("original", [theme(SMALL), shipped("maker-week")])
def test_a_theme_that_was_read_comes_back_as_it_was(original: WeekTheme) -> None:
    assert from_data(json.loads(json.dumps(to_data(original)))) == original
