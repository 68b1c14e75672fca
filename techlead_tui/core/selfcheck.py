"""The Friday self-check (M16): five questions, what the records say to each, score and verdict."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.balance import (
    actual_inside,
    begun,
    focus_done,
    focus_minutes,
    focus_spans,
    meetings,
    percent,
    planned_inside,
    recurring_meetings,
    wanted_minutes,
)
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.lengths import length
from techlead_tui.core.session import REVIEW
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import subtract, total
from techlead_tui.core.text import number_of
from techlead_tui.core.week import Session, Week

QUESTIONS = ("code", "meetings", "depth", "team", "stress")
CRACKED, DECENT = 5, 3  # good answers for a verdict
STRIP = 12  # Fridays that are shown, the present one included
BACK = 4  # weeks before the checked one in which a last session is looked for
FRESH = 3  # working days since the last code for which depth is taken as given
TIRED = 10  # working days from which on it is taken as gone
OFTEN = 2  # overrides in a week that are still ordinary
SPILL = 60  # minutes of logged work outside the working hours that are still ordinary


class Wording(NamedTuple):
    """A question as it is asked; `yes` is the good answer."""

    title: str
    asks: str
    yes: str = "yes"
    no: str = "no"


WORDINGS = {
    "code": Wording("Code", "Did I ship code that mattered? Written, not reviewed."),
    "meetings": Wording("Meetings", "Can I count my recurring meetings on one hand?"),
    "depth": Wording("Depth", "Could I debug a production incident right now?"),
    "team": Wording("Team", "Do people bring me hard problems without a meeting?"),
    "stress": Wording("Energy", "Did the week give me energy?"),
}


class GitFigures(NamedTuple):
    """Hold what git knows; None where nobody has looked."""

    commits: int | None = None  # own, meaningful ones of the week: no merges, no lock files
    last_commit: date | None = None


NO_EVIDENCE = GitFigures()


class Question(NamedTuple):
    id: str  # one of QUESTIONS
    suggested: bool | None  # what the evidence says; None where it does not say
    answer: bool | None  # the confirmed one; True is always the good one
    evidence: tuple[str, ...]  # short phrases


class Check(NamedTuple):
    week: IsoWeek
    questions: tuple[Question, ...]  # in the order of QUESTIONS
    score: int  # confirmed good answers
    verdict: str  # open, cracked_it, decent or drifting

    def with_answers(self, answers: Mapping[str, bool]) -> "Check":
        """Return the check with these answers instead of its own."""
        questions = tuple(one._replace(answer=answers.get(one.id)) for one in self.questions)
        return Check(self.week, questions, score(questions), verdict(questions))


def check(snapshot: Snapshot, key: IsoWeek, now: datetime, evidence: GitFigures = NO_EVIDENCE) -> Check:
    """The check of a week with the evidence that is there at `now`. KeyError when it is not loaded.

    The last session with code is looked for in the weeks before, as far as they are loaded.
    """
    week = snapshot.week(key)
    sessions = _sessions(snapshot, key, now)
    found = {
        "code": _code(week, sessions, now, evidence),
        "meetings": _meetings(week),
        "depth": _depth(week, sessions, now, evidence),
        "team": _team(week, now, _answered(snapshot, key)),
        "stress": _stress(week, now),
    }
    questions = tuple(
        Question(name, found[name][0], week.answers.get(name), found[name][1]) for name in QUESTIONS
    )
    return Check(key, questions, score(questions), verdict(questions))


def score(questions: Sequence[Question]) -> int:
    """Good answers among the confirmed ones."""
    return sum(question.answer is True for question in questions)


def verdict(questions: Sequence[Question]) -> str:
    """`open` while a question has no confirmed answer."""
    if any(question.answer is None for question in questions):
        return "open"
    good = score(questions)
    return "cracked_it" if good >= CRACKED else "decent" if good >= DECENT else "drifting"


class PastFriday(NamedTuple):
    week: IsoWeek
    score: int | None  # None where a question was left open


def past_fridays(snapshot: Snapshot, key: IsoWeek) -> tuple[PastFriday, ...]:
    """Return the scores of the last Fridays, the oldest first; their weeks are loaded."""
    out = []
    for back in range(STRIP - 1, -1, -1):
        week = key.shift(-back)
        record = snapshot.table(str(week), "checks").get("check", {})
        answers = record.get("answers")
        known = isinstance(answers, dict) and all(name in answers for name in QUESTIONS)
        score = sum(map(bool, answers.values())) if isinstance(answers, dict) and known else None
        out.append(PastFriday(week, score))
    return tuple(out)


Found = tuple[bool | None, tuple[str, ...]]  # what it suggests, and the phrases


def _sessions(snapshot: Snapshot, key: IsoWeek, now: datetime) -> list[Session]:
    """Return the sessions of the week and those before it, back to the last one with code."""
    out: list[Session] = []
    for back in range(BACK + 1):
        try:
            found = begun(snapshot.week(key.shift(-back)), now)
        except KeyError:
            break
        out += found
        if any(_wrote(session) and session.end <= now for session in found):
            break
    return out


def _over(week: Week, now: datetime) -> bool:
    """Tell whether the last working day of a week has begun: only then is something missing."""
    days = [day.date for day in week.days if day.working]
    return bool(days) and now.date() >= days[-1]


def _code(week: Week, sessions: Sequence[Session], now: datetime, evidence: GitFigures) -> Found:
    mine = [session for session in begun(week, now) if _wrote(session)]
    minutes = total(session.span for session in mine)
    said = [number_of(len(mine), "coding session") + (f", {length(minutes)}" if mine else "") + " this week"]
    if evidence.commits is not None:
        said.append(number_of(evidence.commits, "own commit"))
        if evidence.commits:
            return True, tuple(said)
    elif mine:
        return True, tuple(said)
    reviews = sum(session.pattern == REVIEW for session in begun(week, now))
    said += [number_of(reviews, "review") + ", not counted as code"] if reviews else []
    unknown = evidence.commits is None and not sessions
    return None if unknown or not _over(week, now) else False, tuple(said)


def _wrote(session: Session) -> bool:
    """Tell whether a session can have shipped code: hands-on, and no review (M8)."""
    return session.category == "hands_on" and session.pattern != REVIEW


def _meetings(week: Week) -> Found:
    count, most = len(recurring_meetings(week)), week.theme.limits.recurring_meetings
    return count <= most, (f"{number_of(count, 'recurring meeting')}, {most} at most",)


def _depth(week: Week, sessions: Sequence[Session], now: datetime, evidence: GitFigures) -> Found:
    end = min(now.date(), week.days[6].date)
    days = [session.end.date() for session in sessions if _wrote(session)]
    if evidence.last_commit is not None:
        days.append(evidence.last_commit)
    days = [day for day in days if day <= end]
    if not days:
        new = week.since is not None and week.since.date() > end - timedelta(weeks=BACK + 1)
        return None, ("no session or commit yet" if new else f"no session or commit in {BACK + 1} weeks",)
    since = _working_days(week, max(days), end)
    said = (
        "code was written or run today" if since == 0 else f"last code {number_of(since, 'working day')} ago"
    )
    return True if since <= FRESH else False if since >= TIRED else None, (said,)


def _working_days(week: Week, first: date, last: date) -> int:
    """Working days after `first` up to `last`, by the week theme's days."""
    weekdays = {day.weekday for day in week.theme.days}
    days = ((first + timedelta(days=after)) for after in range(1, (last - first).days + 1))
    return sum(day.isoweekday() in weekdays for day in days)


