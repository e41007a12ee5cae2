"""Pages of results for the coordinator: figures of items and questionnaires, topics by school, nobody by name."""

from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from tests.diagnostics.campaign_factories import make_answer, make_campaign, make_instrument, make_item, make_sitting
from tests.diagnostics.campaign_factories import make_participant as participant_of
from tests.diagnostics.result_factories import fill, make_work, part_of, sit
from tests.factories import make_centre, make_member, make_school
from traektoria.diagnostics.actions.analysing import analyse_campaign
from traektoria.diagnostics.enums import CampaignState, Finding, SittingState
from traektoria.diagnostics.models import Campaign, FormItem, Participant
from traektoria.diagnostics.topic_picture import Share, heat_map, topic_lines
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
YES, NO = Finding.EXPRESSED.value, Finding.NO_GROUNDS.value


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


def counted(centre: TutorCentre, people: int = 24) -> Campaign:
    """A campaign with a key that is wrong: of the first task the wrong answer is kept as right."""
    campaign = make_work(centre)
    fill(campaign, people)
    analyse_campaign(campaign=campaign, by=None)
    return campaign


def book(content: bytes) -> dict[str, list[tuple[Any, ...]]]:
    found = load_workbook(BytesIO(content))
    return {page.title: list(page.iter_rows(values_only=True)) for page in found}


def test_figures_of_a_work(client: Client, centre: TutorCentre, django_assert_max_num_queries: Any) -> None:
    campaign = counted(centre)
    client.force_login(make_member(centre, Role.COORDINATOR))
    with django_assert_max_num_queries(20):
        page = client.get(reverse("diagnostics:part_results", args=[part_of(campaign).pk]))
    (report,) = page.context["reports"]
    assert (report.n, len(report.lines), report.hidden) == (24, 6, "")
    assert page.context["model"].startswith("Только классический анализ: работу выполнили 24")
    sheets = book(client.get(reverse("diagnostics:part_results_xlsx", args=[part_of(campaign).pk])).content)
    assert list(sheets) == ["Задания", "Выбранные ответы"]
    assert len(sheets["Задания"]) == 7
    assert client.get(reverse("diagnostics:campaign_results", args=[campaign.pk])).status_code == 200


def test_of_a_few_people_nothing_is_shown(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    sit(campaign, [1, 0, 1, 0, 1, 0])
    analyse_campaign(campaign=campaign, by=None)
    client.force_login(make_member(centre, Role.COORDINATOR))
    page = client.get(reverse("diagnostics:part_results", args=[part_of(campaign).pk]))
    assert page.context["hidden"]
    assert page.context["reports"][0].lines == ()
    assert "Дроби" not in client.get(reverse("diagnostics:campaign_topics", args=[campaign.pk])).content.decode()


def test_a_questionnaire_shows_shares_and_no_words(client: Client, centre: TutorCentre) -> None:
    items = [make_item(centre, kind) for kind in ("likert", "choice", "level", "open")]
    campaign = make_campaign(centre, [make_instrument(centre, items, "questionnaire")], state=CampaignState.CLOSED)
    values = ({"step": 2}, {"choices": [0], "other": "Секрет"}, {"step": 3}, {"text": "Тайна"})
    for _number in range(10):
        sitting = make_sitting(participant_of(campaign), state=SittingState.SUBMITTED)
        for row, value in zip(FormItem.objects.order_by("position"), values, strict=True):
            make_answer(sitting, row, value)
    analyse_campaign(campaign=campaign, by=None)
    client.force_login(make_member(centre, Role.COORDINATOR))
    page = client.get(reverse("diagnostics:part_results", args=[part_of(campaign).pk]))
    assert [one.n for one in page.context["questions"]] == [10, 10, 10, 10]
    assert not {"Секрет", "Тайна"} & set(page.content.decode().split())
    sheets = book(client.get(reverse("diagnostics:part_results_xlsx", args=[part_of(campaign).pk])).content)
    assert list(sheets) == ["Вопросы", "Шкалы"]


def test_topics_and_schools(client: Client, centre: TutorCentre) -> None:
    campaign = make_work(centre)
    fill(campaign, 24)
    schools = [make_school(centre, f"СОШ № {number}") for number in (1, 2)]
    for number, row in enumerate(Participant.objects.order_by("pk")):
        row.school = schools[number % 2]
        row.save()
    analyse_campaign(campaign=campaign, by=None)
    client.force_login(make_member(centre, Role.COORDINATOR))
    page = client.get(reverse("diagnostics:campaign_topics", args=[campaign.pk]))
    (one,) = page.context["works"]
    assert [(line.topic, line.n) for line in one.lines] == [("Дроби", 24), ("Уравнения", 24)]
    assert one.heat.schools == ("СОШ № 1", "СОШ № 2")
    sheets = book(client.get(reverse("diagnostics:campaign_topics_xlsx", args=[campaign.pk])).content)
    assert list(sheets) == ["1. Темы", "1. Школы"]


def test_shares_near_the_ends_say_no_number() -> None:
    assert [Share(count, 10).interval for count in (0, 5, 10)] == ["", "24–76", ""]
    assert [Share(count, 10).words.replace("\xa0", " ") for count in (0, 1, 9, 10)] == [
        "меньше 10 %", "10 %", "90 %", "больше 90 %",
    ]  # fmt: skip


def test_small_schools_are_hidden_and_cannot_be_found_by_subtraction() -> None:
    names = {1: "Б", 2: "А", 3: "В"}
    counts = [("Дроби", 1, YES, 12), ("Дроби", 2, NO, 4), ("Дроби", 3, YES, 15), ("Дроби", 3, NO, 15)]
    found = heat_map(counts, names, 10)
    assert found.schools == ("В",)
    assert [(cell.step, cell.n) for cell in found.rows[0][1]] == [(3, 30)]
    assert found.hidden == 2
    assert heat_map([("Дроби", 2, NO, 4)], {2: "А"}, 10).rows == ()


def test_topics_with_few_people_are_hidden() -> None:
    (line,) = topic_lines([("Дроби", 1, YES, 9), ("Дроби", 1, Finding.LITTLE_DATA.value, 20)], 10)
    assert (line.n, line.expressed) == (9, None)
