"""Write the findings of a spike into a Markdown note of the user's (M14).

The note is made once, before its change is committed, and is the user's from then on: nothing reads it, and
undo leaves it where it is.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence

from techlead_tui.core.edits import Edit, TurnItem
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.items.spike import KIND, note_text
from techlead_tui.core.records import Change, Record
from techlead_tui.planner.decision_files import create_file, slug_of

FOLDER = "spikes"  # in the data folder, unless the user names a path


def prepared(edits: Sequence[Edit], records: Mapping[str, Record], data: str, day: str) -> list[Edit]:
    """Return the edits with a path for each note that is asked for without one.

    A note that is there already is kept. `records` are the open spikes, `day` an ISO date.
    """
    out: list[Edit] = []
    for edit in edits:
        if isinstance(edit, TurnItem) and edit.kind == KIND.id and edit.turn == "findings":
            record = records.get(edit.uid, {})
            given = edit.fields.get("note") or record.get("note")
            name = f"{day}-{slug_of(str(record.get('summary', ''))) or KIND.id}.md"
            path = str(given or os.path.join(data, FOLDER, name))
            if "://" not in path:
                path = os.path.abspath(os.path.expanduser(path))
            edit = edit._replace(fields={**edit.fields, "note": path})
        out.append(edit)
    return out


def write(changes: Sequence[Change], moment: Moment) -> None:
    """Make the notes that the changes name and that are not there yet. DataError: nothing has changed."""
    for change in changes:
        after = change.after if change.table == KIND.table else None
        path = str(after.get("note") or "") if after is not None else ""
        new = path.endswith(".md") and "://" not in path and path != (change.before or {}).get("note")
        if after is not None and new and not os.path.lexists(path):
            create_file(path, note_text(Item(KIND, after), moment))
