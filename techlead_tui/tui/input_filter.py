"""Keep from the parser of keys what a terminal sends unasked, or answers late: sequences that are no key.

Textual takes apart what it does not know and hands it on as keys (its issue 6573); a late answer then plans
or deletes something. Sequences are swallowed whole, by the grammar of ECMA-48; what is pasted passes.
"""

from __future__ import annotations

import re
import time
from collections.abc import Callable

PASTE, PASTED = "\x1b[200~", "\x1b[201~"
LONGEST = 4096  # characters of a sequence that are kept while its end is waited for
LONGEST_WAIT = 3.0  # seconds after which what comes is no part of a sequence that was begun
PATIENCE = 5  # pauses after which the end of a sequence is not waited for any more
_C1 = {0x9B: "[", 0x9D: "]", 0x90: "P", 0x9F: "_", 0x9E: "^", 0x98: "X", 0x9C: "\\"}
_C1_FREE = {  # a byte that is no UTF-8 comes as a surrogate, as `surrogateescape` decodes it
    **dict.fromkeys(range(0xDC80, 0xDD00), "\N{REPLACEMENT CHARACTER}"),
    **{code + high: f"\x1b{final}" for code, final in _C1.items() for high in (0, 0xDC00)},
}
_STRING = re.compile(r"\x1b[\]P_^X](?:[^\x07\x1b]|\x1b(?!\\))*(?:\x07|\x1b\\)")  # OSC, DCS, APC, PM, SOS
_STRING_BEGUN = re.compile(r"\x1b[\]P_^X](?:[^\x07\x1b]|\x1b(?!\\))*\Z")
_MOUSE = re.compile(r"\x1b\[<[^Mm\x1b]{0,32}[Mm]")  # also one that is garbled: `ESC[<32;NaN;NaNM`
_MOUSE_BEGUN = re.compile(r"\x1b\[<[^Mm\x1b]{0,32}\Z")
_TORN = re.compile(r"\x1b\[(?:<[^Mm\x1b]{0,32}(?=\x1b)|[ -?]+(?=[^ -~]))")  # another begins before its end
_OLD_MOUSE = re.compile(r"\x1b\[M[\s\S]{3}")
_CSI = re.compile(r"\x1b\[[ -?]*[@-~]")  # in any order: a garbled one ends like any other, `ESC[-5u`
_CSI_BEGUN = re.compile(r"\x1b\[[ -?]*\Z")
_KNOWN = re.compile(
    r"\x1b\[(?:[IO]"  # focus
    r"|<\d{1,5};-?\d{1,5};-?\d{1,5}[Mm]"  # mouse
    r"|\d{1,5};\d{1,5}R"  # where the cursor is
    r"|\?2026;\d\$y"  # whether it paints a frame at once; sizes (2048) come from the system alone
    r"|(?P<code>\d{1,7})(?:;\d{1,3})?[u~]"  # a key of kitty's keyboard, or of vt220
    r"|1;\d{1,3}[A-HPQRS])\Z"
)
_UNICODE = 0x10FFFF


class InputFilter:
    """Pass on what may be a key, the mouse, a paste or an answer that was asked for."""

    def __init__(self, is_key: Callable[[str], bool], clock: Callable[[], float] = time.monotonic) -> None:
        """Take what tells whether a whole sequence is one of the terminal's keys, and a clock of seconds."""
        self._is_key = is_key
        self._clock = clock
        self._begun = 0.0  # when something was held back first
        self._held = ""  # the beginning of a sequence
        self._pasting = False
        self._pauses = 0  # since something was held back

    def feed(self, text: str) -> str:
        """Return what of the text, and of what was held back before, is to be parsed now."""
        begun = bool(self._held)
        if begun and not self._pasting and self._clock() - self._begun > LONGEST_WAIT:
            begun, self._held = False, ""
        if not begun:
            self._begun = self._clock()
        text, self._held, self._pauses = self._held + text.translate(_C1_FREE), "", 0
        out: list[str] = []
        at = 0
        while at < len(text):
            if self._pasting:
                end = text.find(PASTED, at)
                self._pasting = end < 0
                stop = _before_part(text, PASTED) if end < 0 else end + len(PASTED)
                out.append(text[at:stop])
                if end < 0:
                    self._held = text[max(at, stop) :]
                    break
                at = stop
                continue
            escape = text.find("\x1b", at)
            stop = len(text) if escape < 0 else escape
            out.append(text[at:stop])
            if escape < 0:
                break
            at = escape
            open_ended = (
                _STRING_BEGUN.match(text, at) or _MOUSE_BEGUN.match(text, at) or _CSI_BEGUN.match(text, at)
            )
            if open_ended is not None or at == len(text) - 1:
                self._held = text[at:]
                if len(self._held) > LONGEST:  # what lies between makes no difference
                    self._held = self._held[:2] + self._held[-1]
                break
            found = _STRING.match(text, at)
            if found is None:
                found = _OLD_MOUSE.match(text, at) or _MOUSE.match(text, at) or _TORN.match(text, at)
                found = found or _CSI.match(text, at)
                if found is None:  # the escape key, alt with a key, or an application key
                    out.append(text[at])
                    at += 1
                    continue
                if self.passes(found.group()):
                    out.append(found.group())
                    self._pasting = found.group() == PASTE
            at = found.end()
        return "".join(out)

    def passes(self, sequence: str) -> bool:
        """Tell whether a whole sequence means something to the program."""
        known = _KNOWN.match(sequence)
        if known is not None:
            return int(known["code"] or 0) <= _UNICODE
        return sequence in (PASTE, PASTED) or sequence[:3] == "\x1b[M" or self._is_key(sequence)

    def rest(self) -> str:
        """Return what was held back and is a key after all, in a pause of what comes: escape, alt with a key.

        The end of anything longer may still come, over a slow line; it is dropped once that takes too long.
        """
        self._pauses += 1
        if not self._pasting and len(self._held) > len("\x1b[") and self._pauses < PATIENCE:
            return ""
        held, self._held = self._held, ""
        return held if self._pasting or len(held) <= len("\x1b[") else ""


def _before_part(text: str, whole: str) -> int:
    """Return where the text ends but for a beginning of `whole`."""
    return next((len(text) - n for n in range(len(whole) - 1, 0, -1) if text.endswith(whole[:n])), len(text))
