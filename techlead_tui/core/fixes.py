"""Find the edits that mend a refused or warned one, each applied with one key (M4, M5, M10)."""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.apply import effect, kept_end, record_of
from techlead_tui.core.calendar import DAY, IsoWeek, clock, into, minute_of, stretch
from techlead_tui.core.edits import AddBlock, Edit, EditBlock, Fix, MoveBlock
from techlead_tui.core.judge import focus_won, judge
from techlead_tui.core.lengths import length
from techlead_tui.core.placement import (
    OTHER,
    OWN,
    Placement,
    in_writing,
    lifted,
    loss,
    next_quarter,
    places,
    trades,
)
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span, total
from techlead_tui.core.text import when
from techlead_tui.core.theme import category_of
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import Block, Week, block_of, home
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError

MOST = 4  # fixes offered
TRIES = 8  # places judged for them
AHEAD = 4  # weeks looked at after the edit's own
ENOUGH = 3  # places that cost no focus time: then no later week is looked at

ALIKE = 2  # fixes offered at the same time of different weeks

NEAREST = ("lunch", "working-hours", "overlap")  # what these refuse wants to stay close to where it was


class _Idea(NamedTuple):
    """A fix before it is judged."""

    title: str
    edit: Edit
    loss_minutes: int  # focus time that the block takes there
    start: datetime
    rank: int = OTHER


def fixes_for(
    snapshot: Snapshot, edit: Edit, introduced: Sequence[Violation], now: datetime, uid: str
) -> tuple[Fix, ...]:
    """Edits in place of `edit` that introduce no refusal, and less than `introduced` where nothing refuses.

    Best first: what keeps most focus time, then as the week has room for it (M5), then the soonest. Of a
    move every fix is a move; of other fields it sets them and moves the block along. Nothing in the past is
    offered, and nothing that comes to what `edit` does. Weeks that are not loaded are passed over.
    """
    block = _wanted(snapshot, edit, uid)
    if block is None or not introduced:
        return ()
    try:
        wish = snapshot.with_changes(effect(snapshot, edit, now, uid)[0])
    except UserError:
        return ()  # it stands where another zone puts it and no edit could
    tries = [_ideas(snapshot, edit, block, introduced, now)]
    if isinstance(edit, AddBlock) and any(violation.severity == "refuse" for violation in introduced):
        tries.append(_last_resorts(snapshot, edit, block, now))
    out: list[Fix] = []
    for ideas in tries:
        out = out or _mending(snapshot, edit, ideas, wish, introduced, now, uid)
    return tuple(sorted(out, key=lambda fix: -fix.focus_gain_minutes))


def _mending(
    snapshot: Snapshot,
    edit: Edit,
    ideas: Iterator[_Idea],
    wish: Snapshot,
    introduced: Sequence[Violation],
    now: datetime,
    uid: str,
) -> list[Fix]:
    """Return the first of the ideas that mend it, each with what it wins."""
    out: list[Fix] = []
    for tried, idea in enumerate(idea for idea in ideas if idea.start >= now):
        if tried >= TRIES and (out or tried >= 2 * TRIES):
            break
        words = words_of(idea.edit, snapshot.types)
        if idea.edit == edit or any(words == fix.words for fix in out):
            continue  # a place may be where the block was wanted, cut to its limit
        after = _mended(snapshot, idea, introduced, now, uid)
        if after is not None:
            weeks = {week for each in (edit, idea.edit) if each.plans for week in each.weeks}
            out.append(Fix(idea.title, idea.edit, words, focus_won(wish, after, weeks)))
            if len(out) == MOST:
                break
    return out


