"""Scenes of events: announced ones of several kinds, a series, drafts, what waits for approval, what is over."""

from collections.abc import Sequence
from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

from django.conf import settings
from django.core.files.base import ContentFile
from django.utils import timezone

from traektoria.demo.stage import Stage
from traektoria.engines.intervals import Interval
from traektoria.engines.recurrence import interval_on
from traektoria.events.announcements.actions import AnnouncementFacts, announce_outer
from traektoria.events.attendance.actions import GuestWords, Mark, mark_people
from traektoria.events.certificates.actions.changing import revise_certificate, revoke_certificate
from traektoria.events.certificates.actions.issuing import issue_certificates, issue_named
from traektoria.events.certificates.policies import Signed
from traektoria.events.enrolment.actions import enrolling
from traektoria.events.event.actions import dating, steps, writing
from traektoria.events.event.actions.materials import add_material
from traektoria.events.event.facts import EventFacts
from traektoria.events.feedback.actions import say_how_it_was
from traektoria.events.models import Announcement, Enrolment, Event, EventDate
from traektoria.events.observing.actions import observe_lesson
from traektoria.events.observing.criteria import criteria_of
from traektoria.events.results.actions import Result, say_result
from traektoria.organisations import zones
from traektoria.organisations.models import TutorCentre
from traektoria.routes.needs.queries import teachers_of_school

MEMO = (
    b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
)
"""A page with nothing on it: a file that opens."""
PROGRAMME = "10 Зачем нам это задание\n30 Разбор работ 6 класса\n40 Практика в парах\n10 Вопросы"


def events(stage: Stage) -> None:
    percentages = _announced(
        stage, "master_class", "Проценты без страха: от чека до ОГЭ", ["tutor1"], [stage.day(9)], places=12,
        subjects=("math",), classes="5–6", programme=PROGRAMME, opens_before=20, per_school=3,
        about="Показываем пять приёмов, которые сработали в шестых классах района, и пробуем их на своих задачах.",
    )  # fmt: skip
    add_material(
        event=percentages, time="before", title="Задания для входного разбора",
        link="https://example.org/percentages", by=stage.actor("tutor1"),
    )  # fmt: skip
    for login in ("uchitel1", "uchitel3"):
        _register(stage, percentages, login)
    series = _announced(
        stage, "workshop", "Смысловое чтение: четыре встречи", ["tutor3"],
        [stage.day(12 + 14 * number) for number in range(4)], places=15, subjects=("russian", "literature"),
        start=time(15, 30), end=time(17),
    )  # fmt: skip
    _register(stage, series, "uchitel2")
    _of_school(stage, series)
    second = series.dates.order_by("start")[1]
    to = _hours(stage.population.centre, stage.day(27), time(15, 30), time(17))
    dating.move_dates(date=second, to=to, reason="В этот день районная олимпиада.", by=stage.actor("tutor3"))
    _announced(
        stage, "webinar", "Как читать результаты ВПР и не ошибиться", ["koordinator", "tutor2"], [stage.day(5)],
        way="video", place="", places=None, start=time(16), end=time(17),
    )  # fmt: skip
    full = _announced(
        stage,
        "open_lesson",
        "Задача на доли: урок в 5 классе",
        ["tutor2"],
        [stage.day(8)],
        places=2,
        subjects=("math",),
    )
    for login in ("uchitel1", "uchitel2", "uchitel3", "uchitel17"):
        _register(stage, full, login)
    enrolling.leave(row=Enrolment.objects.get(event=full, person=stage.person("uchitel2")), by=stage.actor("uchitel2"))
    _announced(
        stage, "workshop", "Обыкновенные и десятичные дроби: от ошибок к урокам", ["tutor2"], [stage.day(16)],
        places=20,
        subjects=("math",), classes="5–6", about="Часть числа и число по его части, дроби в задачах ВПР.",
    )  # fmt: skip
    cancelled = _announced(stage, "training", "Тренинг обратной связи", ["tutor2"], [stage.day(6)], places=10)
    steps.cancel_event(event=cancelled, reason="Болезнь ведущего, проведём в январе.", by=stage.actor("tutor2"))
    _draft(stage, "round_table", "Домашнее задание, которое делают", ["tutor1"], [stage.day(30)], "tutor1")
    waits = _draft(
        stage, "conference", "Урок, который хочется повторить", ["koordinator", "tutor1"],
        [stage.day(45)], "tutor1", level="municipal", places=120, start=time(10), end=time(14), place="ДК, большой зал",
    )  # fmt: skip
    steps.propose_event(event=waits, by=stage.actor("tutor1"))
    _over(stage)
    _outer(stage)
    _at_the_door(stage)


