"""Match records by TinyDB's queries: the tables of a bucket, as every reader sees them, are its storage."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, cast

from tinydb import TinyDB
from tinydb.queries import QueryInstance
from tinydb.storages import Storage

from techlead_tui.core.records import Record
from techlead_tui.store.bucket_file import Tables


class ReadingStorage(Storage):
    """Hand TinyDB the tables of one bucket; it writes nothing."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables

    def read(self) -> dict[str, dict[str, Any]]:
        """Return the tables with documents numbered from 1: what names a record is its uid."""
        return {
            name: {str(number): record for number, record in enumerate(records.values(), 1)}
            for name, records in self._tables.items()
        }

    def write(self, _data: dict[str, dict[str, Any]]) -> None:
        raise NotImplementedError("a reading changes nothing")


def matches(tables: Tables, wanted: Any, table: str = "") -> Iterator[tuple[str, Record]]:
    """Yield (table, record) of what a query takes, of one table or of all for ""."""
    test = wanted if isinstance(wanted, QueryInstance) else QueryInstance(wanted, None)
    with TinyDB(tables, storage=ReadingStorage) as db:
        for name in [table] if table else sorted(tables):
            for found in db.table(name).search(test):
                yield name, cast("Record", dict(found))


def holding(words: Sequence[str]) -> QueryInstance:
    """Return the query for records in whose texts all words occur, in any letter case."""
    folded = [word.casefold() for word in words]

    def test(record: Mapping[str, object]) -> bool:
        text = texts(record)
        return all(word in text for word in folded)

    return QueryInstance(test, None)


def named(fragment: str) -> QueryInstance:
    """Return the query for records whose uid starts or ends with a fragment."""

    def test(record: Mapping[str, object]) -> bool:
        uid = str(record["uid"])
        return uid.startswith(fragment) or uid.endswith(fragment)

    return QueryInstance(test, None)


def texts(value: object) -> str:
    """Return all texts in a value, one a line, case-folded."""
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, Mapping):
        value = list(value.values())
    return "\n".join(map(texts, value)) if isinstance(value, list) else ""
