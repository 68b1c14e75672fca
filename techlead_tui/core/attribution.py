"""Read who wrote a commit along with its author, and tell colleagues from assistants and bots."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from techlead_tui.core.evidence import CoAuthor

MOST = 50  # co-authors of one commit
TRAILER = "co-authored-by:"
NAME = 100  # characters of a name that are kept
ASSISTANTS = frozenset(  # addresses that assistants sign with
    (
        "aider@aider.chat",
        "amp@ampcode.com",
        "codex@openai.com",
        "cursoragent@cursor.com",
        "copilot@github.com",
        "gemini-code-assist@google.com",
        "noreply@aider.chat",
        "noreply@anthropic.com",
        "noreply@openai.com",
        "noreply@cursor.com",
        "noreply@cognition.ai",
        "noreply@google.com",
        "noreply@windsurf.com",
        "openhands@all-hands.dev",
    )
)
FORGE = ("users.noreply.github.com", "noreply.github.com", "users.noreply.gitlab.com")
ON_A_FORGE = frozenset(("copilot", "claude", "cursoragent", "codex", "devin-ai-integration", "gemini-cli"))


def people_of(message: str) -> tuple[CoAuthor, ...]:
    """Return who a commit message names in `Co-authored-by` lines, each once, without control characters."""
    out: dict[str, CoAuthor] = {}
    for line in message.splitlines():
        if line[: len(TRAILER)].lower() != TRAILER or len(out) >= MOST:
            continue
        name, mark, rest = line[len(TRAILER) :].partition("<")
        email = _plain(rest.partition(">")[0])
        if mark and "@" in email:
            out.setdefault(email.casefold(), CoAuthor(_plain(name), email))
    return tuple(out.values())


def divided(
    people: Iterable[CoAuthor], own: Collection[str]
) -> tuple[tuple[CoAuthor, ...], tuple[CoAuthor, ...]]:
    """Return colleagues, and assistants and bots; one's own addresses (in small letters) are neither."""
    others = [person for person in people if person.email.casefold() not in own]
    return (
        tuple(person for person in others if not is_assistant(person)),
        tuple(person for person in others if is_assistant(person)),
    )


def is_assistant(person: CoAuthor) -> bool:
    """Tell whether somebody is a program: by the address, since people share first names with programs."""
    email = person.email.casefold()
    local, _, domain = email.partition("@")
    account = local.rpartition("+")[2]
    if "[bot]" in email or "[bot]" in person.name.casefold() or email in ASSISTANTS:
        return True
    return domain in FORGE and account in ON_A_FORGE


def _plain(text: str) -> str:
    return "".join(char for char in text if char.isprintable()).strip()[:NAME]
