"""Signing in for a test writes a session once, where Django's ``force_login`` writes it four times.

What a sign-in does besides is asked where somebody really signs in, by the form (``tests/people/test_throttle.py``,
``tests/e2e/test_sign_in.py``).
"""

from importlib import import_module
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, user_logged_in
from django.http import HttpRequest
from django.test import Client

_login = Client._login  # type: ignore[attr-defined]


def enter(client: Any, user: Any, backend: str | None = None) -> None:
    """In the place of ``Client._login``; by that where the client has a session already, or Django looks for the
    backend."""
    if backend is None or settings.SESSION_COOKIE_NAME in client.cookies:
        _login(client, user, backend)
        return
    session: Any = import_module(settings.SESSION_ENGINE).SessionStore()
    session[SESSION_KEY] = user._meta.pk.value_to_string(user)
    session[BACKEND_SESSION_KEY] = backend
    session[HASH_SESSION_KEY] = user.get_session_auth_hash()
    request = HttpRequest()
    request.session = session
    request.user = user
    user_logged_in.send(sender=type(user), request=request, user=user)
    session.create()
    client._set_login_cookies(SimpleNamespace(session=session))
