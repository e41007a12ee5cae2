"""Two centres with one person for each role in each: the viewers of the permission matrix and of room tests.

``add_awkward`` brings the people between the roles: of two centres, another centre's tutor of the same teacher, and
those who declined, left, or withdrew. The acceptance tests ask them too; a room test that needs one calls it.
"""

from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from tests.factories import make_centre, make_class, make_employment, make_member, make_school
from traektoria.core.waiting import gathered
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Role
from traektoria.people.models import Account

VIEWERS = [
    "anonymous",
    "administrator",
    "coordinator",
    "tutor",
    "other_tutor",
    "teacher",
    "other_teacher",
    "head",
    "deputy_head",
    "foreign_coordinator",
    "foreign_tutor",
    "foreign_teacher",
    "foreign_head",
]
#: Each is by default let in only where one of these viewers is.
AWKWARD = {
    "two_centres": ("other_teacher", "foreign_tutor"),  # teaches in the own centre, is a tutor of the foreign one
    "second_tutor": ("foreign_tutor",),  # of the foreign centre, supports ``teacher`` there in Russian
    "declined": ("other_teacher",),  # was asked to join the group of ``tutor`` and said no
    "left": ("other_teacher",),  # consented to that group, left it later
    "withdrew": ("other_teacher",),  # took the consent to a campaign back
    "chair": ("other_teacher",),  # a teacher who leads the commission, the next one keeps its papers
    "secretary": ("other_teacher",),
}


@dataclass
class World:
    """``own`` is the centre whose objects are looked at; ``things`` holds what rooms add (support, route, …).

    ``viewer`` is who asks just now in the permission matrix.
    """

    own: TutorCentre
    foreign: TutorCentre
    school: School
    accounts: dict[str, Account]
    things: dict[str, Any] = field(default_factory=dict)
    viewer: str = ""


@gathered()
def make_world() -> World:
    """The teacher teaches mathematics in 4А of ``school`` in 2020/21, where head and deputy head work too."""
    own, foreign = make_centre("Свой центр"), make_centre("Чужой центр")
    school = make_school(own, "СОШ № 1", digits="990001")
    accounts = {
        "administrator": make_member(None, Role.ADMINISTRATOR),
        "coordinator": make_member(own, Role.COORDINATOR),
        "tutor": make_member(own, Role.TUTOR),
        "other_tutor": make_member(own, Role.TUTOR),
        "teacher": make_member(own, Role.TEACHER, school),
        "other_teacher": make_member(own, Role.TEACHER, school),
        "head": make_member(own, Role.HEAD, school),
        "deputy_head": make_member(own, Role.DEPUTY_HEAD, school),
        "foreign_coordinator": make_member(foreign, Role.COORDINATOR),
        "foreign_tutor": make_member(foreign, Role.TUTOR),
        "foreign_teacher": make_member(foreign, Role.TEACHER),
        "foreign_head": make_member(foreign, Role.HEAD),
    }
    teacher = accounts["teacher"].person
    assert teacher is not None
    make_class(make_employment(teacher, school))
    return World(own, foreign, school, accounts)


@gathered()
def add_awkward(world: World) -> World:
    """Sign up the ``AWKWARD``, with the two supports that make them so: ``things["mixed_group"]`` of the own centre in
    history, whose one consented member is ``teacher``, and ``things["second_support"]`` of the foreign centre."""
    from tests.routes.support_factories import make_support

    own, school, people = world.own, world.school, world.accounts
    teachers = {name: make_member(own, Role.TEACHER, school) for name in AWKWARD if name != "second_tutor"}
    make_member(world.foreign, Role.TUTOR, person=teachers["two_centres"].person)
    people |= {**teachers, "second_tutor": make_member(world.foreign, Role.TUTOR)}
    members = [people[name].person for name in ("teacher", "declined", "left")]
    group = make_support(own, people["tutor"].person, *members, subject="history")
    group.members.exclude(person=people["teacher"].person).update(consented_at=None, declined_at=timezone.now())
    world.things["mixed_group"] = group
    world.things["second_support"] = make_support(
        world.foreign, people["second_tutor"].person, people["teacher"].person, subject="russian"
    )
    return world
