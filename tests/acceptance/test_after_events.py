"""After an event, in the year of three papers: materials, the form of an open lesson, how it was, results of a contest.
By HTTP only."""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core import mail
from django.core.cache import cache
from django.db import connection

from tests.acceptance.event_year import QUARTERS, Year, begun, main_of
from tests.acceptance.walker import Walker, words
from tests.events.event_factories import pdf
from tests.waiting import what_differs
from traektoria.core.tasks.worker import do_what_is_due

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
GUESTS = ("one", "two", "three", "far", "leaves")
WELL = {"useful": "yes", "applies": "soon", "change": "nothing"}
BADLY = {"useful": "no", "applies": "no", "change": "pace"}
HOW, SAW = "Как прошло", "Что видно на уроке"


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"


def adds(y: Year, event: str, title: str, time: str, readers: str = "participants") -> None:
    material = {"title": title, "time": time, "readers": readers, "file": pdf(title, f"{title}.pdf")}
    y.by("tutor", f"{event}materials/new/").press("Добавить", material, at="main")


def taken(by: Walker, said: str) -> bytes:
    """The file behind a link, which comes bit by bit."""
    (href, *_others) = [str(one.get("href")) for one in by.page.iter("a") if words(one).startswith(said)]
    return b"".join(by.client.get(href).streaming_content)  # type: ignore[attr-defined]


def letters(said: str) -> list[str]:
    """To whom one of this subject went, in the order of their addresses."""
    return sorted(str(one.to[0]) for one in mail.outbox if one.subject == said)


def test_gelendzhik_a_lesson_is_observed(monkeypatch: pytest.MonkeyPatch) -> None:
    """«Открытые уроки 1 раз в четверть», given by a teacher: what is for before is read by who takes part, what is for
    after when it is over; each visitor has one form, and who gave the lesson reads it."""
    y = begun("gelendzhik", monkeypatch)
    line, day = y.line(y.plan(), "Открытые уроки"), QUARTERS[0]
    y.at(day - timedelta(days=7), 10)
    lesson = y.announced(line, "tutor", "Задача на доли", day, others=y.surname("three"))
    adds(y, lesson, "План урока", "before")
    adds(y, lesson, "Карточки", "after")
    for name in ("one", "two"):
        y.registers(name, lesson)
    assert "План урока" in y.by("one", lesson).text
    assert "План урока" not in y.by("far", lesson).text
    y.at(day, 16)
    y.door(lesson, "one", "two")
    y.at(day, 17)
    assert taken(y.by("one", lesson), "Карточки").startswith(b"%PDF")
    form = y.by("one", lesson).follow(SAW)
    seen = {name: "clearly" for name in form.page.xpath("//main//input/@name") if str(name).startswith("see_")}
    assert len(seen) == 6
    form.press("Сохранить", {**seen, "takes": "Начну с чертежа"}, at="main")
    y.by("one", lesson).follow(SAW).press("Сохранить", {**seen, "takes": "Возьму карточки"}, at="main")
    y.by("two", lesson).follow(SAW).press("Сохранить", {**seen, "see_time": "partly"}, at="main")
    read = y.by("three", f"{lesson}observations/").text
    assert "2 листа" in read
    assert "Возьму карточки" in read
    assert "Начну с чертежа" not in read
    for name in ("two", "head", "far"):
        assert y.by(name).client.get(f"{lesson}observations/").status_code == 403
    y.strangers_see_nothing(lesson)
    y.over(lesson, 90, "one", "two")
    assert what_differs() == []


def test_tbilisskaya_who_came_says_how_it_was(monkeypatch: pytest.MonkeyPatch) -> None:
    """A seminar of the quarter: one letter to each, on «My day» until it is said; told once, after the term, without
    names."""
    if connection.vendor != "sqlite":
        pytest.skip("the same tables as the other centre's")
    y = begun("tbilisskaya", monkeypatch)
    y.plan()
    seminar = y.lived("", "Читаем задачу", QUARTERS[0], *GUESTS, known=7, kind="seminar")
    y.at(QUARTERS[0], 17, 30)
    assert HOW in y.by("two").text, "on their day"
    y.by("one", f"{seminar}feedback/").press("Отправить", WELL, at="main")
    y.at(QUARTERS[0], 19)
    asked = letters("Как прошло?")
    assert asked == sorted(f"{y.people[name].pk}@example.org" for name in GUESTS[1:]), "who has said it is not asked"
    for name in GUESTS[1:4]:
        y.by(name, f"{seminar}feedback/").press("Отправить", WELL, at="main")
    y.by("leaves", f"{seminar}feedback/").press("Отправить", BADLY | {"own_words": "Быстро"}, at="main")
    assert HOW not in main_of(y.by("two"))
    assert "Быстро" not in y.by("tutor", f"{seminar}feedback/told/").text, "not before the term"
    y.at(QUARTERS[0] + timedelta(days=15), 10)
    told = main_of(y.by("tutor", f"{seminar}feedback/told/"))
    assert "Ответили 5 человек" in told
    assert "Быстро" in told
    assert not [name for name in GUESTS if y.surname(name) in told]
    assert y.by("one").client.get(f"{seminar}feedback/told/").status_code == 403
    assert letters("Как прошло?") == asked
    y.strangers_see_nothing(seminar)
    y.letters_went_once()


def test_yamal_a_contest_has_results(monkeypatch: pytest.MonkeyPatch) -> None:
    """An outer contest of the region that was announced: a teacher writes down the own result with a scan, the
    coordinator those of others; each reads their own."""
    if connection.vendor != "sqlite":
        pytest.skip("the same tables as the other centre's")
    y = begun("yamal", monkeypatch)
    outer = {
        "kind": "contest", "title": "Учитель года", "source": "Департамент", "deadline": "2026-09-25",
        "level": "regional",
    }  # fmt: skip
    by = y.by("coordinator", "/events/outer/new/").press("Объявить", outer, at="main")
    contest = by.path
    y.at(date(2026, 11, 10), 12)
    result = {"place": "winner", "day": "2026-11-05", "words": "Молодой педагог", "file": pdf("Диплом", "Диплом.pdf")}
    mine = y.by("one", f"{contest}result/").press("Сохранить", result, at="main")
    assert "Учитель года" in mine.text
    assert taken(mine, "Скан диплома").startswith(b"%PDF")
    others = {"others": f"{y.surname('two')}, {y.surname('head')}", "place": "finalist", "day": "2026-11-05"}
    kept = y.by("coordinator", f"{contest}result/").press("Сохранить", others, at="main").text
    assert kept.count("финалист") >= 2
    for name, there in (("one", "победитель"), ("two", "финалист"), ("head", "финалист")):
        assert there in main_of(y.by(name, "/events/results/")), name
    assert "Учитель года" not in main_of(y.by("far", "/events/results/"))
    for name in ("foreign_coordinator", "foreign_teacher"):
        assert y.by(name).client.get(f"{contest}result/").status_code == 404
    do_what_is_due()
    assert what_differs() == []
