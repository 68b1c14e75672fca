"""Decision documents: what is decided in writing, until when there are comments, and when it falls (M7)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition, Waits
from techlead_tui.core.records import Record
from techlead_tui.core.text import day_text

SYNC = 20  # minutes on Friday, while there is disagreement
REVISIT = 13  # weeks after a decision
THURSDAY = 4
PROPOSED = ("draft", "open")  # both are `proposed` to the tools that read MADR
MADR = {"proposed": "open", "accepted": "decided", "rejected": "rejected", "deprecated": "superseded"}
PEOPLE = {"decision_makers": "decision-makers", "consulted": "consulted", "informed": "informed"}
DAYS = {"deadline": "deadline", "decide_on": "decide-on", "revisit": "revisit"}
_HEADING = r"(?m)^#[ \t]+(.*?)[ \t#]*\r?$"


def _defaults(given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    """Comments until the end of the next Thursday; the decision falls on the morning after."""
    days = (THURSDAY - moment.today.isoweekday() - 1) % 7 + 1
    deadline = str(given.get("deadline") or (moment.today + timedelta(days=days)).isoformat())
    return {
        "deadline": deadline,
        "decide_on": (date.fromisoformat(deadline) + timedelta(days=1)).isoformat(),
    }


def _decided(item: Item, moment: Moment) -> Mapping[str, object]:
    later = (moment.today + timedelta(weeks=REVISIT)).isoformat()
    return {"revisit": item.get("revisit") or later, "dated": moment.today.isoformat()}


def _dated(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"dated": moment.today.isoformat()}


def is_late(item: Item, moment: Moment) -> bool:
    """Tell whether an open document has passed its deadline: then there is disagreement to talk about."""
    deadline = item.day("deadline")
    return item.status == "open" and deadline is not None and deadline < moment.today


def _due(item: Item, _moment: Moment) -> date | None:
    return item.day("deadline")


def _days(item: Item, moment: Moment) -> int | None:
    due = item.due(moment)
    return None if due is None else (due - moment.today).days


def _left(item: Item, moment: Moment) -> str:
    days = _days(item, moment)
    if days is None:
        return ""
    return f"{days} d left" if days > 0 else "today" if days == 0 else f"{-days} d late"


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    return {"days_left": _days(item, moment), "problem": item.record.get("problem")}


def _waits(item: Item, moment: Moment) -> Waits | None:
    day = item.day("decide_on")
    return Waits(day, "it was to be decided by now") if day is not None and day < moment.today else None


def _card(item: Item, moment: Moment) -> Sequence[str]:
    lines = [str(item.get("path") or "")]
    if item.record.get("problem"):
        lines.append(str(item.record["problem"]))
    for name, text in (("deadline", "comments until the end of"), ("decide_on", "decided in the morning of")):
        day = item.day(name)
        if day is not None and item.is_open:
            lines.append(f"{text} {day_text(day)}")
    if is_late(item, moment):
        lines.append(f"still open: settle it in {SYNC} minutes on Friday")
    day = item.day("revisit")
    return [*lines, f"look at it again on {day_text(day)}"] if day else lines


def front_values(record: Record) -> dict[str, str | list[str]]:
    """Return what the front matter of its document says: the keys of MADR 4, and the days of M7."""
    status = {**dict.fromkeys(PROPOSED, "proposed"), "decided": "accepted"}.get(
        str(record["status"]), str(record["status"])
    )
    if status == "superseded" and record.get("superseded_by"):
        status = f"superseded by {record['superseded_by']}"
    out: dict[str, str | list[str]] = {"status": status, "date": str(record.get("dated") or "")}
    for name, key in PEOPLE.items():
        names = record.get(name)
        out[key] = [str(one) for one in names] if isinstance(names, list) else []
    out |= {key: str(record.get(name) or "") for name, key in DAYS.items()}
    if record.get("supersedes"):
        out["supersedes"] = str(record["supersedes"])
    return out


def state_of(text: str, stored: str) -> tuple[str, str] | None:
    """Return the state that a status of MADR means, and what supersedes it; None when it means none.

    `draft` and `open` are both `proposed`: then the one that is stored holds.
    """
    word, _, rest = text.strip().partition(" ")
    if word.lower() == "superseded":
        return "superseded", rest.strip().removeprefix("by ").strip()
    state = MADR.get(word.lower()) if not rest else None
    if state == "open" and stored in PROPOSED:
        state = stored
    return None if state is None else (state, "")


def title_of(text: str) -> str | None:
    """Return the first heading of a document."""
    found = re.search(_HEADING, text)
    return found[1].strip() or None if found else None


def with_title(text: str, title: str) -> str:
    """Return a document with another first heading."""
    found = re.search(_HEADING, text)
    return text if found is None else text[: found.start(1)] + title + text[found.end(1) :]


def body(record: Record) -> str:
    """Return the text of a new document: the parts of M7 under the headings that MADR uses."""
    days = [day_text(date.fromisoformat(str(record[name]))) for name in ("deadline", "decide_on")]
    return BODY.format(title=" ".join(str(record["summary"]).split()), deadline=days[0], decided=days[1])


BODY = """# {title}

