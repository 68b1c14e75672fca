"""Whatever is typed is read or refused with a WordsError: no other error, and never in silence."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.calendar import IsoWeek, stretch
from techlead_tui.core.span import Span
from techlead_tui.core.theme import BlockType
from techlead_tui.core.words.args import length
from techlead_tui.core.words.commands import READERS, read_line, read_log_line
from techlead_tui.core.words.past import read_start
from techlead_tui.core.words.units import read_week
from techlead_tui.core.words.when import ReadingContext, Target
from techlead_tui.errors import WordsError
from tests.core.words.calls import read_call
from tests.strategies import LETTERS

BERLIN = ZoneInfo("Europe/Berlin")
TYPES = {"status": BlockType("status", "Status update", "meeting", "communication", False)}
PLACE = Target("blocks", "b", IsoWeek(2026, 48), Span(*stretch(date(2026, 11, 24), 600, 660, BERLIN)))
NOW = ReadingContext(datetime(2026, 11, 24, 11, 30, tzinfo=BERLIN), BERLIN, TYPES, lambda _: PLACE)
SHOWN = NOW._replace(shown=IsoWeek(2026, 48), day=date(2026, 11, 24), start=600, length=60)

TYPED = """
wed tue mon today tomorrow next last this every other 2 weeks until at for to - -- + # @ ? +status +async
+zz #status 9 14 24 25 14-16 16-14 9:30 9:99 24:00 0:00 23:59 14:00–15:30 1-1 45m 2h 1h75 25h 0m -25m ago
now 2026-11-24 2026-02-30 9999-12-31 0001-01-01 2026-11-24T09:00 2026-W48 2026-W54 -1 +2 +99999999 all 2pm
٣ ² x pool fix doc:x --json -p spike --override reason --at --
"""
words = st.sampled_from(TYPED.split())
lines = st.one_of(st.lists(words, max_size=8).map(" ".join), st.text(LETTERS, max_size=30))
READ: dict[str, Callable[[str], object]] = {
    "line": lambda text: read_line(text, NOW),
    "line on the screen": lambda text: read_line(text, SHOWN),
    "quick log": lambda text: read_log_line(text, NOW, lambda day: NOW.moment(day, 540)),
    "at": lambda text: read_start(text, NOW),
    "week": lambda text: read_week(text, NOW.today),
    "length": length,
}


def understood(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except WordsError as error:
        return bool(error.message)
    return True


@pytest.mark.parametrize("name", READ)
@given(text=lines)
@pytest.mark.few(2)
def test_a_line_is_read_or_refused(name: str, text: str) -> None:
    assert understood(READ[name], text)


@pytest.mark.parametrize("verb", [*READERS, "log"])
@given(text=lines)
def test_a_call_is_read_or_refused(verb: str, text: str) -> None:
    assert understood(lambda rest: read_call([*verb.split(), *rest.split()], NOW), text)