def _wanted(snapshot: Snapshot, edit: Edit, uid: str) -> Block | None:
    """The block as the refused edit would have it; None for an edit that puts no block anywhere."""
    if isinstance(edit, AddBlock):
        start, until = stretch(edit.day, edit.start, edit.end, snapshot.zone)
        added = block_of(record_of(edit, uid, snapshot.zone_name), start, until, snapshot.types)
        return added._replace(recurring=edit.repeat is not None)
    if not isinstance(edit, MoveBlock | EditBlock):
        return None
    block = snapshot.week(IsoWeek.of(edit.day)).block(edit.uid)
    if block is None or block.source == "calendar":
        return None
    move = edit if isinstance(edit, MoveBlock) else edit.to
    if move is not None:
        end = move.end
        if end is None:
            end = kept_end(snapshot, move.to, move.start, block.planned_minutes)
        start, until = stretch(move.to, move.start, end, snapshot.zone)
        block = block._replace(start=start, end=until, box=None, moved=True, hard_end=None)
    if isinstance(edit, MoveBlock):
        return block
    type_id = str(edit.fields["type"]) if edit.fields.get("type") else None
    if "type" not in edit.fields:
        type_id = block.type
    known = snapshot.types.get(type_id) if type_id is not None else None
    kind = str(edit.fields.get("kind") or (known.kind if known and "type" in edit.fields else block.kind))
    category = category_of(kind, type_id, snapshot.types)
    return block._replace(kind=kind, type=type_id, category=category, box=None)


def _bare(snapshot: Snapshot, key: IsoWeek, edit: Edit) -> Week | None:
    """A week without the block that the edit is about; None when it is not loaded."""
    try:
        week = snapshot.week(key)
    except KeyError:
        return None
    return lifted(week, edit.uid) if isinstance(edit, MoveBlock | EditBlock) else week


def _ideas(
    snapshot: Snapshot, edit: Edit, block: Block, introduced: Sequence[Violation], now: datetime
) -> Iterator[_Idea]:
    """Yield what might mend it: what stays closest to the wish first, then other places, best first."""
    rules = {violation.rule for violation in introduced}
    key = IsoWeek.of(block.day)
    place = home(snapshot.week(key), block) if block.source == "theme" else None
    leave: _Idea | None = None
    whole = _bare(snapshot, key, edit)
    if whole is None:
        return
    wanted = block.planned_minutes
    if place is not None and isinstance(edit, MoveBlock):
        at_home = block._replace(start=place.start, end=place.end, moved=False, in_place=True)
        stay = edit._replace(to=place.start.date(), start=place.start_minute, end=place.end_minute)
        title = f"Leave it at {when(place)}{_length_of(place.minutes, wanted)}"
        leave = _Idea(title, stay, loss(whole, at_home), place.start, OWN)
        if block.fixed:
            yield leave
            return
        block = block._replace(start=place.start, end=place.start + timedelta(minutes=wanted))
    limit = _limit(whole, block)
    if 0 < limit < wanted and isinstance(edit, AddBlock | MoveBlock):
        short = Span(block.start, into(block.start + timedelta(minutes=limit), snapshot.zone))
        title = f"End it at {clock(short.end_minute)}, after {length(limit)}"
        ends = block._replace(end=short.end)
        yield _Idea(title, edit._replace(end=short.end_minute), loss(whole, ends), block.start)
    if isinstance(edit, AddBlock) and edit.repeat is not None and "recurring-count" in rules:
        once = edit._replace(repeat=None)
        yield _Idea("Hold it this once instead of every week", once, loss(whole, block), block.start)
    near = introduced[0].rule in NEAREST
    offered: dict[tuple[int, int], int] = {}
    for number, found in enumerate(_by_weeks(snapshot, edit, block, now)):
        if leave is not None and number == 0:
            found.append(leave)
        found.sort(key=lambda idea: _order(idea, block, near))
        for idea in found:  # one box in week after week is no choice
            same = (idea.start.weekday(), minute_of(idea.start))
            offered[same] = offered.get(same, 0) + 1
            if offered[same] <= ALIKE:
                yield idea


def _order(idea: _Idea, block: Block, near: bool) -> tuple[object, ...]:
    if near:
        return (max(0, idea.loss_minutes), abs(idea.start - block.start), idea.rank)
    return (idea.loss_minutes, IsoWeek.of(idea.start.date()), idea.rank, idea.start)


def _by_weeks(snapshot: Snapshot, edit: Edit, block: Block, now: datetime) -> Iterator[list[_Idea]]:
    """Other places: those up to the week in which enough cost no focus time, then those of later weeks."""
    found: list[_Idea] = []
    for weeks in range(1 if block.source == "theme" else AHEAD + 1):
        bare = _bare(snapshot, IsoWeek.of(block.day).shift(weeks), edit)
        if bare is None:
            continue
        if sum(idea.loss_minutes <= 0 for idea in found) >= ENOUGH:
            yield found
            found = []
        found += _elsewhere(bare, edit, block, next_quarter(now))
    yield found


