"""What a connection may take: bytes, seconds, and how slow it may be. A slow client costs a connection, never a thread.

The figures are for people on a bad line: 4 KB a second is what a mobile phone has at the edge of its network.
"""

from dataclasses import dataclass
from typing import Final

THREADS: Final = 4
CONNECTIONS: Final = 4096
"""Open connections of one process: browsers keep theirs, and in a campaign thousands come at once."""
HEAD: Final = 32_768
"""Bytes of a request line with its headers."""
RATE: Final = 4_000
"""Bytes a second, on the average, below which a request or the reading of an answer is given up …"""
GRACE: Final = 20.0
"""… after so many seconds."""
STANDSTILL: Final = 60.0
"""Seconds without a byte in the middle of a request or an answer, however fast it was before."""
WHOLE: Final = 1_800.0
"""Seconds for one request to arrive, or for one answer to be taken."""
KEPT: Final = 75.0
"""Seconds for which a connection is kept open with nothing asked; longer than a proxy keeps it (nginx: 60)."""
FAREWELL: Final = 5.0
"""Seconds for which the rest of a refused request is read and thrown away, so that the refusal is seen."""
SPOOLED: Final = 1_000_000_000
"""Bytes of unfinished requests that one process keeps on the disk at once."""
STOPPING: Final = 20.0
"""Seconds for what is being answered when the server is stopped."""


@dataclass
class Pace:
    """Bytes that have moved since ``began``; moments are seconds of a clock that nobody can set."""

    began: float
    moved: int = 0
    last: float = 0.0

    def move(self, size: int, now: float) -> None:
        self.moved += size
        self.last = now

    def is_too_slow(self, now: float) -> bool:
        taken = now - self.began
        behind = self.moved < (taken - GRACE) * RATE
        return behind or taken > WHOLE or now - max(self.began, self.last) > STANDSTILL
