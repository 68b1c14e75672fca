"""An argument list as a line that a shell reads back."""

from __future__ import annotations

from collections.abc import Iterable

PLAIN = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789@%+=:,./-_")


def quoted(words: Iterable[str]) -> str:
    """Each word as it is, or in single quotes where a shell would read something into it."""
    return " ".join(word if word and PLAIN.issuperset(word) else _in_quotes(word) for word in words)


def _in_quotes(word: str) -> str:
    return "'" + word.replace("'", "'\"'\"'") + "'"
