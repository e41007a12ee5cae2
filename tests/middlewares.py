"""The chain of middlewares is made once a process, not once for each of the many clients of the tests.

Ours keep nothing from one request to the next, and those of others read settings when they are made: a setting that a
test changes gives the next client a chain of its own.
"""

from typing import Any

from django.core.signals import setting_changed
from django.test.client import ClientHandler

_made: dict[bool, dict[str, Any]] = {}
_load = ClientHandler.load_middleware
PARTS = ("_middleware_chain", "_view_middleware", "_template_response_middleware", "_exception_middleware")


def share() -> None:
    """From now on, in this process."""
    setting_changed.connect(_forget, weak=False, dispatch_uid="tests")
    ClientHandler.load_middleware = _loaded  # type: ignore[method-assign]


def _loaded(handler: ClientHandler, is_async: bool = False) -> None:
    if is_async not in _made:
        _load(handler, is_async)
        _made[is_async] = {name: getattr(handler, name) for name in PARTS}
    for name, part in _made[is_async].items():
        setattr(handler, name, part)


def _forget(**_changed: Any) -> None:
    _made.clear()
