"""What a terminal answers late, or sends garbled, is never a key; keys, mouse and pastes pass."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.tui.input_filter import InputFilter

KEYS = ("\x1b[A", "\x1b[3~", "\x1b[1;5C", "\x1b[Z", "\x1b[5~")


def fresh() -> InputFilter:
    return InputFilter(KEYS.__contains__)


NOISE = {
    "garbled mouse": "\x1b[<32;NaN;NaNM",
    "mouse with fractions": "\x1b[<0;1.5;2.5M",
    "device attributes": "\x1b[?62;22c",
    "secondary attributes": "\x1b[>0;276;0c",
    "plain attributes": "\x1b[c",
    "kitty flags": "\x1b[?1u",
    "version": "\x1bP>|XTerm(370)\x1b\\",
    "termcap": "\x1bP1+r544e=787465726d\x1b\\",
    "status string": "\x1bP1$r0m\x1b\\",
    "colour": "\x1b]11;rgb:0000/0000/0000\x07",
    "palette": "\x1b]4;1;rgb:ff/00/00\x1b\\",
    "clipboard": "\x1b]52;c;ZGRk\x07",
    "prompt mark": "\x1b]133;A\x07",
    "application": "\x1b_Gi=31;OK\x1b\\",
    "8-bit CSI": "\x9b?62;22c",
    "8-bit OSC": "\x9d11;rgb:0/0/0\x9c",
    "event type": "\x1b[97;1:3u",
    "alternate key": "\x1b[1092::97;1u",
    "beyond Unicode": "\x1b[1114112u",
    "arrow with event type": "\x1b[1;1:3A",
}
PASSING = (
    *KEYS,
    "\x1b[I",
    "\x1b[O",
    "\x1b[<0;10;5M",
    "\x1b[<35;200;60m",
    "\x1b[12;40R",
    "\x1b[?2026;2$y",
    "\x1b[48;40;120;800;1200t",
    "\x1b[97;5u",
    "\x1b[1;2A",
    "\x1bOP",
    "\x1bx",
    "abc é 日本",
)


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_what_is_no_key_is_swallowed_whole(noise: str) -> None:
    assert fresh().feed(f"a{noise}b") == "ab"


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_it_is_swallowed_in_any_two_pieces(noise: str) -> None:
    for cut in range(2, len(noise)):
        keep = fresh()
        assert keep.feed(noise[:cut]) + keep.feed(noise[cut:] + "b") == "b", cut


@pytest.mark.parametrize("sequence", PASSING)
def test_keys_the_mouse_and_what_was_asked_for_pass(sequence: str) -> None:
    assert fresh().feed(f"a{sequence}b") == f"a{sequence}b"


def test_a_paste_passes_to_the_letter() -> None:
    pasted = "\x1b[200~x\x1b]11;rgb:0\x07\x1b[cy\x1b[201~"
    assert fresh().feed(f"{pasted}\x1b[c") == pasted
    keep = fresh()
    assert keep.feed("\x1b[200~x\x1b[c") + keep.feed("y\x1b[201~\x1b[cz") == "\x1b[200~x\x1b[cy\x1b[201~z"


def test_the_escape_key_is_not_held_back() -> None:
    assert fresh().feed("\x1b") == "\x1b"
    assert fresh().feed("\x1b\x1b") == "\x1b\x1b"


def test_a_sequence_that_never_ends_is_dropped_when_nothing_comes() -> None:
    keep = fresh()
    assert keep.feed("\x1b]52;c;abc") == ""
    assert keep.rest() == ""
    assert keep.feed("jk") == "jk"
    assert keep.feed("\x1b]") == ""
    assert keep.rest() == "\x1b]"  # alt with a bracket


@given(st.lists(st.sampled_from([*NOISE.values(), *PASSING]), max_size=8), st.data())
def test_any_mixture_in_any_pieces_passes_what_passes_alone(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    wanted = "".join(part for part in parts if part in PASSING)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    if any(piece.endswith("\x1b") for piece in pieces):
        return  # cut behind the escape, which is the escape key until more comes
    keep = fresh()
    assert "".join(map(keep.feed, pieces)) == wanted
