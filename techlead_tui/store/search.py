"""Records found over all weeks: bytes are searched first, and only lines that may match are parsed."""

from _collections_abc import Callable, Iterator

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.json_text import encode_text
from techlead_tui.core.records import Record
from techlead_tui.store import bucket_file, fs, journal
from techlead_tui.store.folder import OPEN
from techlead_tui.store.transaction import View

Found = tuple[str, str, Record]  # bucket, table, record
Wanted = Callable[[Record], bool]  # a TinyDB query is one


def search(view: View, wanted: list[str] | Wanted) -> list[Found]:
    """The records whose texts hold all words, whatever their case; or those that a query takes."""
    if not isinstance(wanted, list):
        return [one for one in candidates(view, []) if wanted(one[2])]
    return list(holding(view, wanted))


def holding(view: View, words: list[str], near: str | None = None) -> Iterator[Found]:
    """The records whose texts hold all words, one week after the other; those nearest to a week first."""
    folded = [word.casefold() for word in words]
    for one in candidates(view, folded, near):
        text = texts(one[2])
        if all(word in text for word in folded):
            yield one


def find_uid(view: View, fragment: str) -> list[tuple[str, str, str]]:
    """The records whose uid starts or ends with a fragment."""
    found = []
    for bucket, table, record in candidates(view, [fragment.casefold()]):
        uid = str(record["uid"])
        if uid.startswith(fragment) or uid.endswith(fragment):
            found.append((bucket, table, uid))
    return found


def texts(value: object) -> str:
    """All texts in a value, one a line, case-folded."""
    if isinstance(value, str):
        return value.casefold()
    if isinstance(value, dict):
        value = list(value.values())
    return "\n".join(map(texts, value)) if isinstance(value, list) else ""


def candidates(view: View, words: list[str], near: str | None = None) -> Iterator[Found]:
    """Every record that may hold all words (case-folded), and some that do not; `open` comes last."""
    needles = [encode_text(word)[1:-1] for word in words]
    folded = view.folded()
    laid = {change.bucket for one in view.lines() for change in journal.parse(one).changes}
    weeks = sorted({*folded, *laid} - {OPEN})
    if near is not None:
        weeks.sort(key=lambda week: abs(_monday(week) - _monday(near)))
    for bucket in [*weeks, OPEN]:
        data = None if bucket in laid or not needles else fs.read_file(view.folder.file(bucket))
        if data is not None and bucket_file.intact(data):
            yield from in_lines(bucket, data.decode(), needles)
        else:
            for table, records in view.records(bucket).items():
                for record in records.values():
                    yield bucket, table, record


def _monday(week: str) -> int:
    return IsoWeek.parse(week).monday.toordinal()


def in_lines(bucket: str, text: str, needles: list[str]) -> Iterator[Found]:
    low = text.casefold()
    if not all(needle in low for needle in needles):
        return
    table = ""
    for one, folded in zip(text.split("\n"), low.split("\n"), strict=True):
        if name := bucket_file.table_of(one):
            table = name
        elif all(needle in folded for needle in needles) and (record := bucket_file.record_of(one)):
            yield bucket, table, record
