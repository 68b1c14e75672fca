"""What the shell's tab key offers that is known only at that moment: week themes, tags, people and ids."""

from __future__ import annotations

from collections.abc import Callable

from techlead_tui.cli.places import shown_id
from techlead_tui.cli.shell import Shell
from techlead_tui.cli.short_ids import short_id
from techlead_tui.core.kinds import KINDS
from techlead_tui.core.words.tags import FLAGS, kind_tag
from techlead_tui.planner.recent_names import recent_names


def themes(shell: Shell) -> list[str]:
    """The ids of the week themes."""
    return shell.reader.library.theme_ids()


def tags(shell: Shell) -> list[str]:
    """Types, kinds and flags as `+tags`."""
    return [f"+{name}" for name in (*shell.reader.library.types(), *map(kind_tag, KINDS), *FLAGS)]


def people(shell: Shell) -> list[str]:
    """Who took part in something of late, the last one met first, as far as a name is one word."""
    found = recent_names(shell.reader).people
    return [f"@{name}" for name in found if len(name.split()) == 1]


def ids(shell: Shell) -> list[str]:
    """This week's blocks and sessions, as `techlead week` shows them."""
    this = shell.this_week
    week = shell.reader.snapshot(this).week(this)
    blocks = [shown_id(block, this) for block in week.blocks]
    return [*blocks, *(short_id(session.uid) for session in week.sessions)]


KNOWN: dict[str, Callable[[Shell], list[str]]] = {
    "themes": themes,
    "tags": tags,
    "people": people,
    "ids": ids,
}
