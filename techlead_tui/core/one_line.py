"""Tell which characters one line of text may hold: no control, and none that turns the direction."""

from __future__ import annotations

JOINERS = "\u200c\u200d\u200e\u200f"  # of emoji and of scripts that run from the right
_TAGS = range(0xE0020, 0xE0080)  # with which an emoji names a region: the flag of Scotland


def is_one_line(text: str) -> bool:
    """Tell whether a text is one line as it stands."""
    return text.isprintable() or all(_fitting(char) == char for char in text)


def one_line(text: str) -> str:
    """Return a text as one line, without what no line may hold; white space becomes single spaces."""
    if not text.isprintable():
        text = "".join(map(_fitting, text))
    return " ".join(text.split())


def _fitting(char: str) -> str:
    """Return a character that one line may hold, else what stands for it: a space, or nothing."""
    if char.isprintable() or char in JOINERS or ord(char) in _TAGS:
        return char
    from unicodedata import category  # dear, and few texts need it

    kind = category(char)
    if kind in ("Zs", "Cn", "Co"):  # what this Python does not know yet may be an emoji
        return char
    return "" if kind == "Cf" else " "
