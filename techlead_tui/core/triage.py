"""Weigh a meeting request against the week: its worth, its cost, and where it would fit (M3, M10)."""

from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, NamedTuple

from techlead_tui.core.balance import focus_spans
from techlead_tui.core.calendar import DAY, IsoWeek, at, into
from techlead_tui.core.edits import AddBlock
from techlead_tui.core.judge import judge
from techlead_tui.core.lengths import length
from techlead_tui.core.one_line import one_line
from techlead_tui.core.placement import NEW, FreeSlot, free, loss, put
from techlead_tui.core.records import block_record
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import Span
from techlead_tui.core.text import day_text, takes_days, times, when, with_days
from techlead_tui.core.theme import Types, WeekTheme
from techlead_tui.core.week import Block, Week, block_of
from techlead_tui.errors import UserError

if TYPE_CHECKING:
    from techlead_tui.core.playbook import Playbook  # dear, and only replies are made of it

CRITERIA = {
    "a": "it needs your technical decision",
    "b": "it unblocks somebody on critical work",
    "c": "it comes again and sets the technical direction",
    "d": "you are needed to explain the technology to others",
}
VERDICTS = ("no", "prepare", "elsewhere", "yes")
SLOTS = 3
AHEAD = 4  # weeks after its own in which another time is looked for
FIRST_WEEKS = 4  # of a newcomer, in which onboarding is worth it (M10)
WHOLE_DAY = 20 * 60  # minutes: a longer request means the days, not the hours
REPLIES = {"keep": "accept", "decline": "say-no"}  # ids of the playbook, where they are not the transition's
PREPARED = ("architecture-review", "decision")  # types with something to read first


