"""Place the lead on the way into the trap (M2): the stage, its evidence, and the edits that lead back.

Only what is recorded counts: the plan and the log since the first use, git's commits and the meetings of
calendars as far as they reach.
Leave and days on call are no evidence. Where nothing covers the time that a stage asks for, it is unknown.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.balance import (
    Split,
    actual_by_day,
    begun,
    deep_spans,
    held_by,
    meetings,
    planned_by_day,
    share,
)
from techlead_tui.core.calendar import DAY, IsoWeek, at
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddBlock, Edit, FinishBlock, Fix
from techlead_tui.core.evidence import Commit
from techlead_tui.core.placement import next_quarter
from techlead_tui.core.session import REVIEW
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.span import total
from techlead_tui.core.text import day_text, number_of, titled
from techlead_tui.core.week import Block, Day, Week
from techlead_tui.core.words.unparse import words_of
from techlead_tui.errors import UserError

REACH = 26  # weeks that are looked back on
SHOWN = 12  # weeks of the history
TITLES = {
    0: "healthy",
    1: "week 1 of the trap: communication grows",
    2: "week 3 of the trap: days of explaining",
    3: "week 8 of the trap: the calendar is full, the code stands still",
    4: "month 4 of the trap: deciding from memory",
    None: "unknown: too little is recorded",
}
LEAST = 5  # working days that have to be known before the plan says anything
MANY = 3  # meetings a day
BUSY = 3  # such days in a full week
TALK = 40  # percent of communication of the third stage
NO_CODE = 10  # working days without a shipped commit
NOTHING = 20  # working days without a session or a commit
THRESHOLDS = (
    "stages: 1 communication above the week theme's limit; "
    f"2 at least {MANY} meetings a day on {BUSY} days of each of two weeks; "
    f"3 no shipped commit in {NO_CODE} working days, and communication above {TALK} % or time booked to "
    f"prepare meetings; 4 no session and no commit in {NOTHING} working days. "
    "The method names the stages; the thresholds are ours."
)
SMALL = "Ship one small change"  # what leads back to code
SPARE = (45, 90)  # minutes that it takes, at least and at most
OFFERED = 3
AHEAD = 4  # weeks beyond this one that deciding an edit may ask for
_PREPARES = r"(?i)\bprep(?:are|aring|aration|work)?\b"


class Drift(NamedTuple):
    stage: int | None  # 0 is healthy, None unknown
    evidence: tuple[str, ...]  # what speaks for the stage first
    back: tuple[Fix, ...]  # edits that lead back, the best first
    history: tuple[tuple[IsoWeek, int | None], ...]  # the stage at the end of each week, oldest first


class _Facts(NamedTuple):
    """Hold what one week contributes; days of leave and on call are left out."""

    week: Week
    over: bool
    days: tuple[date, ...]  # working days that are over
    works: int  # working days, those to come included
    talk: int | None  # percent of communication: done once the week is over, else planned
    busy: int  # days with many meetings
    needed: int  # such days that are too many, scaled to the working days
    prepares: bool  # time is booked to prepare a meeting
    recorded: bool  # something was written down in it
    worked: frozenset[date]  # with sessions or deep work that is done
    wrote: frozenset[date]  # with sessions that can have shipped, or deep work that is done


class _Seen(NamedTuple):
    """Hold weeks, oldest first, and the last days of work in them."""

    facts: tuple[_Facts, ...]
    worked: date | None  # the last session, done deep work or commit
    shipped: date | None  # the last shipped commit; where git is not known, what can have shipped


class _Past:
    """Look back week by week. A week is compiled when it is asked for: mostly the last few tell enough."""

    def __init__(
        self, snapshot: Snapshot, now: datetime, commits: Sequence[Commit], git_since: date | None
    ) -> None:
        self.snapshot = snapshot
        self.now = now
        self.log_since = None if snapshot.since is None else snapshot.since.date()  # None: from ever
        self.git_since = git_since  # None: nobody has looked
        own = [commit for commit in commits if commit.at <= now]
        self._commits = {commit.at.date() for commit in own}
        self._shipped = {commit.at.date() for commit in own if commit.shipped}
        weeks = weeks_needed(IsoWeek.of(now.date()))
        self._first = weeks[0]
        first = self.log_since
        if first is not None:
            told = (week.monday for week in weeks if snapshot.calendar.weeks.get(str(week)))
            first = min(first, next(told, first))
        self.plan_since = first  # from then on meetings are known, by calendars if not by the plan
        self._facts: dict[IsoWeek, _Facts] = {}

    @property
    def known(self) -> bool:
        """Tell whether git has been looked at."""
        return self.git_since is not None

    def facts(self, key: IsoWeek) -> _Facts:
        if key not in self._facts:
            self._facts[key] = _facts(self.snapshot, key, self.now)
        return self._facts[key]

    def quiet(self, key: IsoWeek) -> bool:
        """Tell whether nothing is known of a week."""
        fact = self.facts(key)
        return not (fact.recorded or fact.worked or any(IsoWeek.of(day) == key for day in self._commits))

    def until(self, key: IsoWeek, today: date) -> _Seen:
        """Return the weeks up to one, as far back as they can change what is said of a day in or after it."""
        out: list[_Facts] = []
        worked = max((day for day in self._commits if day <= today), default=None)
        shipped = max((day for day in self._shipped if day <= today), default=None) if self.known else None
        while key >= self._first:
            fact = self.facts(key)
            out.insert(0, fact)
            worked = _later(worked, fact.worked, today)
            shipped = shipped if self.known else _later(shipped, fact.wrote, today)
            if worked and shipped and min(worked, shipped) >= key.monday and self._tells(out):
                break
            key = key.shift(-1)
        return _Seen(tuple(out), worked, shipped)

    def _tells(self, facts: Sequence[_Facts]) -> bool:
        """Tell whether the weeks hold as many days and plans as any stage asks for."""
        days = [day for fact in facts for day in fact.days]
        plans = [fact for fact in facts if fact.over and fact.works >= 2 and _known(fact, self.plan_since)]
        return len(plans) >= 2 and len(_since(days, self.log_since)) >= NO_CODE + LEAST


def _later(day: date | None, others: Iterable[date], today: date) -> date | None:
    """Return the last of a day and others up to today."""
    return max((one for one in (day, *others) if one is not None and one <= today), default=None)


def _since(days: Iterable[date], first: date | None) -> list[date]:
    return [day for day in days if first is None or day >= first]


def weeks_needed(this: IsoWeek) -> list[IsoWeek]:
    """Return the weeks that a snapshot for `drift` holds."""
    return [this.shift(n) for n in range(1 - REACH, AHEAD + 2)]


def drift(
    snapshot: Snapshot,
    now: datetime,
    commits: Sequence[Commit] = (),
    git_since: date | None = None,
    *,
    offers: bool = True,
    history: bool = True,
) -> Drift:
    """Return the stage at `now`. Pure; the snapshot holds `weeks_needed`.

    `commits` are the user's own and reach back to `git_since`, which is None where nobody has looked. The
    history is the dear part: without it a few weeks tell enough.
    """
    this = IsoWeek.of(now.date())
    past = _Past(snapshot, now, commits, git_since)
    stage, evidence = _stage(past, this, now)
    edits = tuple(_back(snapshot, this, now, stage)) if offers and stage else ()
    return Drift(stage, evidence, edits, tuple(_before(past, this)) if history else ())


def _before(past: _Past, this: IsoWeek) -> Iterator[tuple[IsoWeek, int | None]]:
    """Yield the stage at the end of each week before this one."""
    for back in range(SHOWN, 0, -1):
        key = this.shift(-back)
        end = at(key.day(7), DAY - 1, past.snapshot.zone)
        yield key, None if past.quiet(key) else _stage(past, key, end)[0]


def _works(week: Week, day: Day) -> bool:
    """Tell whether a day says anything: a working day, neither leave nor on call."""
    return day.kind == "normal" and any(span.start.date() == day.date for span in week.working)


def _facts(snapshot: Snapshot, key: IsoWeek, now: datetime) -> _Facts:
    week = snapshot.week(key)
    over = week.over(now)
    normal = [day for day in week.days if _works(week, day)]
    dates = {day.date for day in normal}
    if over and before_use(week):
        by_day = _by_calendars(week)
    else:
        by_day = actual_by_day(week, now) if over else planned_by_day(week)
    working = sum(by_day[day][1] for day in dates if day in by_day)
    talked = sum(by_day[day][0].get("communication", 0) for day in dates if day in by_day)
    counts: dict[date, int] = {}
    for block in meetings(week):
        if block.day in dates and (not over or block.source == "calendar" or held_by(week, block, now)):
            counts[block.day] = counts.get(block.day, 0) + 1
    stored = snapshot.buckets.get(str(key), {})
    sessions = begun(week, now)
    done = {block.day for block in week.live if block.status == "done" and block.kind == "deep_work"}
    return _Facts(
        week,
        over,
        tuple(day.date for day in normal if day.hours is not None and day.hours.end <= now),
        len(normal),
        share(talked, working) if working else None,
        sum(count >= MANY for count in counts.values()),
        max(1, -(-BUSY * len(normal) // 5)),
        any(_prepares(block) for block in week.live),
        bool(stored) or any(block.source in ("own", "calendar") for block in week.blocks),
        frozenset(done | {one.start.date() for one in sessions}),
        frozenset(
            done
            | {one.start.date() for one in sessions if one.category == "hands_on" and one.pattern != REVIEW}
        ),
    )


def before_use(week: Week) -> bool:
    """Tell whether a week ended before the first use: then calendars alone tell of it."""
    return week.since is not None and week.since.date() > week.days[6].date


def _by_calendars(week: Week) -> dict[date, tuple[Split, int]]:
    """Return by working day what the meetings of calendars came to, and its working minutes."""
    told = tuple(block for block in week.blocks if block.source == "calendar")
    return planned_by_day(week._replace(blocks=told))


def _prepares(block: Block) -> bool:
    return block.type == "pre-meeting" or (
        block.source == "own" and block.kind != "leave" and bool(re.search(_PREPARES, block.summary))
    )


def _stage(past: _Past, key: IsoWeek, now: datetime) -> tuple[int | None, tuple[str, ...]]:
    """Return the highest stage that holds at a moment in, or at the end of, a week, and the evidence."""
    today = now.date()
    seen, worked, shipped = past.until(key, today)
    days = [day for fact in seen for day in fact.days if day < today or at_end(fact.week, day, now)]
    by_plan = _since(days, past.log_since)
    by_git = _since(days, past.git_since) if past.known else []
    either = by_plan if len(by_plan) >= len(by_git) else by_git
    idle = [day for day in either if worked is None or day > worked]
    no_code = [day for day in (by_git if past.known else by_plan) if shipped is None or day > shipped]
    said = _said(past, worked, shipped, idle, no_code, today)
    told = _since(days, past.plan_since)
    fresh = worked is None and len(by_plan) < LEAST  # others' commits say nothing of the user
    if fresh and past.known:
        said = ("no commit of yours was found: do `emails` in config.toml hold all your addresses?",)
    if fresh and len(told) < LEAST:
        return None, (_too_little(past, len(by_plan)), *said)
    if len(idle) >= NOTHING and not fresh:
        time_off = "; time off that was not entered looks the same: techlead day DATE leave"
        return 4, (f"no session and no commit in {NOTHING} working days or more{time_off}",)
    plan = [fact for fact in seen if fact.works >= 2 and _known(fact, past.plan_since)]
    if len(told) < LEAST:
        if not by_git or len(by_git) < NO_CODE:
            return None, (_too_little(past, len(by_plan)), *said)
        return 0, (
            *said,
            f"meetings are not known yet: counting began on {day_text(past.log_since or today)}",
        )
    ended = [fact for fact in plan if fact.over]
    talk = _talk(ended[-2:])
    prepared = any(fact.prepares for fact in plan[-2:])
    if not fresh and len(no_code) >= NO_CODE and ((talk is not None and talk > TALK) or prepared):
        why = [
            f"no shipped commit in {NO_CODE} working days"
            if past.known
            else f"no code logged in {NO_CODE} working days"
        ]
        why += [f"communication {talk} % of the last two weeks"] if talk is not None and talk > TALK else []
        why += ["time is booked to prepare meetings"] if prepared else []
        return 3, (*why, *said)
    for earlier, later in ((ended[-1:], plan[-1:]), (ended[-2:-1], ended[-1:])):
        pair = [*earlier, *later]
        if len(pair) == 2 and pair[0] is not pair[1] and all(fact.busy >= fact.needed for fact in pair):
            return 2, (*(_busy(fact) for fact in pair), *said)
    over_limit = [fact for fact in (ended[-1:] + [one for one in plan[-1:] if not one.over]) if _loud(fact)]
    talked = tuple(_talked(fact) for fact in (over_limit or plan[-1:]) if fact.talk is not None)
    return (1 if over_limit else 0), (*talked, *said)


def at_end(week: Week, day: date, now: datetime) -> bool:
    """Tell whether the working hours of a day of the week are over."""
    hours = week.day(day).hours
    return hours is not None and hours.end <= now


def _known(fact: _Facts, since: date | None) -> bool:
    return since is None or since <= fact.week.days[6].date


def _talk(facts: Sequence[_Facts]) -> int | None:
    """Return the communication of some weeks, each weighed by its working days; None without any."""
    told = [(fact.talk, fact.works) for fact in facts if fact.talk is not None]
    days = sum(works for _, works in told)
    return share(sum(talk * works for talk, works in told), days * 100) if days else None


def _loud(fact: _Facts) -> bool:
    return fact.talk is not None and fact.talk > fact.week.theme.limits.communication_percent


def _busy(fact: _Facts) -> str:
    how = "" if fact.over else " planned"
    return f"{MANY} or more meetings{how} on {number_of(fact.busy, 'day')} of {fact.week.key}"


def _talked(fact: _Facts) -> str:
    how, limit = "" if fact.over else " planned", fact.week.theme.limits.communication_percent
    where = "above the" if _loud(fact) else "within the"
    return f"communication {fact.talk} %{how} in {fact.week.key}, {where} {limit} % that is healthy"


def _too_little(past: _Past, days: int) -> str:
    if past.log_since is None:
        return "nothing is recorded yet"
    began = day_text(past.log_since)
    return f"counting began on {began}: {number_of(days, 'working day')} so far, {LEAST} are needed"


def _said(
    past: _Past,
    worked: date | None,
    shipped: date | None,
    idle: Sequence[date],
    no_code: Sequence[date],
    today: date,
) -> tuple[str, ...]:
    """Tell when there was last code, whatever the stage is."""
    said = []
    if past.known:
        said.append(_last("shipped commit", shipped, len(no_code), today))
    else:
        said.append("git has not been looked at lately: techlead repos scan")
    if worked is not None and worked != shipped:
        said.append(_last("session or commit", worked, len(idle), today))
    return tuple(said)


def _last(what: str, day: date | None, ago: int, today: date) -> str:
    if day is None:
        return f"no {what} seen"
    if day == today:
        return f"last {what} today"
    days = f", {number_of(ago, 'working day')} without one since" if ago else ""
    return f"last {what} on {day_text(day)}{days}"


def _back(snapshot: Snapshot, this: IsoWeek, now: datetime, stage: int) -> Iterator[Fix]:
    """Yield what leads back: code first where it is missing, else the meetings that are worth least."""
    code = [fix for fix in (_code(snapshot, this, now),) if fix is not None]
    skips = list(_skips(snapshot, this, now))
    offered = [*code, *skips] if stage >= 3 or not skips else [*skips[: OFFERED - 1], *code]
    yield from offered[:OFFERED]


def _weighed(snapshot: Snapshot, edit: Edit, title: str, now: datetime) -> Fix | None:
    """Return an edit as a fix, or None where the week refuses it."""
    try:
        decision = decide(snapshot, edit, now, "back")
    except (UserError, KeyError):
        return None
    if decision.refused or not decision.changes:
        return None
    return Fix(title, edit, words_of(edit, snapshot.types), decision.focus_delta_minutes)


def _code(snapshot: Snapshot, this: IsoWeek, now: datetime) -> Fix | None:
    """Return a block for one small change, in the next stretch of deep work that is still free."""
    soon = next_quarter(now)
    for key in (this, this.shift(1)):
        week = snapshot.week(key)
        own = [block for block in week.live if block.source == "own"]
        for span in deep_spans(week):
            start = max(span.start, soon)
            end = min(span.end, start + timedelta(minutes=SPARE[1]))
            if end - start < timedelta(minutes=SPARE[0]) or any(
                block.start < end and start < block.end for block in own
            ):
                continue
            first = start.hour * 60 + start.minute
            last = first + int((end - start).total_seconds()) // 60
            edit = AddBlock(SMALL, start.date(), first, last, "deep_work", "code")
            title = f"{SMALL}: {day_text(start.date())} {start:%H:%M}–{end:%H:%M}"
            found = _weighed(snapshot, edit, title, now)
            if found is not None:
                return found
    return None


def _skips(snapshot: Snapshot, this: IsoWeek, now: datetime) -> Iterator[Fix]:
    """Yield meetings ahead that can be left out: first what is not worth it, then single and long ones."""
    ahead: list[tuple[bool, bool, int, datetime, Block]] = []
    for key in (this, this.shift(1)):
        week = snapshot.week(key)
        for block in meetings(week):
            if block.start < now or block.category != "communication" or block.status != "planned":
                continue
            known = week.types.get(block.type) if block.type is not None else None
            worth = known is None or known.worth_it
            if worth and block.source == "theme" and not block.optional:
                continue
            ahead.append((worth, block.recurring, -total([block.held]), block.start, block))
    for *_, block in sorted(ahead, key=lambda one: one[:4]):
        edit = FinishBlock(block.uid, block.day, "skipped")
        found = _weighed(snapshot, edit, f"Leave out {titled(block)}, and ask for notes", now)
        if found is not None:
            yield found
