"""Find the list dialog of an item kind."""

from __future__ import annotations

from techlead_tui.tui.dialogs.items import ItemListDialog, list_of
from techlead_tui.tui.dialogs.ledger import LedgerDialog
from techlead_tui.tui.dialogs.triage import TriageDialog


def dialog_of(name: str) -> type[ItemListDialog]:
    """Return the dialog of a kind: one of its own, or the one that all kinds share."""
    own: dict[str, type[ItemListDialog]] = {"request": TriageDialog, "series": LedgerDialog}
    return own.get(name) or list_of(name)
