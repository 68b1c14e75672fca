"""Keep several machines of one user in step through a folder that any file sync carries.

Each machine writes its own file there, from the journal and after the commit, and takes in what the files of
the others say, one transaction for each of them. Every step may be the last before a crash: what was not done
is done by the next sync, and what is done twice changes nothing.
"""

import os
from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from techlead_tui import fs
from techlead_tui.core.calendar import IsoWeek
from techlead_tui.core.clashes import clash_record, clash_text
from techlead_tui.core.lengths import length
from techlead_tui.core.merging import LOCAL, Clash, Key, differences, key_of
from techlead_tui.core.records import OPEN, Change, Record
from techlead_tui.core.source import free_name
from techlead_tui.errors import UserError
from techlead_tui.planner.planner import Planner
from techlead_tui.planner.reader import Reader
from techlead_tui.store import machines, shared_folder
from techlead_tui.store.machines import MachineState, Receipt, Sent, SharedLine, SyncTurn
from techlead_tui.store.reading import Reading
from techlead_tui.store.shared_folder import Heard
from techlead_tui.store.store import Store
from techlead_tui.store.transaction import Transaction

ORIGIN = "machine "  # and its name: of transactions that came from another machine
UNREACHED = 5
AHEAD = 2 * 3600  # seconds by which another machine's clock may be ahead without a word

Stored = dict[Key, tuple[str, Record] | None]  # None: looked for, or taken out by a merge before


class OtherMachine(NamedTuple):
    """Tell of the file of another machine, and how many records came from it."""

    file: str
    machine: str  # its id
    name: str
    at: str  # when its last line was made, by its own clock
    problem: str  # why the file was not read to its end, or ""
    added: int = 0
    changed: int = 0
    removed: int = 0

    @property
    def counts(self) -> str:
        """Return what came as words."""
        named = ((self.added, "new"), (self.changed, "changed"), (self.removed, "removed"))
        return ", ".join(f"{count} {what}" for count, what in named if count)


class Shared(NamedTuple):
    """Hold what a sync with the other machines did, or would do."""

    folder: str
    machine: str  # id of this one, "" before its first sync
    name: str
    sent: int = 0  # own transactions that were written
    machines: tuple[OtherMachine, ...] = ()
    conflicts: tuple[Record, ...] = ()
    notes: tuple[str, ...] = ()
    error: str = ""
    hint: str = ""


class Merge(NamedTuple):
    """Hold what is committed of what one machine said."""

    name: str
    words: list[str]
    changes: list[Change]
    gave_way: list[Record]


def folder_of(reader: Reader) -> str:
    """Return the path of the shared folder; "" where this is the only machine."""
    folder = reader.settings.machines.folder
    return os.path.join(reader.folders.config, os.path.expanduser(folder)) if folder else ""


def name_of(reader: Reader) -> str:
    """Return what this machine is called: as config.toml says, else as its host is."""
    host = os.uname().nodename if hasattr(os, "uname") else os.environ.get("COMPUTERNAME", "")
    return reader.settings.machines.name or host.partition(".")[0] or "machine"


def sync_machines(planner: Planner, *, dry: bool = False) -> Shared | None:
    """Write what has changed here, and take in what has changed elsewhere; None where nothing is shared.

    A folder that cannot be used is an `error` of the answer; nothing is lost by it. DataError for the data.
    """
    folder = folder_of(planner)
    if not folder:
        return None
    store = Store(planner.folders.data, planner.folders.cache)
    with SyncTurn(store.folder):
        exchange = _Exchange(planner, store, folder)
        try:
            done = exchange.weighed() if dry else exchange.run()
        except OSError as wrong:
            what = f"{wrong.filename or folder} {_said(wrong)}"
            done = exchange.told(error=what, hint="all is kept here, and the next sync goes on")
        except UserError as wrong:
            if wrong.exit_code != UNREACHED:
                raise
            done = exchange.told(error=wrong.message, hint=wrong.hint)
    planner.notices.extend(store.notices)
    return done


def shared_texts(shared: Shared) -> list[str]:
    """Return what is to be said of a sync beside its counts: what gave way, and what is waited for."""
    problems = [f"{one.file} {one.problem}" for one in shared.machines if one.problem]
    return [*map(clash_text, shared.conflicts), *shared.notes, *problems]


