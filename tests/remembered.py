"""Estimates that a worker has made already for the same answers are not made again.

Many tests of the rooms, and worlds of the matrix, begin with the same small work that is analysed; the engine is a
function of what it gets (``tests/engines/deficits/test_mastery.py`` asks that, and never meets this).
"""

import pickle
from typing import Any

from traektoria.diagnostics.findings.analysis import topics
from traektoria.engines import deficits

#: So many are kept, then all are forgotten.
MOST = 500
_kept: dict[bytes, deficits.Mastery] = {}


class _Deficits:
    """The engine as ``find_topics`` calls it."""

    def __getattr__(self, name: str) -> Any:
        return getattr(deficits, name)

    def estimate_mastery(self, *args: Any, **kwargs: Any) -> deficits.Mastery:
        key = pickle.dumps((args, sorted(kwargs.items())))
        if key not in _kept:
            if len(_kept) >= MOST:
                _kept.clear()
            _kept[key] = deficits.estimate_mastery(*args, **kwargs)
        return _kept[key]


def remember() -> None:
    """From now on, in this process."""
    topics.deficits = _Deficits()  # type: ignore[assignment]
