"""Who may open what of campaigns: a draft, an open and a closed one of the own centre; the teacher is invited."""

from typing import Any

from django.urls import reverse

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.factories import make_employment
from tests.matrix import EVERYONE, Entry, sheet
from tests.world import World

COORDINATORS = {"coordinator", "foreign_coordinator"}
HEADS = {"head", "deputy_head", "foreign_head"}
OWN_HEADS = {"head", "deputy_head"}
WINDOW = {"start_day": "2030-09-01", "start_time": "00:00", "end_day": "2030-09-09", "end_time": "23:59"}
FACTS = {"title": "Диагностика", "purpose": "Маршруты", "basis": "План", "grace_minutes": "30", **WINDOW}


def prepare_campaigns(world: World) -> None:
    teacher, school = world.accounts["teacher"].person, world.school
    version = make_instrument(world.own, [make_item(world.own, "extended")])
    for state in ("draft", "open", "closed"):
        campaign = make_campaign(world.own, [version], state)
        row = make_participant(campaign, teacher, consented=state == "closed", school=school)
        if state != "draft":
            make_sitting(row, state="new")
        world.things[f"{state}_campaign"] = campaign
        world.things[f"{state}_participant"] = row
    colleague = world.accounts["other_teacher"].person
    assert colleague is not None
    make_employment(colleague, school)
    world.things["draft_campaign"].parts.get().markers.set([world.accounts["tutor"].person])


def _of(state: str, what: str = "campaign") -> Any:
    return lambda world: {"pk": world.things[f"{state}_{what}"].pk}


def _part(world: World) -> dict[str, Any]:
    return {"pk": world.things["draft_campaign"].parts.get().pk}


def _kept(state: str = "draft", **fields: Any) -> Entry:
    """For the coordinator of the centre alone."""
    return Entry(**{"allowed": {"coordinator"}, "forbidden": EVERYONE - COORDINATORS, "kwargs": _of(state), **fields})


def _own(state: str, **fields: Any) -> Entry:
    """The invited person's page: nobody else's, and not the coordinator's."""
    return Entry(**{"allowed": {"teacher"}, "kwargs": _of(state), **fields})


def _markers(world: World) -> dict[str, Any]:
    return {"markers": [world.accounts["other_tutor"].person_id]}


def _seen(world: World) -> dict[str, Any]:
    """The seal of the words of consent on the page."""
    row = _of("open")(world)
    page, to = (reverse(f"diagnostics:work_{name}", kwargs=row) for name in ("detail", "consent"))
    return sheet(world, "teacher", page, to)


POSTED: dict[str, Any] = {"method": "POST"}
CAMPAIGN_ENTRIES = {
    "diagnostics:campaign_list": Entry(allowed=COORDINATORS | HEADS, forbidden=EVERYONE - COORDINATORS - HEADS),
    "diagnostics:campaign_new": Entry(allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS),
    "diagnostics:campaign_new POST": Entry(
        allowed=COORDINATORS, forbidden=EVERYONE - COORDINATORS, data=lambda world: FACTS, **POSTED
    ),
    "diagnostics:campaign_detail": _kept(),
    "diagnostics:campaign_detail open": _kept("open"),
    "diagnostics:campaign_detail closed": _kept("closed"),
    "diagnostics:campaign_edit": _kept(),
    "diagnostics:campaign_edit POST": _kept(data=lambda world: FACTS, **POSTED),
    "diagnostics:campaign_edit open": _kept("open"),
    "diagnostics:campaign_preview": _kept(),
    "diagnostics:campaign_part_add": _kept(
        data=lambda world: {"version": world.things["published_version"].pk}, **POSTED
    ),
    "diagnostics:campaign_part_edit": _kept(kwargs=_part),
    "diagnostics:campaign_part_edit POST": _kept(kwargs=_part, data=_markers, **POSTED),
    "diagnostics:campaign_part_remove": _kept(kwargs=_part, **POSTED),
    "diagnostics:campaign_open": _kept(**POSTED),
    "diagnostics:campaign_close": _kept("open", **POSTED),
    "diagnostics:campaign_copy": _kept("closed", **POSTED),
    "diagnostics:campaign_repeat": _kept("closed", data=lambda world: WINDOW, **POSTED),
    "diagnostics:campaign_discard": _kept(**POSTED),
    "diagnostics:campaign_people": _kept(),
    "diagnostics:campaign_people POST": _kept("open", data=lambda world: {"all": "1"}, **POSTED),
    "diagnostics:campaign_participants": _kept("open"),
    "diagnostics:participant_remove": _kept(kwargs=_of("draft", "participant"), **POSTED),
    "diagnostics:campaign_remind": _kept("open", **POSTED),
    "diagnostics:campaign_school": Entry(allowed=OWN_HEADS, forbidden=EVERYONE - HEADS, kwargs=_of("open")),
    "diagnostics:work_list": Entry(allowed=EVERYONE),
    "diagnostics:work_detail": _own("open"),
    "diagnostics:work_detail closed": _own("closed"),
    "diagnostics:work_consent": _own("open", data=_seen, **POSTED),
    "diagnostics:work_decline": _own("open", **POSTED),
    "diagnostics:work_withdraw": _own("closed", **POSTED),
}
