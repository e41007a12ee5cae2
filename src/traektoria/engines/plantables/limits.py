"""What a plan may cost us at most: two hundred times the thirty rows that a plan has."""

from typing import Final

from traektoria.engines.tables.limits import Limits

MOST_ROWS: Final = 2_000
"""Rows that one proposal has; what stands beyond is named."""
TEXT: Final = 1_000_000
"""Characters of a pasted text."""
XML: Final = 24 * 2**20
"""Bytes of the text of a document as XML: a tree of it takes ten times as much of memory."""
PAGES: Final = 100
"""Pages of a PDF that are read."""
DEPTH: Final = 12
"""Tables inside tables."""
LEFT: Final = 400
"""Things named that were not taken."""
FILES: Final = Limits(
    file_bytes=16 * 2**20, unpacked_bytes=120 * 2**20, parts=3_000, rows=20_000, columns=120, grid_cells=600_000
)
