"""Let a document that takes another one's place say so, too (M7)."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence

from techlead_tui.core.edits import Edit, EditItem, TurnItem
from techlead_tui.core.items.decision import KIND
from techlead_tui.core.items.kit import Item
from techlead_tui.errors import UserError
from techlead_tui.planner.items import item_named
from techlead_tui.planner.reader import Reader


def both_ways(
    reader: Reader, edits: Sequence[Edit], named: Callable[[str], Item] | None = None
) -> list[Edit]:
    """Return the edits with what supersedes a document told of it, and named by its file. UserError.

    `named` finds a document by what the user wrote: its ID, or words of its title.
    """
    out: list[Edit] = []
    for edit in edits:
        text = edit.fields.get("superseded_by") if isinstance(edit, TurnItem) else None
        if not isinstance(edit, TurnItem) or edit.kind != KIND.id or not text:
            out.append(edit)
            continue
        old = item_named(reader, KIND, edit.uid)
        new = named(str(text)) if named is not None else item_named(reader, KIND, str(text))
        if new.uid == old.uid:
            raise UserError("a document cannot take its own place", "name the new one by its ID")
        names = [os.path.basename(str(item.get("path"))) for item in (old, new)]
        out.append(EditItem(KIND.id, new.uid, {"supersedes": names[0]}, None, new.bucket))
        out.append(edit._replace(fields={**edit.fields, "superseded_by": names[1]}))
    return out
