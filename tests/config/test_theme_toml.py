from __future__ import annotations

import pytest

from techlead_tui.config.problems import FileError
from techlead_tui.config.theme_toml import parse_types
from techlead_tui.core.rules import RULES
from techlead_tui.core.theme import BlockType
from tests.config.texts import SMALL, line_of, problem, problems, shipped, theme, types


def merged(text: str) -> dict[str, BlockType]:
    return parse_types(text, file="types.toml", base=types())


def test_the_shipped_types_are_those_of_the_method() -> None:
    worth_it = [kind.id for kind in types().values() if kind.worth_it and kind.kind != "deep_work"]
    assert worth_it == [
        "architecture-review",
        "decision",
        "unblock",
        "onboarding",
        "mentorship",
        "pairing",
        "em-1-1",
        "team-sync",
        "stakeholder",
        "cross-team",
        "hand-over",
        "incident-review",
        "ad-hoc",
    ]
    assert [kind.id for kind in types().values() if not kind.worth_it] == [
        "stand-up",
        "status",
        "project-review",
        "pre-meeting",
        "alignment",
        "presentation",
        "just-in-case",
    ]
    assert [kind.id for kind in types().values() if kind.kind == "deep_work"] == ["code", "review", "design"]
    assert {kind.id for kind in types().values() if kind.category == "mentorship"} == {
        "onboarding",
        "mentorship",
        "pairing",
        "ad-hoc",
    }


def test_ones_own_file_changes_single_keys_and_adds_types() -> None:
    mine = merged('[status]\nworth_it = true\n\n[guild]\ntitle = "Guild"\nkind = "meeting"\n')
    assert mine["status"] == types()["status"]._replace(worth_it=True)
    assert mine["guild"] == BlockType("guild", "Guild", "meeting", "communication", True, None)
    assert list(mine)[:-1] == list(types())


def test_another_kind_brings_its_category_unless_the_file_says_one() -> None:
    assert merged('[status]\nkind = "async"\n')["status"].category == "other"
    assert merged('[status]\nkind = "async"\ncategory = "mentorship"\n')["status"].category == "mentorship"


@pytest.mark.parametrize(
    ("text", "key", "line"),
    [
        ('[guild]\nkind = "meeting"\n', "guild.title", 1),
        ('[guild]\ntitle = "x"\nkind = "metting"\n', "guild.kind", 3),
        ('[status]\nbucket = "meeting"\n', "status.bucket", 2),
        ("[status]\nworthit = true\n", "status.worthit", 2),
        ("\nstatus = 3\n", "status", 2),
        ('[async]\ntitle = "x"\nkind = "async"\n', "async", 1),
        ('["+x"]\ntitle = "x"\nkind = "async"\n', '"+x"', 1),
    ],
)
def test_a_mistake_is_told_by_key_and_line(text: str, key: str, line: int) -> None:
    with pytest.raises(FileError) as told:
        merged(text)
    (found,) = told.value.problems
    assert (found.key, found.line) == (key, line)


def changed(old: str, new: str) -> str:
    assert old in SMALL
    return SMALL.replace(old, new)


def test_a_small_theme_is_read_with_the_methods_figures_where_it_is_silent() -> None:
    small = theme(SMALL)
    assert [(box.id, box.start, box.end, box.kind, box.fixed) for box in small.boxes] == [
        ("morning", 540, 720, "deep_work", False),
        ("questions", 960, 990, "window", True),
    ]
    assert small.day(2) is not None
    assert small.day(1) is None
    assert small.working_minutes == 7 * 60
    assert small.limits.focus_minutes == 120
    assert small.limits.deep_work_minutes == (900, 1200)
    assert small.limits.split == {"hands_on": 60, "mentorship": 25, "communication": 15}
    assert small.limits.meeting == {"architecture-review": 45, "decision": 30, "em-1-1": 30}
    assert small.severities == {rule.ID: rule.DEFAULT for rule in RULES}


