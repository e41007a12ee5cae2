"""The centre of a simulated year: founded as any other, with three schools, tutors, heads and teachers."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from traektoria.demo.names import names
from traektoria.demo.simulated_year.scenario import CALENDAR, Scenario
from traektoria.organisations.actions import add_school, save_period
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import school_year
from traektoria.people.actions import add_member, open_account, save_employment
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.founding import Founding, Scope, found_centre
from traektoria.people.models import Account, Person


@dataclass
class Staff:
    """Accounts by what they are: «coordinator», «tutor1», «head2», «teacher3»."""

    centre: TutorCentre
    schools: list[School]
    accounts: dict[str, Account] = field(default_factory=dict)

    def actor(self, name: str) -> Actor:
        """As of the day of the clock."""
        return actor_of(self.accounts[name])

    def person(self, name: str) -> Person:
        person = self.accounts[name].person
        if person is None:
            raise LookupError(name)
        return person


def found(scenario: Scenario, chance: Random) -> Staff:
    """Three schools (one, where the centre is a school's own), three tutors, heads with deputies, four teachers."""
    source, at_school = names(chance.randrange(2**32)), scenario.preset == "balta"
    first = next(source)
    founded = found_centre(
        founding=Founding(
            region_code=scenario.region, region="Примерский край", municipality=scenario.place,
            name="Тьюторский центр", preset=scenario.preset, start=scenario.start,
            surname=first.surname, given=first.given, patronymic=first.patronymic,
            scope=Scope.ONE_SCHOOL if at_school else Scope.ANEW,
            **({"digits": "230001", "school": "СОШ № 1"} if at_school else {}),
        ),
        by=None,
    )  # fmt: skip
    centre = founded.centre
    staff = Staff(centre, [centre.school] if centre.school else [], {"coordinator": founded.account})
    by = staff.actor("coordinator")
    for number in range(1, 1 if at_school else 4):
        staff.schools.append(add_school(centre=centre, digits=f"23000{number}", name=f"СОШ № {number}", by=by))
    _calendars(centre, by)
    for number, school in enumerate(staff.schools, 1):
        _member(staff, f"head{number}", Role.HEAD, school, source, scenario.start)
        _member(staff, f"deputy{number}", Role.DEPUTY_HEAD, school, source, scenario.start)
    for number in range(1, 4):
        _member(staff, f"tutor{number}", Role.TUTOR, None, source, scenario.start)
    for number in range(1, 5):
        school = staff.schools[number % len(staff.schools)]
        _member(staff, f"teacher{number}", Role.TEACHER, school, source, scenario.start)
        save_employment(
            person=staff.person(f"teacher{number}"), centre=centre, school=school, position="учитель математики",
            category="", experience_from=date(2010, 9, 1), subjects=["math"], start=date(2015, 9, 1), by=by,
        )  # fmt: skip
    return staff


def _member(staff: Staff, name: str, role: Role, school: School | None, source: object, start: date) -> None:
    one = next(source)  # type: ignore[call-overload]
    by = staff.actor("coordinator")
    said = {"surname": one.surname, "given": one.given, "patronymic": one.patronymic}
    person = add_member(centre=staff.centre, name=said, role=role, school=school, start=start, by=by)
    staff.accounts[name] = open_account(person=person, centre=staff.centre, by=by)


def _calendars(centre: TutorCentre, by: Actor) -> None:
    """As a coordinator types them, from the orders of the year."""
    for autumn, days in CALENDAR.items():
        rows = [("year", "Учебный год", days.year)]
        rows += [("quarter", f"{number} четверть", one) for number, one in zip(ROMAN, days.quarters, strict=True)]
        rows += [("holidays", name, one) for name, one in days.holidays]
        for kind, name, (start, end) in rows:
            save_period(
                period=None, centre=centre, school=None, year=school_year(autumn), kind=kind, name=name, start=start,
                end=end, source="приказ о режиме работы", confirmed=True, by=by,
            )  # fmt: skip


ROMAN = ("I", "II", "III", "IV")
