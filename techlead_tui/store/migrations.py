"""How records of older formats become today's: one step a format, applied to each record.

Files and journal lines name the format that they were written in; what is older is lifted as it is
read, and written in today's format when it is next written (a copy is kept). To change the format:
add one step here, raise FORMAT in `line.py`, and give it a test and a changelog entry.
"""

from collections.abc import Callable

from techlead_tui.core.records import Change, Record

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
