"""`techlead balance`: what the time went into, against the split of the role and that of a lost week (M1)."""

from __future__ import annotations

from collections.abc import Sequence

from techlead_tui.cli.command import Command
from techlead_tui.cli.help import asked
from techlead_tui.cli.json_shapes import Json, Keys, read_json
from techlead_tui.cli.output import columns, in_lines, put, put_json
from techlead_tui.cli.shell import Shell
from techlead_tui.core.balance import ANTI_SPLIT, Balance, added, balance, formula, share
from techlead_tui.core.session import CATEGORIES
from techlead_tui.core.words.args import Option
from techlead_tui.core.words.units import read_weeks
from techlead_tui.planner.balances import balances, quarter

SPAN_HELP = (
    "A RANGE is WEEK..WEEK, a MONTH 2026-11, a QUARTER 2026-Q4; a week belongs to the month of its Thursday.",
)
COMMAND = Command(
    "balance",
    "[WEEK|RANGE|MONTH|QUARTER]",
    "Shows the split of your time, planned and done, beside what a tech lead's week is meant to be.",
    (Option(("--formula",), "how the shares are worked out, with their figures"),),
    (
        *SPAN_HELP,
        "Without one it is this week, the four weeks and the quarter that end with it. Nothing before the",
        "first use counts as held or done.",
    ),
    ("techlead balance", "techlead balance 2026-Q4 --formula", "techlead balance last --json"),
)
BALANCE: Keys = {
    "from": "the first week",
    "to": "the last week",
    "weeks": "how many of them count: those before the first use do not",
    "since": "when counting began, where that is within these weeks; or null",
    "over": "whether the last week has ended: then what was done is weighed, not the plan",
    "working_minutes": "working time less lunch and leave: what the planned shares are of",
    "counted_minutes": "what of it lies after counting began: what the actual shares are of",
    "planned_minutes": "planned inside the working time, by category",
    "actual_minutes": "actually spent inside the working time, by category",
    "planned_percent": "its shares",
    "actual_percent": "its shares",
    "wanted_minutes": "what the week themes want, by category",
    "wanted_percent": "its shares",
    "planned_outside_minutes": "planned outside the working time",
    "actual_outside_minutes": "actually spent outside the working time",
    "communication_percent": "what is weighed: done once the weeks are over, else planned",
    "limit_percent": "the communication above which it is an alarm",
    "alarm": "whether it is",
    "anti_split": "meetings, tracking, people and showing_up: each with `planned_minutes`, `actual_minutes`, "
    "`planned_percent`, `actual_percent` and `lost_percent`, its share of a lost week",
    "formula": "how the shares are worked out, sentences",
}
NAMES = {"hands_on": "hands-on", "showing_up": "showing up"}


def run(_name: str, args: list[str], shell: Shell) -> int:
    call = asked(COMMAND, args, 1)
    if call is None:
        return 0
    if call.words:
        weeks = read_weeks(call.words[0], shell.today)
        snapshot = shell.reader.snapshot(*weeks)
        one = added([balance(snapshot.week(week), shell.now()) for week in weeks])
        found = [(str(weeks[0]) if len(weeks) == 1 else f"{weeks[0]} to {weeks[-1]}", one)]
    else:
        this = shell.this_week
        found = balances(shell.reader.snapshot(*quarter(this)), this, shell.now())
    if call.has("json"):
        first = balance_json(found[0][1])
        week = found[0][1].last if found[0][1].first == found[0][1].last else None
        periods = [{"name": name, **balance_json(one)} for name, one in found]
        put_json({**read_json(week, "balance", first), "periods": periods})
        return 0
    put("\n".join(lines(found)))
    if call.has("formula"):
        for name, one in found:
            put(f"\n{name}")
            for sentence in formula(one):
                put(in_lines("  ", sentence, columns()))
    return 0


def lines(found: Sequence[tuple[str, Balance]]) -> list[str]:
    """Return the table of some periods: a row a category, planned and done of each."""
    out = [f"{'':<22}" + "".join(f"{name:>16}" for name, _ in found)]
    out.append(f"{'':<14}{'wanted':>8}" + f"{'plan':>9}{'done':>7}" * len(found))
    first = found[0][1]
    for name in CATEGORIES:
        wanted = share(first.wanted[name], first.working)
        out.append(
            _row(name, wanted, [(one.planned_percent[name], one.actual_percent[name]) for _, one in found])
        )
    out.append(f"{'':<14}{'lost week':>8}")
    for name, lost in ANTI_SPLIT.items():
        shares = [
            (share(one.anti_planned[name], one.working), share(one.anti_actual[name], one.counted))
            for _, one in found
        ]
        out.append(_row(name, lost, shares))
    for name, one in found:
        if one.alarm:
            how = "" if one.over else " planned"
            out.append(f"{name}: communication {one.communication} %{how}, above {one.limit} % is an alarm")
        if one.outside[1]:
            out.append(f"{name}: {one.outside[1]} min outside the working hours, beside these shares")
    since = next((one.since for _, one in found if one.since is not None), None)
    if since is not None:
        out.append(f"counting began on {since:%Y-%m-%d %H:%M}: nothing before it counts as held or done")
    return out


def _row(name: str, wanted: int, shares: Sequence[tuple[int, int]]) -> str:
    cells = "".join(f"{f'{plan} %':>9}{f'{done} %':>7}" for plan, done in shares)
    return f"{NAMES.get(name, name):<14}{f'{wanted} %':>8}{cells}"


def balance_json(found: Balance) -> Json:
    anti = {
        name: {
            "planned_minutes": found.anti_planned[name],
            "actual_minutes": found.anti_actual[name],
            "planned_percent": share(found.anti_planned[name], found.working),
            "actual_percent": share(found.anti_actual[name], found.counted),
            "lost_percent": lost,
        }
        for name, lost in ANTI_SPLIT.items()
    }
    return {
        "from": str(found.first),
        "to": str(found.last),
        "weeks": found.weeks,
        "since": found.since.isoformat() if found.since else None,
        "over": found.over,
        "working_minutes": found.working,
        "counted_minutes": found.counted,
        "planned_minutes": found.planned,
        "actual_minutes": found.actual,
        "planned_percent": found.planned_percent,
        "actual_percent": found.actual_percent,
        "wanted_minutes": found.wanted,
        "wanted_percent": {name: share(minutes, found.working) for name, minutes in found.wanted.items()},
        "planned_outside_minutes": found.outside[0],
        "actual_outside_minutes": found.outside[1],
        "communication_percent": found.communication,
        "limit_percent": found.limit,
        "alarm": found.alarm,
        "anti_split": anti,
        "formula": list(formula(found)),
    }
