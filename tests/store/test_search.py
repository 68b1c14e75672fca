"""Finding records over all weeks, folded or not."""

from pathlib import Path

import pytest
from tinydb import where

from techlead_tui.core.records import Change
from techlead_tui.store.store import Store
from tests.store.harness import WEEK, commit, made


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = Store(str(tmp_path))
    commit(store, made("2025-W01", "0190aa", 'Connection "pool"'), made("2025-W01", "0190ab", "Größe\n pool"))
    commit(store, made("open", "0191cc", "ask about the pool"))
    store.fold()
    commit(store, made(WEEK, "0192aa", "POOL fix"))
    return store


def found(store: Store, *words: str) -> list[str]:
    return [str(record["uid"]) for _, _, record in store.search(list(words))]


def test_all_words_must_be_there_whatever_their_case(store: Store) -> None:
    assert found(store, "pool") == ["0190aa", "0190ab", "0192aa", "0191cc"]
    assert found(store, "Pool", "FIX") == ["0192aa"]
    assert found(store, "GRÖSSE") == ["0190ab"]
    assert found(store, '"pool"') == ["0190aa"]
    assert found(store, "\n pool") == ["0190ab"]
    assert found(store, "nothing") == []


def test_names_of_fields_are_no_text(store: Store) -> None:
    assert found(store, "summary") == []
    assert found(store, "sessions") == []


def test_a_changed_record_is_found_as_it_is_now(store: Store) -> None:
    before = made("2025-W01", "0190aa", 'Connection "pool"').after
    commit(store, Change("2025-W01", "sessions", "0190aa", before, {"uid": "0190aa", "summary": "cache"}))
    assert found(store, "pool") == ["0190ab", "0192aa", "0191cc"]
    assert store.search(["cache"]) == [("2025-W01", "sessions", {"uid": "0190aa", "summary": "cache"})]


def test_a_tinydb_query_searches_all_weeks(store: Store) -> None:
    hits = store.search(where("summary").matches("[A-Z]"))
    assert [record["uid"] for _, _, record in hits] == ["0190aa", "0190ab", "0192aa"]


def test_uids_are_found_by_their_start_or_end(store: Store) -> None:
    with store.reading() as view:
        assert [uid for _, _, uid in view.find_uid("0190")] == ["0190aa", "0190ab"]
        assert view.find_uid("aa") == [("2025-W01", "sessions", "0190aa"), (WEEK, "sessions", "0192aa")]
        assert view.find_uid("0191cc") == [("open", "sessions", "0191cc")]
        assert view.find_uid("190a") == []


def test_a_damaged_week_is_searched_too(store: Store) -> None:
    path = Path(store.folder.file("2025-W01"))
    path.write_bytes(path.read_bytes()[:90])
    assert found(store, "pool") == ["0190aa", "0190ab", "0192aa", "0191cc"]


def test_the_nearest_weeks_come_first_and_those_beyond_are_not_read(tmp_path: Path) -> None:
    store = Store(str(tmp_path))
    for week in ("2025-W50", "2026-W02", "2026-W09", "2027-W01"):
        commit(store, made(week, f"0190{week[2:4]}{week[-2:]}", "pool"))
    store.fold()
    read: list[str] = []
    for bucket, _, _ in (hits := store.nearest(["pool"], "2026-W04")):
        read.append(bucket)
        if len(read) == 3:
            break
    hits.close()
    assert read == ["2026-W02", "2026-W09", "2025-W50"]
    commit(store, made("2026-W11", "019099", "the lock is free again"))
