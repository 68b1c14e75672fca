"""The nearest of some spellings, for errors that name what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable


def distance(left: str, right: str) -> int:
    """Insertions, deletions, replacements and swaps of neighbours that turn one into the other."""
    before: list[int] = []
    row = list(range(len(right) + 1))
    for i, a in enumerate(left, 1):
        last, before, row = before, row, [i]
        for j, b in enumerate(right, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == right[j - 2] and left[i - 2] == b:
                cost = min(cost, last[j - 2] + 1)
            row.append(cost)
    return row[-1]


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice that differs least from `word`, in the order given; None when none is near."""
    word = word[:40].lower()
    best: tuple[int, str] | None = None
    for choice in choices:
        cost = distance(word, choice)
        if len(word) >= 3 and choice.startswith(word):
            cost = min(cost, 1)
        if (best is None or cost < best[0]) and cost <= max(1, min(3, len(choice) // 2)):
            best = (cost, choice)
    return best[1] if best else None


def did_you_mean(word: str, choices: Iterable[str]) -> str:
    """A hint: the nearest choice, or all of them."""
    known = list(choices)
    near = nearest(word, known)
    return f"did you mean {near}?" if near else f"known are {', '.join(known)}"
