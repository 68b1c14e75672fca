"""Read the report of some weeks."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.report import DearMeeting, Report, report
from techlead_tui.core.theme import Types
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.retrospect import retrospect


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
