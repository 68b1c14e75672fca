"""Every calendar in the libraries' own distributions is read: nothing raises, nothing readable is lost."""

from __future__ import annotations

import subprocess
import sys
import tarfile
import warnings
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any

import icalendar
import pytest
import recurring_ical_events

from techlead_tui.calendars.reading import CalendarReader, read
from tests.calendars.files import ZONE
from tests.conftest import environment

pytestmark = [pytest.mark.slow, pytest.mark.process]
DISTRIBUTIONS = {"icalendar": "7.3.0", "recurring-ical-events": "3.8.2", "khal": "0.14.1"}
YEARS = (2005, 2015, 2019, 2024)
MEANT_OTHERWISE = {  # file: what the libraries make of it, and we do not
    "event_dt_mixed_awareness.ics",  # UTC and a zone at once: UTC wins
    "tz_windows_format.ics",  # a zone of Windows' defined wrongly: its name wins
    "end_before_start_event.ics",  # start and end are turned round
    "issue_75_range_parameter.ics",  # UNTIL is a date: that day is included
}


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return the calendars in the sources of the distributions, downloaded now; skip without a network."""
    folder = tmp_path_factory.mktemp("corpora")
    for name, version in DISTRIBUTIONS.items():
        call = [sys.executable, "-m", "pip", "download", "-q", "--no-deps", "--no-binary", ":all:"]
        done = subprocess.run(
            [*call, f"{name}=={version}", "-d", str(folder)],
            env=environment(HOME=str(folder)),
            capture_output=True,
            check=False,
        )
        if done.returncode:
            pytest.skip(f"{name} cannot be downloaded")
    for archive in folder.glob("*.tar.gz"):
        with tarfile.open(archive) as tar:
            tar.extractall(folder, filter="data")
    return sorted(folder.rglob("*.ics"))


def test_no_file_raises_and_every_problem_is_told(corpora: list[Path]) -> None:
    assert len(corpora) > 250
    found = 0
    for path in corpora:
        for year in YEARS[1::2]:
            result = read([path.read_bytes()], date(year, 1, 1), date(year + 3, 1, 1), ZONE)
            found += len(result.occurrences)
            assert all(problem.times > 0 for problem in result.problems)
    assert found > 3000


class Unfiltered(CalendarReader):
    """Keep when each event is, whatever it means."""

    def __init__(self, first: date, last: date) -> None:
        super().__init__(first, last, ZONE)
        self.when: set[tuple[str, datetime]] = set()

    def _keep(self, event: Any, start: date, end: date, *, recurring: bool) -> None:  # noqa: ARG002
        begin = self._aware(start).replace(second=0, microsecond=0)
        if begin < self._end and max(self._aware(end), begin + timedelta(minutes=1)) > self._begin:
            self.when.add((str(event.get("UID") or ""), begin))


def expected(data: bytes, first: date, last: date) -> set[tuple[str, datetime]] | None:
    """Return what the libraries make of a file as it stands; None where they raise."""
    span = [datetime.combine(day, time(), ZONE) for day in (first, last + timedelta(days=1))]
    try:
        calendars: Any = icalendar.Calendar.from_ical(data, multiple=True)
        events = [event for one in calendars for event in recurring_ical_events.of(one).between(*span)]
        return {(str(event.get("UID") or ""), aware(event["DTSTART"].dt)) for event in events}
    except Exception:
        return None


def aware(value: date) -> datetime:
    if not isinstance(value, datetime):
        value = datetime.combine(value, time(), ZONE)
    value = value if value.tzinfo else value.replace(tzinfo=ZONE)
    return value.astimezone(UTC).replace(second=0, microsecond=0)


def test_what_the_libraries_can_read_is_read_alike(corpora: list[Path]) -> None:
    compared = 0
    for path in corpora:
        if path.name in MEANT_OTHERWISE:
            continue
        data = path.read_bytes()
        for year in YEARS:
            first, last = date(year, 1, 1), date(year + 2, 1, 1)
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                wanted = expected(data, first, last)
            if wanted is None:
                continue
            reading = Unfiltered(first, last)
            reading.add(data)
            reading.finish()
            compared += 1
            assert reading.when == wanted, path.name
    assert compared > 800
