"""The layout of a journal line: one transaction, in one piece, with its checksum.

    {"seq":12,"format":1,"undo":12,"redo":0,"week":"2026-W47","turn":"do","of":0,"below":11,
     "at":"2026-11-22T11:11:05+00:00","origin":"cli","words":["log","45m"],
     "changes":[["2026-W47","sessions","<uid>",null,{...}]],"sum":"1a2b3c4d"}

`undo` and `redo` are the sequence numbers on top of the two stacks after this line (0: empty), and
`below` is what lies under this line on its own stack: `do` and `redo` lines push themselves on the
first, `undo` lines on the second, others on none. So a transaction needs nothing but the line before
it. `of` is the line that this one turns round (0: none). After its changes, a line of what another
machine changed may have `"gave_way":[...]`: what gave way to what. `sum` is the CRC-32 of all bytes
before `,"sum":`. The order of the first five keys and the checksum are a promise to every later format.
"""

from _collections_abc import Callable
from binascii import crc32

from techlead_tui.core.json_text import encode, encode_text
from techlead_tui.core.records import Change, Record, is_bucket

Step = Callable[[str, str, Record], Record]  # (bucket, table, record) -> the record one format later

STEPS: tuple[tuple[int, Step], ...] = ()  # (the format that a step starts from, the step), in order


def lift(bucket: str, table: str, record: Record, form: int) -> Record:
    """A record of format `form` in today's."""
    for start, step in STEPS:
        if start >= form:
            record = step(bucket, table, record)
    return record


def lift_change(change: Change, form: int) -> Change:
    """A change of format `form` in today's."""
    bucket, table = change.bucket, change.table
    before = change.before and lift(bucket, table, change.before, form)
    after = change.after and lift(bucket, table, change.after, form)
    return Change(bucket, table, change.uid, before, after)


FORMAT = 1
SUM = 18  # length of `,"sum":"1a2b3c4d"}`
FILE_START = b'{"_meta":{"format":'  # of a bucket's file; weekfile.py has the rest


class Head:
    """Hold what the next transaction needs to know of a line."""

    __slots__ = ("format", "redo", "seq", "undo", "week")

    def __init__(self, seq: int, format: int, undo: int, redo: int, week: str) -> None:
        self.seq = seq
        self.format = format
        self.undo = undo
        self.redo = redo
        self.week = week


NOTHING = Head(0, FORMAT, 0, 0, "")


class HistoryEntry:
    """One transaction as it stands in the history.

    `at` is an ISO 8601 moment; `of` the seq that an undo or redo turns round, else None. `turn` is do,
    undo, redo, keep (undo and redo pass over it), rebuild (what a repair found) or compacted (older
    than the undo depth: its before images are dropped). `gave_way` tells, of a transaction that came from
    another machine, which changes gave way to which.
    """

    __slots__ = ("at", "below", "changes", "gave_way", "of", "origin", "seq", "turn", "words")

    def __init__(
        self,
        seq: int,
        at: str,
        words: list[str],
        origin: str,
        turn: str,
        of: int | None,
        below: int,
        changes: list[Change],
        gave_way: list[Record] | None = None,
    ) -> None:
        self.seq = seq
        self.at = at
        self.words = words
        self.origin = origin
        self.turn = turn
        self.of = of
        self.below = below
        self.changes = changes
        self.gave_way = gave_way or []

    def __repr__(self) -> str:
        return f"Entry({self.seq}, {self.turn!r}, {self.words!r}, {len(self.changes)} changes)"


def build(entry: HistoryEntry, undo: int, redo: int, week: str) -> bytes:
    """The line of a transaction, without its line end."""
    changes = [[c.bucket, c.table, c.uid, c.before, c.after] for c in entry.changes]
    body = (
        f'{{"seq":{entry.seq},"format":{FORMAT},"undo":{undo},"redo":{redo},"week":{encode_text(week)}'
        f',"turn":{encode_text(entry.turn)},"of":{entry.of or 0},"below":{entry.below}'
        f',"at":{encode_text(entry.at)},"origin":{encode_text(entry.origin)}'
        f',"words":{encode(entry.words)},"changes":{encode(changes)}'
    ).encode()
    if entry.gave_way:
        body += b',"gave_way":' + encode(entry.gave_way).encode()
    return summed(body)


def summed(body: bytes) -> bytes:
    """Return a line from all of it that stands before its checksum."""
    return body + b',"sum":"%08x"}' % crc32(body)


def whole(line: bytes) -> bool:
    """Tell whether a line is as it was written."""
    body = line[:-SUM]
    return line[-SUM:] == b',"sum":"%08x"}' % crc32(body) and body.startswith(b'{"seq":')


def seq_of(line: bytes) -> int:
    """The sequence number of a whole line."""
    return int(line[7 : line.index(b",")])


def moment_of(line: bytes) -> str | None:
    """Return the moment that a line's first bytes name, whole or not; None when they name none."""
    _, found, rest = line.partition(b',"at":"')
    text, end, _ = rest.partition(b'"')
    return text.decode("ascii", "replace") if found and end and line.startswith(b'{"seq":') else None


def format_of(line: bytes) -> int:
    """The format that a line's first bytes name, whole or not; 0 when they name none."""
    _, found, rest = b"".join(line[:64].split()).partition(b',"format":')
    return leading_number(rest) if found and line.startswith(b'{"seq":') else 0


def file_format(head: bytes) -> int:
    """The format that a bucket file's first bytes name; -1 when they are not a file's of ours.

    Blanks are passed over: a newer program, or a person, may lay the file out in another way.
    """
    head = b"".join(head[:64].split())
    return leading_number(head[len(FILE_START) :]) if head.startswith(FILE_START) else -1


def file_seq(head: bytes) -> int:
    """The last transaction that a bucket file's first bytes name, unchecked; -1 when they name none."""
    return leading_number(head.partition(b',"seq":')[2])


def file_weeks(head: bytes) -> bytes:
    """The checksum of the week files that the first bytes of open.json name, unchecked; empty for none."""
    return head.partition(b',"weeks":"')[2][:8]


def leading_number(text: bytes) -> int:
    digits = text.split(b",")[0]
    return int(digits) if digits.isdigit() else -1


def head(line: bytes) -> Head:
    """The head of a whole line."""
    seq, form, undo, redo, week, _ = line.split(b",", 5)
    return Head(seq_of(seq + b","), int(form[9:]), int(undo[7:]), int(redo[7:]), week[8:-1].decode())


def parse(line: bytes) -> HistoryEntry:
    """The transaction of a whole line, without the changes to what is no bucket: a mistake."""
    from techlead_tui.core.json_text import decode

    value = decode(line.decode())
    assert isinstance(value, dict)
    changes = [Change(*change) for change in value["changes"] if is_bucket(change[0])]
    if value["format"] < FORMAT:
        changes = [lift_change(change, value["format"]) for change in changes]
    return HistoryEntry(
        value["seq"],
        value["at"],
        value["words"],
        value["origin"],
        value["turn"],
        value["of"] or None,
        value["below"],
        changes,
        value.get("gave_way"),
    )
