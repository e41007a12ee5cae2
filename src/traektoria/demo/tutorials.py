"""Scenes of tutorials: a programme on the shelf, a tutorial that runs with self-work, one that ended with certificates,
a programme that is not released yet."""

from collections.abc import Sequence
from datetime import time, timedelta
from uuid import uuid4

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile

from traektoria.demo.events import MEMO
from traektoria.demo.stage import Stage
from traektoria.diagnostics.campaigns.enums import CampaignState
from traektoria.diagnostics.models import Campaign
from traektoria.engines.recurrence import interval_on
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.certificates.actions.issuing import issue_certificates
from traektoria.events.certificates.policies import Signed
from traektoria.events.enrolment.actions import enrolling
from traektoria.events.event.actions import steps
from traektoria.events.event.facts import EventFacts
from traektoria.events.models import Event, EventDate, SelfTask, SelfWork, TutorialVersion
from traektoria.events.tutorials.actions.holding import hold_programme, name_campaigns
from traektoria.events.tutorials.actions.programmes import (
    ProgrammeFacts,
    make_programme,
    release_programme,
    write_module,
)
from traektoria.events.tutorials.actions.works import accept_work, hand_in, return_work
from traektoria.events.tutorials.content import Module
from traektoria.organisations import zones

MODULES = (
    Module(
        "Что ученики делают с задачей на доли", 90, "Разбор работ шестых классов\nТри типичные ошибки\nПроба в парах",
        "Собрать работы своего класса", "Возьмите десять работ без фамилий и отметьте, где ученик теряет смысл доли.",
        days=10, effort=90,
    ),
    Module(
        "Приёмы, которые работают", 90, "Пять приёмов\nКакой приём к какой ошибке",
        "Провести фрагмент урока с одним приёмом", "Двадцать минут урока; напишите, что изменилось в работах.",
        days=14, effort=120,
    ),
    Module("Что получилось", 60, "Рассказы участников\nЧто берём в общий банк"),
)  # fmt: skip
WORK = "Десять работ, в шести доля считается от другого целого. Чаще всего ошибка во втором действии."


def tutorials(stage: Stage) -> None:
    by = stage.actor("tutor1")
    facts = ProgrammeFacts(
        "Доли и проценты: от ошибки к приёму",
        "Для учителей 5–6 классов: разбираем ошибки своих учеников и пробуем приёмы на своих уроках.", ("math",), "5–6",
        "Сборник заданий на доли https://example.org/parts\nКарта ошибок https://example.org/mistakes",
    )  # fmt: skip
    programme = make_programme(centre=stage.population.centre, facts=facts, by=by)
    for place, module in enumerate(MODULES, 1):
        programme = write_module(programme=programme, place=place, module=module, by=by)
    version = release_programme(programme=programme, by=by)
    _runs(stage, _held(stage, version, "Доли и проценты: осенняя группа", (-18, 9, 30)))
    _ended(stage, _held(stage, version, "Доли и проценты: первая группа", (-70, -50, -30)))
    written = make_programme(
        centre=stage.population.centre, facts=ProgrammeFacts("Школа молодого учителя: первые сто уроков"), by=by
    )
    write_module(programme=written, place=1, module=Module("План урока за двадцать минут", 90), by=by)


def _held(stage: Stage, version: TutorialVersion, title: str, days: Sequence[int]) -> Event:
    """Announced before it begins, then moved to its days; the first of them may be over."""
    zone = zones.zone(stage.population.centre.municipality.time_zone)
    ahead = [120 + day for day in days]
    dates = [interval_on(stage.day(day), time(15), time(16, 30), zone) for day in ahead]
    facts = EventFacts(
        "tutorial", title, (stage.person("tutor1").pk,), place="методкабинет центра", places=15, subjects=("math",),
        classes="5–6",
    )  # fmt: skip
    event = hold_programme(version=version, facts=facts, dates=dates, by=stage.actor("tutor1"))
    event = steps.announce_event(event=event, by=stage.actor("koordinator"))
    people = [stage.person(login).pk for login in ("uchitel1", "uchitel2", "uchitel3", "uchitel17")]
    enrolling.enrol(event=event, people=people, by=stage.actor("tutor1"))
    for row in event.dates.all():
        shift = timedelta(days=120)
        row.start, row.end, row.original = row.start - shift, row.end - shift, row.original - shift
        row.save(update_fields=["start", "end", "original"])
    return event


def _came(stage: Stage, row: EventDate, *logins: str) -> None:
    marks = [Mark(uuid4(), stage.person(login).pk, "came", row.end) for login in logins]
    mark_people(date=row, marks=marks, by=stage.actor("tutor1"))


def _runs(stage: Stage, event: Event) -> None:
    """One meeting is over: one work is accepted, one returned, one waits to be read."""
    _came(stage, event.dates.order_by("start")[0], "uchitel1", "uchitel2", "uchitel3")
    task, by = SelfTask.objects.filter(event=event)[0], stage.actor("tutor1")
    files = {"uchitel2": [ContentFile(MEMO, "Работы 6 класса.pdf")]}
    logins = ("uchitel1", "uchitel2", "uchitel3")
    given = {login: _hand_in(stage, task, login, files.get(login, ())) for login in logins}
    accept_work(work=given["uchitel2"], word="Точно подмечено, возьмём на вторую встречу.", by=by)
    return_work(work=given["uchitel3"], word="Добавьте, какие ошибки повторяются чаще.", by=by)


def _ended(stage: Stage, event: Event) -> None:
    """Two went the whole way, one did not hand everything in."""
    for row in event.dates.order_by("start"):
        _came(stage, row, "uchitel1", "uchitel2", "uchitel3")
    by = stage.actor("tutor1")
    for number, task in enumerate(SelfTask.objects.filter(event=event)):
        for login in ("uchitel1", "uchitel2", "uchitel3")[: 3 - number]:
            accept_work(work=_hand_in(stage, task, login), word="Принято.", by=by)
    closed = steps.close_event(event=event, by=by)
    signed = Signed("Координатор центра", stage.person("koordinator").short_name)
    issue_certificates(event=closed, signed=signed, site=settings.ADDRESS or "https://centre.example.org", by=by)


def _hand_in(stage: Stage, task: SelfTask, login: str, files: Sequence[File[bytes]] = ()) -> SelfWork:
    return hand_in(task=task, text=WORK, link="", files=files, by=stage.actor(login))


def entry_diagnostics(stage: Stage) -> None:
    """What teachers of mathematics sat in September stands at the beginning of both groups."""
    entry = Campaign.objects.filter(centre=stage.population.centre, state=CampaignState.CLOSED).first()
    for event in Event.objects.filter(tutorial__isnull=False, tutorial__version__isnull=False):
        name_campaigns(event=event, entry=entry, exit=None, by=stage.actor("koordinator"))
