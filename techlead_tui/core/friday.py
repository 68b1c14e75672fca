"""Gather what Friday looks at beside the five questions: past Fridays, one change, the week to come (M16)."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui.core import requests
from techlead_tui.core.balance import added, balance, focus_done
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import Edit, Fix, TurnItem
from techlead_tui.core.items import decision, delegation, outcome, question
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.lengths import hours
from techlead_tui.core.lint import lint
from techlead_tui.core.selfcheck import QUESTIONS
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.text import day_text, listed, number_of

CHECK, TRAP = "M16", "M2"  # parts of the method
METHOD = {  # the part that each kind of thing is about
    "outcome": "M9",
    "request": "M3",
    "delegation": "M15",
    "question": "M5",
    "decision": "M7",
    "leave": "M6",
}
MONTH = 4  # weeks after which there is something to look back on, and that are set against each other


class Stretch(NamedTuple):
    """Hold what some weeks came to, a week on average."""

    first: IsoWeek
    focus_done: int  # minutes
    communication: int  # percent of the working time
    score: float | None  # of the Friday checks that were answered


class MonthlyReview(NamedTuple):
    """Set the first weeks of use against the last ones."""

    then: Stretch
    now: Stretch


def review_weeks(since: datetime | None, key: IsoWeek) -> list[IsoWeek]:
    """Return the weeks that the monthly review of a week needs; none before there is a month to look at."""
    if since is None:
        return []
    first = IsoWeek.of(since.date())
    if first.shift(MONTH - 1) > key:
        return []
    half = next(n for n in range(MONTH, 1, -1) if first.shift(2 * n - 1) <= key)
    return [*(first.shift(n) for n in range(half)), *(key.shift(n) for n in range(1 - half, 1))]


def monthly_review(snapshot: Snapshot, key: IsoWeek, now: datetime) -> MonthlyReview | None:
    """Return what has changed since the start, or None in the first weeks; `review_weeks` are loaded."""
    weeks = review_weeks(snapshot.since, key)
    if not weeks:
        return None
    then, last = weeks[: len(weeks) // 2], weeks[len(weeks) // 2 :]
    return MonthlyReview(_stretch(snapshot, then, now), _stretch(snapshot, last, now))


def _stretch(snapshot: Snapshot, keys: Sequence[IsoWeek], now: datetime) -> Stretch:
    weeks = [snapshot.week(key) for key in keys]
    scores = [sum(map(bool, week.answers.values())) for week in weeks if len(week.answers) == len(QUESTIONS)]
    return Stretch(
        keys[0],
        sum(focus_done(week, now) for week in weeks) // len(weeks),
        added([balance(week, now) for week in weeks]).actual_percent["communication"],
        sum(scores) / len(scores) if scores else None,
    )


def review_text(found: MonthlyReview) -> str:
    """Return one sentence: what the first weeks came to, and the last ones."""
    then, now = found.then, found.now
    parts = [
        f"focus time {hours(then.focus_done)} then, {hours(now.focus_done)} now",
        f"communication {then.communication} % then, {now.communication} % now",
    ]
    if then.score is not None and now.score is not None:
        scores = [f"{score:.1f}".removesuffix(".0") for score in (then.score, now.score)]
        parts.append(f"score {scores[0]} then, {scores[1]} now")
    return f"Since week {then.first.number}, a week on average: " + "; ".join(parts)


class Suggestion(NamedTuple):
    """Suggest one edit for the next week, with the reason."""

    reason: str
    fix: Fix
    about: str  # the rule, or the part of the method, that the playbook tells of


def suggested_change(
    snapshot: Snapshot, key: IsoWeek, now: datetime, back: Sequence[Fix] = ()
) -> Suggestion | None:
    """Return the one change that mends most of a week to come, or None where it is well as it is.

    `back` is what leads out of the trap: it goes before a mere gain, and after what breaks a rule. The week
    and the four after it are loaded.
    """
    found = [finding for finding in lint(snapshot, key, now) if finding.fixes]
    wrong = next((finding for finding in found if finding.severity != "note"), None)
    if wrong is not None:
        return Suggestion(wrong.message, wrong.fixes[0], wrong.rule)
    if back:
        return Suggestion("you have drifted away from the code", back[0], TRAP)
    return Suggestion(found[0].message, found[0].fixes[0], found[0].rule) if found else None


class Carried(NamedTuple):
    """Tell of one thing that goes on into the next week, and what one key does with it."""

    kind: str  # id of an item kind, "leave" or "move"
    text: str
    ink: str
    does: str  # what Enter does; "" for nothing
    edit: Edit | None = None  # that Enter applies; without one it opens the list of the kind
    rule: str = ""  # that a move mends

    @property
    def about(self) -> str:
        """Return the rule, or the part of the method, that the playbook tells of."""
        return self.rule or METHOD[self.kind]


def carried(snapshot: Snapshot, key: IsoWeek, now: datetime) -> list[Carried]:
    """Return what a week begins with, in the order in which it is looked at."""
    moment = Moment(snapshot, now)
    return [
        *_outcomes(moment, key),
        *_requests(moment),
        *_delegations(moment, key),
        *_questions(moment),
        *_decisions(moment),
        *_leave(snapshot, key),
        *_moves(snapshot, key, now),
    ]


def offer(carried: Sequence[Carried]) -> str:
    """Return in a few words what waits at the beginning of a week; "" for nothing."""
    names = {"outcome": "outcome", "request": "request", "delegation": "follow-up"}
    counts = Counter(one.kind for one in carried if one.kind in names and one.does)
    return listed([number_of(count, names[kind]) for kind, count in counts.items()])


def _open(moment: Moment, kind: ItemKind) -> list[Item]:
    items = [Item(kind, record) for record in moment.snapshot.table(OPEN, kind.table).values()]
    return sorted((item for item in items if item.is_open), key=lambda item: item.uid)


def _outcomes(moment: Moment, key: IsoWeek) -> list[Carried]:
    out = []
    for item in _open(moment, outcome.KIND):
        week = outcome.week_of(item)
        if week < key:
            later = TurnItem("outcome", item.uid, "move", {"why": "not reached"})
            text = f"{item.summary}: not reached in week {week.number}"
            out.append(Carried("outcome", text, "warn", f"move to week {week.shift(1).number}", later))
        elif week == key:
            out.append(Carried("outcome", f"{item.summary}: an outcome of week {week.number}", "ink", ""))
    return out


def _requests(moment: Moment) -> list[Carried]:
    return [
        Carried("request", f"{item.summary}: waits for a verdict", "warn", "open triage")
        for item in _open(moment, requests.KIND)
        if item.status == "waiting"
    ]


def _delegations(moment: Moment, key: IsoWeek) -> list[Carried]:
    """Return the delegations that were missed, those that are due in the week, and those without a date."""
    sorts: dict[str, list[Carried]] = {"missed": [], "due": [], "open": []}
    again = moment.working_day(delegation.FOLLOW_UP)
    ask = f"ask on {day_text(again)}"
    for item in _open(moment, delegation.KIND):
        due = item.due(moment)
        later = TurnItem("delegation", item.uid, "follow-up", {"follow_up": again.isoformat()})
        who = f"{item.summary} ({item.get('owner')})"
        if due is None:
            sorts["open"].append(Carried("delegation", f"{who}: no date to ask", "hint", ask, later))
        elif due <= moment.today:
            said = f"{who}: to be asked since {day_text(due)}"
            sorts["missed"].append(Carried("delegation", said, "warn", ask, later))
        elif IsoWeek.of(due) <= key:
            sorts["due"].append(Carried("delegation", f"{who}: ask on {day_text(due)}", "ink", ""))
    return [*sorts["missed"], *sorts["due"], *sorts["open"]]


def _questions(moment: Moment) -> list[Carried]:
    out = []
    for item in _open(moment, question.KIND):
        window = question.window_of(item, moment)
        who = f" ({listed(item.people)})" if item.people else ""
        when = f"carried to {day_text(window.day)}" if window is not None else "no window is left for it"
        out.append(Carried("question", f"{item.summary}{who}: {when}", "ink", "open the questions"))
    return out


def _decisions(moment: Moment) -> list[Carried]:
    out = []
    for item in _open(moment, decision.KIND):
        day = item.day("deadline")
        late = decision.is_late(item, moment)
        when = "late" if late else f"comments until {day_text(day)}" if day else item.status
        out.append(
            Carried("decision", f"{item.summary}: {when}", "warn" if late else "ink", "open the decisions")
        )
    return out


def _leave(snapshot: Snapshot, key: IsoWeek) -> list[Carried]:
    return [
        Carried("leave", f"{day_text(day.date)}: {day.kind.replace('-', ' ')}", "hint", "")
        for day in snapshot.week(key).days
        if day.kind != "normal" and day.theme is not None
    ]


def _moves(snapshot: Snapshot, key: IsoWeek, now: datetime) -> list[Carried]:
    """Return the best fix of each block that breaks a rule of the week, or costs focus time where it is."""
    found: dict[tuple[str, ...], Carried] = {}
    for finding in lint(snapshot, key, now):
        if finding.fixes:
            first, ink = finding.fixes[0], "ink" if finding.severity == "note" else "warn"
            move = Carried("move", finding.message, ink, first.title, first.edit, finding.rule)
            found.setdefault(first.words, move)
    return list(found.values())
