"""Whether an account is in its owner's own hand: what another person's password opens, and what stays closed.

Who hands out a password could sign in with it. So after a password was given over another one, what only the person may
do (vote, judge, sign, consent, read the journal) stays closed until the person shows that it is they, by something that
the giver has not got: a letter to an address confirmed before, a telephone with codes set up before. Where there is no
such thing, somebody else who knows the person confirms it, or a time goes by in which the person was told
(ADR 0017). The views say by ``guard(own_hand=True)`` what is closed.
"""

from datetime import datetime
from typing import Any

from allauth.mfa.models import Authenticator
from django.core import signing
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.messaging.outbox import post_to_address
from traektoria.people.actor import Actor
from traektoria.people.models import Account, RoleAssignment
from traektoria.people.passwords import hashed
from traektoria.people.permissions import check_confirms_hand
from traektoria.people.queries import BY_LETTER, GIVEN, GIVEN_FIRST, WAIT
from traektoria.people.sign_in import forget_failures

LINK_AGE = 24 * 3600
OWN_HAND, ADDRESS = "people.own_hand", "people.address"
OPENED = "people.own_hand_shown"
CODES_FORGOTTEN = "people.codes_forgotten"
OPENED_BY_OTHER, ADDRESS_CHANGED = "people.own_hand_confirmed", "people.address_changed"


def is_held(account: Account) -> bool:
    """What needs the person's own hand is closed now."""
    return account.held_until is not None and account.held_until > timezone.now()


def hold(account: Account, *, given_by: int | None) -> None:
    """Somebody else could have this password: ``given_by`` handed it out, None where a letter to an unconfirmed address
    brought it. The first password of an account that nobody ever used takes nobody's place: it is only noted."""
    now = timezone.now()
    account.given_at, account.given_by = now, given_by
    account.held_until = now + WAIT if account.last_login or account.held_until else None
    account.save(update_fields=["given_at", "given_by", "held_until"])


@transaction.atomic
def set_given_password(account: Account, password: str, *, centre_id: int | None, by: Actor | None) -> None:
    """Write a password that another hands over. Side effects: the hold, an audit event, a letter to the person;
    sessions of the account end, failures at the old password are forgotten."""
    is_first = account.last_login is None and not account.has_usable_password()
    account.password = hashed(password)
    account.password_given = True
    account.save(update_fields=["password", "password_given"])
    hold(account, given_by=by.account_id if by else None)
    forget_failures(account.pk)
    audit.record(GIVEN_FIRST if is_first else GIVEN, account, by=by, centre_id=centre_id)
    if not is_first:
        post_to_address("people.password_was_given", to=account.email, account=account.pk, giver=by.name if by else "")


def note_address(account: Account, before: str) -> None:
    """The centre wrote another address: it is not the person's word any more, and they are told where they were."""
    if before == account.email:
        return
    account.email_confirmed_at = None
    account.save(update_fields=["email_confirmed_at"])
    post_to_address("people.address_was_changed", to=before, account=account.pk)


def own_password_made(account: Account, *, by_letter: bool) -> None:
    """The person has made a password: it is theirs as far as the way to it was. A link to an address confirmed before a
    password was given shows the own hand; a link to any other address is a way that others may hold."""
    if account.password_given:
        account.password_given = False
        account.save(update_fields=["password_given"])
    if not by_letter:
        return
    if has_confirmed_address(account):
        _open(account)
    else:
        hold(account, given_by=None)
        audit.record(BY_LETTER, account, by=None, centre_id=_centre_of(account))


def _centre_of(account: Account) -> int | None:
    """Where the audit event belongs: the coordinator of the person's first centre sees it."""
    roles = RoleAssignment.objects.filter(person=account.person_id or 0, centre__isnull=False).order_by("pk")
    return roles.values_list("centre", flat=True).first()


def has_confirmed_address(account: Account) -> bool:
    """An address that the person confirmed before the password was given."""
    confirmed, given = account.email_confirmed_at, account.given_at
    return bool(account.email and confirmed and (not is_held(account) or (given and confirmed < given)))


def code_was_shown(account: Account, authenticator: Authenticator) -> None:
    """Signed in with a code of a telephone that was set up before the password was given."""
    if is_held(account) and account.given_at and authenticator.created_at < account.given_at:
        _open(account)


@transaction.atomic
def show_own_hand(*, account: Account, code: str) -> None:
    """The link of the letter was followed by the signed-in person. Raises ``Invalid``: old, or of another password."""
    facts = _read(code, OWN_HAND)
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if facts != {"account": row.pk, "given": _stamp(row.given_at)}:
        raise Invalid(_("This link is not for this password. Ask for a new letter."), code="other_link")
    if is_held(row):
        _open(row)


