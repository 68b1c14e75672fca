"""Find what a reply is filled with: figures of the week, free slots, and blocks that it could put there."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta, tzinfo
from typing import NamedTuple

from techlead_tui.core.balance import focus_cost, meetings
from techlead_tui.core.calendar import IsoWeek, friday_of
from techlead_tui.core.edits import AddBlock, AddItem, Edit, MoveBlock, RemoveBlock
from techlead_tui.core.figures import deep_work_minutes
from techlead_tui.core.items.kit import Item, Moment, Transition
from techlead_tui.core.lengths import hours, length
from techlead_tui.core.one_line import one_line
from techlead_tui.core.placement import FreeSlot
from techlead_tui.core.playbook import PLACEHOLDERS, SIGNOFF, compose_ready
from techlead_tui.core.span import Span
from techlead_tui.core.text import day_text, takes_whole_days, titled, with_days
from techlead_tui.core.triage import limit_of
from techlead_tui.core.week import Block, Week
from techlead_tui.planner.free import Wish, find_free, weeks_ahead, weeks_read
from techlead_tui.planner.items import moment_of
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.zones import in_both, zone_of

TALK, PAIRING, READING = 30, 45, 30  # minutes that are looked for
SAY_NO, ESCALATE, FOCUS = "say-no", "escalate", "focus"  # ids of replies
DROPS = 2  # meetings that could go, at most
TRIED = (1, 20)  # free slots that are looked at: the best may lie in the meeting itself


class Subject(NamedTuple):
    """Say what a reply is about: a block, a request, or only words. Times are aware."""

    summary: str = ""
    people: tuple[str, ...] = ()
    doc: str | None = None
    start: datetime | None = None
    end: datetime | None = None
    minutes: int | None = None  # that it takes, where start and end are only the time that it falls into
    uid: str = ""  # of the block on the week that it is
    type: str | None = None  # of the block that it is, or would become

    @property
    def span(self) -> Span | None:
        return Span(self.start, self.end) if self.start and self.end else None


def subject_of(block: Block) -> Subject:
    """Return what a reply about a block of the week is about."""
    return Subject(
        block.summary,
        block.people,
        block.doc,
        block.start,
        block.end,
        block.planned_minutes,
        block.uid,
        block.type,
    )


def subject_of_request(item: Item, moment: Moment) -> Subject:
    """Return what a reply about a meeting request is about."""
    from techlead_tui.core.requests import request_of  # dear, and few replies are about a request

    request = request_of(item, moment)
    people = (request.requester,) if request.requester else ()
    timed = bool(item.get("start"))
    return Subject(
        item.summary,
        people,
        request.doc,
        request.start if timed else None,
        request.end if timed else None,
        request.minutes,
        type=request.type,
    )


class Material(NamedTuple):
    """Hold what replies about a subject are filled with."""

    values: Mapping[str, str | None]  # by placeholder
    reading: FreeSlot | None  # a place to read the document
    pairing: FreeSlot | None  # a place to pair
    now: datetime
    drops: tuple[Block, ...] = ()  # meetings that could go instead, the dearest first


class Offer(NamedTuple):
    """Offer the edits that keep what an option of the reply promises; they are only made when asked for."""

    option: str  # the letter
    title: str
    edits: tuple[Edit, ...]
    span: Span  # where the block is put, or goes
    drops: bool = False  # whether something goes for it, and is written down as a trade


def material(
    reader: Reader, subject: Subject, zone: tzinfo | None = None, *, places: bool = True
) -> Material:
    """Return the values that can be computed or known of a subject; `zone` is the other's, where not known.

    With `places` also where one could read and pair. DataError.
    """
    if zone is None and len(subject.people) == 1:
        zone = zone_of(reader, subject.people[0])
    now = reader.now()
    this = IsoWeek.of(now.date())
    week = IsoWeek.of(subject.start.date()) if subject.start else this
    snapshot = reader.snapshot(*sorted({week, *weeks_read(weeks_ahead(reader))}))

    span = subject.span

    def first(wish: Wish, due: date | None = None) -> FreeSlot | None:
        for most in TRIED:
            for slot in find_free(reader, wish, most, snapshot=snapshot):
                if (span is None or not slot.span.overlaps(span)) and (
                    due is None or slot.start.date() <= due
                ):
                    return slot
        return None

    slot = first(Wish(subject.minutes or TALK, "meeting", None, ""))
    if slot is None and subject.minutes not in (None, TALK):
        slot = first(Wish(TALK, "meeting", None, ""))
    due = friday_of(week, now.date())
    drops = _could_drop(snapshot.week(week), subject, now)
    limit = limit_of(subject.type, snapshot.theme_of(week))
    values = {
        **dict.fromkeys(PLACEHOLDERS),
        "summary": (with_days(subject.summary, span) if span else subject.summary) or None,
        "requester": subject.people[0] if len(subject.people) == 1 else None,
        "document": subject.doc,
        "by": day_text(due),
        "next_free": None if slot is None else in_both(slot.span, zone),
        "could_drop": " or ".join(map(titled, drops)) or None,
        "signoff_minutes": str(SIGNOFF),
        "limit": length(limit) if limit else None,
        **_deep_work(snapshot.week(this), now),
    }
    reading = first(Wish(READING, "async", None, "+async "), due) if places else None
    pairing = first(Wish(PAIRING, "meeting", "pairing", "+pairing ")) if places else None
    return Material({n: one_line(v) if v else None for n, v in values.items()}, reading, pairing, now, drops)


def reply_of_turn(reader: Reader, item: Item, turn: Transition) -> str:
    """Return the text that a transition offers to send about an item, or "". DataError.

    It is the item's own reply, or one of the playbook with its title, its person and what was promised.
    """
    if turn.answers and item.kind.reply is not None:
        return item.kind.reply(item, moment_of(reader, [item]))
    if not turn.reply:
        return ""
    promised = item.day("promised") if any(one.name == "promised" for one in item.kind.fields) else None
    values: dict[str, str | None] = dict.fromkeys(PLACEHOLDERS)
    values |= {
        "summary": one_line(item.summary),
        "requester": one_line(item.people[0]) if item.people else None,
        "by": day_text(promised) if promised else None,
    }
    return compose_ready(reader.playbook()[turn.reply], "plain", values)


def offers(
    subject: Subject, found: Material, values: Mapping[str, str | None], reply: str = SAY_NO
) -> list[Offer]:
    """Return what the options of a reply promise.

    Of the say-no reply the blocks for which there is a place; of the escalation what could go, each with
    the trade that is written down (M11, M12).
    """
    if reply == ESCALATE:
        return [_drop(subject, block, values.get("requester")) for block in found.drops]
    if reply != SAY_NO:
        return []
    about = subject.summary or values.get("summary") or "the problem"
    out = []
    if found.reading is not None:
        out.append(_added("a", f"Read {values.get('document') or about}", found.reading, "async", None, ()))
    if found.pairing is not None:
        engineer = values.get("engineer")
        title = f"Pair with {engineer}: {about}" if engineer else f"Pair: {about}"
        people = (engineer.removeprefix("@"),) if engineer else ()
        out.append(_added("b", title, found.pairing, "meeting", "pairing", people))
    span = subject.span
    ends = span is not None and span.end > found.now and not takes_whole_days(span)
    if span is not None and ends and subject.minutes == span.minutes > SIGNOFF:
        last = Span(span.end - timedelta(minutes=SIGNOFF), span.end)
        day, start, end = last.start.date(), last.start_minute, last.end_minute
        edit: AddBlock | MoveBlock
        if subject.uid:
            edit = MoveBlock(subject.uid, span.start.date(), day, start, end)
        else:
            edit = AddBlock(f"Sign-off: {about}", day, start, end, "meeting", subject.type, subject.people)
        out.append(Offer("c", f"Sign-off: {about}", (edit,), last))
    return out


def done_text(made: Sequence[Offer]) -> str:
    """Return what the offers that were carried out have done."""
    blocks = sum(not offer.drops for offer in made)
    gone = " and ".join(offer.title.removeprefix("Drop ") for offer in made if offer.drops)
    parts = [f"{blocks} block{'s' if blocks > 1 else ''} on the week"] if blocks else []
    parts += [f"{gone} dropped, and the trade written down"] if gone else []
    return " · ".join(parts)


def _added(
    option: str, title: str, slot: FreeSlot, kind: str, type_id: str | None, people: tuple[str, ...]
) -> Offer:
    span = slot.span
    edit = AddBlock(title, span.start.date(), span.start_minute, span.end_minute, kind, type_id, people)
    return Offer(option, title, (edit,), span)


def _drop(subject: Subject, block: Block, requester: str | None) -> Offer:
    """Offer to drop a meeting for what the reply is about; that is agreed with who asks."""
    people = [requester] if requester else list(subject.people)
    fields = {"for": subject.summary or None, "length": block.planned_minutes, "with": people}
    given = {name: value for name, value in fields.items() if value}
    edits = (RemoveBlock(block.uid, block.day), AddItem("trade", block.summary, given))
    return Offer("a", f"Drop {block.summary}", edits, block.span, drops=True)


def _deep_work(week: Week, now: datetime) -> dict[str, str]:
    names = ("deep_hours_planned", "deep_hours_done", "deep_hours_left")
    low, high = week.theme.limits.deep_work_minutes
    found = dict(zip(names, map(hours, deep_work_minutes(week, now)), strict=True))
    return {**found, "capacity": f"{low / 60:g} to {high / 60:g} hours"}


def _could_drop(week: Week, subject: Subject, now: datetime) -> tuple[Block, ...]:
    """Return the meetings ahead, beside the one in question, that cost most focus."""
    costs = [
        (focus_cost(week, block), block)
        for block in meetings(week)
        if block.uid != subject.uid and block.start > now
    ]
    dear = sorted((pair for pair in costs if pair[0]), key=lambda pair: (-pair[0], pair[1].start))
    return tuple(block for _, block in dear[:DROPS])
