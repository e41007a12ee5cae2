"""Kushchevskaya's September: control work and questionnaire, then routes for the year; by HTTP only, without script.

One teacher goes through the pages; the others answer by the same actions, so that groups are large enough. Once: the
demo asks the same actions on PostgreSQL.
"""

import random
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import TestCase
from django.utils import timezone

import traektoria.demo
from tests.acceptance.systems import Founded, founded
from tests.acceptance.walker import Walker
from tests.factories import make_employment, make_member, make_person, make_school
from tests.routes.support_factories import make_support
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.demo.answers import Sitter, answer
from traektoria.diagnostics.items.content import content_of
from traektoria.diagnostics.models import FormItem, Hypothesis, InstrumentVersion, Participant
from traektoria.diagnostics.problem_field.actions.hypotheses import confirm_hypothesis
from traektoria.diagnostics.problem_field.enums import Origin
from traektoria.diagnostics.sittings.actions import answers as saving
from traektoria.diagnostics.sittings.actions import participation, sittings
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import Account
from traektoria.routes.models import LearningRoute, SupportNeed

pytestmark = [pytest.mark.django_db, pytest.mark.database]
BANK = Path(traektoria.demo.__file__).parent / "data" / "diagnostics_math.gift"
TOPICS = ("Числа и проценты", "Уравнения и неравенства", "Функции и графики", "Геометрия")
PEOPLE = 22
STATEMENTS = "Разбираю задания второй части\n− Не хватает времени"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()


def teachers_of(centre: Founded) -> list[Account]:
    """Teachers of mathematics at two schools, the candidate of the founding among them."""
    schools = [centre.school, make_school(centre.centre)]
    made = []
    for number in range(PEOPLE - 1):
        person = make_person()
        school = schools[number % 2]
        make_employment(person, school, subjects=["math"])
        made.append(make_member(centre.centre, Role.TEACHER, school, person))
    return made


def fill_bank(by: Walker) -> None:
    by.open("/diagnostics/bank/import/")
    by.press("Посмотреть", {"file": SimpleUploadedFile(BANK.name, BANK.read_bytes())})
    assert "34" in by.text
    by.press("Загрузить", {"subject": "math", "block": "subject"})


def control_work(by: Walker) -> None:
    """Forms A and B by a plan, published."""
    by.open("/diagnostics/instruments/new/")
    by.press("Создать", {"kind": "control_work", "title": "Контрольная работа", "subject": "math"})
    by.open(f"{by.path}plan/")
    plan = {f"n-{place}-{level}": "2" for place in range(len(TOPICS)) for level in ("basic", "raised")}
    by.press("Собрать варианты", plan | {"n-1-high": "1"})
    by.follow("Настройки").press("Сохранить", {"minutes": "60", "markers": "1"})
    by.press("Опубликовать")
    assert "опубликован" in by.text


def questionnaire(by: Walker) -> None:
    """Statements on a scale, and topics to tick."""
    by.open("/diagnostics/instruments/new/")
    by.press("Создать", {"kind": "questionnaire", "title": "Анкета", "subject": ""})
    by.follow("Несколько утверждений").press("Добавить", {"statements": STATEMENTS, "scale": "Уверенность"})
    by.follow("Новое задание").follow("Выбор без")
    named = {f"options-{place}-text": topic for place, topic in enumerate(TOPICS)}
    by.press("Сохранить", {"text": "Что труднее всего?", "many": "on", "difficulties": "on", **named})
    by.press("Опубликовать")
    assert "опубликован" in by.text


def campaign(by: Walker) -> None:
    """Both for all teachers of mathematics, for two weeks from today."""
    today = timezone.localdate()
    by.open("/diagnostics/campaigns/").follow("Новая диагностика")
    by.press(
        "Дальше",
        {
            "title": "Сентябрьская диагностика",
            "purpose": "Составить маршруты на год",
            "basis": "План работы",
            "start_day": today.isoformat(),
            "end_day": (today + timedelta(days=14)).isoformat(),
        },
    )
    for version in InstrumentVersion.objects.order_by("pk"):
        by.press("Добавить", {"version": str(version.pk)})
    tutor = Account.objects.get(person__roles__role=Role.TUTOR).person
    by.follow("Кто проверяет").press("Сохранить", {"markers": [str(tutor.pk)]})
    by.follow("Выбрать людей").press("Показать", {"subject": "math"}).press("Пригласить")
    by.follow("Сентябрьская").press("Открыть диагностику")
    assert f"{PEOPLE}" in by.text


def sits(me: Walker) -> None:
    """Consent on one screen, then every item on its page, as a plain form; handed in."""
    me.open("/").follow("Прочитать и решить").press("Соглашаюсь")
    for _part in range(2):
        me.follow("Начать").press("Начать")
        for number in range(len(items_on(me))):
            me.open(f"{me.path.partition('?')[0]}?item={number + 1}").press("Сохранить", given(me))
        me.press("Сдать")
        me.open("/diagnostics/works/")
    assert "Начать" not in me.text


