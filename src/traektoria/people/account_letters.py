"""Letters about accounts, each composed when it is sent: what has changed meanwhile is taken as it is then."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.typography import ru_moment
from traektoria.messaging.enums import UnsentReason
from traektoria.messaging.kinds import MessageKind, Reader, Told, Withheld, kinds
from traektoria.messaging.models import Message
from traektoria.people import own_hand
from traektoria.people.models import Account

Answer = Told | Withheld
GONE: Final = Withheld(UnsentReason.DONE)
A_DAY: Final = timedelta(days=1)


def password_reset(message: Message) -> Answer:
    """A link to whoever has this address; nobody, and nothing is sent."""
    account = account_at(message.address)
    if account is None:
        return Withheld(UnsentReason.LEFT)
    if _after(message, account.last_login, account.given_at):
        return GONE
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    return reset_letter(path, account.username)


def _after(message: Message, *moments: datetime | None) -> bool:
    """Something happened after the letter was asked for that ends a link of then."""
    return any(moment is not None and moment > message.made_at for moment in moments)


def account_at(address: str) -> Account | None:
    """The account whose address this is, letter by letter but for capitals: to PostgreSQL «ı» and «i» are one letter,
    to the mail they are two people. One query."""
    found = Account.objects.filter(email__iexact=address, is_active=True).order_by("pk")
    return next((one for one in found if one.email.lower() == address.lower()), None)


def reset_letter(path: str, login: str) -> Told:
    return Told(
        _("Traektoria: a new password"),
        (
            _("Somebody asked for a new password in Traektoria for this address. The link works for a day."),
            _("Your login: %(login)s") % {"login": login},
            _("If it was not you, do nothing: the password stays."),
        ),
        path,
        _("Make a new password"),
    )


def password_was_given(message: Message) -> Answer:
    account = _account(message)
    if account is None or account.given_at is None:
        return GONE
    giver = message.facts.get("giver") or _("the administrator of the installation")
    until = ru_moment(account.held_until) if account.held_until else ru_moment(account.given_at)
    return given_letter(ru_moment(account.given_at), giver, until)


def given_letter(moment: str, giver: str, until: str) -> Told:
    facts = {"moment": moment, "giver": giver, "until": until}
    return Told(
        _("Traektoria: another person gave you a new password"),
        (
            _("On %(moment)s a new password for your account in Traektoria was given by %(giver)s.") % facts,
            _("If you asked for it, sign in and make your own."),
            _(
                "If you did not, tell the head of your school or the administrator of Traektoria at once: until "
                "%(until)s nobody can vote, sign or read your journal with it."
            )
            % facts,
        ),
        reverse("account_login"),
        _("Sign in"),
    )


def own_hand_letter(message: Message) -> Answer:
    account = _account(message)
    if account is None or account.email != message.address or not own_hand.is_held(account):
        return GONE
    if _after(message, account.given_at):
        return GONE
    return hand_letter(own_hand.own_hand_path(account))


def hand_letter(path: str) -> Told:
    return Told(
        _("Traektoria: is it you?"),
        (
            _("To show that it is you who uses the new password, sign in to Traektoria and follow the link in a day."),
            _(
                "If you did not ask for this letter, do nothing and tell the head of your school: somebody else has "
                "your password."
            ),
        ),
        path,
        _("It is me"),
    )


def address(message: Message) -> Answer:
    account = _account(message)
    if account is None or account.email_wanted != message.address:
        return GONE
    return address_letter(own_hand.address_path(account))


def address_letter(path: str) -> Told:
    return Told(
        _("Traektoria: your address"),
        (
            _("This address was named as yours in Traektoria. If it was you, sign in and follow the link in a day."),
            _("If it was not you, do nothing."),
        ),
        path,
        _("This is my address"),
    )


def address_was_changed(_message: Message) -> Told:
    return Told(
        _("Traektoria: another e-mail"),
        (
            _("Your account in Traektoria now has another e-mail."),
            _("If it was not you, tell the coordinator of your tutor centre or the administrator at once."),
        ),
        reverse("account_login"),
        _("Sign in"),
    )


def codes_forgotten(_message: Message) -> Told:
    return Told(
        _("Traektoria: the code of the telephone is off"),
        (
            _(
                "At somebody's wish the administrator switched off the code at sign-in: the password alone opens your "
                "account now."
            ),
            _("If it was not your wish, change the password and tell the administrator at once."),
        ),
        reverse("mfa_index"),
        _("Set up the telephone anew"),
    )


def _account(message: Message) -> Account | None:
    return Account.objects.filter(pk=message.facts.get("account"), is_active=True).first()


def _each(compose: Callable[[Message], Answer], messages: Sequence[Message], _reader: Reader) -> Iterator[Answer]:
    """They are few and stand under no bell: each is asked for itself."""
    return map(compose, messages)


def _made_up(slug: str) -> Told:
    now = timezone.now()
    match slug:
        case "people.password_reset":
            return reset_letter(reverse("account_reset_password"), "ivanova.mp")
        case "people.password_was_given":
            return given_letter(ru_moment(now), _("the administrator of the installation"), ru_moment(now + A_DAY))
        case own_hand.OWN_HAND:
            return hand_letter(reverse("people:own_hand"))
        case own_hand.ADDRESS:
            return address_letter(reverse("people:address_change"))
        case own_hand.CODES_FORGOTTEN:
            return codes_forgotten(Message())
    return address_was_changed(Message())


_WHY: dict[str, tuple[Callable[[Message], Answer], Any, Any]] = {
    "people.password_reset": (
        password_reset,
        gettext_lazy("A forgotten password"),
        gettext_lazy("somebody asked for a new password and named this address."),
    ),
    "people.password_was_given": (
        password_was_given,
        gettext_lazy("Another person gave you a password"),
        gettext_lazy("the password of your account was changed by somebody else."),
    ),
    own_hand.OWN_HAND: (
        own_hand_letter,
        gettext_lazy("Whether it is you who uses the new password"),
        gettext_lazy("you, or somebody with your password, asked for it in «My data»."),
    ),
    own_hand.ADDRESS: (
        address,
        gettext_lazy("Whether an e-mail is yours"),
        gettext_lazy("somebody named this address as theirs in Traektoria."),
    ),
    "people.address_was_changed": (
        address_was_changed,
        gettext_lazy("Your account has another e-mail"),
        gettext_lazy("this address was that of your account until now."),
    ),
    own_hand.CODES_FORGOTTEN: (
        codes_forgotten,
        gettext_lazy("The code at sign-in was switched off"),
        gettext_lazy("your account was opened by a code, and the administrator switched it off."),
    ),
}
_WITH_A_LINK = ("people.password_reset", own_hand.OWN_HAND, own_hand.ADDRESS)
for order, (slug, (compose, label, why)) in enumerate(_WHY.items()):
    kinds.add(
        MessageKind(
            slug=slug,
            order=order,
            label=label,
            why=why,
            tell=partial(_each, compose),
            sample=partial(_made_up, slug),
            mandatory=True,
            in_app=False,
            good_for=A_DAY,
            link_good_for=A_DAY if slug in _WITH_A_LINK else None,
        )
    )
