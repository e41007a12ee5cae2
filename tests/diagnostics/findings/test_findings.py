"""From conclusions to suppositions: proposed to everybody once, or taken by the teacher; words of the page."""

import re
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.urls import reverse

from tests.diagnostics.campaign_factories import make_answer, make_campaign, make_instrument, make_item, make_sitting
from tests.diagnostics.campaign_factories import make_participant as participant_of
from tests.diagnostics.result_factories import actor_of_role, fill, make_work, sit
from tests.factories import make_account, make_centre, make_member
from tests.routes.support_factories import make_support
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign, rules_for
from traektoria.diagnostics.findings.enums import ASKED_TASKS, Finding
from traektoria.diagnostics.findings.feedback import Feedback, FeedbackTopic, chance_words, compare, feedback_of
from traektoria.diagnostics.models import (
    Answer,
    Campaign,
    FormItem,
    Hypothesis,
    NamedDifficulty,
    PartAnalysis,
    Participant,
    Sitting,
    TopicFinding,
)
from traektoria.diagnostics.problem_field.actions import from_campaign as actions
from traektoria.diagnostics.problem_field.actions.hypotheses import drop_hypothesis
from traektoria.diagnostics.problem_field.card import card
from traektoria.diagnostics.problem_field.enums import HypothesisState, Origin
from traektoria.diagnostics.problem_field.queries.hypotheses import suppositions_from, visible_to
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.regulations.diagnostics_rules import DiagnosticsRules
from traektoria.people.actor import Actor, actor_of
from traektoria.people.enums import Role
from traektoria.people.models import AccessRecord

pytestmark = pytest.mark.django_db


def told(participant: Participant, rules: DiagnosticsRules, actor: Actor) -> Feedback:
    return feedback_of(participant, rules, actor, suppositions_from)


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
        "schema": 3, "finding": "expressed", "items": 5, "points": 1.0, "most": 5.0, "expected": 41.0,
        "expected_low": 30.0, "expected_high": 52.0, "probability": 96.0,
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
        "5 заданий, баллов: 1 из 5, на этих заданиях ожидается 41 % (от 30 до 52), вероятность дефицита 96 %"
    )
    assert shown.source == f"{campaign.title}: {sitting.part.version.instrument.title}"
    assert shown.picture is not None
    assert (shown.picture.own, shown.picture.low, shown.picture.width, shown.picture.is_work) == (164, 120, 88, True)
    assert shown.picture.of_asked
    assert shown.finding_words == "выраженное затруднение"
    older = visible_to(by).get()
    del older.evidence["schema"]
    older.save()
    shown = card(visible_to(by).get(), by)
    assert "на многих таких заданиях ожидается" in re.sub(r"\s", " ", shown.evidence)
    assert not shown.picture.of_asked


def test_likely_and_not_firm(centre: TutorCentre) -> None:
    """A high probability that does not keep the promise is «возможен», and the page says why."""
    _campaign, sitting = analysed(centre)
    finding_of(sitting, Finding.POSSIBLE, probability=0.96)
    finding_of(sitting, Finding.POSSIBLE, topic="Степени", probability=0.7)
    participant = sitting.participant
    page = told(participant, rules_for(participant.campaign), actor_of(participant.person.account))
    firm = {topic.finding.topic: (topic.is_held_back, "непрочно" in topic.said) for topic in page.topics}
    assert firm == {"Дроби": (True, True), "Степени": (False, False)}
    assert re.sub(r"\s", " ", page.topics[0].probability) == "96 %"


def test_what_was_said_by_the_earlier_rule_stays_and_says_so(client: Client, centre: TutorCentre) -> None:
    campaign, sitting = analysed(centre)
    finding_of(sitting)
    analysis = PartAnalysis.objects.get()
    analysis.content["schema"] = 2
    analysis.save()
    client.force_login(sitting.participant.person.account)
    address = reverse("diagnostics:feedback", args=[sitting.token])
    text = client.get(address).content.decode()
    assert "Рассчитано по прежнему правилу" in text
    assert "на многих таких заданиях ожидается" in text
    assert "Из ста" not in text
    assert TopicFinding.objects.get().finding == Finding.EXPRESSED
    for _time in range(2):
        analyse_campaign(campaign=campaign, by=None)
        text = client.get(address).content.decode()
        assert "Пересчитано по более строгому правилу" in text
        assert "на многих таких заданиях" not in text


@pytest.mark.parametrize(
    ("share", "said"), [(0.575, "58 %"), (0.5746, "57 %"), (0.145, "15 %"), (0.125, "13 %"), (0.5749999, "57 %")]
)
def test_one_figure_on_the_page_of_the_work_and_in_the_problem_field(
    centre: TutorCentre, share: float, said: str
) -> None:
    campaign, sitting = analysed(centre)
    found = finding_of(sitting, completion=share, low=share - 0.1, high=share + 0.1, probability=0.935)
    by = actor_of(sitting.participant.person.account)
    actions.propose_from_campaign(campaign=campaign, by=actor_of_role(centre, Role.COORDINATOR))
    topic = FeedbackTopic(found, rules_for(campaign), False, None, None)
    evidence = card(visible_to(by).get(), by).evidence
    assert topic.expected.replace("\xa0", " ").startswith(f"{said} (")
    assert topic.expected in evidence
    assert topic.plain in evidence
    assert topic.probability.split(" – ")[0] in evidence


