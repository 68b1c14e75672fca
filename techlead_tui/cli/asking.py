"""The words of a command that has options of its own: taken apart, with --json and --help."""

from __future__ import annotations

from techlead_tui.cli.command import Command
from techlead_tui.core.words.options import Call, read_options
from techlead_tui.errors import WordsError


def asked(command: Command, args: list[str], most: int | None = None, *, keep: bool = False) -> Call | None:
    """The call taken apart; None when it asked for help, which is then given.

    WordsError for more words than `most`. `keep` leaves what followed `--` apart from the words.
    """
    call = read_options(args, command.all_options)
    if call.has("help"):
        from techlead_tui.cli.help import print_help

        print_help([command])
        return None
    if keep:
        return call
    call.words += call.literal
    if most is not None and len(call.words) > most:
        extra = call.words[most]
        raise WordsError(
            f"“{extra[:60]}” is one word too many", f"techlead {command.name} {command.words}".rstrip(), extra
        )
    return call
