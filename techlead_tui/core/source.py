"""Define where calendars are read from and where boxes are published, as config.toml names them."""

from collections.abc import Iterable
from typing import NamedTuple

PLACES = {  # of which a source has one
    "path": "an .ics file, or a folder of them",
    "url": "an address that begins with https://",
    "url_command": "a command that prints an address",
    "command": "a command that prints iCalendar",
}


class Source(NamedTuple):
    """Name where a calendar is: one of path, url, url_command and command is given."""

    name: str
    path: str = ""  # an .ics file or a vdir folder
    url: str = ""  # a secret
    url_command: tuple[str, ...] = ()  # prints the address
    command: tuple[str, ...] = ()  # prints iCalendar


class Publish(NamedTuple):
    """Say where boxes are published, and under which titles."""

    path: str = ""  # a vdir folder or an .ics file; "" publishes nothing
    title: str = ""  # of every box; "" for each one's own


def free_name(wanted: str, taken: Iterable[str]) -> str:
    """Return a name for a source that no other has: letters, digits and dashes."""
    clean = "".join(char if char.isalnum() else "-" for char in wanted.lower()).strip("-")
    base = "-".join(filter(None, clean.split("-")))[:40] or "calendar"
    known, name, number = set(taken), base, 2
    while name in known:
        name, number = f"{base}-{number}", number + 1
    return name


def is_name(text: str) -> bool:
    """Tell whether a text may name a source; it also names files."""
    return 0 < len(text) <= 60 and text.replace("-", "").replace("_", "").isalnum() and text[0].isalnum()
