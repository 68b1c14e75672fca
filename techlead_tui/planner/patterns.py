"""Read how the patterns of the cadence go (M14)."""

from __future__ import annotations

import os
from datetime import date

from techlead_tui.core.calendar import IsoWeek, at
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.items.campaign import began
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.patterns import Campaign, Pairing, Patterns, campaign, latest, pairing
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.items import ItemList, items_of
from techlead_tui.planner.reader import Reader

PAST = 26  # weeks in which pairings count
PATIENCE = 3.0  # seconds for the commits of one repository


def patterns_of(reader: Reader, evidence: Evidence, moment: Moment) -> Patterns:
    """Return what is under way of each pattern, at a moment with half a year of weeks. DataError."""
    return Patterns(
        campaign_of(reader, evidence, moment),
        running(reader, kind_of("spike"), moment).items,
        running(reader, kind_of("refactoring"), moment).items,
        pairing_of(reader, moment),
    )


def running(reader: Reader, kind: ItemKind, moment: Moment | None = None) -> ItemList:
    """Return what is open of a kind, the soonest due first. DataError."""
    found = items_of(reader, kind, moment=moment)
    return found._replace(items=found.ordered())


def campaign_of(reader: Reader, evidence: Evidence | None = None, moment: Moment | None = None) -> Campaign:
    """Return the campaign that began last, with its commits from the last scan. DataError."""
    found = items_of(reader, kind_of("campaign"), moment=moment)
    item, moment = latest(found.items, found.moment), found.moment
    if item is None:
        return Campaign(None, moment)
    since = began(item, moment)
    seen = evidence or read_evidence(reader.folders, reader.zone, since)
    return campaign(item, moment, seen, _everybody(reader, seen, item, since))


def _everybody(reader: Reader, seen: Evidence, item: Item, since: date) -> int | None:
    """Return how many commits the repository of a campaign has had; None where none is named, or known."""
    from techlead_tui.evidence.git import everybody
    from techlead_tui.evidence.repository import repository_at

    repo = item.get("repo")
    paths = [one.path for one in seen.sources if one.kind == "git" and one.name == repo and one.scanned]
    counts: list[int] = []
    for path in paths:
        try:
            repository = repository_at(path)
        except OSError:
            repository = None
        if repository is None:
            return None
        moment = int(at(since, 0, reader.zone).timestamp())
        count = everybody(repository, moment, PATIENCE, os.environ)
        if count is None:
            return None
        counts.append(count)
    return sum(counts) if counts else None


def pairing_of(reader: Reader, moment: Moment | None = None) -> Pairing:
    """Return the pairing queue in its turn; whoever paired within half a year has had one. DataError."""
    kind = kind_of("pair")
    found = items_of(reader, kind, moment=moment)
    this = IsoWeek.of(reader.today())
    weeks = [this.shift(-n) for n in range(PAST)]
    past = reader.snapshot(*weeks) if moment is None else moment.snapshot
    closed = [
        Item(kind, record, str(week))
        for week in weeks
        for record in past.table(str(week), kind.table).values()
    ]
    return pairing(found.items, closed, found.moment)
