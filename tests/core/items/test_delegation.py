"""Delegations ask whether it needs to be you, and remind in time (M15)."""

from __future__ import annotations

import pytest

from techlead_tui.core.decide import decide
from techlead_tui.core.edits import AddItem, EditItem, with_reason
from techlead_tui.core.items.delegation import KIND, reason_for_lead
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.records import Record, session_record
from techlead_tui.core.snapshot import OPEN, Snapshot
from tests.core.weeks import W48, empty, moment

NOW = moment("tue 11:37")


@pytest.mark.parametrize(
    ("summary", "needed"),
    [
        ("architecture of the ledger", "architecture decisions"),
        ("Design review for billing", "design review and approval"),
        ("critical-path code of the parser", "high-risk or critical-path code"),
        ("escalation to the vendor", "technical escalations"),
        ("unblocking the payments team", "unblocking on hard problems"),
        ("status tracking of payments", None),
        ("documentation of the architecture", None),
        ("architecture documentation", None),
        ("tests for the design system", None),
        ("CI upkeep", None),
        ("lunch", None),
        ("redesigning", None),
    ],
)
def test_what_needs_the_lead_is_told_by_its_words(summary: str, needed: str | None) -> None:
    assert reason_for_lead(summary) == needed


def test_what_needs_the_lead_is_refused_and_kept_by_a_reason() -> None:
    edit = AddItem("delegation", "architecture of the ledger", {"owner": "ana"})
    refused = decide(empty(), edit, NOW, "d1")
    assert refused.refused
    assert [violation.rule for violation in refused.violations] == ["needs-the-lead"]
    assert "documentation" in refused.violations[0].why
    kept = decide(empty(), with_reason(edit, "she grows into it"), NOW, "d1")
    assert not kept.refused
    assert kept.overridden
    record = kept.after.table(OPEN, "delegations")["d1"]
    assert record["override"] == {"reason": "she grows into it", "rules": ["needs-the-lead"], "blocks": []}
    again = decide(kept.after, EditItem("delegation", "d1", {"grows": "design"}), NOW, "x")
    assert not again.violations


def test_the_reminder_comes_after_five_working_days_unless_said() -> None:
    usual = decide(empty(), AddItem("delegation", "runbook", {"owner": "ben"}), NOW, "d1").after
    assert usual.table(OPEN, "delegations")["d1"]["follow_up"] == "2026-12-01"
    said = AddItem("delegation", "runbook", {"owner": "ben", "follow_up": "2026-11-27"})
    assert (
        decide(empty(), said, NOW, "d1").after.table(OPEN, "delegations")["d1"]["follow_up"] == "2026-11-27"
    )


def _session(uid: str, day: str, hours: int) -> Record:
    return session_record(
        uid=uid,
        summary="",
        pattern=None,
        category="hands_on",
        start=f"{day}T08:00:00+01:00",
        end=f"{day}T{8 + hours:02}:00:00+01:00",
        zone="Europe/Berlin",
        repo=None,
        branch=None,
    )


def _weeks(*sessions: tuple[int, int]) -> Snapshot:
    """A store with sessions of so many hours, so many weeks ago."""
    buckets = {str(W48.shift(n)): {} for n in range(-8, 1)}
    for back, hours in sessions:
        key = W48.shift(-back)
        uid = f"s{back}"
        buckets[str(key)] = {"sessions": {uid: _session(uid, str(key.monday), hours)}}
    return empty()._replace(buckets={OPEN: {}, **buckets})


def test_the_footer_says_when_coding_goes_down_while_delegation_goes_up() -> None:
    record = decide(empty(), AddItem("delegation", "runbook", {"owner": "ben", "frees": 120}), NOW, "d").after
    items = [Item(KIND, record.table(OPEN, "delegations")["d"])]
    less = KIND.footer(items, Moment(_weeks((1, 2), (5, 12)), NOW))
    assert less.startswith("frees 2 h a week · hands-on 0.5 h a week")
    assert "code less" in less
    more = KIND.footer(items, Moment(_weeks((1, 12), (5, 2)), NOW))
    assert "code less" not in more
    assert KIND.footer([], Moment(_weeks(), NOW)) == ""
