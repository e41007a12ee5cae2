"""What a file may cost us at most. A modest machine imports it beside serving pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes, counts in rows and columns of one sheet.

    The defaults take a region (26 000 rows unpack to 37 MB) ten times over and stop at what a 2 GB machine can hold.
    """

    file_bytes: int = 64_000_000
    unpacked_bytes: int = 640 * 2**20
    unpacked_ratio: int = 400
    parts: int = 2_000
    rows: int = 300_000
    columns: int = 702
    grid_cells: int = 24_000_000
