"""The one action of the demo's pages."""

from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest

from traektoria.core import audit
from traektoria.people.actor import actor_of
from traektoria.people.models import Account

BACKEND = "django.contrib.auth.backends.ModelBackend"


@transaction.atomic
def sign_in_as(*, request: HttpRequest, account: Account) -> Account:
    """Begin a session of ``account`` without a password and write it down. The caller has checked the demo mode."""
    login(request, account, backend=BACKEND)
    audit.record("demo.sign_in_as", account, by=actor_of(account))
    return account
