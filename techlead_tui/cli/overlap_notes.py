"""Say that a session that was logged lies over another one, with the calls that set it right."""

from __future__ import annotations

from techlead_tui.cli.output import tell, visible
from techlead_tui.config.local_time import here
from techlead_tui.core.records import Record
from techlead_tui.planner.overlaps import overlaps
from techlead_tui.planner.quick_log import QuickLog

MOST = 3  # overlaps that are told one by one


def overlap_notes(quick: QuickLog, logged: Record, moment: int, as_json: bool) -> dict[str, object]:
    """Return `notes` and `fixes` for the answer; without JSON they are told on stderr."""
    running = [quick.running] if quick.running is not None and quick.running["paused"] is None else []
    start, end = str(logged["start"]), str(logged["end"])
    others = [here(record) for record in (*quick.beside, *running)]
    found = overlaps(str(logged["uid"]), start, end, others, moment)
    if as_json:
        fixes = [{"title": what, "words": list(words)} for one in found for what, words in one.fixes]
        return {"notes": [one.message for one in found], "fixes": fixes}
    for one in found[:MOST]:
        title = str(one.record["summary"])
        shown = str if visible(title) == title else visible  # the quotes and dashes of ours are no danger
        tell(f"note: {shown(one.message)}")
        for what, words in one.fixes:
            tell(f"hint: {shown(what)}: techlead {' '.join(words)}")  # ids and times: nothing to quote
    if len(found) > MOST:
        tell(f"note: and {len(found) - MOST} more")
    return {}