class Request(NamedTuple):
    """Hold what is asked for. Times are aware, in the user's zone."""

    summary: str
    start: datetime
    end: datetime
    type: str | None = None
    doc: str | None = None
    recurring: bool = False
    criteria: tuple[str, ...] = ()
    first_day: date | None = None  # of the newcomer whom an onboarding is for
    requester: str | None = None

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)

    @property
    def minutes(self) -> int:
        return max(1, int((self.end - self.start).total_seconds()) // 60)


class Card(NamedTuple):
    """Say what there is to know before answering a request."""

    verdict: str  # one of VERDICTS
    reasons: tuple[str, ...]  # for it, the most important first
    minutes: int  # of the days' working time where it takes whole days
    focus_cost_minutes: int
    breaks: tuple[Span, ...]  # stretches of focus time that would be cut
    day_theme: str  # title of the day's theme, "" on a free day
    limit_minutes: int | None  # M10's for its type
    slots: tuple[FreeSlot, ...]  # at most SLOTS, those that cost least
    prepared: bool | None  # None: there is nothing to prepare


def weeks_of(start: datetime, now: datetime) -> tuple[IsoWeek, ...]:
    """Return the weeks that weighing asks for: its own, and those in which another time is looked for."""
    own = IsoWeek.of(start.date())
    first = max(own, IsoWeek.of(now.date()))
    near = {first.shift(n) for n in range(2 * AHEAD + 1)}
    return tuple(sorted({own, *near}))


def parts(request: Request, snapshot: Snapshot) -> list[Span]:
    """Return its time day by day: as it is within one day, else the working hours of the days it spans."""
    start, end = into(request.start, snapshot.zone), into(request.end, snapshot.zone)
    if start.date() == (end - timedelta(minutes=1)).date() and request.minutes < WHOLE_DAY:
        return [Span(start, end)]
    out: list[Span] = []
    day = start.date()
    while day <= (end - timedelta(minutes=1)).date() and len(out) < 60:
        theme = snapshot.theme_of(IsoWeek.of(day)).day(day.isoweekday())
        if theme is not None:
            hours = Span(at(day, theme.opens, snapshot.zone), at(day, theme.closes, snapshot.zone))
            span = Span(max(hours.start, start), min(hours.end, end))
            if span.start < span.end:
                out.append(span)
        day += timedelta(days=1)
    return out or [Span(start, min(end, at(start.date(), DAY, snapshot.zone)))]


def kind_of(request: Request, types: Types) -> str:
    """Return the kind of the block that it would become."""
    known = types.get(request.type or "")
    return known.kind if known is not None else "meeting"


def edit_for(request: Request, span: Span, snapshot: Snapshot, people: Sequence[str] = ()) -> AddBlock:
    """Return the edit that puts it at a time of one day."""
    end = min(DAY, span.end_minute)
    kind = kind_of(request, snapshot.types)
    type_id = request.type if request.type in snapshot.types else None
    return AddBlock(
        request.summary,
        span.start.date(),
        span.start_minute,
        end,
        kind,
        type_id,
        tuple(people),
        False,
        request.doc,
    )


def weigh(request: Request, snapshot: Snapshot, now: datetime, *, search: bool = True) -> Card:
    """Return the verdict card, without slots unless `search`. Weeks that are not loaded are passed over."""
    spans = parts(request, snapshot)
    cost, breaks, refused = 0, [], ""
    for span in spans:
        week = _loaded(snapshot, IsoWeek.of(span.start.date()))
        if week is None:
            continue
        block = _block(request, span, snapshot)
        cost += loss(week, block)
        breaks += _broken(week, block)
        refused = refused or _refusal(snapshot, edit_for(request, span, snapshot), now)
    theme = snapshot.theme_of(IsoWeek.of(spans[0].start.date()))
    limit = limit_of(request.type, theme)
    day = theme.day(spans[0].start.isoweekday())
    prepared = bool(request.doc) if request.type in PREPARED else None
    slots: tuple[FreeSlot, ...] = ()
    minutes = sum(span.minutes for span in spans)
    if search and len(spans) == 1:
        slots = cheapest(request, snapshot, now, min(minutes, limit or DAY))
    verdict, reasons = _verdict(request, snapshot.types, refused, prepared, now)
    if limit is not None and minutes > limit:
        reasons.append(f"{length(minutes)} is more than the {length(limit)} that its type may take")
    if cost:
        cut = ", ".join(when(span) for span in breaks)
        reasons.append(f"it costs {length(cost)} of focus time" + (f": it breaks {cut}" if cut else ""))
    title = day.title if day is not None else ""
    return Card(verdict, tuple(reasons), minutes, cost, tuple(breaks), title, limit, slots, prepared)


def _verdict(
    request: Request, types: Types, refused: str, prepared: bool | None, now: datetime
) -> tuple[str, list[str]]:
    reasons = [CRITERIA[name] for name in request.criteria if name in CRITERIA]
    verdict = "yes"
    if not reasons:
        verdict, reasons = "no", ["none of the four criteria holds"]
    known = types.get(request.type or "")
    if known is not None and not known.worth_it:
        reasons.append(f"“{known.title}” is on your avoid list")
    if request.type == "onboarding" and (said := _onboarding(request)):
        reasons.append(said)
    if prepared is False:
        reasons.append("there is no document to read first")
        verdict = "prepare" if verdict == "yes" else verdict
    if refused:
        reasons.append(refused)
        verdict = "elsewhere" if verdict == "yes" else verdict
    if request.end <= now:
        reasons.append("it is in the past")
    return verdict, reasons


def _onboarding(request: Request) -> str:
    """Tell how far the newcomer is: onboarding counts from the first day, and for the first weeks (M10)."""
    if request.first_day is None:
        return "the newcomer's first day is not known: --first-day says it"
    days = (request.start.date() - request.first_day).days
    if days < 0:
        return f"the newcomer starts on {day_text(request.first_day)}"
    if days >= FIRST_WEEKS * 7:
        return f"onboarding is for the first {FIRST_WEEKS} weeks, which ended before"
    return f"week {days // 7 + 1} of the newcomer's first {FIRST_WEEKS}"


def limit_of(type_id: str | None, theme: WeekTheme) -> int | None:
    """Return the minutes that a meeting of a type may take (M10), or None."""
    kept = (theme.limits.meeting, theme.limits.weekly)
    found = [limits[type_id] for limits in kept if type_id is not None and type_id in limits]
    return min(found, default=None)


def _loaded(snapshot: Snapshot, key: IsoWeek) -> Week | None:
    return snapshot.week(key) if str(key) in snapshot.buckets else None


def _block(request: Request, span: Span, snapshot: Snapshot) -> Block:
    kind = kind_of(request, snapshot.types)
    record = block_record(uid=NEW, summary="", kind=kind, type=request.type, start=0, end=0, zone=None)
    return block_of(record, span.start, span.end, snapshot.types)


def _broken(week: Week, block: Block) -> list[Span]:
    """Return the stretches of focus time that a block would cut."""
    kept = {(span.start, span.end) for span in focus_spans(put(week, block))[0]}
    return [span for span in focus_spans(week)[0] if (span.start, span.end) not in kept]


def _refusal(snapshot: Snapshot, edit: AddBlock, now: datetime) -> str:
    """Return why the week would refuse it, or ""."""
    try:
        introduced = judge(snapshot, edit, now, NEW).introduced
    except (UserError, KeyError):
        return ""
    return next((one.text for one in introduced if one.severity == "refuse"), "")


def cheapest(request: Request, snapshot: Snapshot, now: datetime, minutes: int) -> tuple[FreeSlot, ...]:
    """Return the slots that cost least focus time, the soonest first: those of `techlead free`.

    A later week is looked at only while fewer than wanted cost nothing: it could not come first.
    """
    first = max(IsoWeek.of(request.start.date()), IsoWeek.of(now.date()))
    kind = kind_of(request, snapshot.types)
    type_id = request.type if request.type in snapshot.types else None
    found: list[FreeSlot] = []
    for week in _weeks(snapshot, first):
        found += free(snapshot, [week], minutes, now, kind=kind, type_id=type_id, most=SLOTS)
        if sum(slot.focus_cost_minutes == 0 for slot in found) >= SLOTS:
            break
    found.sort(key=lambda slot: (slot.focus_cost_minutes, slot.start))
    return tuple(found[:SLOTS])


def _weeks(snapshot: Snapshot, first: IsoWeek) -> Iterator[IsoWeek]:
    for n in range(AHEAD + 1):
        if str(first.shift(n)) in snapshot.buckets:
            yield first.shift(n)


def reply_to(
    request: Request, card: Card, playbook: "Playbook", who: str = "", by: date | None = None, turn: str = ""
) -> str:
    """Return the text of the playbook that answers a request: for a transition, else as the verdict has it.

    `who` goes in the lead's place; `by` is the day that a help or the notes are promised for (M11, M13).
    """
    from techlead_tui.core.playbook import PLACEHOLDERS, SIGNOFF, compose_ready

    turn = turn or {"no": "decline", "prepare": "prepare", "elsewhere": "propose"}.get(card.verdict, "accept")
    if turn == "propose" and not card.slots:
        turn = "decline"
    if turn == "propose" and card.focus_cost_minutes:
        turn = "focus"
    values: dict[str, str | None] = dict.fromkeys(PLACEHOLDERS)
    values |= {
        "summary": with_days(request.summary, request.span),
        "requester": request.requester,
        "document": request.doc,
        "engineer": who or None,
        "by": day_text(by) if by else None,
        "next_free": when(card.slots[0].span) if card.slots else None,
        "limit": length(card.limit_minutes) if card.limit_minutes else None,
        "signoff_minutes": str(SIGNOFF),
    }
    cleaned = {name: one_line(text) if text else None for name, text in values.items()}
    return compose_ready(playbook[REPLIES.get(turn, turn)], "plain", cleaned)


def card_lines(request: Request, card: Card) -> list[str]:
    """Return the card as lines of text."""
    head = {"no": "No", "prepare": "Not yet", "elsewhere": "At another time", "yes": "Yes"}[card.verdict]
    lines = [f"{head}: {card.reasons[0]}", *card.reasons[1:]]
    if takes_days(request.span):
        about = [when(request.span), f"{length(card.minutes)} of working time"]
    else:
        about = [length(card.minutes), f"on a “{card.day_theme}” day" if card.day_theme else "on a free day"]
    about += ["comes again"] if request.recurring else []
    about += ["prepared"] if card.prepared else []
    lines.append(", ".join(about))
    for number, slot in enumerate(card.slots, 1):
        where = f", in {slot.where}" if slot.where else ""
        time = f"{day_text(slot.start.date())} {times(slot.span)}"
        lines.append(f"slot {number}: {time}, {cost_text(slot)}{where}")
    return lines


def cost_text(slot: FreeSlot) -> str:
    """Return in words what a slot costs."""
    minutes = slot.focus_cost_minutes
    return f"costs {length(minutes)} of focus" if minutes else "costs no focus"
