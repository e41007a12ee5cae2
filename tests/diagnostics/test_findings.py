"""From conclusions to suppositions: proposed to everybody once, or taken by the teacher; words of the page."""

import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.diagnostics.campaign_factories import make_answer, make_campaign, make_instrument, make_item, make_sitting
from tests.diagnostics.campaign_factories import make_participant as participant_of
from tests.diagnostics.result_factories import actor_of_role, fill, make_work, sit
from tests.factories import make_account, make_centre, make_member
from tests.routes.support_factories import make_support
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.diagnostics.actions import findings as actions
from traektoria.diagnostics.actions.analysing import analyse_campaign, rules_for
from traektoria.diagnostics.actions.hypotheses import drop_hypothesis
from traektoria.diagnostics.enums import CampaignState, Finding, HypothesisState, Origin, SittingState
from traektoria.diagnostics.feedback import Topic, chance_words, compare, feedback_of
from traektoria.diagnostics.models import Campaign, FormItem, Hypothesis, Sitting, TopicFinding
from traektoria.diagnostics.queries.hypotheses import visible_to
from traektoria.diagnostics.wording import card
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import AccessRecord

pytestmark = pytest.mark.django_db


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


def finding_of(sitting: Sitting, finding: str = Finding.EXPRESSED, **fields: Any) -> TopicFinding:
    values = {
        "topic": "Дроби", "block": "subject", "items": 5, "points": 1, "most": 5, "completion": 0.41, "low": 0.3,
        "high": 0.52, "probability": 0.96, "finding": finding, **fields,
    }  # fmt: skip
    return TopicFinding.objects.create(sitting=sitting, **values)


def analysed(centre: TutorCentre) -> tuple[Campaign, Sitting]:
    """A campaign of one person with figures made."""
    campaign = make_work(centre)
    sitting = sit(campaign, [0, 1, 0, 1, 0, 1], make_member(centre, Role.TEACHER).person)
    analyse_campaign(campaign=campaign, by=None)
    TopicFinding.objects.all().delete()
    return campaign, sitting


def test_each_person_gets_their_own_once(centre: TutorCentre) -> None:
    campaign, sitting = analysed(centre)
    finding_of(sitting)
    finding_of(sitting, Finding.POSSIBLE, topic="Уравнения", probability=0.6)
    finding_of(sitting, Finding.NO_GROUNDS, topic="Проценты", probability=0.1)
    by = actor_of_role(centre, Role.COORDINATOR)
    assert actions.propose_from_campaign(campaign=campaign, by=by) == actions.Proposed(1, 2)
    assert actions.propose_from_campaign(campaign=campaign, by=by) == actions.Proposed(1, 0)
    rows = Hypothesis.objects.order_by("pk").values_list("topic", "origin", "strength", "subject", "state")
    assert list(rows) == [
        ("Дроби", Origin.WORK, "strong", "math", "proposed"), ("Уравнения", Origin.WORK, "weak", "math", "proposed"),
    ]  # fmt: skip
    assert Hypothesis.objects.order_by("pk")[0].evidence == {
        "finding": "expressed", "items": 5, "points": 1.0, "most": 5.0, "expected": 41.0, "expected_low": 30.0,
        "expected_high": 52.0, "probability": 96.0,
    }  # fmt: skip


def test_what_people_named_is_kept_apart(centre: TutorCentre) -> None:
    version = make_instrument(centre, [make_item(centre, "choice", block="methodical")], "questionnaire", subject="")
    campaign = make_campaign(centre, [version], state=CampaignState.CLOSED)
    sitting = make_sitting(participant_of(campaign), state=SittingState.SUBMITTED)
    make_answer(sitting, FormItem.objects.get(), {"choices": [1], "other": "Проценты"})
    analyse_campaign(campaign=campaign, by=None)
    by = actor_of_role(centre, Role.COORDINATOR)
    assert actions.propose_from_campaign(campaign=campaign, by=by) == actions.Proposed(1, 2)
    assert actions.propose_from_campaign(campaign=campaign, by=by).hypotheses == 0
    rows = Hypothesis.objects.order_by("topic")
    assert [(row.topic, row.origin, row.block, row.evidence) for row in rows] == [
        ("Проценты", Origin.QUESTIONNAIRE, "methodical", {}), ("Уравнения", Origin.QUESTIONNAIRE, "methodical", {}),
    ]  # fmt: skip
    shown = card(rows[0], by)
    assert (shown.picture, shown.evidence) == (None, "")
    assert shown.sentence.startswith("Педагог сам назвал")


