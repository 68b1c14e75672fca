"""`techlead series`: the recurring meetings, what they cost, and what is decided about them (M16)."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.items import COPY, put_list
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import put_json
from techlead_tui.cli.shell import Shell
from techlead_tui.core.items.kit import item_json, json_keys
from techlead_tui.core.items.series import KIND
from techlead_tui.core.words.item_options import add_options
from techlead_tui.planner.items import items_of

COMMAND = Command(
    "series",
    "[ID keep|shorten|async|delegate|drop]",
    KIND.lists,
    (*add_options(KIND), COPY),
    (
        "An ID is what the list shows, or words of the title. Value and effort suggest a decision; --json",
        "says what each decision would win in the next four weeks. shorten and async last for four weeks,",
        "until the review; drop ends a series of your own, and leaves out a box of the week theme; --trial",
        "pauses it.",
    ),
    (
        "techlead series",
        "techlead series 'team sync' --value 3 --effort 1",
        "techlead series 'cross-team' drop --trial 2w",
    ),
)

SERIES: Keys = {
    **json_keys(KIND),
    "wins": "what each decision wins in these weeks: `minutes`, `focus_minutes`, and whether it is `refused`",
}


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when it is refused. UserError."""
    call = asked(COMMAND, args, keep=True)
    if call is None:
        return 0
    if not call.words and not call.literal:
        return _list(shell, call.has("json"))
    from techlead_tui.cli.series_edits import edit_series  # dear, and a list changes nothing

    return edit_series(shell, call)


def _list(shell: Shell, as_json: bool) -> int:
    found = items_of(shell.reader, KIND, replies=as_json)
    if not as_json:
        return put_list(KIND, found, False)
    from techlead_tui.core.series_gain import wins  # dear: each decision is tried

    moment = found.moment
    rows: list[Json] = [
        {**item_json(item, moment), "wins": wins(item.uid, moment)} for item in found.ordered()
    ]
    put_json({**read_json(None, KIND.plural, rows), "footer": KIND.footer(found.items, moment) or None})
    return 0
