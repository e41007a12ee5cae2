"""Text that every database and every document can hold; the same for what comes from a browser and out of a file.

Taken out are NUL and other controls, halves of letters and places of Unicode where nothing stands. People paste them
without seeing them; SQLite takes what PostgreSQL refuses, and XML (DOCX, XLSX) refuses more than both.
"""

import re
from typing import Any, Final

_NOWHERE = "".join(chr(plane * 0x10000 + low) for plane in range(17) for low in (0xFFFE, 0xFFFF))
UNFIT: Final = re.compile(f"[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufdd0-\ufdef{_NOWHERE}]")
DEEPEST: Final = 20
"""Levels of a nested value; what our own pages send has five."""


def fit(text: str) -> str:
    return UNFIT.sub("", text) if UNFIT.search(text) else text


def fit_all(value: Any, depth: int = 0) -> Any:
    """All texts of a value of JSON or of a table. Raises ``ValueError`` for one that is nested too deeply."""
    if depth > DEEPEST:
        raise ValueError("nested too deeply")
    if isinstance(value, str):
        return fit(value)
    if isinstance(value, dict):
        return {fit(str(name)): fit_all(one, depth + 1) for name, one in value.items()}
    return [fit_all(one, depth + 1) for one in value] if isinstance(value, list) else value
