"""Who may open the results of a campaign: the coordinator its figures, the teacher and the tutor the teacher's own."""

from typing import Any

from tests.diagnostics.result_factories import make_work, part_of, sit
from tests.matrix import EVERYONE, Entry
from tests.world import World
from traektoria.diagnostics.actions.analysing import analyse_campaign
from traektoria.diagnostics.models import TopicFinding

COORDINATORS = {"coordinator", "foreign_coordinator"}
OWN = {"teacher", "tutor"}
TEACHING = {"teacher", "other_teacher", "foreign_teacher", "tutor", "other_tutor", "foreign_tutor"}


def prepare_findings(world: World) -> None:
    """A closed campaign of the own centre that the teacher sat, with its figures made."""
    campaign = make_work(world.own)
    world.things["analysed_sitting"] = sit(campaign, [0, 1, 0, 1, 0, 1], world.accounts["teacher"].person)
    world.things["analysed_campaign"] = campaign
    analyse_campaign(campaign=campaign, by=None)


def _campaign(world: World) -> dict[str, Any]:
    return {"pk": world.things["analysed_campaign"].pk}


def _part(world: World) -> dict[str, Any]:
    return {"pk": part_of(world.things["analysed_campaign"]).pk}


def _token(world: World) -> dict[str, Any]:
    return {"token": world.things["analysed_sitting"].token}


def _finding(world: World) -> dict[str, Any]:
    return {"pk": TopicFinding.objects.filter(sitting=world.things["analysed_sitting"])[0].pk}


def _kept(kwargs: Any, method: str = "GET") -> Entry:
    return Entry(allowed={"coordinator"}, forbidden=EVERYONE - COORDINATORS, kwargs=kwargs, method=method)


FINDINGS_ENTRIES = {
    "diagnostics:campaign_results": _kept(_campaign),
    "diagnostics:campaign_analyse": _kept(_campaign, "POST"),
    "diagnostics:campaign_propose": _kept(_campaign, "POST"),
    "diagnostics:part_results": _kept(_part),
    "diagnostics:part_results_xlsx": _kept(_part),
    "diagnostics:feedback": Entry(allowed=OWN, kwargs=_token),
    "diagnostics:feedback_answers": Entry(allowed=OWN, kwargs=_token),
    "diagnostics:finding_take": Entry(
        allowed=OWN, forbidden=EVERYONE - TEACHING, kwargs=_finding, method="POST"
    ),
}  # fmt: skip