def news_of(shared: Shared | None) -> list[str]:
    """Return what the screen says of a sync: what gave way first, then what came, one sentence a machine."""
    if shared is None:
        return []
    came = [f"from {one.name}: {one.counts}" for one in shared.machines if one.counts]
    return [*map(clash_text, shared.conflicts), *shared.notes, *came]


def failed_of(shared: Shared | None) -> list[str]:
    """Return the shared folder where it could not be used."""
    return [shared.folder] if shared is not None and shared.error else []


def machines_state(reader: Reader) -> MachineState | None:
    """Return what this machine knows of the others; None before its first sync."""
    return machines.load(Store(reader.folders.data).folder, [])


def wrong_with(reader: Reader) -> list[tuple[str, str, bool]]:
    """Return what is wrong with the shared folder: the file, a sentence, and whether it needs the user."""
    folder = folder_of(reader)
    if not folder:
        return []
    state = machines_state(reader)
    if state is None:
        return [(folder, "was not read yet: techlead sync reads and writes it", False)]
    try:
        heard = {one.file: one.receipt for one in shared_folder.look(folder, state.file, state.read)}
    except OSError as wrong:
        said = "is gone" if isinstance(wrong, FileNotFoundError) else _said(wrong)
        return [(folder, f"{said}: bring it back, or make an empty one, and techlead sync goes on", True)]
    out = []
    if not os.access(folder, os.W_OK):
        out.append((folder, "cannot be written: give yourself write permission", True))
    now = int(reader.now().timestamp())
    for file, receipt in sorted((state.read | heard).items()):
        path = os.path.join(folder, file)
        if receipt.problem and os.path.lexists(path):
            out.append((path, receipt.problem, not receipt.problem.startswith(PASSING)))
        ahead = _moment(receipt.at) - now
        if ahead > AHEAD:
            told = (
                f"the clock of {receipt.name} was {length(ahead // 60)} ahead of this one when it wrote last"
            )
            out.append((path, f"{told}: its changes count as later ones", True))
    return out


PASSING = ("ends in the middle", "is not a machine's file")  # problems that need nobody


def _said(wrong: OSError) -> str:
    return f"cannot be used: {(wrong.strerror or str(wrong)).lower()}"


