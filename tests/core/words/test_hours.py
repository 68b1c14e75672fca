"""The line that says when somebody works."""

import pytest

from techlead_tui.core.words.hours import WorkingTime, read_working_time, working_time_words
from techlead_tui.errors import WordsError

USUAL = WorkingTime((1, 2, 3, 4, 5), 540, 1020, (720, 780))


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("", USUAL),
        ("mon-fri 9-17, lunch 12-13", USUAL),
        ("mon-thu", USUAL._replace(days=(1, 2, 3, 4))),
        ("8:30-16:30", USUAL._replace(opens=510, closes=990)),
        ("Sunday-Thursday 9-18", WorkingTime((7, 1, 2, 3, 4), 540, 1080, (720, 780))),
        ("mon wed fri; no lunch", WorkingTime((1, 3, 5), 540, 1020, None)),
        ("tue–thu 10-18 lunch 13:00-13:45", WorkingTime((2, 3, 4), 600, 1080, (780, 825))),
        ("9-12", WorkingTime(USUAL.days, 540, 720, None)),
    ],
)
def test_a_line_says_when(text: str, time: WorkingTime) -> None:
    assert read_working_time(text, USUAL) == time


@pytest.mark.parametrize(
    "text",
    ["nine to five", "9-17 10-18", "17-9", "9am-5pm", "lunch 8-9", "lunch", "9-9:30", "mon-foo", "25-26"],
)
def test_what_makes_no_sense_is_said(text: str) -> None:
    with pytest.raises(WordsError) as raised:
        read_working_time(text, USUAL)
    assert raised.value.hint


@pytest.mark.parametrize("days", [(1, 2, 3, 4, 5), (7, 1, 2, 3, 4), (1, 3, 5), (2,), (6, 7)])
def test_a_working_time_is_read_back_from_its_words(days: tuple[int, ...]) -> None:
    for lunch in (None, (725, 770)):
        time = WorkingTime(days, 525, 1030, lunch)
        assert read_working_time(working_time_words(time), USUAL) == time
