from __future__ import annotations

import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.config import ids
from techlead_tui.config.ids import new_uid, text_of


def test_ids_are_version_7_uuids_in_canonical_form() -> None:
    made = new_uid()
    parsed = uuid.UUID(made)
    assert str(parsed) == made
    assert parsed.version == 7
    assert parsed.variant == uuid.RFC_4122


def test_ids_sort_in_the_order_they_were_made() -> None:
    made = [new_uid() for _ in range(20_000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)


@pytest.mark.parametrize("nanoseconds", [-(10**18), 0, 10**18, 10**22])
def test_a_clock_that_stands_anywhere_still_gives_rising_ids(
    nanoseconds: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ids, "_last", (0, 0))
    monkeypatch.setattr("techlead_tui.config.ids.time.time_ns", lambda: nanoseconds)
    made = [new_uid() for _ in range(100)]
    assert made == sorted(set(made))
    assert all(uuid.UUID(each).version == 7 for each in made)
    expected = min(max(0, nanoseconds // 10**6), 2**48 - 1)
    assert uuid.UUID(made[0]).int >> 80 == expected


def test_a_clock_that_goes_back_gives_rising_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    before = new_uid()
    monkeypatch.setattr("techlead_tui.config.ids.time.time_ns", lambda: 10**18)
    assert new_uid() > before


def test_a_full_random_part_goes_on_in_the_next_millisecond(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ids, "_last", (1000, 2**74 - 1))
    monkeypatch.setattr("techlead_tui.config.ids.time.time_ns", lambda: 10**9)
    assert uuid.UUID(new_uid()).int >> 80 == 1001


@given(st.integers(0, 2**48 - 1), st.integers(0, 2**74 - 1))
def test_time_and_random_part_stand_where_the_rfc_has_them(milliseconds: int, random: int) -> None:
    number = uuid.UUID(text_of(milliseconds, random))
    assert number.version == 7
    assert number.variant == uuid.RFC_4122
    assert number.int >> 80 == milliseconds
    assert (number.int >> 64 & 0xFFF) << 62 | number.int & 2**62 - 1 == random
