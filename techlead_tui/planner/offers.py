"""Keep which slots were shown for a request, so that a number takes the slot that stood beside it.

The week may change between a list and an answer, and the slots with it. Kept in the cache: where nothing is
kept, the numbers count what is free now.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from techlead_tui import fs
from techlead_tui.config.paths import make_folder
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.json_text import decode, encode
from techlead_tui.core.requests import LISTED, card_of
from techlead_tui.planner.reader import Reader

MOST = 200  # requests; the ones shown last are kept


def starts_of(item: Item, moment: Moment) -> list[str]:
    """Return when the slots begin that are offered for a request."""
    return [slot.start.isoformat() for slot in card_of(item, moment).slots]


def keep_shown(reader: Reader, items: Iterable[Item], moment: Moment) -> None:
    """Keep which slots stand beside which number, by the uid of their request."""
    shown = {item.uid: starts_of(item, moment) for item in items if item.status in LISTED}
    known = _load(reader)
    kept = {uid: starts for uid, starts in known.items() if uid not in shown} | shown
    if kept == known:
        return
    data = encode(dict(list(kept.items())[-MOST:])).encode()
    try:
        make_folder(reader.folders.cache)
        fs.replace_unlocked(_path(reader), data, durable=False)
    except OSError:
        return  # a cache that cannot be written keeps nobody from reading


def offers_of(reader: Reader, uid: str) -> Sequence[str] | None:
    """Return the starts of the slots that were shown for a request last, or None."""
    return _load(reader).get(uid)


def _load(reader: Reader) -> dict[str, list[str]]:
    try:
        found = decode((fs.read_file(_path(reader)) or b"").decode())
    except (OSError, ValueError):
        return {}
    if not isinstance(found, dict):
        return {}
    return {uid: [*map(str, starts)] for uid, starts in found.items() if isinstance(starts, list)}


def _path(reader: Reader) -> str:
    return os.path.join(reader.folders.cache, "offers.json")
