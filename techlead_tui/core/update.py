"""Draft the status update (M9) from what is known: done, under way, stuck, next week."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple, cast

from techlead_tui.core.balance import added, balance, begun, focus_done, wanted_minutes
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Evidence, Worked, sessions_of
from techlead_tui.core.items import decision, delegation, outcome, question, spike
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.lengths import length
from techlead_tui.core.period import Period
from techlead_tui.core.session import REVIEW
from techlead_tui.core.text import day_text, listed
from techlead_tui.core.week import Block, Session, Week

STATES = ("green", "yellow", "red")
ARROW = "→"  # between what was done and its effect
PRIVATE_TYPES = ("em-1-1", "mentorship", "onboarding")  # talks about people are nobody else's business
STUCK = 2  # windows that closed over a question
REST = 12  # lines of work of a month or a quarter that are told one by one
UNKNOWN = Evidence()
TABLE = "updates"  # of a week: its one record is "update"
SECTION_NAMES = ("promised", "done", "progress", "blockers", "ahead", "grown", "decided", "found")


class Line(NamedTuple):
    """Say one thing; `title` is what an effect is kept under."""

    title: str
    detail: str = ""
    effect: str = ""

    @property
    def text(self) -> str:
        told = f"{self.title} ({self.detail})" if self.detail else self.title
        return f"{told} {ARROW} {self.effect}" if self.effect else told


class Totals(NamedTuple):
    """Hold what a period came to, in minutes."""

    coding: int  # hands-on sessions, reviews left out
    reviews: int
    focus: int  # focus time that was really spent
    focus_wanted: int
    communication_percent: int  # of the working time that is over; 0 where there was none
    commits: int | None  # own ones; None where nobody looked
    overrides: int


class Update(NamedTuple):
    period: Period
    status: str  # one of STATES
    because: str
    set_by_hand: bool  # whether status and reason are the user's own
    promised: tuple[Line, ...]  # last week's outcomes for this one, with what became of each
    done: tuple[Line, ...]
    progress: tuple[Line, ...]
    blockers: tuple[Line, ...]
    ahead: tuple[Line, ...]
    grown: tuple[Line, ...]  # who took what over, and who was paired with
    decided: tuple[Line, ...]
    found: tuple[Line, ...]  # what spikes brought to light
    totals: Totals
    text: str | None = None  # as it was last edited


class Work(NamedTuple):
    """Sum up the sessions that are about one thing."""

    title: str
    minutes: int
    sessions: tuple[Session, ...]

    @property
    def result(self) -> str:
        """Return what came of it: the result of the last session that has one."""
        results = [session.result for session in self.sessions if session.result]
        return results[-1] if results else ""


def draft(moment: Moment, period: Period, evidence: Evidence = UNKNOWN) -> Update:
    """Return the draft of a period; its weeks, the ones before that questions ask for, and the one after are
    loaded. `evidence` is that of its days."""
    weeks = [moment.snapshot.week(key) for key in period.weeks]
    stored = [_stored(moment, key) for key in period.weeks]
    effects: dict[str, str] = {}
    for record in stored:
        effects |= cast("dict[str, str]", record.get("effects") or {})
    sessions = [
        session for week in weeks for session in begun(week, moment.now) if period.holds(session.start.date())
    ]
    finished = _finished(weeks, period)
    named = {} if not period.is_week else _named(weeks, sessions)
    work = _work((one for one in sessions if one.pattern not in (REVIEW, "spike")), named)
    spikes = _work((one for one in sessions if one.pattern == "spike"), named)
    commits = _commits(evidence, sessions)
    over = period.last < moment.today
    own_results = {one.title.casefold() for one in (*work, *spikes)}
    done: list[Line] = []
    progress: list[Line] = []
    for one in _short(work, period):
        closed = one.title.casefold() in finished or bool(one.result) or not period.is_week
        line = _worked(one, effects, commits)
        (done if closed else progress).append(line)
    progress += _unlogged(evidence, commits)
    promised, reached = _promised(moment, period, effects)
    done = [*reached, *done]
    for title, blocks in finished.items():
        unlogged = [block for block in blocks if not any(_began_in(session, block) for session in sessions)]
        if (
            unlogged
            and title not in own_results
            and title not in {line.title.casefold() for line in promised}
        ):
            name, minutes = blocks[0].summary, sum(block.planned_minutes for block in unlogged)
            done.append(Line(name, length(minutes), effects.get(name, "")))
    done += _reviewed(sessions)
    grown = _grown(moment, period, sessions, effects)
    decided = _decided(moment, period, effects)
    blockers = _blockers(moment) if not over or period.is_week else []
    totals = _totals(weeks, sessions, moment.now, evidence)
    record = stored[-1] if period.is_week else {}
    status, because = _status(blockers, promised, moment, period)
    by_hand = bool(record.get("status"))
    text = record.get("text")
    return Update(
        period=period,
        status=str(record.get("status") or status),
        because=str(record.get("because") or ("" if by_hand else because)),
        set_by_hand=by_hand,
        promised=tuple(promised),
        done=tuple(done),
        progress=(*progress, *_open_items(moment, period)),
        blockers=tuple(blockers),
        ahead=tuple(_ahead(moment, period)),
        grown=tuple(grown),
        decided=tuple(decided),
        found=(*_findings(moment, period, effects), *(_worked(one, effects, commits) for one in spikes)),
        totals=totals,
        text=str(text) if text else None,
    )


def _stored(moment: Moment, week: IsoWeek) -> Mapping[str, object]:
    return moment.snapshot.table(str(week), TABLE).get("update", {})


def _named(weeks: Sequence[Week], sessions: Sequence[Session]) -> dict[str, str]:
    """Return the title of the own block of deep work in which each session began, by its uid."""
    blocks = [
        block
        for week in weeks
        for block in week.live
        if block.source == "own" and block.kind == "deep_work" and block.type not in PRIVATE_TYPES
    ]
    return {
        session.uid: block.summary for session in sessions for block in blocks if _began_in(session, block)
    }


def _began_in(session: Session, block: Block) -> bool:
    return block.start <= session.start < block.end


def _work(sessions: Iterable[Session], named: Mapping[str, str]) -> list[Work]:
    """Group sessions by what they are about, the longest first: the block that they are `named` after, their
    own title, or their repository."""
    groups: dict[str, list[Session]] = {}
    titles: dict[str, str] = {}
    for session in sessions:
        if session.category != "hands_on":
            continue
        title = (
            named.get(session.uid)
            or session.summary.strip()
            or (f"work on {session.repo}" if session.repo else "coding")
        )
        titles.setdefault(title.casefold(), title)
        groups.setdefault(title.casefold(), []).append(session)
    found = [
        Work(titles[key], sum(one.minutes for one in group), tuple(group)) for key, group in groups.items()
    ]
    return sorted(found, key=lambda one: (-one.minutes, one.title))


def _short(work: Sequence[Work], period: Period) -> list[Work]:
    """Return the work of a week as it is; of a longer period the most of it, and the rest as one line."""
    if period.is_week or len(work) <= REST:
        return list(work)
    rest = work[REST:]
    sessions = tuple(session for one in rest for session in one.sessions)
    minutes = sum(one.minutes for one in rest)
    return [*work[:REST], Work(f"{len(rest)} smaller things", minutes, sessions)]


def _commits(evidence: Evidence, sessions: Sequence[Session]) -> dict[str, str | None]:
    """Return the session of each shipped commit, by the commit's uid; None where it has none."""
    worked = [Worked(session.uid, session.start, session.end, session.repo) for session in sessions]
    return sessions_of(evidence.shipped, worked)


