"""Who comes in: session, account, name, new messages, roles in force, places, regulations in one query (ADR 0034).

Nothing here is kept that a change would have to turn: each request reads the rows as they are now. What is made of them
(an ``Actor`` with all it works out of its roles) is kept in the process under these very rows, so two processes agree.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.contrib import auth
from django.contrib.auth.models import AnonymousUser
from django.db import DEFAULT_DB_ALIAS, connections, models
from django.http import HttpRequest
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from traektoria.core import statements
from traektoria.messaging.queries import unread_sql
from traektoria.organisations import zones
from traektoria.people.actor import NAME, Actor, aware, grants_in, make_actor, roles_sql
from traektoria.people.models import Account, short_name

FIELDS = Account._meta.concrete_fields
NAMES = [field.attname for field in FIELDS]
MOMENTS = frozenset(at for at, field in enumerate(FIELDS) if isinstance(field, models.DateTimeField))
NAME_AT = 1 + len(FIELDS)
UNREAD_AT = NAME_AT + 3
# Said of each table once more: PostgreSQL, whose statistics may be of yesterday, else joins all people with all roles.
_ACCOUNT = "(SELECT account_id FROM people_session WHERE session_key = %s)"
_PERSON = (
    "(SELECT person_id FROM people_account WHERE id = (SELECT account_id FROM people_session WHERE session_key = %s))"
)


@dataclass(frozen=True)
class Entered:
    """What the one query brought: the session as it is kept, and whose it is, if it is anybody's; ``unread``: how many
    messages are new to them."""

    session_data: str
    account: Account | None = None
    actor: Actor | None = None
    unread: int = 0


def enter(session_key: str) -> Entered | None:
    """The session of this key, unless it is over. One query."""
    here = connections[DEFAULT_DB_ALIAS]
    now = here.ops.adapt_datetimefield_value(timezone.now())
    rows = statements.found_often(here, _of_session(here.vendor, zones.days()), [*[session_key] * 5, now])
    if not rows:
        return None
    row = rows[0]
    if row[1] is None:
        return Entered(row[0])
    values = [aware(value) if at in MOMENTS and value else value for at, value in enumerate(row[1:NAME_AT])]
    account = Account.from_db(DEFAULT_DB_ALIAS, NAMES, values)
    name = short_name(*row[NAME_AT:UNREAD_AT]) if account.person_id else account.username
    actor = make_actor(account.pk, account.person_id, name, account.held_until, grants_in(rows, UNREAD_AT + 1))
    return Entered(row[0], account, actor, row[UNREAD_AT])


@lru_cache(maxsize=8)
def _of_session(vendor: str, days: zones.Days) -> str:
    roles, joins = roles_sql(vendor, days, person=_PERSON)
    account, unread = ", ".join(f"a.{field.column}" for field in FIELDS), unread_sql(_PERSON)
    return (
        f"SELECT s.session_data, {account}, {NAME}, {unread}, {roles} FROM people_session s "  # noqa: S608 - names of ours
        f"LEFT JOIN people_account a ON a.id = s.account_id AND a.id = {_ACCOUNT} "
        f"LEFT JOIN people_person p ON p.id = a.person_id AND p.id = {_PERSON} {joins} "
        "WHERE s.session_key = %s AND s.expire_date > %s ORDER BY r.id"
    )


def account_of(request: HttpRequest) -> Account | AnonymousUser:
    """Whose session it is. The account of the one query, where everything about it is in order; whatever is not
    (another password since, a closed account, another secret) goes the way of Django, which ends the session."""
    session: Any = request.session
    if auth.SESSION_KEY not in session:
        return AnonymousUser()
    account: Account | None = session.entered.account if session.entered else None
    if account is not None and _is_in_order(account, session):
        return account
    return auth.get_user(request)


def _is_in_order(account: Account, session: Any) -> bool:
    return (
        account.is_active
        and session[auth.SESSION_KEY] == str(account.pk)
        and session.get(auth.BACKEND_SESSION_KEY) in settings.AUTHENTICATION_BACKENDS
        and constant_time_compare(session.get(auth.HASH_SESSION_KEY, ""), _hash_of(account.password, _secret()))
    )


def _secret() -> str:
    return settings.SECRET_KEY


@lru_cache(maxsize=4096)
def _hash_of(password: str, secret: str) -> str:
    """What a session keeps of the password's hash."""
    return Account(password=password).get_session_auth_hash()
