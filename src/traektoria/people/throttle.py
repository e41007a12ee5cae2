"""Slowing down whoever guesses passwords, codes or addresses: by a growing wait, never by a lock without an end.

Each try is counted in a row of ``Attempts`` by one atomic statement; the wait follows from how many tries are not
forgiven yet. Who comes too early is told how long to wait, and nothing is written. Keys are kept as digests: the table
names nobody. The reasons of the numbers: ``docs/adr/0017-accounts.md``.
"""

import ipaddress
import logging
import math
import time
from dataclasses import dataclass

from allauth.account.adapter import get_adapter
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured, PermissionDenied
from django.db.models import Case, F, FloatField, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Greatest, Least, Power
from django.db.models.lookups import LessThanOrEqual
from django.http import HttpRequest
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traektoria.core.errors import TooMany
from traektoria.core.typography import counted
from traektoria.people.models import Attempts

SCOPE = Attempts._meta.get_field("scope").max_length or 0
IDLE = 24 * 3600
"""Seconds after which a row says nothing any more: the longest wait is over and all tries are forgiven."""
PROXY, NOTICE_EVERY = "proxy", 3600
log = logging.getLogger(__name__)
_noticed = 0.0


@dataclass(frozen=True)
class Pace:
    """``free`` tries cost nothing; after each further one there is a wait, which doubles with every ``step`` tries from
    a second up to ``longest`` seconds: so ``free`` + 1 wrong tries go through before anybody waits. Each ``forgiven``
    seconds one try is forgotten. ``scope``: as long as its column holds, which SQLite would not say."""

    scope: str
    free: int
    step: float
    longest: float
    forgiven: float

    def __post_init__(self) -> None:
        if len(self.scope) > SCOPE:
            raise ValueError(self.scope)

    def wait(self, level: Combinable) -> Case:
        """Seconds to wait after the ``level``-th try, for the database: many tries at once are counted by it."""
        over = Least((level - self.free) / self.step, 20.0)
        doubled = Least(Power(2.0, over), self.longest, output_field=FloatField())
        free = LessThanOrEqual(level, float(self.free))
        return Case(When(free, then=0.0), default=doubled, output_field=FloatField())


ACCOUNT = Pace("account", free=4, step=1, longest=900, forgiven=300)
DEVICE = Pace("device", free=10, step=1, longest=300, forgiven=60)
CODE = Pace("code", free=4, step=1, longest=900, forgiven=900)
ADDRESS = Pace("address", free=300, step=25, longest=60, forgiven=5)
RESET = Pace("reset", free=3, step=1, longest=3600, forgiven=1200)
RESET_ADDRESS = Pace("reset_from", free=60, step=5, longest=300, forgiven=10)


def check_pace(pace: Pace, key: object) -> None:
    """Raises ``TooMany`` where one must still wait. Writes nothing."""
    until = Attempts.objects.filter(scope=pace.scope, key=_digest(pace, key)).values_list("until", flat=True).first()
    if until is not None and until > (now := time.time()):
        raise _too_many(min(until - now, pace.longest))


def count_try(pace: Pace, key: object) -> None:
    """Count a try before it is made, so that many at once are not one. Raises ``TooMany`` and counts nothing where one
    must wait."""
    check_pace(pace, key)
    if not _count(pace, key, only_when_free=True):
        check_pace(pace, key)


def note_failure(pace: Pace, key: object) -> None:
    """Count a failure afterwards: where thousands share a key and most of them succeed."""
    _count(pace, key, only_when_free=False)


def give_back(pace: Pace, key: object) -> None:
    """The counted try was a success."""
    rows = Attempts.objects.filter(scope=pace.scope, key=_digest(pace, key))
    rows.update(level=Greatest(F("level") - 1.0, 0.0), until=0.0)


def forget(pace: Pace, key: object) -> None:
    """Nothing is held against ``key`` any more."""
    Attempts.objects.filter(scope=pace.scope, key=_digest(pace, key)).delete()


def _count(pace: Pace, key: object, *, only_when_free: bool) -> bool:
    now = time.time()
    none = {"level": 0.0, "at": now, "until": 0.0}
    row, is_new = Attempts.objects.get_or_create(scope=pace.scope, key=_digest(pace, key), defaults=none)
    if is_new:
        Attempts.objects.filter(at__lt=now - IDLE).delete()
    passed = Greatest(Value(now, FloatField()) - F("at"), 0.0, output_field=FloatField())
    level = Greatest(F("level") - passed / pace.forgiven, 0.0, output_field=FloatField()) + 1.0
    rows = Attempts.objects.filter(pk=row.pk)
    if only_when_free:
        rows = rows.filter(until__lte=now) | rows.filter(until__gt=now + pace.longest)
    return bool(rows.update(level=level, at=now, until=Value(now, FloatField()) + pace.wait(level)))


def _digest(pace: Pace, key: object) -> str:
    return salted_hmac("traektoria.throttle", f"{pace.scope} {key}", algorithm="sha256").hexdigest()[:40]


def _too_many(seconds: float) -> TooMany:
    whole = max(1, math.ceil(seconds))
    if whole < 90:
        when = counted(whole, "in %(n)s second", "in %(n)s seconds")
    else:
        when = counted(math.ceil(whole / 60), "in %(n)s minute", "in %(n)s minutes")
    return TooMany(_("Too many attempts in a row. Try again %(when)s.") % {"when": when}, retry_after=whole)


def address_of(request: HttpRequest) -> str | None:
    """Where the request comes from, an IPv6 network as one; None where a proxy hides it that nobody told us of: whoever
    stands behind it must not answer for the others."""
    if hidden_behind_proxy(request):
        _notice_proxy()
        return None
    try:
        address = get_adapter(request).get_client_ip(request)
    except (ImproperlyConfigured, PermissionDenied):  # fewer proxies than we were told of
        return None
    try:
        known = ipaddress.ip_address(address)
    except ValueError:
        return str(address)[:60]
    return str(ipaddress.ip_network(f"{known}/64", strict=False)) if known.version == 6 else str(known)


def _notice_proxy() -> None:
    """Say it in the log, once an hour a process, and leave a sign for the administrator's desk."""
    global _noticed
    now = time.time()
    if abs(now - _noticed) > NOTICE_EVERY:
        _noticed = now
        log.warning("A proxy stands in front, but TRAEKTORIA_PROXIES is 0: set it, or all people share one address")
        Attempts.objects.update_or_create(scope=PROXY, key="seen", defaults={"level": 0, "at": now, "until": 0})


def proxy_seen() -> bool:
    """In the last day somebody came through a proxy that ``TRAEKTORIA_PROXIES`` does not tell of. One query."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT:
        return False
    return Attempts.objects.filter(scope=PROXY, at__gt=time.time() - IDLE).exists()


def hidden_behind_proxy(request: HttpRequest) -> bool:
    """A forwarded request from this machine or network, while ``TRAEKTORIA_PROXIES`` says that nothing is in front."""
    if settings.ALLAUTH_TRUSTED_PROXY_COUNT or "X-Forwarded-For" not in request.headers:
        return False
    try:
        return ipaddress.ip_address(request.META.get("REMOTE_ADDR", "")).is_private
    except ValueError:
        return False