def _worked(one: Work, effects: Mapping[str, str], commits: Mapping[str, str | None]) -> Line:
    uids = {session.uid for session in one.sessions}
    count = sum(uid in uids for uid in commits.values())
    parts = [length(one.minutes), *([_count_commits(count)] if count else [])]
    return Line(one.title, ", ".join(parts), effects.get(one.title, one.result))


def _unlogged(evidence: Evidence, commits: Mapping[str, str | None]) -> list[Line]:
    """Return the repositories with commits of no session."""
    repos = Counter(commit.repo for commit in evidence.shipped if commits.get(commit.uid) is None)
    return [Line(f"work on {repo}", _count_commits(count)) for repo, count in repos.most_common()]


def _count_commits(count: int) -> str:
    return f"{count} commit{'s' if count > 1 else ''}"


def _findings(moment: Moment, period: Period, effects: Mapping[str, str]) -> list[Line]:
    """Return the spikes that ended in a period."""
    return [
        Line(
            item.summary,
            "findings presented" if item.get("presented") else "findings written down",
            effects.get(item.summary, ""),
        )
        for item in _of(moment, spike.KIND, period)
    ]


def _finished(weeks: Sequence[Week], period: Period) -> dict[str, list[Block]]:
    """Return own blocks that are done, by title; meetings are no result, and talks about people private."""
    found: dict[str, list[Block]] = {}
    for week in weeks:
        for block in week.blocks:
            mine = block.source == "own" and block.status == "done" and period.holds(block.day)
            if mine and block.kind not in ("meeting", "leave") and block.type not in PRIVATE_TYPES:
                found.setdefault(block.summary.casefold(), []).append(block)
    return found


