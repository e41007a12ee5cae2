"""Appointing the administrator of the installation: only on the server, by a command."""

from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.core.text import search_key, squash
from traektoria.people.actions import add_person, open_account
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.founding import first_password
from traektoria.people.models import Account, Person, RoleAssignment

APPOINTED = "people.administrator_appointed"


@dataclass(frozen=True)
class Appointed:
    """``password`` is in the clear for the one time it is shown; empty where the person has one already."""

    person: Person
    account: Account
    password: str


@transaction.atomic
def appoint_administrator(*, name: str, email: str = "", by: Actor | None) -> Appointed:
    """Give the role of the administrator to the person of this full name, who is made where there is none.

    ``name`` is surname, given name and patronymic; ``email`` tells namesakes apart. Side effects: a person and an
    account where there are none, the role, a first password where none was set, an audit event. Again it changes
    nothing. Raises ``Invalid``: no given name, an e-mail of somebody else, several people of this name.
    """
    surname, given, patronymic = [*squash(name).split(" ", 2), "", ""][:3]
    if not given:
        raise Invalid(_("Write the surname, the given name and the patronymic."), code="name_incomplete")
    person = _known(squash(name), email.strip().lower()) or add_person(
        centre=None, surname=surname, given=given, patronymic=patronymic, by=by
    )
    account = open_account(person=person, centre=None, email=email, by=by)
    role, is_new = RoleAssignment.objects.get_or_create(
        person=person, role=Role.ADMINISTRATOR, end=None, defaults={"start": timezone.localdate()}
    )
    if is_new:
        audit.record(APPOINTED, role, by=by, person_id=person.pk)
    return Appointed(person, account, first_password(account, ""))


def _known(name: str, email: str) -> Person | None:
    """By the e-mail, else by the name. Raises ``Invalid``."""
    owner = Person.objects.filter(account__email=email).first() if email else None
    if owner is not None and owner.search_name != search_key(name):
        raise Invalid(_("This e-mail belongs to another account."), code="email_taken")
    found = [owner] if owner else list(Person.objects.filter(search_name=search_key(name))[:2])
    if len(found) > 1:
        raise Invalid(_("Several people have this name: add the e-mail of the account."), code="namesakes")
    return found[0] if found else None
