"""What the store raises: each error says what happened and what to do about it."""


class StoreError(Exception):
    """The data cannot be read or written as it is; nothing was written (exit code 4)."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class Conflict(StoreError):  # noqa: N818  the planner's word
    """A record has changed since the transaction that was to be turned round."""

    def __init__(self, uid: str, words: list[str]) -> None:
        super().__init__(
            f"{' '.join(words) or 'the change'} cannot be turned round: {uid} has changed since",
            "techlead history shows what came after it",
        )
        self.uid = uid


class NothingToUndo(StoreError):  # noqa: N818
    """There is no transaction to take back, or none to do again."""


def not_read(error: OSError) -> StoreError:
    """The refusal for a failed read: a file where a folder should be, a folder that may not be read."""
    where = f" ({error.filename})" if error.filename else ""
    return StoreError(
        f"cannot read the data: {error.strerror or error}{where}", "check the data folder and its permissions"
    )


def not_saved(error: OSError) -> StoreError:
    """The refusal for a failed write: a full disk, a folder that may not be written."""
    where = f" ({error.filename})" if error.filename else ""
    return StoreError(
        f"not saved: {error.strerror or error}{where}",
        "nothing was written; make room or give yourself write permission, then try again",
    )


def newer(name: str, found: int, known: int) -> StoreError:
    """The refusal for data that a later version of this program wrote."""
    return StoreError(
        f"{name} was written by a newer techlead (format {found}; this one knows {known})",
        "update techlead; nothing was written",
    )


def unreadable(name: str) -> StoreError:
    """The refusal when nothing is left from which the data could be rebuilt."""
    return StoreError(
        f"{name} is damaged and nothing is left to rebuild it from",
        "techlead doctor --restore lists the backups; nothing was written",
    )


class Finding:
    """Something wrong with the data: which file, what, and whether it needs a repair."""

    __slots__ = ("file", "message", "serious")

    def __init__(self, file: str, message: str, serious: bool) -> None:
        self.file = file
        self.message = message
        self.serious = serious

    def __repr__(self) -> str:
        return f"Finding({self.file!r}, {self.message!r}, serious={self.serious})"
