"""Letters about accounts, each composed when it is sent: what has changed meanwhile is taken as it is then."""

from allauth.account.utils import user_pk_to_url_str
from django.contrib.auth.tokens import default_token_generator
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.models import Letter
from traektoria.core.registries import LetterKind, letter_kinds
from traektoria.core.typography import ru_moment
from traektoria.people import own_hand
from traektoria.people.models import Account

Text = tuple[str, str] | None


def password_reset(letter: Letter) -> Text:
    """A link to whoever has this address; nobody, and nothing is sent."""
    account = Account.objects.filter(email__iexact=letter.to, is_active=True).first()
    if account is None:
        return None
    key = default_token_generator.make_token(account)
    path = reverse("account_reset_password_from_key", kwargs={"uidb36": user_pk_to_url_str(account), "key": key})
    text = _(
        "Good day!\n\nSomebody asked for a new password in Traektoria for this address. If it was you, follow the "
        "link within a day:\n%(link)s\n\nYour login: %(login)s\n\nIf it was not you, do nothing: the password stays.\n"
    )
    return _("Traektoria: a new password"), text % {"link": letter.site + path, "login": account.username}


def password_was_given(letter: Letter) -> Text:
    account = _account(letter)
    if account is None or account.given_at is None:
        return None
    giver = letter.facts.get("giver") or _("the administrator of the installation")
    text = _(
        "Good day!\n\nOn %(moment)s a new password for your account in Traektoria was given by %(giver)s.\n\n"
        "If you asked for it, sign in and make your own. If you did not, tell the head of your school or the "
        "administrator of Traektoria at once: until %(until)s nobody can vote, sign or read your journal with it.\n"
    )
    until = ru_moment(account.held_until) if account.held_until else ru_moment(account.given_at)
    facts = {"moment": ru_moment(account.given_at), "giver": giver, "until": until}
    return _("Traektoria: another person gave you a new password"), text % facts


def own_hand_letter(letter: Letter) -> Text:
    account = _account(letter)
    if account is None or not own_hand.is_held(account):
        return None
    text = _(
        "Good day!\n\nTo show that it is you who uses the new password, sign in to Traektoria and follow the link "
        "within a day:\n%(link)s\n\nIf you did not ask for this letter, do nothing and tell the head of your school: "
        "somebody else has your password.\n"
    )
    return _("Traektoria: is it you?"), text % {"link": own_hand.own_hand_link(account, letter.site)}


def address(letter: Letter) -> Text:
    account = _account(letter)
    if account is None or account.email_wanted != letter.to:
        return None
    text = _(
        "Good day!\n\nThis address was named as yours in Traektoria. If it was you, sign in and follow the link "
        "within a day:\n%(link)s\n\nIf it was not you, do nothing.\n"
    )
    return _("Traektoria: your address"), text % {"link": own_hand.address_link(account, letter.site)}


def address_was_changed(letter: Letter) -> Text:
    text = _(
        "Good day!\n\nYour account in Traektoria now has another e-mail. If it was not you, tell the coordinator of "
        "your tutor centre or the administrator of Traektoria at once.\n"
    )
    return _("Traektoria: another e-mail"), text


def _account(letter: Letter) -> Account | None:
    return Account.objects.filter(pk=letter.facts.get("account"), is_active=True).first()


for order, (slug, compose) in enumerate(
    {
        "people.password_reset": password_reset,
        "people.password_was_given": password_was_given,
        own_hand.OWN_HAND: own_hand_letter,
        own_hand.ADDRESS: address,
        "people.address_was_changed": address_was_changed,
    }.items()
):
    letter_kinds.add(LetterKind(slug, order, compose))
