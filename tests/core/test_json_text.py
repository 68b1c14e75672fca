"""The encoder writes JSON that any reader takes, one line for each value."""

import json
import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.json_text import decode, encode

TEXT = st.text(st.characters(exclude_categories=("Cs",)))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    assert json.loads(encode(value)) == value
    assert decode(encode(value)) == value


@given(st.text())
def test_a_text_stays_one_line_without_control_characters(text: str) -> None:
    written = encode(text)
    assert len(written.splitlines()) == 1
    assert not any(ord(c) < 32 or 127 <= ord(c) < 160 for c in written)
    written.encode()


def test_bytes_that_are_no_utf8_become_replacement_characters() -> None:
    assert json.loads(encode("caf\udce9 \udcff")) == "caf\ufffd \ufffd"


def test_tuples_are_lists() -> None:
    assert encode(("a", 1)) == '["a",1]'


@pytest.mark.parametrize("value", [math.nan, math.inf, -math.inf])
def test_numbers_that_json_has_not_are_refused(value: float) -> None:
    with pytest.raises(ValueError, match="no number"):
        encode(value)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        encode({"a": {1}})


@pytest.mark.parametrize("text", ["", "{", '{"a" 1}', "[1] 2", "nul", '"\n"', "[" * 100_000])
def test_what_is_no_json_is_told(text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011  the words are the reader's own
        decode(text)