def _promised(moment: Moment, period: Period, effects: Mapping[str, str]) -> tuple[list[Line], list[Line]]:
    """Return what became of the outcomes of a period, and those that were reached, with their effects."""
    lines: list[Line] = []
    reached: list[Line] = []
    for week in period.weeks:
        for item in outcome.outcomes_of(moment, week):
            effect = str(item.get("effect") or effects.get(item.summary, ""))
            why = str(item.get("why") or "")
            if outcome.moved_out(item, week):
                lines.append(Line(item.summary, _because("moved", why)))
            elif item.status == "done":
                lines.append(Line(item.summary, "done"))
                reached.append(Line(item.summary, "", effect))
            elif item.status == "dropped":
                lines.append(Line(item.summary, _because("dropped", why)))
            else:
                lines.append(Line(item.summary, "open"))
    return lines, reached


def _because(what: str, why: str) -> str:
    return f"{what}: {why}" if why else what


def _reviewed(sessions: Sequence[Session]) -> list[Line]:
    reviews = [session for session in sessions if session.pattern == REVIEW]
    if not reviews:
        return []
    minutes = sum(session.minutes for session in reviews)
    return [Line("Review", f"{len(reviews)}, {length(minutes)}" if len(reviews) > 1 else length(minutes))]


def _of(moment: Moment, kind: ItemKind, period: Period | None = None) -> list[Item]:
    """Return the open items of a kind, or with a period those that were closed in it."""
    items = [
        Item(kind, record, bucket)
        for bucket, tables in moment.snapshot.buckets.items()
        for record in tables.get(kind.table, {}).values()
    ]
    if period is None:
        kept = [item for item in items if item.is_open]
    else:
        kept = [item for item in items if item.closed is not None and period.holds(item.closed)]
    return sorted(kept, key=lambda item: item.uid)


def _grown(
    moment: Moment, period: Period, sessions: Sequence[Session], effects: Mapping[str, str]
) -> list[Line]:
    lines = []
    for item in _of(moment, delegation.KIND, period):
        if item.status == "done":
            grows = item.get("grows")
            detail = f"{item.get('owner')}, {grows}" if grows else str(item.get("owner"))
            lines.append(Line(item.summary, detail, effects.get(item.summary, "")))
    pairs = [session for session in sessions if session.pattern == "pair"]
    if pairs:
        minutes = sum(session.minutes for session in pairs)
        lines.append(
            Line("Pairing", f"{len(pairs)} times, {length(minutes)}" if len(pairs) > 1 else length(minutes))
        )
    return lines


def _decided(moment: Moment, period: Period, effects: Mapping[str, str]) -> list[Line]:
    return [
        Line(item.summary, item.status, effects.get(item.summary, ""))
        for item in _of(moment, decision.KIND, period)
        if item.status in ("decided", "rejected")
    ]


