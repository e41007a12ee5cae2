"""Who may open what of the requests for a tutor: one of the school of ``head`` that names ``teacher``."""

from typing import Any

from tests.matrix import EVERYONE, Entry
from tests.routes.need_factories import make_need
from tests.routes.support_factories import make_support
from tests.world import World

TEACHERS = {"teacher", "other_teacher", "foreign_teacher"}
HEADS = {"head", "deputy_head", "foreign_head"}
COORDINATORS = {"coordinator", "foreign_coordinator"}
LEADERS = COORDINATORS | {"tutor", "other_tutor", "foreign_tutor"}
ASKERS = TEACHERS | HEADS


def prepare_need(world: World) -> None:
    if "need" not in world.things:
        world.things["need"] = make_need(world, "teacher")
        teachers = [world.accounts[name].person for name in ("teacher", "other_teacher")]
        world.things["group"] = make_support(world.own, world.accounts["tutor"].person, *teachers, subject="russian")


def _need(world: World) -> dict[str, Any]:
    return {"pk": world.things["need"].pk}


def _group(world: World) -> dict[str, Any]:
    return {"pk": world.things["group"].pk}


def _words(world: World) -> dict[str, Any]:
    return {"subject": "math", "basis": "newcomer", "number": 2}


def _reason(world: World) -> dict[str, Any]:
    return {"reason": "Обошлись сами"}


def _offer(world: World) -> dict[str, Any]:
    people = {"tutor": world.accounts["other_tutor"].person_id, "members": [world.accounts["teacher"].person_id]}
    return {**people, "start": "2026-09-01", "end": "2027-05-31"}


def _successor(world: World) -> dict[str, Any]:
    return {"tutor": world.accounts["other_tutor"].person_id, "reason": "Уходит в отпуск"}


def _member(world: World) -> dict[str, Any]:
    return {"person": world.accounts["withdrew"].person_id}


_SEES = COORDINATORS | ASKERS
NEED_ENTRIES = {
    "routes:need_list": Entry(allowed=_SEES, forbidden=EVERYONE - _SEES),
    "routes:need_new": Entry(allowed=ASKERS, forbidden=EVERYONE - ASKERS),
    "routes:need_new post": Entry(allowed=ASKERS, forbidden=EVERYONE - ASKERS, method="POST", data=_words),
    "routes:need_board": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "routes:need_detail": Entry(
        allowed={"teacher", "head", "deputy_head", "coordinator"}, forbidden=EVERYONE - _SEES, kwargs=_need
    ),
    "routes:need_withdraw": Entry(
        allowed={"head", "deputy_head", "coordinator"},
        forbidden={*(EVERYONE - _SEES), "teacher"},
        kwargs=_need,
        method="POST",
        data=_reason,
    ),
    "routes:need_refuse": Entry(
        allowed={"teacher"}, forbidden={*(EVERYONE - TEACHERS), "other_teacher"}, kwargs=_need, method="POST"
    ),
    "routes:need_offer": Entry(allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_need),
    "routes:need_offer post": Entry(
        allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=_need, method="POST", data=_offer
    ),
    "routes:support_reassign": Entry(allowed={"coordinator", "tutor"}, forbidden=EVERYONE - LEADERS, kwargs=_group),
    "routes:support_reassign post": Entry(
        allowed={"coordinator", "tutor"}, forbidden=EVERYONE - LEADERS, kwargs=_group, method="POST", data=_successor
    ),
    "routes:member_add": Entry(allowed={"coordinator", "tutor"}, forbidden=EVERYONE - LEADERS, kwargs=_group),
    "routes:member_add post": Entry(
        allowed={"coordinator", "tutor"}, forbidden=EVERYONE - LEADERS, kwargs=_group, method="POST", data=_member
    ),
}
