"""A field of a form that makes no sense yet."""

from __future__ import annotations


class Unclear(Exception):  # noqa: N818  nothing went wrong: a field makes no sense yet
    """A field that makes no sense, why, and what would."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.field = field
        self.message = message
        self.hint = hint
