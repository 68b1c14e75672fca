"""The one error of the words: which word was not understood, and what would be."""

from __future__ import annotations


class WordsError(ValueError):
    """Words that make no sense. `word` is the one at fault, `position` its offset in the words joined by
    blanks (-1: none in particular). Imports nothing: it is on the path of `techlead log`."""

    def __init__(self, message: str, hint: str = "", word: str = "", position: int = -1) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.word = word
        self.position = position
