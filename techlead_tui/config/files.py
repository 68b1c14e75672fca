"""Reading and writing the small text files of the configuration and the cache, whole or not at all."""

from __future__ import annotations

import os

from techlead_tui import fs
from techlead_tui.config.paths import make_folder
from techlead_tui.errors import DataError

TOO_LARGE = 4 * 1024 * 1024  # bytes: nobody writes such a file by hand


def is_there(path: str) -> bool:
    """Tell whether there is such a file. DataError when nobody can tell: a folder that may not be entered.

    A link that leads nowhere is there: what it should lead to cannot be read, and that is said.
    """
    try:
        os.lstat(path)
    except FileNotFoundError:
        _no_dangling(os.path.dirname(path))
        return False
    except ValueError:  # a NUL is in the name of no file
        return False
    except OSError as wrong:
        raise _unreachable(path, wrong) from None
    return True


def names_in(folder: str) -> list[str]:
    """Return the names in a folder; none where it is not there. DataError where it cannot be read."""
    try:
        return os.listdir(folder)
    except FileNotFoundError:
        _no_dangling(folder)
        _no_dangling(os.path.dirname(folder))
        return []
    except OSError as wrong:
        raise _unreachable(folder, wrong) from None


def _no_dangling(folder: str) -> None:
    if os.path.islink(folder) and not os.path.exists(folder):
        raise DataError(f"{folder}: the link leads nowhere", "fix it or remove it")


def _unreachable(path: str, wrong: OSError) -> DataError:
    return DataError(f"{path}: {_said(wrong)}", "check that the file is there and readable")


def read_text(path: str) -> str:
    """Return a UTF-8 text, with or without a byte order mark. DataError where it cannot be read."""
    try:
        handle = fs.open_file(path, fs.READ)
        try:
            raw = fs.read_from(handle, 0, min(fs.size(handle), TOO_LARGE + 1))
        finally:
            fs.close(handle)
    except OSError as wrong:
        raise _unreachable(path, wrong) from None
    if len(raw) > TOO_LARGE:
        raise DataError(f"{path}: the file is larger than 4 MB", "is it the right file?")
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = raw.count(b"\n", 0, wrong.start) + 1
        raise DataError(f"{path}:{line}: the text is not UTF-8", "save it as UTF-8") from None


def write_text(path: str, text: str) -> None:
    """Writes a file for the user alone (0600): after a crash it is the old one or the new one, whole.

    A symbolic link stays and what it points to is written, as dotfile managers expect.
    DataError where it cannot be written; nothing has changed then.
    """
    try:
        make_folder(os.path.dirname(os.path.realpath(path)))
        fs.replace_unlocked(path, text.encode())
    except OSError as wrong:
        raise DataError(
            f"not saved: {path}: {_said(wrong)}", "nothing has changed; check the folder"
        ) from None


def _said(wrong: OSError) -> str:
    return (wrong.strerror or str(wrong)).lower()
