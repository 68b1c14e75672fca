"""Friday on the screen: each step keeps what is said at once, and leads to the next."""

from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from techlead_tui.core.edits import AddBlock, AddItem, AnswerCheck, UseTheme
from techlead_tui.core.period import Period
from techlead_tui.core.selfcheck import QUESTIONS, check
from techlead_tui.planner.update import update_of
from tests.core.weeks import W48, moment
from tests.render.scenes import session
from tests.tui.conftest import Opened, Opener
from tests.tui.hand import click_words


def answers(screen: Opened) -> dict[str, bool]:
    return dict(screen.week().answers)


async def test_a_key_answers_the_question_in_front_and_goes_on(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("f", "y", "n")
        assert answers(screen) == {"code": True, "meetings": False}


async def test_enter_confirms_what_is_suggested_and_nothing_else(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(session("tue 9:00", 60, "pool"), ["log"])
        suggested = {
            question.id: question.suggested
            for question in check(screen.planner.snapshot(W48), W48, screen.clock.now).questions
            if question.suggested is not None
        }
        await screen.press("f", "enter")
        assert suggested
        assert answers(screen) == suggested


@pytest.mark.slow
async def test_an_answer_is_taken_back(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("f", "y", "up", "backspace")
        assert answers(screen) == {}


async def test_all_answers_give_score_and_verdict(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("f", "y", "y", "y", "n", "n")
        assert "3 of 5" in screen.text()
        assert "decent" in screen.text()
        await screen.press("escape")
        assert screen.app.screen is screen.screen


async def test_answers_go_on_to_the_next_question_that_is_open(opened: Opener) -> None:
    async with opened() as screen:
        screen.planner.apply(session("tue 9:00", 60, "pool"), ["log"])
        await screen.press("f", "enter")
        left = 5 - len(answers(screen))
        assert 0 < left < 5
        await screen.press(*["n"] * left)
        assert len(answers(screen)) == 5
        assert list(answers(screen).values()).count(False) == left


@pytest.mark.slow
async def test_what_another_screen_answers_meanwhile_is_seen_and_kept(opened: Opener) -> None:
    async with opened() as screen:
        await screen.press("f")
        screen.planner.apply(AnswerCheck(W48, dict.fromkeys(QUESTIONS[1:], False)), ["check"])
        await screen.press("y")
        assert answers(screen) == {"code": True, **dict.fromkeys(QUESTIONS[1:], False)}
        assert "1 of 5" in screen.text()


FRIDAY = moment("fri 15:00")


async def steps(screen: Opened, *keys: str) -> str:
    """Press keys one by one, each after the step before has been read; what stands on the screen."""
    for key in keys:
        await screen.press(key)
    return screen.text()


@pytest.mark.slow
async def test_tab_leads_through_all_steps_and_back_to_the_week(opened: Opener) -> None:
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        assert "Did I ship code" in await steps(screen, "f")
        assert "One change for next week" in await steps(screen, "tab")
        assert "# Week 48" in await steps(screen, "tab")
        assert "Next week" in await steps(screen, "tab")
        assert "# Week 48" in await steps(screen, "shift+tab")
        await screen.press("tab", "tab")
        assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_every_question_can_be_reached_on_a_small_screen(opened: Opener) -> None:
    async with opened(size=(60, 20), now=FRIDAY) as screen:
        await screen.press("f")
        for title in ("Code", "Meetings", "Depth", "Team", "Energy"):
            assert title in screen.text()
            await screen.press("down")
        assert "of focus time" in screen.text()


async def test_a_wide_screen_sets_the_score_and_the_fridays_beside_the_questions(opened: Opener) -> None:
    async with opened(size=(200, 60), now=moment("fri 15:00", W48.shift(1))) as screen:
        screen.planner.apply(AnswerCheck(W48, dict.fromkeys(QUESTIONS, True)), ["check"])
        await screen.press("f")
        lines = screen.text().split("\n")
        (score,) = (n for n, line in enumerate(lines) if "still open" in line)
        (energy,) = (n for n, line in enumerate(lines) if "5 Energy" in line)
        assert score < energy
        columns = [line[100:].split("│")[1] for line in lines[score + 2 : score + 9]]
        assert [column.count("██") for column in columns[:5]] == [1] * 5
        assert columns[6].split() == [f"{W48.shift(n - 10).number:02}" for n in range(12)]
        week = "\n".join(line[104:] for line in lines[score + 9 :])
        assert all(text in week for text in ("Mon 30", "●Fri 4", "CATCH-UP", " 09:00 │▌ EM 1:1", " 16:"))


async def test_the_suggested_change_is_applied_by_one_key_and_taken_back(opened: Opener) -> None:
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        key = W48.shift(1)
        screen.planner.apply(
            AddBlock("Budget sync", key.day(2), 870, 900, "meeting", override="the CFO"), ["add"]
        )
        await screen.press("f", "tab", "enter")
        (moved,) = [block for block in screen.week(key).blocks if block.source == "own"]
        assert moved.day != key.day(2)
        assert "undo takes it back" in screen.text()
        screen.planner.undo()
        assert [b.day for b in screen.week(key).blocks if b.source == "own"] == [key.day(2)]


@pytest.mark.slow
async def test_the_update_is_copied_and_takes_another_colour(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied: list[str] = []

    async def copy(_app: object, text: str) -> str:
        copied.append(text)
        return "copied"

    monkeypatch.setattr("techlead_tui.tui.screens.friday.copy_text", copy)
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        await screen.press("f", "tab", "tab", "y", "s", "g")
        assert copied[0].startswith("# Week 48")
        assert copied[1].startswith("*Week 48")
        assert "**Yellow**" in screen.text()
        assert update_of(screen.planner, Period.of([W48])).status == "yellow"


@pytest.mark.slow
async def test_what_was_written_in_the_editor_is_kept(
    opened: Opener, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("EDITOR", "some-editor")
    monkeypatch.setattr("techlead_tui.hooks.editor.edit_text", lambda *_: "# Mine\n\n## Next week\n- hire\n")
    monkeypatch.setattr("textual.app.App.suspend", lambda _self: nullcontext())
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        await screen.press("f", "tab", "tab", "e")
        assert "# Mine" in screen.text()
        assert [line.title for line in update_of(screen.planner, Period.of([W48])).ahead] == ["hire"]
        await screen.press("d")
        assert "# Week 48" in screen.text()


@pytest.mark.parametrize(
    ("script", "says"),
    [
        (r"printf 'caf\351' > $1", "is not UTF-8"),
        ("exit 3", "failed with exit code 3"),
        (": > $1", "it was left as it is"),
        ("rm $1", "it was left as it is"),
    ],
    ids=["latin-1", "fails", "emptied", "deleted"],
)
@pytest.mark.process
@pytest.mark.few(1)
async def test_an_editor_that_gives_no_post_back_changes_nothing(
    opened: Opener, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, says: str
) -> None:
    editor = tmp_path / "editor"
    editor.write_text(f"#!/bin/sh\n{script}\n")
    editor.chmod(0o700)
    monkeypatch.setenv("EDITOR", str(editor))
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.setattr("textual.app.App.suspend", lambda _self: nullcontext())
    async with opened(size=(120, 40), now=FRIDAY) as screen:
        before = screen.planner.snapshot().seq
        await screen.press("f", "tab", "tab", "e")
        assert says in screen.text()
        assert "# Week 48" in screen.text()
        assert screen.planner.snapshot().seq == before


@pytest.mark.slow
async def test_missed_follow_ups_are_set_anew_by_one_key_each(opened: Opener) -> None:
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        late = {"owner": "ana", "follow_up": "2026-11-25"}
        for title in ("runbook", "status"):
            screen.planner.apply(AddItem("delegation", title, late), ["delegate"])
        await screen.press("f", "tab", "tab", "tab")
        assert "to be asked since Wed 25 Nov" in screen.text()
        await screen.press("enter", "enter")
        records = screen.planner.snapshot().table("open", "delegations").values()
        assert {record["follow_up"] for record in records} == {"2026-12-04"}


@pytest.mark.slow
@pytest.mark.process
@pytest.mark.parametrize("said", ["exit 3", None])
async def test_the_screen_comes_back_from_an_editor_that_fails(
    opened: Opener, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: str | None
) -> None:
    back: list[bool] = []

    @contextmanager
    def suspend(_app: object) -> Iterator[None]:  # as Textual does: nothing after what raises
        yield
        back.append(True)

    editor = tmp_path / "editor"
    if said is not None:
        editor.write_text(f"#!/bin/sh\n{said}\n")
        editor.chmod(0o755)
    monkeypatch.setenv("VISUAL", str(editor))
    monkeypatch.setattr("textual.app.App.suspend", suspend)
    async with opened(size=(200, 60), now=FRIDAY) as screen:
        await screen.press("f", "tab", "tab", "e")
        assert back == [True]
        assert any(word in screen.text() for word in ("failed with exit code", "did not start"))
        assert update_of(screen.planner, Period.of([W48])).text is None


async def test_a_trial_is_judged_where_it_is_compared(opened: Opener) -> None:
    async with opened(size=(120, 40), now=moment("fri 15:00", W48.shift(1))) as screen:
        friday, screen.clock.now = screen.clock.now, moment("mon 9:00", W48.shift(-3))
        screen.planner.apply(UseTheme("four-day", W48), ["theme"])
        screen.clock.now = friday
        await screen.press("f", "tab")
        assert "Four-day week is on trial instead of Maker week" in screen.text()
        assert "keep theme" in screen.text()
        await screen.press("1")
        assert "keep: the week theme stays" in screen.text()
        screen.planner.apply(UseTheme("no-meeting-wednesday", W48.shift(1)), ["theme"])  # in mid-trial
        await screen.press("shift+tab", "tab")
        assert "No-meeting Wednesday is on trial instead of Four-day week, from week 49" in screen.text()


async def test_without_a_trial_no_key_is_offered_that_judges_one(opened: Opener) -> None:
    async with opened(size=(120, 40), now=moment("fri 15:00", W48.shift(5))) as screen:
        friday, screen.clock.now = screen.clock.now, moment("mon 9:00")
        screen.planner.apply(session("mon 8:00", 30, "the first use"), ["log"])
        screen.clock.now = friday
        await screen.press("f", "tab")
        assert "change it" in screen.text()
        assert "keep theme" not in screen.text()


@pytest.mark.slow
async def test_the_steps_are_reached_by_mouse_alone(opened: Opener) -> None:
    for size in ((80, 24), (200, 60)):
        async with opened(size=size, now=FRIDAY) as screen:
            await screen.press("f")
            await click_words(screen, "yes")
            await click_words(screen, "confirm all")
            assert "code" in answers(screen)
            shown = {"Update": "# Week 48", "Next week": "move", "Direction": "One change"}
            for step, seen in shown.items():
                await click_words(screen, f" {step} ")
                assert seen in screen.text()
            await click_words(screen, "esc")
            assert screen.app.screen is screen.screen


@pytest.mark.slow
async def test_a_prefilled_friday_takes_at_most_fifteen_keys(opened: Opener) -> None:
    async with opened(size=(80, 24), now=FRIDAY) as screen:
        screen.planner.apply(session("tue 9:00", 180, "pool"), ["log"])
        screen.planner.apply(session("thu 9:00", 180, "pool"), ["log"])
        screen.planner.apply(AddItem("outcome", "retries are safe", {"week": str(W48)}), ["outcome"])
        keys = ["f", "enter"]
        await screen.press(*keys)
        left = 5 - len(answers(screen))
        more = ["y"] * left + ["enter", "tab", "y", "enter", "enter", "escape"]
        await screen.press(*more)
        assert len(answers(screen)) == 5
        assert len(keys) + len(more) <= 15
        assert screen.app.screen is screen.screen
        record = next(iter(screen.planner.snapshot().table("open", "outcomes").values()))
        assert record["week"] == str(W48.shift(1))


@pytest.mark.slow
async def test_the_first_look_at_a_week_offers_what_came_from_before_and_no_more(opened: Opener) -> None:
    monday = moment("mon 9:00", W48.shift(1))
    async with opened(size=(80, 24), now=FRIDAY) as before:
        promise = AddItem("outcome", "retries are safe", {"week": str(W48)})
        before.planner.apply(promise, ["outcome"])
        before.planner.apply(AddItem("delegation", "runbook", {"owner": "ana"}), ["delegate"])
        async with opened(size=(80, 24), now=monday) as screen:
            assert "a new week: 1 outcome from before · N goes through them" in screen.text()
            await screen.press("N")
            assert "The week begins" in screen.text()
            await screen.press("enter")
            record = next(iter(screen.planner.snapshot().table("open", "outcomes").values()))
            assert record["week"] == str(W48.shift(1))
            await screen.press("escape")
            assert screen.app.screen is screen.screen
        async with opened(size=(80, 24), now=monday) as again:
            assert "a new week" not in again.text()


@pytest.mark.slow
async def test_one_key_opens_what_the_playbook_says_of_each_step(opened: Opener) -> None:
    async with opened(size=(120, 40), now=FRIDAY) as screen:
        late = {"owner": "ana", "follow_up": "2026-11-25"}
        screen.planner.apply(AddItem("delegation", "runbook", late), ["delegate"])
        key = W48.shift(1)
        screen.planner.apply(
            AddBlock("Budget sync", key.day(2), 870, 900, "meeting", override="the CFO"), ["add"]
        )
        await screen.press("f")
        for seen in (
            "The five questions of Friday",
            "Design the week before",
            "status update",
            "need to be you",
        ):
            await screen.press("H")
            assert "Playbook · why" in screen.text()
            assert seen in screen.text()
            await screen.press("escape", "tab")