def test_the_reference_week_stands_to_the_minute() -> None:
    maker = shipped("maker-week")
    rows = [(box.weekday, box.start / 60, box.end / 60, box.type or box.kind) for box in maker.boxes]
    assert rows == [
        (1, 9, 10, "em-1-1"),
        (1, 10, 11, "team-sync"),
        (1, 11, 12, "deep_work"),
        (1, 13, 14, "architecture-review"),
        (1, 14, 16, "deep_work"),
        (1, 16, 17, "cross-team"),
        (2, 9, 12, "deep_work"),
        (2, 13, 16, "deep_work"),
        (2, 16, 16.5, "ad-hoc"),
        (2, 16.5, 17, "deep_work"),
        (3, 9, 10.5, "deep_work"),
        (3, 10.5, 11, "async"),
        (3, 11, 12, "deep_work"),
        (3, 13, 17, "deep_work"),
        (4, 9, 12, "deep_work"),
        (4, 13, 15, "deep_work"),
        (4, 15, 16, "stakeholder"),
        (4, 16, 17, "deep_work"),
        (5, 9, 10, "async"),
        (5, 10, 12, "deep_work"),
        (5, 13, 14, "planning"),
        (5, 14, 17, "deep_work"),
    ]
    assert [box.id for box in maker.boxes if box.optional] == ["cross-team", "fri-afternoon"]
    assert maker.working_minutes == 35 * 60
    assert maker.limits.prep_hours == 24
    assert sum(box.kind == "meeting" for box in maker.boxes) == maker.limits.recurring_meetings == 5


def test_a_day_may_set_its_own_hours_and_have_no_lunch() -> None:
    text = changed('tone = "deep"', 'tone = "deep"\nhours = "08:00-17:00"\nlunch = false')
    day = theme(text).day(2)
    assert day is not None
    assert (day.opens, day.closes, day.lunch) == (480, 1020, None)


def test_a_box_may_say_itself_whether_it_is_fixed() -> None:
    text = changed('type = "ad-hoc"', 'type = "ad-hoc"\nfixed = false')
    assert not theme(text).boxes[1].fixed


@pytest.mark.parametrize(
    ("old", "new", "key", "message", "meant"),
    [
        ('tone = "deep"', 'tone = "deeep"', "day.tue.tone", "deeep", "deep"),
        ('kind = "deep_work"', 'kind = "deepwork"', "box[1].kind", "deepwork", "deep_work"),
        ('type = "ad-hoc"', 'type = "adhoc"', "box[2].type", "adhoc", "ad-hoc"),
        ('"pairing"', '"pairng"', "day.tue.allows[1]", "pairng", "pairing"),
        ("[day.tue]", "[day.tues]", "day.tues", "tues", "tue"),
        ('summary = "Questions"', 'sumary = "Questions"', "box[2].sumary", "sumary", "summary"),
        ('start = "16:00"', "start = 16", "box[2].start", "the number 16", None),
        ('start = "16:00"', 'start = "24:00"', "box[2].start", "24:00", None),
        ('start = "16:00"', 'start = "9am"', "box[2].start", "9am", None),
        ('start = "16:00"', "start = 16:00:00", "box[2].start", "without quotes", None),
        ('end = "16:30"', 'end = "15:30"', "box[2].end", "ends before it starts", None),
        ('end = "16:30"', 'end = "16:00"', "box[2].end", "ends before it starts", None),
        ('end = "16:30"', 'end = "17:30"', "box[2].end", "outside the working day", None),
        ('end = "12:00"\ns', 'end = "12:30"\ns', "box[1].start", "lunch", None),
        ('id = "questions"', 'id = "morning"', "box[2].id", "already the id", None),
        ('id = "questions"', 'id = "Q 1"', "box[2].id", "cannot be an id", None),
        ('day = "tue"\nstart = "16', 'day = "wed"\nstart = "16', "box[2].day", "not a working day", None),
        ('title = "Small"', 'title = "\\u001b[2J"', "title", "control character", None),
        ('title = "Small"', 'title = ""', "title", "empty", None),
        ('title = "Small"', "title = true", "title", "is true", None),
        ('hours = "09:00-17:00"', 'hours = "17:00-09:00"', "hours", "ends before", None),
        ('allows = ["pairing"]', 'allows = "pairing"', "day.tue.allows", "the text", None),
        ('kind = "deep_work"', 'kind = "meeting"\ntype = "code"', "box[1].type", "of kind deep_work", None),
        ('kind = "deep_work"', 'optional = "yes"\nkind = "deep_work"', "box[1].optional", "yes", None),
    ],
)
def test_a_mistake_is_told_by_key_line_and_nearest(
    old: str, new: str, key: str, message: str, meant: str | None
) -> None:
    text = changed(old, new)
    found = problems(text)[0]
    assert found.key == key
    assert message in found.message
    assert found.nearest == meant
    assert found.file == "mine.toml"
    assert found.line is not None
    assert key.rpartition(".")[2].partition("[")[0] in text.splitlines()[found.line - 1]


def test_a_lunch_outside_a_days_hours_is_told_at_the_day() -> None:
    text = changed('lunch = "12:00-13:00"', 'lunch = "18:00-19:00"')
    found = problem(text)
    assert found.key == "day.tue.lunch"
    assert found.line == line_of(text, "[day.tue]")


