"""A week theme's TOML text read into a WeekTheme (M4, M5), with every mistake told by key and line."""

from __future__ import annotations

from datetime import date

from techlead_tui.config.problems import shown
from techlead_tui.config.toml_reader import Document, Path, Table, length_of
from techlead_tui.core.calendar import clock
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.theme import (
    ANY,
    BUCKETS,
    CATEGORY_OF_KIND,
    KINDS,
    SEVERITIES,
    WORTH_IT,
    BlockType,
    Box,
    DayTheme,
    Limits,
    Types,
    WeekTheme,
)


def parse_types(text: str, *, file: str, base: dict[str, BlockType]) -> dict[str, BlockType]:
    """The types of `base` with those of a TOML text added; a type known already changes key by key.

    FileError with every problem of the text.
    """
    document = Document(text, file)
    root = document.root
    out = dict(base)
    for name in root.data:
        table = root.table(name)
        if type(root.data[name]) is not dict:
            continue
        if not is_id(name) or name in KINDS or name in (ANY, WORTH_IT):
            root.add(name, f'"{shown(name)}" cannot name a type', f"{ID}, and no kind's name")
        found = _type(table, name, base.get(name))
        if found is not None:
            out[name] = found
    document.check()
    return out


def _type(table: Table, name: str, base: BlockType | None) -> BlockType | None:
    title = table.text("title", "text in quotes: what people read", required=base is None)
    kind = table.choice("kind", KINDS, "a kind", required=base is None)
    category = table.choice("category", CATEGORIES, "a category")
    worth_it = table.flag("worth_it", default=base.worth_it if base else True)
    bucket = table.choice("bucket", BUCKETS, "a bucket")
    table.finish()
    if base is None:
        if title is None or kind is None:
            return None
        return BlockType(name, title, kind, category or CATEGORY_OF_KIND[kind], worth_it, bucket)
    if category is None:
        category = CATEGORY_OF_KIND[kind] if kind and kind != base.kind else base.category
    return BlockType(name, title or base.title, kind or base.kind, category, worth_it, bucket or base.bucket)


WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
TONES = ("sync", "deep", "catch_up", "calm")
FIXED_KINDS = ("meeting", "window")  # boxes of these do not move unless the file says so (M5)

# What holds where a file is silent: the figures of the method (M1, M10, M14, M16).
DEFAULT_SPLIT = {"hands_on": 60, "mentorship": 25, "communication": 15}
DEFAULT_MEETING = {"architecture-review": 45, "decision": 30, "em-1-1": 30}
DEFAULT_WEEK = {"onboarding": 60, "em-1-1": 30}


def parse_theme(text: str, *, theme_id: str, file: str, types: Types) -> WeekTheme:
    """The week theme that a TOML text describes; FileError with every problem of it."""
    return theme_in(Document(text, file), theme_id=theme_id, types=types)


def theme_in(document: Document, *, theme_id: str, types: Types) -> WeekTheme:
    """The week theme of a document; FileError with every problem of it."""
    root = document.root
    if not is_id(theme_id):
        document.add((), f'"{shown(theme_id)}" cannot name a week theme', "a file name of " + ID)
    title = root.text("title", 'the name of the week, such as "Maker week"', required=True)
    description = root.text("description", "one sentence about the week")
    hours = root.span("hours")
    lunch = _lunch(root)
    holidays = _holidays(root)
    days = _days(root.table("day"), hours, lunch, types)
    if not days and "day" not in root:
        document.add((), "no day has a theme", "at least one working day: [day.mon], [day.tue] ...")
    boxes = _boxes(root.tables("box"), days, types)
    limits = _limits(root.table("limits"), types)
    severities = _severities(root.table("rules"))
    root.finish()
    document.check()
    return WeekTheme(
        id=theme_id,
        title=title or theme_id,
        description=description or "",
        days=tuple(days[weekday] for weekday in sorted(days)),
        boxes=tuple(sorted(boxes, key=lambda box: (box.weekday, box.start))),
        limits=limits,
        severities=severities,
        holidays=holidays,
    )


HOLIDAYS = 'a list of dates: 2026-12-25, or "2026-12-25 Christmas Day"'


