"""QR codes as a drawing: the dark modules of a square, as a path of SVG or as hexadecimal rows for a script."""

from dataclasses import dataclass
from itertools import groupby

import segno

QUIET = 4
"""Modules of white around it, as the standard asks."""


@dataclass(frozen=True)
class QrPattern:
    """``rows`` of ``size`` modules each, dark ones are True."""

    rows: tuple[tuple[bool, ...], ...]

    @property
    def size(self) -> int:
        return len(self.rows)

    @property
    def box(self) -> str:
        """The view box with the white around it."""
        whole = self.size + 2 * QUIET
        return f"-{QUIET} -{QUIET} {whole} {whole}"

    @property
    def path(self) -> str:
        """«M3 0h2v1h-2z…»: each run of dark modules is a rectangle."""
        return "".join(
            f"M{start} {y}h{length}v1h-{length}z"
            for y, row in enumerate(self.rows)
            for start, length in _runs(row)
        )  # fmt: skip

    @property
    def digits(self) -> str:
        """All rows one after another, four modules a hexadecimal digit."""
        bits = "".join("1" if dark else "0" for row in self.rows for dark in row)
        whole = bits.ljust(-(-len(bits) // 4) * 4, "0")
        return f"{int(whole, 2):0{len(whole) // 4}x}"


def _runs(row: tuple[bool, ...]) -> list[tuple[int, int]]:
    found, place = [], 0
    for dark, group in groupby(row):
        length = len(list(group))
        if dark:
            found.append((place, length))
        place += length
    return found


def qr_of(text: str) -> QrPattern:
    """With the middle correction (15 % may be hidden). The mask is always the same: any is read, and choosing the best
    takes five times as long. Raises ``ValueError`` for a text that is too long."""
    made = segno.make_qr(text, error="m", boost_error=False, mask=0)
    return QrPattern(tuple(tuple(bool(module) for module in row) for row in made.matrix))
