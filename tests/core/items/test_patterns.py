"""The patterns of the cadence as items (M14): whose turn it is, what is owed, how a campaign goes."""

from __future__ import annotations

from datetime import date

from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddBlock, AddItem, Edit
from techlead_tui.core.items.campaign import KIND as CAMPAIGN
from techlead_tui.core.items.campaign import reviewed_text, week_of
from techlead_tui.core.items.changes import new_item
from techlead_tui.core.items.kit import Item, ItemKind, Moment
from techlead_tui.core.items.pair import KIND as PAIR
from techlead_tui.core.items.pair import next_day, office_hours, rotation, written
from techlead_tui.core.items.spike import KIND as SPIKE
from techlead_tui.core.items.spike import note_text, owes
from techlead_tui.core.patterns import pairing
from techlead_tui.core.series import Repeat
from tests.core.test_drift import coded
from tests.core.weeks import W48, after, day, empty, moment

NOW = moment("tue 11:37")
AT = Moment(empty(), NOW)


def made(kind: ItemKind, title: str, now: Moment = AT, uid: str = "one", **fields: object) -> Item:
    return new_item(AddItem(kind.id, title, fields), now, uid)


def turned(item: Item, **record: object) -> Item:
    return item._replace(record={**item.record, **record})


def test_a_campaign_lasts_ten_working_days() -> None:
    item = made(CAMPAIGN, "retries")
    assert item.day("ends") == date(2026, 12, 7)
    assert week_of(item, AT) == 1
    assert week_of(item, Moment(empty(), moment("tue 9:00", W48.shift(1)))) == 2
    assert item.get("share") == 40


def test_reviews_of_a_campaign_are_counted() -> None:
    item = made(CAMPAIGN, "retries")
    turns = {turn.name: turn.sets for turn in CAMPAIGN.transitions if turn.sets}
    for name in ("pr", "pr", "reviewed"):
        item = turned(item, **turns[name](item, AT))  # type: ignore[misc]
    assert reviewed_text(item) == "1 of 2 reviewed"
    late = turned(made(CAMPAIGN, "x"), **turns["reviewed"](made(CAMPAIGN, "x"), AT))  # type: ignore[misc]
    assert reviewed_text(late) == "1 of 1 reviewed"


def test_the_findings_of_a_spike_are_owed_once_its_days_are_over() -> None:
    item = made(SPIKE, "can it carry the queue?")
    assert item.day("until") == day("thu")
    assert not owes(item, AT)
    assert not owes(item, Moment(empty(), moment("thu 18:00")))
    assert owes(item, Moment(empty(), moment("fri 9:00")))
    assert owes(turned(item, status="owed"), AT)
    assert not owes(turned(item, status="presented"), Moment(empty(), moment("fri 9:00")))


def test_a_note_of_findings_has_the_question_and_the_time() -> None:
    snapshot = after(empty(), coded(0, "tue", pattern="spike"), coded(0, "tue", pattern="lead"))
    text = note_text(made(SPIKE, "can it carry the queue?", repo="queue"), Moment(snapshot, NOW))
    assert text == (
        "# can it carry the queue?\n\n"
        "Spike in queue, from 2026-11-24; 2 h logged.\n\n"
        "## Question\n\ncan it carry the queue?\n\n"
        "## What was tried\n\n"
        "## Findings\n\nWith figures, and how they were measured.\n\n"
        "## Recommendation\n\nWhat to do next, and what not to do.\n\n"
        "## Presented\n\nTo whom, and what they said.\n"
    )
    assert "Spike, from 2026-11-24;" in note_text(made(SPIKE, "x"), AT)


def test_who_has_waited_longest_is_next_and_nobody_comes_twice_in_a_row() -> None:
    queue = [
        made(PAIR, title, Moment(empty(), moment(when)), str(number), who=who)
        for number, (title, who, when) in enumerate(
            (
                ("a", "ana", "mon 9:00"),
                ("b", "Ana", "mon 9:05"),
                ("c", "bo", "mon 10:00"),
                ("d", "chidi", "mon 11:00"),
            )
        )
    ]
    past = [turned(made(PAIR, "x", who="bo"), status="paired", on="2026-11-13")]
    assert [item.summary for item in rotation(queue, past)] == ["a", "d", "c", "b"]
    past.append(turned(made(PAIR, "x", who="ana"), status="paired", on="2026-11-20"))
    assert [item.summary for item in rotation(queue, past)] == ["d", "c", "a", "b"]
    assert rotation([], past) == []


def test_office_hours_are_the_next_pairing_on_a_friday_afternoon() -> None:
    assert office_hours(AT) is None
    assert next_day(AT) == day("fri")
    hours = AddBlock("Office hours", day("fri"), 840, 900, "meeting", "pairing", repeat=Repeat(weeks=1))
    snapshot = after(empty(), hours)
    found = office_hours(Moment(snapshot, NOW))
    assert found is not None
    assert found.day == day("fri")
    late = office_hours(Moment(snapshot, moment("fri 15:30")))
    assert late is not None
    assert late.day == day("fri", W48.shift(1))


def test_the_office_hours_that_are_offered_fit_the_week() -> None:
    edit: Edit = AddBlock("Office hours", day("fri"), 840, 900, "meeting", "pairing", repeat=Repeat(weeks=1))
    decision = decide(empty(), edit, NOW, "x")
    assert not decision.refused


def test_what_the_lead_wrote_is_averaged_over_what_was_told() -> None:
    items = [turned(made(PAIR, "x", who="bo"), status="paired", share=share) for share in (20, None, 50)]
    assert written(items) == 35
    assert written([]) is None


def test_the_pairing_queue_tells_whose_turn_it_is_and_how_it_went() -> None:
    waiting = [made(PAIR, "tests", uid="1", who="bo"), made(PAIR, "metrics", uid="2", who="ana")]
    closed = [turned(made(PAIR, "retries", who="bo", share=40), status="paired", on="2026-11-20")]
    snapshot = after(empty(), coded(0, "tue", pattern="pair"), now=NOW)
    found = pairing(waiting, closed, Moment(snapshot, NOW))
    assert [item.summary for item in found.queue] == ["metrics", "tests"]
    assert (found.day, found.block, found.paired, found.own, found.wanted, found.minutes) == (
        day("fri"),
        None,
        1,
        40,
        30,
        120,
    )
    assert found.text == "1 pairing in half a year, 2 h logged in 4 weeks; you wrote 40 % of about 30 %"
    assert pairing([], [], AT).text == "no pairings in half a year, 0 h logged in 4 weeks"
