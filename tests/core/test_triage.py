"""The verdict on a meeting request: what it costs, what speaks for it, where it would fit."""

from __future__ import annotations

from datetime import date

import pytest

from techlead_tui.config.playbook_toml import read_playbook
from techlead_tui.core.judge import judge
from techlead_tui.core.placement import free
from techlead_tui.core.text import when
from techlead_tui.core.triage import SLOTS, Card, Request, edit_for, parts, reply_to, weigh
from tests.core.weeks import SUNDAY, W48, add, after, empty, moment

PLAYBOOK = read_playbook("/no/such/folder")[0]


def request(start: str, end: str, **fields: object) -> Request:
    plain = Request("Billing", moment(start), moment(end))
    return plain._replace(**fields)  # type: ignore[arg-type]


def card(start: str, end: str, **fields: object) -> Card:
    return weigh(request(start, end, **fields), empty(after=9), SUNDAY)


def test_without_a_criterion_the_verdict_is_no() -> None:
    found = card("mon 16:00", "mon 16:30")
    assert found.verdict == "no"
    assert found.reasons[0] == "none of the four criteria holds"


@pytest.mark.parametrize("name", "abcd")
def test_one_criterion_is_enough_where_the_week_has_room(name: str) -> None:
    assert card("mon 16:00", "mon 16:30", criteria=(name,)).verdict == "yes"


def test_over_deep_work_it_costs_the_stretch_and_belongs_elsewhere() -> None:
    found = card("tue 14:30", "tue 15:00", criteria=("b",))
    assert (found.verdict, found.focus_cost_minutes) == ("elsewhere", 180)
    assert [(span.start, span.end) for span in found.breaks] == [(moment("tue 13:00"), moment("tue 16:00"))]
    assert found.day_theme == "Deep"


def test_a_stuck_decision_wants_its_document_first() -> None:
    fields = {"type": "decision", "criteria": ("a",)}
    assert card("mon 16:00", "mon 16:30", **fields).verdict == "prepare"
    assert card("mon 16:00", "mon 16:30", doc="adr.md", **fields).verdict == "yes"
    found = card("mon 16:00", "mon 17:00", **fields)
    assert found.limit_minutes == 30
    assert {slot.span.minutes for slot in found.slots} == {30}


@pytest.mark.parametrize(
    ("first", "said"),
    [
        (None, "first day is not known"),
        (date(2026, 11, 24), "starts on Tue 24 Nov"),
        (date(2026, 11, 23), "week 1 of the newcomer's first 4"),
        (date(2026, 11, 9), "week 3 of the newcomer's first 4"),
        (date(2026, 10, 26), "which ended before"),
    ],
)
def test_onboarding_counts_from_the_first_day(first: date | None, said: str) -> None:
    found = card("mon 16:00", "mon 17:00", type="onboarding", first_day=first)
    assert said in " ".join(found.reasons)


def test_what_is_on_the_avoid_list_is_named() -> None:
    assert "“Status update” is on your avoid list" in card("mon 16:00", "mon 17:00", type="status").reasons


def test_the_slots_are_those_of_the_search_for_free_time_and_are_free() -> None:
    snapshot = after(empty(after=9), add("mon 16-16:30"))
    found = weigh(request("tue 14:00", "tue 14:30"), snapshot, SUNDAY)
    weeks = [W48.shift(n) for n in range(5)]
    assert [slot.start for slot in found.slots] == [
        slot.start for slot in free(snapshot, weeks, 30, SUNDAY, most=SLOTS)
    ]
    for slot in found.slots:
        edit = edit_for(request("tue 14:00", "tue 14:30"), slot.span, snapshot)
        introduced = judge(snapshot, edit, SUNDAY, "x").introduced
        assert not [one for one in introduced if one.severity == "refuse"]


def test_what_fits_nowhere_has_no_slot_and_is_declined() -> None:
    wanted = request("mon 9:00", "mon 17:00", criteria=("a",))
    found = weigh(wanted, empty(after=9), SUNDAY)
    assert found.slots == ()
    assert reply_to(wanted, found, PLAYBOOK).endswith("Does that help you?")


def test_what_spans_days_takes_their_working_hours() -> None:
    wanted = request("thu 10:00", "sat 12:00")
    spans = parts(wanted, empty(after=9))
    assert [(span.start, span.end) for span in spans] == [
        (moment("thu 10:00"), moment("thu 17:00")),
        (moment("fri 9:00"), moment("fri 17:00")),
    ]
    found = weigh(wanted, empty(after=9), SUNDAY)
    assert (found.minutes, found.slots) == (15 * 60, ())


def test_the_past_is_named() -> None:
    found = weigh(request("mon 9:00", "mon 10:00"), empty(after=9), moment("wed 9:00"))
    assert "it is in the past" in found.reasons
    assert all(slot.start >= moment("wed 9:00") for slot in found.slots)


def test_a_week_that_is_not_loaded_costs_nothing() -> None:
    found = weigh(request("tue 14:00", "tue 15:00"), empty(W48.shift(20)), SUNDAY)
    assert (found.focus_cost_minutes, found.slots) == (0, ())


@pytest.mark.parametrize("turn", ["accept", "decline", "proxy", "notes", "propose", "keep", "prepare"])
def test_every_answer_ends_with_a_question(turn: str) -> None:
    wanted = request("tue 14:00", "tue 14:30")
    found = weigh(wanted, empty(after=9), SUNDAY)
    text = reply_to(wanted, found, PLAYBOOK, "Ana", date(2026, 11, 27), turn)
    assert "Billing" in text
    assert text.endswith("?")


def test_a_reply_offers_what_the_request_has_something_for() -> None:
    wanted = request("tue 14:00", "tue 14:30", doc="billing.md", requester="Ben")
    text = reply_to(wanted, weigh(wanted, empty(after=9), SUNDAY), PLAYBOOK, by=date(2026, 11, 27))
    assert text.startswith("Hi Ben, I won't join Billing")
    assert "- I read billing.md and send you my comments by Fri 27 Nov." in text
    assert "last 20 minutes" in text
    assert "pair" not in text


def test_over_focus_time_it_is_the_focus_reply_with_the_slot_that_costs_least() -> None:
    wanted = request("tue 14:30", "tue 15:00", criteria=("b",))
    found = weigh(wanted, empty(after=9), SUNDAY)
    text = reply_to(wanted, found, PLAYBOOK)
    assert "set aside for focus work" in text
    assert f"I am free on {when(found.slots[0].span)}." in text
    beside = found._replace(focus_cost_minutes=0)
    assert "set aside for focus work" not in reply_to(wanted, beside, PLAYBOOK)


def test_a_text_of_the_users_own_that_needs_more_has_a_stand_in_and_no_hole() -> None:
    entry = PLAYBOOK["notes"]
    own = entry._replace(tones={"plain": {**entry.tones["plain"], "opening": "About {goal}, {engineer}:"}})
    wanted = request("tue 14:00", "tue 14:30")
    found = weigh(wanted, empty(after=9), SUNDAY)
    text = reply_to(wanted, found, {**PLAYBOOK, "notes": own}, turn="notes")
    assert text.startswith("About the goal, an engineer:")
