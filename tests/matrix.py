"""The language of the permission matrix: each room declares its URLs in ``tests/<room>/matrix.py``.

``ENTRIES = {"routes:route_detail": Entry(kwargs=lambda w: {"pk": w.things["route"].pk}, allowed={"tutor", "teacher"},
forbidden={"other_teacher"}), …}``. Everyone in ``allowed`` gets a success (200 or a redirect not to sign-in), everyone
in ``forbidden`` 403, the anonymous are led to sign-in (unless ``public``), everybody else gets 404.
The object is always of the own centre. A room adds its objects to the world in ``prepare(world)``.
A view that shows and writes has two entries: the second key ends with a word (``"routes:route_edit POST"``).
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.world import VIEWERS, World

EVERYONE = frozenset(VIEWERS) - {"anonymous"}


@dataclass(frozen=True)
class Entry:
    """``data`` is posted when ``method`` is POST; ``success`` are the statuses that mean «let in»."""

    allowed: frozenset[str] | set[str]
    forbidden: frozenset[str] | set[str] = frozenset()
    kwargs: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    query: str = ""
    method: str = "GET"
    data: Callable[[World], dict[str, Any]] = field(default=lambda world: {})
    public: bool = False
    success: frozenset[int] = frozenset({200, 201, 204, 302, 303, 409, 422})
