"""QR codes as a drawing: the dark modules of a square, as a path of SVG or as hexadecimal rows for a script."""

import re
from dataclasses import dataclass

import segno

QUIET = 4
"""Modules of white around it, as the standard asks."""
_DARK = re.compile(rb"\x01+")


@dataclass(frozen=True)
class QrPattern:
    """``rows`` of ``size`` modules each, dark ones are 1."""

    rows: tuple[bytes, ...]

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
            [
                f"M{run.start()} {y}h{run.end() - run.start()}v1h-{run.end() - run.start()}z"
                for y, row in enumerate(self.rows)
                for run in _DARK.finditer(row)
            ]
        )

    @property
    def digits(self) -> str:
        """All rows one after another, four modules a hexadecimal digit."""
        bits = b"".join(self.rows).hex()[1::2]
        whole = bits.ljust(-(-len(bits) // 4) * 4, "0")
        return f"{int(whole, 2):0{len(whole) // 4}x}"


def qr_of(text: str) -> QrPattern:
    """With the middle correction (15 % may be hidden). The mask is always the same: any is read, and choosing the best
    takes five times as long. Raises ``ValueError`` for a text that is too long."""
    made = segno.make_qr(text, error="m", boost_error=False, mask=0)
    return QrPattern(tuple(map(bytes, made.matrix)))
