"""Campaigns: a feature led for two weeks, with a share of its code and all of its reviews (M14)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.items.fields import Field
from techlead_tui.core.items.kit import Column, Item, ItemKind, Moment, Transition, day_of
from techlead_tui.core.lengths import hours
from techlead_tui.core.text import day_text
from techlead_tui.core.week import session_of

DAYS = 10  # working days: two weeks
SHARE = 40  # percent of its code (M14)


class Time(NamedTuple):
    """Add up the sessions of a pattern."""

    minutes: int
    sessions: int


def time_of(moment: Moment, pattern: str, since: date, repo: str | None = None) -> Time:
    """Return what was logged with a pattern since a day, of one repository where that is given."""
    minutes = count = 0
    week, this = IsoWeek.of(since), IsoWeek.of(moment.today)
    while week <= this:
        for record in moment.snapshot.buckets.get(str(week), {}).get("sessions", {}).values():
            session = session_of(record)
            fits = session.pattern == pattern and session.start.date() >= since
            if fits and (repo is None or session.repo in (None, repo)):
                minutes, count = minutes + session.minutes, count + 1
        week = week.shift(1)
    return Time(minutes, count)


def began(item: Item, moment: Moment) -> date:
    """Return the first day of a campaign, or of anything else that names one."""
    return day_of(item.get("starts")) or item.since(moment)


def week_of(item: Item, moment: Moment) -> int:
    """Return in which week of its own a campaign is: 1, 2, or later when it goes on."""
    return max(0, (moment.today - began(item, moment)).days) // 7 + 1


def reviewed_text(item: Item) -> str:
    """Return `3 of 4 reviewed`."""
    asked, read = int(item.get("prs") or 0), int(item.get("reviewed") or 0)
    return f"{read} of {max(asked, read)} reviewed" if asked or read else "none yet"


def _defaults(given: Mapping[str, object], moment: Moment) -> Mapping[str, object]:
    starts = day_of(given.get("starts")) or moment.today
    ends = moment.working_day(DAYS, starts - timedelta(days=1))
    return {"starts": starts.isoformat(), "ends": ends.isoformat(), "share": SHARE}


def _one_more(field: str, at_least: str = "") -> Callable[[Item, Moment], Mapping[str, object]]:
    """Return what counts a field up, and another one along with it."""

    def sets(item: Item, _moment: Moment) -> Mapping[str, object]:
        count = int(item.get(field) or 0) + 1
        out: dict[str, object] = {field: count}
        if at_least and int(item.get(at_least) or 0) < count:
            out[at_least] = count
        return out

    return sets


def _card(item: Item, moment: Moment) -> Sequence[str]:
    spent = time_of(moment, "lead", began(item, moment), item.get("repo"))
    lines = [
        f"week {week_of(item, moment)} of 2, your part ends {day_text(item.day('ends') or moment.today)}"
    ]
    lines.append(f"{hours(spent.minutes)} logged as lead")
    lines.append(f"pull requests: {reviewed_text(item)}; you review every one")
    return lines


def _more(item: Item, moment: Moment) -> Mapping[str, object]:
    spent = time_of(moment, "lead", began(item, moment), item.get("repo"))
    return {"campaign_week": week_of(item, moment), "logged_minutes": spent.minutes}


KIND = ItemKind(
    id="campaign",
    plural="campaigns",
    add="campaign",
    key="",
    method="M14",
    title="Campaigns",
    empty="No feature is being led. a starts leading one.",
    words="[WHAT] [--repo NAME]",
    adds="Shows how the feature that you lead goes; with words, starts to lead one.",
    lists="Lists the features that you lead or led; or counts their reviews and closes one.",
    asks="which feature is led?",
    details=(
        "You lead for two weeks: architecture and first implementation, about 40 % of the code, and every",
        "pull request on it is reviewed by you. Sessions count with -p lead.",
    ),
    examples=("techlead campaign 'payment retries' --repo payments", "techlead campaign --json"),
    fields=(
        Field("repo", "text", "the repository, as sessions name it", "--repo"),
        Field("starts", "day", "the first day", "--starts", label="from"),
        Field("ends", "day", "the day on which your part ends", "--ends", label="until"),
        Field("share", "number", "the percent of its commits that are to be yours", "--share", most=100),
        Field("prs", "number", "how many pull requests it has had", "--prs", label="pull requests"),
        Field("reviewed", "number", "how many of them you reviewed", "--reviewed"),
    ),
    states=("running", "done", "dropped"),
    closed=("done", "dropped"),
    transitions=(
        Transition(
            "pr",
            "p",
            "pull request",
            "One more pull request.",
            ("running",),
            sets=_one_more("prs"),
            says=lambda _: "got one more pull request",
        ),
        Transition(
            "reviewed",
            "v",
            "reviewed",
            "One more is reviewed.",
            ("running",),
            sets=_one_more("reviewed", "prs"),
            says=lambda _: "got one more pull request reviewed",
        ),
        Transition("done", "x", "done", "Your part is done.", ("running",), "done"),
        Transition("drop", "d", "drop", "You no longer lead it.", ("running",), "dropped"),
        Transition("reopen", "o", "reopen", "It goes on.", ("done", "dropped"), "running"),
    ),
    columns=(
        Column("feature", 0, lambda item, _: item.summary),
        Column("repo", 14, lambda item, _: str(item.get("repo") or "")),
        Column(
            "week", 6, lambda item, moment: f"{week_of(item, moment)} of 2" if item.is_open else item.status
        ),
        Column("pull requests", 15, lambda item, _: reviewed_text(item)),
    ),
    defaults=_defaults,
    due=lambda item, _: item.day("ends"),
    card=_card,
    more=_more,
    more_keys={
        "campaign_week": "in which week of its own it is: 1, 2, or later",
        "logged_minutes": "logged with the pattern lead since its first day",
    },
)
