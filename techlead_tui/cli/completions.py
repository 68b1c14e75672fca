"""`techlead completions`: what the shell's tab key offers.

The scripts know nothing themselves: at each tab they ask `techlead completions --complete WORDS...`, which
the help does not list. It gets the words after the program's name, the unfinished one (or an empty one) last,
and prints a candidate a line, with a tab and a few words about it where there is something to say.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked, commands_of
from techlead_tui.cli.items import BY_COMMAND
from techlead_tui.cli.output import put, put_json, visible
from techlead_tui.cli.registry import NAMES
from techlead_tui.cli.repos import name_of
from techlead_tui.cli.shell import Shell
from techlead_tui.core.ids import short_id
from techlead_tui.core.items.kinds import kind_of
from techlead_tui.core.items.kit import ItemKind
from techlead_tui.core.text import shown_id
from techlead_tui.core.theme import DAY_KINDS, KINDS
from techlead_tui.core.words.args import Option, did_you_mean
from techlead_tui.core.words.item_options import EDIT, REMOVE
from techlead_tui.core.words.planning import FLAGS, kind_tag
from techlead_tui.core.words.units import NEAR, WEEKDAYS
from techlead_tui.errors import UserError, WordsError
from techlead_tui.planner.items import open_items
from techlead_tui.planner.recent_names import recent_names


def themes(shell: Shell) -> list[str]:
    """Return the ids of the week themes."""
    return shell.reader.library.theme_ids()


def types(shell: Shell) -> list[str]:
    """Return the ids of the types."""
    return list(shell.reader.library.types())


def tags(shell: Shell) -> list[str]:
    """Return types, kinds and flags as `+tags`."""
    return [f"+{name}" for name in (*types(shell), *map(kind_tag, KINDS), *FLAGS)]


def names(shell: Shell) -> list[str]:
    """Return who took part in something lately, the last one met first, where a name is one word."""
    return [name for name in recent_names(shell.reader).people if len(name.split()) == 1]


def people(shell: Shell) -> list[str]:
    """Return those people as `@names`."""
    return [f"@{name}" for name in names(shell)]


def ids(shell: Shell) -> list[str]:
    """Return the ids of this week's blocks and sessions, as `techlead week` shows them."""
    this = shell.this_week
    week = shell.reader.snapshot(this).week(this)
    blocks = [shown_id(block, this) for block in week.blocks]
    return [*blocks, *(short_id(session.uid) for session in week.sessions)]


def calendars(shell: Shell) -> list[str]:
    """Return the names of the calendars that are read."""
    return [source.name for source in shell.reader.settings.sources]


def texts(shell: Shell) -> list[str]:
    """Return the ids of the playbook's entries."""
    return list(shell.reader.playbook())


def objections(shell: Shell) -> list[str]:
    """Return the ids of the objections that have an answer."""
    return [entry.id for entry in shell.reader.playbook().values() if entry.kind == "objection"]


def replies(shell: Shell) -> list[str]:
    """Return the ids of the replies."""
    return [entry.id for entry in shell.reader.playbook().values() if entry.kind == "reply"]


def repositories(shell: Shell) -> list[str]:
    """Return the names of the repositories that commits are read from."""
    from techlead_tui.planner.repositories import sources

    return [name_of(seen) for seen in sources(shell.folders)]


Source = Callable[[Shell], list[str]] | tuple[str, ...]
KNOWN: dict[str, Callable[[Shell], list[str]]] = {
    "themes": themes,
    "tags": tags,
    "people": people,
    "ids": ids,
}
SIGNS: dict[Source, str] = {tags: "+", people: "@"}  # what all words of a source begin with
SHELLS = ("bash", "zsh", "fish")
WEEKS = ("this", "next", "last")
DAYS = (*NEAR, *(name[:3] for name in WEEKDAYS))
FOLLOWING: dict[str, tuple[Source, ...]] = {  # words that may follow a command
    "week": (WEEKS,),
    "lint": (WEEKS,),
    "sessions": (WEEKS, ("all",)),
    "repos": (("add", "rm", "scan"),),
    "repos add": (),
    "repos rm": (repositories,),
    "repos scan": (),
    "check": (WEEKS, ("all",)),
    "free": (tags, WEEKS),
    "add": (tags, people, DAYS),
    "move": (ids, DAYS),
    "edit": (ids, tags, people),
    "rm": (ids,),
    "done": (ids,),
    "day": (DAYS, DAY_KINDS),
    "theme": (("show", "use", "new", "check"), WEEKS),
    "theme show": (themes,),
    "theme use": (themes, WEEKS),
    "theme new": (),
    "theme check": (themes,),
    "no": (ids, DAYS),
    "source": (("add", "list", "rm", "publish", "rules"),),
    "source rm": (calendars,),
    "playbook": (texts, ("check",)),
    "playbook check": (),
    "completions": (SHELLS,),
    "help": (NAMES,),
}
VALUES: dict[tuple[str, str], Source] = {  # what an option's value may be, where the option does not list it
    ("theme new", "--from"): themes,
    ("theme use", "--from"): WEEKS,
    ("add", "--with"): names,
    ("edit", "--with"): names,
    ("edit", "--type"): types,
    ("edit", "--merge"): ids,
    ("start", "--block"): ids,
    ("no", "--by"): DAYS,
    ("no", "--objection"): objections,
    ("no", "--reply"): replies,
}
COMMAND = Command(
    "completions",
    "bash|zsh|fish",
    "Prints the completion script of a shell.",
    (Option(("--known",), "print the words of one kind: themes, tags, people or ids", "KIND", tuple(KNOWN)),),
    (
        'bash: eval "$(techlead completions bash)" in ~/.bashrc',
        'zsh:  eval "$(techlead completions zsh)" in ~/.zshrc, after compinit',
        "fish: techlead completions fish > ~/.config/fish/completions/techlead.fish",
    ),
    ("techlead completions bash",),
)
SCRIPTS = {
    "bash": r"""
_techlead() {
    local line="${COMP_LINE:0:COMP_POINT}" IFS=$' \t\n' word words
    word="${line##*[$IFS]}"
    read -ra words <<< "${line%"$word"}"
    IFS=$'\n'
    COMPREPLY=($("${words[0]}" completions --complete "${words[@]:1}" "$word" 2>/dev/null))
    COMPREPLY=("${COMPREPLY[@]%%$'\t'*}")
    # bash replaces only what follows the last @, = or :
    COMPREPLY=("${COMPREPLY[@]#"${word%"${word##*["$COMP_WORDBREAKS"]}"}"}")
}
complete -o default -F _techlead techlead tl
""",
    "zsh": r"""
#compdef techlead tl
_techlead() {
    local tab=$'\t'
    local -a offered
    offered=(${(f)"$($words[1] completions --complete "${(@)words[2,CURRENT]}" 2>/dev/null)"})
    offered=(${offered//:/\\:})
    offered=(${offered//$tab/:})
    _describe techlead offered || _files
}
compdef _techlead techlead tl
""",
    "fish": r"""
function __techlead_complete
    set -l words (commandline -opc)
    set -l word (commandline -ct)
    set -e words[1]
    set -l offered (techlead completions --complete $words "$word" 2>/dev/null)
    if set -q offered[1]
        printf '%s\n' $offered
    else
        __fish_complete_path "$word"
    end
end
complete -c techlead -f -a '(__techlead_complete)'
complete -c tl -f -a '(__techlead_complete)'
""",
}