def _holidays(root: Table) -> tuple[tuple[str, str], ...]:
    """The days that are leave, in order, each with its name."""
    out: dict[str, str] = {}
    for index, item in enumerate(root.value("holidays", list, HOLIDAYS) or ()):
        text, _, name = str(item).strip().partition(" ")
        if type(item) not in (str, date) or not is_date(text):
            root.document.add(
                (*root.path, "holidays", index), f'"{shown(str(item))}" is not a date', HOLIDAYS
            )
        else:
            out[text] = name.strip() or "Holiday"
    return tuple(sorted(out.items()))


def is_date(text: str) -> bool:
    """Tell whether a text is a day of the calendar, as 2026-12-25."""
    try:
        return len(text) == 10 and date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


ID = 'lower-case words and digits joined by "-"'


def is_id(text: str) -> bool:
    """Tell whether a text can be the id of a theme or box: it stands in uids, file names and words."""
    return all(part.isascii() and part.isalnum() and part == part.lower() for part in text.split("-"))


def _lunch(table: Table) -> tuple[int, int] | bool | None:
    """The lunch of the theme or of a day: False for none, None where the file does not say."""
    if table.data.get("lunch") is False:
        table.known.append("lunch")
        return False
    return table.span("lunch")


def _days(
    table: Table, hours: tuple[int, int] | None, lunch: tuple[int, int] | bool | None, types: Types
) -> dict[int, DayTheme]:
    """Day themes by weekday, 1 for Monday."""
    allowed = [*types, *KINDS, WORTH_IT, ANY]
    out = {}
    for name in table.named_keys(WEEKDAYS, "a weekday: " + ", ".join(WEEKDAYS)):
        day = table.table(name)
        title = day.text("title", 'what the day is for, such as "Deep"', required=True)
        tone = day.choice("tone", TONES, "a tint") or "calm"
        allows = day.texts("allows", allowed, f'types, kinds, "{WORTH_IT}" or "{ANY}"')
        own_hours = day.span("hours")
        own_lunch = _lunch(day)
        day.finish()
        span = own_hours or hours
        if span is None:
            if "hours" not in day and "hours" not in table.document.root:
                day.add("hours", "no working hours", 'hours = "09:00-17:00" here or at the top of the file')
            continue
        eats = lunch if own_lunch is None else own_lunch
        if not isinstance(eats, tuple):
            eats = None
        if eats and not span[0] <= eats[0] < eats[1] <= span[1]:
            said = f"lunch {clock(eats[0])}-{clock(eats[1])} is outside the working day"
            wanted = f"a lunch within {clock(span[0])}-{clock(span[1])}, or lunch = false"
            day.add("lunch", said, wanted)
        weekday = WEEKDAYS.index(name) + 1
        out[weekday] = DayTheme(weekday, title or name, tone, allows or (), span[0], span[1], eats)
    return out


def _boxes(tables: list[Table], days: dict[int, DayTheme], types: Types) -> list[Box]:
    out: list[Box] = []
    ids: dict[str, Path] = {}
    for table in tables:
        box_id = table.text("id", ID, required=True)
        day = table.choice("day", WEEKDAYS, "a weekday", required=True)
        start = table.time("start", required=True)
        end = table.time("end", required=True)
        summary = table.text("summary", "what the box is for", required=True)
        type_id = table.choice("type", types, "a type")
        kind = table.choice("kind", KINDS, "a kind")
        optional = table.flag("optional", default=False)
        if kind is None and type_id is not None:
            kind = types[type_id].kind
        if kind is None and "kind" not in table and "type" not in table:
            table.add(
                None, "the box says neither what kind nor what type it is", 'kind = "deep_work" or a type'
            )
        fixed = table.flag("fixed", default=kind in FIXED_KINDS)
        table.finish()
        if box_id is not None and not is_id(box_id):
            table.add("id", f'"{shown(box_id)}" cannot be an id', ID)
        elif box_id is not None:
            if box_id in ids:
                other = f"the box on line {table.document.line(ids[box_id])}"
                table.add("id", f'"{box_id}" is already the id of {other}', "an id of its own")
            ids.setdefault(box_id, table.path)
        if type_id and kind and kind not in ("window", types[type_id].kind):
            table.add(
                "type", f'"{type_id}" is of kind {types[type_id].kind}, the box is {kind}', "the same kind"
            )
        if start is not None and end is not None and start >= end:
            table.add("end", "the box ends before it starts", f"an end after {clock(start)}")
            continue
        if box_id is None or day is None or start is None or end is None or summary is None or kind is None:
            continue
        weekday = WEEKDAYS.index(day) + 1
        box = Box(box_id, weekday, start, end, summary, kind, type_id, optional, fixed)
        if weekday in days:
            _check_place(table, box, days[weekday], out)
        elif day not in table.document.root.data.get("day", {}):
            working = [WEEKDAYS[known - 1] for known in sorted(days)]
            table.add(
                "day", f"{day} is not a working day of this week", f"a day with a theme: {', '.join(working)}"
            )
        out.append(box)
    return out


