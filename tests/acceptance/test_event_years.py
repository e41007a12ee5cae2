"""A school year of events, as three papers write it: from the line of the plan to the certificate that a stranger
checks. By HTTP only; a second centre looks on and sees nothing, one teacher leaves in autumn."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache

from tests.acceptance.event_year import QUARTERS, Year, begun, main_of
from tests.acceptance.tutorial_year import goes_through
from tests.acceptance.walker import Walker
from tests.thoroughness import rounds
from tests.waiting import what_differs
from traektoria.events.models import Announcement

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
ENDS = date(2027, 5, 27)


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def ends(y: Year, last: date, *events: str) -> None:
    """At the end: hours, letters, what waits, and a second centre."""
    y.at(last, 20)
    y.hours(last=last)
    y.letters_went_once()
    y.strangers_see_nothing(*events)
    assert what_differs() == []


def test_gelendzhik(monkeypatch: pytest.MonkeyPatch) -> None:
    y = begun("gelendzhik", monkeypatch)
    plan = y.plan()
    lessons = y.line(plan, "Открытые уроки")
    # «Открытые уроки 1 раз в четверть»: the first one has three places.
    first = y.announced(lessons, "tutor", "Урок: задача на доли", QUARTERS[0], places=3)
    page = y.by("one", first).text
    assert "Открытый урок" in page
    assert "кто пришёл, заполняет лист наблюдения" in page
    y.registers("one", first)
    y.school_registers(first, "two", "leaves")
    y.by("two", first).press("Отказаться")
    y.item_registers(first)
    # Who declined comes back, to the end; schools with low results stand first, though their teacher came later.
    y.registers("two", first, waits=True)
    listed = {"reason": "low_results", "source": "приказ № 377 от 14.08.2026", "text": "СОШ № 9"}
    y.by("coordinator", "/centre/lists/new/").press("Проверить школы", listed).press("Принять список")
    y.registers("far", first, waits=True)
    assert "номер в листе: 1" in y.by("far", first).text
    y.at(date(2026, 9, 20), 10)
    y.leaves_the_centre("leaves")
    assert "Вы записаны" in y.by("far", first).text
    assert "номер в листе: 1" in y.by("two", first).text
    assert y.by("leaves").client.get(first).status_code in (403, 404)
    # At the door a stranger is a guest; who came from an item of the route says yes, and it stands there.
    y.at(QUARTERS[0], 16)
    y.door(first, "one", "three", "far", guests=["Гостева Анна"])
    y.at(QUARTERS[0], 17)
    y.over(first, 90, "one", "three", "far")
    assert "подтверждение" in y.by("three", first).press("Да, засчитать").text
    y.certificates(first, 4)
    checked = y.checked("three", "Урок: задача на доли").text
    assert "1 ч" in checked, checked
    assert "14 октября 2026" in checked
    assert "Урок: задача на доли" not in y.by("two", "/events/certificates/mine/").text
    # «Мастер-классы по отдельному графику»: a series; a date that is missed costs the certificate, not the place.
    classes = y.line(plan, "Мастер-классы")
    days = [date(2026, 11, 11), date(2026, 11, 25)]
    y.at(date(2026, 10, 20), 10)
    series = y.announced(classes, "tutor", "Приёмы смыслового чтения", *days)
    for name in ("one", "two"):
        y.registers(name, series)
    for day, came in zip(days, (("one", "two"), ("one",)), strict=True):
        y.at(day, 16)
        y.door(series, *came)
        for name in came:
            y.attended[name] = y.attended.get(name, 0) + 90
    y.at(days[-1], 17)
    y.over(series, 0)
    y.certificates(series, 2)
    assert "3 ч" in y.checked("one", "Приёмы смыслового чтения").text
    assert "проведённые мероприятия" in y.by("coordinator", classes).text
    # «Групповые занятия для обучающихся», «для учителей и обучающихся»: only numbers.
    for said, title in (("Групповые занятия", "Группа ОГЭ"), ("Тьюторские групповые", "Готовимся к ЕГЭ вместе")):
        day = date(2026, 12, 2)
        y.at(day - timedelta(days=7), 10)
        group = y.announced(y.line(plan, said), "tutor", title, day, start="16:00", end="17:00", places="")
        assert "только, сколько пришло, без имён" in y.by("one", group).text
        y.at(day, 17)
        by = y.by("tutor", group).press("Состоялось", {"pupils": "17"})
        assert "17 учеников" in by.text
        by.press("Завершить", at="main")
        y.at(day, 18)
    # What the paper sets as tasks can be announced: tutorials, supervision, trainings.
    kinds = main_of(y.by("tutor", "/events/new/"))
    for kind in ("Тьюториал", "Супервизия", "Тренинг", "Мастер-класс", "Семинар"):
        assert kind in kinds
    for number, day in enumerate(QUARTERS[1:], 2):
        y.lived(lessons, f"Открытый урок {number}", day, "one", "far")
    y.counts(plan, lessons, of=4)
    # «Тьюториалы»: a programme of two meetings with self-work between them.
    ends(y, ENDS, first, series, goes_through(y))


def test_tbilisskaya(monkeypatch: pytest.MonkeyPatch) -> None:
    y = begun("tbilisskaya", monkeypatch)
    plan = y.plan()
    events = []
    # Three forms, «Раз в четверть» each: of a quarter each line is offered the one of its own form.
    for number, day in enumerate(QUARTERS[: rounds(1, 4)], 1):
        for shift, said, kind in ((-2, "Мастер-классы", "Мастер-класс"), (-1, "Семинары", "Информационный семинар"),
                                  (0, "Круглые столы", "Круглый стол")):  # fmt: skip
            came = ("one", "two") if shift else ("two", "far")
            line = y.line(plan, said)
            event = y.lived(line, f"{kind} № {number}", day + timedelta(days=shift), *came, subjects=["math"])
            assert main_of(y.by("one", event)).partition(f"№ {number} ")[2].count(kind), event
            events.append(event)
    for said in ("Мастер-классы", "Семинары", "Круглые столы"):
        y.counts(plan, y.line(plan, said), of=4, held=rounds(1, 4))
    ends(y, QUARTERS[rounds(1, 4) - 1] + timedelta(days=5), *events[:2])


def test_yamal(monkeypatch: pytest.MonkeyPatch) -> None:
    y = begun("yamal", monkeypatch)
    plan = y.plan()
    # «Информирование о предстоящих семинарах, конференциях, конкурсах муниципального и регионального уровня».
    for kind, title, level in (
        ("contest", "Учитель года", "regional"),
        ("conference", "Чтения", "regional"),
        ("training_seminar", "Семинар института", "municipal"),
    ):
        outer = {"kind": kind, "title": title, "source": "Институт", "deadline": "2026-09-25", "level": level}
        y.by("coordinator", "/events/outer/new/").press("Объявить", outer, at="main")
        assert title in y.by("one", "/events/outer/").text
    told = y.line(plan, "Объявления")
    y.counts(plan, told, of=1, offered=3)
    y.at(date(2026, 9, 26), 9)
    assert "Учитель года" not in main_of(y.by("one", "/events/outer/")), "the day after, it has ended by itself"
    page = Announcement.objects.order_by("pk")[0].pk
    assert y.by("foreign_teacher").client.get(f"/events/outer/{page}/").status_code == 404
    # «Проведение обучающего мероприятия в учебном году», the mandatory minimum.
    line = y.line(plan, "Обучающее мероприятие")
    event = y.lived(line, "Обучающий семинар тьютора", QUARTERS[0], "one", "three", kind="training_seminar")
    y.certificates(event, 3)
    assert "Обучающий семинар" in y.checked("one", "Обучающий семинар тьютора").text
    y.counts(plan, line, of=1)
    # A conference is announced after it is approved; what is returned says why.
    y.at(date(2026, 10, 20), 10)
    by = y.drafted("", "tutor", "Конференция тьюторов", [date(2026, 12, 3)], kind="conference", level="municipal")
    conference = by.press("Отправить на утверждение").path
    assert y.by("one").client.get(conference).status_code == 404
    y.by("coordinator", conference).follow("Вернуть").press("Вернуть", {"reason": "Нет программы"}, at="main")
    assert "Нет программы" in y.by("tutor", conference).text
    y.by("tutor", conference).press("Отправить на утверждение")
    y.by("coordinator", conference).press("Утвердить и объявить")
    for name in ("one", "two"):
        y.registers(name, conference)
    y.by("tutor", conference).follow("Отменить мероприятие").press("Отменить", {"reason": "Карантин"}, at="main")
    assert "Карантин" in y.by("one", conference).text
    ends(y, date(2026, 11, 20), event, conference)
    assert Walker().open("/events/check/").text
