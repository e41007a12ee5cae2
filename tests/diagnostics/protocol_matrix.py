"""Who may open what of protocols: a draft and a shared one that ``tutor`` keeps about ``teacher``."""

from typing import Any

from tests.diagnostics.protocol_factories import make_form, make_protocol
from tests.matrix import EVERYONE, Entry
from tests.routes.support_factories import make_support
from tests.world import World

TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
READERS = TUTORS | {"teacher", "other_teacher", "foreign_teacher"}


def prepare_protocols(world: World) -> None:
    teacher, tutor = world.accounts["teacher"].person, world.accounts["tutor"].person
    if "support" not in world.things:
        world.things["support"] = make_support(world.own, tutor, teacher)
    version = world.things["form_version"] = make_form(world.own)
    world.things["draft_protocol"] = make_protocol(version, teacher, tutor)
    world.things["shared_protocol"] = make_protocol(version, teacher, tutor, shared=True)


def _of(name: str) -> Any:
    return lambda world: {"pk": world.things[name].pk}


def _person(world: World) -> dict[str, Any]:
    return {"pk": world.accounts["teacher"].person_id}


def _keeps(kwargs: Any, **fields: Any) -> Entry:
    """For the tutor who supports the teacher and keeps the protocol."""
    return Entry(**{"allowed": {"tutor"}, "forbidden": EVERYONE - TUTORS, "kwargs": kwargs, **fields})


DAY = {"held_on": "2026-11-12", "about": "5А"}


def _begun(world: World) -> dict[str, Any]:
    return {"version": world.things["form_version"].pk, **DAY}


FOREIGN = "the form is of the own centre, where this tutor supports nobody"
DRAFT, SHARED = _of("draft_protocol"), _of("shared_protocol")
PROTOCOL_ENTRIES = {
    "diagnostics:protocol_list": Entry(allowed=READERS, forbidden=EVERYONE - READERS),
    "diagnostics:protocol_new": _keeps(_person, allowed={"tutor", "second_tutor"}),
    "diagnostics:protocol_new POST": _keeps(
        _person, method="POST", data=_begun, allowed={"tutor", "second_tutor"}, not_now={"second_tutor": FOREIGN}
    ),
    "diagnostics:protocol_blank": _keeps(_of("form_version"), allowed={"tutor", "other_tutor"}),
    "diagnostics:protocol_detail": Entry(allowed={"tutor"}, forbidden=EVERYONE - READERS, kwargs=DRAFT),
    "diagnostics:protocol_detail shared": Entry(
        allowed={"tutor", "teacher"}, forbidden=EVERYONE - READERS, kwargs=SHARED
    ),
    "diagnostics:protocol_write": _keeps(DRAFT, method="POST", data=lambda world: DAY),
    "diagnostics:protocol_discard": _keeps(DRAFT, method="POST"),
    "diagnostics:protocol_take_back": _keeps(SHARED, method="POST"),
    "diagnostics:protocol_confirm": Entry(
        allowed={"teacher"}, forbidden=EVERYONE - READERS | {"tutor"}, kwargs=SHARED, method="POST"
    ),
}
