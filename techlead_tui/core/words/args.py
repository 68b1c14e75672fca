"""Options of a call: a table says which there are, one reader takes them out of the words.

A small reader of our own: argparse alone costs most of a bare Python start, and it takes `--at -25m`
for an unknown option. Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

from _collections_abc import Iterable

from techlead_tui.errors import WordsError


def nearest(word: str, choices: Iterable[str], cutoff: float = 0.6) -> str | None:
    """Return the choice that was probably meant: one that begins with the word, else the one most like it.

    None when none is as like it as `cutoff`, difflib's ratio.
    """
    from difflib import get_close_matches  # dear, and only asked when something is wrong already

    word, known = word[:40].lower(), list(choices)
    begun = [choice for choice in known if len(word) >= 3 and choice.startswith(word)]
    found = begun or get_close_matches(word, known, 1, cutoff)
    return found[0] if found else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint: the nearest choice, or all of them."""
    known = list(choices)
    near = nearest(word, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}"


def or_text(hint: str) -> str:
    """Return a hint with the way out for a word that was meant as text."""
    return (
        f"{hint} After -- everything is text"
        if hint.endswith("?")
        else f"{hint}; after -- everything is text"
    )


DAY = 24 * 60
HINT = "write it like 45m, 1h30, 1.5h or 90 (minutes)"
MINUTES = ("", "m", "min", "mins", "minutes")
HOURS = ("h", "hr", "hrs", "hour", "hours")


def length(text: str) -> int:
    """Minutes, 1 to 1440, of a LENGTH; a bare number is minutes. WordsError for anything else."""
    minutes = read_length(text)
    if minutes is None:
        if text.isascii() and text.isdigit():
            return _checked(int(text[:9]), text)
        raise WordsError(f"“{text[:60]}” is not a length of time", HINT, text)
    return minutes


