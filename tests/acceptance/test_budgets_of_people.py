"""How long the commonest things take a person, counted by walking through the pages (UX.md, «Budgets for people»).

The keystroke-level model (Card, Moran and Newell, 1980) for a telephone: to look at a page and find the place 1.35 s of
thought and 1.1 s of pointing, with a second more for the page to come; each tap 1.3 s; each letter 0.33 s (36 words a
minute on a touch screen: Palin and others, 2019). What stands in the form already costs nothing.
"""

import re
from collections.abc import Mapping
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.acceptance.walker import Walker
from tests.consultations.booking_factories import at_hours, placed, slots
from tests.consultations.request_factories import school_request, taken
from tests.engines.plantables.word_samples import HEADS, document, table
from tests.factories import make_member, make_person
from tests.routes.need_factories import person
from tests.routes.route_factories import make_running
from tests.world import World
from traektoria.consultations.models import ConsultationHour, ConsultationRequest
from traektoria.people.enums import Role
from traektoria.people.models import Account
from traektoria.planning.models import WorkPlan
from traektoria.tutors.profiles.actions import ensure_profile

pytestmark = [pytest.mark.once, pytest.mark.django_db]
PAGE, TAP, LETTER = 3.45, 1.3, 0.33


class Person(Walker):
    """``seconds`` since they began; ``taps`` among them."""

    def __init__(self, account: Account) -> None:
        super().__init__(account)
        self.seconds, self.taps = 0.0, 0
        self.open("/")

    def _shown(self, answer: Any) -> Walker:
        self.seconds += PAGE
        if answer.status_code == 422:
            answer.status_code = 200  # a form that comes back is a page like others
        return super()._shown(answer)

    def tap(self, times: int = 1) -> None:
        self.seconds, self.taps = self.seconds + times * TAP, self.taps + times

    def go(self, to: str) -> "Person":
        """By the link of the page, not of the menu, that leads to such an address."""
        self.tap()
        self.open(next(href for href in self.page.xpath("//main//a/@href") if to in href))
        return self

    def follow(self, said: str) -> Walker:
        self.tap()
        return super().follow(said)

    def send(self, said: str, typed: Mapping[str, str], chosen: Mapping[str, Any]) -> Walker:
        """Fields that are typed, those that are chosen (two taps each: to open, to take), and the button."""
        self.tap(1 + len(typed) + 2 * len(chosen))
        self.seconds += LETTER * sum(map(len, typed.values()))
        return self.press(said, {**typed, **chosen})


TOPIC = "Задачи с параметром, ЕГЭ"


def recorded(me: Person) -> None:
    """An hour stands, and it took the tutor less than 45 seconds."""
    assert ConsultationHour.objects.count() == 1
    assert me.seconds <= 45, me.taps


def test_an_hour_of_who_was_booked_is_written_down(world: World) -> None:
    slot = at_hours(slots(world)[0], -0.6)
    row = placed(world, slot, topic=TOPIC)
    ensure_profile(centre=world.own, person=person(world, "tutor"), subjects=["math"])
    me = Person(world.accounts["tutor"])
    me.go("?who=received").go(f"/bookings/{row.pk}/").go("/bookings/slot/").go("/hours/new/?slot=")
    me.send("Записать", {}, {})
    recorded(me)
    assert ConsultationHour.objects.get().topic == TOPIC


def test_an_hour_that_was_asked_for_is_written_down(world: World) -> None:
    taken(world, school_request(world, "teacher"))
    me = Person(world.accounts["tutor"])
    me.go("/consultations/").go("/hours/new/?request=")
    me.send("Записать", {}, {})
    recorded(me)


def test_an_hour_that_nobody_had_booked_is_written_down(world: World) -> None:
    """Told by surname, with a topic."""
    me = Person(world.accounts["tutor"])
    me.tap()  # «Создать»
    me.follow("Записать консультацию")
    me.send("Записать", {"others": person(world, "teacher").surname, "topic": TOPIC}, {"subject": "math"})
    recorded(me)


def test_of_namesakes_who_dropped_in_one_is_ticked_and_nothing_is_typed_again(world: World) -> None:
    called = [make_person(surname="Тёзкина", given=given) for given in ("Анна", "Вера")]
    for one in called:
        make_member(world.own, Role.TEACHER, world.school, one)
    me = Person(world.accounts["tutor"])
    me.tap()  # «Создать»
    me.follow("Записать консультацию")
    me.send("Записать", {"others": "Тёзкина", "topic": TOPIC}, {"subject": "math"})
    me.send("Записать", {}, {"meant": [called[1].pk]})
    recorded(me)


