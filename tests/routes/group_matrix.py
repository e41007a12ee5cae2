"""Who may open what of group routes: one call of the own centre; the teacher is invited."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.routes.models import GroupCall, GroupInvitation

COORDINATORS = {"coordinator", "foreign_coordinator"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}


def prepare_groups(world: World) -> None:
    call = GroupCall.objects.create(centre=world.own, subject="math", topics=["Дроби"], key="1" * 64)
    world.things["call"] = call
    world.things["invitation"] = GroupInvitation.objects.create(call=call, person=world.accounts["teacher"].person)


def _call(world: World) -> dict[str, Any]:
    return {"pk": world.things["call"].pk}


def _invitation(world: World) -> dict[str, Any]:
    return {"pk": world.things["invitation"].pk}


GROUP_ENTRIES = {
    "routes:group_suggestions": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "routes:group_invite": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, method="POST"),
    "routes:group_need": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_call, method="POST"
    ),
    "routes:group_invitation": Entry(allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_invitation),
    "routes:group_answer": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_invitation, method="POST"
    ),
    "routes:route_batch": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS),
    "routes:route_batch POST": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS, method="POST"),
}  # fmt: skip
