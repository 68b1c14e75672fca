"""What words mean, by table; seen from Tuesday 24 November 2026, 11:30, in Berlin."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddBlock, EditBlock, EditSession, MoveBlock, SetDay, UseTheme
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.core.words.args import Option, length, read_options
from techlead_tui.core.words.commands import read_line, read_log_line
from techlead_tui.core.words.log import read_log
from techlead_tui.core.words.past import read_past, read_start
from techlead_tui.core.words.units import read_week
from techlead_tui.core.words.when import ReadingContext
from techlead_tui.errors import WordsError
from tests.core.words.calls import NOW, SHOWN, read_call


def added(words: str, context: ReadingContext = NOW) -> AddBlock:
    edit = read_line(words, context).edit
    assert isinstance(edit, AddBlock)
    return edit


@pytest.mark.parametrize(
    ("words", "day", "start", "end", "summary"),
    [
        ("wed 14-16 connection pool +code @ana", "2026-11-25", 840, 960, "connection pool"),
        ("connection pool +code wed 14-16", "2026-11-25", 840, 960, "connection pool"),
        ("+code wed connection pool 14-16", "2026-11-25", 840, 960, "connection pool"),
        ("14-16 wed pool", "2026-11-25", 840, 960, "pool"),
        ("Wednesday 14:00–15:30 pool", "2026-11-25", 840, 930, "pool"),
        ("wed 9:30-11 pool", "2026-11-25", 570, 660, "pool"),
        ("wed 14 2h pool", "2026-11-25", 840, 960, "pool"),
        ("wed 14 1h 30m pool", "2026-11-25", 840, 930, "pool"),
        ("wed 14 1 h 30 min pool", "2026-11-25", 840, 930, "pool"),
        ("wed 14 45 min pool", "2026-11-25", 840, 885, "pool"),
        ("wed 14 2h 30 bugs", "2026-11-25", 840, 960, "30 bugs"),
        ("wed at 14 for 1h30 pool", "2026-11-25", 840, 930, "pool"),
        ("wed 14 - 16 pool", "2026-11-25", 840, 960, "pool"),
        ("wed 14 to 16:15 pool", "2026-11-25", 840, 975, "pool"),
        ("2h pool wed 14", "2026-11-25", 840, 960, "pool"),
        ("tue 14-15 pool", "2026-11-24", 840, 900, "pool"),
        ("tue 9-10 pool", "2026-12-01", 540, 600, "pool"),
        ("tue 11-12 pool", "2026-11-24", 660, 720, "pool"),
        ("mon 14-15 pool", "2026-11-30", 840, 900, "pool"),
        ("next tue 9-10 pool", "2026-12-01", 540, 600, "pool"),
        ("today 9-10 pool", "2026-11-24", 540, 600, "pool"),
        ("tomorrow 9-10 pool", "2026-11-25", 540, 600, "pool"),
        ("9-10 pool", "2026-11-25", 540, 600, "pool"),
        ("14-15 pool", "2026-11-24", 840, 900, "pool"),
        ("2026-12-24 9-10 pool", "2026-12-24", 540, 600, "pool"),
        ("2026-12-24T09:00 45m pool", "2026-12-24", 540, 585, "pool"),
        ("wed 23-24 pool", "2026-11-25", 1380, 1440, "pool"),
        ("wed 2-3 pool", "2026-11-25", 120, 180, "pool"),
        ("now 30m pool", "2026-11-24", 690, 720, "pool"),
        ("25m ago 30m pool", "2026-11-24", 665, 695, "pool"),
        ("wed 14-16 90 days  and #123 and +1", "2026-11-25", 840, 960, "90 days  and #123 and +1"),
        ("wed 14-16 demo for friday", "2026-11-25", 840, 960, "demo for friday"),
        ("wed 14-15 +pairing", "2026-11-25", 840, 900, "Pairing"),
        ("wed 14-15 -- +pairing @ana why?", "2026-11-25", 840, 900, "+pairing @ana why?"),
    ],
)
def test_a_line_is_read_as_meant(words: str, day: str, start: int, end: int, summary: str) -> None:
    edit = added(words)
    assert (edit.day.isoformat(), edit.start, edit.end, edit.summary) == (day, start, end, summary)


def test_tags_set_kind_type_people_and_the_rest() -> None:
    edit = added("wed 14-16 pool +code @ana @bob doc:docs/pool.md +optional")
    assert (edit.kind, edit.type, edit.people, edit.doc, edit.optional) == (
        "deep_work",
        "code",
        ("ana", "bob"),
        "docs/pool.md",
        True,
    )
    assert added("wed 14-16 status +status +async").kind == "async"
    assert added("wed 14-16 sync?") == added("wed 14-16 sync +optional")
    assert added("wed 14-16 pool").kind == "meeting"
    assert "meeting, as no type was named" in read_line("wed 14-16 pool", NOW).said


def test_a_series_is_read() -> None:
    assert added("every tue 14-15 x").repeat == Repeat(1)
    assert added("every 2 weeks tue 14-15 x until").summary == "x until"
    for words in (
        "every tue 14-15 pool talk until 2027-01-31",
        "pool talk every tue 14-15 until 2027-01-31",
        "every tue 14-15 pool talk +pairing until 2027-01-31 @ana",
    ):
        edit = added(words)
        assert (edit.summary, edit.repeat) == ("pool talk", Repeat(1, date(2027, 1, 31)))
    edit = added("every other week fri 14-15 until 2027-01-31 x")
    assert (edit.day, edit.repeat) == (date(2026, 11, 27), Repeat(2, date(2027, 1, 31)))


def test_in_the_tui_a_day_is_one_of_the_week_shown() -> None:
    assert added("mon 9-10 x", SHOWN).day == date(2026, 12, 7)
    assert added("pool", SHOWN)[1:4] == (date(2026, 12, 9), 840, 900)
    assert added("9-9:30 demo for friday", SHOWN)[:4] == ("demo for friday", date(2026, 12, 9), 540, 570)
    assert added("45m pool", SHOWN).end == 885


@pytest.mark.parametrize(
    ("words", "word", "says"),
    [
        ("wedd 14-16 pool", "wedd", "wed"),
        ("pool wedd 14-16", "wedd", "wed"),
        ("wed 25:00 pool", "25:00", "24-hour"),
        ("wed 14:75 pool", "14:75", "24-hour"),
        ("wed 16-14 pool", "16-14", "before it starts"),
        ("wed 14-14 pool", "14-14", "no time"),
        ("wed 22-2 pool", "22-2", "one day"),
        ("wed 23 2h pool", "23", "midnight"),
        ("wed 24:00 1h pool", "24:00", "24:00"),
        ("wed 14-30 pool", "14-30", "range"),
        ("wed 2pm pool", "2pm", "14:00"),
        ("wed 14 pool", "14", "14:00-15:00"),
        ("wed pool", "pool", "no time"),
        ("pool", "pool", "no time"),
        ("14-16 demo for friday", "friday", "day"),
        ("2026-02-30 14-16 pool", "2026-02-30", "no day"),
        ("9999-01-01 14-16 pool", "9999-01-01", "out of range"),
        ("wed 14-16 pool +statsu", "+statsu", "+status"),
        ("wed 14-16 pool +zzzzzz", "+zzzzzz", "architecture-review"),
        ("wed 14-16 pool +status +code", "+code", "two types"),
        ("wed 14-16 pool +async +window", "+window", "two kinds"),
        ("every pool 14-16", "pool", "every"),
        ("every 99 weeks tue 14-16 x", "99", "weeks"),
        ("every tue 14-16 until soon x", "soon", "date"),
        ("every tue 14-16 x until soon", "soon", "date"),
        ("wed 14-16", "", "about"),
        ("2026-03-29 2:30-4 x", "2:30-4", "does not exist"),
        ("2h pool wed 14-16", "pool", "no time"),
    ],
)
def test_an_error_names_the_word(words: str, word: str, says: str) -> None:
    with pytest.raises(WordsError) as caught:
        read_line(words, NOW)
    error = caught.value
    assert error.word == word
    assert says in f"{error.message} {error.hint}"
    if word and error.position >= 0:
        assert words[error.position :].startswith(word)


def test_a_quoted_argument_is_kept_to_the_letter() -> None:
    def summary(*args: str) -> str:
        edit = read_call(["add", "wed", "14-16", *args], NOW).edit
        assert isinstance(edit, AddBlock)
        return edit.summary

    assert summary(" two  blanks ", "+code") == " two  blanks "
    assert summary("line\none\x1b[31m", "and", "more") == "line\none\x1b[31m and more"
    assert summary("pool  fix +code") == "pool  fix"
    assert summary("why is it slow?") == "why is it slow?"
    whole = read_call(["add", "wed 14-16 pool  fix"], NOW).edit
    assert isinstance(whole, AddBlock)
    assert whole.summary == "pool  fix"


@pytest.mark.parametrize(
    ("words", "to", "start", "end"),
    [
        ("wed 14:00", "2026-11-25", 840, None),
        ("9", "2026-11-23", 540, None),
        ("14-16", "2026-11-23", 840, 960),
        ("fri", "2026-11-27", 960, None),
        ("tomorrow 9 45m", "2026-11-25", 540, 585),
        ("2026-12-01 10:00", "2026-12-01", 600, None),
        ("tue 9", "2026-12-01", 540, None),
    ],
)
def test_a_move_keeps_what_is_not_named(words: str, to: str, start: int, end: int | None) -> None:
    edit = read_call(["move", "cross", *words.split()], NOW).edit
    assert edit == MoveBlock("cross-team@2026-11-23", date(2026, 11, 23), date.fromisoformat(to), start, end)


@pytest.mark.parametrize(
    ("words", "word"),
    [
        ("nowhere", "nowhere"),
        ("fri soon", "soon"),
        ("", ""),
        ("45m", ""),
        ("23:30", "23:30"),
        ("every fri 9", ""),
    ],
)
def test_a_move_names_what_it_does_not_understand(words: str, word: str) -> None:
    with pytest.raises(WordsError) as caught:
        read_call(["move", "cross", *words.split()], NOW)
    assert caught.value.word == word


def test_a_session_moves_to_the_last_such_time() -> None:
    edit = read_call(["move", "s1", "fri", "9"], NOW).edit
    assert isinstance(edit, EditSession)
    assert edit.fields == {"start": "2026-11-20T09:00:00+01:00", "end": "2026-11-20T09:45:00+01:00"}


def test_edit_sets_fields() -> None:
    edit = read_call(["edit", "cross", "New", "title", "+pairing", "@bo", "--no-doc"], NOW).edit
    assert isinstance(edit, EditBlock)
    assert edit.fields == {"summary": "New title", "type": "pairing", "people": ["bo"], "doc": None}
    with pytest.raises(WordsError, match="times"):
        read_call(["edit", "cross", "wed", "14-16"], NOW)
    with pytest.raises(WordsError, match="sessions"):
        read_call(["edit", "cross", "-p", "spike"], NOW)
    with pytest.raises(WordsError, match="change"):
        read_call(["edit", "cross"], NOW)


@pytest.mark.parametrize(
    ("text", "minutes"),
    [
        ("45m", 45),
        ("1h30", 90),
        ("1.5h", 90),
        ("90", 90),
        ("1h", 60),
        ("2h15m", 135),
        ("45min", 45),
        ("0.1h", 6),
        ("24h", 1440),
        ("1h 30m", 90),
        ("1 h 30 m", 90),
        ("45 min", 45),
        ("1 hour 5 minutes", 65),
        ("1hour5minutes", 65),
    ],
)
def test_lengths(text: str, minutes: int) -> None:
    assert length(text) == minutes


@pytest.mark.parametrize(
    "text", ["", "0", "0m", "25h", "1h75", "1.5", "1.5m", "h", "m45", "-5m", "٤٥m", "1h30x", "9" * 99]
)
def test_what_is_no_length(text: str) -> None:
    with pytest.raises(WordsError):
        length(text)


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("9:40", "2026-11-24T09:40"),
        ("23:00", "2026-11-23T23:00"),
        ("tue 14:00", "2026-11-17T14:00"),
        ("tue 9", "2026-11-24T09:00"),
        ("wed 9", "2026-11-18T09:00"),
        ("-25m", "2026-11-24T11:05"),
        ("25m ago", "2026-11-24T11:05"),
        ("yesterday 9", "2026-11-23T09:00"),
        ("2026-11-20 10:00", "2026-11-20T10:00"),
        ("2026-11-20T10:00:00Z", "2026-11-20T11:00"),
    ],
)
def test_at_means_the_last_one(text: str, start: str) -> None:
    moment = read_start(text, NOW)[1]
    assert moment is not None
    assert moment.isoformat()[:16] == start


def test_at_may_be_a_day_alone() -> None:
    assert read_past("fri", NOW) == (date(2026, 11, 20), None)
    assert read_past("tue", NOW) == (date(2026, 11, 24), None)


@pytest.mark.parametrize("text", ["soon", "9-10", "9 1h", "25:00", "2026-03-29 2:30", "24:00", "every tue 9"])
def test_what_is_no_start(text: str) -> None:
    with pytest.raises(WordsError):
        read_past(text, NOW)


@pytest.mark.parametrize(
    ("text", "week"),
    [
        ("2026-W48", "2026-W48"),
        ("2026-w1", "2026-W01"),
        ("2026-W53", "2026-W53"),
        ("this", "2026-W48"),
        ("next", "2026-W49"),
        ("last", "2026-W47"),
        ("+2", "2026-W50"),
        ("-1", "2026-W47"),
        ("2026-12-31", "2026-W53"),
        ("mon", "2026-W49"),
    ],
)
def test_weeks(text: str, week: str) -> None:
    assert str(read_week(text, NOW.today)) == week


@pytest.mark.parametrize("text", ["2026-W54", "2025-W53", "soon", "", "+999999", "2026-02-30", "0001-W01"])
def test_what_is_no_week(text: str) -> None:
    with pytest.raises(WordsError):
        read_week(text, NOW.today)


def test_log_keeps_text_to_the_letter() -> None:
    def summary(*args: str) -> str:
        words = read_log(["5m", *args])
        assert words is not None
        return words.summary

    nasty = [
        "zq  two  blanks ",
        "zq first\nsecond\r\nthird\ttab",
        "zq --help -- -1",
        "zq \x1b[31m\x7f\u2028 end",
        "- dash first",
    ]
    for text in (*nasty, "NaN", "-1", "wed", "why?", '{"zq": [1]}'):
        assert summary(text) == text
    assert summary("pool", "fix", "-p", "spike") == "pool fix"
    assert summary("--", "-p", "+spike") == "-p +spike"
    assert summary() == ""


def test_log_reads_pattern_and_category() -> None:
    words = read_log(["1h30", "pool", "+pair", "--category=mentorship", "--at", "-25m", "--json"])
    assert words is not None
    assert (words.minutes, words.pattern, words.category, words.at, words.json) == (
        90,
        "pair",
        "mentorship",
        "-25m",
        True,
    )
    assert read_log(["--help"]) is None


@pytest.mark.parametrize(
    ("line", "wanted"),
    [
        ("yesterday 2h pool fix", ("yesterday", 120, "pool fix")),
        ("tue 14:00 1h 30m pool", ("tue 14:00", 90, "pool")),
        ("2026-11-20 45 min", ("2026-11-20", 45, "")),
        ("9:40 30m", ("9:40", 30, "")),
    ],
)
def test_log_takes_a_time_before_the_length(line: str, wanted: tuple[str, int, str]) -> None:
    words = read_log(line.split())
    assert words is not None
    assert (words.at, words.minutes, words.summary) == wanted


@pytest.mark.parametrize("line", ["yesterday pool 2h", "pool 2h", "yesterday", "yesterday 2h --at 9:00"])
def test_log_takes_nothing_but_a_time_before_the_length(line: str) -> None:
    with pytest.raises(WordsError, match="is not a length of time"):
        read_log(line.split())


@pytest.mark.parametrize(
    ("args", "word"),
    [
        ([], ""),
        (["pool"], "pool"),
        (["45m", "-p", "spyke"], "spyke"),
        (["45m", "--pat", "spike"], "--pat"),
        (["45m", "x", "+spik"], "+spik"),
        (["45m", "--at"], "--at"),
        (["45m", "x", "--json=1"], "--json=1"),
        (["45m", "x", "--at", "tue", "9", "tests"], "9"),
    ],
)
def test_log_names_the_word(args: list[str], word: str) -> None:
    with pytest.raises(WordsError) as caught:
        read_log(args)
    assert caught.value.word == word


def test_at_takes_the_time_after_its_day() -> None:
    words = read_log(["45m", "x", "--at", "tue", "14:00", "y"])
    assert words is not None
    assert (words.at, words.summary) == ("tue 14:00", "x y")
    words = read_log(["45m", "--at", "25m", "ago"])
    assert words is not None
    assert words.at == "25m ago"


@pytest.mark.parametrize(
    ("words", "minutes", "summary"),
    [
        ("45 min pool", 45, "pool"),
        ("1h 30m pool", 90, "pool"),
        ("1 hour 5 minutes pool", 65, "pool"),
        ("1 h pool", 60, "pool"),
        ("1 h 30 m pool", 90, "pool"),
        ("1 h 30min pool", 90, "pool"),
        ("1.5 hours pool", 90, "pool"),
        ("1h 30 tests mended", 60, "30 tests mended"),
        ("45m min heap", 45, "min heap"),
        ("90 pool", 90, "pool"),
    ],
)
def test_a_length_may_take_two_words(words: str, minutes: int, summary: str) -> None:
    log = read_log(words.split())
    assert log is not None
    assert (log.minutes, log.summary) == (minutes, summary)


def ended(day: date) -> datetime:
    return NOW.moment(day, 13 * 60)


@pytest.mark.parametrize(
    ("words", "start", "end", "summary", "pattern"),
    [
        ("yesterday 2h foo", "2026-11-23T13:00", "2026-11-23T15:00", "foo", None),
        ("2h foo yesterday", "2026-11-23T13:00", "2026-11-23T15:00", "foo", None),
        ("mon 9-11 foo bar", "2026-11-23T09:00", "2026-11-23T11:00", "foo bar", None),
        ("thu 9-11 foo", "2026-11-19T09:00", "2026-11-19T11:00", "foo", None),
        ("9-11 foo -p spike", "2026-11-24T09:00", "2026-11-24T11:00", "foo", "spike"),
        ("45m foo --at mon", "2026-11-23T13:00", "2026-11-23T13:45", "foo", None),
        ("30m foo mon 10:00", "2026-11-23T10:00", "2026-11-23T10:30", "foo", None),
        ("45m pool fix -p spike", "2026-11-24T10:45", "2026-11-24T11:30", "pool fix", "spike"),
        ("45m 3 fixes", "2026-11-24T10:45", "2026-11-24T11:30", "3 fixes", None),
    ],
)
def test_a_quick_log_line_takes_the_past_and_a_pattern(
    words: str, start: str, end: str, summary: str, pattern: str | None
) -> None:
    edit = read_log_line(words, NOW, ended).edit
    assert isinstance(edit, LogSession)
    assert (edit.start[:16], edit.end[:16]) == (start, end)
    assert (edit.summary, edit.pattern) == (summary, pattern)


@pytest.mark.parametrize("words", ["45m foo -x", "45m foo -p spoke", "foo yesterday", "mon foo"])
def test_a_quick_log_line_names_what_it_does_not_understand(words: str) -> None:
    with pytest.raises(WordsError):
        read_log_line(words, NOW, ended)


@pytest.mark.parametrize("text", ["49", "2026-W49"])
def test_a_week_may_be_a_number_alone(text: str) -> None:
    assert read_week(text, date(2026, 11, 24)) == IsoWeek(2026, 49)


def test_a_quick_log_line_ends_now() -> None:
    reading = read_log_line("45m pool fix +spike", NOW, ended)
    assert getattr(reading.edit, "end", "") == "2026-11-24T11:30:00+01:00"
    assert reading.said[0] == "Tue 24 Nov 2026, 10:45–11:30 (45m)"


def test_days_and_themes() -> None:
    assert read_call(["day", "fri", "leave"], NOW).edit == SetDay(date(2026, 11, 27), "leave")
    assert read_call(["theme", "use", "on-call", "this"], NOW).edit == UseTheme(
        "on-call", IsoWeek(2026, 48), True
    )
    assert read_call(["theme", "use", "on-call"], NOW).edit == UseTheme("on-call", IsoWeek(2026, 48))
    for bad in (
        ["day", "fri"],
        ["day", "fri", "holiday"],
        ["day", "someday", "leave"],
        ["theme", "use"],
    ):
        with pytest.raises(WordsError):
            read_call(bad, NOW)


def test_a_question_mark_behind_a_new_title_makes_the_block_optional() -> None:
    edit = read_call(["edit", "cross", "Cross-team", "sync?"], NOW).edit
    assert isinstance(edit, EditBlock)
    assert edit.fields == {"summary": "Cross-team sync", "optional": True}
    plain = read_call(["edit", "cross", "Cross-team", "sync"], NOW).edit
    assert isinstance(plain, EditBlock)
    assert plain.fields == {"summary": "Cross-team sync"}


def test_an_option_takes_a_length_of_several_words() -> None:
    options = (Option(("--frees",), "how long", "LENGTH"), Option(("--to",), "who", "WHO"))
    for words in (["1h", "30m"], ["1", "h", "30", "m"], ["1h30"], ["1h 30m"]):
        call = read_options(["pool", "--frees", *words, "--to", "ana"], options)
        assert (length(call.value("frees") or ""), call.words, call.value("to")) == (90, ["pool"], "ana")
    assert read_options(["--frees", "45m", "30", "pools"], options).words == ["30", "pools"]


@pytest.mark.parametrize(
    ("line", "days", "first"),
    [
        ("every day 8-8:10 stretch", (1, 2, 3, 4, 5, 6, 7), "2026-11-25"),
        ("every weekday 13-13:15 stretch", (1, 2, 3, 4, 5), "2026-11-24"),
        ("every weekdays 13-13:15 stretch", (1, 2, 3, 4, 5), "2026-11-24"),
        ("mon-fri 9-9:15 stretch", (1, 2, 3, 4, 5), "2026-11-25"),
        ("stretch mon-wed,fri 9-9:15", (1, 2, 3, 5), "2026-11-25"),
        ("every tue,thu 9-9:15 stretch", (2, 4), "2026-11-26"),
        ("tue, thu 13-13:15 stretch", (2, 4), "2026-11-24"),
        ("every tue and thu 13-13:15 stretch", (2, 4), "2026-11-24"),
        ("fri-mon 9-9:15 stretch", (1, 5, 6, 7), "2026-11-27"),
        ("every tue,thu from 2026-12-02 9-9:15 stretch", (2, 4), "2026-12-03"),
        ("every monday 9-9:15 stretch", (), "2026-11-30"),
    ],
)
def test_several_weekdays_are_one_series_from_the_first_of_them_on(
    line: str, days: tuple[int, ...], first: str
) -> None:
    edit = added(line)
    assert (edit.summary, edit.repeat) == ("stretch", Repeat(days=days))
    assert edit.day == date.fromisoformat(first)


def test_several_weekdays_every_other_week_until_a_day() -> None:
    edit = added("every 2 weeks tue,thu 13-13:15 retro until 2027-01-31")
    assert edit.repeat == Repeat(2, date(2027, 1, 31), None, (2, 4))


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("every day 8-9 x", "every day"),
        ("mon-fri 8-9 x", "every weekday"),
        ("tue,thu 8-9 x", "every Tue and Thu"),
        ("every 3 weeks mon,tue,sat 8-9 x", "every 3 weeks on Mon, Tue and Sat"),
    ],
)
def test_the_preview_says_on_which_weekdays(line: str, said: str) -> None:
    assert said in read_line(line, NOW).said
