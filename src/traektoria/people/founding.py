"""Founding a centre with its first coordinator: by the administrator in the browser, or on the server by a command."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.core.text import squash
from traektoria.organisations import zones
from traektoria.organisations.actions import open_centre
from traektoria.organisations.models import Municipality, Region, School, TutorCentre
from traektoria.people.actions import add_person, assign_role, open_account
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person
from traektoria.people.own_hand import set_given_password
from traektoria.people.passwords import LETTERS, new_password

FOUNDED = "people.centre_founded"


class Scope(StrEnum):
    """Whom the centre serves, and where it was created."""

    ANEW = "anew"  # all schools of the municipality, created anew
    AT_SCHOOL = "at_school"  # all schools of the municipality, created at one of them
    ONE_SCHOOL = "one_school"  # one school, created at it


@dataclass(frozen=True)
class Founding:
    """Everything that is said of a new centre. ``region`` and ``municipality`` are found by code and name or made.

    ``digits`` name the school (FIS OKO) unless ``scope`` is ANEW; ``login`` is an existing person's login or e-mail
    and stands in for the name.
    """

    region_code: str
    region: str
    municipality: str
    name: str
    preset: str
    start: date
    municipality_code: str = ""
    full_name: str = ""
    founder: str = ""
    basis: str = ""
    scope: Scope = Scope.ANEW
    digits: str = ""
    school: str = ""
    school_full_name: str = ""
    surname: str = ""
    given: str = ""
    patronymic: str = ""
    email: str = ""
    login: str = ""


@dataclass(frozen=True)
class Founded:
    """``password`` is in the clear for the one time it is shown; empty where the person has one of their own."""

    centre: TutorCentre
    account: Account
    password: str


def check_founds(by: Actor | None) -> None:
    """The administrator of the installation; the server itself (None)."""
    if by is not None and not by.is_administrator:
        raise Refused(_("A centre is founded by the administrator of the installation."))


@transaction.atomic
def found_centre(*, founding: Founding, token: str = "", by: Actor | None) -> Founded:
    """A centre under the regulation of a preset, with its coordinator and their account.

    Side effects: region, municipality and school where there are none yet, the first version of the regulation, a
    person, a role, an account with a first password, audit events. ``token`` names one founding: the same one again
    gives the same centre and, until the coordinator changes it, the same password. Without a token (the command) a
    centre of this name is taken as it is. Raises ``Refused`` and ``Invalid`` (names, codes, e-mail taken; no such
    person).
    """
    check_founds(by)
    municipality = _municipality(founding)
    _check_name_free(founding, municipality, token)
    school = _school(founding, municipality)
    centre = open_centre(
        municipality=municipality, name=founding.name, preset=founding.preset, start=founding.start,
        full_name=founding.full_name, founder=founding.founder, basis=founding.basis, by=by,
        school=school if founding.scope == Scope.ONE_SCHOOL else None, base_school=school,
    )  # fmt: skip
    person = _coordinator(founding, centre, by)
    assign_role(person=person, centre=centre, role=Role.COORDINATOR, start=timezone.localdate(), by=None)
    account = open_account(person=person, centre=centre, email=founding.email, by=by)
    if not _was_founded(centre, token):
        audit.record(FOUNDED, centre, by=by, centre_id=centre.pk, token=token, person_id=person.pk)
    return Founded(centre, account, first_password(account, token))


def _municipality(founding: Founding) -> Municipality:
    """Found or made, and locked: foundings in one municipality come one after another."""
    region = Region.objects.get_or_create(code=founding.region_code, defaults={"name": squash(founding.region)})[0]
    code, name = founding.municipality_code.strip(), squash(founding.municipality)
    usual = {"time_zone": zones.usual_of(region.code)}
    row, made = Municipality.objects.get_or_create(region=region, name=name, defaults=usual)
    row = Municipality.objects.select_for_update(no_key=True).get(pk=row.pk)
    if made and code:
        if Municipality.objects.filter(code=code).exists():
            raise Invalid(_("Another municipality has this FIS OKO code."), code="municipality_code_taken")
        row.code = code
        row.save(update_fields=["code"])
    return row


def _check_name_free(founding: Founding, municipality: Municipality, token: str) -> None:
    have = TutorCentre.objects.filter(municipality=municipality, name=squash(founding.name)).first()
    if have and token and not _was_founded(have, token):
        raise Invalid(_("There is a centre of this name in the municipality already."), code="centre_name_taken")


def _was_founded(centre: TutorCentre, token: str) -> bool:
    events = AuditEvent.objects.filter(event=FOUNDED, object_id=centre.pk)
    return any(event.facts.get("token") == token for event in events)


def _school(founding: Founding, municipality: Municipality) -> School | None:
    if founding.scope == Scope.ANEW:
        return None
    have = School.objects.filter(digits=founding.digits).first()
    if have:
        if have.municipality_id != municipality.pk:
            raise Invalid(_("The school with this code is in another municipality."), code="school_elsewhere")
        return have
    if School.objects.filter(municipality=municipality, name=squash(founding.school)).exists():
        raise Invalid(_("A school with this code or name is there already."), code="school_taken")
    return School.objects.create(
        municipality=municipality, digits=founding.digits, name=squash(founding.school),
        full_name=squash(founding.school_full_name),
    )  # fmt: skip


def _coordinator(founding: Founding, centre: TutorCentre, by: Actor | None) -> Person:
    if founding.login:
        return known_person(founding.login)
    name = {part: squash(getattr(founding, part)) for part in ("surname", "given", "patronymic")}
    have = Person.objects.filter(roles__centre=centre, **name).first()
    return have or add_person(centre=centre, by=by, **name)


def known_person(login: str) -> Person:
    """The person with this login or e-mail. Raises ``Invalid``."""
    login = login.strip()
    for lookup in ({"username__iexact": login}, {"email__iexact": login}):
        account = Account.objects.filter(person__isnull=False, **lookup).select_related("person").first()
        if account and account.person:
            return account.person
    raise Invalid(_("Nobody has this login or e-mail."), code="no_such_person")


def first_password(account: Account, token: str) -> str:
    """A new one where there is none yet; for the same founding again the same one, while it is still the first."""
    password = password_of(token) if token else new_password()
    if account.has_usable_password():
        return password if token and account.password_given and account.check_password(password) else ""
    set_given_password(account, password, centre_id=None, by=None)
    return password


def password_of(token: str) -> str:
    """The first password of a founding: kept nowhere, made again from its token by the key of the installation."""
    digest = salted_hmac("traektoria.founding", token, algorithm="sha256").digest()
    letters = [LETTERS[byte % len(LETTERS)] for byte in digest[:12]]
    return "-".join("".join(letters[start : start + 4]) for start in (0, 4, 8))
