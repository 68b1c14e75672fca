"""The Friday check on the screen: answers are stored as they are given."""

from techlead_tui.core.selfcheck import check
from tests.core.weeks import W48
from tests.render.scenes import session
from tests.tui.conftest import Opened, Opener


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
