"""Answer the four questions of a first run: what is known already, what answers mean, and keeping them.

Imports no Textual: the first frame shows them before it is there.
"""

import os
from typing import NamedTuple

from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.one_line import is_one_line
from techlead_tui.core.snapshot import OPEN, Snapshot
from techlead_tui.core.theme import WeekTheme
from techlead_tui.core.theme_fitting import fitted
from techlead_tui.core.week import Week
from techlead_tui.core.words.emails import read_emails, words_of_list
from techlead_tui.core.words.hours import WorkingTime, read_working_time, working_time_of, working_time_words
from techlead_tui.errors import WordsError
from techlead_tui.evidence.identity import identity
from techlead_tui.planner.reader import Reader
from techlead_tui.render.form_rows import FormRow

WHO, HOURS, WEEK, CALENDAR = range(4)


class Answers(NamedTuple):
    """Hold what stands in the four lines."""

    who: str
    hours: str
    theme: WeekTheme  # as it is in its file
    calendar: str = ""
    hours_touched: bool = False  # else the hours are those of the theme, whichever is chosen

    @classmethod
    def of_user(cls, reader: Reader) -> "Answers":
        """Return what is known before asking: git's name and e-mail, the default week. UserError."""
        name, email = identity()
        theme = reader.library.theme(reader.settings.week_theme)
        who = ", ".join(part for part in (name, email) if part)
        return cls(who, working_time_words(working_time_of(theme)), theme)

    def put(self, field: str, text: str) -> "Answers":
        """Return the answers with another text in one of the lines that are written."""
        if field == "who":
            return self._replace(who=text)
        if field == "calendar":
            return self._replace(calendar=text)
        return self._replace(hours=text, hours_touched=True)

    def choose(self, theme: WeekTheme) -> "Answers":
        """Return the answers with another week theme; hours that nobody has touched follow it."""
        hours = self.hours if self.hours_touched else working_time_words(working_time_of(theme))
        return self._replace(theme=theme, hours=hours)

    def time(self) -> WorkingTime:
        """Return the working time that is wanted. WordsError."""
        return read_working_time(self.hours, working_time_of(self.theme))

    @property
    def fits(self) -> bool:
        """Return whether the hours are the theme's own, so that no other theme is needed. WordsError."""
        return not self.hours_touched or self.time() == working_time_of(self.theme)

    def week(self, reader: Reader) -> Week:
        """Return this week as the answers make it. WordsError."""
        theme = self.theme if self.fits else fitted(self.theme, self.time())
        key = IsoWeek.of(reader.today())
        buckets: dict[str, dict[str, dict[str, object]]] = {OPEN: {}, str(key): {}}
        types = reader.library.types()
        return Snapshot(0, reader.zone, types, {theme.id: theme}, theme.id, buckets).week(key)  # type: ignore[arg-type]


def read_who(text: str) -> tuple[str, tuple[str, ...]]:
    """Return name and e-mails of `Ada Lovelace, ada@example.org`. WordsError."""
    words = words_of_list(text)
    name = " ".join(word for word in words if "@" not in word)
    emails = read_emails(word for word in words if "@" in word)
    if not is_one_line(text):
        raise WordsError("it contains a character that cannot be shown", "a name and e-mail addresses")
    return name, emails


def problem(answers: Answers, number: int) -> WordsError | None:
    """Return what is wrong with an answer, or None."""
    try:
        if number == WHO:
            read_who(answers.who)
        elif number == HOURS:
            answers.time()
    except WordsError as error:
        return error
    return None


def questions(answers: Answers) -> list[FormRow]:
    """Return the four lines, each with a sentence about it."""
    who, hours = problem(answers, WHO), problem(answers, HOURS)
    notes = [
        "your name and e-mails, as in your commits and invitations",
        "your days and hours; “no lunch” is an answer too",
        answers.theme.description,
        calendar_note(answers.calendar),
    ]
    if hours is None and not answers.fits:
        notes[HOURS] = f"{answers.theme.title} is adapted to these hours in a file of your own"
    inks = ["warn" if who else "hint", "warn" if hours else "hint", "hint", "hint"]
    for number, found in ((WHO, who), (HOURS, hours)):
        if found is not None:
            notes[number] = found.message  # the hint has a row of its own
    return [
        FormRow("You", answers.who, False, "Ada Lovelace, ada@example.org", notes[WHO], inks[WHO]),
        FormRow("Hours", answers.hours, False, "mon-fri 9-17, lunch 12-13", notes[HOURS], inks[HOURS]),
        FormRow("Week theme", answers.theme.title, True, "", notes[WEEK], inks[WEEK]),
        FormRow(
            "Meetings",
            answers.calendar,
            False,
            "file, folder or address; Enter skips",
            notes[CALENDAR],
        ),
    ]


def calendar_note(source: str) -> str:
    """Return the sentence about a calendar source."""
    source = source.strip()
    if not source:
        return "where your meetings are; techlead source add takes more of them"
    if "://" not in source and not os.path.exists(os.path.expanduser(source)):
        return "there is no such file or folder; it is tried again at every sync"
    return "read as soon as your week is open; an address is kept as a secret"


def keep(reader: Reader, answers: Answers) -> str:
    """Write the settings, and a week theme where the hours need one; return the theme's id.

    UserError: then nothing is kept.
    """
    from techlead_tui.config.settings_file import change_settings, source_of
    from techlead_tui.config.theme_files import write_fitted

    name, emails = read_who(answers.who)
    folder, theme_id = reader.folders.config, answers.theme.id
    if not answers.fits:
        theme_id = write_fitted(reader.library, folder, theme_id, answers.time())
    wanted: dict[str, object] = {"name": name, "emails": emails, "week_theme": theme_id}
    source = answers.calendar.strip()
    if source:
        if "://" not in source and not source.startswith("~"):
            source = os.path.abspath(source)
        wanted["sources"] = (source_of(source, ()),)
    reader.settings = change_settings(folder, **wanted, first_run_done=True)
    return theme_id
