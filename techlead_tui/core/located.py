"""Where something that a user named was found."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from techlead_tui.core.isoweek import IsoWeek


class Located(NamedTuple):
    table: str  # "blocks" or "sessions"; boxes and occurrences of a series are blocks
    uid: str  # whole
    week: IsoWeek
    day: date  # that it stands on
