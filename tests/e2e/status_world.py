"""A centre with a commission and a centre of one school, with the people who make a tutor there."""

from dataclasses import dataclass
from datetime import date

from tests.factories import make_centre, make_employment, make_member, make_person, make_school
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import leaves
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account
from traektoria.tutors.commission.actions import composition as actions
from traektoria.tutors.models import Commission
from traektoria.tutors.seats.enums import SeatPost

MEMBERS = ("chair", "first", "second", "third")


@dataclass
class StatusWorld:
    centre: TutorCentre
    accounts: dict[str, Account]

    def criteria(self, kind: str) -> list[str]:
        """Slugs of the criteria of one kind by the regulation in force."""
        found = leaves(rules_of(regulation_in_force(self.centre.pk)).status.criteria)
        return [one.slug for one in found if one.kind == kind]

    def seat_the_others(self, commission: Commission) -> None:
        """Three members, and the coordinator as the secretary without a vote."""
        by = actor_of(self.accounts["coordinator"])
        for name in ("first", "second", "third", "coordinator"):
            person, keeps = self.accounts[name].person, name == "coordinator"
            assert person
            actions.add_member(
                commission=commission, person=person, kind="methodist", position="методист", votes=not keeps,
                post=SeatPost.SECRETARY if keeps else SeatPost.MEMBER, by=by,
            )  # fmt: skip


def municipal() -> StatusWorld:
    """A commission decides; its future members work at other schools than the candidate."""
    centre = make_centre("Тьюторский центр", "yamal")
    accounts = {"coordinator": make_member(centre, Role.COORDINATOR), "candidate": make_candidate(centre)}
    accounts |= {name: make_member(centre, Role.HEAD) for name in MEMBERS}
    return StatusWorld(centre, accounts)


def of_one_school() -> StatusWorld:
    """The head of the school decides by an order."""
    centre = make_centre("Школьный центр", "balta")
    centre.school = make_school(centre, "СОШ с. Примерное")
    centre.save()
    roles = {"coordinator": Role.COORDINATOR, "head": Role.HEAD}
    accounts = {name: make_member(centre, role, centre.school) for name, role in roles.items()}
    return StatusWorld(centre, {**accounts, "candidate": make_candidate(centre)})


def make_candidate(centre: TutorCentre) -> Account:
    """A teacher of mathematics with ten years of work."""
    person, school = make_person("Иванова"), centre.school or make_school(centre)
    make_employment(person, school, experience_from=date(2015, 9, 1))
    return make_member(centre, Role.TEACHER, school, person)
