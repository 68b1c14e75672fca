"""Define the edits: what a user can want of the plan, the sessions and the check, one value each.

Days are dates, times minutes since midnight in the user's zone. Each edit is a tuple of fields that shares
the properties of `EditProperties` with the others.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import ClassVar, NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.running import StartSession, StopSession
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession


class EditProperties:
    """Give every edit the properties that callers may ask of any; fields of the same name win over them."""

    __slots__ = ()
    refusable: ClassVar[bool] = False  # the week may refuse it, and an override may go past that
    plans: ClassVar[bool] = True  # about the plan, not about what was: it may break rules and cost focus

    @property
    def uid(self) -> str:
        """Return the uid of the record that the edit changes, "" for a new one."""
        return ""

    @property
    def day(self) -> date | None:
        """Return the day on which the edit finds what it changes."""
        return None

    @property
    def day_after(self) -> date | None:
        """Return the day on which the edit leaves what it changes."""
        return self.day

    @property
    def override(self) -> str | None:
        """Return the written reason for going past a refusal (M4)."""
        return None


class _OfDay(EditProperties):
    __slots__ = ()

    @property
    def day(self) -> date:
        raise NotImplementedError

    @property
    def day_after(self) -> date:
        return self.day

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes, in order."""
        return tuple(sorted({IsoWeek.of(self.day), IsoWeek.of(self.day_after)}))


class _OfWeek(EditProperties):
    __slots__ = ()

    @property
    def week(self) -> IsoWeek:
        raise NotImplementedError

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes, in order."""
        return (self.week,)


def _weeks_of(days: tuple[date, ...], onward: bool) -> tuple[IsoWeek, ...]:
    weeks = {IsoWeek.of(day) for day in days}
    return tuple(sorted({*weeks, max(weeks).shift(1)} if onward else weeks))


class _AddBlock(NamedTuple):
    summary: str
    day: date
    start: int
    end: int
    kind: str
    type: str | None = None
    people: tuple[str, ...] = ()
    optional: bool = False
    doc: str | None = None
    repeat: Repeat | None = None
    override: str | None = None  # the written reason for going past a refusal (M4)
    note: str | None = None


class AddBlock(_AddBlock, _OfDay):
    """Plan a new block, or with `repeat` a series."""

    __slots__ = ()
    refusable = True

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes: of several weekdays those after the first too."""
        week = IsoWeek.of(self.day)
        if self.repeat is None or not self.repeat.days or self.day.isoweekday() == self.repeat.days[0]:
            return (week,)
        return (week, week.shift(self.repeat.weeks))


class _MoveBlock(NamedTuple):
    uid: str
    day: date  # the day that it stands on now
    to: date
    start: int
    end: int | None = None
    override: str | None = None
    onward: bool = False


class MoveBlock(_MoveBlock, _OfDay):
    """Move a block to another time; `end` None keeps the length.

    Of a series this one occurrence moves, or if `onward` this one and all after it.
    """

    __slots__ = ()
    refusable = True

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes; of a series the one after, too."""
        return _weeks_of((self.day, self.to), self.onward)

    @property
    def day_after(self) -> date:
        """Return the day to which the block moves."""
        return self.to


class _EditBlock(NamedTuple):
    uid: str
    day: date
    fields: Mapping[str, object]
    override: str | None = None
    to: MoveBlock | None = None  # the move that is made along with it
    onward: bool = False


class EditBlock(_EditBlock, _OfDay):
    """Change fields of a block (summary, kind, type, people, optional, doc, category, note); None clears one.

    With `to` the block goes to another time as well, and only what both come to is weighed. Of a series this
    one occurrence changes, or if `onward` this one and all after it.
    """

    __slots__ = ()
    refusable = True

    @property
    def day_after(self) -> date:
        """Return the day on which the block stands then."""
        return self.day if self.to is None else self.to.to

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes; of a series the one after, too."""
        return _weeks_of((self.day, self.day_after), self.onward)


class _FinishBlock(NamedTuple):
    uid: str
    day: date
    status: str


class FinishBlock(_FinishBlock, _OfDay):
    """Set a block's status: done, skipped, or planned again."""

    __slots__ = ()


class _RemoveBlock(NamedTuple):
    uid: str
    day: date
    series: bool = False


class RemoveBlock(_RemoveBlock, _OfDay):
    """Delete a block; of a box or a series, skip this occurrence. `series` ends a whole series."""

    __slots__ = ()


class _EditSession(NamedTuple):
    uid: str
    week: IsoWeek
    fields: Mapping[str, object]


class EditSession(_EditSession, _OfWeek):
    """Change fields of a session: summary, pattern, category, start and end (aware ISO texts)."""

    __slots__ = ()
    plans = False


class _RemoveSession(NamedTuple):
    uid: str
    week: IsoWeek


