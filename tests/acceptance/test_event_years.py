"""A school year of events, as papers write it: from the line of the plan to the certificate that a stranger
checks. By HTTP only; a second centre looks on and sees nothing, one teacher leaves in autumn."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection

from tests.acceptance.event_year import QUARTERS, Year, begun, main_of
from tests.acceptance.walker import Walker
from tests.thoroughness import rounds
from tests.waiting import what_differs
from traektoria.events.models import Announcement

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def lives(y: Year, line: str, title: str, day: date, *came: str, **fields: Any) -> str:
    """An event of the line, announced three weeks before, an hour and a half in the afternoon; all register."""
    y.at(day - timedelta(days=21), 10)
    event = y.announced(line, "tutor", title, day, **fields)
    for name in came:
        y.registers(name, event)
    y.at(day, 16)
    y.door(event, *came)
    y.at(day, 17)
    y.over(event, 90, *came)
    return event


def ends(y: Year, last: date, *events: str) -> None:
    """At the end: hours, letters, what waits, and a second centre."""
    y.at(last, 20)
    y.hours(last=last)
    y.letters_went_once()
    y.strangers_see_nothing(*events)
    assert what_differs() == []


def test_tbilisskaya(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the same tables as the other centre's")
    y = begun("tbilisskaya", monkeypatch)
    plan = y.plan()
    events = []
    # Three forms, «Раз в четверть» each: of a quarter each line is offered the one of its own form.
    for number, day in enumerate(QUARTERS[: rounds(1, 4)], 1):
        for shift, said, kind in ((-2, "Мастер-классы", "Мастер-класс"), (-1, "Семинары", "Информационный семинар"),
                                  (0, "Круглые столы", "Круглый стол")):  # fmt: skip
            came = ("one", "two") if shift else ("two", "far")
            line = y.line(plan, said)
            event = lives(y, line, f"{kind} № {number}", day + timedelta(days=shift), *came, subjects=["math"])
            assert main_of(y.by("one", event)).partition(f"№ {number} ")[2].count(kind), event
            events.append(event)
    for said in ("Мастер-классы", "Семинары", "Круглые столы"):
        y.counts(plan, y.line(plan, said), of=4, held=rounds(1, 4))
    ends(y, QUARTERS[rounds(1, 4) - 1] + timedelta(days=5), *events[:2])


def test_yamal(monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("the same tables as the other centre's")
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
    event = lives(y, line, "Обучающий семинар тьютора", QUARTERS[0], "one", "three", kind="training_seminar")
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
