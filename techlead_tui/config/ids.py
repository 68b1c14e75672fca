"""Ids that sort by the time they were made: version 7 UUIDs (RFC 9562), without the `uuid` module.

On the path of `techlead log`: `uuid` would cost more than the command itself.
"""

from __future__ import annotations

import os
import time

_RANDOM_BITS = 74  # what version and variant leave beside the 48 bits of time
_RANDOM = (1 << _RANDOM_BITS) - 1
_last = (0, 0)  # milliseconds and random part of the id made last


def new_uid() -> str:
    """A new id in canonical form; each sorts after those that this process made before.

    A clock before 1970 counts as 1970. Where the clock stands still or goes back, the random part
    counts on in random steps (RFC 9562, section 6.2, method 2).
    """
    global _last
    noise = int.from_bytes(os.urandom(14), "big")
    now = min(max(0, time.time_ns() // 1_000_000), (1 << 48) - 1)
    random = noise & (_RANDOM >> 1)  # the highest bit stays free for counting on
    if now <= _last[0]:
        now = _last[0]
        random = _last[1] + 1 + (noise >> _RANDOM_BITS & 0xFFFFFFFF)
        if random > _RANDOM:
            now, random = now + 1, noise & (_RANDOM >> 1)
    _last = (now, random)
    return text_of(now, random)


def text_of(milliseconds: int, random: int) -> str:
    """The UUID of a time since 1970 and 74 other bits: time, version 7, 12 bits, variant 2, 62 bits."""
    number = milliseconds << 80 | 7 << 76 | (random >> 62) << 64 | 2 << 62 | random & ((1 << 62) - 1)
    digits = f"{number:032x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"
