"""Lengths of time: `45m`, `1h30`, `1.5h`, `2h15m`, `90`.

Imports nothing dear: on the path of `techlead log`.
"""

from __future__ import annotations

from techlead_tui.errors import WordsError

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


def read_length(text: str, most: int = DAY) -> int | None:
    """Return the minutes of a length that names its unit; None when the text has not the form of one.

    WordsError when it has, and is not between a minute and `most` minutes."""
    if not text[:1].isdigit() or not text.isascii():
        return None
    word = text.lower()
    digits, rest = _number(word)
    if rest in HOURS or rest in MINUTES[1:]:
        value = _decimal(digits)
        if value is None or (rest in MINUTES and "." in digits):
            return None
        return _checked(value if rest in HOURS else value // 60, text, most)
    hours, unit, tail = digits, rest[:1], rest[1:]
    if unit != "h" or not hours.isdigit():
        return None
    minutes, rest = _number(tail)
    if not minutes.isdigit() or rest not in MINUTES:
        return None
    if int(minutes[:9]) > 59:
        raise WordsError(
            f"“{text}” is not a length of time: {minutes} minutes are more than an hour", HINT, text
        )
    return _checked(int(hours[:9]) * 60 + int(minutes), text, most)


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
