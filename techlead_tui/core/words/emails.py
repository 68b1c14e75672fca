"""Read e-mail addresses as people write them."""

from __future__ import annotations

from collections.abc import Iterable

from techlead_tui.errors import WordsError


def words_of_list(text: str) -> list[str]:
    """Return the words of a list that has commas, semicolons or blanks between them."""
    return text.replace(",", " ").replace(";", " ").split()


def read_emails(words: Iterable[str]) -> tuple[str, ...]:
    """Return the addresses, each once, without the brackets around them. WordsError."""
    emails: dict[str, None] = {}
    for word in words:
        email = word.strip("<>()")
        before, _, after = email.partition("@")
        if not before or not after or "@" in after or not email.isprintable():
            raise WordsError(f"“{word}” is not an e-mail address", "one such as ada@example.org", word)
        emails[email] = None
    return tuple(emails)
