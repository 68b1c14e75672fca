"""The error of an edit that makes no sense; apart from what judges, so that a reader need not load that."""

from __future__ import annotations


class EditError(ValueError):
    """The edit makes no sense as it is: no such block, a time that does not exist. Nothing is written."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NoBlockError(EditError):
    """The block that is to change is not there, or no longer."""

    def __init__(self, uid: str, where: str) -> None:
        super().__init__(f"there is no block {uid} in {where}", "`techlead week` shows the ids")
