"""Who one is to git: name and e-mail of the user's own gitconfig, read as text; no git is run."""

from __future__ import annotations

import os

from techlead_tui import fs

LARGEST = 1024 * 1024  # bytes of a gitconfig that are looked at


def identity(home: str | None = None) -> tuple[str, str]:
    """Name and e-mail, each empty where git does not say. Files that a gitconfig includes are not read."""
    home = os.path.expanduser("~") if home is None else home
    base = os.environ.get("XDG_CONFIG_HOME") or os.path.join(home, ".config")
    found = {"name": "", "email": ""}
    for path in (os.path.join(base, "git", "config"), os.path.join(home, ".gitconfig")):
        found |= _user(path)  # the second one wins, as with git
    return found["name"], found["email"]


def _user(path: str) -> dict[str, str]:
    try:
        text = (fs.read_file(path, LARGEST) or b"").decode("utf-8", "replace")
    except OSError:
        return {}
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
