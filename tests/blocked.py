"""A test that asks for no database is refused it by our own statements too.

pytest-django blocks by what opens a connection (``ensure_connection``), which Django's cursor asks each time. Where the
connection is open already a statement of ours does not ask (``traektoria.core.statements``), so while it is blocked
none is at hand, and each goes the way of Django's cursor. Outside of the block nothing is added to what a press costs.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from pytest_django import DjangoDbBlocker

from traektoria.core import statements

_is_at_hand = statements._is_at_hand


def refuse() -> None:
    """From now on, in this process."""
    for name in ("block", "unblock", "restore"):
        setattr(DjangoDbBlocker, name, _followed(getattr(DjangoDbBlocker, name)))
    _follow()


def _followed(act: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(act)
    def done(*args: Any, **kwargs: Any) -> Any:
        found = act(*args, **kwargs)
        _follow()
        return found

    return done


def _follow() -> None:
    blocker = getattr(BaseDatabaseWrapper.ensure_connection, "__self__", None)
    statements._is_at_hand = _never if isinstance(blocker, DjangoDbBlocker) else _is_at_hand


def _never(_here: Any) -> bool:
    return False
