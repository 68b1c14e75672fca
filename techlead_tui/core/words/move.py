"""The words of `move`: where a block, or a session, goes."""

from __future__ import annotations

from datetime import timedelta

from techlead_tui.core.edits import EditSession, MoveBlock
from techlead_tui.core.lengths import short_length
from techlead_tui.core.localtime import clock, into
from techlead_tui.core.words.clocktime import check_range
from techlead_tui.core.words.days import full_date
from techlead_tui.core.words.reading import Context, Place, Reading
from techlead_tui.core.words.scan import Found, find_when
from techlead_tui.core.words.tokens import Token
from techlead_tui.core.words.when import exists, last_of, slot_of
from techlead_tui.errors import WordsError


def read_move(tokens: list[Token], place: Place, context: Context, *, override: str | None = None) -> Reading:
    """The move that the words after the ID mean: a day alone keeps the time, a time alone keeps the day, and
    without an end or a length the length stays."""
    found, rest = find_when(tokens, bare=True)
    if rest:
        word = rest[0]
        raise WordsError(
            f"“{word.text[:60]}” is no day or time",
            "move ID tue 14:00, or move ID 14-16",
            word.text,
            word.position,
        )
    if found == Found():
        raise WordsError("where to?", "move ID tue 14:00, or move ID 14-16")
    if found.weeks is not None:
        raise WordsError("one block cannot be moved to every week", "add every tue 14-15 … makes a series")
    kept = place.end - place.start
    if place.table == "sessions":
        return _move_session(found, place, context, kept)
    seen = context._replace(
        day=place.day if found.day is None else context.day, start=place.start, length=kept
    )
    if found.ago is None and found.start is None and found.day is None:
        raise WordsError("where to? only a length was understood", "move ID 14-16 sets both ends", found.word)
    slot = slot_of(found, [], seen)
    end = None if found.end is None and found.length is None else slot.end
    edit = MoveBlock(uid=place.uid, day=place.day, to=slot.day, start=slot.start, end=end, override=override)
    said = [f"from {full_date(place.day)}, {clock(place.start)}–{clock(place.end)}"]
    said.append(f"to {full_date(slot.day)}, {clock(slot.start)}–{clock(slot.end)}")
    if slot.end - slot.start != kept:
        said.append(f"{short_length(slot.end - slot.start)} instead of {short_length(kept)}")
    if override:
        said.append(f"overriding: {override}")
    return Reading(edit, tuple(said))


def _move_session(found: Found, place: Place, context: Context, kept: int) -> Reading:
    """A session has been: a weekday is the last one."""
    seen = context._replace(day=place.day if found.day is None else None)
    day, start = last_of(found, seen)
    start = place.start if start is None else start
    minutes = (
        kept
        if found.end is None and found.length is None
        else (found.end or start + (found.length or 0)) - start
    )
    if found.end is not None:
        check_range(start, found.end, found.word, found.position)
    exists(day, start, context, found.word, found.position)
    begin = context.moment(day, start)
    end = into(begin + timedelta(minutes=minutes), context.zone)
    fields = {"start": begin.isoformat(timespec="seconds"), "end": end.isoformat(timespec="seconds")}
    said = (f"session to {full_date(day)}, {clock(start)}", short_length(minutes))
    return Reading(EditSession(uid=place.uid, week=place.week, fields=fields), said)
