"""`techlead series`: the recurring meetings, what they cost, and what is decided about them (M16)."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.cli.edit_result import planner_of
from techlead_tui.cli.help import asked
from techlead_tui.cli.items import carry_out_item, put_list
from techlead_tui.cli.shell import Shell
from techlead_tui.core.items.series import KIND
from techlead_tui.core.words.items import EDIT, add_options, read_turn
from techlead_tui.planner.items import item_named, items_of

COMMAND = Command(
    "series",
    "[ID keep|shorten|async|delegate|drop]",
    KIND.lists,
    add_options(KIND),
    (
        "An ID is what the list shows, or words of the title. Value and effort propose a decision; --json",
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


def run(_name: str, args: list[str], shell: Shell) -> int:
    """0, or 3 when it is refused. UserError."""
    call = asked(COMMAND, args, keep=True)
    if call is None:
        return 0
    if not call.words and not call.literal:
        return put_list(KIND, items_of(shell.reader, KIND), call.has("json"))
    planner = planner_of(shell)
    if (
        len(call.words) == 1
        and not call.literal
        and (call.has("value") or call.has("effort") or call.has("role"))
    ):
        call.words.append(EDIT)
    reading = read_turn(KIND, call, lambda text: item_named(planner, KIND, text), shell.today)
    return carry_out_item(shell, KIND, reading, call)
