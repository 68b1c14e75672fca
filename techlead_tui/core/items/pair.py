"""Pairing: who waits for the office hours on Friday afternoon, in which order, and who drives (M14)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition
from techlead_tui.core.text import day_text, when
from techlead_tui.core.week import Block

SHARE = 30  # percent that the lead writes when mentoring (M14)
FRIDAY, NOON = 5, 12
OFFICE_HOURS = ("add", "every", "fri", "14-15", "Office hours", "+pairing")  # plans them
AHEAD = 4  # weeks


def office_hours(moment: Moment) -> Block | None:
    """Return the next block for pairing on a Friday afternoon, in the weeks that are loaded."""
    week = IsoWeek.of(moment.today)
    for key in (week.shift(n) for n in range(AHEAD + 1)):
        if str(key) not in moment.snapshot.buckets:
            break
        for block in moment.snapshot.week(key).live:
            afternoon = block.day.isoweekday() == FRIDAY and block.start.hour >= NOON
            if block.type == "pairing" and afternoon and block.end > moment.now:
                return block
    return None


def next_day(moment: Moment) -> date:
    """Return the day of the next office hours; without any planned, the next Friday."""
    block = office_hours(moment)
    if block is not None:
        return block.day
    return moment.today + timedelta(days=(FRIDAY - moment.today.isoweekday()) % 7)


def rotation(waiting: Sequence[Item], closed: Sequence[Item]) -> list[Item]:
    """Return the queue in its turn: who has waited longest since the last pairing comes first.

    Nobody comes twice before everybody else has come once.
    """
    last: dict[str, str] = {}
    for item in closed:
        if item.status == "paired":
            who = str(item.get("who") or "").casefold()
            last[who] = max(last.get(who, ""), str(item.get("on") or item.record.get("closed") or ""))
    rounds: dict[str, int] = {}
    keyed = []
    for item in sorted(waiting, key=lambda one: one.uid):  # ids rise, however the clock is set
        who = str(item.get("who") or "").casefold()
        turn = rounds[who] = rounds.get(who, 0) + 1
        keyed.append(((turn, last.get(who, ""), item.uid), item))
    return [item for _, item in sorted(keyed, key=lambda one: one[0])]


def written(closed: Sequence[Item]) -> int | None:
    """Return the percent that the lead wrote in the pairings that say so, on average, or None."""
    shares = [
        int(item.get("share")) for item in closed if item.status == "paired" and item.get("share") is not None
    ]
    return round(sum(shares) / len(shares)) if shares else None


def _paired(_item: Item, moment: Moment) -> Mapping[str, object]:
    return {"on": moment.today.isoformat()}


def _swapped(item: Item, _moment: Moment) -> Mapping[str, object]:
    return {"drives": "me" if item.get("drives") == "they" else "they"}


def _drives(item: Item, _moment: Moment) -> str:
    return "you drive" if item.get("drives") == "me" else f"{item.get('who') or 'they'} drives"


def _card(item: Item, moment: Moment) -> Sequence[str]:
    block = office_hours(moment)
    lines = [_drives(item, moment) + (f"; you write about {SHARE} %" if item.get("drives") != "me" else "")]
    if item.is_open:
        lines.append(
            f"next: {block.summary}, {when(block.span)}" if block else f"next: {day_text(next_day(moment))}"
        )
    if item.get("share") is not None:
        lines.append(f"you wrote {item.get('share')} %")
    return lines


def _notes(_item: Item, moment: Moment) -> Sequence[str]:
    if office_hours(moment) is None:
        return (
            f"no office hours are planned: techlead {' '.join(OFFICE_HOURS[:-2])} 'Office hours' +pairing",
        )
    return ()


KIND = ItemKind(
    id="pair",
    plural="pairs",
    add="pair",
    key="",
    method="M14",
    title="Pairing queue",
    empty="Nobody waits to pair. a puts somebody into the queue.",
    words="[WHAT @WHO]",
    adds="Shows whose turn it is to pair, and when; with words, puts somebody into the queue.",
    lists="Lists the pairing queue; or says how a pairing went.",
    asks="what is paired on, and with whom?",
    details=(
        "Office hours are on Friday afternoon; several who wait take turns. When you mentor, the other",
        "person drives and you write about 30 %: `pairs ID paired 30` says how much it was.",
    ),
    examples=(
        "techlead pair 'importer tests' @bo",
        "techlead pairs importer paired 30",
        "techlead pair --json",
    ),
    fields=(
        Field("who", "person", "with whom", "--with", required=True, label="with"),
        Field(
            "drives", "choice", "who drives: they or me", "--drives", choices=("they", "me"), default="they"
        ),
        Field("share", "number", "the percent that you wrote", "--share", label="you wrote %", most=100),
        Field("on", "day", "when it was"),
    ),
    states=("waiting", "paired", "dropped"),
    closed=("paired", "dropped"),
    transitions=(
        Transition(
            "paired",
            "x",
            "paired",
            "It was done; a number says how much of it you wrote, in percent.",
            ("waiting",),
            "paired",
            takes="share",
            sets=_paired,
        ),
        Transition(
            "swap",
            "w",
            "swap",
            "The other one drives.",
            ("waiting",),
            sets=_swapped,
            says=lambda _: "changed who drives",
        ),
        Transition("drop", "d", "drop", "It is not needed any more.", ("waiting",), "dropped"),
        Transition("reopen", "o", "reopen", "They wait again.", ("paired", "dropped"), "waiting"),
    ),
    columns=(
        Column("what", 0, lambda item, _: item.summary),
        Column("with", 12, lambda item, _: str(item.get("who") or "")),
        Column("drives", 14, _drives),
        Column("age", 5, lambda item, moment: f"{item.age(moment)} d"),
    ),
    due=lambda _, moment: next_day(moment),
    card=_card,
    notes=_notes,
    more=lambda item, moment: {"next": next_day(moment).isoformat() if item.is_open else None},
    more_keys={"next": "the day of the next office hours, or null"},
)
