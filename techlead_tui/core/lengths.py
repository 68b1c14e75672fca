"""Write lengths of time, in the spellings that there are. Imports nothing: on the quick path."""

from __future__ import annotations


def length(minutes: int) -> str:
    """Return minutes as in a sentence: `45 min`, `2 h`, `2.5 h`, `1 h 20 min`."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return f"{hours} h"
    return f"{hours}.5 h" if rest == 30 else f"{hours} h {rest} min"


def short_length(minutes: int) -> str:
    """Return minutes as they are typed and as they stand in columns: `50m`, `1h`, `1h30`, `−45m`."""
    hours, rest = divmod(abs(minutes), 60)
    text = f"{rest}m" if not hours else f"{hours}h{rest:02}" if rest else f"{hours}h"
    return f"−{text}" if minutes < 0 else text


def clock_length(minutes: int) -> str:
    """Return minutes as a clock that runs shows them: `0:55`."""
    return f"{minutes // 60}:{minutes % 60:02}"


def hours(minutes: int) -> str:
    """Return minutes as hours of a whole week: `19 h`, `7.5 h`."""
    return f"{minutes / 60:.1f}".removesuffix(".0") + " h"
