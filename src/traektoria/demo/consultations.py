"""Scenes of consultations: requests in every state, of teachers, schools and from a route item; hours given."""

from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from django.utils import timezone

from traektoria.consultations.hours.actions import giving
from traektoria.consultations.hours.enums import Feedback, HourWay
from traektoria.consultations.models import ConsultationHour, ConsultationRequest
from traektoria.consultations.requests.actions import answering, requests
from traektoria.consultations.requests.actions.requests import RequestFacts, promised
from traektoria.consultations.requests.video import SLUG, find_meeting
from traektoria.demo.past import lay_back
from traektoria.demo.stage import Stage
from traektoria.routes.models import RouteItem
from traektoria.routes.route.enums import ItemState, RouteState
from traektoria.video.actions.entering import enter_meeting, give_link


def requests_for_consultations(stage: Stage) -> None:
    """The board has what waits, what is late and what may be the same; the lists have each state."""
    _asked(
        stage,
        3,
        "uchitel5",
        RequestFacts("Задачи с параметром в 9 классе", "math", classes="9", wished="вторник после 14"),
    )
    _school(stage, 1, "direktor3", 2, RequestFacts("Как решать задачи с параметрами", "math", classes="9", way="video"))
    urgent = RequestFacts("Критерии сочинения ОГЭ", "russian", urgent=True, note="Пробное сочинение уже в пятницу.")
    _school(stage, 0, "zavuch4", 1, urgent)
    given = _asked(
        stage, 1, "uchitel3", RequestFacts("Смысловое чтение на уроках русского", "russian", way="in_person")
    )
    _give(stage, given, "tutor3")
    taken = _school(
        stage, 4, "direktor2", 3, RequestFacts("Чтение графиков и таблиц", "math", kind="thematic", way="video")
    )
    _take(stage, taken, "tutor1", "Вторник, 14:30, входите по кнопке «Видеовстреча».")
    _by_video(stage, taken, "tutor1", "direktor2")
    held = _asked(stage, 20, "uchitel3", RequestFacts("Рабочая программа по новому ФГОС", "russian"))
    _take(stage, held, "tutor3", "Среда, 15:00, у вас в школе, кабинет 12.")
    shared = "Разобрали структуру программы; образец тематического плана пришлю."
    _hour(stage, "tutor3", 5, held.topic, "russian", ["uchitel3"], request=held, shared_note=shared)
    declined = _asked(stage, 12, "uchitel5", RequestFacts("Подготовка к аттестации на высшую категорию", "math"))
    why = "Этим занимается отдел аттестации: их часы – по средам, кабинет 3."
    answering.decline_request(request=declined, reason=why, by=stage.actor("koordinator"))
    back = _asked(stage, 6, "uchitel3", RequestFacts("Диктант с подготовкой", "russian"))
    requests.withdraw_request(request=back, reason="Разобрались на методобъединении.", by=stage.actor("uchitel3"))
    returned = _asked(stage, 2, "uchitel3", RequestFacts("Эссе по английскому языку", "english"))
    _give(stage, returned, "tutor3")
    answering.return_request(request=returned, reason="Не мой предмет.", by=stage.actor("tutor3"))
    _on_an_item(stage)
    _hours(stage)


def _asked(stage: Stage, days: int, who: str, wish: RequestFacts) -> ConsultationRequest:
    made = requests.ask_for_self(centre=stage.population.centre, wish=wish, by=stage.actor(who))
    return _lay(made, days)


def _school(stage: Stage, days: int, who: str, number: int, wish: RequestFacts) -> ConsultationRequest:
    school = next(one.school for one in stage.person(who).roles.select_related("school") if one.school)
    made = requests.ask_for_school(
        centre=stage.population.centre, school=school, teachers=[], number=number, wish=wish, by=stage.actor(who)
    )
    return _lay(made, days)


