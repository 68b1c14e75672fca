"""Tell how the patterns of the cadence go (M14): what is led, what is owed, whose turn it is to pair."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.balance import share
from techlead_tui.core.evidence import Evidence
from techlead_tui.core.items.campaign import SHARE, began, time_of, week_of
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.items.pair import SHARE as WRITTEN
from techlead_tui.core.items.pair import next_day, office_hours, rotation, written
from techlead_tui.core.items.spike import owes
from techlead_tui.core.lengths import hours
from techlead_tui.core.text import number_of
from techlead_tui.core.week import Block

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

    @property
    def share_text(self) -> str:
        """Return the own share of the commits as a sentence."""
        if self.own is None:
            return "its commits are not known yet"
        if self.all is None:
            return f"{number_of(self.own, 'own commit')}; everybody's are not known"
        mine = f"{self.own} of {number_of(self.all, 'commit')} {'is' if self.own == 1 else 'are'} yours"
        return f"{mine}: {self.percent or 0} %, about {self.wanted} % is the aim"


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

    @property
    def text(self) -> str:
        """Return how pairing went as a sentence."""
        done = f"{number_of(self.paired, 'pairing')} in half a year"
        done += f", {hours(self.minutes)} logged in {WEEKS} weeks"
        return done + (f"; you wrote {self.own} % of about {self.wanted} %" if self.own is not None else "")


class Patterns(NamedTuple):
    """Hold what is under way of each pattern."""

    campaign: Campaign
    spikes: tuple[Item, ...]
    refactorings: tuple[Item, ...]
    pairing: Pairing

    @property
    def owed(self) -> tuple[Item, ...]:
        """Return the spikes whose findings are owed."""
        return tuple(item for item in self.spikes if owes(item, self.pairing.moment))


def latest(items: Sequence[Item], moment: Moment) -> Item | None:
    """Return the campaign that began last."""
    return max(items, key=lambda one: (began(one, moment), one.created), default=None)


def campaign(item: Item | None, moment: Moment, evidence: Evidence, everybody: int | None) -> Campaign:
    """Return how a campaign goes; `everybody` is how many commits its repository has had since it began."""
    if item is None:
        return Campaign(None, moment)
    since, repo = began(item, moment), item.get("repo")
    mine = [one for one in evidence.commits if since <= one.day <= moment.today and repo in (None, one.repo)]
    asked, read = int(item.get("prs") or 0), int(item.get("reviewed") or 0)
    return Campaign(
        item,
        moment,
        week_of(item, moment),
        len(mine) if evidence.known else None,
        None if everybody is None else max(everybody, len(mine)),
        int(item.get("share") or SHARE),
        max(asked, read),
        read,
        time_of(moment, "lead", since, repo).minutes,
    )


def pairing(waiting: Sequence[Item], closed: Sequence[Item], moment: Moment) -> Pairing:
    """Return the pairing queue in its turn."""
    since = moment.today - timedelta(weeks=WEEKS)
    return Pairing(
        tuple(rotation(waiting, closed)),
        moment,
        office_hours(moment),
        next_day(moment),
        sum(item.status == "paired" for item in closed),
        written(closed),
        WRITTEN,
        time_of(moment, "pair", since).minutes,
    )