class RemoveSession(_RemoveSession, _OfWeek):
    """Delete a session."""

    __slots__ = ()
    plans = False


class _SplitSession(NamedTuple):
    uid: str
    week: IsoWeek
    end: datetime  # of the first part, aware
    start: datetime  # of the second one: what lies between them goes


class SplitSession(_SplitSession, _OfWeek):
    """Make two sessions of one: what it is about stays in both."""

    __slots__ = ()
    plans = False


class _MergeSessions(NamedTuple):
    uid: str
    week: IsoWeek
    other: str
    other_week: IsoWeek


class MergeSessions(_MergeSessions, EditProperties):
    """Make one session of two, from the first start to the last end; the other one goes."""

    __slots__ = ()
    plans = False

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks of both."""
        return tuple(sorted({self.week, self.other_week}))


class _SetDay(NamedTuple):
    day: date
    kind: str
    name: str = ""  # of a holiday


class SetDay(_SetDay, _OfDay):
    """Set the kind of a day: normal, leave or on-call."""

    __slots__ = ()


class _UseTheme(NamedTuple):
    theme: str
    week: IsoWeek
    only: bool = False


class UseTheme(_UseTheme, _OfWeek):
    """Use another week theme from a week on, or for that one week alone."""

    __slots__ = ()


class _JudgeTrial(NamedTuple):
    week: IsoWeek  # in which the trial began
    theme: str
    verdict: str


class JudgeTrial(_JudgeTrial, _OfWeek):
    """Say whether a week theme that was tried (M6) is kept, adjusted or dropped."""

    __slots__ = ()
    plans = False


class _AnswerCheck(NamedTuple):
    week: IsoWeek
    answers: Mapping[str, bool | None]


class AnswerCheck(_AnswerCheck, _OfWeek):
    """Answer the Friday check (M16): question id to answer; None takes an answer back."""

    __slots__ = ()
    plans = False


class _WriteUpdate(NamedTuple):
    week: IsoWeek
    fields: Mapping[str, object]


class WriteUpdate(_WriteUpdate, _OfWeek):
    """Keep parts of a week's status update (M9): status, because, text, effects by title; None clears one."""

    __slots__ = ()
    plans = False


class _OfItem(EditProperties):
    __slots__ = ()
    plans = False

    @property
    def bucket(self) -> str:
        """Return the bucket in which the item is stored: `open`, or the week in which it was closed."""
        return "open"

    @property
    def weeks(self) -> tuple[IsoWeek, ...]:
        """Return the weeks that the edit reads and changes: that of a closed item."""
        return () if self.bucket == "open" else (IsoWeek.parse(self.bucket),)


class _AddItem(NamedTuple):
    kind: str
    summary: str
    fields: Mapping[str, object]  # stored values by the name of the field
    override: str | None = None


class AddItem(_AddItem, _OfItem):
    """Add an item of a kind: a delegation, a question."""

    __slots__ = ()
    refusable = True


class _EditItem(NamedTuple):
    kind: str
    uid: str
    fields: Mapping[str, object]
    override: str | None = None
    bucket: str = "open"


class EditItem(_EditItem, _OfItem):
    """Change fields of an item, its `summary` among them; None clears one."""

    __slots__ = ()
    refusable = True


class _TurnItem(NamedTuple):
    kind: str
    uid: str
    turn: str
    fields: Mapping[str, object]
    bucket: str = "open"


class TurnItem(_TurnItem, _OfItem):
    """Turn an item to another state, by one of the transitions of its kind."""

    __slots__ = ()


class _RemoveItem(NamedTuple):
    kind: str
    uid: str
    bucket: str = "open"


class RemoveItem(_RemoveItem, _OfItem):
    """Delete an item."""

    __slots__ = ()


ItemEdit = AddItem | EditItem | TurnItem | RemoveItem
Edit = (
    AddBlock
    | MoveBlock
    | EditBlock
    | FinishBlock
    | RemoveBlock
    | EditSession
    | RemoveSession
    | SplitSession
    | MergeSessions
    | SetDay
    | UseTheme
    | JudgeTrial
    | AnswerCheck
    | WriteUpdate
    | LogSession
    | StartSession
    | StopSession
    | AddItem
    | EditItem
    | TurnItem
    | RemoveItem
)


def with_reason(edit: Edit, reason: str) -> Edit:
    """Return the edit with the written reason for going past a refusal, where it can carry one."""
    if isinstance(edit, AddBlock | MoveBlock | EditBlock | AddItem | EditItem):
        return edit._replace(override=reason)
    return edit


class Fix(NamedTuple):
    """Offer an edit that mends a violation, also as the words of a `techlead` call."""

    title: str
    edit: Edit
    words: tuple[str, ...]
    focus_gain_minutes: int  # focus time won against the week as it would be without the fix
