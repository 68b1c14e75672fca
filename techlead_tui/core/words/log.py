"""The words of `log`: a length, what was done, and a pattern.

Imports nothing dear, nor does what it imports: most calls of `techlead log` need no more than this.
"""

from __future__ import annotations

from techlead_tui.core.session import CATEGORIES, PATTERNS
from techlead_tui.core.words.args import (
    Option,
    Token,
    from_args,
    is_tag,
    length,
    no_second_time,
    read_length,
    read_options,
    take_length,
    text_of,
)
from techlead_tui.errors import WordsError

OPTIONS = (
    Option(("--pattern", "-p"), "lead, spike, refactor, pair or review", "PATTERN", PATTERNS),
    Option(("--at",), "when it started; without it the session ended now", "WHEN"),
    Option(
        ("--category",), "hands_on (the default), mentorship, communication or other", "CATEGORY", CATEGORIES
    ),
    Option(("--note",), "what is to be remembered about it", "TEXT"),
    Option(("--repo",), "the repository, instead of the one of this folder", "NAME"),
    Option(("--branch",), "the branch, instead of the one checked out", "NAME"),
    Option(("--result",), "what came of it", "TEXT"),
    Option(("--json",), "answer as JSON"),
    Option(("--help", "-h"), "show this help"),
)


class LogWords:
    """Hold what was typed: `at` is still words, a `repo` or `branch` of None is to be found out."""

    __slots__ = (
        "at",
        "branch",
        "category",
        "json",
        "minutes",
        "note",
        "pattern",
        "repo",
        "result",
        "summary",
    )

    def __init__(self) -> None:
        self.minutes = 0
        self.summary = ""
        self.pattern: str | None = None
        self.category = "hands_on"
        self.at: str | None = None
        self.note: str | None = None
        self.repo: str | None = None
        self.branch: str | None = None
        self.result: str | None = None
        self.json = False


def read_log(args: list[str]) -> LogWords | None:
    """The session that the words log; None when they ask for help. WordsError names the word at fault."""
    call = read_options(args, OPTIONS)
    if call.has("help"):
        return None
    return log_of(from_args(call.words, call.literal), call.given)


def log_of(tokens: list[Token], given: dict[str, list[str]]) -> LogWords:
    """Return what some words and options log; the length stands first, or after the time. WordsError."""
    log = LogWords()
    if not tokens:
        raise WordsError("how long was it?", "techlead log 45m pool fix -p spike")
    try:
        log.minutes, rest = _length_first(tokens)
    except WordsError:
        at = [] if given.get("at") else _time_first(tokens)
        if not at:
            raise
        log.at = " ".join(token.text for token in at)
        log.minutes, rest = _length_first(tokens[len(at) :])
    no_second_time(rest)
    describe(log, rest)
    for key, values in given.items():
        setattr(log, key, values[-1] if key != "json" else True)
    return log


def describe(log: LogWords, tokens: list[Token]) -> None:
    """Take what was done, and its tags, from some words. WordsError."""
    tags = [token for token in tokens if not token.literal and is_tag(token.text)]
    for tag in tags:
        _read_tag(log, tag)
    log.summary = text_of([token for token in tokens if token not in tags])


def _length_first(tokens: list[Token]) -> tuple[int, list[Token]]:
    """The length that stands first, `45 min` and `1h 30m` included, and what follows it."""
    first, *rest = tokens
    taken = _spoken(tokens)
    if taken is not None:
        return taken[0], tokens[taken[1] :]
    try:
        return length(first.text), rest
    except WordsError as error:
        error.position = first.position
        later = next((token for token in rest if not token.literal and _is_length(token.text)), None)
        if later is not None:
            error.hint = f"the length comes first: techlead log {later.text} ..."
        raise


def _spoken(tokens: list[Token]) -> tuple[int, int] | None:
    """Return the length with which some words begin, in minutes and in words; None for another beginning."""
    texts = []
    for token in tokens[:4]:
        if token.literal:
            break
        texts.append(token.text)
    return take_length(texts)


def _time_first(tokens: list[Token]) -> list[Token]:
    """Return the words before the length where they name a time and nothing else."""
    from techlead_tui.core.words.when import find_when  # dear, and few begin with it

    before = tokens[: next((at for at in range(1, len(tokens)) if _spoken(tokens[at:])), 0)]
    try:
        return before if before and not find_when(before, bare=True)[1] else []
    except WordsError:
        return []


def starts_with_length(tokens: list[Token]) -> bool:
    """Tell whether the first of some words names a length: `45m`."""
    return bool(tokens) and not tokens[0].literal and _is_length(tokens[0].text)


def _is_length(text: str) -> bool:
    try:
        return read_length(text) is not None
    except WordsError:
        return False


def _read_tag(log: LogWords, token: Token) -> None:
    """`+spike` is a pattern, `+mentorship` a category."""
    name = token.text[1:].lower().replace("-", "_")
    if name in PATTERNS:
        log.pattern = name
    elif name in CATEGORIES:
        log.category = name
    else:
        from techlead_tui.core.words.args import did_you_mean, or_text

        hint = did_you_mean(name, (*PATTERNS, *CATEGORIES))
        raise WordsError(
            f"“{token.text[:60]}” is not a pattern of a session",
            or_text(hint),
            token.text,
            token.position,
        )
