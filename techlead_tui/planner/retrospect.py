"""Read what looking back needs: weeks of the plan and the log, with what repositories tell of them."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.reader import Reader

STALE = 3  # days after which a scan says nothing about what is missing


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
