"""Who may open what in the room: one hypothesis of the own centre's teacher, supported by ``tutor``."""

from typing import Any

from tests.diagnostics.factories import make_hypothesis
from tests.matrix import EVERYONE, Entry
from tests.results.making import make_dataset
from tests.routes.support_factories import make_support
from tests.world import World

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
BOTH = TEACHERS | TUTORS
OWNERS = {"teacher", "tutor"}


def prepare_hypotheses(world: World) -> None:
    if "support" not in world.things:
        teacher = world.accounts["teacher"].person
        world.things["support"] = make_support(world.own, world.accounts["tutor"].person, teacher)
    world.things["dataset"] = make_dataset(world.own).dataset
    world.things["hypothesis"] = make_hypothesis(world.own, world.accounts["teacher"].person)


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.things["hypothesis"].pk}


def _person(world: World) -> dict[str, Any]:
    return {"pk": world.accounts["teacher"].person_id}


HYPOTHESIS_ENTRIES = {
    "diagnostics:hypothesis_list": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "diagnostics:hypothesis_add": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "diagnostics:hypothesis_detail": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk),
    "diagnostics:hypothesis_confirm": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk, method="POST"),
    "diagnostics:hypothesis_drop": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk, method="POST"),
    "diagnostics:hypothesis_reopen": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk, method="POST"),
    "diagnostics:hypothesis_block": Entry(
        allowed=OWNERS,
        forbidden=EVERYONE - BOTH,
        kwargs=_pk,
        method="POST",
        data=lambda world: {"block": "methodical"},
    ),
    "diagnostics:dataset_propose": Entry(
        allowed={"coordinator"},
        forbidden=EVERYONE - {"coordinator", "foreign_coordinator"},
        kwargs=lambda world: {"pk": world.things["dataset"].pk},
        method="POST",
    ),
    "diagnostics:person_field": Entry(allowed={"tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_person),
    "diagnostics:person_hypothesis_add": Entry(allowed={"tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_person),
}
