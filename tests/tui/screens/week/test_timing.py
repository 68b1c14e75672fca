"""A running session on the screen: S by keys and by mouse, growing by the minute, asked about once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from techlead_tui.core.calendar import into
from techlead_tui.core.running import StartSession
from techlead_tui.core.session import LogSession
from techlead_tui.planner.planner import Planner
from tests.core.weeks import W48, ZONE, add, moment
from tests.tui import hand
from tests.tui.conftest import Opened, Opener


def start(when: str = "tue 9:15", until: str = "tue 12:00") -> StartSession:
    return StartSession(
        summary="pool fix",
        start=moment(when).isoformat(),
        until=moment(until).isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
        block="tue-morning@2026-11-24",
    )


def log(when: str, until: str, summary: str = "stalls") -> LogSession:
    return LogSession(
        summary=summary,
        start=moment(when).isoformat(),
        end=moment(until).isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
        pattern="spike",
    )


def sessions(screen: Opened) -> list[tuple[str, str, str]]:
    """Title, start and end of the sessions of the week; the end of one that runs is "running"."""
    found = screen.week().sessions
    return [
        (
            s.summary,
            f"{into(s.start, ZONE):%a %H:%M}",
            "running" if s.running else f"{into(s.end, ZONE):%H:%M}",
        )
        for s in found
    ]


async def later(screen: Opened, **passed: int) -> None:
    screen.clock.now = into(screen.clock.now, UTC) + timedelta(**passed)
    screen.app.beat()
    await screen.settle()


async def test_s_starts_a_session_by_words_and_stops_it(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("S")
        await screen.type("pool fix -p spike")
        assert "in Deep work, to 12:00" in screen.text()
        await screen.press("enter")
        assert sessions(screen) == [("pool fix", "Tue 11:37", "running")]
        assert "▶ pool fix 0:00" in screen.text()
        await later(screen, minutes=15)
        assert "▶ pool fix 0:15" in screen.text()
        await screen.press("right_square_bracket")
        assert "▶ pool fix 0:15" in screen.text()  # in another week too
        await screen.press("t", "S")
        assert sessions(screen) == [("pool fix", "Tue 11:37", "11:52")]
        assert "pool fix: logged, 15m · u takes it back" in screen.text()
        await screen.press("u")
        assert "undone: stopping pool fix" in screen.text()
        assert sessions(screen) == [("pool fix", "Tue 11:37", "running")]
        await screen.press("u")
        assert sessions(screen) == []


@pytest.mark.slow
async def test_the_mouse_starts_and_stops_too(opened: Opener) -> None:
    async with opened() as screen:
        await hand.click_words(screen, "S start")
        await screen.type("pool fix")
        await hand.click_words(screen, "F4 block")
        await hand.click_words(screen, "⏎ take")
        assert sessions(screen) == [("pool fix", "Tue 11:37", "running")]
        record = screen.screen.loaded.snapshot.open_session
        assert record is not None
        assert record["block"] is None
        await hand.click_words(screen, "S start")
        assert [one[2] for one in sessions(screen)] == ["11:38"]


async def test_without_words_it_starts_what_the_week_and_the_last_session_say(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(add("tue 11:00-12:00", "code", summary="connection pool"), ["add"])
        await screen.screen.reload()
        await screen.press("S")
        assert "“connection pool”" in screen.text()
        await screen.press("f2", "enter")
        (session,) = screen.week().sessions
        assert (session.summary, session.pattern) == ("connection pool", "lead")


@pytest.mark.slow
async def test_it_began_a_while_ago(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("S")
        await screen.type("pool --at 25m ago")
        await screen.press("enter")
        assert sessions(screen) == [("pool", "Tue 11:12", "running")]
        await screen.press("S", "escape")


@pytest.mark.parametrize("words", ["pool --at yesterday", "pool --at 23:00", "pool -p foo", "pool --resume"])
@pytest.mark.few(2)
async def test_words_that_make_no_sense_stay_in_the_line(opened: Opener, words: str) -> None:
    async with opened() as screen:
        await screen.press("S")
        await screen.type(words)
        await screen.press("enter")
        assert screen.screen.line is not None
        assert sessions(screen) == []


async def test_a_pause_goes_on(opened: Opener) -> None:
    async with opened(now=moment("tue 9:15")) as screen:
        screen.planner.apply(start(), ["start"])
        await screen.screen.reload()
        await later(screen, minutes=25)
        await screen.screen.run_action("pause")
        await screen.settle()
        assert sessions(screen) == [("pool fix", "Tue 09:15", "09:40")]
        assert "‖ pool fix, paused" in screen.text()
        await later(screen, minutes=10)
        await screen.press("S")
        assert sessions(screen)[1:] == [("pool fix", "Tue 09:50", "running")]


async def test_one_that_another_shell_started_meanwhile_is_told(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("S")
        await screen.type("other")
        Planner(screen.planner.folders, screen.clock, "cli", ZONE).apply(start(), ["start"])
        await screen.press("enter")
        assert "“pool fix” has been running since 09:15" in screen.text()
        await screen.press("escape")
        screen.app.beat()
        await screen.settle()
        assert sessions(screen) == [("pool fix", "Tue 09:15", "running")]
        await screen.press("S")
        assert sessions(screen) == [("pool fix", "Tue 09:15", "11:37")]


async def test_without_a_panel_the_header_tells_it(opened: Opener) -> None:
    async with opened(size=(80, 24), now=moment("tue 9:15")) as screen:
        screen.planner.apply(start(), ["start"])
        await later(screen, minutes=55)
        assert "▶ 0:55" in screen.text().splitlines()[0]


class TestForgotten:
    async def test_one_that_is_found_when_the_screen_opens_is_asked_about(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
        async with opened(now=moment("wed 9:00")) as screen:
            assert "When did pool fix end?" in screen.text()
            await hand.click_words(screen, "12:00, the end of its block")
            assert sessions(screen) == [("pool fix", "Tue 09:15", "12:00")]

    async def test_after_sleep_it_is_asked_about_once(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
            await screen.screen.reload()
            await later(screen, hours=5)
            assert "When did pool fix end?" in screen.text()
            await screen.press("escape")
            assert "pool fix goes on" in screen.text()
            await later(screen, hours=1)
            assert "When did pool fix end?" not in screen.text()
            await screen.press("S")
            assert "When did pool fix end?" in screen.text()
            await screen.press("2")
            assert sessions(screen) == [("pool fix", "Tue 09:15", "15:15")]

    async def test_it_can_be_dropped(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
            await screen.screen.reload()
            await later(screen, hours=5)
            await screen.press("3")
            assert sessions(screen) == []
            assert screen.screen.loaded.snapshot.open_session is None

    @pytest.mark.slow
    async def test_at_work_the_end_of_its_block_is_only_said(self, opened: Opener) -> None:
        async with opened(now=moment("tue 11:58")) as screen:
            screen.planner.apply(start(), ["start"])
            await screen.screen.reload()
            for _ in range(9):
                await later(screen, minutes=1)
            assert "pool fix is still running · S asks when it ended" in screen.text()
            await screen.press("S")
            assert "When did pool fix end?" in screen.text()

    async def test_words_that_are_typed_are_not_disturbed(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
            await screen.screen.reload()
            await screen.press("a")
            await screen.type("tomorrow 9-10 pool +code")
            await later(screen, hours=5)
            assert "When did pool fix end?" not in screen.text()
            await screen.press("escape")
            await later(screen, minutes=1)
            assert "still running" in screen.text()


class TestGrid:
    async def test_it_grows_by_the_minute_and_paints_only_then(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
            await screen.screen.reload()
            for passed, rows in ((15, 1), (15, 2), (30, 4)):
                await later(screen, minutes=passed)
                assert screen.text().count("▐") == rows
            painted = screen.painted_lines()
            screen.app.beat()
            await screen.settle()
            assert painted == set()

    @pytest.mark.slow
    async def test_its_form_changes_when_it_began_and_what_comes_of_it(self, opened: Opener) -> None:
        async with opened(now=moment("tue 9:15")) as screen:
            screen.planner.apply(start(), ["start"])
            await later(screen, minutes=16)
            await screen.screen.reload()
            await screen.press("E")
            assert "running" in screen.text()
            assert "length" not in screen.text()
            await screen.type("stalls")
            await screen.press("enter")
            assert sessions(screen) == [("stalls", "Tue 09:15", "running")]


class TestOverlap:
    async def test_it_is_told_before_saving_and_cut_off_by_a_key(self, opened: Opener) -> None:
        async with opened() as screen:
            screen.planner.apply(log("tue 11:00", "tue 11:20"), ["log"])
            await screen.screen.reload()
            await screen.press("L")
            await screen.type("30m pool")
            assert "overlaps “stalls”, 11:00–11:20, by 13 min" in screen.text()
            await screen.press("f5")
            assert "11:20–11:37" in screen.text()
            await screen.press("enter")
            assert sessions(screen)[1] == ("pool", "Tue 11:20", "11:37")

    async def test_one_of_another_zone_is_told_by_the_clocks_of_this_one(self, opened: Opener) -> None:
        async with opened() as screen:
            session = log("tue 11:00", "tue 11:20")
            for name in ("start", "end"):
                there = datetime.fromisoformat(getattr(session, name)).astimezone(
                    timezone(timedelta(hours=9))
                )
                setattr(session, name, there.isoformat(timespec="seconds"))
            screen.planner.apply(session, ["log"])
            await screen.screen.reload()
            await screen.press("L")
            await screen.type("30m pool")
            assert "overlaps “stalls”, 11:00–11:20, by 13 min" in screen.text()

    @pytest.mark.slow
    async def test_around_another_one_it_becomes_two_by_the_mouse_and_one_undo(self, opened: Opener) -> None:
        async with opened() as screen:
            screen.planner.apply(log("tue 11:00", "tue 11:20"), ["log"])
            await screen.screen.reload()
            await screen.press("L")
            await screen.type("1h pool")
            await hand.click_words(screen, "F5 overlap")
            await screen.press("enter")
            assert [one[1:] for one in sessions(screen)] == [
                ("Tue 10:37", "11:00"),
                ("Tue 11:00", "11:20"),
                ("Tue 11:20", "11:37"),
            ]
            await screen.press("u")
            assert sessions(screen) == [("stalls", "Tue 11:00", "11:20")]

    @pytest.mark.slow
    async def test_as_it_was_typed_it_is_saved_too(self, opened: Opener) -> None:
        async with opened() as screen:
            screen.planner.apply(log("tue 11:00", "tue 11:20"), ["log"])
            await screen.screen.reload()
            await screen.press("L")
            await screen.type("30m pool")
            await screen.press("enter")
            assert ("pool", "Tue 11:07", "11:37") in sessions(screen)
