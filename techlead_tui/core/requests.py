"""Meeting requests: what asks for the lead's time, and the verdict on it (M3, M10, M11)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta

from techlead_tui.core import triage
from techlead_tui.core.calendar import IsoWeek, friday_of, into
from techlead_tui.core.edits import AddBlock, AddItem, Edit, EditBlock, RemoveBlock
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Boundary, Column, Item, ItemKind, Moment, Transition, Waits
from techlead_tui.core.lengths import short_length
from techlead_tui.core.meetings import is_of_calendar, series_id, without
from techlead_tui.core.occurrence import MEETING, NONE, Occurrence
from techlead_tui.core.placement import FreeSlot
from techlead_tui.core.records import Record
from techlead_tui.core.rules import refused, violations
from techlead_tui.core.series import repeat_by
from techlead_tui.core.snapshot import OPEN, RECURRING_WEEKS
from techlead_tui.core.span import Span
from techlead_tui.core.text import days_text, takes_days, takes_whole_days, when
from techlead_tui.core.triage import CRITERIA, Card, Request
from techlead_tui.core.week import Block

ANSWER = 2  # working days after which an answer to a proposal, or the notes, are due
HOLD = "Hold: "  # before the title of a block that waits for an answer
LISTED = ("waiting", "proposed")


def _time(item: Item, name: str, moment: Moment) -> datetime | None:
    text = item.get(name)
    if not text:
        return None
    value = datetime.fromisoformat(str(text))
    zone = moment.snapshot.zone
    return into(value if value.tzinfo else value.replace(tzinfo=zone), zone)


def request_of(item: Item, moment: Moment) -> Request:
    """Return what an item asks for; one without an end takes half an hour, one without a start is for now."""
    start = _time(item, "start", moment) or moment.now
    end = _time(item, "end", moment)
    if end is None or end <= start:
        end = into(start + timedelta(minutes=30), moment.snapshot.zone)
    return Request(
        item.summary,
        start,
        end,
        item.get("type"),
        item.get("doc"),
        bool(item.get("rule")),
        tuple(item.get("criteria") or ()),
        item.day("first_day"),
        item.get("requester"),
    )


def card_of(item: Item, moment: Moment) -> Card:
    """Return the verdict card of an item; a meeting that stands on the week is weighed as if it did not.

    It is looked for in every week around, so a snapshot remembers it.
    """
    memory, request = moment.snapshot.memory, request_of(item, moment)
    key = (item.uid, request, item.is_open, moment.now)
    known = memory.get(key)
    if not isinstance(known, Card):
        known = memory[key] = _weighed(item, request, moment)
    return known


def _weighed(item: Item, request: Request, moment: Moment) -> Card:
    snapshot = moment.snapshot
    if is_of_calendar(item.uid):
        loaded = [IsoWeek.parse(bucket) for bucket in snapshot.buckets if bucket != OPEN]
        weeks = {week.shift(n) for week in loaded for n in range(RECURRING_WEEKS)}
        snapshot = snapshot._replace(calendar=without(snapshot.calendar, item.uid, weeks))
    return triage.weigh(request, snapshot, moment.now, search=item.is_open)


def found(moment: Moment) -> Mapping[str, Record]:
    """Return a record for each meeting of the calendars in this week and the next that asks for a verdict:
    nobody has answered it, or the week would have refused it. A series asks once."""
    snapshot, this = moment.snapshot, IsoWeek.of(moment.today)
    if snapshot.calendar is NONE:
        return {}
    judged = {uid for tables in snapshot.buckets.values() for uid in tables.get(KIND.table, {})}
    out: dict[str, Record] = {}
    for week in (this, this.shift(1)):
        if str(week) not in snapshot.buckets:
            continue
        compiled = snapshot.week(week)
        against = refused(compiled, moment.now)
        for block in compiled.live:
            one = block.occurrence
            if one is None or one.meaning != MEETING or block.end <= moment.now:
                continue
            name = series_id(one.uid)
            if name not in judged and name not in out and (block.unanswered or block.uid in against):
                out[name] = _record(block, one, moment)
    return out


def _record(block: Block, one: Occurrence, moment: Moment) -> Record:
    fields: Record = {field.key: field.nothing for field in KIND.fields}
    return {
        **fields,
        "uid": series_id(one.uid),
        "summary": one.summary,
        "status": "waiting",
        "created": moment.now.isoformat(timespec="seconds"),
        "closed": None,
        "override": None,
        "requester": one.organizer or None,
        "with": [name for name in one.people if name != one.organizer],
        "start": block.start.isoformat(timespec="minutes"),
        "end": block.end.isoformat(timespec="minutes"),
        "type": block.type,
        "doc": block.doc,
        "rule": "as its calendar says" if one.recurring else None,
        "invitation": one.uid,
        "address": one.address or None,
        "sequence": str(one.sequence) if one.sequence else None,
    }


def _standing(item: Item, moment: Moment) -> list[Block]:
    """Return the blocks that a meeting of the calendars has from now on in the weeks that are loaded."""
    out: list[Block] = []
    for bucket in sorted(set(moment.snapshot.buckets) - {OPEN}) if is_of_calendar(item.uid) else ():
        for block in moment.snapshot.week(IsoWeek.parse(bucket)).live:
            one = block.occurrence
            if one is not None and series_id(one.uid) == item.uid and block.end > moment.now:
                out.append(block)
    return out


def _leave(item: Item, moment: Moment) -> list[Edit]:
    """Return the edits that take a meeting of the calendars off the week, where it is not attended."""
    return [RemoveBlock(block.uid, block.day) for block in _standing(item, moment)]


def reply_of(item: Item, moment: Moment, card: Card | None = None) -> str:
    """Return the text that answers it: as it was turned, else as the verdict has it."""
    done = {
        "accepted": "accept",
        "declined": "decline",
        "proxied": "proxy",
        "notes": "notes",
        "proposed": "propose",
        "kept": "keep",
    }
    request = request_of(item, moment)
    card = card or card_of(item, moment)
    chosen = chosen_span(item, moment)
    if item.status == "proposed" and chosen is not None:
        first = next((slot for slot in card.slots if slot.start == chosen.start), None)
        if first is None:
            first = FreeSlot(chosen.start, chosen.end, "", 0, ())
        card = card._replace(slots=(first,))
    turn = done.get(item.status, "")
    by = item.day("by") if turn == "notes" else friday_of(IsoWeek.of(request.start.date()), moment.today)
    return triage.reply_to(request, card, moment.playbook, str(item.get("proxy") or ""), by, turn)


def chosen_span(item: Item, moment: Moment) -> Span | None:
    """Return the time that was chosen instead of the one that was asked for."""
    start = _time(item, "at", moment)
    if start is None:
        return None
    request = request_of(item, moment)
    limit = triage.limit_of(request.type, moment.snapshot.theme_of(IsoWeek.of(start.date())))
    minutes = min(request.minutes, limit or request.minutes)
    return Span(start, into(start + timedelta(minutes=minutes), moment.snapshot.zone))


def _blocks(item: Item, moment: Moment) -> list[AddBlock]:
    """Return the edits that put it on the grid: at the chosen time, else where it was asked for."""
    request, chosen = request_of(item, moment), chosen_span(item, moment)
    if chosen is not None:
        request = request._replace(start=chosen.start, end=chosen.end)
    spans = triage.parts(request, moment.snapshot)
    return [triage.edit_for(request, span, moment.snapshot, item.people) for span in spans]


def _series(item: Item, moment: Moment) -> list[AddBlock]:
    """Return the edits that put all of it on the grid; of a rule that no series has, the first date."""
    edits, rule = _blocks(item, moment), str(item.get("rule") or "")
    repeat = repeat_by(rule, edits[0].day) if rule and len(edits) == 1 else None
    if repeat is None or (repeat.until is not None and repeat.until <= edits[0].day):
        return edits
    return [edits[0]._replace(repeat=repeat)]


def _once(item: Item, moment: Moment) -> str:
    """Say that of what comes again one date alone is planned, where that is so."""
    if is_of_calendar(item.uid) or not item.get("rule") or any(edit.repeat for edit in _series(item, moment)):
        return ""
    return f"only the first date is planned: {item.get('rule')} cannot be planned as a series"


def _held(item: Item, moment: Moment) -> tuple[str, date] | None:
    """Return the uid and day of the block that holds a slot for it."""
    for bucket, tables in moment.snapshot.buckets.items():
        for uid, record in tables.get("blocks", {}).items() if bucket != OPEN else ():
            if record["summary"] == f"{HOLD}{item.summary}":
                return uid, date.fromisoformat(str(record["day"]))
    return None


def _accept(item: Item, moment: Moment) -> Sequence[Edit]:
    held, chosen, edits = _held(item, moment), chosen_span(item, moment), _series(item, moment)
    if is_of_calendar(item.uid) and chosen is None:
        return _release(item, moment)  # it stands there already
    again = any(edit.repeat for edit in edits)
    if held is not None and not again and (chosen is None or chosen.start.date() == held[1]):
        return [EditBlock(held[0], held[1], {"summary": item.summary, "optional": False})]
    return [*_release(item, moment), *edits]


def _release(item: Item, moment: Moment) -> Sequence[Edit]:
    held = _held(item, moment)
    return [RemoveBlock(held[0], held[1])] if held is not None else []


def _decline(item: Item, moment: Moment) -> Sequence[Edit]:
    return [*_release(item, moment), *_leave(item, moment)]


def _keep(item: Item, moment: Moment) -> Sequence[Edit]:
    reason = str(item.get("why") or "") or None
    if is_of_calendar(item.uid):
        kept: list[Edit] = []
        for block in _standing(item, moment):
            found = violations(moment.snapshot.week(IsoWeek.of(block.day)), moment.now)
            rules = sorted(
                {one.rule for one in found if block.uid in one.subjects and one.severity != "note"}
            )
            override = {"reason": reason, "rules": rules}
            kept.append(EditBlock(block.uid, block.day, {"override": override}))
        return [*_release(item, moment), *kept]
    edits = _series(item._replace(record={**item.record, "at": None}), moment)
    return [*_release(item, moment), *(edit._replace(override=reason) for edit in edits)]


def _hold(item: Item, moment: Moment) -> Sequence[Edit]:
    if item.get("at") is None:
        return ()
    edits = _blocks(item, moment)
    held = [edit._replace(summary=f"{HOLD}{item.summary}", optional=True) for edit in edits]
    return [*_release(item, moment), *held]


def _proxy(item: Item, moment: Moment) -> Sequence[Edit]:
    day = request_of(item, moment).start.date()
    after = moment.working_day(1, max(day, moment.today)).isoformat()
    fields = {"owner": item.get("proxy"), "follow_up": after, "authority": "do"}
    task = AddItem("delegation", f"attendance in my place: {item.summary}"[:500], fields)
    return [*_decline(item, moment), task]


def _answer_by(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"by": moment.working_day(ANSWER).isoformat()}


def _first_slot(item: Item, moment: Moment) -> Mapping[str, object]:
    slots = card_of(item, moment).slots
    return {**_answer_by(item, moment), "at": slots[0].start.isoformat() if slots else None}


def _somewhere(item: Item, moment: Moment) -> Mapping[str, object]:
    """Return the first slot as the time of a request that names none."""
    slots = card_of(item, moment).slots if not (item.get("start") or item.get("at")) else ()
    return {"at": slots[0].start.isoformat()} if slots else {}


def _due(item: Item, moment: Moment) -> date | None:
    if item.status == "waiting":
        return request_of(item, moment).start.date()
    return item.day("by")


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    card = card_of(item, moment)
    return {
        "verdict": card.verdict,
        "reasons": list(card.reasons),
        "minutes": card.minutes,
        "focus_cost_minutes": card.focus_cost_minutes,
        "breaks": [{"start": one.start.isoformat(), "end": one.end.isoformat()} for one in card.breaks],
        "day_theme": card.day_theme or None,
        "limit_minutes": card.limit_minutes,
        "prepared": card.prepared,
        "slots": [
            {
                "start": slot.start.isoformat(),
                "end": slot.end.isoformat(),
                "minutes": slot.span.minutes,
                "box": slot.where or None,
                "focus_cost_minutes": slot.focus_cost_minutes,
            }
            for slot in card.slots
        ],
        "reply": reply_of(item, moment, card) if moment.playbook else None,
    }


def _boundary(item: Item) -> Boundary | None:
    if item.status == "proxied":
        return Boundary("proxy", f"{item.get('proxy')} goes instead")
    return Boundary("decline") if item.status == "declined" else None


def _waits(item: Item, moment: Moment) -> Waits | None:
    return Waits(item.since(moment), "no answer yet") if item.status in LISTED else None


def _card(item: Item, moment: Moment) -> Sequence[str]:
    request = request_of(item, moment)
    lines = triage.card_lines(request, card_of(item, moment)) if item.is_open else []
    chosen = chosen_span(item, moment)
    if chosen is not None:
        lines.append(f"{item.status} for {when(chosen)}")
    if item.get("why"):
        lines.append(f"reason: {item.get('why')}")
    return lines


def _cost(item: Item, moment: Moment) -> str:
    cost = card_of(item, moment).focus_cost_minutes if item.is_open else 0
    return short_length(-cost) if cost else ""


def _verdict(item: Item, moment: Moment) -> str:
    return card_of(item, moment).verdict if item.is_open else item.status


def _when(item: Item, moment: Moment) -> str:
    request = request_of(item, moment)
    span = request.span
    return days_text(span) if takes_days(span) or takes_whole_days(span) else when(span)


def _weeks(item: Item, moment: Moment) -> Sequence[IsoWeek]:
    request = request_of(item, moment)
    chosen = chosen_span(item, moment)
    days = [request.start.date(), *([chosen.start.date()] if chosen is not None else [])]
    count = min((request.end - request.start).days, 90) // 7 + 2
    spanned = {IsoWeek.of(day).shift(n) for day in days for n in range(count)}
    return sorted({*triage.weeks_of(request.start, moment.now), *spanned})


_OPEN = ("waiting", "proposed", "notes")

KIND = ItemKind(
    id="request",
    plural="requests",
    add="invite",
    list_command="triage",
    key="i",
    method="M3",
    title="Triage",
    empty="No request waits. Paste an invitation, or write one with a.",
    words="[FILE|-|WHEN WHAT...]",
    adds="Takes a meeting request, and weighs it against the week.",
    lists="Lists the requests that wait; or answers one of them.",
    asks="what is the invitation?",
    examples=("techlead invite 'billing review' --start 2026-12-01T14:00 --end 2026-12-01T15:00 --from ana",),
    fields=(
        Field("requester", "person", "who asks", "--from", label="from"),
        Field("with", "people", "who else is invited", "--with"),
        Field("start", "moment", "when it starts", "--start"),
        Field("end", "moment", "when it ends", "--end"),
        Field("type", "text", "what it is about: a type of block", "--type"),
        Field("criteria", "choices", "which criteria hold", "--criteria", choices=tuple(CRITERIA)),
        Field("doc", "url", "the document that prepares it", "--doc"),
        Field("first_day", "day", "of an onboarding: the newcomer's first day", "--first-day"),
        Field("rule", "text", "how it comes again, as iCalendar's RRULE", "--rule"),
        Field("invitation", "text", "the UID of its invitation", "--uid", label="invitation"),
        Field("address", "text", "the mail address that an answer goes to", "--address"),
        Field("sequence", "text", "the version of the invitation", label="version"),
        Field("at", "moment", "the time that was chosen instead", "--at"),
        Field("by", "day", "when an answer or the notes are due", "--by"),
        Field("proxy", "person", "who goes instead", "--to"),
        Field("why", "text", "why it is kept", "--why"),
    ),
    states=("waiting", "accepted", "declined", "proxied", "notes", "proposed", "kept"),
    closed=("accepted", "declined", "proxied", "kept"),
    transitions=(
        Transition(
            "decline",
            "d",
            "decline",
            "Say no, with an offer of help.",
            _OPEN,
            "declined",
            carries=_decline,
            answers=True,
        ),
        Transition(
            "accept",
            "x",
            "accept",
            "Put it on the grid.",
            _OPEN,
            "accepted",
            sets=_somewhere,
            carries=_accept,
            warns=_once,
            answers=True,
        ),
        Transition(
            "proxy",
            "g",
            "proxy",
            "Send somebody instead; the list of delegations has it then.",
            _OPEN,
            "proxied",
            takes="proxy",
            needs=True,
            carries=_proxy,
            answers=True,
        ),
        Transition(
            "notes",
            "o",
            "notes",
            "Ask for the notes, by a day.",
            ("waiting", "proposed"),
            "notes",
            takes="by",
            sets=_answer_by,
            carries=_decline,
            answers=True,
        ),
        Transition(
            "propose",
            "p",
            "propose",
            "Offer a slot that costs least, and hold it until the answer.",
            ("waiting", "notes"),
            "proposed",
            sets=_first_slot,
            carries=_hold,
            answers=True,
        ),
        Transition(
            "keep",
            "w",
            "keep",
            "Keep it as it was asked for, and say why.",
            _OPEN,
            "kept",
            takes="why",
            needs=True,
            carries=_keep,
            warns=_once,
            answers=True,
        ),
        Transition(
            "reopen",
            "r",
            "reopen",
            "It waits for a verdict again.",
            ("accepted", "declined", "proxied", "notes", "proposed", "kept"),
            "waiting",
        ),
    ),
    columns=(
        Column("what", 0, lambda item, _: item.summary),
        Column("when", 23, _when),
        Column("from", 12, lambda item, _: str(item.get("requester") or "")),
        Column("verdict", 9, _verdict),
        Column("focus", 6, _cost),
    ),
    due=_due,
    counted="waiting",
    card=_card,
    boundary=_boundary,
    waits=_waits,
    reply=reply_of,
    more=_more,
    weeks=_weeks,
    more_keys={
        "verdict": "no, prepare (read a document first), elsewhere (the week refuses the time) or yes",
        "reasons": "the reasons for the verdict",
        "minutes": "its length",
        "focus_cost_minutes": "focus time that it would take",
        "breaks": "the stretches of focus time that it would break: `start`, `end`",
        "day_theme": "the theme of its day, or null",
        "limit_minutes": "the limit of its type, or null",
        "prepared": "whether there is a document; null where none is needed",
        "slots": "up to three slots that cost least: `start`, `end`, `minutes`, `box`, `focus_cost_minutes`",
        "reply": "the text that answers it",
    },
    found=found,
)
