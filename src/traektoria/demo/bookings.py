"""Scenes of bookings: a month of hours that were booked and given, one to which nobody came; alone, by a school, from a
request, moved, cancelled, and a freed place that is offered."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from traektoria.consultations.bookings.actions import cancelling, moving, outcomes
from traektoria.consultations.bookings.actions.booking import BookingPurpose, book_slot
from traektoria.consultations.bookings.actions.wishing import WaitedFor, enter_list
from traektoria.consultations.hours.actions.giving import GivenHour, record_hour
from traektoria.consultations.models import Booking, Slot
from traektoria.consultations.requests.actions import requests
from traektoria.consultations.requests.actions.requests import RequestFacts
from traektoria.demo.stage import Stage
from traektoria.routes.needs.queries import teachers_of_school

NOT_TOO_NEAR = timedelta(days=2)
MISSED = "Проверка сочинений"
PAST = (
    ("uchitel3", "Как учить видеть главную мысль"), ("uchitel5", "Критерии сочинения: первый раз"),
    ("uchitel3", MISSED), ("uchitel5", "Критерии сочинения: разбор работ"),
)  # fmt: skip


def bookings(stage: Stage) -> None:
    _given(stage)
    first, second, third, *_more = _slots(stage, "tutor1")
    _book(stage, first, "uchitel1", topic="Задачи на проценты в 6 классе")
    moved = _book(stage, second, "uchitel2", topic="Чтение таблиц")
    moving.move_booking(booking=moved, slot=third, by=stage.actor("uchitel2"))
    words = _slots(stage, "tutor3")
    given = _book(stage, words[0], "uchitel3", topic="Смысловое чтение")
    enter_list(
        wanted=WaitedFor(
            stage.population.centre.pk, stage.today, stage.today + timedelta(days=40), stage.person("tutor3").pk,
            topic="Сочинение по исходному тексту",
        ),
        by=stage.actor("uchitel5"),
    )  # fmt: skip
    cancelling.cancel_booking(booking=given, by=stage.actor("uchitel3"), reason="Разобрались на методобъединении.")
    _of_school(stage)
    wish = RequestFacts("Разбор контрольной работы", "math", wished="во второй половине дня")
    asked = requests.ask_for_self(centre=stage.population.centre, wish=wish, by=stage.actor("uchitel17"))
    purpose = BookingPurpose(asked.topic, asked)
    book_slot(
        slot=_slots(stage, "tutor1")[0], people=[asked.asked_by_id], by=stage.actor("koordinator"), purpose=purpose
    )


def _given(stage: Stage) -> None:
    """On each past date of the Hour somebody came and it was written down; once somebody did not."""
    past = Slot.objects.filter(tutor=stage.person("tutor3"), end__lt=timezone.now()).order_by("start")
    by_date: dict[int, list[Slot]] = {}
    for slot in past.select_related("date"):
        by_date.setdefault(slot.date_id, []).append(slot)
    for (who, topic), slots in zip(PAST, by_date.values(), strict=False):
        slot, early = slots[0], slots[0].start - timedelta(days=3)
        wish = BookingPurpose(topic=topic)
        people = [stage.person(who).pk]
        (row,) = book_slot(slot=slot, people=people, by=stage.actor(who), purpose=wish, now=early)
        if topic == MISSED:
            outcomes.say_who_came(booking=row, what="missed", by=stage.actor("tutor3"))
            continue
        given = GivenHour(slot.start, slot.end, "in_person", "russian", topic)
        record_hour(centre=stage.population.centre, given=given, teachers=people, by=stage.actor("tutor3"), slot=slot)


def _slots(stage: Stage, tutor: str) -> list[Slot]:
    """Free ones in which the tutor receives alone, the earliest first."""
    rows = Slot.objects.filter(tutor=stage.person(tutor), state="open", start__gt=timezone.now() + NOT_TOO_NEAR)
    return list(rows.exclude(bookings__isnull=False).order_by("start", "pk"))


def _book(stage: Stage, slot: Slot, who: str, **purpose: Any) -> Booking:
    return book_slot(slot=slot, people=[stage.person(who).pk], by=stage.actor(who), purpose=BookingPurpose(**purpose))[
        0
    ]


def _of_school(stage: Stage) -> None:
    """The head books two teachers of the school for the group hour."""
    role = stage.person("direktor1").roles.select_related("school").exclude(school=None)[0]
    group = Slot.objects.filter(tutor=None, state="open", start__gt=timezone.now() + NOT_TOO_NEAR).order_by("start")[:1]
    people = list(_teachers(stage, role.school))[:2]
    for slot in group if role.school and people else ():
        book_slot(slot=slot, people=people, by=stage.actor("direktor1"), school=role.school)


def _teachers(stage: Stage, school: Any) -> list[int]:
    rows = teachers_of_school(stage.population.centre.pk, school).exclude(pk=stage.person("direktor1").pk)
    return [one.pk for one in rows.order_by("pk")]
