"""Options of a call: a table says which there are, one reader takes them out of the words.

A small reader of our own: argparse alone costs most of a bare Python start, and it takes `--at -25m`
for an unknown option. Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

from techlead_tui.errors import WordsError


class Option:
    """One option. `names` as typed, the long one first; `value` names what follows it, None for a switch;
    `choices` says what the value may be, for help, completion and errors; `many` may be given again."""

    __slots__ = ("choices", "help", "many", "names", "value")

    def __init__(
        self,
        names: tuple[str, ...],
        help: str,
        value: str | None = None,
        choices: tuple[str, ...] = (),
        many: bool = False,
    ) -> None:
        self.names = names
        self.help = help
        self.value = value
        self.choices = choices
        self.many = many

    @property
    def key(self) -> str:
        """The name of its value: `no_doc` for `--no-doc`."""
        return self.names[0].lstrip("-").replace("-", "_")


class Call:
    """The words of a call, taken apart: options by key, words, and what follows `--`, as it stands."""

    __slots__ = ("given", "literal", "words")

    def __init__(self) -> None:
        self.given: dict[str, list[str]] = {}
        self.words: list[str] = []
        self.literal: list[str] = []

    def value(self, key: str) -> str | None:
        """An option's value; the last one where it was given twice."""
        values = self.given.get(key)
        return values[-1] if values else None

    def has(self, key: str) -> bool:
        return key in self.given


def read_options(args: list[str], options: tuple[Option, ...]) -> Call:
    """Takes a call's words apart. Options stand anywhere before `--`; what looks like a number (`-25m`, `-1`)
    or holds white space is a word. WordsError for an unknown option or a wrong value."""
    names = {name: option for option in options for name in option.names}
    call = Call()
    at = 0
    while at < len(args):
        arg = args[at]
        at += 1
        if arg == "--":
            call.literal = list(args[at:])
            break
        if not _is_option(arg):
            call.words.append(arg)
            continue
        name, equals, value = arg.partition("=")
        if name not in names and not arg.startswith("--") and arg[:2] in names and names[arg[:2]].value:
            name, equals, value = arg[:2], "=", arg[2:]  # -pspike
        option = names.get(name)
        if option is None:
            raise _unknown(name, list(names))
        if option.value is None:
            if equals:
                raise WordsError(f"{name} takes no value", f"write {name} alone", arg)
            value = ""
        elif not equals:
            if at >= len(args):
                raise WordsError(f"{name} needs a value", f"write {name} {option.value}", name)
            value = args[at]
            at += 1
            if option.value == "WHEN" and at < len(args) and _goes_on(value, args[at]):
                value += " " + args[at]
                at += 1
        if option.choices and value not in option.choices:
            raise _wrong(name, value, option.choices)
        call.given.setdefault(option.key, []).append(value)
    return call


def _is_option(arg: str) -> bool:
    if arg[:1] != "-" or arg == "-" or arg[1:2].isdigit():
        return False
    return not any(char.isspace() for char in arg.partition("=")[0])


def _goes_on(when: str, word: str) -> bool:
    """Whether a word belongs to the WHEN before it: `--at tue 14:00`, `--at 25m ago`.

    WordsError for `--at tue 9`, where it may be text as well.
    """
    if word == "ago":
        return True
    if (
        any(char.isspace() for char in when)
        or ":" in when
        or not (when[:1].isalpha() or when.count("-") == 2)
    ):
        return False
    hour, colon, minute = word.partition(":")
    if not hour.isdigit() or len(hour) > 2:
        return False
    if not colon:
        raise WordsError(
            f"is “{word}” a time, or part of the text?", f"write '{when} {word}:00', or quote the text", word
        )
    return minute.isdigit()


def _unknown(name: str, names: list[str]) -> WordsError:
    from techlead_tui.core.words.near import nearest

    near = nearest(name, [known for known in names if known.startswith("--")])
    hint = (
        f"did you mean {near}?"
        if near
        else "the options are " + ", ".join(names)
        if names
        else "it takes none"
    )
    return WordsError(f"unknown option {name[:60]}", f"{hint}; after -- everything is text", name)


def _wrong(name: str, value: str, choices: tuple[str, ...]) -> WordsError:
    from techlead_tui.core.words.near import did_you_mean

    return WordsError(f"{name} does not know “{value[:60]}”", did_you_mean(value, choices), value)
