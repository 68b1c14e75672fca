"""Parked questions: what waits for the next window for questions, instead of a meeting (M5, M16)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from techlead_tui.core.calendar import IsoWeek, clock
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition, Waits
from techlead_tui.core.text import day_text, when
from techlead_tui.core.week import Block

TWICE = 2  # windows that have closed without an answer
OFTEN = 3  # weeks in a row with something urgent: then asking in writing does not work (M10)


def windows(moment: Moment, since: datetime) -> Iterator[Block]:
    """Yield the windows for questions of the loaded weeks, in order; some that ended before `since` too."""
    first = str(IsoWeek.of(since.date()).shift(-1))  # its day may be another one on the user's clock
    for name in sorted(bucket for bucket in moment.snapshot.buckets if bucket != "open" and bucket >= first):
        for block in moment.snapshot.week(IsoWeek.parse(name)).blocks:
            if block.kind == "window" and block.live:
                yield block


def window_of(item: Item, moment: Moment) -> Block | None:
    """Return the window that a question waits for: the one that is open now, or the next."""
    earliest = datetime.fromisoformat(item.get("not_before")) if item.get("not_before") else moment.now
    since = max(earliest, moment.now)
    return next((one for one in windows(moment, since) if one.end > since), None)


def carried(item: Item, moment: Moment) -> int:
    """Return how many windows have closed without an answer since the question was parked."""
    end = moment.now if item.is_open else min(moment.now, _closing(item, moment))
    return sum(item.created < one.end <= end for one in windows(moment, item.created))


def _closing(item: Item, moment: Moment) -> datetime:
    return datetime.combine(item.closed or moment.today, datetime.max.time(), moment.snapshot.zone)


def _window_uid(item: Item, moment: Moment) -> str | None:
    window = window_of(item, moment) if item.is_open else None
    return window.uid if window is not None else None


def _due(item: Item, moment: Moment) -> date | None:
    window = window_of(item, moment)
    return window.day if window is not None else None


def _later(item: Item, moment: Moment) -> Mapping[str, object]:
    window = window_of(item, moment)
    return {"not_before": (window.end if window is not None else moment.now).isoformat()}


def urgent_weeks(moment: Moment, items: Sequence[Item]) -> int:
    """Return how many weeks in a row, this one and those before, had an urgent question."""
    weeks = {IsoWeek.of(item.since(moment)) for item in items if item.get("urgent")}
    week, count = IsoWeek.of(moment.today), 0
    while week in weeks:
        week, count = week.shift(-1), count + 1
    return count


def _stored(moment: Moment) -> list[Item]:
    return [
        Item(KIND, record, bucket)
        for bucket, tables in moment.snapshot.buckets.items()
        for record in tables.get(KIND.plural, {}).values()
    ]


def _notes(item: Item, moment: Moment) -> Sequence[str]:
    if item.get("urgent"):
        count = urgent_weeks(moment, [*_stored(moment), item])
        if count >= OFTEN:
            return (f"urgent for {count} weeks in a row: asking in writing does not work here any more",)
        return ("urgent: it counts as unblocking, and need not wait for a window",)
    window = window_of(item, moment)
    if window is None:
        return ("no window for questions in the next weeks: your week theme has none",)
    return (f"waits for {window.summary}, {when(window.span)}",)


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    window = window_of(item, moment) if item.is_open else None
    where = None
    if window is not None:
        where = {"uid": window.uid, "start": window.start.isoformat(), "end": window.end.isoformat()}
    return {"window": where, "carried": carried(item, moment)}


def _waits(item: Item, moment: Moment) -> Waits | None:
    if item.get("mine") or carried(item, moment) < TWICE:
        return None
    return Waits(item.since(moment), "carried on twice without an answer")


def _card(item: Item, moment: Moment) -> Sequence[str]:
    window, times = window_of(item, moment), carried(item, moment)
    lines = []
    if item.is_open and window is not None:
        lines.append(f"waits for {window.summary}, {when(window.span)}")
    if times:
        lines.append(f"{times} {'window has' if times == 1 else 'windows have'} closed without an answer")
    if item.get("answer"):
        lines.append(f"answer: {item.get('answer')}")
    return lines


def _who(item: Item, _moment: Moment) -> str:
    names = ", ".join(item.people)
    return f"→ {names}" if names and item.get("mine") else names


def _window_text(item: Item, moment: Moment) -> str:
    if not item.is_open:
        return item.status
    window = window_of(item, moment)
    return f"{day_text(window.day)} {clock(window.span.start_minute)}" if window else "no window"


KIND = ItemKind(
    id="question",
    plural="questions",
    add="ping",
    key="p",
    method="M5",
    title="Parked questions",
    empty="No question is parked. a parks one for the next window.",
    words="WHAT [@WHO]",
    adds="Parks a question for the next window for questions.",
    lists="Lists the parked questions; or answers, carries or drops one.",
    asks="what is the question?",
    details=(
        "It waits in the next window for questions of your week. When the window closes, it goes on to the",
        "next one. What is urgent counts as unblocking; if that happens every week, something else is wrong.",
    ),
    examples=("techlead ping 'why two caches?' @chidi", "techlead ping 'who owns the queue?' @ana --mine"),
    key_adds=True,
    fields=(
        Field("people", "people", "who asks, or is asked", "--from", label="who"),
        Field("mine", "flag", "you ask them", "--mine", label="you ask"),
        Field("urgent", "flag", "it cannot wait for a window", "--urgent"),
        Field("answer", "text", "what the answer was"),
        Field("not_before", "text", "the moment before which no window is for it"),
    ),
    states=("open", "answered", "dropped"),
    closed=("answered", "dropped"),
    transitions=(
        Transition(
            "answered",
            "x",
            "answered",
            "It is answered; a few words say how.",
            ("open",),
            "answered",
            takes="answer",
        ),
        Transition(
            "carry",
            "c",
            "carry",
            "Let it wait for one more window.",
            ("open",),
            sets=_later,
            says=lambda _: "· on to the next window",
        ),
        Transition("drop", "d", "drop", "Nobody needs an answer any more.", ("open",), "dropped"),
        Transition("reopen", "o", "reopen", "It is still open.", ("answered", "dropped"), "open"),
    ),
    columns=(
        Column("question", 0, lambda item, _: item.summary),
        Column("who", 14, _who),
        Column("window", 16, _window_text),
        Column("age", 5, lambda item, moment: f"{item.age(moment)} d"),
    ),
    due=_due,
    window=_window_uid,
    waits=_waits,
    notes=_notes,
    card=_card,
    more=_more,
    more_keys={
        "window": "the window that it waits for: `uid`, `start`, `end`; or null",
        "carried": "how many windows have closed without an answer",
    },
)
