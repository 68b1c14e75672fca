"""Write the answer to an invitation as files: iTIP (RFC 5546) and a mail that carries it. Nothing is sent."""

from datetime import UTC, datetime
from typing import Any, NamedTuple

from techlead_tui.calendars.writing import PRODUCT, title_line
from techlead_tui.core.one_line import one_line
from techlead_tui.core.span import Span
from techlead_tui.core.text import takes_whole_days

VERBS = {  # PARTSTAT, and what the mail's subject begins with
    "accept": ("ACCEPTED", "Accepted"),
    "tentative": ("TENTATIVE", "Tentative"),
    "decline": ("DECLINED", "Declined"),
    "counter": ("TENTATIVE", "New time proposed"),
}


class InvitationAnswer(NamedTuple):
    """Hold what is answered, and to whom. Times are aware."""

    verb: str  # of VERBS
    uid: str  # of the invitation
    summary: str
    start: datetime  # as it is asked for, or of a counter as it is proposed
    end: datetime
    to: str  # address of the organizer
    to_name: str
    me: str  # address
    my_name: str
    text: str  # the comment, and the body of the mail
    sequence: int = 0


def answer_ics(answer: InvitationAnswer, now: datetime) -> bytes:
    """Return the answer as iCalendar: REPLY, or COUNTER with the time that is proposed."""
    from icalendar import Calendar, Event, vCalAddress

    calendar: Any = Calendar()
    calendar.add("VERSION", "2.0")
    calendar.add("PRODID", PRODUCT)
    calendar.add("METHOD", "COUNTER" if answer.verb == "counter" else "REPLY")
    event: Any = Event()
    event.add("UID", answer.uid)
    event.add("DTSTAMP", now.astimezone(UTC).replace(microsecond=0))
    whole_days = takes_whole_days(Span(answer.start, answer.end))
    for name, moment in (("DTSTART", answer.start), ("DTEND", answer.end)):
        event.add(name, moment.date() if whole_days else moment.astimezone(UTC))
    event.add("SUMMARY", title_line(answer.summary))
    event.add("SEQUENCE", answer.sequence)
    organizer: Any = vCalAddress(f"mailto:{answer.to}")
    if answer.to_name:
        organizer.params["CN"] = _name(answer.to_name)
    event.add("ORGANIZER", organizer)
    attendee: Any = vCalAddress(f"mailto:{answer.me}")
    attendee.params["PARTSTAT"] = VERBS[answer.verb][0]
    if answer.my_name:
        attendee.params["CN"] = _name(answer.my_name)
    event.add("ATTENDEE", attendee)
    event.add("COMMENT", answer.text)
    calendar.add_component(event)
    data: bytes = calendar.to_ical()
    return data


def answer_eml(answer: InvitationAnswer, now: datetime) -> bytes:
    """Return the answer as a mail that waits to be sent, with the iCalendar in it."""
    from email.headerregistry import Address
    from email.message import EmailMessage
    from email.policy import SMTP

    mail = EmailMessage(policy=SMTP)
    mail["Subject"] = f"{VERBS[answer.verb][1]}: {title_line(answer.summary)}"
    mail["From"] = _address(Address, answer.my_name, answer.me)
    mail["To"] = _address(Address, answer.to_name, answer.to)
    mail["X-Unsent"] = "1"  # Outlook opens it to be sent
    mail.set_content(answer.text + "\n")
    method = "COUNTER" if answer.verb == "counter" else "REPLY"
    calendar = answer_ics(answer, now).decode()
    mail.add_alternative(calendar, subtype="calendar", params={"method": method})
    return bytes(mail)


def _address(kind: Any, name: str, address: str) -> Any:
    try:
        return kind(display_name=_name(name), addr_spec=address)
    except Exception:  # an address that mail does not allow stands as it is, for the user to mend
        return one_line(address)


def _name(text: str) -> str:
    return one_line(text).replace('"', "")
