"""A week theme at other working times: its talks stay, its deep work gives."""

from __future__ import annotations

import pytest

from techlead_tui.core.calendar import clock
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.theme_fitting import fitted
from techlead_tui.core.words.hours import WorkingTime
from tests.core.weeks import minute, theme


def drawn(week: WeekTheme) -> list[str]:
    """Each day in a line: its theme, and where its boxes begin and end."""
    out = []
    for day in week.days:
        boxes = [box for box in week.boxes if box.weekday == day.weekday]
        spans = (f"{clock(box.start)}–{clock(box.end)} {box.id}" for box in boxes)
        out.append(f"{day.weekday} {day.title}: {', '.join(spans)}")
    return out


def time(days: tuple[int, ...], opens: str, closes: str, lunch: tuple[str, str] | None = None) -> WorkingTime:
    noon = None if lunch is None else (minute(lunch[0]), minute(lunch[1]))
    return WorkingTime(days, minute(opens), minute(closes), noon)


WEEKDAYS = (1, 2, 3, 4, 5)


@pytest.mark.parametrize(
    ("wanted", "week"),
    [
        (
            time(WEEKDAYS, "8", "16", ("11:30", "12")),
            [
                "1 Sync: 08:00–09:00 em-1-1, 09:00–10:00 team-sync, 10:00–11:30 mon-late-morning, "
                "12:00–13:00 architecture-review, 13:00–15:00 mon-afternoon, 15:00–16:00 cross-team",
                "2 Deep: 08:00–11:30 tue-morning, 12:00–15:00 tue-afternoon, 15:00–15:30 questions, "
                "15:30–16:00 tue-close",
                "3 Deep: 08:00–10:00 wed-early, 10:00–10:30 wed-messages, 10:30–11:30 wed-late-morning, "
                "12:00–16:00 wed-afternoon",
                "4 Deep: 08:00–11:30 thu-morning, 12:00–14:00 thu-afternoon, 14:00–15:00 stakeholder, "
                "15:00–16:00 thu-close",
                "5 Catch-up: 08:00–09:00 wrap-up, 09:00–11:30 fri-morning, 12:00–13:00 plan-next-week, "
                "13:00–16:00 fri-afternoon",
            ],
        ),
        (
            time((1, 2, 3), "10", "15"),
            [
                "1 Sync: 10:00–11:00 em-1-1, 11:00–12:00 team-sync, 12:00–13:00 architecture-review, "
                "13:00–14:00 mon-afternoon, 14:00–15:00 cross-team",
                "2 Deep: 10:00–12:00 tue-morning, 12:00–14:00 tue-afternoon, 14:00–14:30 questions, "
                "14:30–15:00 tue-close",
                "3 Catch-up: 10:00–11:00 wrap-up, 11:00–12:00 fri-morning, 12:00–13:00 plan-next-week, "
                "13:00–15:00 fri-afternoon",
            ],
        ),
        (
            time((2, 3), "9", "12", ("10", "11")),
            [
                "2 Sync: 09:00–10:00 em-1-1, 11:00–12:00 architecture-review",
                "3 Catch-up: 09:00–10:00 wrap-up, 11:00–12:00 plan-next-week",
            ],
        ),
        (
            time((4,), "9", "17", ("12", "13")),
            [
                "4 Sync: 09:00–10:00 em-1-1, 10:00–11:00 team-sync, 11:00–12:00 mon-late-morning, "
                "13:00–14:00 architecture-review, 14:00–16:00 mon-afternoon, 16:00–17:00 cross-team",
            ],
        ),
    ],
)
def test_meetings_keep_their_length_and_deep_work_takes_the_rest(
    wanted: WorkingTime, week: list[str]
) -> None:
    found = fitted(theme(), wanted)
    assert drawn(found) == week
    assert {(day.opens, day.closes, day.lunch) for day in found.days} == {wanted[1:]}


def test_another_first_day_keeps_its_theme_and_a_day_that_comes_twice_gets_names_of_its_own() -> None:
    found = drawn(fitted(theme(), time((7, *WEEKDAYS), "9", "17", ("12", "13"))))
    assert [line.partition(":")[0] for line in found] == [
        "1 Deep",
        "2 Deep",
        "3 Deep",
        "4 Deep",
        "5 Catch-up",
        "7 Sync",
    ]
    assert found[3] == (
        "4 Deep: 09:00–12:00 thu-morning-thu, 13:00–15:00 thu-afternoon-thu, 15:00–16:00 stakeholder-thu, "
        "16:00–17:00 thu-close-thu"
    )


def test_free_time_without_deep_work_becomes_a_box_of_it() -> None:
    week = fitted(theme("four-day"), time((3,), "8", "20", ("12", "13")))
    assert drawn(week) == [
        "3 Sync: 08:00–08:30 em-1-1, 08:30–09:30 team-sync, 09:30–10:15 architecture-review, "
        "10:15–11:00 mon-messages, 11:00–12:00 wed-morning-work, 13:00–19:00 mon-afternoon, "
        "19:00–20:00 cross-team"
    ]
    (made,) = (box for box in week.boxes if box.id == "wed-morning-work")
    assert made[4:] == ("Deep work", "deep_work", None, False, False)


def test_in_a_short_day_the_afternoon_goes() -> None:
    assert drawn(fitted(theme(), time(WEEKDAYS, "9", "11"))) == [
        "1 Sync: 09:00–10:00 em-1-1, 10:00–11:00 team-sync",
        "2 Deep: 09:00–11:00 tue-morning",
        "3 Deep: 09:00–09:30 wed-early, 09:30–10:00 wed-messages, 10:00–11:00 wed-late-morning",
        "4 Deep: 09:00–11:00 thu-morning",
        "5 Catch-up: 09:00–10:00 wrap-up, 10:00–11:00 fri-morning",
    ]
