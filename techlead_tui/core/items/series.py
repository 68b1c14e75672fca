"""The series ledger: every recurring meeting, what it costs, and what was decided about it (M2, M3, M16).

Its items are found in the weeks; one is stored under the id of the series once something is decided or rated.
A month is the four weeks after this one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from techlead_tui.core.balance import focus_cost, meetings
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddItem, Edit, MoveBlock, RemoveBlock
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.lengths import hours
from techlead_tui.core.one_line import one_line
from techlead_tui.core.records import Record
from techlead_tui.core.text import day_text, number_of
from techlead_tui.core.week import Block
from techlead_tui.errors import UserError

WEEKS = 4
SHORTEST = 15  # minutes
NEW = "undecided"
DECISIONS = ("keep", "shorten", "async", "delegate", "drop")
RATES = ("1", "2", "3")
PROPOSALS = {  # by value and effort, 1 to 3
    (3, 1): "keep",
    (3, 2): "keep",
    (3, 3): "shorten",
    (2, 1): "keep",
    (2, 2): "shorten",
    (2, 3): "delegate",
    (1, 1): "async",
    (1, 2): "drop",
    (1, 3): "drop",
}


def occurrences(moment: Moment) -> dict[str, list[Block]]:
    """Return the recurring meetings of the four weeks after this one, by the id of their series, in order."""
    out: dict[str, list[Block]] = {}
    for week in weeks_of(moment):
        if str(week) not in moment.snapshot.buckets:
            continue
        compiled = moment.snapshot.week(week)
        for block in meetings(compiled):
            if block.recurring:
                out.setdefault(block.uid.partition("@")[0], []).append(block)
    return out


def weeks_of(moment: Moment) -> list[IsoWeek]:
    this = IsoWeek.of(moment.today)
    return [this.shift(n) for n in range(1, WEEKS + 1)]


def found(moment: Moment) -> Mapping[str, Record]:
    """Return a record for each recurring meeting, by its uid."""
    fields: Record = {field.key: field.nothing for field in KIND.fields}
    return {
        uid: {
            **fields,
            "uid": uid,
            "summary": blocks[0].summary,
            "status": NEW,
            "created": moment.now.isoformat(timespec="seconds"),
            "closed": None,
            "override": None,
            "attendees": list(dict.fromkeys(name for block in blocks for name in block.people)),
            "role": "attended" if blocks[0].source == "calendar" else "organised",
        }
        for uid, blocks in occurrences(moment).items()
    }


def proposal(item: Item, moment: Moment) -> str | None:
    """Return the decision that value and effort speak for; unrated, what M10 says of its type."""
    value, effort = item.get("value"), item.get("effort")
    if value and effort:
        return PROPOSALS[(value, effort)]
    blocks = occurrences(moment).get(item.uid, ())
    known = moment.snapshot.types.get(blocks[0].type or "") if blocks else None
    return "async" if known is not None and not known.worth_it else None


def edits_of(uid: str, decision: str, moment: Moment, until: date | None = None) -> list[Edit]:
    """Return what a decision changes in the coming weeks, up to a day that is not in it; none for `keep`."""
    blocks = [block for block in occurrences(moment).get(uid, ()) if until is None or block.day < until]
    if decision == "shorten":
        return [
            MoveBlock(
                block.uid,
                block.day,
                block.day,
                start,
                start + shorter(block.planned_minutes),
                block.override.reason if block.override else None,
            )
            for block in blocks
            if not (block.fixed and block.source == "theme")
            and block.source != "calendar"
            and (start := block.span.start_minute) + shorter(block.planned_minutes) < block.span.end_minute
        ]
    if decision == "drop" and until is None and blocks and blocks[0].source == "own":
        return [RemoveBlock(blocks[0].uid, blocks[0].day, True)]
    if decision == "keep":
        return []
    return [RemoveBlock(block.uid, block.day) for block in blocks]


def shorter(minutes: int) -> int:
    """Return half of a length, in quarters of an hour."""
    return max(SHORTEST, minutes // 2 // 15 * 15)


def _carries(decision: str, item: Item, moment: Moment) -> Sequence[Edit]:
    """Return the edits of a decision where the week lets them; a fixed box of the theme stays as it is."""
    trial = item.day("trial")
    if trial is not None and not moment.today < trial <= moment.today + timedelta(weeks=WEEKS):
        raise UserError("a trial lasts from a day to four weeks", "--trial 2w")
    edits = edits_of(item.uid, decision, moment, trial)
    if decision == "delegate" and item.get("owner"):
        return [*edits, AddItem("delegation", f"attendance at {item.summary}", {"owner": item.get("owner")})]
    return edits


def _sets(_item: Item, moment: Moment) -> Mapping[str, object]:
    review = (moment.today + timedelta(weeks=WEEKS)).isoformat()
    return {"review": review, "decided": moment.today.isoformat(), "trial": None}


def reply_of(item: Item, moment: Moment) -> str:
    """Return the text of the playbook to send when a meeting is dropped or delegated, or ""."""
    trial = item.day("trial")
    reply = {"drop": "drop-trial" if trial else "drop", "delegate": "proxy"}.get(item.status)
    if reply is None:
        return ""
    from techlead_tui.core.playbook import PLACEHOLDERS, compose_ready  # dear, and few reply

    values: dict[str, str | None] = dict.fromkeys(PLACEHOLDERS)
    values |= {"summary": one_line(item.summary), "by": day_text(trial) if trial else None}
    values["engineer"] = one_line(str(item.get("owner") or "")) or None
    return compose_ready(moment.playbook[reply], "plain", values)


def _said(decision: str, item: Item, moment: Moment) -> str:
    if decision == "keep":
        return ""
    blocks = occurrences(moment).get(item.uid)
    if decision == "shorten" and blocks and blocks[0].source == "calendar":
        return "your calendar keeps its length; ask its organizer for half of it"
    if decision == "shorten" and blocks and not _carries(decision, item, moment):
        return "the box is fixed in your week theme and keeps its length; `techlead theme new` changes it"
    return ""


def _due(item: Item, _moment: Moment) -> date | None:
    return item.day("trial") or item.day("review")


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    blocks = occurrences(moment).get(item.uid, [])
    minutes = sum(block.planned_minutes for block in blocks)
    people = sum(block.planned_minutes * (1 + len(block.people)) for block in blocks)
    cost = sum(focus_cost(moment.snapshot.week(IsoWeek.of(block.day)), block) for block in blocks)
    trial = item.day("trial")
    missed = item.status == "drop" and trial is not None and trial <= moment.today
    return {
        "month_minutes": minutes,
        "people_month_minutes": people,
        "focus_cost_minutes": cost,
        "proposal": proposal(item, moment),
        "text": reply_of(item, moment) or None if moment.playbook else None,
        "asks": f"did anybody miss “{item.summary}”?" if missed else None,
    }


def _month(item: Item, moment: Moment) -> str:
    return hours(sum(block.planned_minutes for block in occurrences(moment).get(item.uid, ())))


def _focus(item: Item, moment: Moment) -> str:
    cost = sum(
        focus_cost(moment.snapshot.week(IsoWeek.of(block.day)), block)
        for block in occurrences(moment).get(item.uid, ())
    )
    return f"−{hours(cost)}" if cost else ""


def _card(item: Item, moment: Moment) -> Sequence[str]:
    more = _more(item, moment)
    month, people, cost = (
        int(str(more[key])) for key in ("month_minutes", "people_month_minutes", "focus_cost_minutes")
    )
    costs = f"{hours(month)} of yours, {hours(people)} of everybody together, {hours(cost)} of focus"
    lines = [f"in {WEEKS} weeks: {costs}"]
    rated = [f"{name} {item.get(name)}" for name in ("value", "effort") if item.get(name)]
    about = [f"{item.get('role')} by you" if item.get("role") == "organised" else "attended", *rated]
    about += [f"suggested: {more['proposal']}"] if more["proposal"] and item.status == NEW else []
    about += [f"{item.status}, looked at again on {day_text(day)}"] if (day := _due(item, moment)) else []
    return [*lines, " · ".join(about), *(str(more[key]) for key in ("asks",) if more[key])]


def _footer(items: Sequence[Item], moment: Moment) -> str:
    """Count the recurring meetings on one hand (M16)."""
    count = len(occurrences(moment))
    most = moment.snapshot.theme_of(IsoWeek.of(moment.today)).limits.recurring_meetings
    minutes = sum(block.planned_minutes for blocks in occurrences(moment).values() for block in blocks)
    meetings = number_of(count, "recurring meeting")
    said = f"{meetings}, at most {most} by your week theme · {hours(minutes)} in {WEEKS} weeks"
    return said if items else ""


def _turn(name: str, key: str, about: str, takes: str = "") -> Transition:
    return Transition(
        name,
        key,
        name,
        about,
        (NEW, *DECISIONS),
        name,
        takes=takes,
        sets=_sets,
        carries=lambda item, moment: _carries(name, item, moment),
        answers=True,
        warns=lambda item, moment: _said(name, item, moment),
        says=lambda fields: _told(name, fields),
    )


def _told(decision: str, fields: Mapping[str, object]) -> str:
    """Return what a decision did to a meeting, by the fields that it was given."""
    trial, owner = fields.get("trial"), fields.get("owner")
    return {
        "keep": "stays as it is",
        "shorten": "takes half as long, for four weeks",
        "async": "goes on in writing, for four weeks",
        "delegate": f"goes on with {owner} instead of you" if owner else "goes on without you",
        "drop": f"is dropped, on trial until {day_text(date.fromisoformat(str(trial)))}"
        if trial
        else "is dropped",
    }[decision]


KIND = ItemKind(
    id="series",
    plural="series",
    add="",
    key="",
    method="M16",
    title="Series",
    empty="No meeting repeats. R on a block of the week makes it do so.",
    words="",
    adds="",
    lists="Lists the recurring meetings and what they cost, or decides about one.",
    fields=(
        Field("value", "number", "what it is worth, 1 to 3", "--value", choices=RATES),
        Field("effort", "number", "what it takes out of you, 1 to 3", "--effort", choices=RATES),
        Field("trial", "day", "until when a dropped one is a trial", "--trial"),
        Field("review", "day", "when to look at it again", "--review"),
        Field("role", "choice", "who holds it", "--role", choices=("organised", "attended")),
        Field("owner", "person", "who goes there instead"),
        Field("attendees", "people", "who takes part"),
        Field("decided", "day", "when it was decided"),
    ),
    states=(NEW, *DECISIONS),
    closed=(),
    transitions=(
        _turn("keep", "o", "It stays as it is, until its review."),
        _turn("shorten", "s", "Half as long, for four weeks."),
        _turn("async", "w", "In writing instead, for four weeks."),
        _turn("delegate", "g", "Somebody else goes there.", "owner"),
        _turn("drop", "d", "It ends; with --trial it pauses, and you are asked whether anybody missed it."),
    ),
    columns=(
        Column("meeting", 0, lambda item, _: item.summary),
        Column("4 weeks", 7, _month),
        Column("focus", 6, _focus),
        Column("state", 9, lambda item, _: item.status),
        Column("suggested", 9, lambda item, moment: proposal(item, moment) or "not rated"),
        Column("role", 9, lambda item, _: str(item.get("role") or "")),
        Column("review", 10, lambda item, moment: day_text(day) if (day := _due(item, moment)) else ""),
    ),
    due=_due,
    card=_card,
    reply=reply_of,
    footer=_footer,
    more=_more,
    more_keys={
        "month_minutes": "its minutes in the four weeks after this one",
        "people_month_minutes": "the same, for everybody who is known to take part",
        "focus_cost_minutes": "the focus time that it costs in these weeks",
        "proposal": "what value and effort speak for: keep, shorten, async, delegate or drop; or null",
        "text": "what to send when it is dropped, or null",
        "asks": "the question when its trial is over, or null",
    },
    stored_in="series_reviews",
    found=found,
)
