"""Who may open what of group routes: one call of the own centre; the teacher is invited."""

from typing import Any

from django.utils import timezone

from tests.factories import make_employment, make_member, make_person, make_school
from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.diagnostics.models import Hypothesis
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.enums import Role
from traektoria.routes.groups.queries import suggested
from traektoria.routes.models import GroupCall, GroupInvitation, TeacherCategory

COORDINATORS = {"coordinator", "foreign_coordinator"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}


def prepare_groups(world: World) -> None:
    call = GroupCall.objects.create(centre=world.own, subject="math", topics=["Дроби"], key="1" * 64)
    world.things["call"] = call
    world.things["category"] = TeacherCategory.objects.create(
        centre=world.own, person=world.accounts["teacher"].person, slug="newcomers", title="Без стажа"
    )
    world.things["invitation"] = GroupInvitation.objects.create(call=call, person=world.accounts["teacher"].person)
    rules = rules_of(regulation_in_force(world.own.pk)).diagnostics
    for _number in range(rules.group_least):
        GroupInvitation.objects.create(call=call, person=make_person(), accepted_at=timezone.now())
    for centre in (world.own, world.foreign):  # a group that can be suggested
        school = make_school(centre)
        for number in range(rules.picture_least):
            teacher = make_member(centre, Role.TEACHER, school).person
            assert teacher is not None
            make_employment(teacher, school)
            for topic in ("Масштаб", "Проценты") if number < rules.group_least else ():
                Hypothesis.objects.create(
                    centre=centre, person=teacher, topic=topic, origin="by_hand", state="confirmed", subject="math",
                    block="subject", strength="moderate", decided_at=timezone.now(),
                )  # fmt: skip


def _suggested(world: World) -> dict[str, Any]:
    centre = world.foreign if world.viewer == "foreign_coordinator" else world.own
    return {"key": suggested(centre).groups[0].key}


def _call(world: World) -> dict[str, Any]:
    return {"pk": world.things["call"].pk}


def _invitation(world: World) -> dict[str, Any]:
    return {"pk": world.things["invitation"].pk}


GROUP_ENTRIES = {
    "routes:group_suggestions": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "routes:group_invite": Entry(
        allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, method="POST", data=_suggested
    ),
    "routes:group_need": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_call, method="POST"
    ),
    "routes:group_invitation": Entry(allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_invitation),
    "routes:group_answer": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_invitation, method="POST"
    ),
    "routes:category_list": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "routes:category_answer": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, method="POST", data=lambda world: {"answer": "yes"},
        kwargs=lambda world: {"pk": world.things["category"].pk}, named=True,
    ),
    "routes:school_routes": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "routes:school_routes POST": Entry(
        allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, method="POST",
        data=lambda world: {"school": world.school.pk},
        idle={"foreign_coordinator": "no teacher of the school is of that centre"},
    ),
    "routes:route_batch": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS),
    "routes:route_batch POST": Entry(
        allowed=TUTORS, forbidden=EVERYONE - TUTORS, method="POST",
        idle=dict.fromkeys((*TUTORS - {"tutor"}, "two_centres", "second_tutor"), "has no teachers with deficits"),
    ),
}  # fmt: skip
