"""Who may open the results of a campaign: the coordinator its figures, the teacher and the tutor the teacher's own."""

from typing import Any

from tests.diagnostics.campaign_factories import (
    make_answer,
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.diagnostics.result_factories import make_work, part_of, sit
from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.models import FormItem, Marking, TopicFinding
from traektoria.diagnostics.sittings.enums import SittingState

COORDINATORS = {"coordinator", "foreign_coordinator"}
OWN = {"teacher", "tutor"}
TUTORS = {"tutor", "other_tutor", "foreign_tutor"}
TEACHING = {"teacher", "other_teacher", "foreign_teacher", "tutor", "other_tutor", "foreign_tutor"}


def prepare_findings(world: World) -> None:
    """A closed campaign of the own centre that the teacher sat, with its figures made."""
    campaign = make_work(world.own)
    world.things["analysed_sitting"] = sit(campaign, [0, 1, 0, 1, 0, 1], world.accounts["teacher"].person)
    world.things["analysed_campaign"] = campaign
    analyse_campaign(campaign=campaign, by=None)
    world.things["marking"] = _handed_out(world)
    world.things["to_hand_out"] = _handed_out(world).answer.sitting.part.campaign
    Marking.objects.exclude(pk=world.things["marking"].pk).delete()


def _handed_out(world: World) -> Any:
    """An answer of the teacher, handed out to the tutor."""
    version = make_instrument(world.own, [make_item(world.own, "extended")])
    campaign = make_campaign(world.own, [version], CampaignState.CLOSED)
    part_of(campaign).markers.set([world.accounts["tutor"].person])
    sitting = make_sitting(make_participant(campaign, world.accounts["teacher"].person), state=SittingState.SUBMITTED)
    answer = make_answer(sitting, FormItem.objects.get(version=version), {"text": "Решение"})
    return Marking.objects.create(answer=answer, marker=world.accounts["tutor"].person)


def _campaign(world: World) -> dict[str, Any]:
    return {"pk": world.things["analysed_campaign"].pk}


def _part(world: World) -> dict[str, Any]:
    return {"pk": part_of(world.things["analysed_campaign"]).pk}


def _token(world: World) -> dict[str, Any]:
    return {"token": world.things["analysed_sitting"].token}


def _finding(world: World) -> dict[str, Any]:
    return {"pk": TopicFinding.objects.filter(sitting=world.things["analysed_sitting"])[0].pk}


def _kept(kwargs: Any, method: str = "GET", **fields: Any) -> Entry:
    return Entry(allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=kwargs, method=method, **fields)


def _not_handed_out(world: World) -> dict[str, Any]:
    return {"pk": world.things["to_hand_out"].pk}


def _markers(world: World) -> dict[str, Any]:
    return {"markers": [world.accounts[name].person_id for name in ("tutor", "other_tutor")]}


def _marking(world: World) -> dict[str, Any]:
    return {"pk": world.things["marking"].pk}


def _marked_part(world: World) -> dict[str, Any]:
    return {"pk": world.things["marking"].answer.sitting.part_id}


def _marked(kwargs: Any, **fields: Any) -> Entry:
    return Entry(allowed={"tutor"}, forbidden=EVERYONE - TUTORS, kwargs=kwargs, **fields)


FINDINGS_ENTRIES = {
    "diagnostics:marking_list": Entry(allowed=TUTORS, forbidden=EVERYONE - TUTORS),
    "diagnostics:marking_next": _marked(_marked_part),
    "diagnostics:marking_answer": _marked(_marking),
    "diagnostics:marking_answer POST": _marked(_marking, method="POST", data=lambda world: {"k0": "1", "k1": "1"}),
    "diagnostics:marking_progress": _kept(_campaign),
    "diagnostics:marking_hand_out": _kept(_not_handed_out, "POST"),
    "diagnostics:part_markers": _kept(_marked_part, "POST", data=_markers),
    "diagnostics:campaign_results": _kept(_campaign),
    "diagnostics:campaign_analyse": _kept(_campaign, "POST"),
    "diagnostics:campaign_propose": _kept(_campaign, "POST"),
    "diagnostics:part_results": _kept(_part),
    "diagnostics:part_results_xlsx": Entry(  # nothing is published of one person: there is no file for anybody
        allowed=set(), forbidden=EVERYONE - COORDINATORS, kwargs=_part
    ),
    "diagnostics:campaign_topics": _kept(_campaign),
    "diagnostics:campaign_topics_xlsx": _kept(_campaign),
    "diagnostics:feedback": Entry(allowed=OWN, kwargs=_token),
    "diagnostics:feedback_answers": Entry(allowed=OWN, kwargs=_token),
    "diagnostics:finding_take": Entry(
        allowed=OWN, forbidden=EVERYONE - TEACHING, kwargs=_finding, method="POST"
    ),
}  # fmt: skip
