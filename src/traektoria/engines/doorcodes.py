"""Codes at the door of an event: made of a secret of one date, so that they open no other. Nothing of them is kept.

A code on the wall lives for a step of ``STEP`` seconds and is taken for ``GRACE`` steps more: whoever scans the last
second of it has time to press. It has 14 signs (30¹⁴, 68 bits); what is typed by hand has 8 and needs a limit of tries.
"""

import hashlib
import hmac
from datetime import datetime
from typing import Final

ALPHABET: Final = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O, U: nobody asks which sign is meant."""
STEP: Final = 30
GRACE: Final = 3
LONG, SHORT, TICKET = 14, 8, 6


def step_of(at: datetime) -> int:
    """Which step the moment is in; ``at`` is aware."""
    return int(at.timestamp()) // STEP


def code_of(secret: bytes, words: str, length: int) -> str:
    """``length`` signs that only who has the ``secret`` can make of ``words``. At most 49 signs."""
    number = int.from_bytes(hmac.digest(secret, words.encode(), hashlib.sha256))
    signs = []
    for _place in range(length):
        number, sign = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[sign])
    return "".join(signs)


def wall_code(secret: bytes, step: int, length: int = LONG) -> str:
    """What the wall shows in the step."""
    return code_of(secret, f"wall {length} {step}", length)


def ticket_code(secret: bytes, person: int) -> str:
    """Of one person, for the whole date."""
    return code_of(secret, f"ticket {person}", TICKET)


def is_shown(secret: bytes, given: str, at: datetime) -> bool:
    """Whether the wall shows ``given`` at the moment, or did until ``GRACE`` steps before it, or a clock that is a step
    ahead shows it. Long or short."""
    if len(given) not in (LONG, SHORT):
        return False
    now = step_of(at)
    wanted = [wall_code(secret, step, len(given)) for step in range(now - GRACE, now + 2)]
    return any(hmac.compare_digest(one, given) for one in wanted)


def typed(text: str) -> str:
    """As a code: in capitals, spaces and dashes say nothing. Cut at the longest code."""
    return "".join(sign for sign in text.upper() if sign in ALPHABET)[:LONG]
