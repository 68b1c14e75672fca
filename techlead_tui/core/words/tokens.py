"""Words in subjects: what was typed, split so that text survives to the letter.

Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations


class Token:
    """A word, the white space after it, and where it stands in the words joined by blanks."""

    __slots__ = ("literal", "position", "space", "text")

    def __init__(self, text: str, space: str, position: int, literal: bool = False) -> None:
        self.text = text
        self.space = space
        self.position = position
        self.literal = literal  # kept to the letter: never read as a time, a tag or a person

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.space!r}, {self.position}, {self.literal})"


def is_tag(word: str) -> bool:
    """`+code` and `#code` are tags; `+1`, `#123` and `C#` are text."""
    return word[:1] in ("+", "#") and word[1:2].isalpha()


def from_args(args: list[str], literal: list[str]) -> list[Token]:
    """The tokens of a call's words. An argument with white space in it was quoted: it is kept to the
    letter unless it holds a tag. `literal` stands for what followed `--`."""
    tokens: list[Token] = []
    position = 0
    for arg in args:
        parts = arg.split()
        if len(parts) == 1 and parts[0] == arg:
            tokens.append(Token(arg, " ", position))
        elif any(is_tag(part) for part in parts):
            tokens += from_line(arg, position)
            tokens[-1].space += " "
        else:
            tokens.append(Token(arg, " ", position, True))
        position += len(arg) + 1
    for arg in literal:
        tokens.append(Token(arg, " ", position, True))
        position += len(arg) + 1
    return tokens


def from_line(line: str, position: int = 0) -> list[Token]:
    """The tokens of one line; what follows a lone `--` is kept to the letter."""
    tokens: list[Token] = []
    at, size = 0, len(line)
    while at < size and line[at].isspace():
        at += 1
    while at < size:
        begun = at
        while at < size and not line[at].isspace():
            at += 1
        text, gap = line[begun:at], at
        while at < size and line[at].isspace():
            at += 1
        if text == "--":
            if at < size:
                tokens.append(Token(line[at:], "", position + at, True))
            break
        tokens.append(Token(text, line[gap:at], position + begun))
    return tokens


def text_of(tokens: list[Token]) -> str:
    """What is left once the words that mean something are taken out."""
    if not tokens:
        return ""
    return "".join(token.text + token.space for token in tokens[:-1]) + tokens[-1].text
