from __future__ import annotations

import re
from pathlib import Path

import pytest

from techlead_tui.config.theme_toml import TONES, WEEKDAYS, parse_theme, parse_types, theme_in
from techlead_tui.config.toml_reader import Document
from techlead_tui.core.rules import RULES
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.theme import ANY, BUCKETS, KINDS, SEVERITIES, WORTH_IT
from tests.config.test_shipped_themes import IDS
from tests.config.texts import SMALL, shipped, types

DOCS = Path(__file__).parents[2] / "docs"
REFERENCE = (DOCS / "reference" / "week-themes.md").read_text(encoding="utf-8")
HOW_TO = (DOCS / "how-to" / "write-a-week-theme.md").read_text(encoding="utf-8")
EXAMPLES = re.findall(r"```toml\n(.*?)```", REFERENCE, re.S)


def keys_of_the_schema() -> set[str]:
    """Every key that reading a theme asks for, but ids of types and rules."""
    document = Document(f"{SMALL}\n[limits.split]\nhands_on = 100\n", "mine.toml")
    theme_in(document, theme_id="mine", types=types())
    asked = {key for keys in document.known.values() for key in keys}
    return asked - set(WEEKDAYS)


def test_the_reference_names_every_key_of_a_theme() -> None:
    wanted = keys_of_the_schema()
    assert {"title", "focus_stretch", "hands_on", "optional", "allows", "communication_percent"} <= wanted
    tables = {"day", "box", "limits", "rules"}
    missing = [key for key in wanted - tables - {"split", "meeting", "week"} if f"`{key}`" not in REFERENCE]
    assert missing == []
    for header in ("[day.mon]", "[[box]]", "[limits]", "[limits.split]", "[limits.meeting]", "[limits.week]"):
        assert f"`{header}`" in REFERENCE
    assert "`[rules]`" in REFERENCE


@pytest.mark.parametrize("words", [KINDS, CATEGORIES, BUCKETS, SEVERITIES, TONES, WEEKDAYS, (WORTH_IT, ANY)])
def test_the_reference_names_every_word_that_a_value_may_be(words: tuple[str, ...]) -> None:
    assert words
    assert [word for word in words if f"`{word}`" not in REFERENCE and f'`"{word}"`' not in REFERENCE] == []


def test_the_reference_lists_the_rules_with_their_severities() -> None:
    listed = dict(re.findall(r"^\| `([a-z-]+)` \| (refuse|warn|note|off) \|$", REFERENCE, re.M))
    assert listed == {rule.ID: rule.DEFAULT for rule in RULES}


def test_the_reference_lists_the_shipped_themes() -> None:
    table = REFERENCE.split("| id | for |")[1].split("\n\n")[0]
    assert sorted(re.findall(r"^\| `([a-z0-9-]+)` \|", table, re.M)) == IDS
    assert all(shipped(theme_id) for theme_id in IDS)


def test_the_examples_of_the_reference_are_right_and_its_defaults_are_ours() -> None:
    limits, whole, own_types = EXAMPLES
    example = parse_theme(whole, theme_id="example", file="week-themes.md", types=types())
    assert len(example.boxes) == 5
    silent = parse_theme(SMALL, theme_id="mine", file="mine.toml", types=types())
    said = parse_theme(f"{SMALL}\n{limits}", theme_id="mine", file="mine.toml", types=types())
    assert said.limits == silent.limits
    assert parse_types(own_types, file="types.toml", base=types())["stand-up"].worth_it


def test_the_examples_of_the_how_to_make_a_theme() -> None:
    text = "".join(re.findall(r"```toml\n(.*?)```", HOW_TO, re.S))
    assert len(parse_theme(text, theme_id="my-week", file="my-week.toml", types=types()).boxes) == 2
