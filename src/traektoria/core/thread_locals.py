"""The language, the zone and the addresses of a request, and its connections, stand in its thread.

Django keeps them in asgiref's ``Local``, made for work that changes threads in the middle: nine calls for each look, a
fifth of what a page cost. Here a request is answered by one thread from beginning to end (``core/serving``), so that of
the thread is the same for none.
"""

from threading import local
from typing import Any

from django.db import connections
from django.urls import base
from django.utils import timezone
from django.utils.translation import trans_real


def install() -> None:
    """Before anything is kept: while the rooms are set up."""
    places: tuple[tuple[Any, str], ...] = (
        (trans_real, "_active"), (timezone, "_active"), (base, "_prefixes"), (base, "_urlconfs"),
    )  # fmt: skip
    for module, name in places:
        setattr(module, name, local())
    if not connections.all(initialized_only=True):
        connections._connections = local()  # type: ignore[attr-defined]