@transaction.atomic
def confirm_hand(*, account: Account, by: Actor) -> None:
    """Somebody else, who knows the person, says that they asked for the password. Twice it is once.

    Raises ``Refused``.
    """
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    check_confirms_hand(by, row)
    if is_held(row):
        row.held_until = None
        row.save(update_fields=["held_until"])
        audit.record(OPENED_BY_OTHER, row, by=by, centre_id=by.home.centre_id if by.home else None)


def _open(account: Account) -> None:
    if account.held_until is not None:
        account.held_until = None
        account.save(update_fields=["held_until"])
        audit.record(OPENED, account, by=None)


def ask_for_own_hand_letter(*, account: Account, site: str) -> None:
    """Raises ``Conflict`` where no address was confirmed before."""
    if not has_confirmed_address(account):
        raise Conflict(_("There is no address that you confirmed before this password."), code="no_address")
    post_to_address(OWN_HAND, to=account.email, site=site, account=account.pk)


def own_hand_path(account: Account) -> str:
    code = signing.dumps({"account": account.pk, "given": _stamp(account.given_at)}, salt=OWN_HAND)
    return reverse("people:own_hand_shown", args=[code])


@transaction.atomic
def forget_codes(*, login: str) -> Account:
    """Telephone and spare codes are lost: from now on the password alone opens the account. Only on the server. Side
    effects: an audit event, a letter to the person. Raises ``Invalid``: no such login, nothing is set up."""
    account = Account.objects.filter(username__iexact=login).select_for_update(no_key=True).first()
    if account is None:
        raise Invalid(_("There is no account with the login «%(login)s».") % {"login": login}, code="no_account")
    gone, _each = Authenticator.objects.filter(user=account).delete()
    if not gone:
        raise Invalid(_("This account is opened by the password alone already."), code="no_codes")
    audit.record(CODES_FORGOTTEN, account, by=None, centre_id=_centre_of(account))
    post_to_address(CODES_FORGOTTEN, to=account.email, account=account.pk)
    return account


@transaction.atomic
def want_address(*, account: Account, email: str, site: str) -> None:
    """The person names an address; it takes the place of theirs when the link in the letter is followed."""
    account.email_wanted = email
    account.save(update_fields=["email_wanted"])
    post_to_address(ADDRESS, to=email, site=site, account=account.pk)


def address_path(account: Account) -> str:
    """Good once, and for the address that was named last; the address itself is not in it."""
    return reverse("people:address_confirm", args=[signing.dumps(_address_facts(account), salt=ADDRESS)])


@transaction.atomic
def confirm_address(*, account: Account, code: str) -> str:
    """The person followed the link in the letter to a new address: now it counts. Returns it. Side effects: an audit
    event, a letter to the address before. Raises ``Invalid``: an old link, an address of somebody else."""
    row = Account.objects.select_for_update(no_key=True).get(pk=account.pk)
    if _read(code, ADDRESS) != _address_facts(row) or not row.email_wanted:
        raise Invalid(_("This link is used or not yours. Ask for a new letter."), code="other_link")
    if Account.objects.exclude(pk=row.pk).filter(email__iexact=row.email_wanted).exists():
        raise Invalid(_("This e-mail belongs to another account."), code="email_taken")
    before, row.email, row.email_wanted, row.email_confirmed_at = row.email, row.email_wanted, "", timezone.now()
    row.save(update_fields=["email", "email_wanted", "email_confirmed_at"])
    audit.record(ADDRESS_CHANGED, row, by=None)
    if before and before != row.email:
        post_to_address("people.address_was_changed", to=before, account=row.pk)
    return row.email


def _read(code: str, salt: str) -> dict[str, Any]:
    try:
        return dict(signing.loads(code, salt=salt, max_age=LINK_AGE))
    except (signing.BadSignature, TypeError, ValueError) as bad:
        raise Invalid(_("This link is too old or not whole. Ask for a new letter."), code="bad_link") from bad


def _stamp(moment: datetime | None) -> str:
    return moment.isoformat() if moment else ""


def _address_facts(account: Account) -> dict[str, Any]:
    """What a link stands for, told by nobody who reads it."""
    what = f"{account.email_wanted} {account.email} {_stamp(account.email_confirmed_at)}"
    return {"account": account.pk, "of": salted_hmac(ADDRESS, what, algorithm="sha256").hexdigest()[:32]}
