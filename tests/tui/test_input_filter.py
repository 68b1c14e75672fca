"""What a terminal answers late, or sends garbled, is never a key; keys, mouse and pastes pass."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.tui.input_filter import PATIENCE, InputFilter

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
    "minus": "\x1b[-5u",
    "numbers after a blank": "\x1b[ 5;1~",
    "event type": "\x1b[97;1:3u",
    "alternate key": "\x1b[1092::97;1u",
    "beyond Unicode": "\x1b[1114112u",
    "arrow with event type": "\x1b[1;1:3A",
    "size in the band": "\x1b[48;40;120;800;1200t",
    "size of nothing": "\x1b[48;0;0;0;0t",
    "mode of sizes": "\x1b[?2048;2$y",
}
PASSING = (
    *KEYS,
    "\x1b[I",
    "\x1b[O",
    "\x1b[<0;10;5M",
    "\x1b[<35;200;60m",
    "\x1b[12;40R",
    "\x1b[?2026;2$y",
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
    for cut in range(1, len(noise)):
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


@pytest.mark.parametrize("noise", NOISE.values(), ids=NOISE)
def test_it_is_swallowed_letter_by_letter_with_a_pause_in_between(noise: str) -> None:
    for pause in range(2, len(noise)):
        keep = fresh()
        out = "".join(map(keep.feed, noise[:pause]))
        if len(noise[:pause].translate({0x9B: "[[", 0x9D: "[["})) > 2:  # else it is alt with a key
            out += keep.rest()
            assert out + "".join(map(keep.feed, noise[pause:])) + keep.feed("b") == "b"


def test_the_escape_key_is_one_once_nothing_follows() -> None:
    keep = fresh()
    assert keep.feed("\x1b") == ""
    assert keep.rest() == "\x1b"
    assert keep.feed("\x1b\x1b") + keep.rest() == "\x1b\x1b"
    assert keep.feed("\x1b") + keep.feed("x") == "\x1bx"
    assert keep.rest() == ""


def test_bytes_that_are_no_utf_8_are_control_characters_or_nothing() -> None:
    text = b"a\x9b?62;22cb\xff\x9d11;rgb:0\x9cc".decode("utf-8", "surrogateescape")
    assert fresh().feed(text) == "ab\N{REPLACEMENT CHARACTER}c"


@pytest.mark.parametrize("begin", ["\x1b]52;c;", "\x1bPq", "\x1b[?1;"])
def test_the_longest_answer_is_swallowed(begin: str) -> None:
    keep, end = fresh(), "c" if "[" in begin else "\x1b\\"
    for _ in range(50):
        assert keep.feed(begin) + keep.feed("1" * 4000) == ""
        begin = ""
    assert keep.feed(end + "x") == "x"


def test_a_paste_that_ends_in_pieces_ends() -> None:
    for cut in range(1, len("\x1b[201~")):
        keep = fresh()
        out = keep.feed("\x1b[200~x" + "\x1b[201~"[:cut]) + keep.feed("\x1b[201~"[cut:])
        assert out == "\x1b[200~x\x1b[201~"
        assert keep.feed("\x1b[?62c") == ""
    assert keep.feed("\x1b[200~x\x1b") + keep.rest() == "\x1b[200~x\x1b"


def test_a_sequence_that_never_ends_is_dropped_when_nothing_comes() -> None:
    keep = fresh()
    assert keep.feed("\x1b]52;c;abc") == ""
    assert [keep.rest() for _ in range(PATIENCE)] == [""] * PATIENCE
    assert keep.feed("jk") == "jk"
    assert keep.feed("\x1b]") == ""
    assert keep.rest() == "\x1b]"  # alt with a bracket


@given(st.lists(st.sampled_from([*NOISE.values(), *PASSING]), max_size=8), st.data())
def test_any_mixture_in_any_pieces_passes_what_passes_alone(parts: list[str], data: st.DataObject) -> None:
    text = "".join(parts)
    wanted = "".join(part for part in parts if part in PASSING)
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=4)))
    pieces = [text[a:b] for a, b in zip([0, *cuts], [*cuts, len(text)], strict=True)]
    keep = fresh()
    assert "".join(map(keep.feed, pieces)) + keep.rest() == wanted


@pytest.mark.skipif(os.name == "nt", reason="the driver is for Unix terminals")
def test_escape_waits_for_one_pause_and_not_for_two() -> None:
    from techlead_tui.tui.driver import TerminalInput

    typed = TerminalInput()
    assert list(typed.come("\x1b")) == []
    assert [event.key for event in typed.pause()] == ["escape"]  # type: ignore[attr-defined]
    assert [event.key for event in (*typed.come("\x1b"), *typed.come("[A"))] == ["up"]  # type: ignore[attr-defined]
    assert list(typed.pause()) == []


@pytest.mark.parametrize("torn", ["\x1b[<0;5", "\x1b[<0;5;Na", "\x1b[?62;2", "\x1b[97;1"])
def test_a_sequence_that_another_one_cuts_short_is_no_key(torn: str) -> None:
    assert fresh().feed(torn + "\x1b[A") == "\x1b[A"
    pieces = fresh()
    assert pieces.feed(torn) + pieces.feed("\x1b[A") + pieces.feed("q") == "\x1b[Aq"


@pytest.mark.parametrize("begun", ["\x1b]11;rgb:0", "\x1bP1+r", "\x1b[<0;5"])
def test_what_is_typed_long_after_a_sequence_that_never_ended_is_a_key(begun: str) -> None:
    seconds = iter(range(0, 1000, 2))
    keep = InputFilter(KEYS.__contains__, lambda: next(seconds))
    assert keep.feed(begun) == ""
    assert "".join(keep.feed("q") for _ in range(4)).endswith("qq")


NUMBERS = ("0", "1", "97", "2026", "99999", "1114111", "9" * 5000, "", "-1", "1:3")


@pytest.mark.skipif(os.name == "nt", reason="the driver is for Unix terminals")
@given(
    st.lists(
        st.builds(
            "\x1b[{}{}{}".format,
            st.sampled_from(["", "<", "?", ">", "48;", "M", "1;"]),
            st.lists(st.sampled_from(NUMBERS)).map(";".join),
            st.sampled_from([*"MmuRtcyIOABHZ~", "$y"]),
        )
    )
)  # fmt: skip
def test_no_sequence_whatever_breaks_the_reading_of_keys(sequences: list[str]) -> None:
    from techlead_tui.tui.driver import TerminalInput

    typed = TerminalInput()
    for sequence in sequences:
        list(typed.come(sequence))
    assert [event.key for event in typed.come("q")] in (["q"], [])  # type: ignore[attr-defined]