def test_a_group_with_pupils_is_written_down(world: World) -> None:
    """Two by surname, seven pupils by their number alone."""
    me, names = Person(world.accounts["tutor"]), ("teacher", "other_teacher")
    me.tap()  # «Создать»
    me.follow("Записать консультацию")
    me.tap()  # «Материалы, заметки, маршрут…»
    surnames = ", ".join(person(world, one).surname for one in names)
    me.send("Записать", {"others": surnames, "topic": "Читаем графики", "pupils": "7"}, {"subject": "math"})
    hour = ConsultationHour.objects.get()
    assert (hour.teachers.count(), hour.pupils) == (2, 7)
    assert me.seconds <= 45, me.taps


def test_a_teacher_asks_in_three_taps_from_a_step_of_the_route(world: World) -> None:
    item = make_running(world, topics=("Чтение таблиц",)).items.all()[0]
    me = Person(world.accounts["teacher"])
    me.open(f"/support/routes/{item.route_id}/")
    me.go(f"/support/items/{item.pk}/").go("/consultations/new/?item=")
    me.send("Попросить", {}, {})
    asked = ConsultationRequest.objects.get()
    assert (asked.item, asked.tutor) == (item, person(world, "tutor"))
    assert me.taps <= 3, me.taps


def test_a_head_asks_for_a_consultation_in_a_minute(world: World) -> None:
    me = Person(world.accounts["deputy_head"])
    me.tap()  # «Создать»
    me.follow("Попросить консультацию")
    chosen = {"subject": "math", "kind": "individual", "way": "video", "teachers": [person(world, "teacher").pk]}
    me.send("Попросить", {"topic": TOPIC, "wished": "вторник после 14"}, chosen)
    assert ConsultationRequest.objects.count() == 1
    assert me.seconds <= 60, me.taps


def test_a_teacher_books_in_two_taps_from_the_page_of_free_hours(world: World) -> None:
    slots(world)
    me = Person(world.accounts["teacher"])
    me.open("/consultations/bookings/free/")
    me.send("Записаться", {}, {})
    assert "Записаны" in me.text
    assert me.taps <= 2


WORDS = ("1 раз в четверть", "сентябрь", "не реже одного раза в два месяца", "до 15 октября", "по запросу ОО", "май")
ASKED = {4: "до мая", 17: "ноябрь (9 классы)", 26: "когда получится"}
READ = 3.0
"""Seconds to read a row of the preview."""


def test_a_methodist_turns_a_word_plan_of_thirty_rows_into_a_living_one(world: World) -> None:
    """What stops them are the three deadlines that nobody can understand: each is said in other words in its row."""
    rows = [
        (str(at), f"Мероприятие {at} для учителей", ASKED.get(at, WORDS[at % len(WORDS)]), "тьюторы")
        for at in range(1, 31)
    ]
    me = Person(world.accounts["coordinator"])
    me.follow("План").follow("Планы").follow("Начать план")
    me.send("Начать план", {"title": "План работы на год"}, {"start": "table"})
    file = SimpleUploadedFile("План.docx", document(table(HEADS, *rows)))
    me.tap(3)  # the button of the file, the file, «Открыть»
    me.press("Посмотреть, что понято", {"file": file})
    assert re.search(r"30\s*строк перейдут в план", me.text)
    me.seconds += READ * len(rows)
    preview = me.path
    for at, meant in ((4, "не позднее мая"), (17, "ноябрь"), (26, "март")):
        me.tap()  # «Посмотреть», a tab of the preview
        me.open(f"{preview}?show=look")
        me.go(f"/rows/{at - 1}/").send("Сохранить", {"phrase": meant}, {})
    me.send("Перенести в план", {}, {})
    day = timezone.localdate().isoformat()
    me.send("Утвердить", {"act": "приказом директора", "number": "12"}, {"day": day})
    plan = WorkPlan.objects.get()
    assert (plan.state, plan.items.count(), plan.items.filter(term="asked").count()) == ("approved", 30, 0)
    assert me.seconds <= 300, (me.seconds, me.taps)
    assert me.taps <= 40, me.taps
