"""Week themes to try things on."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from techlead_tui.config.catalog import SHIPPED_TYPES, shipped_themes
from techlead_tui.config.problems import FileError, Problem
from techlead_tui.config.theme_toml import parse_theme, parse_types
from techlead_tui.core.theme import BlockType, WeekTheme

SMALL = """\
title = "Small"
hours = "09:00-17:00"
lunch = "12:00-13:00"

[day.tue]
title = "Deep"
tone = "deep"
allows = ["pairing"]

[[box]]
id = "morning"
day = "tue"
start = "09:00"
end = "12:00"
summary = "Deep work"
kind = "deep_work"

[[box]]
id = "questions"
day = "tue"
start = "16:00"
end = "16:30"
summary = "Questions"
type = "ad-hoc"
"""


@cache
def types() -> dict[str, BlockType]:
    return parse_types(Path(SHIPPED_TYPES).read_text(encoding="utf-8"), file=SHIPPED_TYPES, base={})


def theme(text: str) -> WeekTheme:
    return parse_theme(text, theme_id="mine", file="mine.toml", types=types())


@cache
def shipped(theme_id: str) -> WeekTheme:
    text = Path(shipped_themes(), f"{theme_id}.toml").read_text(encoding="utf-8")
    return parse_theme(text, theme_id=theme_id, file=f"{theme_id}.toml", types=types())


def problems(text: str) -> tuple[Problem, ...]:
    """Everything that is wrong with a theme's text."""
    try:
        theme(text)
    except FileError as wrong:
        return wrong.problems
    return ()


def problem(text: str) -> Problem:
    """The one thing that is wrong with a theme's text."""
    (only,) = problems(text)
    return only


def line_of(text: str, part: str) -> int:
    """The line, from one, of the first line that holds a part."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if part in line)
