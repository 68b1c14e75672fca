"""Read how the patterns of the cadence go (M14): what runs, the own share of it, whose turn it is to pair."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.balance import share
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.items.campaign import SHARE, began, time_of, week_of
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.items.pair import SHARE as WRITTEN
from techlead_tui.core.items.pair import next_day, office_hours, rotation, written
from techlead_tui.core.week import Block
from techlead_tui.planner.evidence import read_evidence
from techlead_tui.planner.items import ItemList, closed_items, items_of
from techlead_tui.planner.reader import Reader

WEEKS = 4  # in which pairing is counted


class Campaign(NamedTuple):
    """Tell how the feature that is led goes; None where it is not known, or nothing is led."""

    item: Item | None
    moment: Moment
    week: int = 0
    own: int | None = None  # commits
    all: int | None = None
    wanted: int = SHARE  # percent
    prs: int = 0
    reviewed: int = 0
    minutes: int = 0  # logged

    @property
    def percent(self) -> int | None:
        """Return the own share of the commits."""
        return share(self.own, self.all) if self.own is not None and self.all else None


class Pairing(NamedTuple):
    """Tell whose turn it is to pair, and how pairing went."""

    queue: tuple[Item, ...]
    moment: Moment
    block: Block | None  # the next office hours
    day: date
    paired: int
    own: int | None  # percent that the lead wrote
    wanted: int
    minutes: int


def running(reader: Reader, kind: ItemKind) -> ItemList:
    """Return what is open of a kind, the soonest due first. DataError."""
    found = items_of(reader, kind)
    return found._replace(items=found.ordered())


def campaign_of(reader: Reader, evidence: Evidence | None = None) -> Campaign:
    """Return the campaign that began last, with its commits from the last scan. DataError."""
    found = items_of(reader, kind_of("campaign"))
    item = max(found.items, key=lambda one: (began(one, found.moment), one.created), default=None)
    if item is None:
        return Campaign(None, found.moment)
    since, repo = began(item, found.moment), item.get("repo")
    seen = evidence or read_evidence(reader.folders, reader.zone, since)
    mine = [one for one in seen.commits if one.day >= since and repo in (None, one.repo)]
    return Campaign(
        item,
        found.moment,
        week_of(item, found.moment),
        len(mine) if seen.known else None,
        None,
        int(item.get("share") or SHARE),
        max(int(item.get("prs") or 0), int(item.get("reviewed") or 0)),
        int(item.get("reviewed") or 0),
        time_of(found.moment, "lead", since, repo).minutes,
    )


def pairing_of(reader: Reader) -> Pairing:
    """Return the pairing queue in its turn. DataError."""
    kind = kind_of("pair")
    found = items_of(reader, kind)
    closed: Sequence[Item] = closed_items(reader, kind)
    moment = found.moment
    since = moment.today - timedelta(weeks=WEEKS)
    return Pairing(
        tuple(rotation(found.items, closed)),
        moment,
        office_hours(moment),
        next_day(moment),
        sum(item.status == "paired" for item in closed),
        written(closed),
        WRITTEN,
        time_of(moment, "pair", since).minutes,
    )
