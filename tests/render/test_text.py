"""Foreign text is harmless and never wider than asked."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from techlead_tui.render.text import cell, cut, cut_parts, fit, hyphened, inert, split_at, width, wrap
from tests.strategies import LETTERS

TEXTS = st.text(LETTERS) | st.text("a é日本🚀👩‍💻🇩🇪❤️עבר\x1b[\u202e\t\n", max_size=40)
TITLES = st.text("ab 一二三四日本語한국어가나🚀😀é\u0301", max_size=60).map(inert)


@given(TEXTS)
def test_inert_text_holds_nothing_that_a_terminal_obeys(text: str) -> None:
    shown = inert(f"{text}.")
    assert shown.endswith(".")
    for char in shown:
        assert unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@given(TEXTS)
def test_inert_text_stays_as_it_is(text: str) -> None:
    once = inert(text)
    assert inert(once) == once


@given(TEXTS)
def test_width_is_what_textual_takes_it_for(text: str) -> None:
    assert width(inert(text)) == cell_len(inert(text))


@given(TEXTS, st.integers(0, 30))
def test_cut_text_is_never_wider_than_asked(text: str, cells: int) -> None:
    assert width(cut(inert(text), cells)) <= cells


@given(TEXTS, st.integers(0, 30))
def test_fitted_text_is_exactly_as_wide_as_asked(text: str, cells: int) -> None:
    assert width(fit(inert(text), cells)) == cells


@given(TEXTS, st.integers(0, 30))
def test_split_text_keeps_its_width(text: str, cells: int) -> None:
    text = inert(text)
    head, tail = split_at(text, cells)
    assert width(head) == min(cells, width(text))
    assert width(head) + width(tail) == width(text)


@given(TEXTS, st.integers(0, 20), st.integers(0, 5))
def test_wrapped_lines_fit_and_are_no_more_than_asked(text: str, cells: int, lines: int) -> None:
    out = wrap(inert(text), cells, lines)
    assert len(out) <= lines
    assert all(width(line) <= cells for line in out)


@pytest.mark.parametrize(
    "text",
    ["一二三四五六七八九十百千万億兆京", "한국어제목", "カタカナと漢字", "🚀🚀🚀🚀", "ab漢字c漢d", "กี่กี่กี่"],
)
def test_wrapped_text_loses_no_letter(text: str) -> None:
    text = inert(text)
    for cells in range(2, 30):
        assert "".join(wrap(text, cells, len(text))) == text, cells


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("\x1b[31mred\x1b[0m", "\N{REPLACEMENT CHARACTER}[31mred\N{REPLACEMENT CHARACTER}[0m"),
        ("two\nlines\tand\ttabs", "two lines and tabs"),
        ("👩‍💻 coder", "👩💻 coder"),
        ("🇩🇪 team", "DE team"),
        ("❤️", "❤"),
        ("👍🏽 ok", "👍 ok"),
        ("1️⃣ first", "1 first"),
        ("\u202eevil", "evil"),
        ("z̸̡̢̧̛a", "z̸̡̢a"),
        ("cafe\u0301", "café"),
        ("[b]markup[/b]", "[b]markup[/b]"),
    ],
)
def test_foreign_text_becomes(foreign: str, shown: str) -> None:
    assert inert(foreign) == shown


def test_a_wide_letter_on_the_border_becomes_blanks_on_both_sides() -> None:
    assert split_at("日本", 1) == (" ", " 本")


def test_the_last_of_wrapped_lines_says_that_there_is_more() -> None:
    assert wrap("one two three four", 7, 2) == ["one two", "three…"]


def test_a_word_longer_than_a_line_is_broken() -> None:
    assert wrap("abcdefghij", 4, 3) == ["abcd", "efgh", "ij"]


@given(TITLES, st.integers(2, 12))
def test_no_letter_is_lost_at_a_line_break(text: str, cells: int) -> None:
    """Two cells hold any letter: every one of them stands in a line, in order."""
    lines = wrap(text, cells, 10_000)
    assert "".join(lines).replace(" ", "") == "".join(text.split())
    assert all(not line or cell(line[0]) for line in lines), "a mark without its letter"


@given(TITLES, st.integers(1, 12))
def test_what_is_left_of_a_cut_text_is_its_beginning(text: str, cells: int) -> None:
    left = cut(text, cells)
    assert text.startswith(left.removesuffix("…").rstrip()) or not left


@given(st.text("ab ·;", max_size=30), st.integers(-3, 30))
def test_whole_parts_of_a_sentence_are_left_out_until_it_fits(text: str, cells: int) -> None:
    assert width(cut_parts(text, cells)) <= max(0, cells)
    assert cut_parts("planned · for Ana · by you", 20) == "planned · for Ana"


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Architecture review", "Architec- ture review"),
        ("Cross-team sync", "Cross- team sync"),
        ("Connections", "Connecti- ons"),
        ("src/app/main.py", "src/app/main.py"),
        ("日本語日本語", "日本語日本語"),
        ("ninecells", "ninecells"),
    ],
)
def test_a_plain_word_longer_than_a_line_gets_a_hyphen(text: str, shown: str) -> None:
    assert hyphened(text, 9) == shown


@given(st.text("abc- ", max_size=40), st.integers(1, 12))
def test_pieces_with_a_hyphen_hold_every_letter(text: str, cells: int) -> None:
    pieces = hyphened(text, cells)
    assert pieces.replace("-", "").replace(" ", "") == text.replace("-", "").replace(" ", "")
    assert cells < 5 or all(width(piece) <= cells for piece in pieces.split())
