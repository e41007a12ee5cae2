"""Devices that an account signed in from before: strangers' failures on the account do not hold them up.

A device carries a signed cookie with its own number and the accounts it knows. It proves nothing about the person who
sits there (a teachers' room shares its computers), so it opens nothing but the way to the password.
"""

import secrets
from dataclasses import dataclass

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

COOKIE, SALT = "device", "traektoria.device"
AGE = 365 * 24 * 3600
MOST = 20
"""Accounts that one device remembers, the last ones."""


@dataclass(frozen=True)
class Device:
    number: str
    accounts: tuple[int, ...]


def device_of(request: HttpRequest) -> Device | None:
    """The device as its cookie tells; None where there is none, or it is not ours."""
    try:
        kept = signing.loads(request.COOKIES.get(COOKIE, ""), salt=SALT, max_age=AGE)
        return Device(str(kept["number"]), tuple(map(int, kept["accounts"])))
    except (signing.BadSignature, KeyError, TypeError, ValueError):
        return None


def remember(request: HttpRequest, response: HttpResponse, account_id: int) -> None:
    """From now on the device is known to the account."""
    known = device_of(request) or Device(secrets.token_urlsafe(12), ())
    accounts = [*(one for one in known.accounts if one != account_id), account_id][-MOST:]
    value = signing.dumps({"number": known.number, "accounts": accounts}, salt=SALT)
    response.set_cookie(COOKIE, value, max_age=AGE, httponly=True, samesite="Lax", secure=settings.HTTPS)