def _check_place(table: Table, box: Box, day: DayTheme, others: list[Box]) -> None:
    """Check that a box lies in its working day, off lunch and off the boxes before it."""
    if box.start < day.opens or box.end > day.closes:
        key = "start" if box.start < day.opens else "end"
        said = "the box reaches outside the working day"
        table.add(key, said, f"a time within {clock(day.opens)}-{clock(day.closes)}")
    if day.lunch and box.start < day.lunch[1] and day.lunch[0] < box.end:
        over = f"{clock(day.lunch[0])}-{clock(day.lunch[1])}"
        table.add("start", f"the box runs into lunch, {over}", "a box before or after it")
    for other in others:
        if other.weekday == box.weekday and other.start < box.end and box.start < other.end:
            taken = f"{clock(other.start)}-{clock(other.end)}"
            table.add("start", f'the box overlaps "{other.id}", {taken}', "boxes that do not overlap")


def _limits(table: Table, types: Types) -> Limits:
    focus = table.length("focus_stretch")
    wanted = _deep_work(table)
    percent = table.number("communication_percent", 0, 100)
    meetings = table.number("recurring_meetings", 0, 99)
    prep = table.length("prep")
    if prep is not None and prep % 60:
        table.add("prep", "is not in whole hours", 'whole hours, such as "24h"')
    split = _split(table.table("split"))
    meeting = _by_type(table, "meeting", types, DEFAULT_MEETING)
    week = _by_type(table, "week", types, DEFAULT_WEEK)
    table.finish()
    return Limits(
        focus_minutes=120 if focus is None else focus,
        deep_work_minutes=wanted or (15 * 60, 20 * 60),
        communication_percent=20 if percent is None else percent,
        recurring_meetings=5 if meetings is None else meetings,
        prep_hours=24 if prep is None else prep // 60,
        split=split,
        meeting=meeting,
        weekly=week,
    )


def _deep_work(table: Table) -> tuple[int, int] | None:
    """The least and the most focus time wanted a week, in minutes."""
    expected = 'two lengths, the least and the most: ["15h", "20h"]'
    value = table.value("deep_work", list, expected)
    if value is None:
        return None
    lengths = [length_of(item) if isinstance(item, str) else None for item in value]
    if len(lengths) != 2 or lengths[0] is None or lengths[1] is None:
        table.add("deep_work", "is not two lengths", expected)
        return None
    if lengths[0] > lengths[1]:
        table.add("deep_work", "the least is more than the most", expected)
        return None
    return lengths[0], lengths[1]


def _split(table: Table) -> dict[str, int]:
    if not table.data:
        return dict(DEFAULT_SPLIT)
    percents = {name: table.number(name, 0, 100) for name in CATEGORIES}
    table.finish()
    known = {name: percent for name, percent in percents.items() if percent is not None}
    if len(known) == len(table.data) and sum(known.values()) != 100:
        table.add(None, f"the parts add up to {sum(known.values())} percent", "parts that add up to 100")
    return known


def _by_type(limits: Table, key: str, types: Types, default: dict[str, int]) -> dict[str, int]:
    """Minutes by type; the method's own where the theme has no such table."""
    table = limits.table(key)
    if key not in limits:
        return {name: minutes for name, minutes in default.items() if name in types}
    out = {}
    for name in table.named_keys(types, "a type"):
        minutes = table.length(name)
        if minutes is not None:
            out[name] = minutes
    return out


def _severities(table: Table) -> dict[str, str]:
    """Severity by rule id; what the file does not name is as severe as the rule itself says."""
    from techlead_tui.core.rules import RULES

    out = {rule.ID: rule.DEFAULT for rule in RULES}
    for rule in table.named_keys(sorted(out), "the id of a rule"):
        severity = table.choice(rule, SEVERITIES, "a severity")
        if severity is not None:
            out[rule] = severity
    return out
