"""Write what the shell gets: data on stdout, narration on stderr.

Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

import os
import sys
from _collections_abc import Iterable

from techlead_tui.errors import OutputError


def put(text: str) -> None:
    """One or more lines of data."""
    _write(text + "\n")


# what a terminal would act upon instead of showing it, as JSON spells it: DEL, C1 and what turns text round
UNSEEN = {
    code: f"\\u{code:04x}"
    for code in (*range(0x7F, 0xA0), 0x61C, 0x200E, 0x200F, *range(0x202A, 0x202F), *range(0x2066, 0x206A))
}


def put_json(value: object) -> None:
    """One JSON object; its text is as it was stored, whatever it holds.

    Without the json module where nobody reads it and text needs no other encoding.
    """
    unicode = stdout_encoding().startswith("utf")
    if unicode and not is_terminal():
        from techlead_tui.core.json_text import encode

        _write(encode(value) + "\n")
        return
    import json

    text = json.dumps(value, ensure_ascii=not unicode, indent=2 if is_terminal() else None)
    _write(text.translate(UNSEEN) + "\n")


def tell(text: str) -> None:
    """A line of narration: `note: ...`; a call to copy stays in one piece at a terminal too."""
    if sys.stderr is None:
        return
    label, colon, said = text.partition(": ")
    if colon and " " not in label and "techlead " not in said and is_terminal() and sys.stderr.isatty():
        text = in_lines(f"{label}: ", said, columns())
    try:
        sys.stderr.write(text + "\n")
    except UnicodeEncodeError:
        sys.stderr.write(text.encode("ascii", "replace").decode() + "\n")
    except OSError:  # nobody listens
        return


def tell_notes(notes: Iterable[str]) -> None:
    """Tell each note as a line of narration, with what a terminal would not show escaped."""
    for note in notes:
        tell(f"note: {visible(sentence(note))}")


def in_lines(head: str, text: str, cells: int) -> str:
    """A text after its head; broken between words, and aligned, where both are wider than `cells`."""
    if len(head) + len(text) * 2 <= cells:
        return head + text
    from techlead_tui.render.text import width, wrap

    if width(head + text) <= cells:
        return head + text
    lines = wrap(text, max(20, cells - len(head)), len(text))
    return head + f"\n{' ' * len(head)}".join(lines)


LONGEST = 200  # letters of a word in a sentence; a longer one is somebody's paste


def fail(message: str, hint: str = "") -> None:
    """`error: what happened`, and `hint: what to do`."""
    for head, text in (("error", message), ("hint", hint)):
        for line in text.split("\n") if text else ():
            tell(f"{head}: {visible(sentence(line))}")


def sentence(line: str) -> str:
    """Return a line of narration with each word that is somebody's paste cut short."""
    if len(line) <= LONGEST:
        return line
    return " ".join(f"{word[:60]}…" if len(word) > LONGEST else word for word in line.split(" "))


def copy_out(text: str) -> str:
    """Copy a text, and return the sentence that tells which way it went."""
    from techlead_tui.hooks.clipboard import copy, osc52, said

    def ask_terminal(text: str) -> None:
        sys.stderr.write(osc52(text))
        sys.stderr.flush()

    terminal = sys.stderr is not None and sys.stderr.isatty()
    return said(copy(text, ask_terminal if terminal else None))


def visible(text: str) -> str:
    """Foreign text that no terminal interprets: controls and the like stand as visible signs."""
    if text.isascii() and text.isprintable():
        return text
    from techlead_tui.render.text import inert

    return inert(text)


def typed(words: Iterable[str]) -> str:
    """Return a call as it is to be typed, to the letter; what a terminal would not show stands escaped."""
    import shlex

    return " ".join(shlex.quote(word) if _shows(word) else _escaped(word) for word in words)


def _shows(text: str) -> bool:
    return visible(text) == text


def _escaped(word: str) -> str:
    r"""Return a word as `$'a\u200cb'`, which bash, zsh and ksh read."""
    out = []
    for char in word:
        code = ord(char)
        if char in "'\\":
            out.append("\\" + char)
        elif char == " " or _shows(f"a{char}"):
            out.append(char)
        else:
            spelled = f"\\x{code:02x}" if code < 0x80 else f"\\u{code:04x}"
            out.append(spelled if code < 0x10000 else f"\\U{code:08x}")
    return f"$'{''.join(out)}'"


def visible_lines(text: str) -> str:
    """Return a text of several lines that no terminal interprets."""
    return "\n".join(map(visible, text.split("\n")))


def stdout_encoding() -> str:
    return (getattr(sys.stdout, "encoding", None) or "utf-8").lower()


def is_terminal() -> bool:
    """Tell whether a person reads stdout."""
    try:
        return sys.stdout is not None and sys.stdout.isatty()
    except ValueError:  # closed
        return False


def coloured() -> bool:
    """Tell whether stdout shows colour: a terminal that can, and no NO_COLOR."""
    return is_terminal() and not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"


def columns() -> int:
    """Cells in a line: what COLUMNS says, else of the terminal, also where stdout is piped on; else 100."""
    given = os.environ.get("COLUMNS", "")
    if given.isascii() and given.isdigit() and 20 <= int(given[:5]) <= 1000:
        return int(given[:5])
    for stream in (sys.stdout, sys.stderr):
        try:
            return max(20, os.get_terminal_size(stream.fileno()).columns)
        except (OSError, ValueError, AttributeError):
            continue
    return 100


def _write(text: str) -> None:
    if sys.stdout is None:
        return
    try:
        try:
            sys.stdout.write(text)
        except UnicodeEncodeError:
            encoding = stdout_encoding()
            sys.stdout.write(text.encode(encoding, "replace").decode(encoding))
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise OutputError(error.strerror or str(error)) from None
