"""Delegations: what somebody else does now, with what authority, and when to ask about it (M15)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from techlead_tui.core.calendar import IsoWeek, into
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.lengths import hours, length, short_length
from techlead_tui.core.text import day_text, listed
from techlead_tui.core.violation import Violation
from techlead_tui.core.week import session_of

RULE = "needs-the-lead"
FOLLOW_UP = 5  # working days
PAIRING = 25  # percent: the share of mentorship in a lead's week (M1)
WEEKS = 4  # over which hours are compared
SLACK = 60  # minutes a week: a smaller difference is none

# what needs the lead and what does not (M15), each with the words that tell
NEEDS_THE_LEAD = (
    ("architecture decisions", ("architecture", "architectural", "adr")),
    ("design review and approval", ("design review", "design approval", "system design", "design")),
    ("high-risk or critical-path code", ("critical path", "critical-path", "high risk", "high-risk")),
    ("technical escalations", ("escalation", "escalations", "escalate")),
    ("unblocking on hard problems", ("unblocking", "unblock", "hard problem", "hard problems")),
)
OTHERS_CAN = (
    ("status tracking", ("status", "tracking", "tracker", "burn-down", "reporting")),
    ("attendance for visibility", ("attendance", "attend", "attending", "stand-up", "standup", "meeting")),
    (
        "review of straightforward pull requests",
        ("pr", "prs", "pull request", "pull requests", "code review"),
    ),
    ("documentation", ("documentation", "docs", "doc", "readme", "runbook", "changelog", "write-up")),
    ("tests for new features", ("tests", "test", "testing", "test plan")),
    ("upkeep of CI and CD", ("ci", "cd", "ci/cd", "pipeline", "pipelines", "build", "builds", "upgrade")),
)
WHY = (
    "hand over what frees technical time and makes somebody grow; the technical decision stays with you. "
    + f"You keep {listed([title for title, _ in NEEDS_THE_LEAD])}; "
    + f"others can do {listed([title for title, _ in OTHERS_CAN])}"
)
_TELLING = {
    word: (title, needed)
    for titles, needed in ((NEEDS_THE_LEAD, True), (OTHERS_CAN, False))
    for title, words in titles
    for word in words
}
_WORD = rf"(?<![\w/-])({'|'.join(map(re.escape, sorted(_TELLING, key=len, reverse=True)))})(?![\w/-])"
_TURNS = r"\b(?:of|for|on|in|about|to|with|and)\b"


def reason_for_lead(summary: str) -> str | None:
    """Return what of M15's list makes a task the lead's own, or None.

    In English the thing itself stands last before the first `of` or `for`: `architecture documentation` is
    documentation, `documentation of the architecture` is, too; `architecture of the tests` is architecture.
    """
    text = summary.casefold()
    for part in re.split(_TURNS, text):
        found = re.findall(_WORD, part)
        if found:
            title, needed = _TELLING[found[-1]]
            return title if needed else None
    return None


def _guard(item: Item, _moment: Moment) -> Violation | None:
    title = reason_for_lead(item.summary)
    if title is None or not item.is_open:
        return None
    text = f"this needs you: it is about {title}"
    return Violation(RULE, "refuse", item.summary, text, WHY, (item.uid,), None)


def _defaults(_given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    return {"follow_up": moment.working_day(FOLLOW_UP).isoformat()}


def _nudged(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"nudged": moment.today.isoformat(), "follow_up": moment.working_day(FOLLOW_UP).isoformat()}


def _heard(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"heard": moment.today.isoformat(), "follow_up": moment.working_day(FOLLOW_UP).isoformat()}


def _better_pair(item: Item, _moment: Moment) -> str:
    owner = item.get("owner")
    return (
        f"before you take it over: pairing keeps it {owner}'s and fits into the {PAIRING} % of your week"
        " that is for mentorship; `techlead free 1h +pairing` finds the time"
    )


def _more(item: Item, _moment: Moment) -> Mapping[str, object]:
    return {"needs_you": reason_for_lead(item.summary) is not None}


def due_text(item: Item, moment: Moment) -> str:
    """Return the day on which an item is due, as a list shows it."""
    due = item.due(moment)
    if due is None:
        return item.status
    return "today" if due == moment.today else day_text(due)


def due_ink(item: Item, moment: Moment) -> str:
    """Return the ink of what is due today or was before."""
    due = item.due(moment)
    return "warn" if due is not None and due <= moment.today else "hint"


def _frees(item: Item, _moment: Moment) -> str:
    minutes = item.get("frees")
    return short_length(minutes) if minutes else ""


def _card(item: Item, moment: Moment) -> Sequence[str]:
    lines = [f"{item.get('owner')} may {AUTHORITY[item.get('authority') or 'do']}"]
    frees, grows, promised = (item.get(name) for name in ("frees", "grows", "promised"))
    if frees:
        lines.append(f"frees {length(frees)} a week")
    if grows:
        lines.append(f"grows {grows}")
    if promised:
        lines.append(f"promised for {day_text(item.day('promised') or moment.today)}")
    day = item.day("heard")
    lines.append(f"last heard {day_text(day)}" if day else "nothing heard yet")
    if item.get("asked"):
        lines.append(f"asked in {item.get('asked')}")
    if item.override is not None:
        lines.append(f"handed over although it needs you: {item.override['reason']}")
    return lines


AUTHORITY = {
    "do": "do it as agreed",
    "propose": "propose how, and you decide",
    "decide": "decide, and tell you afterwards",
}


def hands_on_minutes(moment: Moment, first: IsoWeek, weeks: int) -> int:
    """Return the minutes of hands-on sessions in some weeks, as far as they are loaded."""
    total = 0
    for week in (first.shift(n) for n in range(weeks)):
        for record in moment.snapshot.buckets.get(str(week), {}).get("sessions", {}).values():
            session = session_of(record)
            if session.category == "hands_on":
                total += session.minutes
    return total


def _footer(items: Sequence[Item], moment: Moment) -> str:
    """Weigh the hours that are freed against the coding since (M15): the one is to become the other."""
    this = IsoWeek.of(moment.today)
    freed = sum(int(item.get("frees") or 0) for item in items if item.status in ("open", "done"))
    if not freed:
        return ""
    now = hands_on_minutes(moment, this.shift(1 - WEEKS), WEEKS)
    before = hands_on_minutes(moment, this.shift(1 - 2 * WEEKS), WEEKS)
    text = f"frees {hours(freed)} a week · hands-on {hours(now // WEEKS)} a week in the last {WEEKS} weeks"
    if not before:
        return text
    text += f", {hours(before // WEEKS)} in the {WEEKS} before"
    began = this.shift(1 - WEEKS).monday
    recent = [item for item in items if into(item.created, moment.snapshot.zone).date() >= began]
    if recent and now < before - SLACK * WEEKS:
        text += " · you hand over more and code less: hand over meetings, not code"
    return text


KIND = ItemKind(
    id="delegation",
    plural="delegations",
    add="delegate",
    key="g",
    method="M15",
    title="Delegations",
    empty="Nothing is delegated. a hands something over.",
    words="WHAT --to WHO",
    adds="Hands something over: to whom, with what authority, and when to ask about it.",
    lists="Lists what is handed over, due first; or does something with one of it.",
    asks="what is handed over?",
    details=(
        "It asks first whether this needs to be you: what does is refused, unless --override says why.",
        f"Without --follow-up you are reminded in {FOLLOW_UP} working days.",
    ),
    examples=(
        "techlead delegate 'status tracking of payments' --to ana --frees 2h",
        "techlead delegate 'runbook for the queue' --to ben --follow-up fri --grows operations",
    ),
    advice=f"Does this need to be you? {WHY[0].upper()}{WHY[1:]}.",
    fields=(
        Field("owner", "person", "who has it", "--to", required=True),
        Field("follow_up", "day", "when to ask about it", "--follow-up", label="ask again"),
        Field("frees", "length", "the time that it frees, a week", "--frees", label="frees"),
        Field("grows", "text", "the skill that it grows", "--grows"),
        Field(
            "authority",
            "choice",
            "what they may do: do it, propose how, or decide",
            "--authority",
            choices=tuple(AUTHORITY),
            default="do",
        ),
        Field("promised", "day", "the day for which it is promised", "--promised"),
        Field("asked", "url", "where it was asked for", "--asked", label="asked in"),
        Field("heard", "day", "when something was last heard of it", "--heard", label="last heard"),
        Field("nudged", "day", "when you last asked about it"),
    ),
    states=("open", "done", "back", "dropped"),
    closed=("done", "back", "dropped"),
    transitions=(
        Transition(
            "nudge",
            "f",
            "nudge",
            "Copy a reminder, and ask again in five working days.",
            ("open",),
            sets=_nudged,
            reply="nudge",
            says=lambda _: f"will come up again in {FOLLOW_UP} working days",
        ),
        Transition(
            "heard",
            "h",
            "heard",
            "Something was heard of it today.",
            ("open",),
            sets=_heard,
            says=lambda _: "had news today",
        ),
        Transition(
            "follow-up",
            "w",
            "ask again",
            "Set the day on which you ask again.",
            ("open",),
            takes="follow_up",
            needs=True,
            says=lambda fields: (
                f"will come up again on {day_text(date.fromisoformat(str(fields['follow_up'])))}"
            ),
        ),
        Transition("done", "x", "done", "It is done.", ("open",), "done"),
        Transition(
            "back",
            "r",
            "take back",
            "Take it back; pairing may be better.",
            ("open",),
            "back",
            warns=_better_pair,
        ),
        Transition("drop", "d", "drop", "Nobody needs to do it.", ("open",), "dropped"),
        Transition("reopen", "o", "reopen", "It is not over yet.", ("done", "back", "dropped"), "open"),
    ),
    columns=(
        Column("what", 0, lambda item, _: item.summary),
        Column("owner", 12, lambda item, _: str(item.get("owner") or "")),
        Column("may", 7, lambda item, _: str(item.get("authority") or "")),
        Column("ask again", 10, due_text, due_ink),
        Column("age", 5, lambda item, moment: f"{item.age(moment)} d"),
        Column("frees", 6, _frees),
    ),
    defaults=_defaults,
    guard=_guard,
    due=lambda item, _: item.day("follow_up"),
    card=_card,
    footer=_footer,
    more=_more,
    more_keys={"needs_you": "whether it is on the list of what needs the lead (M15)"},
)
