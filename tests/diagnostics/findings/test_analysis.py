"""Making the figures of a closed campaign: what is kept, again and again the same."""

from typing import Any

import pytest

from tests.diagnostics.campaign_factories import make_answer, make_campaign, make_instrument, make_item, make_sitting
from tests.diagnostics.campaign_factories import make_participant as participant_of
from tests.diagnostics.result_factories import actor_of_role, fill, make_work, part_of, sit
from tests.factories import make_centre, make_member
from traektoria.core.errors import Conflict, Refused
from traektoria.diagnostics.campaigns.actions.opening import close_campaign
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign, analyse_if_ready
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.models import BankItem, FormItem, Marking, NamedDifficulty, PartAnalysis, TopicFinding
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db


def kept() -> list[Any]:
    fields = ("sitting", "topic", "items", "points", "most", "completion", "probability", "finding")
    findings = list(TopicFinding.objects.order_by("sitting", "topic").values_list(*fields))
    items = list(BankItem.objects.order_by("pk").values_list("facility", "rest", "difficulty", "n", "asked"))
    return [findings, items, [one.content for one in PartAnalysis.objects.order_by("pk")]]


def test_a_work_of_sixty_people() -> None:
    centre = make_centre()
    campaign = make_work(centre)
    fill(campaign, 60)
    by = actor_of_role(centre, Role.COORDINATOR)
    (made,) = analyse_campaign(campaign=campaign, by=by)
    assert (made.content["people"], made.content["waiting"], made.content["silent"]) == (60, 0, 0)
    assert (made.content["model"]["model"], made.content["model"]["needed"]) == ("rasch", 50)
    first = made.content["items"][0]
    assert (first["number"], first["n"], first["facility"]) == (1, 60, 0.533333)
    assert [(one["option"], one["is_key"], one["n"]) for one in first["options"]] == [("0", True, 32), ("1", False, 28)]
    assert made.content["forms"][""]["test"]["n_complete"] == 60
    item = BankItem.objects.order_by("pk")[0]
    assert (item.n, item.asked, item.facility) == (60, 60, 0.533333)
    assert item.difficulty == first["difficulty"]
    assert TopicFinding.objects.count() == 120
    once = kept()
    analyse_campaign(campaign=campaign, by=by)
    assert kept() == once


def test_a_few_people_give_little_data() -> None:
    centre = make_centre()
    campaign = make_work(centre)
    sit(campaign, [1, 0, 1, 0, 1, 0])
    (made,) = analyse_campaign(campaign=campaign, by=None)
    assert made.content["forms"][""] == {"n": 1, "test": None, "notes": [], "refused": []}
    assert made.content["model"]["reason"] == "few_items"
    assert made.content["topics"]["few"]
    assert set(TopicFinding.objects.values_list("finding", flat=True)) == {Finding.LITTLE_DATA}
    assert list(TopicFinding.objects.values_list("topic", "items", "points", "most")) == [
        ("Дроби", 3, 3, 3), ("Уравнения", 3, 0, 3),
    ]  # fmt: skip
    item = BankItem.objects.order_by("pk")[0]
    assert (item.n, item.facility, item.asked) == (0, None, 1)


def test_a_questionnaire_has_scales_and_named_difficulties() -> None:
    centre = make_centre()
    items = [
        make_item(centre, "likert"),
        make_item(centre, "likert", content={"reverse": True}),
        make_item(centre, "choice"),
        make_item(centre, "open"),
    ]
    campaign = make_campaign(centre, [make_instrument(centre, items, "questionnaire")], state=CampaignState.CLOSED)
    rows = list(FormItem.objects.order_by("position"))
    for number in range(12):
        sitting = make_sitting(participant_of(campaign), state=SittingState.SUBMITTED)
        step = number % 4 + 1
        for row, value in zip(
            rows, ({"step": step}, {"step": 5 - step}, {"choices": [0], "other": "Проценты"}, {"text": "Жду"}),
            strict=True,
        ):  # fmt: skip
            make_answer(sitting, row, value)
    (made,) = analyse_campaign(campaign=campaign, by=None)
    survey = made.content["survey"]
    assert [(one["kind"], one["n"], one["counts"]) for one in survey["questions"]] == [
        ("likert", 12, [3, 3, 3, 3]), ("likert", 12, [3, 3, 3, 3]), ("choice", 12, [12, 0]), ("open", 12, []),
    ]  # fmt: skip
    assert survey["questions"][2]["other"] == 12
    (scale,) = survey["scales"]
    assert (scale["name"], scale["items"], scale["n"], scale["mean"], scale["alpha"]) == ("Опыт", 2, 12, 2.5, 1.0)
    assert set(NamedDifficulty.objects.values_list("topic", flat=True)) == {"Дроби", "Проценты"}
    assert NamedDifficulty.objects.count() == 24
    analyse_campaign(campaign=campaign, by=None)
    assert NamedDifficulty.objects.count() == 24


def test_who_and_when() -> None:
    centre = make_centre()
    campaign = make_work(centre, state=CampaignState.OPEN)
    by = actor_of_role(centre, Role.COORDINATOR)
    with pytest.raises(Conflict, match="Рассчитать результаты можно"):
        analyse_campaign(campaign=campaign, by=by)
    with pytest.raises(Refused):
        analyse_campaign(campaign=campaign, by=actor_of_role(centre, Role.TUTOR))
    assert not analyse_if_ready(campaign)


def test_at_the_closing_nothing_is_made_while_marks_are_waited_for() -> None:
    centre = make_centre()
    version = make_instrument(centre, [make_item(centre, "extended"), make_item(centre)])
    campaign = make_campaign(centre, [version], state=CampaignState.CLOSED)
    assert not analyse_if_ready(campaign)
    sitting = make_sitting(participant_of(campaign), state=SittingState.SUBMITTED)
    answer = make_answer(sitting, FormItem.objects.get(version=version, position=1), {"text": "Доказано."})
    assert not analyse_if_ready(campaign)
    answer.score = 2
    answer.save()
    assert analyse_if_ready(campaign)
    assert part_of(campaign).analysis.content["waiting"] == 0


def test_the_closing_hands_out_answers_or_makes_the_figures() -> None:
    centre = make_centre()
    by = actor_of_role(centre, Role.COORDINATOR)
    counted = make_work(centre, state=CampaignState.OPEN)
    sit(counted, [1, 0, 1, 0, 1, 0])
    close_campaign(campaign=counted, by=by)
    assert part_of(counted).analysis.content["people"] == 1
    version = make_instrument(centre, [make_item(centre, "extended")])
    judged = make_campaign(centre, [version])
    part_of(judged).markers.set([make_member(centre, Role.TUTOR).person])
    sitting = make_sitting(participant_of(judged), state=SittingState.SUBMITTED)
    make_answer(sitting, FormItem.objects.get(version=version), {"text": "Доказано."})
    close_campaign(campaign=judged, by=by)
    assert Marking.objects.count() == 1
    assert not PartAnalysis.objects.filter(part__campaign=judged).exists()