def _lay(made: ConsultationRequest, days: int) -> ConsultationRequest:
    """Asked so many days ago, with the promise of that day."""
    lay_back(made, days)
    made.answer_by = promised(made.centre, made.regulation, made.asked_at, urgent=made.urgent)
    made.save(update_fields=["answer_by"])
    return made


def _give(stage: Stage, made: ConsultationRequest, tutor: str) -> None:
    answering.assign_request(request=made, tutor=stage.person(tutor), by=stage.actor("koordinator"))


def _take(stage: Stage, made: ConsultationRequest, tutor: str, answer: str) -> None:
    _give(stage, made, tutor)
    answering.take_request(request=made, answer=answer, by=stage.actor(tutor))


def _by_video(stage: Stage, row: ConsultationRequest, tutor: str, guest: str) -> None:
    """The tutor has given a link by hand, and the one who asked has looked in."""
    for who in (tutor, guest):
        found = find_meeting(stage.actor(who), row.pk)
        if found is None:
            raise LookupError(who)
        if found.is_moderator:
            give_link(kind=SLUG, meeting=found, link="https://meet.example.org/grafiki-i-tablitsy", by=stage.actor(who))
        else:
            enter_meeting(kind=SLUG, meeting=found, by=stage.actor(who))


def _on_an_item(stage: Stage) -> None:
    """The teacher of a running route asks its tutor about the next item."""
    items = RouteItem.objects.filter(
        route__support__members__person=stage.person("uchitel2"), route__state=RouteState.RUNNING,
        state=ItemState.PLANNED, pending=False, removed_in=None,
    )  # fmt: skip
    item = items.select_related("route__support").order_by("position", "pk")[0]
    wish = RequestFacts(item.task[:200], item.route.support.subject, wished="после 15:00")
    requests.ask_for_self(centre=item.route.centre, wish=wish, item=item, by=stage.actor("uchitel2"))


def _hours(stage: Stage) -> None:
    """A month of hours: one with a teacher, of a group, corrected, withdrawn; one was said to have helped."""
    note: dict[str, Any] = {
        "materials": "Сборник «Таблицы и схемы», § 3",
        "shared_note": "Начать с таблицы «дано – найти».",
        "private_note": "Стесняется спрашивать при коллегах.",
    }
    first = _hour(stage, "tutor1", 12, "Задания на чтение таблиц", "russian", ["uchitel2"], **note)
    giving.say_how_it_was(hour=first, feedback=Feedback.HELPED, by=stage.actor("uchitel2"))
    facts = giving.facts_of(first)
    whom = facts.pop("teachers")
    better = replace(giving.GivenHour(**facts), recommendations="Две карточки к каждому уроку, обсудим через неделю.")
    giving.correct_hour(hour=first, given=better, teachers=whom, seen=giving.mark_of(first), by=stage.actor("tutor1"))
    _hour(stage, "tutor1", 3, "Разбор открытого урока", "russian", ["uchitel2", "uchitel3"], pupils=24)
    twice = _hour(stage, "tutor1", 4, "Разбор открытого урока", "russian", ["uchitel2"])
    giving.withdraw_hour(hour=twice, reason="Записано дважды.", by=stage.actor("tutor1"))


def _hour(
    stage: Stage, tutor: str, days: int, topic: str, subject: str, teachers: list[str],
    request: ConsultationRequest | None = None, **more: Any,
) -> ConsultationHour:  # fmt: skip
    """So many days ago at 14:30."""
    start = timezone.make_aware(datetime.combine(stage.day(-days), time(14, 30)))
    way = HourWay.IN_PERSON if days % 2 else HourWay.VIDEO
    given = giving.GivenHour(start, start + timedelta(minutes=45), way, subject, topic, **more)
    whom = [stage.person(one).pk for one in teachers]
    centre = stage.population.centre
    return giving.record_hour(centre=centre, given=given, teachers=whom, request=request, by=stage.actor(tutor))
