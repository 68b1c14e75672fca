"""Let the user write a text in $VISUAL or $EDITOR."""

from __future__ import annotations

import os
import shlex
import subprocess
import tempfile
from collections.abc import Mapping

from techlead_tui.errors import DataError


def editor_of(environ: Mapping[str, str]) -> list[str]:
    """Return the command of the user's editor, or nothing where none is set. DataError for an open quote."""
    command = environ.get("VISUAL") or environ.get("EDITOR") or ""
    try:
        return shlex.split(command)
    except ValueError:
        raise DataError(
            f"$VISUAL or $EDITOR is not a command: {command[:60]}", "a quote is not closed"
        ) from None


def edit_file(path: str, environ: Mapping[str, str]) -> None:
    """Let the user write in a file where it is. DataError where the editor does not start, or fails."""
    command = editor_of(environ)
    code = _run([*command, path], environ)
    if code:
        raise DataError(
            f"the editor {command[0]} failed with exit code {code}", "the file is as the editor left it"
        )


def _run(command: list[str], environ: Mapping[str, str]) -> int:
    """Return the exit code of an editor. DataError where it does not start."""
    try:
        return subprocess.run(command, env=dict(environ)).returncode
    except OSError as error:
        said = error.strerror or str(error)
        raise DataError(
            f"the editor {command[0]} did not start: {said.lower()}", "set $VISUAL or $EDITOR"
        ) from None


def edit_text(text: str, suffix: str, environ: Mapping[str, str]) -> str | None:
    """Return what the user made of a text; None where it was left as it is.

    DataError where the editor fails; what was written is kept then, in a file that it names.
    """
    command = editor_of(environ)
    text = text if text.endswith("\n") else f"{text}\n"  # a line that is added is one
    handle, path = tempfile.mkstemp(prefix="techlead-", suffix=suffix)  # 0600
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
    try:
        code = _run([*command, path], environ)
    except DataError:
        os.unlink(path)
        raise
    try:
        with open(path, "rb") as read:
            written = read.read().decode("utf-8-sig")
    except FileNotFoundError:
        return None
    except UnicodeDecodeError:
        raise DataError(
            f"what was written is not UTF-8: {path}", "it is kept there; save it as UTF-8"
        ) from None
    if code:
        if written == text:
            os.unlink(path)
            raise DataError(f"the editor {command[0]} failed with exit code {code}", "nothing was written")
        raise DataError(
            f"the editor {command[0]} failed with exit code {code}", f"your text is kept in {path}"
        )
    os.unlink(path)
    return None if written == text or not written.strip() else written
