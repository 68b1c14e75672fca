"""Work out the coding cadence (M14): hours and commits by day, sessions beside commits, the patterns."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Commit, Evidence, Worked, per_day, sessions_of
from techlead_tui.core.session import PATTERNS
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.week import Session, session_of

WEEKS = 26
MIX = 4  # weeks of which the mix of patterns is


class DayCell(NamedTuple):
    """Hold one day of the heat map."""

    day: date
    minutes: int  # of hands-on sessions
    commits: int  # shipped ones
    kind: str  # normal, leave, on-call, or free where nobody works


class CadenceWeek(NamedTuple):
    key: IsoWeek
    days: tuple[DayCell, ...]  # Monday first


class Beside(NamedTuple):
    """Set a session beside its commits; without a session they are commits that nobody logged."""

    session: Session | None
    commits: tuple[Commit, ...]


class Cadence(NamedTuple):
    weeks: tuple[CadenceWeek, ...]  # oldest first, this one last
    beside: tuple[Beside, ...]  # this week's, in order of time
    mix: Mapping[str, int]  # minutes by pattern, "" for none, of the last four weeks
    minutes: int  # hands-on, this week
    commits: int  # shipped, this week
    lines: int  # of them
    last: Commit | None  # the last own commit
    known: bool  # git has been looked at
    now: datetime


def cadence_weeks(this: IsoWeek) -> list[IsoWeek]:
    """Return the weeks that a snapshot for `cadence` holds."""
    return [this.shift(-n) for n in range(WEEKS - 1, -1, -1)]


def cadence(snapshot: Snapshot, now: datetime, evidence: Evidence) -> Cadence:
    """Return the cadence of the weeks up to now. Pure; compiles no week, so it is there at once."""
    this = IsoWeek.of(now.date())
    per = per_day(evidence.commits)
    weeks, mix = [], dict.fromkeys((*PATTERNS, ""), 0)
    recent = set(cadence_weeks(this)[-MIX:])
    mine: list[Session] = []
    for key in cadence_weeks(this):
        tables = snapshot.buckets.get(str(key), {})
        minutes: dict[date, int] = {}
        for record in tables.get("sessions", {}).values():
            start = datetime.fromisoformat(str(record["start"]))
            if start > now:
                continue
            length = int((datetime.fromisoformat(str(record["end"])) - start).total_seconds()) // 60
            if record["category"] == "hands_on":
                day = start.astimezone(snapshot.zone).date()
                minutes[day] = minutes.get(day, 0) + length
            if key in recent:
                name = str(record["pattern"] or "")
                mix[name] = mix.get(name, 0) + length
            if key == this:
                mine.append(session_of(record))
        theme = snapshot.theme_of(key)
        kinds = tables.get("days", {})
        cells = []
        for weekday in range(1, 8):
            day = key.day(weekday)
            kind = str(kinds.get(day.isoformat(), {}).get("kind", "normal"))
            kind = "free" if theme.day(weekday) is None else kind
            shipped = per[day].shipped if day in per else 0
            cells.append(DayCell(day, minutes.get(day, 0), shipped, kind))
        weeks.append(CadenceWeek(key, tuple(cells)))
    own = [commit for commit in evidence.commits if IsoWeek.of(commit.day) == this and commit.at <= now]
    shipped_now = [commit for commit in own if commit.shipped]
    return Cadence(
        tuple(weeks),
        _beside(sorted(mine, key=lambda one: one.start), own),
        mix,
        sum(cell.minutes for cell in weeks[-1].days),
        len(shipped_now),
        sum(commit.lines for commit in shipped_now),
        max(
            (commit for commit in evidence.commits if commit.at <= now), key=lambda one: one.at, default=None
        ),
        evidence.known,
        now,
    )


def _beside(sessions: Sequence[Session], commits: Sequence[Commit]) -> tuple[Beside, ...]:
    found = sessions_of(commits, [Worked(one.uid, one.start, one.end, one.repo) for one in sessions])
    rows = [
        Beside(one, tuple(commit for commit in commits if found[commit.uid] == one.uid)) for one in sessions
    ]
    rows += [Beside(None, (commit,)) for commit in commits if found[commit.uid] is None]
    return tuple(sorted(rows, key=lambda row: row.session.start if row.session else row.commits[0].at))
