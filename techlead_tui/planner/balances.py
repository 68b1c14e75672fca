"""Read the balance of the weeks that end with one (M1)."""

from __future__ import annotations

from datetime import datetime

from techlead_tui.core.balance import Balance, added, balance
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.snapshot import Snapshot

PERIODS = (("week", 1), ("four weeks", 4), ("quarter", 13))  # that end with a week


def balances(snapshot: Snapshot, last: IsoWeek, now: datetime) -> list[tuple[str, Balance]]:
    """Return the balance of the week, the four weeks and the quarter that end with a week that is loaded."""
    weeks = [balance(snapshot.week(week), now) for week in quarter(last)]
    return [(name, added(weeks[-count:])) for name, count in PERIODS]


def quarter(last: IsoWeek) -> list[IsoWeek]:
    """Return the thirteen weeks that end with a week."""
    return [last.shift(-n) for n in range(PERIODS[-1][1] - 1, -1, -1)]
