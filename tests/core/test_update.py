"""The status update tells what the records know, and reads back what somebody writes into it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, Edit, FinishBlock, SetDay, TurnItem, WriteUpdate
from techlead_tui.core.items.kit import Moment
from techlead_tui.core.period import Period
from techlead_tui.core.session import LogSession
from techlead_tui.core.snapshot import Snapshot
from techlead_tui.core.update import Line, Update, draft
from techlead_tui.core.update_text import SHIPPED, markdown, outline_of, read_back, sections, slack
from techlead_tui.core.words.units import read_weeks
from tests.core.weeks import W48, add, after, day, empty, moment

TODAY = day("tue")
FRIDAY = moment("fri 15:00")
WEEK = Period.of([W48])


def logged(
    when: str, summary: str, pattern: str | None = None, category: str = "hands_on", result: str | None = None
) -> LogSession:
    name, _, span = when.partition(" ")
    start, end = (moment(f"{name} {clock}") for clock in span.split("-"))
    return LogSession(
        summary=summary,
        start=start.isoformat(),
        end=end.isoformat(),
        week=str(W48),
        zone="Europe/Berlin",
        pattern=pattern,
        category=category,
        result=result,
    )


def drafted(
    *edits: Edit, now: object = FRIDAY, period: Period = WEEK, snapshot: Snapshot | None = None
) -> Update:
    store = snapshot or empty(W48.shift(-4), after=10)
    for n, edit in enumerate(edits):
        store = decide(store, edit, FRIDAY, f"u{n}").after
    return draft(Moment(store, now), period)  # type: ignore[arg-type]


def lines(update: Update, heading: str, **kind: bool) -> list[str]:
    return [line.text for line in dict(sections(update, SHIPPED, **kind)).get(heading, ())]


def test_a_week_without_any_data_says_so_without_a_hole() -> None:
    update = drafted()
    assert (update.status, update.because) == ("green", "nothing is stuck")
    assert lines(update, "Stuck") == ["Nothing"]
    assert [heading for heading, _ in sections(update, SHIPPED)] == ["Stuck"]
    assert "None" not in markdown(update)


def test_work_is_under_way_until_its_block_is_done() -> None:
    block = add("tue 9-12", summary="Retry queue", kind="deep_work")
    update = drafted(block, logged("tue 9:00-11:00", "locks"), logged("wed 9:00-10:30", "cache"))
    assert lines(update, "Under way") == ["Retry queue (2 h)", "cache (1.5 h)"]
    store = after(empty(W48.shift(-4), after=10), block)
    (own,) = [one for one in store.week(W48).blocks if one.source == "own"]
    done = drafted(
        FinishBlock(own.uid, day("tue"), "done"), logged("tue 9:00-11:00", "locks"), snapshot=store
    )
    assert lines(done, "Done") == ["Retry queue (2 h)"]
    assert not lines(done, "Under way")


def test_a_result_finishes_the_work_and_is_its_effect() -> None:
    update = drafted(logged("tue 9:00-11:00", "locks", result="half the waiting"))
    assert lines(update, "Done") == ["locks (2 h) → half the waiting"]
    assert not lines(update, "Under way")


def test_reviews_are_told_apart_from_code() -> None:
    update = drafted(logged("tue 9:00-10:00", "api", "review"), logged("wed 9:00-11:00", "pool"))
    assert lines(update, "Done") == ["Review (1 h)"]
    assert (update.totals.coding, update.totals.reviews) == (120, 60)


def test_talks_about_people_are_left_out() -> None:
    talk = add("mon 9-9:30", "em-1-1", summary="Salary of ben")
    store = after(empty(W48.shift(-4), after=10), talk)
    (own,) = [one for one in store.week(W48).blocks if one.source == "own"]
    update = drafted(FinishBlock(own.uid, day("mon"), "done"), snapshot=store)
    assert "Salary" not in markdown(update)
    assert "Salary" not in markdown(update, for_em=True)


def test_last_weeks_lines_come_first_with_what_became_of_each() -> None:
    update = drafted(
        AddItem("outcome", "retries are safe", {"week": str(W48)}),
        AddItem("outcome", "ledger is split", {"week": str(W48)}),
        AddItem("outcome", "docs", {"week": str(W48)}),
        TurnItem("outcome", "u0", "done", {"effect": "no double charges"}),
        TurnItem("outcome", "u1", "move", {"why": "the audit"}),
        TurnItem("outcome", "u2", "drop", {"why": "nobody reads them"}),
    )
    assert sections(update, SHIPPED)[0][0] == "Promised last week"
    assert lines(update, "Promised last week") == [
        "retries are safe (done)",
        "ledger is split (moved: the audit)",
        "docs (dropped: nobody reads them)",
    ]
    assert lines(update, "Done") == ["retries are safe → no double charges"]
    assert lines(update, "Next week") == ["ledger is split"]
    assert (update.status, update.because) == ("yellow", "2 outcomes were not reached")


def test_an_open_outcome_turns_the_week_yellow_only_when_the_week_is_over() -> None:
    promise = AddItem("outcome", "retries are safe", {"week": str(W48)})
    assert drafted(promise).status == "green"
    late = drafted(promise, now=moment("tue 9:00", W48.shift(1)))
    assert (late.status, late.because) == ("yellow", "“retries are safe” was not reached")


def test_what_is_stuck_names_who_has_to_do_what() -> None:
    update = drafted(
        AddItem("delegation", "runbook", {"owner": "ana", "promised": "2026-11-25"}),
        AddItem("question", "why two caches?", {"people": ["chidi"]}),
    )
    assert lines(update, "Stuck") == ["runbook (a new date is wanted from ana, promised for Wed 25 Nov)"]
    assert (update.status, update.because) == ("yellow", "“runbook” is stuck")


def test_delegations_and_pairing_say_who_grew_but_what_somebody_learns_stays_with_the_em() -> None:
    update = drafted(
        AddItem("delegation", "runbook", {"owner": "ana", "grows": "operations"}),
        TurnItem("delegation", "u0", "done", {}),
        logged("wed 9:00-10:00", "queue", "pair", "mentorship"),
    )
    assert lines(update, "Done") == ["runbook (ana)", "Pairing (1 h)"]
    assert lines(update, "Done", for_em=True) == ["runbook (ana, operations)", "Pairing (1 h)"]
    assert lines(update, "Who grew", brag=True) == ["runbook (ana, operations)", "Pairing (1 h)"]


def test_leave_next_week_is_said() -> None:
    assert lines(drafted(SetDay(day("wed", W48.shift(1)), "leave")), "Next week") == ["Away Wed 2 Dec"]


def test_a_quarter_adds_its_weeks_up_and_keeps_to_its_days() -> None:
    sessions = [logged("tue 9:00-11:00", "pool"), logged("wed 9:00-10:00", "Pool")]
    quarter = Period.of(read_weeks("2026-Q4", TODAY), "2026-Q4")
    store = empty(quarter.weeks[0].shift(-4), after=len(quarter.weeks) + 6)
    update = drafted(*sessions, period=quarter, snapshot=store)
    assert lines(update, "Built", brag=True) == ["pool (3 h)"]
    assert update.totals.coding == 180
    early = Period.of(read_weeks("2026-10", TODAY), "2026-10")
    assert drafted(*sessions, period=early, snapshot=store).totals.coding == 0


def test_a_quarter_tells_a_minute_once_and_adds_up_blocks_without_a_session() -> None:
    quarter = Period.of(read_weeks("2026-Q4", TODAY), "2026-Q4")
    store = empty(quarter.weeks[0].shift(-4), after=len(quarter.weeks) + 6)
    blocks = [
        add(f"{name} 9-10:30", summary="Retry queue", kind="deep_work") for name in ("tue", "wed", "thu")
    ]
    store = after(store, *blocks)
    done = [FinishBlock(one.uid, one.day, "done") for one in store.week(W48).blocks if one.source == "own"]
    update = drafted(*done, logged("tue 9:00-10:00", "locks"), period=quarter, snapshot=store)
    assert lines(update, "Built", brag=True) == ["locks (1 h)", "Retry queue (3 h)"]


def test_ones_own_colour_and_reason_win() -> None:
    update = drafted(WriteUpdate(W48, {"status": "red", "because": "the audit\x1b[31m"}))
    assert (update.status, update.because, update.set_by_hand) == ("red", "the audit\x1b[31m", True)
    assert "**Red**: the audit" in markdown(update)


def test_the_users_own_template_gives_headings_and_closing() -> None:
    outline = outline_of("# Fertig\n- x\n# Läuft\n# Klemmt\n# Nächste Woche\n-\n\nFragen gern hier.")
    assert outline.headings == ("Fertig", "Läuft", "Klemmt", "Nächste Woche")
    text = markdown(drafted(), outline)
    assert "## Klemmt\n- Nothing" in text
    assert text.endswith("Fragen gern hier.\n")
    assert outline_of("only words") == SHIPPED


def test_what_somebody_writes_into_the_post_is_read_back() -> None:
    update = drafted(
        AddItem("outcome", "retries *are* safe", {"week": str(W48)}), TurnItem("outcome", "u0", "done", {})
    )
    text = markdown(update).replace(
        "- retries \\*are\\* safe\n", "- retries \\*are\\* safe → no double charges\n"
    )
    assert "→" in text
    text = text.replace("\n\nComments", "\n\n## Next week\n- split the ledger\n* hire\n\nComments")
    written = read_back(text, update)
    assert written.effects == {"retries *are* safe": "no double charges"}
    assert written.ahead == ("split the ledger", "hire")
    kept = drafted(
        AddItem("outcome", "retries *are* safe", {"week": str(W48)}),
        TurnItem("outcome", "u0", "done", {}),
        WriteUpdate(W48, {"effects": written.effects}),
    )
    assert lines(kept, "Done") == ["retries *are* safe → no double charges"]


@given(st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="→"), min_size=1))
def test_titles_survive_markdown_to_the_letter(title: str) -> None:
    title = " ".join(title.split()) or "x"
    update = drafted()._replace(done=(Line(title),))
    text = markdown(update)
    (bullet,) = [line for line in text.split("\n") if line.startswith("- ") and line != "- Nothing"]
    effects = read_back(text.replace(f"{bullet}\n", f"{bullet} → better\n"), update).effects
    assert effects == {title: "better"}


def test_slack_text_has_its_own_marks_and_no_markup_of_others() -> None:
    update = drafted()._replace(done=(Line("a <b> & *c* `d`"),))
    assert slack(markdown(update)).split("\n")[:6] == [
        "*Week 48, Mon 23 Nov to Fri 27 Nov 2026*",
        "",
        "*Green*: nothing is stuck",
        "",
        "*Done*",
        "• a &lt;b&gt; &amp; *c* `d`",
    ]


@pytest.mark.parametrize("key", [IsoWeek(2026, 53), IsoWeek(2027, 1)])
def test_a_years_end_is_a_week_as_any_other(key: IsoWeek) -> None:
    store = empty(key.shift(-5), after=8)
    update = draft(Moment(store, moment("fri 15:00", key)), Period.of([key]))
    assert f"Week {key.number}, " in markdown(update)
