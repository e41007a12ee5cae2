"""A tutorial in the year of a centre: from the programme on the shelf to its certificate, by HTTP only."""

from datetime import date, timedelta
from typing import Any

from django.urls import reverse

from tests.acceptance.event_year import Year
from tests.acceptance.walker import Walker
from tests.diagnostics.result_factories import make_work
from tests.events.event_factories import pdf
from traektoria.diagnostics.models import Campaign
from traektoria.events.models import SelfTask, SelfWork, WorkFile

TITLE, FIRST, SECOND = "От ошибки к приёму", "Собрать работы класса", "Провести фрагмент урока"
MEETINGS = (date(2027, 5, 17), date(2027, 5, 20))
MODULES: tuple[dict[str, Any], ...] = (
    {"title": "Что ученики делают с долями", "minutes": 90, "task": FIRST, "days": 2, "effort": 60},
    {"title": "Приёмы", "minutes": 60, "task": SECOND, "days": 7, "effort": 120},
)


def goes_through(y: Year) -> str:
    """Who goes the whole way has a certificate with the hours of meetings and works; who declined, who left the centre
    and a second centre have none of it. It is closed a week before the last term, for everything is accepted."""
    event = _announced(y)
    _register(y, event)
    _first_meeting(y, event)
    _is_read(y)
    _second_meeting(y, event)
    y.over(event, 0)
    y.certificates(event, 3)
    assert "5 ч 30 мин" in y.checked("one", TITLE).text
    assert TITLE not in y.by("two", "/events/certificates/mine/").text
    _is_evidence(y)
    _foreign(y, event)
    return event


def _announced(y: Year) -> str:
    """Written by the tutor, released, held from its newest version; the coordinator names the diagnostics."""
    y.at(date(2027, 5, 13), 10)
    by = y.by("tutor", "/events/tutorials/").follow("Написать программу")
    by.press("Сохранить", {"title": TITLE, "subjects": ["math"]}, at="main")
    for module in MODULES:
        by.follow("Добавить встречу").press("Сохранить", module, at="main")
    by.press("Выпустить редакцию 1", at="main").follow("Провести")
    when = {"day": MEETINGS[0], "more_days": f"{MEETINGS[1]:%d.%m.%Y}", "start": "15:00"}
    where = {"where": "elsewhere", "place": "методкабинет", "leaders": [y.pk("tutor")], "kind": "tutorial"}
    by.press("Создать черновик", {**when, **where}, at="main").press("Объявить", at="main")
    event = by.path
    entry = make_work(y.centre.centre)
    Campaign.objects.filter(pk=entry.pk).update(title="Доли: вход")
    names = y.by("coordinator", f"{event}diagnostics/")
    assert "Доли: вход" in names.press("Сохранить", {"entry": entry.pk}, at="main").open(f"{event}diagnostics/").text
    return event


def _register(y: Year, event: str) -> None:
    y.registers("one", event)
    y.registers("far", event)
    y.school_registers(event, "two")
    y.by("two", event).press("Отказаться")
    y.item_registers(event)
    page = y.by("one", f"{event}tasks/").text
    assert "Доли: вход" in page, "the way says of the entry diagnostics, whoever is invited to it"
    early = y.by("one", _task(FIRST))
    assert "Сдать можно с" in early.text


def _first_meeting(y: Year, event: str) -> None:
    """A work with a file; who leaves the centre takes part no longer, what they have handed in stays in sight."""
    y.at(MEETINGS[0], 16)
    y.door(event, "one", "three", "far")
    for name in ("one", "three", "far"):
        y.attended[name] = y.attended.get(name, 0) + 90
    y.at(MEETINGS[0], 18)
    y.by("one", _task(FIRST)).press("Сдать работу", {"attachments": [pdf()]}, at="main")
    for name in ("three", "far"):
        y.by(name, _task(FIRST)).press("Сдать работу", {"text": "Десять работ", "link": ""}, at="main")
    assert y.by("two").client.get(_task(FIRST)).status_code == 404
    y.leaves_the_centre("far")
    assert y.by("far").client.get(_task(FIRST)).status_code in (403, 404)


def _is_read(y: Year) -> None:
    """From «My day» of the leader to the next work, and the next; one is finished after a word."""
    by = y.by("tutor").follow("Прочитать")
    assert by.path.endswith("/progress/")
    by.follow(FIRST).open(_work(y, "one")).press("Принять", {"word": "Хорошо"}, at="main")
    y.by("tutor", _work(y, "three")).press("Вернуть на доработку", {"word": "Добавьте ответы"}, at="main")
    y.by("tutor", _work(y, "far")).press("Вернуть на доработку", {"word": "Не закончено"}, at="main")
    assert "Возвращено на доработку" in y.by("three").text
    y.by("three", _task(FIRST)).press("Сдать работу", {"text": "Десять работ с ответами"}, at="main")
    y.by("tutor", _work(y, "three")).press("Принять", at="main")


def _second_meeting(y: Year, event: str) -> None:
    y.at(MEETINGS[1], 16)
    y.door(event, "one", "three")
    for name in ("one", "three"):
        y.attended[name] += 60 + 60 + 120
        y.by(name, _task(SECOND)).press("Сдать работу", {"text": "Провёл"}, at="main")
    y.at(MEETINGS[1], 17)
    assert "Самостоятельные работы сдают до" in y.by("tutor", event).text
    for name in ("one", "three"):
        y.by("tutor", _work(y, name, SECOND)).press("Принять", at="main")
    assert f"Закройте мероприятие: «{TITLE}»" in y.by("tutor").text
    y.at(MEETINGS[1] + timedelta(days=1), 10)


def _is_evidence(y: Year) -> None:
    """Only the teacher's yes makes the work evidence in the route."""
    assert f"Засчитать для маршрута? «{SECOND}»" in y.by("three").text
    y.by("three", _task(SECOND)).press("Да, засчитать", at="main")
    item = y.by("tutor", reverse("routes:item_detail", args=[y.item.pk]))
    assert f"Самостоятельная работа «{SECOND}»" in item.text


def _foreign(y: Year, event: str) -> None:
    paths = [f"{event}tasks/", f"{event}progress/", _task(FIRST), _work(y, "one"), *_files()]
    for name in ("foreign_coordinator", "foreign_teacher"):
        client = y.by(name).client
        assert {client.get(path).status_code for path in paths} == {404}
    assert Walker().client.get(_files()[0]).status_code in (302, 403)


def _files() -> list[str]:
    return [reverse("events:work_file", args=[one.pk]) for one in WorkFile.objects.all()]


def _task(title: str) -> str:
    return reverse("events:task_detail", args=[SelfTask.objects.get(title=title).pk])


def _work(y: Year, whose: str, title: str = FIRST) -> str:
    return reverse("events:work_detail", args=[SelfWork.objects.get(person=y.pk(whose), task__title=title).pk])