## Context and Problem Statement

<!-- What hurts, whom, and since when? Two or three sentences. -->

## Considered Options

- Option 1
- Option 2
- Leave it as it is

## Pros and Cons of the Options

### Option 1

- Good, because ...
- Bad, because ...

### Option 2

- Good, because ...
- Bad, because ...

### Leave it as it is

- Good, because ...
- Bad, because ...

## Analysis

<!-- The evidence: measurements, incidents, what others found. -->

## Decision Outcome

<!-- What you recommend, and why. -->

First steps:

1. ...

## Questions for the Team

1. ...

Comments are welcome until the end of {deadline}; the decision falls in the morning of {decided}.
"""

KIND = ItemKind(
    id="decision",
    plural="decisions",
    add="decide",
    key="",
    method="M7",
    title="Decision documents",
    empty="Nothing is being decided in writing. a begins a document.",
    words="TITLE",
    adds="Begins a decision document: a Markdown file with the problem, the options and a deadline.",
    lists="Lists the decision documents with the days that are left, or changes the state of one.",
    asks="what is to be decided?",
    details=(
        "The file goes into --dir, else into decisions_folder of config.toml, else into docs/decisions,",
        "docs/adr or doc/adr of the repository that you are in, else into decisions/ of the data folder.",
        "Without --deadline there are comments until the end of the next Thursday; the decision falls on the",
        "morning after. At a terminal it opens in $VISUAL or $EDITOR. Undo leaves the file.",
    ),
    examples=(
        "techlead decide 'Move to events' @ana --consulted ben",
        "techlead decide 'One cache or two' --dir docs/adr --deadline thu",
    ),
    fields=(
        Field("decision_makers", "people", "who decides", "--decider", label="who decides"),
        Field("consulted", "people", "whose opinion is asked for", "--consulted"),
        Field("informed", "people", "who is told", "--informed"),
        Field("deadline", "day", "the day until whose end there are comments", "--deadline"),
        Field("decide_on", "day", "the day on whose morning it is decided", label="decided on"),
        Field("revisit", "day", "when to look at it again", "--revisit"),
        Field("folder", "text", "the folder that it is written into", "--dir"),
        Field("path", "text", "the file: a new one, or one that is there already", "--file"),
        Field("dated", "day", "when its state last changed"),
        Field("superseded_by", "text", "the file name of the document that takes its place", label="by"),
        Field("supersedes", "text", "the file name of the document whose place it takes"),
    ),
    states=("draft", "open", "decided", "rejected", "superseded"),
    closed=("decided", "rejected", "superseded"),
    transitions=(
        Transition(
            "open",
            "o",
            "open",
            "Open it for comments.",
            ("draft", "decided", "rejected"),
            "open",
            sets=_dated,
        ),
        Transition(
            "decided", "x", "decided", "It is decided as recommended.", PROPOSED, "decided", sets=_decided
        ),
        Transition("rejected", "r", "reject", "It is not done.", PROPOSED, "rejected", sets=_dated),
        Transition(
            "superseded",
            "s",
            "supersede",
            "Another document takes its place; its ID or words of its title name it.",
            (*PROPOSED, "decided", "rejected"),
            "superseded",
            takes="superseded_by",
            sets=_dated,
        ),
        Transition("draft", "b", "draft", "It is not ready for comments.", ("open",), "draft", sets=_dated),
    ),
    columns=(
        Column("decision", 0, lambda item, _: item.summary),
        Column("state", 10, lambda item, _: item.status),
        Column("who", 16, lambda item, _: ", ".join(item.get("decision_makers") or ())),
        Column("left", 10, _left, lambda item, moment: "warn" if (_days(item, moment) or 1) < 0 else "hint"),
    ),
    defaults=_defaults,
    due=_due,
    waits=_waits,
    card=_card,
    more=_more,
    more_keys={
        "days_left": "days until the deadline, negative after it; null when it is closed",
        "problem": "why its file cannot be read as it is, or null",
    },
    file="path",
)
