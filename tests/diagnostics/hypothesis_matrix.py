"""Who may open what in the room: one hypothesis of the own centre's teacher, supported by ``tutor``."""

from typing import Any

from django.utils import timezone

from tests.diagnostics.factories import make_hypothesis
from tests.matrix import EVERYONE, Entry
from tests.results.samples import make_dataset
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.results.queries import UNKNOWN

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
BOTH = TEACHERS | TUTORS
OWNERS = {"teacher", "tutor"}


def prepare_hypotheses(world: World) -> None:
    if "support" not in world.things:
        teacher = world.accounts["teacher"].person
        world.things["support"] = make_support(world.own, world.accounts["tutor"].person, teacher)
    world.things["dataset"] = make_dataset(world.own).dataset
    teacher = world.accounts["teacher"].person
    world.things["hypothesis"] = make_hypothesis(world.own, teacher)
    decided = {"state": "dropped", "decided_at": timezone.now(), "decided_by": world.accounts["tutor"].person}
    world.things["dropped_hypothesis"] = make_hypothesis(world.own, teacher, **decided)


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.things["hypothesis"].pk}


def _dropped(world: World) -> dict[str, Any]:
    return {"pk": world.things["dropped_hypothesis"].pk}


def _settled(world: World) -> dict[str, Any]:
    """A file of whose schools it is known whether they are ours."""
    dataset = world.things["dataset"]
    dataset.schools.filter(**UNKNOWN).update(not_ours=True)
    return {"pk": dataset.pk}


def _person(world: World) -> dict[str, Any]:
    return {"pk": world.accounts["teacher"].person_id}


def _topic(world: World) -> dict[str, Any]:
    subject = "russian" if world.viewer == "second_tutor" else "math"
    return {"topic": "Работа с текстом", "subject": subject, "block": "subject", "strength": "moderate"}


HYPOTHESIS_ENTRIES = {
    "diagnostics:hypothesis_list": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "diagnostics:hypothesis_add": Entry(allowed=TEACHERS, forbidden=EVERYONE - TEACHERS),
    "diagnostics:hypothesis_add POST": Entry(
        allowed=TEACHERS, forbidden=EVERYONE - TEACHERS, method="POST", data=_topic
    ),
    "diagnostics:hypothesis_detail": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk),
    "diagnostics:hypothesis_confirm": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk, method="POST"),
    "diagnostics:hypothesis_drop": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_pk, method="POST"),
    "diagnostics:hypothesis_discuss": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_pk, method="POST"
    ),
    "diagnostics:hypothesis_reopen": Entry(allowed=OWNERS, forbidden=EVERYONE - BOTH, kwargs=_dropped, method="POST"),
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
        kwargs=_settled,
        method="POST",
    ),
    "diagnostics:person_field": Entry(allowed={"tutor", "second_tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_person),
    "diagnostics:person_hypothesis_add": Entry(
        allowed={"tutor", "second_tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_person
    ),
    "diagnostics:person_hypothesis_add POST": Entry(
        allowed={"tutor", "second_tutor"}, forbidden=EVERYONE - TUTORS, kwargs=_person, method="POST", data=_topic
    ),
}
