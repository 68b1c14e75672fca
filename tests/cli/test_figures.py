"""Figures that could disagree with one another: each command, and what it may and may not come to."""

from __future__ import annotations

from typing import Any

import pytest

from tests.cli.conftest import Techlead

SUNDAY = "2026-11-22T10:00"
MESSAGES, STAKEHOLDER = "wed-messages@2026-11-25", "stakeholder@2026-11-26"


@pytest.fixture(autouse=True)
def early(monkeypatch: pytest.MonkeyPatch) -> None:
    """Stand before the week W48 begins."""
    monkeypatch.setenv("TECHLEAD_NOW", SUNDAY)


def week(techlead: Techlead, key: str = "2026-W48") -> Any:
    return techlead("week", key, "--json").json


def rules(techlead: Techlead, *words: str) -> list[str]:
    """The rules that refuse a call."""
    answer = techlead(*words, "--json")
    return [each["rule"] for each in answer.json["violations"]] if answer.code == 3 else []


def fixes(techlead: Techlead, *words: str) -> list[dict[str, Any]]:
    answer = techlead(*words, "--json").json
    return [fix for each in answer["violations"] for fix in each["fixes"]]


def evidence(techlead: Techlead, question: str, *words: str) -> tuple[Any, list[str]]:
    found = techlead("check", *words, "--json").json["check"]["questions"]
    each = next(each for each in found if each["id"] == question)
    return each["suggested"], each["evidence"]


class TestTwoAtOneTime:
    def test_work_over_a_moved_box(self, techlead: Techlead) -> None:
        assert techlead("move", MESSAGES, "2026-11-25", "9:00").code == 0
        assert rules(techlead, "add", "2026-11-25", "9-10:30", "pool", "+code") == ["overlap"]

    def test_a_box_moved_over_a_meeting_in_an_optional_box(self, techlead: Techlead) -> None:
        assert techlead("add", "2026-11-27", "14:15-14:45", "vendor call").code == 0
        move = ("move", "wrap-up@2026-11-27", "2026-11-27", "14:30-15:30")
        assert "overlap" in rules(techlead, *move)

    def test_a_meeting_over_a_box_moved_into_an_optional_one(self, techlead: Techlead) -> None:
        assert techlead("move", "wrap-up@2026-11-27", "2026-11-27", "14:30-15:30").code == 0
        assert "overlap" in rules(techlead, "add", "2026-11-27", "14:15-14:45", "vendor call")

    def test_deep_work_moved_under_a_meeting(self, techlead: Techlead) -> None:
        assert techlead("add", "2026-11-23", "16-17", "guild", "+cross-team").code == 0
        assert "overlap" in rules(techlead, "move", "tue-close@2026-11-24", "2026-11-23", "16:00")

    def test_an_override_covers_the_two_that_it_was_given_for(self, techlead: Techlead) -> None:
        assert techlead("add", "2026-11-27", "13-14", "A", "+cross-team", "--override", "x").code == 0
        assert "overlap" in rules(techlead, "add", "2026-11-27", "13:15-13:45", "C", "+planning")
        kept = techlead("lint", "2026-W48", "--json").json["findings"]
        assert "refuse" not in [each["severity"] for each in kept]

    def test_a_box_that_was_shortened_still_holds_its_work(self, techlead: Techlead) -> None:
        assert techlead("move", "wed-afternoon@2026-11-25", "2026-11-25", "13:00-16:00").code == 0
        assert techlead("add", "2026-11-25", "13-14", "pool", "+code").code == 0


class TestGivenBackTime:
    def test_deep_work_in_the_gap_of_a_skipped_box_changes_nothing(self, techlead: Techlead) -> None:
        techlead("done", STAKEHOLDER, "--skipped")
        before = week(techlead)
        assert (before["focus_minutes"], before["planned_minutes"]["hands_on"]) == (24 * 60, 28 * 60)
        assert [gap["start"][11:16] for gap in before["given_back"]] == ["15:00"]
        added = techlead("add", "2026-11-26", "15:30-16", "fill the gap", "+code", "--json").json
        assert added["focus_delta_minutes"] == 0
        after = week(techlead)
        assert (after["focus_minutes"], after["planned_minutes"]) == (24 * 60, before["planned_minutes"])

    def test_a_meeting_in_the_gap_splits_the_stretch_where_it_stands(self, techlead: Techlead) -> None:
        techlead("done", STAKEHOLDER, "--skipped")
        added = techlead("add", "2026-11-26", "15-15:30", "pair", "+pairing", "--json").json
        assert added["focus_delta_minutes"] == -120
        assert week(techlead)["planned_minutes"]["hands_on"] == 27 * 60 + 30


