"""Two centres with one person for each role in each: the viewers of the permission matrix and of room tests."""

from dataclasses import dataclass, field
from typing import Any

from tests.factories import make_centre, make_class, make_employment, make_member, make_school
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


@dataclass
class World:
    """``own`` is the centre whose objects are looked at; ``things`` holds what rooms add (support, route, …)."""

    own: TutorCentre
    foreign: TutorCentre
    school: School
    accounts: dict[str, Account]
    things: dict[str, Any] = field(default_factory=dict)


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