def _outer(stage: Stage) -> None:
    """Two that still run, for all and for one subject; one that ends today."""
    centre, by = stage.population.centre, stage.actor("koordinator")
    for kind, title, source, days, more in (
        (
            "contest",
            "Учитель года",
            "Министерство образования",
            25,
            {"for_whom": "учителя со стажем от 3 лет"},
        ),
        ("webinar", "Функциональная грамотность на уроке", "Институт развития образования", 6, {"subjects": ("math",)}),
        ("conference", "Чтения молодых учителей", "Педагогический университет", 0, {"held": "15–16 января"}),
    ):
        facts = AnnouncementFacts(kind, title, source, stage.day(days), "https://example.org/outer", **more)
        row = announce_outer(centre=centre, facts=facts, by=by)
        if kind == "contest":
            _reached(stage, row)


def _reached(stage: Stage, contest: Announcement) -> None:
    """The round of the municipality is over: one has said it with a scan, one without."""
    day = stage.day(-4)
    for login, place, file in (
        ("uchitel1", "winner", ContentFile(MEMO, "Диплом.pdf")),
        ("uchitel3", "finalist", None),
    ):
        result = Result(place, day, "Муниципальный этап", file)
        say_result(contest=contest, people=[stage.person(login).pk], result=result, by=stage.actor(login))


def _register(stage: Stage, event: Event, login: str) -> None:
    enrolling.enrol(event=event, people=[stage.person(login).pk], by=stage.actor(login))


def _of_school(stage: Stage, event: Event) -> None:
    """The head registers two teachers of the school; each may decline."""
    role = stage.person("direktor1").roles.select_related("school").exclude(school=None)[0]
    if role.school:
        rows = teachers_of_school(stage.population.centre.pk, role.school).exclude(pk=stage.person("direktor1").pk)
        people = list(rows.order_by("pk").values_list("pk", flat=True)[:2])
        enrolling.enrol(event=event, people=people, by=stage.actor("direktor1"), school=role.school)


def _over(stage: Stage) -> None:
    lesson = _announced(
        stage, "open_lesson", "Дроби в 5 классе: часть и целое", ["tutor1"], [stage.day(3)], subjects=("math",),
        places=20,
    )  # fmt: skip
    _register(stage, lesson, "uchitel1")
    _register(stage, lesson, "uchitel2")
    row = _back(lesson.dates.get(), -15)
    words = {"uchitel1": "came", "uchitel2": "missed", "uchitel3": "came"}
    marks = [Mark(uuid4(), stage.person(login).pk, said, row.end) for login, said in words.items()]
    mark_people(date=row, marks=marks, by=stage.actor("tutor1"))
    _observed(stage, lesson)
    _certificates(stage, steps.close_event(event=lesson, by=stage.actor("tutor1")))
    _answered(stage)
    pupils = _announced(
        stage, "exam_group", "Группа подготовки к ОГЭ по математике", ["tutor1"], [stage.day(3)], places=None,
        subjects=("math",),
    )  # fmt: skip
    _hold(stage, pupils, -5, "tutor1", pupils=17)
    seminar = _announced(stage, "training_seminar", "Критерии сочинения ОГЭ", ["tutor3"], [stage.day(2)], places=25)
    _back(seminar.dates.get(), -3)


def _observed(stage: Stage, lesson: Event) -> None:
    """Two visitors have filled in the form; how it was can still be said."""
    ways = (("uchitel1", "clearly", "Карточки с долями вместо правила.", ""),
            ("uchitel3", "partly", "", "Хватает ли времени тем, кто считает медленно?"))  # fmt: skip
    for login, seen, takes, asks in ways:
        marks = {slug: "clearly" for slug, _title in criteria_of(lesson)} | {"time": seen}
        observe_lesson(event=lesson, marks=marks, takes=takes, asks=asks, by=stage.actor(login))


def _answered(stage: Stage) -> None:
    """Three weeks ago: seven came and said how it was; it is told."""
    event = _announced(
        stage, "training_seminar", "Обратная связь, после которой хочется переделать", ["tutor1"], [stage.day(3)],
        places=25, subjects=("math",),
    )  # fmt: skip
    date = _back(event.dates.get(), -24)
    logins = ("uchitel1", "uchitel2", "uchitel3", "uchitel17", "uchitel61", "tutor2", "tutor3")
    marks = [Mark(uuid4(), stage.person(login).pk, "came", date.end) for login in logins]
    mark_people(date=date, marks=marks, by=stage.actor("tutor1"))
    add_material(
        event=event, time="after", title="Памятка: пять фраз вместо отметки", file=ContentFile(MEMO, "Памятка.pdf"),
        by=stage.actor("tutor1"),
    )  # fmt: skip
    said = (("yes", "soon", "practice"), ("yes", "soon", "nothing"), ("partly", "later", "practice"))
    words = ("Больше бы попробовать самим на работах своих учеников.", "", "Спасибо, примеры можно брать как есть.")
    for number, login in enumerate(logins):
        answers = dict(zip(("useful", "applies", "change"), said[number % 3], strict=True))
        say_how_it_was(
            event=event, answers=answers, words=words[number] if number < 3 else "", by=stage.actor(login),
            now=date.end + timedelta(hours=number + 1),
        )  # fmt: skip
    steps.close_event(event=event, by=stage.actor("tutor1"))


