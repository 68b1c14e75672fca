"""Spell keys as people read them, and tell what the key bar offers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from techlead_tui.tui.action_table import OWN, Action

NO_KEYS: Mapping[str, str] = {}  # nothing remapped

_NAMES = {
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "question_mark": "?",
    "plus": "+",
    "equals_sign": "=",
    "minus": "-",
    "comma": ",",
    "colon": ":",
    "enter": "⏎",
    "escape": "esc",
    "left": "←",
    "right": "→",
    "up": "↑",
    "down": "↓",
    "pageup": "PgUp",
    "pagedown": "PgDn",
    "backspace": "⌫",
    "delete": "Del",
    "slash": "/",
    "at": "@",
    "space": "space",
    "f1": "F1",
    "f2": "F2",
}


def shown(key: str) -> str:
    """Return a key of Textual's names as people read it."""
    return _NAMES.get(key, key)


def bar(
    mode: str, keys: Mapping[str, str] = NO_KEYS, actions: Iterable[Action] = OWN
) -> tuple[tuple[str, str, str], ...]:
    """Return key, label and id for the key bar of a mode, or of several; the last one is always shown.

    `keys` are the user's own, by id.
    """
    return tuple(
        (shown(a.bound(keys)[0]), a.label, a.id)
        for part in mode.split()
        for a in actions
        if part in a.modes.split()
    )