def items_on(me: Walker) -> list[Any]:
    return [one for one in me.page.iter("fieldset") if one.get("data-prefix")]


def given(me: Walker) -> dict[str, Any]:
    """Something for every field of the item that is open."""
    item = next(one.get("value") for one in me.page.iter("input") if one.get("name") == "item")
    place = next(one for one in items_on(me) if one.get("data-prefix") == f"i{item}")
    texts = {one.get("name"): "5" for one in place.iter("input", "textarea") if one.get("type") in (None, "text")}
    ticked = {
        one.get("name"): one.get("value") for one in place.iter("input") if one.get("type") in ("radio", "checkbox")
    }
    ranks = {one.get("name"): str(rank) for rank, one in enumerate(place.iter("select"), 1)}
    return texts | ticked | ranks


def suppositions(by: Walker, teachers: list[Account]) -> None:
    """The figures become suppositions, which teachers confirm in their own fields."""
    by.open("/diagnostics/campaigns/").follow("Сентябрьская")
    results = f"{by.path}results/"
    with TestCase.captureOnCommitCallbacks(execute=True):
        by.open(results).press("Рассчитать")
    assert "Ответы подсчитываются" in by.open(results).text
    do_what_is_due()
    by.open(results).press("Предложить")
    for account in teachers:
        for one in Hypothesis.objects.filter(person=account.person_id, origin=Origin.WORK, topic="Геометрия"):
            confirm_hypothesis(hypothesis=one, by=actor_of(account))


def joins_group(by: Walker, teachers: list[Account]) -> None:
    """A group by common topics: the coordinator learns who is in it from those who join, and looks for a tutor."""
    by.open("/support/groups/")
    assert "Геометрия" in by.text
    assert not any(one.person and one.person.surname in by.text for one in teachers)
    by.press("Пригласить")
    asked = [one for one in teachers if "Вас приглашают в групповой маршрут" in Walker(one).open("/").text]
    assert len(asked) >= 3
    for account in asked[:3]:
        Walker(account).open("/").follow("Прочитать и решить").press("Хочу присоединиться")
    by.open("/support/groups/").press("Найти группе тьютора")
    need = SupportNeed.objects.get()
    assert set(need.teachers.values_list("pk", flat=True)) == {one.person_id for one in asked[:3]}


def answered_by_others(teachers: list[Account]) -> None:
    """The others answer by the same actions; they know numbers well and geometry badly."""
    chance = random.Random(7)
    for account in teachers:
        me = actor_of(account)
        participant = Participant.objects.get(person=account.person_id)
        participation.give_campaign_consent(participant=participant, by=me)
        sitter = Sitter(account.username, chance, chance.gauss(0, 0.15))
        for sitting in participant.sittings.select_related("part__version"):
            begun = sittings.start_sitting(sitting=sitting, by=me)
            asked = FormItem.objects.filter(version=begun.part.version, form=begun.form)
            answers = [
                saving.GivenAnswer(
                    one.pk, answer(content_of(one.item_version.content), sitter, one.item_version.item.topic)
                )
                for one in asked.select_related("item_version__item")
            ]
            saving.save_answers(sitting=begun, tab="1-test", answers=answers, by=me)
            sittings.hand_in(sitting=begun, by=me)


def closed_and_marked(by: Walker, marker: Walker) -> None:
    """Closed by the coordinator; the tutor judges the extended answers, which have no names."""
    by.open("/diagnostics/campaigns/").follow("Сентябрьская").press("Закрыть диагностику")
    marker.open("/diagnostics/marking/").follow("Начать проверку")
    while "Готово" in marker.text:
        good = "Дискриминант" in marker.text
        marker.press("Готово", {"k0": "2" if good else "0", "k1": "1" if good else "0"})
    assert "21 из 21" in marker.open("/diagnostics/marking/").text


def test_control_work_and_questionnaire_become_routes() -> None:
    centre = founded("kushchevskaya")
    tutor, by = make_member(centre.centre, Role.TUTOR, centre.school), centre.coordinator
    fill_bank(by)
    control_work(by)
    questionnaire(by)
    teachers = teachers_of(centre)
    campaign(by)
    me = Walker(teachers[0])
    sits(me)
    answered_by_others(teachers[1:])
    closed_and_marked(by, Walker(tutor))
    suppositions(by, teachers)
    feedback = me.open("/diagnostics/works/").follow("Что показала работа").text
    assert "Где поддержка может помочь" in feedback
    assert "Геометрия – совпало" in feedback
    joins_group(by, teachers)
    make_support(centre.centre, tutor.person, teachers[0].person)
    Walker(tutor).open("/support/routes/drafts/").press("Подготовить 1 маршрут")
    route = LearningRoute.objects.get()
    assert route.support.members.get().person == teachers[0].person
    assert "Геометрия" in me.open("/support/mine/").text