def run(_name: str, args: list[str], known_to: Shell) -> int:
    if args[:1] == ["--complete"]:
        return _complete(args[1:], known_to)
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    kind = call.value("known")
    if kind is not None:
        return _known(kind, known_to, as_json=call.has("json"))
    shell = call.words[0].lower() if call.words else ""
    if shell not in SHELLS:
        raise WordsError(
            f"unknown shell “{shell[:60]}”" if shell else "which shell?",
            did_you_mean(shell, SHELLS),
            shell,
        )
    script = SCRIPTS[shell].strip()
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


def _complete(words: list[str], shell: Shell) -> int:
    """Print what the last word may become."""
    *before, word = words or [""]
    found = {text: about for text, about in candidates(before, word, shell) if text.startswith(word)}
    if found:
        put(
            "\n".join(
                f"{visible(text)}\t{about}" if about else visible(text) for text, about in found.items()
            )
        )
    return 0


def candidates(before: list[str], word: str, shell: Shell) -> Iterator[tuple[str, str]]:
    """Yield the words that may stand after others in a call, each with a few words about it or none.

    `word` is what is typed of it so far; words that do not begin with it may come too.
    """
    if not before:
        yield from ((name, commands_of(name)[0].summary) for name in NAMES if name.startswith(word))
        return
    name = before[0]
    if name not in NAMES:
        return
    if " ".join(before[:2]) in FOLLOWING:
        name = " ".join(before[:2])
    options = options_of(name)
    for option in options:
        if option.value and before[-1] in option.names:
            usual = names if option.value == "WHO" else ()
            source = option.choices or VALUES.get((name, option.names[0]), usual)
            yield from ((text, "") for text in _words((source,), word, shell))
            return
    yield from ((text, "") for text in _words(FOLLOWING.get(name, ()), word, shell))
    if name in BY_COMMAND:
        yield from _of_items(kind_of(BY_COMMAND[name]), before, shell)
    for option in options:
        for text in option.names:
            if text.startswith("--") or word.startswith("-"):
                yield text, option.help


def _of_items(kind: ItemKind, before: list[str], shell: Shell) -> Iterator[tuple[str, str]]:
    """Yield what may follow in a call about items: ids with their titles, then what can be done, people."""
    if before[0] == kind.add:
        yield from ((name, "") for name in people(shell))
    elif len(before) == 1:
        items = open_items(shell.reader.snapshot(), kind)
        yield from ((short_id(item.uid), item.summary) for item in items)
    elif len(before) == 2:
        yield from ((turn.name, turn.text) for turn in kind.transitions)
        yield from (
            (EDIT, "Change its title, or fields by the options."),
            (REMOVE, "Take it out of the list."),
        )


def options_of(name: str) -> list[Option]:
    """Return the options of a command, or of all verbs of a group, each once."""
    commands = commands_of(name.split()[0])
    named = [command for command in commands if command.name == name and " " in name] or commands
    return list({option.names: option for command in named for option in command.all_options}.values())


def _words(sources: Iterable[Source], word: str, shell: Shell) -> Iterator[str]:
    """Yield the words of sources; none of one that cannot be read, or whose words begin otherwise."""
    for source in sources:
        if isinstance(source, tuple):
            yield from source
        elif not word or word[0] == SIGNS.get(source, word[0]):
            try:
                yield from source(shell)
            except UserError:
                continue
