"""Spikes: a question of performance or feasibility, two to three days, and findings that are owed (M14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta

from techlead_tui.core.items.campaign import began, time_of
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition, day_of
from techlead_tui.core.lengths import hours
from techlead_tui.core.text import day_text

DAYS = 3  # working days


def owes(item: Item, moment: Moment) -> bool:
    """Tell whether the findings of a spike are still owed: its time is over, and nobody has heard them."""
    until = item.day("until")
    return item.status == "owed" or (item.status == "running" and until is not None and until < moment.today)


def note_text(item: Item, moment: Moment) -> str:
    """Return the Markdown note in which the findings of a spike are written down."""
    spent = time_of(moment, "spike", began(item, moment), item.get("repo"))
    where = f" in {item.get('repo')}" if item.get("repo") else ""
    return "\n".join(
        (
            f"# {item.summary}",
            "",
            f"Spike{where}, from {began(item, moment)}; {hours(spent.minutes)} logged.",
            "",
            "## Question",
            "",
            item.summary,
            "",
            "## What was tried",
            "",
            "## Findings",
            "",
            "With figures, and how they were measured.",
            "",
            "## Recommendation",
            "",
            "What to do next, and what not to do.",
            "",
            "## Presented",
            "",
            "To whom, and what they said.",
            "",
        )
    )


def _defaults(given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    starts = day_of(given.get("starts")) or moment.today
    until = moment.working_day(DAYS, starts - timedelta(days=1))
    return {"starts": starts.isoformat(), "until": until.isoformat()}


def _presented(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"presented": moment.today.isoformat()}


def _card(item: Item, moment: Moment) -> Sequence[str]:
    spent = time_of(moment, "spike", began(item, moment), item.get("repo"))
    lines = [f"{hours(spent.minutes)} logged as spike since {day_text(began(item, moment))}"]
    if owes(item, moment):
        lines.append("the findings are owed: write them down, then present them to the team")
    elif item.is_open:
        lines.append(f"ends {day_text(item.day('until') or moment.today)}; then findings are owed")
    if item.get("note"):
        lines.append(f"findings: {item.get('note')}")
    if item.get("presented"):
        lines.append(f"presented on {day_text(item.day('presented') or moment.today)}")
    return lines


def _state(item: Item, moment: Moment) -> str:
    return "findings owed" if owes(item, moment) else item.status


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    spent = time_of(moment, "spike", began(item, moment), item.get("repo"))
    return {"owed": owes(item, moment), "logged_minutes": spent.minutes}


KIND = ItemKind(
    id="spike",
    plural="spikes",
    add="spike",
    key="",
    method="M14",
    title="Spikes",
    empty="No spike is running. a starts one.",
    words="[QUESTION] [--repo NAME]",
    adds="Shows the running spike and the findings owed; with words, starts one.",
    lists="Lists the spikes; or ends one, writes its findings down, says that they were presented.",
    asks="what is the question?",
    details=(
        "A spike takes two to three days and ends with findings and a recommendation, presented to the team.",
        "`spikes ID findings` makes a Markdown note for them, or takes one of yours by its path.",
    ),
    examples=("techlead spike 'can Postgres carry the queue?' --repo queue", "techlead spike --json"),
    fields=(
        Field("repo", "text", "the repository, as sessions name it", "--repo"),
        Field("starts", "day", "the first day", "--starts", label="from"),
        Field("until", "day", "the last day", "--until"),
        Field("note", "url", "the Markdown note with the findings", "--note"),
        Field("presented", "day", "when the team heard them", label="presented on"),
    ),
    states=("running", "owed", "presented", "dropped"),
    closed=("presented", "dropped"),
    transitions=(
        Transition("end", "x", "end", "Its time is over; the findings are owed.", ("running",), "owed"),
        Transition(
            "findings",
            "f",
            "findings",
            "Write the findings into a new note, or the one of a path.",
            ("running", "owed"),
            "owed",
            takes="note",
        ),
        Transition(
            "presented",
            "v",
            "presented",
            "The team has heard the findings.",
            ("running", "owed"),
            "presented",
            sets=_presented,
        ),
        Transition("drop", "d", "drop", "Nobody needs the answer any more.", ("running", "owed"), "dropped"),
        Transition("reopen", "o", "reopen", "It goes on.", ("owed", "presented", "dropped"), "running"),
    ),
    columns=(
        Column("question", 0, lambda item, _: item.summary),
        Column("repo", 12, lambda item, _: str(item.get("repo") or "")),
        Column("until", 11, lambda item, moment: day_text(item.day("until") or moment.today)),
        Column("state", 14, _state, lambda item, moment: "warn" if owes(item, moment) else "hint"),
    ),
    defaults=_defaults,
    due=lambda item, _: item.day("until"),
    card=_card,
    more=_more,
    more_keys={
        "owed": "whether its findings are owed",
        "logged_minutes": "logged with the pattern spike since its first day",
    },
)
