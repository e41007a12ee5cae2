"""Places and people of the demo: two centres, their schools, 150 teachers, heads, tutors and accounts.

Written by models and in bulk: it must be there in seconds. Everything is made up and follows from ``seed`` and
``today``; e-mail addresses are empty. All accounts share one password, and only in the demo mode do they have one.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from random import Random

from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.db import transaction

from traektoria.core import school_year, waiting
from traektoria.core.text import search_key, sort_key
from traektoria.demo.names import Name, names
from traektoria.demo.schools import (
    ALL_SCHOOLS,
    FOREIGN,
    FOREIGN_SCHOOLS,
    HOME,
    HOME_SCHOOLS,
    LETTERS,
    LONE,
    LONE_SCHOOL,
    OTHERS,
    DemoMunicipality,
    DemoSchool,
)
from traektoria.engines.deadlines.calendar import PeriodKind
from traektoria.organisations.actions import open_centre
from traektoria.organisations.models import (
    CalendarPeriod,
    Municipality,
    Region,
    School,
    SchoolYear,
    TutorCentre,
)
from traektoria.people.enums import Category, Role, Subject
from traektoria.people.models import Account, Employment, Person, RoleAssignment, TaughtClass

PASSWORD = "demo-traektoria"  # noqa: S105 (printed on the first screen of the demo)
SEED = 20260901
YEARS_OF_RESULTS = (2020, 2025)  # VPR of spring 2021 and of spring 2026
TUTORS = 10
METHODISTS = 2
"""Tutors who work at the centre and not at a school."""


@dataclass(frozen=True)
class TeacherPost:
    """A teacher's post at a school. ``cohort`` is the autumn in which the teacher's class was in the fourth grade."""

    position: str
    subjects: tuple[str, ...]
    cohort: int = 0
    letters: str = ""


@dataclass
class StaffMember:
    """A person to be written with everything that hangs on them."""

    login: str
    name: Name
    roles: list[tuple[Role, DemoSchool | None, DemoMunicipality | None]]
    position: str = ""
    school: DemoSchool | None = None
    category: str = ""
    since: date = date(2010, 9, 1)
    post: TeacherPost | None = None


@dataclass
class Population:
    """What was written, by login and by digits of the school."""

    today: date
    centre: TutorCentre
    foreign: TutorCentre
    lone: TutorCentre
    schools: dict[str, School]
    staff: dict[str, StaffMember] = field(default_factory=dict)
    persons: dict[str, Person] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)

    def centre_in(self, place: DemoMunicipality) -> TutorCentre:
        return {HOME: self.centre, FOREIGN: self.foreign, LONE: self.lone}[place]


def year_of(today: date) -> int:
    """The autumn in which the school year of ``today`` began ."""
    return school_year.year_of(today)


def is_empty() -> bool:
    """Whether the demo may be built here: there is no centre yet."""
    return not TutorCentre.objects.exists()


@transaction.atomic
def populate(*, today: date, seed: int = SEED) -> Population:
    """Write both centres with their people. The database must not hold them yet."""
    region = Region.objects.create(code="99", name="Примерская область")
    places = {
        place.code: Municipality.objects.create(region=region, code=place.code, name=place.name)
        for place in (HOME, FOREIGN, *OTHERS)
    }
    schools = _schools(places)
    population = Population(
        today,
        _centre(places[HOME.code], HOME),
        _centre(places[FOREIGN.code], FOREIGN),
        _school_centre(places[LONE.code], schools[LONE_SCHOOL.digits]),
        schools,
    )
    years = _years(today)
    for centre in (population.centre, population.foreign, population.lone):
        _calendar(centre, years[year_of(today)])
    _write(list(everyone(today, seed)), population, years)
    return population


def _schools(places: dict[str, Municipality]) -> dict[str, School]:
    rows = [
        School(
            municipality=places[school.place.code],
            digits=school.digits,
            name=school.name,
            full_name=school.full_name,
            sort_name=sort_key(school.name),
        )
        for school in ALL_SCHOOLS
    ]
    return {school.digits: school for school in School.objects.bulk_create(rows)}


def _centre(municipality: Municipality, place: DemoMunicipality) -> TutorCentre:
    district = place.name.replace("ский район", "ского района")
    return open_centre(
        municipality=municipality,
        name="Тьюторский центр" if place == HOME else "Озёрский тьюторский центр",
        full_name=f"Муниципальный тьюторский центр {district}",
        founder=f"Управление образования администрации {district}",
        preset="yamal",
        start=date(2023, 9, 1),
        basis=f"приказ управления образования администрации {district} от 28.08.2023 № 214",
        by=None,
    )


def _school_centre(municipality: Municipality, school: School) -> TutorCentre:
    return open_centre(
        municipality=municipality,
        name=f"Тьюторы {school.name}",
        full_name=f"Тьюторское сопровождение педагогов в {school.name}",
        founder=school.full_name,
        school=school,
        preset="balta",
        start=date(2024, 9, 1),
        basis="приказ директора школы от 30.08.2024 № 61",
        by=None,
    )


def _years(today: date) -> dict[int, SchoolYear]:
    wanted = {*YEARS_OF_RESULTS, year_of(today) - 1, year_of(today), year_of(today) + 1}
    return {start: SchoolYear.objects.get_or_create(start_year=start)[0] for start in sorted(wanted)}


def _calendar(centre: TutorCentre, year: SchoolYear) -> None:
    """Quarters and holidays in the usual places; unconfirmed, for the demo knows no decision about them."""
    first, second = year.start_year, year.start_year + 1
    periods = (
        (PeriodKind.YEAR, "Учебный год", date(first, 9, 1), date(second, 5, 26)),
        (PeriodKind.QUARTER, "I четверть", date(first, 9, 1), date(first, 10, 24)),
        (PeriodKind.HOLIDAYS, "Осенние каникулы", date(first, 10, 25), date(first, 11, 4)),
        (PeriodKind.QUARTER, "II четверть", date(first, 11, 5), date(first, 12, 29)),
        (PeriodKind.HOLIDAYS, "Зимние каникулы", date(first, 12, 30), date(second, 1, 10)),
        (PeriodKind.QUARTER, "III четверть", date(second, 1, 11), date(second, 3, 26)),
        (PeriodKind.HOLIDAYS, "Весенние каникулы", date(second, 3, 27), date(second, 4, 4)),
        (PeriodKind.QUARTER, "IV четверть", date(second, 4, 5), date(second, 5, 26)),
    )
    CalendarPeriod.objects.bulk_create(
        CalendarPeriod(centre=centre, year=year, kind=kind, name=name, start=start, end=end, source="пример")
        for kind, name, start, end in periods
    )


def posts(school: DemoSchool) -> Iterator[TeacherPost]:
    """The posts of a school: two primary teachers for each class of a parallel, then teachers of subjects."""
    letters = LETTERS[: school.letters]
    for cohort in (2025, 2024):
        for letter in letters:
            yield TeacherPost("учитель начальных классов", (Subject.PRIMARY,), cohort, letter)
    for subjects, position in (((Subject.MATH,), "математики"), ((Subject.RUSSIAN, Subject.LITERATURE), RUSSIAN_POST)):
        yield TeacherPost(f"учитель {position}", subjects, 2020, letters[::2])
        if letters[1::2]:
            yield TeacherPost(f"учитель {position}", subjects, 2020, letters[1::2])
    for subjects, position in OTHER_POSTS[: {1: 1, 2: 5, 3: 8}[school.letters]]:
        yield TeacherPost(f"учитель {position}", subjects, 0, letters[0])


RUSSIAN_POST = "русского языка и литературы"
OTHER_POSTS = (
    ((Subject.ENGLISH,), "английского языка"),
    ((Subject.HISTORY, Subject.SOCIAL), "истории и обществознания"),
    ((Subject.GEOGRAPHY, Subject.BIOLOGY), "географии и биологии"),
    ((Subject.PHYSICS, Subject.INFORMATICS), "физики и информатики"),
    ((Subject.CHEMISTRY, Subject.BIOLOGY), "химии и биологии"),
    ((Subject.ENGLISH,), "английского языка"),
    ((Subject.HISTORY, Subject.SOCIAL), "истории и обществознания"),
    ((Subject.INFORMATICS,), "информатики"),
)


def classes_of(post: TeacherPost, today: date) -> Iterator[tuple[int, str, int, str]]:
    """(autumn, subject, grade, letter) of the classes of a post: in the years of results and in this one."""
    for autumn in sorted({*YEARS_OF_RESULTS, year_of(today)}):
        for letter in post.letters:
            if post.cohort >= 2024:
                yield autumn, post.subjects[0], (autumn - post.cohort - 1) % 4 + 1, letter
            elif post.cohort:
                grades = (5, 7, 9) if autumn == post.cohort else (5, 6, 8)
                yield from ((autumn, post.subjects[0], grade, letter) for grade in grades)
            elif autumn == year_of(today):
                yield from ((autumn, subject, grade, letter) for subject in post.subjects for grade in (6, 8))


def everyone(today: date, seed: int) -> Iterator[StaffMember]:
    """All people; teachers of the fourth grade come first, one of each school, so that logins are easy to say."""
    chance, source = Random(seed), names(seed)  # noqa: S311 (made up)
    yield StaffMember("administrator", next(source), [(Role.ADMINISTRATOR, None, None)])
    yield StaffMember("koordinator", next(source), [(Role.COORDINATOR, None, HOME)])
    yield from _heads(HOME_SCHOOLS, HOME, source, ("direktor", "zavuch"))
    teachers = list(_teachers(HOME_SCHOOLS, HOME, source, chance, today, "uchitel"))
    _promote(teachers)
    yield from teachers
    for number in range(TUTORS - METHODISTS + 1, TUTORS + 1):
        yield StaffMember(f"tutor{number}", next(source), [(Role.TUTOR, None, HOME)])
    yield StaffMember("ozersk-koordinator", next(source), [(Role.COORDINATOR, None, FOREIGN)])
    yield StaffMember("ozersk-tutor", next(source), [(Role.TUTOR, None, FOREIGN)])
    yield from _heads(FOREIGN_SCHOOLS, FOREIGN, source, ("ozersk-direktor", "ozersk-zavuch"))
    yield from _teachers(FOREIGN_SCHOOLS, FOREIGN, source, chance, today, "ozersk-uchitel")
    yield from _lone_school(source, chance, today)


def _lone_school(source: Iterator[Name], chance: Random, today: date) -> Iterator[StaffMember]:
    """The school with tutors of its own: its deputy head coordinates."""
    for one in _heads((LONE_SCHOOL,), LONE, source, ("shkola-direktor", "shkola-zavuch")):
        if one.login.startswith("shkola-zavuch"):
            one.roles.append((Role.COORDINATOR, None, LONE))
        yield one
    yield from _teachers((LONE_SCHOOL,), LONE, source, chance, today, "shkola-uchitel")


def _heads(
    schools: Iterable[DemoSchool], place: DemoMunicipality, source: Iterator[Name], logins: tuple[str, str]
) -> Iterator[StaffMember]:
    deputy = "заместитель директора по учебно-воспитательной работе"
    for number, school in enumerate(schools, 1):
        yield StaffMember(f"{logins[0]}{number}", next(source), [(Role.HEAD, school, place)], "директор", school)
        if school.letters > 1:
            yield StaffMember(f"{logins[1]}{number}", next(source), [(Role.DEPUTY_HEAD, school, place)], deputy, school)


def _teachers(
    schools: Sequence[DemoSchool],
    place: DemoMunicipality,
    source: Iterator[Name],
    chance: Random,
    today: date,
    login: str,
) -> Iterator[StaffMember]:
    staffed = [(school, list(posts(school))) for school in schools]
    first = [(school, staff[0]) for school, staff in staffed]
    numbers = count(1)
    for school, post in [*first, *((school, post) for school, staff in staffed for post in staff[1:])]:
        yield StaffMember(
            login=f"{login}{next(numbers)}",
            name=next(source),
            roles=[(Role.TEACHER, school, place)],
            position=post.position,
            school=school,
            category=chance.choices((Category.HIGHEST, Category.FIRST, Category.CONFORMITY, ""), (3, 4, 2, 1))[0],
            since=_since(post, chance, today),
            post=post,
        )


def _since(post: TeacherPost, chance: Random, today: date) -> date:
    """Those whose classes stand in the results of 2021 work longer; among others some are in their first year."""
    if post.cohort == 0 and chance.random() < 0.12:
        return date(year_of(today), 9, 1)
    return date(chance.randint(1990, 2019), 9, 1)


def _promote(teachers: Sequence[StaffMember]) -> None:
    """Make the first tutors out of experienced teachers, one a school; they keep teaching."""
    wanted = ((Subject.PRIMARY, "А", 2024), (Subject.MATH, "Б", 2020), (Subject.RUSSIAN, "Б", 2020))
    for number, school in enumerate(HOME_SCHOOLS[: TUTORS - METHODISTS]):
        person = next(one for one in teachers if one.school == school and _is(one.post, *wanted[number % 3]))
        person.roles.append((Role.TUTOR, None, HOME))
        person.login, person.category = f"tutor{number + 1}", Category.HIGHEST


def _is(post: TeacherPost | None, subject: Subject, letter: str, cohort: int) -> bool:
    return post is not None and post.subjects[0] == subject and letter in post.letters and post.cohort == cohort


def _write(staff: list[StaffMember], population: Population, years: dict[int, SchoolYear]) -> None:
    population.staff = {one.login: one for one in staff}
    people = Person.objects.bulk_create(_person(person.name) for person in staff)
    population.persons = {one.login: person for one, person in zip(staff, people, strict=True)}
    password = make_password(PASSWORD if settings.DEMO else None)
    accounts = Account.objects.bulk_create(
        Account(username=login, person=person, password=password) for login, person in population.persons.items()
    )
    population.accounts = {account.username: account for account in accounts}
    RoleAssignment.objects.bulk_create(row for one in staff for row in _roles(one, population))
    employed = [one for one in staff if one.school]
    rows = Employment.objects.bulk_create(_employment(one, population) for one in employed)
    TaughtClass.objects.bulk_create(
        TaughtClass(employment=row, year=years[autumn], subject=subject, grade=grade, letter=letter)
        for one, row in zip(employed, rows, strict=True)
        if one.post
        for autumn, subject, grade, letter in classes_of(one.post, population.today)
    )
    waiting.renew(*people)


def _person(name: Name) -> Person:
    person = Person(surname=name.surname, given=name.given, patronymic=name.patronymic, gender=name.gender)
    person.sort_name, person.search_name = sort_key(person.full_name), search_key(person.full_name)
    return person


def _roles(one: StaffMember, population: Population) -> Iterator[RoleAssignment]:
    for role, school, place in one.roles:
        yield RoleAssignment(
            person=population.persons[one.login],
            role=role,
            centre=None if place is None else population.centre_in(place),
            school=population.schools[school.digits] if school else None,
            start=min(one.since, date(2020, 9, 1)) if one.post else date(2020, 9, 1),
        )


def _employment(one: StaffMember, population: Population) -> Employment:
    return Employment(
        person=population.persons[one.login],
        school=population.schools[one.school.digits if one.school else ""],
        position=one.position,
        category=one.category,
        experience_from=one.since,
        subjects=list(one.post.subjects) if one.post else [],
        start=one.since,
    )