@pytest.mark.parametrize("state", [SittingState.EXPIRED, SittingState.RUNNING])
def test_what_was_not_handed_in_is_not_proposed(centre: TutorCentre, state: str) -> None:
    campaign, sitting = analysed(centre)
    finding_of(sitting)
    Sitting.objects.update(state=state, running_since="2026-09-01T10:00Z" if state == SittingState.RUNNING else None)
    by = actor_of_role(centre, Role.COORDINATOR)
    assert actions.propose_from_campaign(campaign=campaign, by=by) == actions.Proposed(0, 0)


def test_who_proposes_and_when(centre: TutorCentre) -> None:
    campaign = make_work(centre)
    with pytest.raises(Conflict, match="Сначала рассчитайте"):
        actions.propose_from_campaign(campaign=campaign, by=actor_of_role(centre, Role.COORDINATOR))
    with pytest.raises(Refused):
        actions.propose_from_campaign(campaign=campaign, by=actor_of_role(centre, Role.TUTOR))


def test_a_teacher_takes_a_topic_once(centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    finding = finding_of(sitting, Finding.NO_GROUNDS, probability=0.2)
    by = actor_of(sitting.participant.person.account)
    taken = actions.take_topic(finding=finding, by=by)
    assert (taken.state, taken.origin, taken.strength) == (HypothesisState.CONFIRMED, Origin.WORK, "")
    assert actions.take_topic(finding=finding, by=by).pk == taken.pk
    with pytest.raises(Refused):
        actions.take_topic(finding=finding, by=actor_of_role(centre, Role.TEACHER))


def test_a_dropped_supposition_is_not_taken_behind_the_back(centre: TutorCentre) -> None:
    campaign, sitting = analysed(centre)
    finding = finding_of(sitting)
    by = actor_of(sitting.participant.person.account)
    actions.propose_from_campaign(campaign=campaign, by=actor_of_role(centre, Role.COORDINATOR))
    drop_hypothesis(hypothesis=Hypothesis.objects.get(), by=by)
    with pytest.raises(Invalid):
        actions.take_topic(finding=finding, by=by)


def test_the_card_says_the_evidence(centre: TutorCentre) -> None:
    campaign, sitting = analysed(centre)
    finding_of(sitting)
    by = actor_of(sitting.participant.person.account)
    actions.propose_from_campaign(campaign=campaign, by=actor_of_role(centre, Role.COORDINATOR))
    shown = card(visible_to(by).get(), by)
    assert re.sub(r"\s", " ", shown.evidence) == (
        "5 заданий, 1 из 5 баллов, на многих таких заданиях ожидается 41 % (от 30 до 52), вероятность дефицита 96 %"
    )
    assert shown.source == f"{campaign.title}: {sitting.part.version.instrument.title}"
    assert shown.picture is not None
    assert (shown.picture.own, shown.picture.low, shown.picture.width, shown.picture.is_work) == (164, 120, 88, True)
    assert shown.finding_words == "выражен"


def test_named_against_measured(centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    rules = rules_for(sitting.participant.campaign)
    topics = [
        Topic(finding_of(sitting, kind, topic=name), rules, named, None, None)
        for kind, name, named in (
            (Finding.EXPRESSED, "Дроби", True),
            (Finding.EXPRESSED, "Степени", False),
            (Finding.NO_GROUNDS, "Проценты", True),
            (Finding.LITTLE_DATA, "Углы", True),
        )
    ]
    found = compare(topics, ["дроби ", "Проценты", "Углы", "Площади"])
    assert [(one.topic, one.kind) for one in found] == [
        ("дроби ", "both"), ("Проценты", "only_named"), ("Углы", "unsure"), ("Площади", "not_asked"),
        ("Степени", "only_shown"),
    ]  # fmt: skip
    assert compare(topics, []) == []


def test_probabilities_have_words() -> None:
    said = {
        0.95: "почти наверняка",
        0.8: "весьма вероятно",
        0.5: "скорее да, чем нет",
        0.3: "скорее нет, чем да",
        0.1: "маловероятно",
        0.01: "почти наверняка нет",
    }
    assert {share: chance_words(share) for share in said} == said


def test_the_page_waits_then_tells(client: Client, centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    page = reverse("diagnostics:feedback", args=[sitting.token])
    client.force_login(sitting.participant.person.account)
    finding_of(sitting)
    finding_of(sitting, Finding.NO_GROUNDS, topic="Уравнения", completion=0.86, probability=0.02)
    text = client.get(page).content.decode()
    assert [text.index(words) for words in ("Что освоено уверенно", "Где поддержка может помочь")] == sorted(
        text.index(words) for words in ("Что освоено уверенно", "Где поддержка может помочь")
    )
    assert "почти наверняка" in text
    Campaign.objects.update(state=CampaignState.OPEN)
    waiting = client.get(page).content.decode()
    assert "Результаты ещё не готовы" in waiting
    assert "Дроби" not in waiting
    assert client.get(reverse("diagnostics:feedback_answers", args=[sitting.token])).status_code == 403


def test_whose_page_it_is(client: Client, centre: TutorCentre, django_assert_max_num_queries: Any) -> None:
    _campaign, sitting = analysed(centre)
    finding = finding_of(sitting)
    page = reverse("diagnostics:feedback", args=[sitting.token])
    person = sitting.participant.person
    tutor = make_member(centre, Role.TUTOR)
    for account in (tutor, make_member(centre, Role.COORDINATOR), make_member(centre, Role.TEACHER)):
        client.force_login(account)
        assert client.get(page).status_code == 404
    make_support(centre, tutor.person, person)
    client.force_login(tutor)
    with django_assert_max_num_queries(25):
        assert client.get(page).status_code == 200
    assert AccessRecord.objects.filter(person_id=person.pk, subject_kind="diagnostics.feedback").count() == 1
    assert page in client.get(reverse("diagnostics:person_field", args=[person.pk])).content.decode()
    client.force_login(person.account)
    client.post(reverse("diagnostics:finding_take", args=[finding.pk]))
    assert Hypothesis.objects.get().state == HypothesisState.CONFIRMED
    assert "в проблемном поле" in client.get(page).content.decode()


def test_own_answers_with_the_key(client: Client, centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    client.force_login(sitting.participant.person.account)
    text = client.get(reverse("diagnostics:feedback_answers", args=[sitting.token])).content.decode()
    assert text.count("Верный ответ:") == 3
    sitting.part.version.settings = {"show_answers": False}
    sitting.part.version.save()
    assert client.get(reverse("diagnostics:feedback_answers", args=[sitting.token])).status_code == 403


def test_a_second_measurement_stands_beside_the_first(centre: TutorCentre) -> None:
    first, sitting = analysed(centre)
    finding_of(sitting, completion=0.41, low=0.3, high=0.52)
    second = make_work(centre, follows=first)
    again = sit(second, [1, 1, 1, 1, 1, 1], sitting.participant.person)
    analyse_campaign(campaign=second, by=None)
    TopicFinding.objects.filter(sitting=again).delete()
    finding_of(again, Finding.NO_GROUNDS, completion=0.8, low=0.7, high=0.9)
    (topic,) = feedback_of(again.participant, rules_for(second)).topics
    assert re.sub(r"\s", " ", topic.before) == "в прошлый раз 41 % (от 30 до 52): это изменение"


def test_figures_of_a_whole_campaign_reach_the_pages(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 40)
    analyse_campaign(campaign=campaign, by=None)
    person = sittings[0].participant.person
    client.force_login(make_account(person))
    assert client.get(reverse("diagnostics:feedback", args=[sittings[0].token])).status_code == 200