def _limit(week: Week, block: Block) -> int:
    """The minutes that the type of a block still has (M10)."""
    limits = week.theme.limits
    left = limits.meeting.get(str(block.type), DAY)
    if block.type in limits.weekly:
        others = [other.held for other in week.live if other.type == block.type and other.uid != block.uid]
        left = min(left, limits.weekly[str(block.type)] - total(others))
    return left


def _last_resorts(snapshot: Snapshot, edit: AddBlock, block: Block, now: datetime) -> Iterator[_Idea]:
    """Yield notes without the type, and so without its boxes and limits: a meeting that has room nowhere, as
    something else was put into the only box of its type, can still be written down (M10)."""
    if block.kind not in ("meeting", "window"):
        return
    note = block._replace(type=None)
    for weeks in range(AHEAD + 1):
        bare = _bare(snapshot, IsoWeek.of(block.day).shift(weeks), edit)
        if bare is not None:
            yield from _written(bare, edit._replace(type=None), note, next_quarter(now))


def _written(bare: Week, edit: AddBlock, block: Block, since: datetime) -> Iterator[_Idea]:
    for place in in_writing(bare, block, since):
        if _moves_all(edit, place):
            continue
        title = f"Handle it in writing: {when(place.span)}, {place.where}"
        yield _Idea(title, _edit_for(edit, place), place.loss_minutes, place.span.start, place.rank)


def _elsewhere(bare: Week, edit: Edit, block: Block, since: datetime) -> Iterator[_Idea]:
    known = bare.types.get(block.type) if block.type is not None else None
    if isinstance(edit, AddBlock) and block.kind == "meeting" and known is not None and not known.worth_it:
        yield from _written(bare, edit, block, since)
    found = (
        trades(bare, block, since)
        if block.source == "theme"
        else places(bare, block, _limit(bare, block), since)
    )
    for place in found:
        if isinstance(edit, AddBlock) and _moves_all(edit, place):
            continue
        verb = "Put it at" if isinstance(edit, AddBlock) else "Move it to"
        title = f"{verb} {when(place.span)}{_length_of(place.span.minutes, block.planned_minutes)}"
        if place.where:  # last, as what goes first where there is little room
            title += f", {place.where}"
        yield _Idea(title, _edit_for(edit, place), place.loss_minutes, place.span.start, place.rank)


def _moves_all(edit: AddBlock, place: Placement) -> bool:
    """Tell whether all days of a series of several would move with that of the edit."""
    return bool(edit.repeat and edit.repeat.days and place.span.start.date() != edit.day)


def _length_of(minutes: int, wanted: int) -> str:
    """Return how a place changes the length that was wanted."""
    if minutes == wanted:
        return ""
    return f" (only {length(minutes)})" if minutes < wanted else f" (longer: {length(minutes)})"


def _edit_for(edit: Edit, place: Placement) -> Edit:
    span = place.span
    day, start, end = span.start.date(), span.start_minute, span.end_minute
    match edit:
        case AddBlock():
            return edit._replace(day=day, start=start, end=end, kind=place.block.kind, override=None)
        case MoveBlock():
            return edit._replace(to=day, start=start, end=end, override=None)
        case EditBlock():
            return edit._replace(to=MoveBlock(edit.uid, edit.day, day, start, end), override=None)
        case _:
            raise TypeError(f"no place for {edit}")


def _mended(
    snapshot: Snapshot, idea: _Idea, introduced: Sequence[Violation], now: datetime, uid: str
) -> Snapshot | None:
    """Return what an idea comes to, None where it mends nothing."""
    try:
        verdict = judge(snapshot, idea.edit, now, uid)
    except UserError:
        return None
    after, found = verdict.after, verdict.introduced
    if any(violation.severity == "refuse" for violation in [*introduced, *found]):
        return None if any(violation.severity == "refuse" for violation in found) else after
    fewer = {violation.rule for violation in found} < {violation.rule for violation in introduced}
    return after if fewer else None
