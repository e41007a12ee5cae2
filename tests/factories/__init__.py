"""Factories without surprises: each makes what its name says, with plain defaults and made-up people."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from traektoria.core.waiting import gathered
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Municipality, Region, Regulation, School, SchoolYear, TutorCentre
from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.people.enums import SCHOOL_ROLES, Role
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass

PASSWORD = "проверочный-пароль-7"
# How far the count is when a test begins depends on the order of the run: six digits in any, and no test writes one.
_numbers = count(700_001)


def make_region(code: str = "99", name: str = "Примерская область") -> Region:
    return Region.objects.get_or_create(code=code, defaults={"name": name})[0]


@gathered()
def make_centre(name: str = "Тьюторский центр", preset: str = "yamal", **fields: Any) -> TutorCentre:
    """A centre in a municipality of its own, under the regulation of ``preset``."""
    number = next(_numbers)
    municipality = Municipality.objects.create(region=make_region(), name=f"Район № {number}")
    centre = TutorCentre.objects.create(municipality=municipality, name=name, **fields)
    make_regulation(centre, preset)
    return centre


def make_regulation(
    centre: TutorCentre, name: str = "yamal", start: date = date(2020, 9, 1), **changes: dict[str, Any]
) -> Regulation:
    """The next approved version of ``preset``; ``support={"agreed_by": […]}`` changes values of a part."""
    content = content_of(preset(name))
    for part, values in changes.items():
        content[part].update(values)
    return Regulation.objects.create(
        centre=centre, number=centre.regulations.count() + 1, state=RegulationState.APPROVED, preset=name,
        content=content, start=start, approved_at=timezone.now(),
    )  # fmt: skip


def make_school(centre: TutorCentre, name: str | None = None, digits: str | None = None) -> School:
    number = next(_numbers)
    return School.objects.create(
        municipality=centre.municipality, name=name or f"СОШ № {number}", digits=digits or str(number)
    )


def make_person(surname: str | None = None, given: str = "Мария", patronymic: str = "Петровна") -> Person:
    number = next(_numbers)
    return Person.objects.create(
        surname=surname or f"Примерова-{number}", given=given, patronymic=patronymic, gender="female"
    )


def make_account(person: Person | None = None, username: str | None = None) -> Account:
    """An account without a usable password: tests sign in by ``client.force_login``."""
    account = Account(username=username or f"user{next(_numbers)}", person=person)
    account.set_unusable_password()
    account.save()
    return account


@gathered()
def make_member(
    centre: TutorCentre | None, role: Role, school: School | None = None, person: Person | None = None
) -> Account:
    """A person with an account and one role in force; school roles get a school of the centre."""
    if role in SCHOOL_ROLES and school is None:
        assert centre is not None
        school = make_school(centre)
    account = None if person is None else getattr(person, "account", None)
    person = person or make_person()
    RoleAssignment.objects.create(
        person=person,
        role=role,
        centre=centre,
        school=school if role in SCHOOL_ROLES else None,
        start=date(2025, 9, 1),
    )
    return account or make_account(person)


def make_employment(person: Person, school: School, position: str = "учитель математики", **fields: Any) -> Employment:
    return Employment.objects.create(
        person=person, school=school, position=position, start=date(2015, 9, 1), **{"subjects": ["math"], **fields}
    )


def make_class(
    employment: Employment, grade: int = 4, letter: str = "А", subject: str = "math", start_year: int = 2020
) -> TaughtClass:
    year = SchoolYear.objects.get_or_create(start_year=start_year)[0]
    return TaughtClass.objects.create(employment=employment, year=year, subject=subject, grade=grade, letter=letter)
