"""Tell the ids that the program makes, and shorten them. Imports nothing: `techlead sessions` uses it."""

from __future__ import annotations

SHORT = 8  # characters of an id's end, which is random


def short_id(uid: str) -> str:
    """The end of an own id, which says enough; ids of the week theme's boxes stay as they are."""
    name, at, day = uid.partition("@")
    return f"{name[-SHORT:] if is_own(name) else name}{at}{day}"


def is_own(name: str) -> bool:
    """Tell whether the program made an id: a UUID."""
    return len(name) == 36 and name.count("-") == 4 and name[8] == "-"
