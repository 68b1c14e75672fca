"""Read what looking back needs: weeks of the plan and the log, with what repositories tell of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.balance import Balance, added, balance
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.drift import Drift, drift, weeks_needed
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.report import DearMeeting, Report, report
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.theme import Types
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.reader import Reader

STALE = 3  # days after which a scan says nothing about what is missing
PERIODS = (("week", 1), ("four weeks", 4), ("quarter", 13))  # that end with a week


class Retrospect(NamedTuple):
    """Hold weeks, and the commits and events of the same days."""

    snapshot: Snapshot
    evidence: Evidence
    now: datetime

    @property
    def git_since(self) -> date | None:
        """Return the first day that commits are known for, or None where none have been read lately."""
        oldest = self.now - timedelta(days=STALE)
        read = [one for one in self.evidence.sources if one.scanned is not None and one.scanned >= oldest]
        return min((one.since.date() for one in read if one.since is not None), default=None)


def retrospect(reader: Reader, weeks: Sequence[IsoWeek], *, git: bool = True) -> Retrospect:
    """Return some weeks with the evidence of their days; without `git` what is stored alone. DataError."""
    snapshot = reader.snapshot(*weeks)
    if not git:
        return Retrospect(snapshot, Evidence(), reader.now())
    end = max(weeks).shift(1).monday
    found = read_evidence(reader.folders, reader.zone, min(weeks).monday, end)
    return Retrospect(snapshot, found, reader.now())


def drift_of(found: Retrospect, *, offers: bool = True, history: bool = True) -> Drift:
    """Return where the lead stands, from weeks that hold those of `drift_weeks`."""
    return drift(
        found.snapshot,
        found.now,
        found.evidence.commits,
        found.git_since,
        offers=offers,
        history=history,
    )


def drift_weeks(reader: Reader) -> list[IsoWeek]:
    """Return the weeks that drift is worked out from."""
    return weeks_needed(IsoWeek.of(reader.today()))


def report_of(reader: Reader, weeks: Sequence[IsoWeek], *, redact: bool = False) -> Report:
    """Return the report of some weeks; without names and titles where it is to be shown. DataError."""
    found = retrospect(reader, weeks)
    out = report(found.snapshot, weeks, found.now, found.evidence)
    return _redacted(out, reader, found.snapshot.types) if redact else out


def _redacted(found: Report, reader: Reader, types: Types) -> Report:
    """Return a report that names nobody: of meetings and overrides the type stands for the title."""
    from techlead_tui.planner.people import all_names, without_names

    without = without_names(all_names(reader))

    def titled(type_id: str | None) -> str:
        return types[type_id].title if type_id is not None and type_id in types else "a meeting"

    dear: dict[str, DearMeeting] = {}
    for one in found.dear:
        title = titled(one.type)
        old = dear.get(title) or DearMeeting(title, one.type, 0, 0)
        dear[title] = old._replace(times=old.times + one.times, minutes=old.minutes + one.minutes)
    kept = tuple(one._replace(summary=titled(one.type), reason=without(one.reason)) for one in found.kept)
    sources = tuple((f"repository {n}", "could not be read") for n, _ in enumerate(found.sources, 1))
    ranked = sorted(dear.values(), key=lambda one: (-one.minutes, one.summary))
    return found._replace(dear=tuple(ranked), kept=kept, sources=sources)


def balances(snapshot: Snapshot, last: IsoWeek, now: datetime) -> list[tuple[str, Balance]]:
    """Return the balance of the week, the four weeks and the quarter that end with a week that is loaded."""
    weeks = [balance(snapshot.week(week), now) for week in quarter(last)]
    return [(name, added(weeks[-count:])) for name, count in PERIODS]


def quarter(last: IsoWeek) -> list[IsoWeek]:
    """Return the thirteen weeks that end with a week."""
    return [last.shift(-n) for n in range(PERIODS[-1][1] - 1, -1, -1)]
