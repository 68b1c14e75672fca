"""A week theme (M4, M5): day themes, time boxes, limits and rule severities, as values and as plain data."""

from collections.abc import Mapping
from typing import Any, NamedTuple

KINDS = ("deep_work", "meeting", "window", "async", "planning", "leave")
BUCKETS = ("meetings", "tracking", "people", "showing_up")  # the anti-split (M1)
DAY_KINDS = ("normal", "leave", "on-call")

CATEGORY_OF_KIND = {
    "deep_work": "hands_on",
    "meeting": "communication",
    "window": "mentorship",
    "async": "other",
    "planning": "other",
    "leave": "other",
}


class BlockType(NamedTuple):
    """Describe what a block is about; data in playbook/types.toml, overridden by id by the user's file."""

    id: str
    title: str
    kind: str
    category: str  # the kind's own unless the file says otherwise
    worth_it: bool  # M10
    bucket: str | None = None


Types = Mapping[str, BlockType]


def category_of(kind: str, type_id: str | None, types: Types) -> str:
    """Return what a block counts as: its type's category if that is of its kind, else its kind's."""
    if type_id is not None and type_id in types and types[type_id].kind == kind:
        return types[type_id].category
    return CATEGORY_OF_KIND[kind]


SEVERITIES = ("refuse", "warn", "note", "off")  # most severe first
WORTH_IT = "worth-it"  # in `allows`: every type that is worth it, and meetings without a type
ANY = "any"  # in `allows`: everything


class DayTheme(NamedTuple):
    """One working weekday. Times are minutes since midnight on the wall clock."""

    weekday: int  # 1 Monday to 7 Sunday
    title: str  # "Sync": what the band under the day's name says
    tone: str  # "sync", "deep", "catch_up" or "calm": the tint of the day's ground
    allows: tuple[str, ...]  # ids of types and kinds that may be planned outside the boxes
    opens: int
    closes: int
    lunch: tuple[int, int] | None


class Box(NamedTuple):
    """A time box (M5): a recurring slot of the theme. Times are minutes since midnight."""

    id: str  # lower-case words joined by "-", unique within the theme
    weekday: int
    start: int
    end: int
    summary: str
    kind: str
    type: str | None
    optional: bool
    fixed: bool  # its day, start and length do not move: meetings and windows, unless the file says no


class Limits(NamedTuple):
    """Figures of the method that a theme may change; minutes unless the name says otherwise."""

    focus_minutes: int  # a shorter stretch of deep work is no focus time
    deep_work_minutes: tuple[int, int]  # focus time wanted a week (M14)
    communication_percent: int  # alarm above (M1)
    recurring_meetings: int  # at most (M16)
    prep_hours: int  # the document is due this long before (M10)
    split: Mapping[str, int]  # target percent by category (M1)
    meeting: Mapping[str, int]  # longest meeting by type (M10)
    weekly: Mapping[str, int]  # most a week by type (M10)


class WeekTheme(NamedTuple):
    id: str
    title: str
    description: str
    days: tuple[DayTheme, ...]  # working weekdays only, in order
    boxes: tuple[Box, ...]  # in order of the week
    limits: Limits
    severities: Mapping[str, str]  # every rule id to one of SEVERITIES
    holidays: tuple[tuple[str, str], ...] = ()  # ISO date and name of days that are leave

    def day(self, weekday: int) -> DayTheme | None:
        """The theme of a weekday, or None when it is not a working day."""
        return next((day for day in self.days if day.weekday == weekday), None)

    @property
    def working_minutes(self) -> int:
        """Minutes of a normal week, without lunch."""
        return sum(
            day.closes - day.opens - (day.lunch[1] - day.lunch[0] if day.lunch else 0) for day in self.days
        )


def to_data(theme: WeekTheme) -> dict[str, Any]:
    """A theme as JSON values, for the store (past weeks keep theirs) and the cache.

    Lists and no tuples, so that it equals itself read back.
    """
    return {
        "id": theme.id,
        "title": theme.title,
        "description": theme.description,
        "days": [
            [*day[:3], list(day.allows), day.opens, day.closes, list(day.lunch) if day.lunch else None]
            for day in theme.days
        ],
        "boxes": [list(box) for box in theme.boxes],
        "limits": {**theme.limits._asdict(), "deep_work_minutes": list(theme.limits.deep_work_minutes)},
        "severities": dict(theme.severities),
        **({"holidays": [list(holiday) for holiday in theme.holidays]} if theme.holidays else {}),
    }


def from_data(data: Mapping[str, Any]) -> WeekTheme:
    """The theme that `to_data` wrote."""
    limits = data["limits"]
    return WeekTheme(
        id=data["id"],
        title=data["title"],
        description=data["description"],
        days=tuple(
            DayTheme(
                day[0],
                day[1],
                day[2],
                tuple(day[3]),
                day[4],
                day[5],
                (day[6][0], day[6][1]) if day[6] else None,
            )
            for day in data["days"]
        ),
        boxes=tuple(Box(*box) for box in data["boxes"]),
        limits=Limits(**{**limits, "deep_work_minutes": tuple(limits["deep_work_minutes"])}),
        severities=data["severities"],
        holidays=tuple((day, name) for day, name in data.get("holidays", ())),
    )
