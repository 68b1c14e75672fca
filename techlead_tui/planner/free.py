"""Find free time for a length and a type, as words ask for it."""

from collections.abc import Sequence
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.placement import FreeSlot, free
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.theme import Types
from techlead_tui.core.words.args import Token, length
from techlead_tui.core.words.planning import kind_tag, read_tags
from techlead_tui.planner.reader import Reader

AHEAD = 4  # weeks after this one that are looked at; and those after a slot's own that the rules ask for


class Wish(NamedTuple):
    """Say what is looked for."""

    minutes: int
    kind: str
    type: str | None
    tags: str  # "+code " for words that plan it; "" for a meeting without a type


def read_wish(text: str, tags: list[Token], types: Types) -> tuple[Wish, list[Token]]:
    """Return what a length and tags ask for, and the words that are left. WordsError."""
    minutes = length(text)
    found, rest = read_tags(tags, types)
    kind = found.kind or (types[found.type].kind if found.type else "meeting")
    tag = f"+{found.type} " if found.type else f"+{kind_tag(found.kind)} " if found.kind else ""
    return Wish(minutes, kind, found.type, tag), rest


def weeks_ahead(reader: Reader) -> list[IsoWeek]:
    """Return this week and those after it that are looked at."""
    this = IsoWeek.of(reader.today())
    return [this.shift(n) for n in range(AHEAD + 1)]


def weeks_read(asked: Sequence[IsoWeek]) -> list[IsoWeek]:
    """Return the weeks that a search in some weeks reads."""
    return sorted({week.shift(n) for week in asked for n in range(AHEAD + 1)})


def find_free(
    reader: Reader,
    wish: Wish,
    most: int,
    weeks: Sequence[IsoWeek] | None = None,
    snapshot: Snapshot | None = None,
    weekday: int | None = None,
) -> tuple[FreeSlot, ...]:
    """Return the `most` slots that cost least focus time, soonest first; in this week and the four after it,
    unless other weeks are given, and on any day unless a `weekday` (1 to 7) is. A `snapshot` holds what
    `weeks_read` names. DataError."""
    asked = weeks_ahead(reader) if weeks is None else weeks
    snapshot = snapshot or reader.snapshot(*weeks_read(asked))
    return free(
        snapshot,
        asked,
        wish.minutes,
        reader.now(),
        kind=wish.kind,
        type_id=wish.type,
        most=most,
        weekday=weekday,
    )
