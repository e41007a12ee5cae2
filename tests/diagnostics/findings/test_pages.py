"""Pages of results for the coordinator: figures of items and questionnaires, topics by school, nobody by name."""

from io import BytesIO
from typing import Any

import numpy as np
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.diagnostics.campaign_factories import make_answer, make_campaign, make_instrument, make_item, make_sitting
from tests.diagnostics.campaign_factories import make_participant as participant_of
from tests.diagnostics.result_factories import fill, make_work, part_of, sit
from tests.errands import asked, everything_is_long, taken
from tests.factories import make_centre, make_member, make_school
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.findings.actions.analysis import analyse_campaign
from traektoria.diagnostics.findings.analysis.disclosed_topics import Crowd, topic_figures
from traektoria.diagnostics.findings.analysis.sheet import ScoreSheet, SittingRow
from traektoria.diagnostics.findings.analysis.topics import TopicResult
from traektoria.diagnostics.findings.enums import Finding
from traektoria.diagnostics.findings.errands import PART, TOPICS, rows_of
from traektoria.diagnostics.findings.models import PartAnalysis
from traektoria.diagnostics.findings.topic_map import HeatMap, PeopleShare, TopicLine, heat_map, topic_lines
from traektoria.diagnostics.findings.topic_sheets import WorkPicture, topic_sheets
from traektoria.diagnostics.models import Campaign, FormItem, Participant
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role
from traektoria.results.sheets import as_xlsx

pytestmark = pytest.mark.django_db
YES, MAYBE, NO = Finding.EXPRESSED.value, Finding.POSSIBLE.value, Finding.NO_GROUNDS.value
LITTLE = Finding.LITTLE_DATA.value


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
    assert page.context["model"].startswith("Только классический анализ: число выполнивших работу – 24")
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
    assert "content" not in page.context
    assert "Задание" not in page.content.decode()
    assert client.get(reverse("diagnostics:part_results_xlsx", args=[part_of(campaign).pk])).status_code == 404
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
    campaign = make_work(centre, items=16)
    fill(campaign, 90)
    schools = [make_school(centre, f"СОШ № {number}") for number in (1, 2)]
    for number, row in enumerate(Participant.objects.order_by("pk")):
        row.school = schools[number % 2]
        row.save()
    analyse_campaign(campaign=campaign, by=None)
    client.force_login(make_member(centre, Role.COORDINATOR))
    page = client.get(reverse("diagnostics:campaign_topics", args=[campaign.pk]))
    (one,) = page.context["works"]
    assert [(line.topic, line.n) for line in one.lines] == [("Дроби", 90), ("Уравнения", 90)]
    assert one.heat.schools == ("СОШ № 1", "СОШ № 2")
    sheets = book(client.get(reverse("diagnostics:campaign_topics_xlsx", args=[campaign.pk])).content)
    assert list(sheets) == ["1. Темы", "1. Школы"]


def shown(counts: dict[tuple[int, str], int]) -> tuple[list[TopicLine], HeatMap]:
    """What is published of one topic: (school, finding) → people."""
    people = [(school, finding) for (school, finding), number in counts.items() for _one in range(number)]
    rows = tuple(SittingRow(place, place, "", False, school) for place, (school, _finding) in enumerate(people))
    sheet = ScoreSheet((), rows, np.empty((len(rows), 0)), {}, 0, 0, (), ())
    found = [
        TopicResult(place, "Дроби", "", 3, 1, 3, None, None, None, None, finding)
        for place, (_school, finding) in enumerate(people)
    ]
    topics = topic_figures(sheet, found, Crowd.of(sheet, 10))
    return topic_lines(topics), heat_map(topics, {1: "Б", 2: "А", 3: "В"})


def test_shares_near_the_ends_say_no_number() -> None:
    (line,), _map = shown({(1, YES): 22, (1, MAYBE): 1, (1, NO): 1})
    assert line.is_hidden
    (line,), _map = shown({(1, YES): 12, (1, MAYBE): 14, (1, NO): 30})
    assert [one and one.words.replace("\xa0", " ") for one in line.shares] == ["21 %", "25 %", "54 %", None]
    assert PeopleShare(12, 24).interval == "31–69"


@pytest.mark.parametrize(
    ("count", "n", "said"),
    [(5, 40, "13"), (23, 40, "58"), (41, 80, "51"), (25, 200, "13"), (1, 201, "0"), (198, 199, "99")],
)
def test_a_half_is_the_same_on_the_page_and_in_the_workbook(count: int, n: int, said: str) -> None:
    share = PeopleShare(count, n)
    assert share.words == f"{said}\xa0%"
    line = TopicLine("Дроби", n, share, share, share, share)
    picture = WorkPicture("Работа", n, None, [line], HeatMap((), (), 0), True)
    page = load_workbook(BytesIO(as_xlsx(list(topic_sheets(picture, 1))))).worksheets[0]
    assert [(page.cell(2, at).value, page.cell(2, at).number_format) for at in (3, 5, 6, 7)] == [(int(said), "0")] * 4


def test_small_schools_are_hidden_and_cannot_be_found_by_subtraction() -> None:
    _lines, found = shown({(1, YES): 12, (2, NO): 4, (3, YES): 15, (3, NO): 15})
    assert (found.schools, found.hidden) == ((), 3)
    _lines, found = shown({(1, YES): 14, (2, NO): 4, (1, NO): 8, (3, YES): 15, (3, NO): 15})
    assert found.schools == ("В",)
    assert [(cell.step, cell.n) for cell in found.rows[0][1]] == [(3, 30)]
    assert found.hidden == 2
    assert shown({(2, NO): 4})[1].rows == ()


def test_topics_with_few_people_are_hidden() -> None:
    (line,), _map = shown({(1, YES): 9, (1, LITTLE): 20})
    assert line.is_hidden


@pytest.mark.parametrize(("kind", "name"), [(PART, "part_results_xlsx"), (TOPICS, "campaign_topics_xlsx")])
def test_long_figures_are_made_by_the_worker_and_given_while_they_are_the_newest(
    client: Client, centre: TutorCentre, kind: str, name: str, monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:  # fmt: skip
    campaign = counted(centre)
    client.force_login(make_member(centre, Role.COORDINATOR))
    url = reverse(f"diagnostics:{name}", args=[part_of(campaign).pk if kind == PART else campaign.pk])
    at_once = book(client.get(url).content)
    everything_is_long(kind, monkeypatch)
    row = asked(client, url, django_capture_on_commit_callbacks)
    assert book(taken(client, row).content) == at_once
    PartAnalysis.objects.update(published_at=timezone.now())
    assert taken(client, row).status_code == 409


def test_how_long_the_file_of_a_work_is_is_known_before(client: Client, centre: TutorCentre) -> None:
    campaign = counted(centre)
    client.force_login(make_member(centre, Role.COORDINATOR))
    sheets = book(client.get(reverse("diagnostics:part_results_xlsx", args=[part_of(campaign).pk])).content)
    assert rows_of(part_of(campaign)) >= sum(len(rows) - 1 for rows in sheets.values())
