"""First bytes by which a file is known, whatever its name says. Source: the formats' own descriptions."""

from typing import Final

OLE: Final = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
"""An old Office file, and a new one that is locked by a password."""
ZIP: Final = b"PK"
"""XLSX, DOCX and any other archive of their kind."""
FOREIGN: Final = (
    b"%PDF",
    b"\x89PNG",
    b"\xff\xd8\xff",  # JPEG
    b"GIF8",
    b"MZ",  # a programme of Windows
    b"\x7fELF",
    b"Rar!",
    b"7z\xbc\xaf",
    b"\x1f\x8b",  # gzip
)
"""Files in which there is neither a table nor a text to read."""