def test_figures_made_anew_are_the_same_in_the_problem_field(centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sitting = sit(campaign, [0, 1, 0, 1, 0, 1], make_member(centre, Role.TEACHER).person)
    analyse_campaign(campaign=campaign, by=None)
    by = actor_of(sitting.participant.person.account)
    first = TopicFinding.objects.get(topic="Дроби")
    taken = actions.take_topic(finding=first, by=by)
    Answer.objects.filter(sitting=sitting, form_item__position=1).update(score=1)
    analyse_campaign(campaign=campaign, by=None)
    taken.refresh_from_db()
    assert taken.state == HypothesisState.CONFIRMED
    assert taken.evidence == actions.evidence_of(TopicFinding.objects.get(topic="Дроби"), ASKED_TASKS)
    assert taken.evidence["points"] == float(first.points) + 1


@pytest.mark.parametrize("named", ["учет и отчётность", "Учёт и  отчетность", "УЧЁТ И ОТЧЁТНОСТЬ"])
def test_a_named_topic_is_found_without_regard_to_yo(centre: TutorCentre, named: str) -> None:
    _campaign, sitting = analysed(centre)
    finding_of(sitting, topic="Учёт и отчётность")
    NamedDifficulty.objects.create(participant=sitting.participant, topic=named)
    found = told(sitting.participant, rules_for(sitting.participant.campaign), actor_of_person(sitting))
    assert [(one.topic, one.kind) for one in found.compared] == [(named, "both")]
    assert [topic.named for topic in found.topics] == [True]


def actor_of_person(sitting: Sitting) -> Actor:
    return actor_of(sitting.participant.person.account)


def test_named_against_measured(centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    rules = rules_for(sitting.participant.campaign)
    topics = [
        FeedbackTopic(finding_of(sitting, kind, topic=name), rules, named, None, None)
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


def test_a_topic_is_found_with_either_letter(centre: TutorCentre) -> None:
    _campaign, sitting = analysed(centre)
    rules = rules_for(sitting.participant.campaign)
    topic = FeedbackTopic(finding_of(sitting, topic="Приёмы счёта"), rules, True, None, None)
    assert [(one.topic, one.kind) for one in compare([topic], ["приемы  счета"])] == [("приемы  счета", "both")]
    NamedDifficulty.objects.create(participant=sitting.participant, topic="Приемы счета")
    (own,) = told(sitting.participant, rules, actor_of(sitting.participant.person.account)).topics
    assert own.named


def test_a_topic_written_with_either_letter_is_one_topic(centre: TutorCentre) -> None:
    items = [make_item(centre, topic=topic) for topic in ("Приемы", "Приёмы", "приемы ") for _item in range(2)]
    campaign = make_campaign(centre, [make_instrument(centre, items)], state=CampaignState.CLOSED)
    sitting = sit(campaign, [1, 1, 0, 1, 0, 1], make_member(centre, Role.TEACHER).person)
    analyse_campaign(campaign=campaign, by=None)
    (one,) = TopicFinding.objects.filter(sitting=sitting)
    assert (one.topic, one.items) == ("Приёмы", 6)


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
    (topic,) = told(again.participant, rules_for(second), actor_of(again.participant.person.account)).topics
    assert re.sub(r"\s", " ", topic.before) == "в прошлый раз 41 % (от 30 до 52): это изменение"


def test_figures_of_a_whole_campaign_reach_the_pages(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sittings = fill(campaign, 40)
    analyse_campaign(campaign=campaign, by=None)
    person = sittings[0].participant.person
    client.force_login(make_account(person))
    assert client.get(reverse("diagnostics:feedback", args=[sittings[0].token])).status_code == 200


def test_what_the_work_showed_appears_when_it_exists(client: Client, centre: TutorCentre) -> None:
    """On the desk, beside the work and beside the problem field; before it is counted, nowhere."""
    campaign = make_work(centre)
    sitting = sit(campaign, [0, 1, 0, 1, 0, 1], make_member(centre, Role.TEACHER).person)
    client.force_login(sitting.participant.person.account, backend="django.contrib.auth.backends.ModelBackend")
    pages = ("/", reverse("diagnostics:work_list"), reverse("diagnostics:hypothesis_list"))
    there = reverse("diagnostics:feedback", args=[sitting.token])
    assert [there in client.get(page).content.decode() for page in pages] == [False, False, False]
    analyse_campaign(campaign=campaign, by=None)
    said = [client.get(page).content.decode() for page in pages]
    assert [there in page and "Что показала работа" in page for page in said] == [True, True, True]


@pytest.mark.parametrize(
    ("kind", "mine", "said"),
    [
        (Finding.EXPRESSED, True, "Эту тему вы назвали и сами."),
        (Finding.EXPRESSED, False, "Эту тему назвал и сам учитель."),
        (Finding.NO_GROUNDS, True, "Но вы сами отметили её как трудную"),
        (Finding.LITTLE_DATA, True, "Но вы сами отметили её как трудную"),
    ],
)
def test_the_word_of_the_teacher_agrees_with_what_the_work_says(
    centre: TutorCentre, kind: str, mine: bool, said: str
) -> None:
    _campaign, sitting = analysed(centre)
    topic = FeedbackTopic(finding_of(sitting, kind), rules_for(sitting.participant.campaign), True, None, None)
    page = render_to_string("diagnostics/feedback/topic.html", {"topic": topic, "mine": mine})
    assert said in page.replace("\xa0", " ")