def read_length(text: str, most: int = DAY, *, strict: bool = True) -> int | None:
    """Return the minutes of a length that names its unit; None when the text has not the form of one.

    WordsError when it has, and is not between a minute and `most` minutes; if `strict`, also for `1h90`.
    """
    if not text[:1].isdigit() or not text.isascii():
        return None
    word = text.lower()
    if any(map(str.isspace, word)):
        taken = take_length(word.split(), most, strict=strict)
        return taken[0] if taken is not None and taken[1] == len(word.split()) else None
    digits, rest = _number(word)
    if rest in HOURS or rest in MINUTES[1:]:
        value = _decimal(digits)
        if value is None or (rest in MINUTES and "." in digits):
            return None
        return _checked(value if rest in HOURS else value // 60, text, most)
    hours, unit = digits, rest.rstrip("abcdefghijklmnopqrstuvwxyz").rstrip("0123456789.")
    tail = rest[len(unit) :]
    if unit not in HOURS or not hours.isdigit():
        return None
    minutes, rest = _number(tail)
    if not minutes.isdigit() or rest not in MINUTES:
        return None
    if strict and int(minutes[:9]) > 59:
        raise WordsError(
            f"“{text}” is not a length of time: {minutes} minutes are more than an hour", HINT, text
        )
    return _checked(int(hours[:9]) * 60 + int(minutes), text, most)


def take_length(words: list[str], most: int = DAY, *, strict: bool = True) -> tuple[int, int] | None:
    """Return the minutes of the length that words begin with, and how many of them it takes; None for none.

    `1h30`, `1h 30m`, `1 h 30 m` and `45 min` are the same in every place. WordsError as for `read_length`.
    """
    for count in (4, 3, 2):
        parts = [word.lower() for word in words[:count]]
        if len(parts) < count or not parts[-1][-1:].isalpha():
            continue
        units = [_number(part)[1] for part in parts]
        pairs = zip(units, parts[1:], strict=False)
        if all(unit in (*HOURS, *MINUTES) for unit in units) and all(
            bool(unit) == after[:1].isdigit() for unit, after in pairs
        ):
            minutes = read_length("".join(parts), most, strict=strict)
            if minutes is not None:
                return minutes, count
    minutes = read_length(words[0]) if words else None
    return None if minutes is None else (minutes, 1)


def no_second_time(tokens: list[Token]) -> None:
    """Raise WordsError where a text begins with a length, a time or a date that no part of the call took."""
    if not tokens or tokens[0].literal:
        return
    word = tokens[0].text
    try:
        what = "" if read_length(word, strict=False) is None else "length"
    except WordsError:
        what = "length"
    if word.isascii() and word.replace(":", "").replace("-", "").isdigit():
        what = what or ("time" if ":" in word else "date" if len(word) == 10 and word.count("-") == 2 else "")
        what = what or ("time" if _are_hours(word) else "")
    if what:
        raise too_many(what, tokens)


def too_many(what: str, tokens: list[Token]) -> WordsError:
    """Return the error for a text that begins with what was said already: a second time, day or length."""
    said = " ".join(token.text for token in tokens[:4])
    return WordsError(
        f"“{tokens[0].text[:60]}” is one {what} too many",
        f"if it is part of the text, write that after --: -- {said[:60]}",
        tokens[0].text,
        tokens[0].position,
    )


def _are_hours(word: str) -> bool:
    """Tell whether digits and dashes are hours, as in `14-15`; a text may begin with `1-1` or `9-5`."""
    first, _, last = word.partition("-")
    return first.isdigit() and last.isdigit() and int(first[:3]) < int(last[:3]) <= 24


def _number(word: str) -> tuple[str, str]:
    """The leading digits and dots, and what follows them."""
    end = 0
    while end < len(word) and (word[end].isdigit() or word[end] == "."):
        end += 1
    return word[:end], word[end:]


def _decimal(digits: str) -> int | None:
    """Sixty times a decimal number, to the nearest whole."""
    whole, dot, part = digits[:12].partition(".")
    if not whole.isdigit() or (dot and not part.isdigit()):
        return None
    scale = int("1" + "0" * len(part))
    return (int(whole + part) * 120 + scale) // (2 * scale)


def _checked(minutes: int, text: str, most: int = DAY) -> int:
    if not 1 <= minutes <= most:
        raise WordsError(f"“{text[:60]}” is not a length between a minute and a day", HINT, text)
    return minutes


class Token:
    """A word, the white space after it, and where it stands in the words joined by blanks."""

    __slots__ = ("literal", "position", "space", "text")

    def __init__(self, text: str, space: str, position: int, literal: bool = False) -> None:
        self.text = text
        self.space = space
        self.position = position
        self.literal = literal  # kept to the letter: never read as a time, a tag or a person

    def __repr__(self) -> str:
        return f"Token({self.text!r}, {self.space!r}, {self.position}, {self.literal})"


def is_tag(word: str) -> bool:
    """`+code` and `#code` are tags; `+1`, `#123` and `C#` are text."""
    return word[:1] in ("+", "#") and word[1:2].isalpha()


def from_args(args: list[str], literal: list[str]) -> list[Token]:
    """The tokens of a call's words. An argument with white space in it was quoted: it is kept to the
    letter unless it holds a tag. `literal` stands for what followed `--`."""
    tokens: list[Token] = []
    position = 0
    for arg in args:
        parts = arg.split()
        if len(parts) == 1 and parts[0] == arg:
            tokens.append(Token(arg, " ", position))
        elif any(is_tag(part) for part in parts):
            tokens += from_line(arg, position)
            tokens[-1].space += " "
        else:
            tokens.append(Token(arg, " ", position, True))
        position += len(arg) + 1
    for arg in literal:
        tokens.append(Token(arg, " ", position, True))
        position += len(arg) + 1
    return tokens


def from_line(line: str, position: int = 0) -> list[Token]:
    """The tokens of one line; what follows a lone `--` is kept to the letter."""
    tokens: list[Token] = []
    at, size = 0, len(line)
    while at < size and line[at].isspace():
        at += 1
    while at < size:
        begun = at
        while at < size and not line[at].isspace():
            at += 1
        text, gap = line[begun:at], at
        while at < size and line[at].isspace():
            at += 1
        if text == "--":
            if at < size:
                tokens.append(Token(line[at:], "", position + at, True))
            break
        tokens.append(Token(text, line[gap:at], position + begun))
    return tokens


def text_of(tokens: list[Token]) -> str:
    """Return the text that is left once the words that mean something are taken out."""
    if not tokens:
        return ""
    return "".join(token.text + token.space for token in tokens[:-1]) + tokens[-1].text


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
            if option.value == "LENGTH":
                words = [value, *(word for word in args[at : at + 3] if not _is_option(word))]
                taken = take_length(words) or (0, 1)
                value, at = " ".join(words[: taken[1]]), at + taken[1] - 1
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
    """Tell whether a word belongs to the WHEN before it: `--at tue 14:00`, `--at 25m ago`.

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

    near = nearest(name, [known for known in names if known.startswith("--")])
    hint = (
        f"did you mean {near}?"
        if near
        else "the options are " + ", ".join(names)
        if names
        else "it takes none"
    )
    return WordsError(f"unknown option {name[:60]}", or_text(hint), name)


def _wrong(name: str, value: str, choices: tuple[str, ...]) -> WordsError:

    return WordsError(f"{name} does not know “{value[:60]}”", did_you_mean(value, choices), value)
