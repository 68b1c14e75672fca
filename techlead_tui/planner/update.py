"""Read what the status update is drafted from (M9)."""

from __future__ import annotations

from techlead_tui.core.edits import AddItem, Edit, WriteUpdate
from techlead_tui.core.items import outcome
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.period import Period
from techlead_tui.core.update import Update, draft
from techlead_tui.core.update_text import Outline, outline_of, read_back
from techlead_tui.planner.reader import Reader
from techlead_tui.planner.retrospect import retrospect

BACK = 4  # weeks before, in which windows closed over questions that are still open
TEMPLATE = "update"  # id in the playbook


def update_of(reader: Reader, period: Period) -> Update:
    """Return the status update of a period as it can be drafted now. DataError."""
    first, last = period.weeks[0], period.weeks[-1]
    around = [*(first.shift(-weeks) for weeks in range(BACK, 0, -1)), *period.weeks, last.shift(1)]
    found = retrospect(reader, around)
    evidence = found.evidence.between(period.first, last.shift(1).monday)
    return draft(Moment(found.snapshot, found.now), period, evidence)


def update_outline(reader: Reader) -> Outline:
    """Return the headings of the update, as the playbook's template has them. DataError."""
    return outline_of(reader.playbook()[TEMPLATE].fields["text"][0])


def post_edits(reader: Reader, update: Update, text: str) -> list[Edit]:
    """Return the edits that keep a post: its text with the effects, and the outcomes that it names."""
    written = read_back(text, update, update_outline(reader))
    fields: dict[str, object] = {"text": text.strip()}
    if written.effects:
        fields["effects"] = dict(written.effects)
    edits: list[Edit] = [WriteUpdate(update.period.weeks[0], fields)]
    known = {line.title.casefold() for line in update.ahead}
    week = str(update.period.weeks[-1].shift(1))
    free = outcome.MOST - sum(not line.title.startswith("Away ") for line in update.ahead)
    new = [line for line in written.ahead if line.casefold() not in known]
    edits += [AddItem("outcome", line, {"week": week}) for line in new[: max(0, free)]]
    return edits
