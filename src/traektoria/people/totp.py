"""Codes of the second step: the present one and those of the step before and after, each taken once.

What was taken last is kept with the account as the number of its time step, and changed by one atomic statement: of two
requests with one code, one passes.
"""

import time

from allauth.core.internal.cryptokit import compare_user_code
from allauth.mfa import app_settings
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from allauth.mfa.utils import decrypt
from django.db.models import Q

from traektoria.people.models import Account


def takes_code(authenticator: Authenticator, code: str) -> bool:
    """Whether it is a code of the telephone, not taken before."""
    step = step_of(decrypt(authenticator.data["secret"]), code)
    return step is not None and use_step(authenticator.user_id, step)


def step_of(secret: str, code: str) -> int | None:
    """The time step that ``code`` belongs to, of those that count now."""
    now = _step_now()
    near = range(now - app_settings.TOTP_TOLERANCE, now + app_settings.TOTP_TOLERANCE + 1)
    return next((step for step in near if _is_code(secret, step, code)), None)


def use_step(account_id: int, step: int) -> bool:
    """Take the step once; False where it, or a later one, was taken. A step from a future that the server's clock has
    come back from holds nobody up."""
    future = _step_now() + app_settings.TOTP_TOLERANCE
    earlier = Q(last_totp=None) | Q(last_totp__lt=step) | Q(last_totp__gt=future)
    return bool(Account.objects.filter(earlier, pk=account_id).update(last_totp=step))


def _step_now() -> int:
    return int(time.time() // app_settings.TOTP_PERIOD)


def _is_code(secret: str, step: int, code: str) -> bool:
    return bool(compare_user_code(actual=code, expected=format_hotp_value(hotp_value(secret, step))))