def _at_the_door(stage: Stage) -> None:
    """Going on now: two phones have marked some of those who are registered, somebody unknown came too."""
    going = _announced(
        stage, "training_seminar", "Читаем задачу: что мешает понять условие", ["tutor1"], [stage.day(4)], places=25,
        subjects=("math",),
    )  # fmt: skip
    centre = stage.population.centre
    school = next(role.school for role in stage.person("direktor1").roles.select_related("school") if role.school)
    rows = teachers_of_school(centre.pk, school).exclude(pk=stage.person("tutor1").pk).order_by("pk")
    people = list(rows.values_list("pk", flat=True)[:9]) + [
        stage.person(login).pk for login in ("uchitel2", "uchitel3", "uchitel17")
    ]
    enrolling.enrol(event=going, people=set(people), by=stage.actor("tutor1"))
    date = going.dates.get()
    start = timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(minutes=15)
    date.start, date.end, date.original = start, start + timedelta(minutes=150), start
    date.save(update_fields=["start", "end", "original"])
    marks = [Mark(uuid4(), person, "came", start, device="phone1") for person in people[:6]]
    mark_people(date=date, marks=marks, by=stage.actor("tutor1"))
    more = [Mark(uuid4(), person, "came", start, device="phone2") for person in (people[5], people[7])]
    more.append(Mark(uuid4(), None, "came", start, GuestWords("Гостева Анна", "Лицей соседнего района")))
    mark_people(date=date, marks=more, by=stage.actor("koordinator"))


def _certificates(stage: Stage, event: Event) -> None:
    """Of who came and who led; one made anew, one revoked."""
    by, signed = stage.actor("tutor1"), Signed("Координатор центра", stage.person("koordinator").short_name)
    facts: dict[str, Any] = {"signed": signed, "site": settings.ADDRESS or "https://centre.example.org", "by": by}
    made = {row.person_id: row for row in issue_certificates(event=event, **facts)}
    third = made[stage.person("uchitel3").pk]
    revise_certificate(row=third, reason="Исправлена опечатка в названии", **facts)
    people = [stage.person("koordinator").pk]
    for row in issue_named(event=event, people=people, kind="organiser", **facts):
        revoke_certificate(row=row, reason="Выдан по ошибке: мероприятие готовила школа", by=by)


def _facts(stage: Stage, kind: str, title: str, leaders: Sequence[str], **fields: Any) -> EventFacts:
    people = tuple(stage.person(one).pk for one in leaders)
    return EventFacts(kind=kind, title=title, leaders=people, **{"place": "методкабинет центра", **fields})


def _hours(centre: TutorCentre, day: date, start: time, end: time) -> Interval:
    return interval_on(day, start, end, zones.zone(centre.municipality.time_zone))


def _draft(
    stage: Stage, kind: str, title: str, leaders: Sequence[str], days: Sequence[date], by: str = "koordinator",
    start: time = time(15), end: time = time(16, 30), **fields: Any,
) -> Event:  # fmt: skip
    centre = stage.population.centre
    return writing.make_event(
        centre=centre, facts=_facts(stage, kind, title, leaders, **fields),
        dates=[_hours(centre, day, start, end) for day in days], by=stage.actor(by),
    )  # fmt: skip


def _announced(
    stage: Stage, kind: str, title: str, leaders: Sequence[str], days: Sequence[date], **fields: Any
) -> Event:
    event = _draft(stage, kind, title, leaders, days, **fields)
    return steps.announce_event(event=event, by=stage.actor("koordinator"))


def _back(row: EventDate, days: int) -> EventDate:
    """So many days earlier: an event is announced before it begins."""
    shift = timedelta(days=days)
    row.start, row.end, row.original = row.start + shift, row.end + shift, row.original + shift
    row.save(update_fields=["start", "end", "original"])
    return row


def _hold(stage: Stage, event: Event, days: int, by: str, pupils: int | None = None) -> None:
    row = _back(event.dates.get(), days - 3)
    dating.hold_date(date=row, by=stage.actor(by), pupils=pupils)
