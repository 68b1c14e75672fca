"""`techlead completions`: what the shell's tab key offers."""

from __future__ import annotations

from collections.abc import Callable

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked, commands_of
from techlead_tui.cli.ids import short_id, shown_id
from techlead_tui.cli.output import put, put_json, quoted
from techlead_tui.cli.registry import NAMES
from techlead_tui.cli.shell import Shell
from techlead_tui.core.theme import KINDS
from techlead_tui.core.words.args import Option, did_you_mean
from techlead_tui.core.words.planning import FLAGS, kind_tag
from techlead_tui.errors import WordsError
from techlead_tui.planner.recent_names import recent_names


def themes(shell: Shell) -> list[str]:
    """The ids of the week themes."""
    return shell.reader.library.theme_ids()


def tags(shell: Shell) -> list[str]:
    """Types, kinds and flags as `+tags`."""
    return [f"+{name}" for name in (*shell.reader.library.types(), *map(kind_tag, KINDS), *FLAGS)]


def people(shell: Shell) -> list[str]:
    """Who took part in something of late, the last one met first, as far as a name is one word."""
    found = recent_names(shell.reader).people
    return [f"@{name}" for name in found if len(name.split()) == 1]


def ids(shell: Shell) -> list[str]:
    """This week's blocks and sessions, as `techlead week` shows them."""
    this = shell.this_week
    week = shell.reader.snapshot(this).week(this)
    blocks = [shown_id(block, this) for block in week.blocks]
    return [*blocks, *(short_id(session.uid) for session in week.sessions)]


KNOWN: dict[str, Callable[[Shell], list[str]]] = {
    "themes": themes,
    "tags": tags,
    "people": people,
    "ids": ids,
}


SHELLS = ("bash", "zsh", "fish")
WORD_KINDS = ("themes", "tags", "people", "ids")  # see known_words
COMMAND = Command(
    "completions",
    "bash|zsh|fish",
    "Prints the completion script of a shell.",
    (Option(("--known",), "print the words of one kind, as the scripts ask for them", "KIND", WORD_KINDS),),
    (
        'bash: eval "$(techlead completions bash)" in ~/.bashrc',
        'zsh:  eval "$(techlead completions zsh)" in ~/.zshrc, after compinit',
        "fish: techlead completions fish > ~/.config/fish/completions/techlead.fish",
    ),
    ("techlead completions bash",),
)
WEEKS = ("this", "next", "last")
PLACES: dict[str, tuple[str, ...]] = {  # words that may follow a command
    "week": WEEKS,
    "lint": WEEKS,
    "sessions": (*WEEKS, "all"),
    "check": (*WEEKS, "all"),
    "day": ("today", "tomorrow", "leave", "on-call", "normal"),
    "theme": ("show", "use", "new", "check", *WEEKS),
    "completions": SHELLS,
    "help": NAMES,
}
ASKED: dict[str, tuple[str, ...]] = {  # kinds of words that may follow a command, known only by asking
    "add": ("tags", "people"),
    "free": ("tags",),
    "move": ("ids",),
    "edit": ("ids", "tags", "people"),
    "rm": ("ids",),
    "done": ("ids",),
}
AFTER = {"theme": {"show": "themes", "use": "themes", "check": "themes"}}  # the same, after a verb


def run(_name: str, args: list[str], known_to: Shell) -> int:
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    kind = call.value("known")
    if kind is not None:
        return _known(kind, known_to, as_json=call.has("json"))
    shell = call.words[0].lower() if call.words else ""
    if shell not in SHELLS:
        raise WordsError(
            f"“{shell[:60]}” is no shell that is known" if shell else "which shell?",
            did_you_mean(shell, SHELLS),
            shell,
        )
    script = {"bash": bash, "zsh": zsh, "fish": fish}[shell]()
    if call.has("json"):
        put_json({"schema": 1, "week": None, "completions": {"shell": shell, "script": script}})
    else:
        put(script)
    return 0


def _known(kind: str, shell: Shell, *, as_json: bool) -> int:

    words = KNOWN[kind](shell)
    if as_json:
        put_json({"schema": 1, "week": None, "words": words})
    elif words:
        put("\n".join(words))
    return 0


def options(name: str) -> list[Option]:
    """The options of all that is known by a name, each once."""
    found = {option.names: option for command in commands_of(name) for option in command.all_options}
    return list(found.values())


def offered(name: str) -> list[str]:
    """The words and options that may follow a command."""
    return [
        *PLACES.get(name, ()),
        *(one for option in options(name) for one in option.names if one.startswith("--")),
    ]


