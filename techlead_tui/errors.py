"""Define the errors that are meant for a user, each with what to do about it.

Imports nothing: it is on the path of `techlead log`.
"""

USAGE = 2  # exit codes, as docs/reference/exit-codes.md lists them
FAILURE = 4


class UserError(Exception):
    """Tell the user what cannot be done, and how to go on. Nothing is written."""

    def __init__(self, message: str, hint: str = "", exit_code: int = USAGE) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.exit_code = exit_code


class WordsError(UserError):
    """Tell which word is not understood: its text, and its offset in the words joined by blanks (or -1)."""

    def __init__(self, message: str, hint: str = "", word: str = "", position: int = -1) -> None:
        super().__init__(message, hint)
        self.word = word
        self.position = position


class FieldError(UserError):
    """Tell which field of a form is not understood."""

    def __init__(self, field: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.field = field


class NoBlockError(UserError):
    """Tell that the block is not there, or no longer."""


class ConflictError(UserError):
    """Tell that a record has changed since the transaction that was to be undone or redone."""

    def __init__(self, turn: str, words: list[str], uid: str) -> None:
        of = f" of “{' '.join(words)}”" if words else ""
        super().__init__(
            f"{turn}{of} is not possible: {uid} has changed since", "`techlead history` shows what happened"
        )
        self.uid = uid


class DataError(UserError):
    """Tell why the data or the configuration cannot be read or written as it is."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message, hint, FAILURE)


class OutputError(UserError):
    """Tell that stdout takes no more. What was to be saved has been saved."""

    def __init__(self, reason: str) -> None:
        super().__init__(
            f"the answer could not be written: {reason}", "what was to be saved has been saved", FAILURE
        )


def not_possible(error: OSError) -> DataError:
    """Return the error for a system call that failed."""
    return DataError(_reason(error), "nothing was written")


def not_read(error: OSError) -> DataError:
    """Return the error for data that cannot be read: a file where a folder should be, no permission."""
    return DataError(f"cannot read the data: {_reason(error)}", "check the data folder and its permissions")


def not_saved(error: OSError) -> DataError:
    """Return the error for data that cannot be written: a full disk, no permission."""
    return DataError(
        f"not saved: {_reason(error)}",
        "nothing was written; make room or give yourself write permission, then try again",
    )


def newer(name: str, found: int, known: int) -> DataError:
    """Return the error for data that a later version of this program wrote."""
    return DataError(
        f"{name} was written by a newer techlead (format {found}; this one knows {known})",
        "update techlead; nothing was written",
    )


def two_stores(one: str, other: str) -> DataError:
    """Return the error for two copies of the last changes that tell of different ones."""
    return DataError(
        f"{one} and {other} do not belong together: they hold different changes",
        "move the one away that is not yours; the other one and the weeks' files make it again",
    )


def gone(path: str) -> DataError:
    """Return the error for a data folder that was in use and is not there any more."""
    return DataError(
        f"the data in {path} is gone",
        "bring it back or mount its disk; techlead doctor --yes starts again, empty; nothing was written",
    )


def replaced(path: str) -> DataError:
    """Return the error for a data folder that was removed or replaced while a change was being written."""
    return DataError(
        f"not saved: {path} was removed or replaced in the meantime",
        "see what has become of the folder, then try again; nothing was written",
    )


def unreadable(name: str) -> DataError:
    """Return the error for data of which nothing is left to rebuild it from."""
    return DataError(
        f"{name} is damaged and nothing is left to rebuild it from",
        "techlead doctor --restore lists the backups; nothing was written",
    )


def _reason(error: OSError) -> str:
    where = f" ({error.filename})" if error.filename else ""
    return f"{error.strerror or error}{where}"
