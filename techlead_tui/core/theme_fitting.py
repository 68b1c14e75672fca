"""A week theme fitted to somebody's working days and hours (M4, M5): its talks stay, its deep work gives.

The first working day keeps what the theme's first day is for, the last one its last day; the days
between are the quiet ones.
"""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.core.theme import Box, DayTheme, WeekTheme
from techlead_tui.core.words.hours import WorkingTime
from techlead_tui.core.words.units import WEEKDAYS

LEAST = 30  # minutes of a box of deep work
ROOM = 60  # minutes that are free and become a box of deep work

Part = tuple[int, int]  # a morning or an afternoon


def fitted(theme: WeekTheme, time: WorkingTime) -> WeekTheme:
    """Return a week theme at other times; days and boxes are in order and do not overlap."""
    days: list[DayTheme] = []
    boxes: list[Box] = []
    taken: set[str] = set()
    for source, weekday in zip(_sources(theme.days, time.days), time.days, strict=True):
        days.append(source._replace(weekday=weekday, opens=time.opens, closes=time.closes, lunch=time.lunch))
        own = [box._replace(weekday=weekday) for box in theme.boxes if box.weekday == source.weekday]
        for box in _fitted_day(own, source, time, weekday):
            name = box.id if box.id not in taken else f"{box.id}-{WEEKDAYS[weekday - 1][:3]}"
            taken.add(name)
            boxes.append(box._replace(id=name))
    days.sort(key=lambda day: day.weekday)
    boxes.sort(key=lambda box: (box.weekday, box.start))
    return theme._replace(days=tuple(days), boxes=tuple(boxes))


def _sources(days: Sequence[DayTheme], wanted: Sequence[int]) -> list[DayTheme]:
    """For each wanted weekday the day of the theme that it becomes."""
    by_weekday = {day.weekday: day for day in days}
    if set(wanted) <= set(by_weekday) and {days[0].weekday, days[-1].weekday} <= set(wanted):
        return [by_weekday[weekday] for weekday in wanted]
    if len(wanted) == len(days):
        return list(days)
    if len(wanted) == 1:
        return [days[0]]
    middle = list(days[1:-1]) or [days[0]]
    between = len(wanted) - 2
    middle = (middle + [middle[-1]] * between)[:between]
    return [days[0], *middle, days[-1]]


def _fitted_day(boxes: Sequence[Box], day: DayTheme, time: WorkingTime, weekday: int) -> list[Box]:
    old, new = _parts(day.opens, day.closes, day.lunch), _parts(time.opens, time.closes, time.lunch)
    if len(old) < len(new):
        cut = min(max(new[0][1], day.opens), day.closes)
        old = [(day.opens, cut), (cut, day.closes)]
    elif len(new) < len(old):
        cut = min(max(old[0][1], time.opens), time.closes)
        new = [(time.opens, cut), (cut, time.closes)]
    out: list[Box] = []
    for name, before, after in zip(("morning", "afternoon"), old, new, strict=False):
        inside = [_clipped(box, before) for box in boxes if _mostly_in(box, before)]
        spare = f"{WEEKDAYS[weekday - 1][:3]}-{name}-work"
        out += _fitted_part(inside, before, after, weekday, spare)
    return out


def _parts(opens: int, closes: int, lunch: Part | None) -> list[Part]:
    return [(opens, lunch[0]), (lunch[1], closes)] if lunch else [(opens, closes)]


def _mostly_in(box: Box, part: Part) -> bool:
    inside = min(box.end, part[1]) - max(box.start, part[0])
    return inside > 0 and 2 * inside >= box.end - box.start


def _clipped(box: Box, part: Part) -> Box:
    return box._replace(start=max(box.start, part[0]), end=min(box.end, part[1]))


def _fitted_part(boxes: list[Box], before: Part, after: Part, weekday: int, spare: str) -> list[Box]:
    room = after[1] - after[0]
    if room <= 0:
        return []
    at = before[0]
    gaps: list[int] = []
    for box in boxes:
        gaps.append(box.start - at)
        at = box.end
    lengths = [box.end - box.start for box in boxes]
    kept = list(boxes)
    behind = max(0, before[1] - at)  # what is free after the last box stays so while there is room
    over = sum(lengths) + sum(gaps) + behind - room
    if over > 0:
        behind, over = max(0, behind - over), over - behind
    while over > 0:
        over -= _take(over, kept, gaps, lengths)
    left = room - sum(lengths) - sum(gaps) - behind
    deep = [n for n, box in enumerate(kept) if box.kind == "deep_work"]
    if left > 0 and deep:
        lengths[max(deep, key=lambda n: (not kept[n].optional, lengths[n]))] += left
    elif left >= ROOM and room != before[1] - before[0]:
        kept.append(Box(spare, weekday, 0, 0, "Deep work", "deep_work", None, False, False))
        gaps.append(0)
        lengths.append(left)
    out: list[Box] = []
    at = after[0]
    for box, gap, length in zip(kept, gaps, lengths, strict=True):
        out.append(box._replace(start=at + gap, end=at + gap + length))
        at += gap + length
    return out


def _take(over: int, kept: list[Box], gaps: list[int], lengths: list[int]) -> int:
    """Takes time away where it hurts least, at least a minute; how much it took."""
    widest = max(range(len(kept)), key=lambda n: gaps[n])
    if gaps[widest]:
        less = min(over, gaps[widest])
        gaps[widest] -= less
        return less
    deep = [n for n, box in enumerate(kept) if box.kind == "deep_work" and lengths[n] > LEAST]
    if deep:
        longest = max(deep, key=lambda n: lengths[n])
        less = min(over, lengths[longest] - LEAST)
        lengths[longest] -= less
        return less
    ranks = [(box.optional, box.kind == "deep_work", box.kind != "meeting", n) for n, box in enumerate(kept)]
    gone = max(ranks)[-1]
    del kept[gone], gaps[gone]
    return lengths.pop(gone)
