"""Reading and writing the small text files of the configuration and the cache, whole or not at all."""

from __future__ import annotations

import os

from techlead_tui.config.paths import make_folder
from techlead_tui.errors import DataError
from techlead_tui.fs import replace_file

TOO_LARGE = 4 * 1024 * 1024  # bytes: nobody writes such a file by hand


def read_text(path: str) -> str:
    """A UTF-8 text, with or without a byte order mark. DataError where it cannot be read."""
    try:
        with open(path, "rb") as file:
            raw = file.read(TOO_LARGE + 1)
    except OSError as wrong:
        raise DataError(f"{path}: {_said(wrong)}", "check that the file is there and readable") from None
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
        replace(path, text.encode())
    except OSError as wrong:
        raise DataError(
            f"not saved: {path}: {_said(wrong)}", "nothing has changed; check the folder"
        ) from None


def replace(path: str, raw: bytes, *, durable: bool = True) -> None:
    """Put bytes in place of a file that no lock guards. OSError: then nothing has changed."""
    replace_file(path, raw, ending=f".{os.getpid()}.tmp", durable=durable)


def _said(wrong: OSError) -> str:
    return (wrong.strerror or str(wrong)).lower()
