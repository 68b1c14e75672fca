"""The layout of a bucket's file: a TinyDB file with one record a line and a checksum.

    {"_meta":{"format":1,"seq":12,"sum":"1a2b3c4d"},
    "sessions":{
    "12000000":{"uid":"...","start":"...",...},
    "12000001":{...}}}

`seq` is the last transaction that the file holds; `sum` is the CRC-32 of all bytes but itself; open.json
has `"weeks":"1a2b3c4d"` before it, the checksum of which week files there are. A
document's id is made of the sequence that brought the record, so it never comes back; what names a
record is its "uid". Any TinyDB opens the file for reading.
"""

from binascii import crc32

from techlead_tui import errors
from techlead_tui.core.json_text import decode, encode, encode_text
from techlead_tui.core.records import Record
from techlead_tui.store.journal import FILE_START, FORMAT, file_format, file_seq

Tables = dict[str, dict[str, Record]]  # {table: {document id: record}} in a file, else {table: {uid: record}}

IDS = 1_000_000  # document ids a transaction


class BucketContents:
    """A bucket's file as read."""

    __slots__ = ("format", "seq", "tables")

    def __init__(self, seq: int, form: int, tables: Tables) -> None:
        self.seq = seq
        self.format = form
        self.tables = tables


def dump(seq: int, tables: Tables, weeks: bytes = b"") -> bytes:
    """A file's bytes; `tables` by document id, `weeks` the checksum that open.json keeps."""
    body = []
    for name, records in tables.items():
        if records:
            lines = ",\n".join(f'"{i}":{encode(records[i])}' for i in sorted(records, key=int))
            body.append(f",\n{encode_text(name)}:{{\n{lines}}}")
    text = "".join(body).encode() + b"}\n"
    start = FILE_START + b'%d,"seq":%d' % (FORMAT, seq)
    if weeks:
        start += b',"weeks":"%s"' % weeks
    return start + b',"sum":"%08x"}' % crc32(text, crc32(start)) + text


def load(data: bytes, bucket: str, name: str) -> BucketContents | None:
    """A file's records, lifted to today's format; None when it is damaged.

    DataError for a newer format, whatever the checksum says.
    """
    found = file_format(data)
    if found > FORMAT:
        raise errors.newer(name, found, FORMAT)
    if not intact(data):
        value = attempt(data)
        meta = value.get("_meta")
        if isinstance(meta, dict) and isinstance(form := meta.get("format"), int) and form > FORMAT:
            raise errors.newer(name, form, FORMAT)
        return None
    value = attempt(data)
    meta = value.pop("_meta")
    assert isinstance(meta, dict)
    tables: Tables = value  # type: ignore[assignment]  # what the checksum covers was written by dump
    if found < FORMAT:
        from techlead_tui.store.journal import lift

        tables = {t: {i: lift(bucket, t, r, found) for i, r in rs.items()} for t, rs in tables.items()}
    return BucketContents(meta["seq"], found, tables)


def intact(data: bytes) -> bool:
    """Tell whether a file of today's or an older format is as it was written."""
    start, _, rest = data.partition(b',"sum":"')
    good = rest[:10] == b'%08x"}' % crc32(rest[10:], crc32(start))
    return good and 0 <= file_format(data) <= FORMAT


def seq_without(data: bytes, table: str) -> int | None:
    """The last transaction in an intact file of today's format that has no such table; None for any other."""
    if f"\n{encode_text(table)}:{{\n".encode() in data or file_format(data) != FORMAT or not intact(data):
        return None
    return file_seq(data)


def attempt(data: bytes) -> dict[str, object]:
    """The JSON object in some bytes; {} when there is none."""
    try:
        return parse(data.decode())
    except UnicodeDecodeError:
        return {}


def parse(text: str) -> dict[str, object]:
    """The JSON object in a text; {} when there is none."""
    try:
        value = decode(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def by_uid(tables: Tables) -> Tables:
    """A file's tables keyed by uid instead of document id."""
    return {t: {str(r["uid"]): r for r in rs.values()} for t, rs in tables.items()}


def salvage(data: bytes) -> Tables:
    """The records, by uid, that a damaged file still holds."""
    tables: Tables = {}
    for name, records in attempt(data).items():  # well-formed, yet not as it was written
        if name != "_meta" and isinstance(records, dict):
            for record in records.values():
                keep(tables, name, record)
    if tables:
        return tables
    name = ""
    for raw in data.split(b"\n"):
        line = raw.decode(errors="replace")
        name = table_of(line) or name
        if name and "\ufffd" not in line and (record := record_of(line)):
            keep(tables, name, record)
    return tables


def table_of(line: str) -> str:
    """The table that starts in a file's line, or ""."""
    return line[1:-3] if line.startswith('"') and line.endswith('":{') else ""


def record_of(line: str) -> Record:
    """The record in a file's line; {} when there is none."""
    if not line.startswith('"'):
        return {}
    text = line.partition(":")[2].rstrip(",")
    for end in range(3):  # a table's last record carries its brackets
        if value := parse(text[: len(text) - end]):
            return value
    return {}


def keep(tables: Tables, name: str, record: object) -> None:
    if isinstance(record, dict) and isinstance(uid := record.get("uid"), str):
        tables.setdefault(name, {})[uid] = record
