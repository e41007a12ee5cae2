"""One try to sign in, and what is counted against whom."""

from dataclasses import dataclass

from django.db.models import Q
from django.http import HttpRequest

from traektoria.people.devices import device_of
from traektoria.people.models import Account
from traektoria.people.throttle import (
    ACCOUNT,
    ADDRESS,
    CODE,
    DEVICE,
    Pace,
    address_of,
    check_pace,
    count_try,
    forget,
    give_back,
    note_failure,
)


@dataclass(frozen=True)
class SignIn:
    """``pace`` and ``key``: whose tries these are. ``address`` is None where it says nothing, and for a device that the
    account knows: neighbours behind one address do not hold it up."""

    pace: Pace
    key: str
    address: str | None

    @classmethod
    def of(cls, request: HttpRequest, login: str) -> "SignIn":
        """A try with a password. Login and e-mail of one account are one key, and an unknown login is a key too: the
        waits do not tell whether there is such an account."""
        login = login.strip().casefold()[:150]
        account = account_id_of(login)
        device = device_of(request)
        if device and account in device.accounts:
            return cls(DEVICE, f"{device.number} {account}", None)
        return cls(ACCOUNT, str(account or f"unknown {login}"), address_of(request))

    @classmethod
    def with_code(cls, request: HttpRequest, account_id: int) -> "SignIn":
        """A try with a code of the second step: the password was right, so it is the account's own count."""
        return cls(CODE, str(account_id), None)

    def begin(self) -> None:
        """Raises ``TooMany``."""
        if self.address:
            check_pace(ADDRESS, self.address)
        count_try(self.pace, self.key)

    def succeeded(self) -> None:
        give_back(self.pace, self.key)

    def failed(self) -> None:
        if self.address:
            note_failure(ADDRESS, self.address)


def account_id_of(login: str) -> int | None:
    """The account with this login or e-mail. One query, whether it is there or not."""
    found = Account.objects.filter(Q(username__iexact=login) | Q(email__iexact=login))
    return found.order_by("pk").values_list("pk", flat=True).first()


def forget_failures(account_id: int) -> None:
    """The account has a new password: what was guessed at the old one does not count."""
    for pace in (ACCOUNT, CODE):
        forget(pace, account_id)
