"""The one way in: previews, edits, undo across two planners, finding things, and the past that stays."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from techlead_tui.config.clock import StillClock
from techlead_tui.config.paths import Folders
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.edits import AddBlock, EditBlock, MoveBlock, RemoveBlock, UseTheme
from techlead_tui.core.series import Repeat
from techlead_tui.core.session import LogSession
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.quick_log import QuickLog
from techlead_tui.planner.recent_names import recent_names

BERLIN = ZoneInfo("Europe/Berlin")
SUNDAY = datetime(2026, 11, 22, 12, tzinfo=BERLIN)
W48 = IsoWeek(2026, 48)
MON, TUE, WED = W48.day(1), W48.day(2), W48.day(3)
CODE = AddBlock("connection pool", WED, 840, 960, "deep_work", "code")
STATUS = AddBlock("budget sync", TUE, 840, 900, "meeting", "status")

Open = Callable[..., Planner]


@pytest.fixture
def at_home(tmp_path: Path) -> Open:
    """Planners on one home, each with its own origin and moment."""

    def opened(origin: str = "cli", now: datetime = SUNDAY) -> Planner:
        return Planner(Folders.under(str(tmp_path)), StillClock(now), origin, BERLIN)

    return opened


def summaries(planner: Planner, week: IsoWeek = W48) -> list[str]:
    return [block.summary for block in planner.snapshot(week).week(week).blocks if block.source == "own"]


def test_a_preview_writes_nothing(at_home: Open) -> None:
    planner = at_home()
    assert not planner.preview(CODE).refused
    assert planner.history() == []
    assert summaries(planner) == []


def test_an_accepted_edit_is_there_for_the_next_process(at_home: Open) -> None:
    at_home().apply(CODE, ["add", "wed"])
    assert summaries(at_home()) == ["connection pool"]


def test_snapshots_share_what_both_hold_until_anybody_writes(at_home: Open) -> None:
    planner, other = at_home(), at_home()
    planner.apply(CODE, ["add", "wed"])
    far = W48.shift(9)
    first, second = planner.snapshot(W48), planner.snapshot(W48, W48.shift(1))
    assert second.buckets[str(W48)] is first.buckets[str(W48)]
    planner.snapshot(far)
    assert planner.snapshot(W48).buckets[str(W48)] is not first.buckets[str(W48)]  # only of the last one
    other.apply(CODE._replace(summary="index scan", day=MON), ["add", "mon"])
    assert summaries(planner) == ["index scan", "connection pool"]


def test_boxes_of_a_theme_are_made_once_until_its_file_is_another(at_home: Open) -> None:
    planner = at_home()

    def boxes() -> dict[str, object]:
        blocks = planner.snapshot(W48).week(W48).blocks
        return {block.uid: block for block in blocks if block.source == "theme"}

    first = boxes()
    assert first
    planner.apply(CODE, ["add", "wed"])
    assert all(block is first[uid] for uid, block in boxes().items())
    shipped = Path(planner.library.path_of(planner.settings.week_theme))
    own = Path(planner.folders.config) / "themes" / shipped.name
    own.parent.mkdir(parents=True, exist_ok=True)
    own.write_text(shipped.read_text().replace("Team sync", "Crew sync"))
    assert any("Crew sync" in block.summary for block in planner.snapshot(W48).week(W48).blocks)


def test_a_refused_edit_writes_nothing_and_offers_a_fix_that_works(at_home: Open) -> None:
    planner = at_home()
    decision = planner.apply(STATUS, ["add"])
    assert decision.refused
    assert summaries(planner) == []
    fix = decision.violations[0].fixes[0]
    assert not planner.apply(fix.edit, fix.words).refused


def test_a_reason_goes_past_a_refusal(at_home: Open) -> None:
    planner = at_home()
    decision = planner.apply(STATUS._replace(override="CFO visit"), ["add"])
    assert (decision.refused, decision.overridden, decision.focus_delta_minutes) == (False, True, -180)
    assert summaries(planner) == ["budget sync"]


def test_undo_and_redo_hold_across_programs_and_restarts(at_home: Open) -> None:
    at_home("cli").apply(CODE, ["add"])
    assert at_home("tui").undo().words == ["add"]
    assert summaries(at_home()) == []
    at_home("cli").redo()
    assert summaries(at_home()) == ["connection pool"]
    assert [(entry.turn, entry.origin) for entry in at_home().history()] == [
        ("redo", "cli"),
        ("undo", "tui"),
        ("do", "cli"),
    ]


def test_undo_with_nothing_to_undo_is_an_error(at_home: Open) -> None:
    with pytest.raises(UserError, match="nothing to undo"):
        at_home().undo()


def test_several_edits_are_one_transaction_or_none(at_home: Open) -> None:
    planner = at_home()
    assert planner.apply_all([CODE, STATUS], ["both"])[-1].refused
    assert planner.history() == []
    planner.apply_all([CODE, MoveBlock("", WED, WED, 780)][:1], ["one"])
    assert len(planner.history()) == 1


def test_edits_that_are_one_wish_are_weighed_by_what_they_come_to(at_home: Open) -> None:
    planner = at_home()
    summit = AddBlock("Cache", MON, 13 * 60, 13 * 60 + 45, "meeting", "architecture-review")
    uid = planner.apply(summit, ["add"]).uid
    pairing = EditBlock(uid, MON, {"type": "pairing"})
    later = MoveBlock(uid, MON, TUE, 16 * 60, 16 * 60 + 30)
    assert planner.preview(later).refused  # a window is for pairing, not for reviews
    decision = planner.apply_together([pairing, later], ["both"])
    assert not decision.refused
    block = planner.snapshot(W48).week(W48).block(decision.uid)
    assert block is not None
    assert (block.type, block.day) == ("pairing", TUE)
    assert len(planner.history()) == 2


def test_a_reason_goes_past_what_edits_come_to_together(at_home: Open) -> None:
    planner = at_home()
    uid = planner.apply(CODE, ["add"]).uid
    edits = [EditBlock(uid, WED, {"type": "status"}), MoveBlock(uid, WED, WED, 600)]
    assert planner.apply_together(edits, ["both"]).refused
    assert len(planner.history()) == 1
    kept = planner.apply_together([edit._replace(override="the CFO") for edit in edits], ["both"])
    assert kept.overridden
    block = planner.snapshot(W48).week(W48).block(uid)
    assert block is not None
    assert block.override is not None
    assert "deep-work" in block.override.rules


def test_another_process_is_noticed_once(at_home: Open) -> None:
    mine = at_home("tui")
    assert not mine.changed_elsewhere()
    mine.apply(CODE, ["add"])
    assert not mine.changed_elsewhere()
    at_home("cli").apply(CODE._replace(start=780, end=840), ["add"])
    assert mine.changed_elsewhere()
    assert not mine.changed_elsewhere()


def test_a_block_is_found_by_its_id_or_an_end_of_it(at_home: Open) -> None:
    planner = at_home()
    uid = planner.apply(CODE, ["add"]).uid
    for text in (uid, uid[-6:], uid[:20]):
        place = planner.locate(text)
        assert (place.uid, place.day, place.week, place.table) == (uid, WED, W48, "blocks")


def test_a_box_is_found_by_its_name_with_a_date_or_in_this_week(at_home: Open) -> None:
    planner = at_home(now=SUNDAY + timedelta(days=2))
    box = planner.snapshot(W48).week(W48).blocks[0]
    name, _, day = box.uid.partition("@")
    assert planner.locate(name).uid == box.uid
    assert planner.locate(f"{name}@2026-11-30").day == date(2026, 11, 30)
    assert planner.locate(box.uid).day.isoformat() == day


def test_an_occurrence_of_a_series_is_found_by_its_date(at_home: Open) -> None:
    planner = at_home()
    uid = planner.apply(CODE._replace(repeat=Repeat()), ["add"]).uid
    series = uid.partition("@")[0]
    place = planner.locate(f"{series[-8:]}@2026-12-02")
    assert place.uid == f"{series}@2026-12-02"
    planner.apply(RemoveBlock(place.uid, place.day), ["rm"])
    assert planner.snapshot(place.week).week(place.week).block(place.uid).status == "skipped"


@pytest.mark.parametrize("text", ["nothing", "nothing@2026-11-24", "nothing@someday"])
def test_what_is_not_there_is_an_error(at_home: Open, text: str) -> None:
    with pytest.raises(UserError):
        at_home().locate(text)


def test_an_id_that_fits_two_things_is_an_error_that_names_them(at_home: Open) -> None:
    planner = at_home()
    first = planner.apply(CODE, ["add"]).uid
    planner.apply(CODE._replace(start=780, end=840), ["add"])
    with pytest.raises(UserError, match="fits 2"):
        planner.locate(first[:4])


def session(week: IsoWeek, day: date) -> LogSession:
    return LogSession(
        summary="fix",
        start=f"{day}T10:00:00+01:00",
        end=f"{day}T10:45:00+01:00",
        week=str(week),
        zone="Europe/Berlin",
    )


def test_a_clock_that_went_back_decides_which_weeks_are_over(at_home: Open) -> None:
    at_home().apply(CODE, ["add"])
    ahead = at_home(now=SUNDAY + timedelta(weeks=4))
    ahead.apply(CODE._replace(day=WED + timedelta(weeks=4)), ["add"])
    assert ahead.snapshot(W48).week(W48).frozen
    back = at_home(now=SUNDAY + timedelta(days=2))
    assert not back.snapshot(W48).week(W48).frozen
    with pytest.raises(UserError, match="is over"):
        back.apply(UseTheme("four-day", W48.shift(-1)), ["theme"])
    back.apply(UseTheme("four-day", W48), ["theme"])
    assert back.snapshot(W48).week(W48).theme.id == "four-day"
    later = at_home(now=SUNDAY + timedelta(weeks=2))
    later.apply(CODE._replace(day=WED + timedelta(weeks=2)), ["add"])
    before = later.snapshot(W48.shift(-1), W48, W48.shift(1))
    themes = [before.week(W48.shift(weeks)).theme.id for weeks in (-1, 0, 1)]
    assert themes == ["maker-week", "four-day", "four-day"]


def test_undoing_a_theme_chosen_while_the_clock_was_back_brings_the_kept_ones_again(at_home: Open) -> None:
    at_home().apply(CODE, ["add"])
    ahead = at_home(now=SUNDAY + timedelta(weeks=4))
    ahead.apply(CODE._replace(day=WED + timedelta(weeks=4)), ["add"])
    kept = ahead.snapshot().table("open", "plans")
    back = at_home(now=SUNDAY)
    back.apply(UseTheme("four-day", W48), ["theme"])
    assert back.snapshot().table("open", "plans") != kept
    back.undo()
    assert back.snapshot().table("open", "plans") == kept


def test_a_past_week_keeps_its_theme_when_the_theme_changes(at_home: Open, tmp_path: Path) -> None:
    at_home().apply(CODE, ["add"])
    later = at_home(now=SUNDAY + timedelta(weeks=3))
    later.apply(CODE._replace(day=WED + timedelta(weeks=3)), ["add"])
    before = later.snapshot(W48).week(W48)
    assert before.frozen
    with pytest.raises(UserError, match="is over"):
        later.apply(UseTheme("four-day", W48), ["theme"])
    config = tmp_path / "config" / "themes"
    config.mkdir(parents=True)
    (config / "maker-week.toml").write_bytes(Path(later.library.path_of("four-day")).read_bytes())
    after = at_home(now=SUNDAY + timedelta(weeks=3))
    assert after.snapshot(W48).week(W48) == before
    coming = W48.shift(4)
    assert after.snapshot(coming).week(coming).theme != before.theme


def test_undo_passes_over_the_keeping_of_the_past(at_home: Open) -> None:
    at_home().apply(CODE, ["add"])
    later = at_home(now=SUNDAY + timedelta(weeks=3))
    later.apply(CODE._replace(day=WED + timedelta(weeks=3)), ["add"])
    assert later.undo().of == 3
    assert later.undo().of == 1
    assert later.snapshot(W48.shift(-1)).plan_of(W48.shift(-1)) is not None


def test_an_unchanging_theme_is_kept_once_for_all_its_weeks(at_home: Open) -> None:
    for weeks in range(4):
        later = timedelta(weeks=weeks)
        at_home(now=SUNDAY + later).apply(CODE._replace(day=WED + later), ["add"])
    plans = at_home().snapshot(W48).table("open", "plans")
    assert [(plan["from"], plan["to"]) for plan in plans.values()] == [("2026-W47", "2026-W49")]


def test_a_quick_log_is_one_transaction_and_shows_in_its_week(tmp_path: Path) -> None:
    folders = Folders.under(str(tmp_path))
    uid = QuickLog(folders, StillClock(SUNDAY)).log(session(W48, TUE), ["log", "45m", "fix"])
    planner = Planner(folders, StillClock(SUNDAY))
    assert [one.uid for one in planner.snapshot(W48).week(W48).sessions] == [uid]
    assert [entry.words for entry in planner.history()] == [["log", "45m", "fix"]]
    planner.undo()
    assert planner.snapshot(W48).week(W48).sessions == ()


def test_the_first_log_of_a_week_is_the_whole_planners(at_home: Open, tmp_path: Path) -> None:
    at_home(now=datetime(2020, 1, 7, 12, tzinfo=BERLIN)).apply(CODE, ["add"])
    assert QuickLog(Folders.under(str(tmp_path)), StillClock(SUNDAY)).log(session(W48, TUE), ["log"]) is None
    assert not at_home().snapshot(W48).week(W48).sessions
    at_home().apply(session(W48, TUE), ["log"])
    assert at_home().snapshot(IsoWeek(2020, 2)).plan_of(IsoWeek(2020, 2)) is not None


def test_people_of_blocks_series_and_changed_boxes_are_known(at_home: Open) -> None:
    planner = at_home()
    (box,) = (block for block in planner.snapshot(W48).week(W48).blocks if block.type == "team-sync")
    planner.apply(CODE._replace(people=("ana",)), ["add"])
    planner.apply(EditBlock(box.uid, MON, {"people": ["ben"]}), ["edit"])
    planner.apply(CODE._replace(start=780, end=840, repeat=Repeat(2), people=("cy",)), ["add"])
    assert recent_names(planner).people == ("ana", "ben", "cy")