def bash() -> str:
    lines = [
        '_techlead_known() { "${COMP_WORDS[0]}" completions --known "$1" 2>/dev/null; }',
        "_techlead() {",
        '    local word="${COMP_WORDS[COMP_CWORD]}" before="${COMP_WORDS[COMP_CWORD-1]}" offered',
        '    if [ "$COMP_CWORD" -eq 1 ]; then',
        f"        offered={quoted([' '.join(NAMES)])}",
        "    else",
        '        case "${COMP_WORDS[1]}:$before" in',
    ]
    for name in NAMES:
        for option in options(name):
            if option.choices:
                pattern = "|".join(f"{name}:{one}" for one in option.names)
                lines.append(f"            {pattern}) offered={quoted([' '.join(option.choices)])} ;;")
        for before, kind in AFTER.get(name, {}).items():
            lines.append(f"            {name}:{before}) offered=$(_techlead_known {kind}) ;;")
        if "people" in ASKED.get(name, ()):  # bash takes @ for a word of its own
            lines.append(
                f'            {name}:@) offered=$(_techlead_known people); offered="${{offered//@/}}" ;;'
            )
        asks = "".join(f'" $(_techlead_known {kind})"' for kind in ASKED.get(name, ()))
        lines.append(f"            {name}:*) offered={quoted([' '.join(offered(name))])}{asks} ;;")
    lines += [
        "            *) offered='' ;;",
        "        esac",
        "    fi",
        '    COMPREPLY=($(compgen -W "$offered" -- "$word"))',
        "}",
        "complete -o default -F _techlead techlead tl",
    ]
    return "\n".join(lines)


def zsh() -> str:
    lines = ["#compdef techlead tl", "_techlead() {", "    local -a commands offered", "    commands=("]
    for name in NAMES:
        summary = commands_of(name)[0].summary.replace(":", "\\:")
        lines.append("        " + quoted([f"{name}:{summary}"]))
    lines += [
        "    )",
        "    if (( CURRENT == 2 )); then",
        "        _describe command commands",
        "        return",
        "    fi",
        "    case $words[2] in",
    ]
    for name in NAMES:
        asks = "".join(f" {_asked_in_zsh(kind)}" for kind in ASKED.get(name, ()))
        lines.append(f"        {name}) offered=({quoted(offered(name))}{asks}) ;;")
    lines += ["    esac", '    case "$words[2] $words[CURRENT-1]" in']
    for name in NAMES:
        for option in options(name):
            if option.choices:
                pattern = "|".join(quoted([f"{name} {one}"]) for one in option.names)
                lines.append(f"        {pattern}) offered=({quoted(option.choices)}) ;;")
        for before, kind in AFTER.get(name, {}).items():
            lines.append(f"        {quoted([f'{name} {before}'])}) offered=({_asked_in_zsh(kind)}) ;;")
    lines += ["    esac", "    compadd -a offered", "    _files", "}", "compdef _techlead techlead tl"]
    return "\n".join(lines)


def _asked_in_zsh(kind: str) -> str:
    return f'${{(f)"$($words[1] completions --known {kind} 2>/dev/null)"}}'


def fish() -> str:
    lines = []
    for program in ("techlead", "tl"):
        alone = "-n __fish_use_subcommand"
        for name in NAMES:
            lines.append(
                f"complete -c {program} -f {alone} -a {name} -d {quoted([commands_of(name)[0].summary])}"
            )
        for name in NAMES:
            where = f"-n {quoted([f'__fish_seen_subcommand_from {name}'])}"
            if name in PLACES:
                lines.append(f"complete -c {program} -f {where} -a {quoted([' '.join(PLACES[name])])}")
            for kind in ASKED.get(name, ()):
                lines.append(f"complete -c {program} -f {where} -a {_asked_in_fish(program, kind)}")
            for before, kind in AFTER.get(name, {}).items():
                after = f"__fish_seen_subcommand_from {name}; and __fish_prev_arg_in {before}"
                lines.append(
                    f"complete -c {program} -f -n {quoted([after])} -a {_asked_in_fish(program, kind)}"
                )
            for option in options(name):
                lines.append(f"complete -c {program} {where} {_fish_option(option)}")
    return "\n".join(lines)


def _asked_in_fish(program: str, kind: str) -> str:
    return quoted([f"({program} completions --known {kind} 2>/dev/null)"])


def _fish_option(option: Option) -> str:
    parts = [f"-l {one[2:]}" if one.startswith("--") else f"-s {one[1:]}" for one in option.names]
    if option.value:
        parts.append("-r")
    if option.choices:
        parts.append(f"-f -a {quoted([' '.join(option.choices)])}")
    return " ".join([*parts, "-d", quoted([option.help])])
