"""Read from the cache what repositories and commands tell of a span of days; nothing is scanned or run."""

from __future__ import annotations

from datetime import UTC, date, datetime, tzinfo
from typing import Any

from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import at, into
from techlead_tui.core.evidence import CoAuthor, Commit, Event, Evidence, EvidenceSource
from techlead_tui.evidence import cache


def read_evidence(
    folders: Folders, zone: tzinfo, begin: date | None = None, end: date | None = None
) -> Evidence:
    """Return what the last scan found of the days from `begin` up to, not including, `end`.

    Without a day that side is open. Fast enough for a screen: a file for each source is read.
    """
    moments = [None if day is None else int(at(day, 0, zone).timestamp()) for day in (begin, end)]
    commits: list[Commit] = []
    others: list[Commit] = []
    events: list[Event] = []
    sources: list[EvidenceSource] = []
    for found in cache.load_all(folders.cache, *moments):
        head: dict[str, Any] = found.head
        sources.append(
            EvidenceSource(
                name=head["name"],
                kind=head["kind"],
                path=head["path"],
                scanned=None if head["scanned"] is None else _local(head["scanned"], zone),
                since=None if head["since"] is None else _local(head["since"], zone),
                error=head["error"],
                note=head["note"],
            )
        )
        for row in found.rows:
            if row.get("kind", "commit") == "commit":
                commits.append(_commit(row, zone))
            elif row["kind"] == cache.CO_AUTHORED:
                others.append(_commit(row, zone))
            else:
                events.append(_event(row, head["name"], zone))
    return Evidence(
        tuple(sorted(commits, key=lambda commit: commit.at)),
        tuple(sorted(events, key=lambda event: event.at)),
        tuple(sources),
        tuple(sorted(others, key=lambda commit: commit.at)),
    )


def _local(moment: int, zone: tzinfo) -> datetime:
    return into(datetime.fromtimestamp(moment, UTC), zone)


def _commit(row: dict[str, Any], zone: tzinfo) -> Commit:
    return Commit(
        uid=row["uid"],
        repo=row["repo"],
        at=_local(row["moment"], zone),
        summary=row["summary"],
        lines_added=row["lines_added"],
        lines_removed=row["lines_removed"],
        shipped=row["shipped"],
        colleagues=tuple(CoAuthor(*one) for one in row["colleagues"]),
        assistants=tuple(CoAuthor(*one) for one in row["assistants"]),
    )


def _event(row: dict[str, Any], source: str, zone: tzinfo) -> Event:
    return Event(_local(row["moment"], zone), row["kind"], row["title"], row["url"], source)
