"""Write the answers to meeting requests into files, from which the user sends them."""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import timedelta

from techlead_tui import fs
from techlead_tui.calendars.answering import InvitationAnswer, answer_eml, answer_ics
from techlead_tui.config.paths import make_folder
from techlead_tui.core.items.kit import Item, Moment
from techlead_tui.core.requests import card_of, chosen_span, reply_of, request_of
from techlead_tui.errors import UserError, not_saved
from techlead_tui.planner.items import moment_of
from techlead_tui.planner.reader import Reader

STATES = {  # what a request that has its verdict answers
    "accepted": "accept",
    "kept": "accept",
    "declined": "decline",
    "proxied": "decline",
    "notes": "decline",
    "proposed": "counter",
}
VERDICTS = {"yes": "accept", "no": "decline", "prepare": "tentative", "elsewhere": "counter"}


def answer_of(item: Item, moment: Moment, me: str, my_name: str) -> InvitationAnswer:
    """Return the answer to a request: as it was turned, else as its verdict has it. UserError."""
    uid, to, me = parties(item.summary, item.record, me)
    card, request = card_of(item, moment), request_of(item, moment)
    verb = STATES.get(item.status) or VERDICTS[card.verdict]
    span = chosen_span(item, moment)
    start, end = (request.start, request.end) if span is None else span
    if verb == "counter" and span is None:
        if card.slots:
            start = card.slots[0].start
            end = start + timedelta(minutes=min(request.minutes, card.limit_minutes or request.minutes))
        else:
            verb = "decline"
    text = reply_of(item, moment, card)
    sequence = str(item.get("sequence") or "0")
    return InvitationAnswer(
        verb,
        uid,
        item.summary,
        start,
        end,
        to,
        str(item.get("requester") or ""),
        me,
        my_name,
        text,
        int(sequence) if sequence.isascii() and sequence.isdigit() else 0,
    )


def parties(summary: str, fields: Mapping[str, object], me: str) -> tuple[str, str, str]:
    """Return the UID that is answered to, and the addresses of who asked and of the user. UserError."""
    uid, to = str(fields.get("invitation") or ""), str(fields.get("address") or "")
    if not uid or not to:
        raise UserError(
            f"“{summary}” has no {'invitation' if not uid else 'address'} to answer to",
            "techlead triage ID edit --address MAIL says it; --copy takes the text alone",
        )
    if not me:
        raise UserError("your own e-mail address is not known", "emails in config.toml says it")
    return uid, to, me


def check_drafts(reader: Reader, summary: str, fields: Mapping[str, object], folder: str) -> None:
    """Make sure that an answer can be written, before anything is changed. UserError, DataError."""
    parties(summary, fields, _mine(reader))
    try:
        make_folder(_absolute(folder))
    except OSError as wrong:
        raise not_saved(wrong) from None


def _mine(reader: Reader) -> str:
    return reader.settings.emails[0] if reader.settings.emails else ""


def _absolute(folder: str) -> str:
    return os.path.abspath(os.path.expanduser(folder))


def write_drafts(reader: Reader, item: Item, folder: str) -> tuple[str, str]:
    """Write `.eml` and `.ics` of the answer to a request; return their paths. UserError, DataError."""
    moment = moment_of(reader, [item])
    answer = answer_of(item, moment, _mine(reader), reader.settings.name)
    folder = _absolute(folder)
    clean = "".join(char if char.isalnum() else "-" for char in item.summary.lower())
    name = "-".join(filter(None, [answer.verb, *clean.split("-")]))[:60]
    paths = os.path.join(folder, f"{name}.eml"), os.path.join(folder, f"{name}.ics")
    try:
        make_folder(folder)
        for path, write in zip(paths, (answer_eml, answer_ics), strict=True):
            fs.replace_unlocked(path, write(answer, moment.now))
    except OSError as wrong:
        raise not_saved(wrong) from None
    return paths
