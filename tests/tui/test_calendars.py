"""Meetings of calendars on the screen: beside one's own blocks, never carried, and read again in the back."""

from __future__ import annotations

from pathlib import Path

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.config.settings_file import change_settings
from techlead_tui.core.source import Source
from techlead_tui.planner.calendars import refresh, sync
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.refresher import CalendarsRead, Refresher
from techlead_tui.tui.watcher import Minute
from tests.calendars.files import ME, calendar, event
from tests.core.weeks import ZONE, moment
from tests.tui.conftest import Opener

PEOPLE = ("ORGANIZER;CN=Ana:mailto:ana@example.org", f"ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:{ME}")


def written(path: Path, start: str = "20261125T090000", title: str = "Budget [b]sync") -> None:
    path.write_bytes(calendar(event(*PEOPLE, start=f"DTSTART;TZID=Europe/Berlin:{start}", title=title)))


@pytest.fixture
def work(tmp_path: Path) -> Path:
    path = tmp_path / "work.ics"
    written(path)
    folders = Folders.under(str(tmp_path))
    change_settings(
        folders.config, emails=(ME,), sources=(Source("work", path=str(path)),), first_run_done=True
    )
    refresh(folders, [Source("work", path=str(path))], (ME,), moment("tue 11:37"), ZONE)
    return path


async def to_wednesday(screen: object) -> None:
    await screen.press("right", "home")  # type: ignore[attr-defined]


@pytest.mark.usefixtures("work")
async def test_a_meeting_stands_on_the_grid_and_is_not_carried(opened: Opener) -> None:
    async with opened(size=(160, 50)) as screen:
        await to_wednesday(screen)
        assert screen.screen.here is not None
        assert screen.screen.here.source == "calendar"
        assert "? Budget [b]sync" in screen.text()
        assert "from work, unanswered" in screen.text()
        seq = screen.planner.snapshot().seq
        for key in ("m", "plus"):
            await screen.press(key)
            assert screen.screen.mode == "look"
        assert screen.planner.snapshot().seq == seq


async def test_what_a_calendar_says_after_the_week_was_loaded_ahead_is_shown_by_its_key(
    opened: Opener, work: Path
) -> None:
    async with opened(size=(160, 50)) as screen:
        await screen.press("right_square_bracket")
        written(work, "20261209T090000")
        refresh(screen.planner.folders, [Source("work", path=str(work))], (ME,), moment("tue 11:37"), ZONE)
        await screen.press("right_square_bracket")
        assert "Budget" in screen.text()


@pytest.mark.usefixtures("work", "no_clipboard")
@pytest.mark.slow
async def test_a_request_that_a_calendar_alone_knows_has_its_reply(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("i", "y")
        assert "Budget [b]sync" in screen.text()
        assert "I won't join" in screen.text()


@pytest.mark.usefixtures("work")
@pytest.mark.slow
async def test_an_answer_is_written_as_a_draft(opened: Opener, tmp_path: Path) -> None:
    async with opened(size=(160, 50)) as screen:
        await screen.press("i", "m")
        assert "to be sent by you" in screen.text()
        written = sorted(path.suffix for path in (tmp_path / "data" / "drafts").iterdir())
        assert written == [".eml", ".ics"]


@pytest.mark.usefixtures("work")
async def test_the_header_counts_what_waits_and_the_list_answers_it(opened: Opener) -> None:
    async with opened(size=(160, 50)) as screen:
        assert "⚑ 1" in screen.text()
        await screen.press("i")
        assert "Budget [b]sync" in screen.text()
        await screen.press("d")
        await screen.press("escape")
        assert "⚑" not in screen.text()
        blocks = [block for block in screen.week().blocks if block.source == "calendar"]
        assert [block.status for block in blocks] == ["skipped"]


async def test_what_another_process_reads_is_shown_and_news_are_told(opened: Opener, work: Path) -> None:
    async with opened(size=(160, 50)) as screen:
        written(work, "20261126T090000")
        other = Planner(Folders.under(str(work.parent)), StillClock(moment("tue 11:40")), "cli", ZONE)
        done = sync(other)
        screen.app.beat()
        await screen.settle()
        days = [block.start.day for block in screen.screen.scene.week.blocks if block.source == "calendar"]
        assert days == [26]
        screen.app.post_message(CalendarsRead({"news": done.told, "failed": []}))
        await screen.settle()
        assert "has moved from Wed 25 Nov 09:00" in screen.text()


@pytest.mark.slow
async def test_news_that_come_while_words_are_typed_are_told_afterwards(opened: Opener, work: Path) -> None:
    async with opened(size=(160, 50)) as screen:
        await screen.press("a")
        screen.app.post_message(CalendarsRead({"news": ["“x” is cancelled"], "failed": []}))
        await screen.settle()
        assert "“x” is cancelled" not in screen.text()
        await screen.press("escape")
        await screen.app.on_minute(Minute(screen.planner.now(), 0))
        await screen.settle()
        assert "“x” is cancelled" in screen.text()
        assert work.exists()


async def test_the_age_of_what_could_not_be_read_stands_on_the_screen(opened: Opener, work: Path) -> None:
    async with opened(size=(160, 50), now=moment("fri 11:37")) as screen:
        assert "work: as of 3 days ago" in screen.text()
        assert work.exists()


def test_the_refresher_tells_how_far_it_is_and_rests_without_calendars(tmp_path: Path, work: Path) -> None:
    posted: list[str] = []
    told = [{"done": 0, "count": 2, "name": "work"}, {"news": [], "failed": ["work"]}]

    def post(message: object) -> None:
        assert isinstance(message, CalendarsRead)
        posted.append(message.text)

    planner = Planner(Folders.under(str(work.parent)), StillClock(moment("tue 11:37")), "tui", ZONE)
    Refresher(planner, post, lambda *_: told).read_once()
    assert posted == [
        "reading calendars: 1 of 2, work",
        "could not be read: work · what was read last stays",
    ]
    planner = Planner(Folders.under(str(tmp_path / "other")), StillClock(moment("tue 11:37")), "tui", ZONE)
    Refresher(planner, post, lambda *_: told).read_once()
    assert len(posted) == 2


@pytest.mark.process
def test_a_process_reads_the_calendars(work: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from techlead_tui.planner import refresh as process
    from tests.conftest import environment

    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T11:37:00+01:00")  # the event is still to come
    written(work, "20261127T090000")
    told = list(process.run(Folders.under(str(work.parent))))
    assert told[0] == {"done": 0, "count": 1, "name": "work"}
    assert told[-1]["failed"] == []
    assert "Budget [b]sync" in told[-1]["news"][0]
