"""`techlead types`: the block types, what each counts as, and its limits."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.shell import Shell
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.lengths import length
from techlead_tui.render.text import fit

COMMAND = Command(
    "types",
    "",
    "Lists the types of blocks: what they are, what they count as, and their limits.",
    (),
    (
        "A type is written +TYPE: techlead add wed 14-16 connection pool +code. Limits are those of this",
        "week's theme. A file playbook/types.toml in your configuration adds types or changes them.",
    ),
    ("techlead types", "techlead types --json"),
)
TYPE: Keys = {
    "id": "what is written after +",
    "title": "its name",
    "kind": "what a block of it is: deep_work, meeting, window, async, planning or leave",
    "category": "what it counts as: hands_on, mentorship, communication or other",
    "worth_it": "whether it is worth a meeting",
    "bucket": "meetings, tracking, people or showing_up: where it goes in the split, or null",
    "meeting_limit_minutes": "the longest that one may be in this week's theme, or null",
    "week_limit_minutes": "the most that it may take in a week, or null",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0. UserError."""
    call = asked(COMMAND, args, 0)
    if call is None:
        return 0
    week = IsoWeek.of(shell.today)
    limits = shell.reader.snapshot(week).theme_of(week).limits
    rows: list[Json] = [
        {
            **one._asdict(),
            "meeting_limit_minutes": limits.meeting.get(one.id),
            "week_limit_minutes": limits.weekly.get(one.id),
        }
        for one in shell.reader.library.types().values()
    ]
    if call.has("json"):
        put_json(read_json(None, "types", rows))
        return 0
    wide = max((len(row["id"]) for row in rows), default=0)
    named = max((len(visible(row["title"])) for row in rows), default=0)
    for worth_it in (True, False):
        for row in (row for row in rows if row["worth_it"] == worth_it):
            what = f"{row['kind']}, {row['category']}".replace("_", "-")
            at_most = [
                f"{length(row[key])} {of}"
                for key, of in (("meeting_limit_minutes", "at most"), ("week_limit_minutes", "a week"))
                if row[key]
            ]
            tail = [*at_most, *([] if worth_it else ["avoid"])]
            line = f"+{row['id']:<{wide}}  {fit(visible(row['title']), named)}  {what:<26}  {', '.join(tail)}"
            put(line.rstrip())
    return 0
