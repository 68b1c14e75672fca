"""Lengths as the product says them. Imports nothing: on the path of `techlead sessions`."""

from __future__ import annotations


def length(minutes: int) -> str:
    """`45 min`, `2 h`, `2.5 h`, `1 h 20 min`."""
    if minutes < 60:
        return f"{minutes} min"
    hours, rest = divmod(minutes, 60)
    if rest == 0:
        return f"{hours} h"
    return f"{hours}.5 h" if rest == 30 else f"{hours} h {rest} min"
