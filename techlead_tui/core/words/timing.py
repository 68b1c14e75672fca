"""The words of `start` and `stop`. Imports nothing dear: on the path of both."""

from __future__ import annotations

from techlead_tui.core.records import Record
from techlead_tui.core.running import Spot
from techlead_tui.core.session import CATEGORIES, PATTERNS
from techlead_tui.core.words.args import Call, Option, from_args
from techlead_tui.core.words.log import LogWords, describe
from techlead_tui.errors import WordsError

NONE = "none"
_JSON = Option(("--json",), "answer as JSON")
_HELP = Option(("--help", "-h"), "show this help")
START = (
    Option(
        ("--pattern", "-p"),
        "lead, spike, refactor, pair, review, or none for none",
        "PATTERN",
        (*PATTERNS, NONE),
    ),
    Option(("--at",), "when it began: 9:40, 25m ago", "WHEN"),
    Option(
        ("--category",), "hands_on (the default), mentorship, communication or other", "CATEGORY", CATEGORIES
    ),
    Option(("--repo",), "the repository, instead of the one of this folder", "NAME"),
    Option(("--branch",), "the branch, instead of the one checked out", "NAME"),
    Option(("--block",), "the block that it is for, or none, instead of the one that is on", "ID"),
    Option(("--result",), "what is to come of it; stop can say it too", "TEXT"),
    Option(("--resume",), "go on with what pauses, else with the last session"),
    _JSON,
    _HELP,
)
STOP = (
    Option(("--at",), "when it ended: 12:00, 25m ago, now", "WHEN"),
    Option(("--result",), "what came of it", "TEXT"),
    Option(("--pause",), "a break: techlead start --resume goes on"),
    Option(("--drop",), "log nothing of it"),
    _JSON,
    _HELP,
)


class StartWords(LogWords):
    """Hold what was typed; a `block` of None is the one that is on, a `pattern` of None is to be found."""

    __slots__ = ("block", "resume")

    def __init__(self) -> None:
        super().__init__()
        self.block: str | None = None
        self.resume = False


def start_of(call: Call) -> StartWords:
    """Return what the words and options of a call start. WordsError."""
    words = StartWords()
    describe(words, from_args(call.words, call.literal))
    for key, values in call.given.items():
        setattr(words, key, True if key in ("json", "resume") else values[-1])
    if words.resume and (words.summary or set(call.given) - {"resume", "json", "at"}):
        raise WordsError("--resume goes on as it was", "techlead edit ID changes it", "--resume")
    return words


def check_stop(call: Call) -> None:
    """WordsError for words that `stop` does not take, and for options that exclude each other."""
    if call.words or call.literal:
        word = (call.words or call.literal)[0]
        raise WordsError(
            f"“{word[:60]}” is one word too many", "what came of it is --result 'found the leak'", word
        )
    if call.has("drop") and (call.has("pause") or call.has("at") or call.has("result")):
        raise WordsError("--drop logs nothing", "use it alone", "--drop")


PATTERN_OF = {"review": "review", "pairing": "pair", "mentorship": "pair"}  # by the type of the block


def infer(
    said: LogWords, spot: Spot | None, last: Record | None, repo: str | None, branch: str | None
) -> list[str]:
    """Add what was not said of a session: from its block, the last session and the checkout worked in.

    Return the names of what was added.
    """
    added = []
    if said.repo is None or said.branch is None:
        own = said.repo in (None, repo)
        if said.repo is None and repo is not None:
            said.repo = repo
            added.append("repo")
        if said.branch is None and own and branch is not None:
            said.branch = branch
            added.append("branch")
    here = last is not None and said.repo is not None and last["repo"] == said.repo
    if not said.summary:
        if spot is not None and spot[5]:
            said.summary = spot[3]
        elif last is not None and here and last["branch"] == said.branch:
            said.summary = str(last["summary"])
        if said.summary:
            added.append("summary")
    if said.pattern is None:
        again = last is not None and (here or (last["summary"] == said.summary and bool(said.summary)))
        usual = last["pattern"] if last is not None and again else None
        said.pattern = PATTERN_OF.get(spot[4] if spot is not None else "") or (str(usual) if usual else None)
        if said.pattern is not None:
            added.append("pattern")
    elif said.pattern == NONE:
        said.pattern = None
    return [*added, "block"] if spot is not None else added
