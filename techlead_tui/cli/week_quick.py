"""`techlead week --json` from what is kept: the plan as JSON text, and the sessions as they are now.

None of it where a person reads, or where the week is named in a way that needs a calendar.
"""

from __future__ import annotations

from techlead_tui.cli.kept import WEEK_CACHE, load
from techlead_tui.cli.output import is_terminal, put, stdout_encoding
from techlead_tui.cli.session_json import session_json
from techlead_tui.cli.sessions import records_of
from techlead_tui.config import local_time
from techlead_tui.config.paths import Folders
from techlead_tui.core.json_text import encode
from techlead_tui.planner.quick_log import QuickLog


def answered(args: list[str], folders: Folders, clock: local_time.Clock) -> bool:
    """Answer the call if the cache can, and tell whether it could. DataError."""
    words = [arg for arg in args if arg != "--json"]
    if len(args) == len(words) or len(words) > 1 or is_terminal() or not stdout_encoding().startswith("utf"):
        return False
    week = local_time.week(clock.moment()) if not words or words[0] == "this" else words[0]
    quick = QuickLog(folders, clock)
    lines = load(quick, WEEK_CACHE)
    if not lines or lines[0][:2] != ["week", week]:
        return False
    sessions = [session_json(record) for record in records_of(quick, week)]
    if quick.notices:
        return False
    put(joined(lines[0][2], sessions))
    return True


def joined(plan: str, sessions: list[dict[str, object]]) -> str:
    """The plan, an object's text, with the sessions in it."""
    return f'{plan[:-1]},"sessions":{encode(sessions)}}}'