def _answered(snapshot: Snapshot, key: IsoWeek) -> int:
    """Return how many parked questions were answered in a week: it keeps what it closed."""
    records = snapshot.table(str(key), "questions").values()
    return sum(record["status"] == "answered" for record in records)


def _team(week: Week, now: datetime, answered: int) -> Found:
    """Hard problems that came directly, against those that came as a booked meeting.

    A session inside a block is the same thing as the block, and so is what fills a window.
    """
    came = [
        block
        for block in week.live
        if block.end <= now
        and (
            (block.kind == "window" and (block.source != "theme" or block.status == "done"))
            or (block.kind == "meeting" and block.type == "pairing")
        )
    ]
    talks = [
        session
        for session in begun(week, now)
        if session.category == "mentorship" or session.pattern == "pair"
    ]
    filled = {block.box for block in came}
    untold = [
        block
        for block in came
        if block.uid not in filled and not any(block.span.overlaps(talk.span) for talk in talks)
    ]
    direct = len(talks) + len(untold) + answered
    booked = sum(
        block.source != "theme" and not block.recurring and block.category == "communication"
        for block in meetings(week)
        if block.end <= now
    )
    said = (
        number_of(
            direct, "question or pairing came to you directly", "questions or pairings came to you directly"
        ),
        number_of(booked, "meeting was booked with you", "meetings were booked with you"),
    )
    return None if not direct and not booked else direct >= booked, said


def _stress(week: Week, now: datetime) -> Found:
    """Weigh what was done once the week is over, and what is planned before."""
    over = week.over(now)
    overrides = sum(block.override is not None for block in week.blocks)
    plan, done, wanted = focus_minutes(week), focus_done(week, now), wanted_minutes(week)[0]
    _, pieces = focus_spans(week)
    talk = percent(planned_inside(week)["communication"], week)
    talked = percent(actual_inside(week, now)["communication"], week)
    worked = [session.span for session in begun(week, now)]
    spilt = total(subtract(worked, week.working))
    said = [
        number_of(overrides, "override"),
        f"{length(done)} of focus time done, {length(plan)} planned"
        if over
        else f"{length(plan)} of focus time planned, {length(done)} done",
        f"{number_of(len(pieces), 'planned stretch is', 'planned stretches are')} too short for focus",
        f"{talked} % communication done, {talk} % planned"
        if over
        else f"{talk} % communication planned, {talked} % done",
    ]
    if worked:
        said.append(f"{length(total(worked))} logged, {length(spilt)} of it outside the hours")
    signs = (
        overrides > OFTEN,
        (done if over else plan) < wanted,
        (talked if over else max(talk, talked)) > week.theme.limits.communication_percent,
        spilt > SPILL,
    )
    bad = sum(signs)
    unknown = _over(week, now) and not worked and wanted > 0  # nothing was logged: nobody knows what was done
    return None if bad == 1 or (bad < 2 and unknown) else bad == 0, tuple(said)
