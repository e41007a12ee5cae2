"""Clients of the tests share the chain of middlewares as long as no setting changes."""

from typing import Any

from django.test import override_settings
from django.test.client import ClientHandler


def chain() -> Any:
    handler = ClientHandler()
    handler.load_middleware()
    return handler._middleware_chain  # type: ignore[attr-defined]


def test_a_setting_that_changes_gives_the_next_client_a_chain_of_its_own() -> None:
    first = chain()
    assert chain() is first
    with override_settings(X_FRAME_OPTIONS="SAMEORIGIN"):
        changed = chain()
        assert changed is not first
        assert chain() is changed
    assert chain() not in (first, changed)