def _open_items(moment: Moment, period: Period) -> list[Line]:
    """Return what others have in hand, as long as the period is not over."""
    if period.last < moment.today and not period.is_week:
        return []
    lines = []
    for item in _of(moment, decision.KIND):
        day = item.day("deadline")
        if item.status == "open" and not decision.is_late(item, moment):
            until = f"comments until the end of {day_text(day)}" if day else "open for comments"
            lines.append(Line(item.summary, until))
    for item in _of(moment, delegation.KIND):
        promised = item.day("promised")
        if promised is not None and promised >= moment.today:
            lines.append(Line(item.summary, f"with {item.get('owner')}, promised for {day_text(promised)}"))
        elif promised is None and period.holds(item.since(moment)):
            lines.append(Line(item.summary, f"with {item.get('owner')} now"))
    return lines


def _blockers(moment: Moment) -> list[Line]:
    """Return what waits, each with what is wanted and from whom."""
    lines = []
    for item in _of(moment, decision.KIND):
        if decision.is_late(item, moment):
            who = listed(item.get("decision_makers") or ())
            wanted = f"a decision is wanted{f' from {who}' if who else ''}"
            lines.append(
                Line(item.summary, f"{wanted}, late since {day_text(cast('date', item.day('deadline')))}")
            )
    for item in _of(moment, delegation.KIND):
        promised = item.day("promised")
        if promised is not None and promised < moment.today:
            lines.append(
                Line(
                    item.summary,
                    f"a new date is wanted from {item.get('owner')}, promised for {day_text(promised)}",
                )
            )
    for item in _of(moment, question.KIND):
        if question.carried(item, moment) >= STUCK:
            who = listed(item.people)
            lines.append(Line(item.summary, f"an answer is wanted{f' from {who}' if who else ''}"))
    return lines


def _ahead(moment: Moment, period: Period) -> list[Line]:
    """Return what the week after is for: its outcomes, else its deep work; and the days of leave."""
    if not period.is_week:
        return []
    key = period.weeks[-1].shift(1)
    week = moment.snapshot.week(key)
    named = [
        item
        for item in outcome.outcomes_of(moment, key)
        if item.status != "dropped" and not outcome.moved_out(item, key)
    ]
    lines = [Line(item.summary) for item in named]
    if not named:
        titles = dict.fromkeys(
            block.summary
            for block in week.live
            if block.source == "own" and block.kind == "deep_work" and block.type not in PRIVATE_TYPES
        )
        lines = [Line(title) for title in titles]
    away = [day_text(day.date) for day in week.days if day.kind == "leave" and day.theme is not None]
    return [*lines, Line(f"Away {listed(away)}")] if away else lines


def _totals(weeks: Sequence[Week], sessions: Sequence[Session], now: datetime, evidence: Evidence) -> Totals:
    begun_weeks = [week for week in weeks if week.key.monday <= now.date()]
    known = [week for week in begun_weeks if week.since is None or week.since.date() <= week.days[6].date]
    hands_on = [session for session in sessions if session.category == "hands_on"]
    return Totals(
        coding=sum(session.minutes for session in hands_on if session.pattern != REVIEW),
        reviews=sum(session.minutes for session in hands_on if session.pattern == REVIEW),
        focus=sum(focus_done(week, now) for week in known),
        focus_wanted=sum(wanted_minutes(week)[0] for week in known),
        communication_percent=added([balance(week, now) for week in known]).actual_percent["communication"]
        if known
        else 0,
        commits=len(evidence.shipped) if evidence.known else None,
        overrides=sum(block.override is not None for week in weeks for block in week.blocks),
    )


def _status(
    blockers: Sequence[Line], promised: Sequence[Line], moment: Moment, period: Period
) -> tuple[str, str]:
    """Return the suggested colour with its reason."""
    slipped = [line for line in promised if line.detail.startswith(("moved", "dropped"))]
    if period.last < moment.today:
        slipped += [line for line in promised if line.detail == "open"]
    if len(blockers) > 1:
        return "red", f"{len(blockers)} things are stuck"
    if blockers:
        return "yellow", f"“{blockers[0].title}” is stuck"
    if slipped:
        return "yellow", f"“{slipped[0].title}” was not reached" if len(slipped) == 1 else (
            f"{len(slipped)} outcomes were not reached"
        )
    if promised and all(line.detail == "done" for line in promised):
        return "green", "everything that was promised is done"
    return "green", "nothing is stuck"
