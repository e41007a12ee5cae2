"""Who may open what of the supports: an active one of ``tutor`` and ``teacher`` in the own centre."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.routes.support_factories import make_support
from tests.world import World

PARTIES = {"tutor", "teacher"}
TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
PROPOSERS = TEACHERS | {"coordinator", "foreign_coordinator", "tutor", "other_tutor", "foreign_tutor"}
IN_GROUP = PARTIES | {"declined", "left"}
NO_PARTIES = {"head", "deputy_head", "foreign_head", "administrator", "coordinator"}
HEADS = {"head", "deputy_head", "foreign_head"}


def prepare_support(world: World) -> None:
    if "support" not in world.things:
        teacher = world.accounts["teacher"].person
        world.things["support"] = make_support(world.own, world.accounts["tutor"].person, teacher)
    people = [world.accounts[name].person for name in ("tutor", "teacher")]
    world.things["proposed_support"] = make_support(world.own, *people, subject="physics", state="proposed")


def _pk(world: World) -> dict[str, Any]:
    return {"pk": world.things["support"].pk}


def _proposed(world: World) -> dict[str, Any]:
    return {"pk": world.things["proposed_support"].pk}


def _group(world: World) -> dict[str, Any]:
    return {"pk": world.things["mixed_group"].pk}


def _request(world: World) -> dict[str, Any]:
    return {"text": "Хочу научиться вести дискуссию."}


SUPPORT_ENTRIES = {
    "routes:support_list": Entry(allowed=PROPOSERS | HEADS, forbidden={"administrator"}),
    "routes:support_new": Entry(allowed=PROPOSERS, forbidden=EVERYONE - PROPOSERS),
    "routes:support_detail": Entry(
        allowed={*PARTIES, "coordinator", "head", "deputy_head"}, forbidden={"administrator"}, kwargs=_pk
    ),
    "routes:support_detail group": Entry(allowed=IN_GROUP | {"coordinator", "head", "deputy_head"}, kwargs=_group,
                                         forbidden={"administrator"}),
    "routes:support_consent": Entry(
        allowed=PARTIES, forbidden=NO_PARTIES, kwargs=_proposed, method="POST"
    ),
    "routes:support_consent group": Entry(
        allowed=IN_GROUP, forbidden=NO_PARTIES, kwargs=_group, method="POST",
        idle=dict.fromkeys(PARTIES, "consented already"),
    ),
    "routes:support_decline": Entry(
        allowed=PARTIES, forbidden=NO_PARTIES, kwargs=_pk, method="POST"
    ),
    "routes:support_decline group": Entry(
        allowed=IN_GROUP, forbidden=NO_PARTIES, kwargs=_group, method="POST",
        idle=dict.fromkeys(("declined", "left"), "declined already"),
    ),
    "routes:support_end": Entry(
        allowed={*PARTIES, "coordinator"}, forbidden={*HEADS, "administrator"}, kwargs=_pk, method="POST",
        data=lambda world: {"reason": "Всё получилось"},
    ),
    "routes:support_end group": Entry(
        allowed={"tutor", "coordinator"}, forbidden={*HEADS, "administrator", "teacher", "declined", "left"},
        kwargs=_group, method="POST",
    ),
    "routes:request_edit": Entry(allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_pk),
    "routes:request_edit post": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - TEACHERS, kwargs=_pk, method="POST", data=_request
    ),
    "routes:request_edit group": Entry(
        allowed={"teacher"}, forbidden={*(EVERYONE - TEACHERS), "declined", "left"}, kwargs=_group, method="POST",
        data=_request,
    ),
}  # fmt: skip