class _Exchange:
    """One sync, with the state that it begins with and changes."""

    def __init__(self, planner: Planner, store: Store, folder: str) -> None:
        self.planner = planner
        self.store = store
        self.folder = folder
        self.name = name_of(planner)
        self.at = planner.now().isoformat(timespec="seconds")
        self.notes: list[str] = []
        self.conflicts: list[Record] = []
        self.others: dict[str, OtherMachine] = {}
        self.sent = 0
        found = machines.load(store.folder, store.notices)
        self.begun = found is not None
        self.state = found or MachineState(_new_id(self.name))

    def told(self, error: str = "", hint: str = "") -> Shared:
        """Return what was done so far."""
        for file, receipt in self.state.read.items():
            self.others.setdefault(file, _other(file, receipt))
        others = tuple(self.others[file] for file in sorted(self.others))
        said = (self.folder, self.state.machine if self.begun else "", self.name, self.sent, others)
        return Shared(*said, tuple(self.conflicts), tuple(self.notes), error, hint)

    def weighed(self) -> Shared:
        """Return what `run` would do. UserError, OSError."""
        if not os.path.isdir(self.folder):
            self._make_folder(dry=True)
            heard = []
        else:
            heard = shared_folder.look(self.folder, self.state.file, self.state.read)
        with self.store.reading() as reading:
            self._stamp(reading)
            self._take_all(reading, heard)
        return self.told()

    def run(self) -> Shared:
        """Write and read. UserError, OSError."""
        if not os.path.isdir(self.folder):
            self._make_folder()
        self._verify_own()
        heard = shared_folder.look(self.folder, self.state.file, self.state.read)
        state = self.state
        if self.begun and not heard and state.sent.size >= 0 and not state.pending and self._at_rest():
            return self.told()
        with self.store.writing() as writing:
            if any(one.lines for one in heard):
                self.planner.keep_past_weeks(writing)
            new = self._stamp(writing)
            merges = self._take_all(writing, heard)
            anew = state.sent.size < 0
            made, count = self._lines(new)
            if made and not anew:
                state.sent = state.sent._replace(lines=state.sent.lines + count, last=made.decode())
            state.pending = len(merges)
            self._mark(writing)
            machines.save(self.store.folder, state)
            self.begun = True
            for merge in merges:
                self._commit(writing, merge)
            state.pending = 0
            self._mark(writing)
        if anew:
            made, count = machines.whole(state.ledger, self.name, self.at)
            fs.replace_file(os.path.join(self.folder, state.file), made, ending=".tmp")
            state.sent = Sent(0, 0, count, made.decode()).with_last()
        elif made:
            shared_folder.append(self.folder, state.file, made)
            state.sent = state.sent.with_last()
        machines.save(self.store.folder, state)
        return self.told()

    def _at_rest(self) -> bool:
        with self.store.reading() as reading:
            return reading.seq == self.state.seq and not self._is_set_back(reading)

    def _mark(self, reading: Reading) -> None:
        """Note down which transaction of the journal is the last that the ledger holds."""
        last = reading.history(1)
        self.state.seq, self.state.at = reading.seq, last[0].at if last else ""

    def _is_set_back(self, reading: Reading) -> bool:
        """Tell whether the journal is another one than it was at the last sync, as after a backup by hand."""
        state = self.state
        if reading.seq < state.seq:
            return True
        known = reading.entry(state.seq) if state.seq else None
        return known is not None and known.at != state.at

    def _make_folder(self, dry: bool = False) -> None:
        """Make the folder before the first sync; afterwards one that is gone is to come back. UserError."""
        if self.begun and (self.state.sent.size >= 0 or self.state.read):
            raise UserError(
                f"the shared folder {self.folder} is gone",
                "bring it back, or make an empty one: all is kept here, and is written into it again",
                UNREACHED,
            )
        above = os.path.dirname(self.folder.rstrip("/\\")) or "."
        if not os.path.isdir(above):
            raise UserError(f"there is no folder {above}", "[machines] folder = names another", UNREACHED)
        if not dry:
            fs.make_folder(self.folder)

    def _verify_own(self) -> None:
        """See that the own file is as it was left; what a crash cut off is added. OSError."""
        found = shared_folder.verified(self.folder, self.state.file, self.state.sent)
        if found is None:
            old = self.state.file
            self.state.renamed(_new_id(self.name))
            self.notes.append(
                f"{old} is not as this machine wrote it: it was set back, or copied to another one. "
                f"It goes on as {self.state.file}"
            )
            return
        self.state.sent, missing = found
        if missing:
            shared_folder.append(self.folder, self.state.file, missing)

    def _stamp(self, reading: Reading) -> list[SharedLine]:
        """Put the own transactions since the last sync into the ledger; return them as lines."""
        state = self.state
        set_back = self._is_set_back(reading)
        if set_back:  # numbers say nothing then, but what came after has a later time
            entries = [entry for entry in reading.since(0) if _moment(entry.at) > _moment(state.at)]
        else:
            entries = reading.since(state.seq)
        ours = [entry for entry in entries if not entry.origin.startswith(ORIGIN) or entry.turn not in MERGES]
        out: list[SharedLine] = []
        for entry in ours:
            keys = state.ledger.wrote(entry.changes, _moment(entry.at))
            if keys:
                records = [(key, dict(state.ledger.parts[key])) for key in keys]
                out.append(SharedLine(0, state.machine, self.name, entry.at, entry.words, records))
        self.sent = len(out)
        gap = len(entries) != reading.seq - state.seq  # it was compacted, or damaged
        missed = len(entries) - len(ours) < state.pending  # a crash came before they were committed
        self._whole = not self.begun or set_back or gap or missed
        return out

    def _take_all(self, reading: Reading, heard: Sequence[Heard]) -> list[Merge]:
        """Join what the others say; return what is to be committed, file by file."""
        ledger, out = self.state.ledger, []
        stored = _everything(reading) if self._whole else {}
        for one in heard:
            keys: dict[Key, None] = {}
            lost: list[Clash] = []
            for line in one.lines:
                for key, parts in line.records:
                    if key not in keys and not self._whole:
                        _look_up(reading, key, ledger.record(key), stored)
                    keys[key] = None
                    lost += ledger.take(key, parts)
            if not self._whole:
                for key in keys:
                    _look_up(reading, key, ledger.record(key), stored)
            self.state.read[one.file] = one.receipt
            out.append(self._merge(one, list(differences(ledger, keys, stored)), lost))
            _put(stored, out[-1].changes)
        if self._whole:
            out.append(self._settled(stored))
        return [merge for merge in out if merge.changes or merge.gave_way]

    def _merge(self, one: Heard, changes: list[Change], lost: Sequence[Clash]) -> Merge:
        names = {receipt.machine: receipt.name for receipt in self.state.read.values()}
        names[self.state.machine] = self.name
        told = [clash_record(clash, self.state.ledger.parts[clash.key], names) for clash in lost]
        self.conflicts += told
        kinds: dict[Key, list[bool]] = {}
        for change in changes:
            kind = kinds.setdefault(key_of(change.bucket, change.table, change.uid), [False, False])
            kind[0] |= change.before is not None
            kind[1] |= change.after is not None
        added, changed = (
            sum(kind == wanted for kind in kinds.values()) for wanted in ([False, True], [True, True])
        )
        removed = len(kinds) - added - changed
        other = _other(one.file, one.receipt)
        self.others[one.file] = other._replace(added=added, changed=changed, removed=removed)
        calls = [line.words for line in one.lines if line.words]
        words = calls[0] if len(one.lines) == 1 and calls else ["sync"]
        return Merge(other.name, words, changes, told)

    def _settled(self, stored: Stored) -> Merge:
        """Make ledger and store agree where the journal does not tell how they came apart."""
        ledger = self.state.ledger
        for key, found in stored.items():
            if key not in ledger.parts and found is not None:
                ledger.found(Change(found[0], key[0], key[1], None, found[1]))
        return Merge(self.name, ["sync"], list(differences(ledger, list(ledger.parts), stored)), [])

    def _lines(self, new: Sequence[SharedLine]) -> tuple[bytes, int]:
        """Return the lines to be added to the own file."""
        first = self.state.sent.lines + 1
        machine = self.state.machine
        made = [machines.build(line._replace(seq=first + n, machine=machine)) for n, line in enumerate(new)]
        return b"".join(made), len(made)

    def _commit(self, writing: Transaction, merge: Merge) -> None:
        """Commit what came from a machine; where all of ours stayed, there is only that to tell."""
        writing.commit(
            merge.changes,
            at=self.at,
            week=str(IsoWeek.of(self.planner.today())),
            origin=ORIGIN + merge.name,
            words=merge.words,
            undoable=bool(merge.changes),
            gave_way=merge.gave_way,
        )