class TestFridayCheck:
    def firefighting(self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-27T18:00")
        for day in range(23, 28):
            assert techlead("log", "20m", "bit", "--at", f"2026-11-{day} 11:00").code == 0
            log = ("log", "3h", "fire", "--category", "communication", "--at", f"2026-11-{day} 13:00")
            assert techlead(*log).code == 0

    def test_a_week_of_firefighting_is_weighed_by_what_was_done(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        self.firefighting(techlead, monkeypatch)
        suggested, said = evidence(techlead, "stress")
        assert suggested is False
        assert "0 min of focus time done, 22 h planned" in said
        assert any("% communication done, 14 % planned" in phrase for phrase in said)

    def test_before_the_week_is_over_the_plan_is_called_so(self, techlead: Techlead) -> None:
        suggested, said = evidence(techlead, "stress", "2026-W48")
        assert suggested is True
        assert "22 h of focus time planned, 0 min done" in said
        assert "14 % communication planned, 0 % done" in said

    def test_a_week_over_without_a_session_suggests_nothing(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-28T10:00")
        assert evidence(techlead, "stress", "2026-W48")[0] is None

    def test_work_on_a_weekend_is_no_focus_toward_the_target(self, techlead: Techlead) -> None:
        for day in ("2026-11-28", "2026-11-29"):
            techlead("add", day, "8-20", "pool", "+code")
        assert week(techlead)["focus_minutes"] == 22 * 60
        assert week(techlead)["percent"]["hands_on"] == 77

    def test_what_was_logged_is_told_whole_and_its_part_outside(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-08-28T10:00")
        techlead("log", "60m", "w", "--at", "2026-08-27 11:25")
        assert "1 h logged, 25 min of it outside the hours" in evidence(techlead, "stress")[1]
        assert week(techlead, "2026-W35")["logged_minutes"] == 60

    def test_one_pairing_is_one(self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
        techlead("add", "2026-11-24", "16-16:30", "pair", "+pairing")
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-27T10:00")
        log = ("log", "30m", "pair", "-p", "pair", "--at", "2026-11-24 16:00", "--category", "mentorship")
        techlead(*log)
        techlead("done", "questions@2026-11-24")
        assert "1 question or pairing came to you directly" in evidence(techlead, "team")[1]

    def test_an_override_stays_counted_when_its_block_is_skipped(self, techlead: Techlead) -> None:
        added = techlead("add", "2026-11-24", "14-15", "sync", "--override", "x", "--json").json["block"][
            "uid"
        ]
        techlead("done", added, "--skipped")
        assert "1 override" in evidence(techlead, "stress", "2026-W48")[1]


class TestLimitOfAWeek:
    def test_the_block_that_is_added_is_spoken_of_and_next_week_has_room(self, techlead: Techlead) -> None:
        assert techlead("add", "2026-11-27", "14-15", "big", "+onboarding").code == 0
        add = ("add", "2026-11-23", "16-16:30", "small", "+onboarding")
        answer = techlead(*add, "--json")
        assert answer.code == 3
        assert answer.json["violations"][0]["message"].startswith("small, Mon 23 Nov")
        found = fixes(techlead, *add)
        assert found
        assert {"2026-11-30"} <= {fix["words"][1] for fix in found}
        assert techlead(*found[0]["words"]).code == 0

    @pytest.mark.parametrize("when", [("2026-11-23", "16-16:45"), ("2026-11-27", "16-16:45")])
    def test_an_override_does_not_open_the_week_to_more(
        self, techlead: Techlead, when: tuple[str, str]
    ) -> None:
        assert techlead("add", "2026-11-27", "14-15:30", "big", "+onboarding", "--override", "x").code == 0
        assert "type-limit" in rules(techlead, "add", *when, "small", "+onboarding")


class TestGains:
    def applied(self, techlead: Techlead, words: list[str]) -> int:
        """The focus time of two weeks after a call, which is then taken back."""
        assert techlead(*words).code == 0
        found = week(techlead)["focus_minutes"] + week(techlead, "2026-W49")["focus_minutes"]
        assert techlead("undo").code == 0
        return int(found)

    @pytest.mark.parametrize(
        "words",
        [
            ("move", "thu-afternoon@2026-11-26", "2026-11-26", "11:15-12:15"),
            ("move", "questions@2026-11-24", "2026-12-02", "14:45"),
            ("move", MESSAGES, "2026-11-24", "10:00-11:00"),
            ("add", "2026-11-28", "10-12", "pool", "+code"),
            ("add", "2026-11-24", "14-15", "sync"),
        ],
    )
    @pytest.mark.few(2)
    def test_costs_and_gains_are_what_comes_of_it(self, techlead: Techlead, words: tuple[str, ...]) -> None:
        before = 2 * 22 * 60
        answer = techlead(*words, "--json").json
        if answer["ok"]:
            wish = self.applied_already(techlead)
        else:
            wish = self.applied(techlead, [*words, "--override", "x"])
            assert answer["violations"][0]["focus_cost_minutes"] == before - wish
        found = [fix for each in answer["violations"] for fix in each["fixes"]]
        assert found
        gains = [fix["focus_gain_minutes"] for fix in found]
        assert gains == sorted(gains, reverse=True)
        for fix in found:
            assert self.applied(techlead, fix["words"]) - wish == fix["focus_gain_minutes"], fix["title"]

    def applied_already(self, techlead: Techlead) -> int:
        found = week(techlead)["focus_minutes"] + week(techlead, "2026-W49")["focus_minutes"]
        techlead("undo")
        return int(found)

    def test_no_fix_puts_a_box_of_deep_work_over_another(self, techlead: Techlead) -> None:
        found = fixes(techlead, "move", "thu-afternoon@2026-11-26", "2026-11-26", "11:15-12:15")
        assert [fix["title"] for fix in found] == [
            "Leave it at Thu 26 Nov 13:00–15:00 (longer: 2 h)",
            "Move it to Thu 26 Nov 13:00–14:00",
        ]

    def test_a_skipped_box_that_is_moved_costs_what_it_takes(self, techlead: Techlead) -> None:
        techlead("done", "wrap-up@2026-11-27", "--skipped")
        answer = techlead("move", "wrap-up@2026-11-27", "2026-11-26", "15:00", "--json").json
        wish = self.applied(
            techlead, ["move", "wrap-up@2026-11-27", "2026-11-26", "15:00", "--override", "x"]
        )
        assert answer["violations"][0]["focus_cost_minutes"] == 2 * 22 * 60 - wish
        for fix in answer["violations"][0]["fixes"]:
            assert self.applied(techlead, fix["words"]) - wish == fix["focus_gain_minutes"]

    def test_a_fix_that_changes_the_length_says_so(self, techlead: Techlead) -> None:
        words = ("move", MESSAGES, "2026-11-24", "10:00-11:00")
        for fix in fixes(techlead, *words):
            start, end = (int(part[:2]) * 60 + int(part[3:]) for part in fix["words"][3].split("-"))
            assert (end - start == 60) == ("to 30 min" not in fix["title"]), fix["title"]


def test_a_moved_optional_box_opens_nothing_under_it(techlead: Techlead) -> None:
    moved = techlead("move", "fri-afternoon@2026-11-27", "2026-11-25", "14:00-17:00", "--json").json
    assert [each["rule"] for each in moved["violations"]] == ["split-focus"]
    assert {"deep-work", "day-theme"} <= set(rules(techlead, "add", "2026-11-25", "15-16", "vendor call"))


def test_a_meeting_that_stands_keeps_its_minutes_under_code(
    techlead: Techlead, monkeypatch: pytest.MonkeyPatch
) -> None:
    techlead("add", "2026-11-26", "15-16", "code", "+code", "--override", "x")
    found = week(techlead)
    assert found["planned_minutes"]["communication"] == 5 * 60
    assert (found["planned_minutes"]["hands_on"], found["focus_minutes"]) == (27 * 60, 22 * 60)
    monkeypatch.setenv("TECHLEAD_NOW", "2026-11-26T20:00")
    assert week(techlead)["done_minutes"]["communication"] == 30 + 60 + 45 + 60 + 60


class TestTheRunningDay:
    @pytest.mark.parametrize(
        ("now", "words", "first"),
        [
            ("2026-11-27T14:10", ("1h", "this", "+code"), "2026-11-27T14:15"),
            ("2026-11-26T09:10", ("1h", "this", "+code"), "2026-11-26T09:15"),
        ],
    )
    def test_the_rest_of_a_slot_is_a_slot(
        self,
        techlead: Techlead,
        monkeypatch: pytest.MonkeyPatch,
        now: str,
        words: tuple[str, ...],
        first: str,
    ) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", now)
        slots = techlead("free", *words, "--json").json["slots"]
        assert slots[0]["start"][:16] == first

    def test_on_call_the_rest_of_the_room_for_incidents_is_free(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-26T13:10")
        techlead("theme", "use", "on-call", "this")
        slots = techlead("free", "30m", "this", "+pairing", "--json").json["slots"]
        assert slots[0]["start"][:16] == "2026-11-26T13:15"

    def test_no_fix_is_in_the_past(self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-26T09:00")
        assert fixes(techlead, "move", MESSAGES, "2026-11-27", "12:30") == []

    def test_now_counts_down_to_the_hard_end_and_names_the_own_block(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        techlead("add", "2026-11-25", "14:30-15:30", "pool fix", "+code")
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-23T09:10")
        now = techlead("now", "--json").json["now"]
        assert (now["left_minutes"], now["ends"][11:16]) == (20, "09:30")
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-25T14:05")
        assert techlead("now", "--json").json["now"]["next"]["summary"] == "pool fix"


def test_deep_work_is_offered_first_where_it_wins_focus(techlead: Techlead) -> None:
    techlead("theme", "use", "no-meeting-wednesday", "next")
    first = techlead("free", "2h", "next", "+code", "--json").json["slots"][0]
    assert (first["start"][:16], first["focus_cost_minutes"]) == ("2026-11-23T15:00", -120)


def test_no_way_out_of_lint_leaves_things_as_they_are(techlead: Techlead) -> None:
    techlead("theme", "use", "on-call", "2026-W51")
    techlead("move", "mon-room@2026-12-14", "2026-12-17", "08:30")
    blocks = {block["uid"]: block for block in week(techlead, "2026-W51")["blocks"]}
    found = [each for each in techlead("lint", "2026-W51", "--json").json["findings"] if each["fixes"]]
    assert found
    for each in found:
        for fix in each["fixes"]:
            assert techlead(*fix["words"]).code == 0
            after = {block["uid"]: block for block in week(techlead, "2026-W51")["blocks"]}
            assert after != blocks, fix["title"]
            techlead("undo")


def test_equal_fixes_come_in_the_order_of_the_method(techlead: Techlead) -> None:
    techlead("theme", "use", "hands-on-30", "2026-W48")
    found = fixes(techlead, "add", "2026-11-27", "13:30-14", "pair", "+pairing")
    assert found[0]["title"].endswith("Pairing hours")


def test_a_hand_over_is_nobody_elses_meeting(techlead: Techlead) -> None:
    techlead("theme", "use", "on-call", "2026-W48")
    assert "overlap" in [
        each["rule"]
        for each in techlead("add", "2026-11-23", "9-9:30", "vendor call", "--json").json["violations"]
    ]
    techlead("undo")
    slots = techlead("free", "30m", "2026-W48", "--json").json["slots"]
    assert "Take over the pager" not in [slot["box"] for slot in slots]


class TestSessionsAndBlocks:
    @pytest.mark.parametrize(("at", "minutes"), [("9:00", 60), ("8:59", 60)])
    def test_a_done_block_counts_the_sessions_that_lie_in_it(
        self, techlead: Techlead, monkeypatch: pytest.MonkeyPatch, at: str, minutes: int
    ) -> None:
        monkeypatch.setenv("TECHLEAD_NOW", "2026-11-24T20:00")
        techlead("done", "tue-morning@2026-11-24")
        techlead("log", "60m", "pool", "--at", f"2026-11-24 {at}")
        found = week(techlead)
        assert found["done_minutes"]["hands_on"] == minutes
        assert found["logged_in_minutes"] == {"tue-morning@2026-11-24": 60 if at == "9:00" else 59}


class TestRecurring:
    def test_skipping_one_week_changes_nothing(self, techlead: Techlead) -> None:
        techlead("rm", "team-sync@2026-11-23")
        assert week(techlead)["recurring_meetings"] == 5

    def test_a_series_of_every_second_week_counts_in_both(self, techlead: Techlead) -> None:
        techlead("add", "every", "2", "weeks", "fri", "16-16:30", "guild", "+pairing")
        found = [week(techlead, f"2026-W{number}")["recurring_meetings"] for number in (48, 49, 50)]
        assert found == [6, 6, 6]

    def test_a_series_put_into_an_optional_meeting_counts(self, techlead: Techlead) -> None:
        techlead("add", "every", "mon", "16-16:30", "queue", "+decision")
        assert week(techlead)["recurring_meetings"] == 6


def test_a_meeting_on_a_day_of_leave_counts_for_nothing_and_is_warned_of(techlead: Techlead) -> None:
    techlead("day", "2026-11-24", "leave")
    before = week(techlead)["percent"]
    added = techlead("add", "2026-11-24", "14-15", "sync", "--json").json
    assert [each["rule"] for each in added["violations"]] == ["working-hours"]
    assert week(techlead)["percent"] == before
    assert week(techlead)["planned_minutes"]["communication"] == 5 * 60


def test_a_home_of_one_minute_is_not_told_of_weeks_without_a_session(techlead: Techlead) -> None:
    assert evidence(techlead, "depth")[1] == ["no session or commit yet"]
