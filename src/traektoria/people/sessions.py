"""Sessions that know their account, so that one query at the door answers who asks (``entrance``).

A page never waits for what it only forgets in the session (a receipt that was shown): while somebody else writes, it is
forgotten the next time. What is added to a session has to be in the database, or the page says «please wait».
"""

from functools import lru_cache
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.backends.db import SessionStore as InDatabase
from django.contrib.sessions.middleware import SessionMiddleware
from django.contrib.sessions.serializers import JSONSerializer
from django.core import signing
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django_tasks import task

from traektoria.core.busy_page import busy_page
from traektoria.core.patience import READING, is_busy, patience
from traektoria.people.entrance import Entered, enter


class SessionStore(InDatabase):
    """``db`` of Django with little patience; ``entered`` is what the query that read it brought with it."""

    entered: Entered | None = None

    @classmethod
    def get_model_class(cls) -> Any:
        from traektoria.people.models import Session

        return Session

    def load(self) -> dict[str, Any]:
        self.entered = enter(self.session_key) if self.session_key else None
        if self.entered is None:
            self._session_key = None
            return {}
        told = _verified(self.entered.session_data, self.key_salt)
        self._loaded: dict[str, Any] = JSONSerializer().loads(told) if told else {}
        return dict(JSONSerializer().loads(told)) if told else {}

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        row: Any = super().create_model_instance(data)
        row.account_id = int(data[SESSION_KEY]) if SESSION_KEY in data else None
        return row

    def save(self, must_create: bool = False) -> None:
        try:
            with patience(READING):
                super().save(must_create)
        except (OperationalError, UpdateError) as error:
            trouble = error.__context__ if isinstance(error, UpdateError) else error
            if not is_busy(trouble):
                raise
            if must_create or not self._only_forgets():
                raise trouble from error  # type: ignore[misc]

    def _only_forgets(self) -> bool:
        """Every entry was there when the session was read."""
        before = getattr(self, "_loaded", {})
        return all(name in before and before[name] == value for name, value in self.items())


class Sessions(SessionMiddleware):
    """Django's, with the page of «somebody else writes» where a session could not be saved."""

    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        try:
            return super().process_response(request, response)
        except OperationalError as trouble:
            if not is_busy(trouble):
                raise
            return busy_page(request)


class _AsItIs:
    def dumps(self, told: bytes) -> bytes:
        return told

    def loads(self, data: bytes) -> bytes:
        return data


@lru_cache(maxsize=4096)
def _verified(signed: str, salt: str) -> bytes:
    """What was signed, in JSON; nothing where the signature is not ours. Text that was once ours stays ours."""
    try:
        told: bytes = signing.loads(signed, salt=salt, serializer=_AsItIs)
    except signing.BadSignature:
        return b""
    return told


@task()
def forget_sessions() -> None:
    """Those that are over."""
    SessionStore.clear_expired()
