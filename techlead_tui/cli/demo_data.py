"""The story that the demonstration tells: what some weeks were about, and what was written down in them."""

from collections.abc import Mapping
from typing import NamedTuple

from techlead_tui.core.edits import AddItem, EditItem


class Chapter(NamedTuple):
    """Hold what some weeks were about; sessions are (weekday, start, minutes, summary, pattern)."""

    weeks: int
    focus: str
    repo: str
    branch: str
    sessions: tuple[tuple[int, int, int, str, str | None], ...]
    answers: str  # five letters, y or n: code, meetings, depth, team, stress


CHAPTERS = (
    Chapter(
        2,
        "Payment retries: idempotency keys",
        "payments",
        "retries",
        (
            (2, 545, 150, "retry state machine, first cut", "lead"),
            (2, 785, 170, "idempotency keys in the ledger", "lead"),
            (3, 660, 55, "review of the webhook consumer", None),
            (3, 780, 200, "backoff that survives a restart", "lead"),
            (4, 550, 140, "property tests for double charges", "lead"),
            (5, 605, 100, "pairing with Ana on the outbox", "pair"),
        ),
        "yyyyy",
    ),
    Chapter(
        1,
        "Spike: can Postgres carry the queue?",
        "queue-spike",
        "main",
        (
            (2, 540, 175, "load test: 4 000 jobs a second", "spike"),
            (3, 790, 180, "skip locked against advisory locks", "spike"),
            (4, 545, 160, "findings written up", "spike"),
        ),
        "yyyyn",
    ),
    Chapter(
        3,
        "Quarter planning and two escalations",
        "payments",
        "main",
        ((2, 780, 60, "hotfix: refund rounding", None), (4, 545, 45, "review of the audit log", None)),
        "nnyyn",
    ),
    Chapter(
        3,
        "Untangle the invoice module",
        "billing",
        "untangle",
        (
            (1, 845, 110, "characterisation tests for invoices", "refactor"),
            (2, 545, 170, "split tax from totals", "refactor"),
            (2, 790, 120, "drop the currency globals", "refactor"),
            (3, 785, 190, "money as a type of its own", "refactor"),
            (4, 550, 120, "migration, dry run", "refactor"),
            (5, 845, 80, "pairing with Bo on the importer", "pair"),
        ),
        "ynyyy",
    ),
    Chapter(
        3,
        "Connection pool: no more stalls",
        "payments",
        "pool",
        (
            (1, 840, 100, "reproduce the stall under load", "lead"),
            (2, 545, 170, "pool with fair waiting", "lead"),
            (2, 785, 150, "metrics for the time spent waiting", "lead"),
            (3, 785, 210, "timeouts that name the query", "lead"),
            (4, 545, 165, "roll-out behind a flag", "lead"),
            (5, 610, 95, "pairing with Chidi on the flag", "pair"),
        ),
        "yyyyy",
    ),
)


Turns = tuple[tuple[int, str, Mapping[str, object]], ...]  # days later, transition, its fields


class Noted(NamedTuple):
    """Hold what was written down in a week, and what became of it."""

    back: int  # weeks before this one
    weekday: int
    minute: int
    edit: AddItem | EditItem
    turns: Turns = ()
    asked: tuple[int, int, int, int] | None = None  # of a request: weeks later, weekday, start, minutes


def _delegation(what: str, owner: str, **fields: object) -> AddItem:
    return AddItem("delegation", what, {"owner": owner, **fields})


def _question(what: str, who: str) -> AddItem:
    return AddItem("question", what, {"people": [who]})


def _request(what: str, who: str, type_id: str, **fields: object) -> AddItem:
    return AddItem("request", what, {"requester": who, "type": type_id, **fields})


def _rated(box: str, value: int, effort: int) -> EditItem:
    return EditItem("series", box, {"value": value, "effort": effort})


NOTED = (
    Noted(6, 1, 610, _delegation("status tracking of payments", "ana", frees=120)),
    Noted(3, 2, 700, _delegation("runbook for the queue", "bo", grows="operations")),
    Noted(
        2,
        1,
        620,
        _delegation("tests for the importer", "chidi", frees=90, grows="test design", authority="decide"),
    ),
    Noted(
        1,
        4,
        900,
        _delegation("design of the ledger's API", "dana", authority="propose")._replace(
            override="she designs it, the decision stays here"
        ),
    ),
    Noted(
        4, 3, 640, _question("which region goes first?", "emeka"), ((1, "answered", {"answer": "Lisbon"}),)
    ),
    Noted(
        1,
        1,
        530,
        AddItem("campaign", "Connection pool: no more stalls", {"repo": "payments", "prs": 3, "reviewed": 3}),
    ),
    Noted(1, 3, 700, AddItem("pair", "tests for the importer", {"who": "chidi"})),
    Noted(0, 1, 610, AddItem("pair", "the flag's roll-out", {"who": "bo"})),
    Noted(
        1,
        5,
        845,
        AddItem("outcome", "the pool hands out connections in turn", {}),
        ((5, "done", {"effect": "no request waits longer than a second"}),),
    ),
    Noted(1, 5, 850, AddItem("outcome", "the flag is on for a tenth of all shops", {})),
    Noted(0, 1, 640, _question("why do we keep two caches?", "chidi")),
    Noted(0, 1, 700, _question("who owns the retry queue at night?", "ana")),
    Noted(
        8,
        1,
        600,
        AddItem(
            "trade", "spike on the queue's limits", {"for": "Budget sync", "length": 120, "with": ["mira"]}
        ),
        ((5, "kept", {}),),
    ),
    Noted(
        5,
        2,
        560,
        AddItem(
            "decision", "One cache or two", {"decision_makers": ["robin"], "consulted": ["chidi", "dana"]}
        ),
        ((0, "open", {}), (10, "decided", {})),
    ),
    Noted(
        1,
        1,
        560,
        AddItem(
            "decision", "Ledger writes as events", {"decision_makers": ["robin"], "consulted": ["dana", "bo"]}
        ),
        ((1, "open", {}),),
    ),
    Noted(0, 1, 565, AddItem("decision", "A retry budget for each tenant", {"consulted": ["ana"]})),
    Noted(2, 5, 590, _rated("team-sync", 3, 2)),
    Noted(2, 5, 592, _rated("architecture-review", 3, 1)),
    Noted(2, 5, 594, _rated("cross-team", 1, 3)),
    Noted(
        4,
        1,
        580,
        _request("Quarterly platform showcase", "fatima", "presentation"),
        ((0, "notes", {}), (7, "decline", {})),
        (0, 3, 840, 90),
    ),
    Noted(
        2,
        1,
        580,
        _request("Partner status call", "hana", "status"),
        ((0, "proxy", {"proxy": "bo"}),),
        (0, 4, 660, 60),
    ),
    Noted(1, 2, 585, _request("Budget sync", "mira", "status"), ((0, "decline", {}),), (0, 3, 870, 30)),
    Noted(
        0,
        1,
        545,
        _request("Roadmap alignment", "fatima", "alignment", **{"with": ["gita"]}),
        (),
        (1, 3, 600, 60),
    ),
    Noted(
        0,
        1,
        550,
        _request(
            "Ledger design review",
            "dana",
            "architecture-review",
            **{"with": ["emeka"], "doc": "docs/decisions/ledger.md", "criteria": ["a", "b"]},
        ),
        (),
        (2, 1, 780, 45),
    ),
)
