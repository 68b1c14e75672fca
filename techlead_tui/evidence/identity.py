"""Find out who one is to git: name and e-mail of gitconfig files, read as text; no git is run."""

from __future__ import annotations

import os
from collections.abc import Mapping

from techlead_tui import fs
from techlead_tui.evidence.repository import Repository

LARGEST = 1024 * 1024  # bytes of a gitconfig that are looked at


def identity(home: str | None = None) -> tuple[str, str]:
    """Name and e-mail, each empty where git does not say. Files that a gitconfig includes are not read."""
    found = {"name": "", "email": ""}
    for path in _user_files(os.environ, home):
        found |= _user(_text(path))  # the second one wins, as with git
    return found["name"], found["email"]


class UserConfig:
    """Tell a repository's effective `user.email` where its files say it plainly, without a start of git."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        own = environ.get("GIT_CONFIG_GLOBAL")
        files = [own] if own else _user_files(environ)
        texts = [_text(path) for path in files]
        self._email = ""
        for text in texts:
            self._email = _user(text).get("email", self._email)
        self._plain = not any(_leads_on(text) for text in texts)

    def email_of(self, repository: Repository) -> str | None:
        """Return the address; None where git itself must be asked: files include others, or none has it."""
        text = _text(os.path.join(repository.common, "config"))
        if _leads_on(text):
            return None
        own = _user(text).get("email")
        if own is not None:
            return own
        return self._email if self._plain and self._email else None


def _user_files(environ: Mapping[str, str], home: str | None = None) -> list[str]:
    home = (environ.get("HOME") or os.path.expanduser("~")) if home is None else home
    base = environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    return [os.path.join(base, "git", "config"), os.path.join(home, ".gitconfig")]


def _text(path: str) -> str:
    try:
        return (fs.read_file(path, LARGEST) or b"").decode("utf-8", "replace")
    except (OSError, ValueError):
        return ""


def _leads_on(text: str) -> bool:
    """Tell whether a gitconfig is more than it says: it includes files, has one for each work tree, or lines
    that go on."""
    small = text.lower()
    return "[include" in small or "worktreeconfig" in small or "\\\n" in small or len(text) >= LARGEST


def _user(text: str) -> dict[str, str]:
    out: dict[str, str] = {}
    inside = False
    for line in text.splitlines():
        line = line.strip()
        if line.startswith("["):
            inside = line.partition("]")[0].strip("[ ").lower() == "user"
            line = line.partition("]")[2].strip()
        key, mark, value = line.partition("=")
        key = key.strip().lower()
        if inside and mark and key in ("name", "email"):
            text_of = _value(value.strip())
            if text_of.isprintable():
                out[key] = text_of
    return out


def _value(text: str) -> str:
    """A value of git's: quotes taken off, a comment cut, `\\"` and `\\\\` read."""
    out: list[str] = []
    quoted = escaped = False
    for char in text:
        if escaped:
            out.append(char)
            escaped = False
        elif char == "\\":
            escaped = True
        elif char == '"':
            quoted = not quoted
        elif char in "#;" and not quoted:
            break
        else:
            out.append(char)
    return "".join(out).strip()