MERGES = ("do", "keep")  # turns of what came from another machine; to undo one is a change of this machine


def _new_id(name: str) -> str:
    """Return an id that no other machine has; it begins with the name that a person knows."""
    return f"{free_name(name, ())[:24]}-{os.urandom(4).hex()}"


def _other(file: str, receipt: Receipt) -> OtherMachine:
    return OtherMachine(file, receipt.machine, receipt.name or file, receipt.at, receipt.problem)


def _moment(at: str) -> int:
    """Return the seconds since 1970 of an ISO 8601 text; 0 for none."""
    return int(datetime.fromisoformat(at).timestamp()) if at else 0


def _put(stored: Stored, changes: Sequence[Change]) -> None:
    for change in changes:
        key = key_of(change.bucket, change.table, change.uid)
        if change.after is not None:
            stored[key] = (change.bucket, change.after)
        elif (known := stored.get(key)) is not None and known[0] == change.bucket:
            stored[key] = None


def _look_up(reading: Reading, key: Key, known: tuple[str, Record] | None, stored: Stored) -> None:
    """Add the stored record of a key, in the bucket where it is known to be; once."""
    if known is None or key in stored:
        return
    record = reading.records(known[0]).get(key[0], {}).get(key[1])
    if record is not None:
        stored[key] = (known[0], record)


def _everything(reading: Reading) -> Stored:
    """Return every record that is shared."""
    return {
        key_of(bucket, table, uid): (bucket, record)
        for bucket in [*reading.buckets(), OPEN]
        for table, records in reading.records(bucket).items()
        if table not in LOCAL
        for uid, record in records.items()
    }