@pytest.mark.parametrize(
    ("extra", "key", "message", "meant"),
    [
        ('[rules]\nday-themes = "warn"', "rules.day-themes", "day-themes", "day-theme"),
        ('[rules]\nlunch = "warning"', "rules.lunch", "warning", "warn"),
        ("[rules]\nlunch = 3", "rules.lunch", "the number 3", None),
        ('[limits]\ndeep_work = ["20h", "15h"]', "limits.deep_work", "more than the most", None),
        ("[limits]\ndeep_work = [15, 20]", "limits.deep_work", "not two lengths", None),
        ("[limits]\ncommunication_percent = 120", "limits.communication_percent", "out of range", None),
        ("[limits]\nfocus_stretch = 120", "limits.focus_stretch", "the number 120", None),
        ('[limits]\nfocus_stretch = "soon"', "limits.focus_stretch", "soon", None),
        ('[limits]\nprep = "90m"', "limits.prep", "whole hours", None),
        ("[limits.split]\nhands_on = 60\nmentorship = 60", "limits.split", "add up to 120", None),
        ('[limits.meeting]\ndecisions = "30m"', "limits.meeting.decisions", "decisions", "decision"),
        ('[limits.week]\nonboarding = "0m"', "limits.week.onboarding", "not a length", None),
        ("[limit]\nprep = 1", "limit", "not a key here", "limits"),
        ("limits = 3", "box[2].limits", "not a key here", None),
        ('[[boxes]]\nid = "x"', "boxes", "not a key here", "box"),
    ],
)
def test_a_mistake_in_limits_and_rules_is_told(extra: str, key: str, message: str, meant: str | None) -> None:
    text = f"{SMALL}\n{extra}\n"
    found = problem(text)
    assert found.key == key
    assert message in found.message
    assert found.nearest == meant
    first = len(SMALL.splitlines()) + 2
    assert found.line in (first, first + 1)


def test_boxes_that_overlap_are_told_at_the_second() -> None:
    text = SMALL + (
        '[[box]]\nid = "third"\nday = "tue"\nstart = "11:00"\nend = "11:30"\n'
        'summary = "Sync"\nkind = "meeting"\n'
    )
    found = problem(text)
    assert found.key == "box[3].start"
    assert '"morning"' in found.message
    assert found.line == line_of(text, "11:00")


def test_every_mistake_of_a_file_is_told_at_once_in_order() -> None:
    text = changed('tone = "deep"', 'tone = "x"').replace('start = "16:00"', 'start = "x"') + "\n[rule]\n"
    assert [found.key for found in problems(text)] == ["day.tue.tone", "box[2].start", "rule"]


def test_a_missing_key_is_told_at_its_box() -> None:
    text = SMALL.replace('summary = "Questions"\n', "")
    found = problem(text)
    assert found.message == '"summary" is missing'
    assert found.line == len(text[: text.rindex("[[box]]")].splitlines()) + 1


def test_a_theme_without_days_or_hours_is_told() -> None:
    assert "no day has a theme" in problem('title = "x"\n').message
    assert "working hours" in problem('title = "x"\n[day.mon]\ntitle = "y"\n').message


@pytest.mark.parametrize(
    ("text", "line", "message"),
    [
        ('title = "x\nhours = 1\n', 1, "illegal character"),
        ('title = "x"\ntitle = "y"\n', 2, "overwrite"),
        ('title = "x"\n[day.mon\n', 2, "expected"),
        ("[[box]]\nstart = 09:00\n", 2, "expected"),
        ("a = [1,\n\n", 1, "invalid value"),
    ],
)
def test_what_is_no_toml_is_told_by_line(text: str, line: int, message: str) -> None:
    found = problem(text)
    assert found.line == line
    assert message in found.message.lower()


def test_times_without_quotes_get_a_hint() -> None:
    assert "quotes" in problem("[[box]]\nstart = 09:00\n").hint


@pytest.mark.parametrize("text", ["a = " + "[" * 3000, "a = " + "9" * 5000, "\x00", "box = 3", "day = []"])
def test_odd_texts_are_told_and_no_traceback(text: str) -> None:
    assert problems(text)


def test_a_box_list_written_inline_is_read_too() -> None:
    inline = SMALL[: SMALL.index("[[box]]")].replace(
        "[day.tue]",
        "box = [\n"
        '  {id = "a", day = "tue", start = "9:00", end = "10:00", summary = "x", kind = "async"},\n'
        '  {id = "b", day = "tue", start = "9:30", end = "10:00", summary = "x", kind = "async"},\n'
        "]\n[day.tue]",
    )
    found = problem(inline)
    assert found.key == "box[2].start"
    assert found.line == line_of(inline, '"b"')
