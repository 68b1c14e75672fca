"""Questions to the planner: what reads for long keeps nothing else waiting."""

import asyncio
import threading
from pathlib import Path
from threading import Event

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.planner.planner import Planner
from techlead_tui.tui.planner_thread import Desk
from tests.core.weeks import W48, ZONE, add, moment

PATIENCE = 30.0  # seconds, for a machine that is very busy
POOL = add("wed 14:00-15:00", "code", summary="pool")


async def test_a_preview_and_a_write_are_answered_while_a_slow_read_is_under_way(tmp_path: Path) -> None:
    desk = Desk(Planner(Folders.under(str(tmp_path)), StillClock(moment("tue 11:37")), "tui", ZONE))
    begun, goes_on = Event(), Event()

    def scan(planner: Planner) -> list[str]:
        begun.set()
        assert goes_on.wait(PATIENCE)
        return [block.summary for block in planner.snapshot(W48).week(W48).blocks if block.source == "own"]

    try:
        scanning = asyncio.ensure_future(desk.search(scan))
        await asyncio.to_thread(begun.wait, PATIENCE)
        async with asyncio.timeout(PATIENCE):
            assert not (await desk.ask(lambda planner: planner.preview(POOL))).refused
            await desk.ask(lambda planner: planner.apply(POOL, ["add"]))
        assert not scanning.done()
        goes_on.set()
        assert await scanning == ["pool"]
    finally:
        goes_on.set()
        desk.close()


async def test_writes_are_done_in_the_order_in_which_they_were_asked(tmp_path: Path) -> None:
    desk = Desk(Planner(Folders.under(str(tmp_path)), StillClock(moment("tue 11:37")), "tui", ZONE))
    done: list[int] = []
    try:
        await asyncio.gather(
            *(desk.ask(lambda _, number=number: done.append(number)) for number in range(20))
        )
        assert done == list(range(20))
    finally:
        desk.close()


async def test_work_apart_ends_quietly_where_nobody_waits_any_more(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk = Desk(Planner(Folders.under(str(tmp_path)), StillClock(moment("tue 11:37")), "tui", ZONE))
    begun, goes_on = Event(), Event()
    troubles: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", troubles.append)

    def scan(_planner: Planner) -> bool:
        begun.set()
        return goes_on.wait(PATIENCE)

    asking = asyncio.ensure_future(desk.apart(scan))
    await asyncio.to_thread(begun.wait, PATIENCE)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    worker = next(thread for thread in threading.enumerate() if thread.name == "apart")
    goes_on.set()
    await asyncio.to_thread(worker.join, PATIENCE)
    desk.close()
    assert not troubles
