"""The encoder writes JSON that any reader takes, one line for each value."""

import json
import math
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.json_text import decode, encode
from tests.strategies import LETTERS

TEXT = st.text(LETTERS)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | TEXT,
    lambda inner: st.lists(inner) | st.dictionaries(TEXT, inner),
)


@given(VALUES)
def test_what_is_written_is_read(value: object) -> None:
    assert json.loads(encode(value)) == value
    assert decode(encode(value)) == value


@given(TEXT)
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
    with pytest.raises(ValueError, match="not a number"):
        encode(value)


def test_other_types_are_refused() -> None:
    with pytest.raises(TypeError, match="set"):
        encode({"a": {1}})


@pytest.mark.parametrize("imported", [True, False])
@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        '{"a" 1}',
        "[1] 2",
        "nul",
        '"\n"',
        "[" * 100_000,
        '{"a": "x',
        '["\\u12"]',
        "[1,",
        '{"a":1,}',
        '"\\q"',
    ],
)
def test_what_is_no_json_is_told(monkeypatch: pytest.MonkeyPatch, text: str, imported: bool) -> None:
    if not imported:  # as in a command that has read nothing else
        monkeypatch.delitem(sys.modules, "json.decoder")
    with pytest.raises(ValueError):  # noqa: PT011  the words are the reader's own
        decode(text)


def exactly(text: str) -> object:
    try:
        return json.loads(text)
    except ValueError:
        return NotImplemented


def ours(text: str) -> object:
    try:
        return decode(text)
    except ValueError:
        return NotImplemented


@given(VALUES, st.sampled_from([None, 0, 1]), st.booleans())
def test_what_any_other_writer_writes_is_read(value: object, indent: int | None, plain: bool) -> None:
    assert decode(f" \n{json.dumps(value, indent=indent, ensure_ascii=plain)}\n") == value


@given(st.text(st.sampled_from('{}[]:," \\n\nut019-.eNa\ufeff')))
def test_what_is_json_is_what_the_json_module_takes(text: str) -> None:
    assert repr(ours(text)) == repr(exactly(text))
