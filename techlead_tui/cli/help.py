"""`techlead help`, and what `-h` prints."""

from __future__ import annotations

from techlead_tui.cli.command import HELP, JSON, Command
from techlead_tui.cli.json_shapes import read_json
from techlead_tui.cli.output import put, put_json
from techlead_tui.cli.registry import GROUPS, MODULES, NAMES
from techlead_tui.cli.shell import Shell
from techlead_tui.core.words.args import Call, Option, did_you_mean, read_options
from techlead_tui.errors import WordsError


def asked(command: Command, args: list[str], most: int | None = None, *, keep: bool = False) -> Call | None:
    """The call taken apart; None when it asked for help, which is then given.

    WordsError for more words than `most`. `keep` leaves what followed `--` apart from the words.
    """
    call = read_options(args, command.all_options)
    if call.has("help"):
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


COMMANDS = {
    "help": Command(
        "help", "[COMMAND]", "Lists the commands, or explains one.", (), (), ("techlead help add",)
    )
}
HEAD = (
    "techlead keeps a tech lead's week: planned, enforced, and written down.",
    "",
    "  techlead                 opens the week on the screen",
    "  techlead COMMAND ...     does one thing; each has --help, and --json for other programs",
    "",
    "  techlead add wed 14-16 connection pool +code",
    "  techlead log 45m pool fix",
    "  techlead check",
)
CODES = {
    0: "done, or nothing found",
    1: "something was found: a refusal or a warning by lint, anything to repair by doctor or theme check, a "
    "command that failed by tick",
    2: "wrong usage",
    3: "the week refuses: a rule says no, and nothing was written",
    4: "the data or the configuration cannot be used as it is; nothing was written",
    5: "a calendar or its server could not be reached; what was read last is kept",
    70: "internal error; the screen leaves a report in the data folder",
    130: "interrupted",
}


def commands_of(name: str) -> list[Command]:
    """Return the commands of a name: one, or those of a group of verbs (theme)."""
    module = __import__(MODULES[name], fromlist=["COMMANDS"])
    if hasattr(module, "COMMAND"):
        return [module.COMMAND]
    return [command for command in module.COMMANDS.values() if command.name.split()[0] == name]


def run(_name: str, args: list[str], _shell: Shell) -> int:
    call = read_options(args, (JSON, HELP))
    words = call.words
    rows = asked_for(words) if words else [command for name in NAMES for command in commands_of(name)]
    if call.has("json"):
        keys = ("name", "words", "summary")
        put_json(read_json(None, "commands", [{key: getattr(row, key) for key in keys} for row in rows]))
        return 0
    if words:
        print_help(rows)
    else:
        put("\n".join(overview()))
    return 0


def asked_for(words: list[str]) -> list[Command]:
    """Return the commands that `help WORDS` explains: one, or a group of verbs. WordsError."""
    if words[0] not in MODULES:
        raise WordsError(f"there is no command {words[0][:60]}", did_you_mean(words[0], NAMES), words[0])
    found = commands_of(words[0])
    name = " ".join(words)
    named = [command for command in found if name in (command.name, words[0])]
    if not named:
        names = [command.name for command in found]
        raise WordsError(f"there is no command {name[:60]}", did_you_mean(name, names), words[1])
    return named


def overview() -> list[str]:
    lines = list(HEAD)
    for group, names in GROUPS.items():
        lines += ["", group]
        for name in names:
            for command in commands_of(name):
                lines.append(f"  {command.name:<12} {command.summary}")
    return [*lines, "", "exit codes", *(f"  {code:<4}{meaning}" for code, meaning in CODES.items())]


def print_help(commands: list[Command]) -> None:
    put("\n\n".join("\n".join(help_of(command)) for command in commands))


def help_of(command: Command) -> list[str]:
    """Usage, what it does, options and examples."""
    lines = [f"usage: techlead {command.name} {command.words}".rstrip(), "", command.summary]
    lines += command.details
    rows = [(_spelled(option), option.help) for option in command.all_options]
    wide = max(len(left) for left, _ in rows)
    lines += ["", "options"]
    for left, right in rows:
        lines.append(f"  {left:<{wide}}  {right}")
    if command.examples:
        lines += ["", "examples", *(f"  {example}" for example in command.examples)]
    return lines


def _spelled(option: Option) -> str:
    """`-p, --pattern PATTERN`."""
    names = ", ".join(sorted(option.names, key=len))
    return f"{names} {option.value}" if option.value else names
