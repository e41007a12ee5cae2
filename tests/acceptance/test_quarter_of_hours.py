"""Two systems live a quarter of hours: `kushchevskaya` (points, in person and by video, the Hour from requests of
schools) and `gelendzhik` (individual and thematic consultations on a school's request). By HTTP only, day by day, with
the clock of the product moved and its worker at work; at the end the calendar, the feed, the letters and the figures
say what was done, and nothing else."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import recurring_ical_events
from django.core import mail
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from tests.acceptance import systems
from tests.acceptance.systems import Founded, founded
from tests.acceptance.walker import Walker, words
from tests.factories import make_employment, make_member, make_person, make_school
from tests.thoroughness import rounds
from tests.waiting import what_differs
from traektoria.consultations.models import Booking, ConsultationHour, ConsultationPoint, HelpDate, PointRoom, Slot
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.desk.calendar.feeds import views
from traektoria.messaging.enums import State
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TOPIC = "Задачи с параметром"
LINK = "https://video.example.org/room"
FREE = "/consultations/bookings/free/"
BEGINS, ENDS = date(2026, 9, 1), date(2026, 10, 30) if connection.vendor == "sqlite" else date(2026, 9, 30)
"""On PostgreSQL, which decides what a statement answers and not how often it is asked, a month of two."""


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    settings.BALLOTS = tmp_path
    cache.clear()
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    monkeypatch.setattr(views, "MOST", 10_000)  # of readings in ten minutes: a quarter lasts no longer here


@dataclass(frozen=True)
class Gave:
    """An hour as the test knows it was given: by whom, to whom, and its page."""

    tutor: str
    there: Sequence[str]
    path: str


@dataclass
class Quarter:
    """A centre, its people by name, and the time that it is there."""

    centre: Founded
    zone: ZoneInfo
    people: dict[str, Account]
    clock: list[datetime]
    given: list[Gave] = field(default_factory=list)
    feeds: dict[str, str] = field(default_factory=dict)
    read: dict[str, Calendar] = field(default_factory=dict)
    numbers: dict[tuple[str, str, str], int] = field(default_factory=dict)

    def at(self, day: date, hour: int, minute: int = 0) -> "Quarter":
        """It is so late now; what was due meanwhile has been done once a day, on the last one (in ``make thorough`` on
        each) morning and evening."""
        wanted, half = datetime.combine(day, time(hour, minute), self.zone), timedelta(hours=12)
        while self.clock[0] < wanted - half:
            self.clock[0] += half if self.clock[0] > wanted - 4 * half else half * rounds(2, 1)
            do_what_is_due()
        self.clock[0] = wanted
        do_what_is_due()
        self._read()
        return self

    def pk(self, name: str) -> int:
        person = self.people[name].person_id
        assert person is not None
        return person

    def hour(self, tutors: list[str], place: str, first: date, start: time, end: time) -> None:
        """An Hour each week to the end of the quarter: first its dates are looked at, then it is made."""
        by = self.by("coordinator", "/consultations/help/new/")
        asked = {"tutors": [self.pk(one) for one in tutors], "place": place, "first_day": first, "last_day": ENDS}
        by.press("Посмотреть даты", {**asked, "start": f"{start:%H:%M}", "end": f"{end:%H:%M}", "slot_minutes": "30"})
        by.press("Назначить Час на отмеченные даты")
        assert "Час назначен" in by.text

    def ask(self, who: str, **fields: Any) -> str:
        """The path of the request that is made so."""
        by = self.by(who, "/consultations/").follow("Попросить консультацию")
        return by.press("Попросить", {"subject": "math", **fields}).path

    def give(self, request: str, tutor: str) -> None:
        by = self.by("coordinator", request).follow("Выбрать тьютора")
        by.press("Передать", {"tutor": self.pk(tutor)})

    def slot(self, tutor: str, day: date, at: time) -> Slot:
        start = datetime.combine(day, at, self.zone)
        return Slot.objects.get(start=start, tutor=self.pk(tutor), state="open")

    def book(self, by: Walker, tutor: str, day: date, at: time) -> Walker:
        """From the page of free hours."""
        by.press("Запис", value=str(self.slot(tutor, day, at).pk))
        assert "Записали" in by.text or "Записаны" in by.text, by.text
        return by

    def gives(self, tutor: str, day: date, at: time, *there: str, **more: Any) -> Walker:
        """The tutor writes down the hour of a slot: who was there of those who were booked."""
        slot = self.slot(tutor, day, at)
        by = self.by(tutor, f"/consultations/bookings/slot/{slot.pk}/").follow("Проведено")
        return self._written(by, tutor, there, **more)

    def _written(self, by: Walker, tutor: str, there: Sequence[str], also: Sequence[str] = (), **more: Any) -> Walker:
        fields = {"topic": TOPIC, "subject": "math", "teachers": [self.pk(one) for one in there]}
        by.press("Записать", {**fields, **more})
        assert "/consultations/hours/" in by.path, by.text
        self.given.append(Gave(tutor, (*there, *also), by.path))
        return by

    def booking(self, name: str) -> str:
        """The newest one of the teacher."""
        row = Booking.objects.filter(person=self.pk(name)).latest("pk")
        return f"/consultations/bookings/{row.pk}/"

    def date(self, day: date) -> int:
        """The only date of an Hour on that day."""
        return HelpDate.objects.get(start__date=day).pk

    def feed(self, name: str, of: str = "") -> None:
        """A telephone reads by a new secret address from now on: of one's own calendar, or of the centre's."""
        by = self.by(name, "/calendar/feeds/")
        by.press("Получить адрес", {"centre": self.centre.centre.pk if of else ""})
        self.feeds[of or name] = str(by.page.get_element_by_id("address").text).partition("testserver")[2]
        self._read()

    def _read(self) -> None:
        """Telephones read anew. The number of no event goes down."""
        for name, path in self.feeds.items():
            self.read[name] = Calendar.from_ical(Client().get(path).content)
            for event in self.read[name].events:
                key = name, str(event["UID"]), str(event.get("RECURRENCE-ID", ""))
                assert event["SEQUENCE"] >= self.numbers.get(key, 0), key
                self.numbers[key] = event["SEQUENCE"]

    def drops_in(self, tutor: str, *there: str, began: time) -> Walker:
        """Written down without a booking: who was there is named by surname."""
        names = ", ".join(TEACHERS[one] for one in there)
        by = self.by(tutor, "/consultations/hours/new/")
        return self._written(by, tutor, (), there, others=names, began=f"{began:%H:%M}", minutes=45)

    def meets(
        self, request: str, tutor: str, *there: str, began: time, also: Sequence[str] = (), way: str = ""
    ) -> None:
        """The hour that meets a request; ``also`` came whom nobody had named."""
        by = self.by(tutor, request)
        (to,) = [href for href in by.page.xpath("//main//a/@href") if "/hours/new/?request=" in href]
        others = ", ".join(TEACHERS[one] for one in also)
        more = {"others": others, "began": f"{began:%H:%M}", "minutes": 45, "closes": "on"} | (
            {"way": way} if way else {}
        )
        self._written(by.open(to), tutor, there, also, **more)
        assert "консультация прошла" in self.by("coordinator", request).text

    def figures(self, minutes: dict[str, dict[int, int]]) -> None:
        """Of each tutor in each month, on the pages of the tutor and of the coordinator; as many rows as hours."""
        for tutor, months in minutes.items():
            told = Counter[int]()
            for one in self.given:
                hour = ConsultationHour.objects.get(pk=one.path.strip("/").rpartition("/")[2])
                if one.tutor == tutor:
                    told[hour.start.astimezone(self.zone).month] += (hour.end - hour.start) // timedelta(minutes=1)
            assert dict(told) == {month: much for month, much in months.items() if much}
            surname = Person.objects.get(pk=self.pk(tutor)).surname
            for month, much in months.items():
                for reader in (tutor, "coordinator"):
                    by = self.by(reader, f"/consultations/load/?month=2026-{month:02}")
                    (row,) = [one for one in by.page.iter("tr") if f"{surname} " in words(one)]
                    cell = words(row.findall("td")[1])
                    assert (f"проведено {lasting(much)}," in cell) == bool(much), (tutor, month, cell)
            rows = self.by(tutor, "/consultations/hours/").page.xpath("//tbody/tr[not(contains(., 'не считается'))]")
            assert len(rows) == sum(one.tutor == tutor for one in self.given)

    def calendars_say(self, name: str, receives: Sequence[tuple[date, time]]) -> None:
        """The feed and the pages of the calendar: hours given to or by the person, when they receive, nothing else."""
        hours = [
            ConsultationHour.objects.get(pk=one.path.strip("/").rpartition("/")[2])
            for one in self.given
            if name in ("centre", one.tutor, *one.there)
        ]
        wanted = Counter(one.start.astimezone(self.zone).replace(tzinfo=None) for one in hours)
        wanted += Counter(datetime.combine(*one) for one in receives)
        told = Counter[datetime]()
        for event in recurring_ical_events.of(self.read[name]).between(BEGINS, ENDS + timedelta(days=1)):
            if event["STATUS"] != "CANCELLED":
                start = event.start if isinstance(event.start, datetime) else datetime.combine(event.start, time())
                told[start.astimezone(self.zone).replace(tzinfo=None) if start.tzinfo else start] += 1
        assert told == wanted, name
        if name == "centre":
            return
        shown = set[str]()
        for month in ("2026-09-15", "2026-10-15"):
            shown |= set(self.by(name, f"/calendar/agenda/?day={month[:8]}01").page.xpath("//main//a/@href"))
        assert {f"/consultations/hours/{one.pk}/" for one in hours} <= shown

    def letters_went_once(self, *, reminders: int) -> None:
        """None twice, none that still waits, none that says what was asked about; a reminder for each booked hour."""
        rows = Message.objects.exclude(state__in=(State.SENT, State.SILENT, State.CANCELLED))
        assert not rows.filter(due_at__lte=timezone.now()).exists(), list(rows.values_list("kind", "state", "reason"))
        assert not Message.objects.filter(state=State.CANCELLED, reason="").exists()
        assert Message.objects.filter(kind="consultations.booking_soon", state=State.SENT).count() == reminders
        sent = Counter((one.to[0], one.extra_headers["Message-ID"]) for one in mail.outbox)
        assert sent
        assert set(sent.values()) == {1}
        assert not [one.subject for one in mail.outbox if TOPIC in one.subject + str(one.body)]

    def by(self, name: str, path: str = "/") -> Walker:
        """Signed in anew: a session does not last for a quarter."""
        return Walker(self.people[name]).open(path)


def begun(preset: str, monkeypatch: pytest.MonkeyPatch) -> Quarter:
    """Two tutors by the regulation, two schools with their heads, five teachers; one of them at the second school."""
    # Each at a minute of its own: a process keeps what it has read of a regulation by its number and moment.
    clock = [datetime.combine(BEGINS, time(9, len(preset)), ZoneInfo("Europe/Moscow"))]
    monkeypatch.setattr(timezone, "now", lambda: clock[0].astimezone(UTC))
    centre = founded(preset)
    systems.enter(centre)
    people = {"tutor": Account.objects.get(person=centre.candidate_person), "head": centre.accounts["head"]}
    people["coordinator"] = Account.objects.get(person__surname="Выдумкина")
    other_school = make_school(centre.centre, "СОШ № 9")
    people["other_head"] = make_member(centre.centre, Role.HEAD, other_school)
    for name, surname in TEACHERS.items():
        school = other_school if name == "far" else centre.school
        person = make_person(surname)
        make_employment(person, school, subjects=["math"], experience_from=date(2015, 9, 1))
        people[name] = make_member(centre.centre, Role.TEACHER, school, person)
    second = people["second"]
    systems.enter(replace(centre, candidate=Walker(second), candidate_person=second.person))
    for account in people.values():
        Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    return Quarter(centre, ZoneInfo(centre.centre.municipality.time_zone), people, clock)


def lasting(minutes: int) -> str:
    """«1 ч 30 мин», as pages say it."""
    hours, rest = divmod(minutes, 60)
    return " ".join([*([f"{hours} ч"] if hours else []), *([f"{rest} мин"] if rest else [])])


TEACHERS = {"second": "Вторая", "one": "Первова", "two": "Двойкина", "three": "Троева", "far": "Дальняя"}


def test_kushchevskaya(monkeypatch: pytest.MonkeyPatch) -> None:
    q = begun("kushchevskaya", monkeypatch)
    # Two points, and an Hour of each.
    point = {"name": "Математика, СОШ № 7", "kind": "school", "school": q.centre.school.pk, "rooms": "кабинет 12"}
    for facts in (point, {"name": "Видеокомната", "kind": "video"}):
        tutors = [q.pk("tutor"), q.pk("second")]
        by = q.by("coordinator", "/consultations/points/new/")
        by.press("Сохранить пункт", {**facts, "tutors": tutors, "subjects": ["math"]})
        assert facts["name"] in by.text
    room = PointRoom.objects.get()
    q.hour(["tutor"], f"r{room.pk}", date(2026, 9, 8), time(15), time(16, 30))
    q.hour(["second"], f"p{ConsultationPoint.objects.get(kind='video').pk}", date(2026, 9, 10), time(16), time(17))
    # A school asks; the coordinator gives it to the tutor, who books its teacher an hour of the point.
    q.at(date(2026, 9, 2), 10)
    asked = q.ask("head", topic=TOPIC, kind="individual", way="in_person", teachers=[q.pk("one")])
    q.give(asked, "tutor")
    by = q.by("tutor", asked).follow("Записать на час")
    q.book(by, "tutor", date(2026, 9, 8), time(15))
    assert "Первова" in q.by("head", asked).text
    # Teachers book themselves: in person, and by video.
    q.at(date(2026, 9, 3), 9)
    q.book(q.by("two", FREE), "tutor", date(2026, 9, 8), time(15, 30))
    q.book(q.by("far", FREE), "second", date(2026, 9, 10), time(16))
    # What is given is written down from the hour that was booked, and felt by one tap.
    q.at(date(2026, 9, 8), 17)
    q.gives("tutor", date(2026, 9, 8), time(15), "one", closes=True)
    q.gives("tutor", date(2026, 9, 8), time(15, 30), "two")
    q.by("one", q.given[0].path).press("помогло")
    # Telephones read calendars by secret addresses, from now on to the end.
    for name in ("tutor", "second", "two", "three"):
        q.feed(name)
    q.feed("coordinator", of="centre")
    # By video: the meeting is entered through us, by a link that the tutor gave.
    q.at(date(2026, 9, 10), 15, 50)
    q.by("second", q.booking("far")).follow("Видеовстреча").press("Сохранить ссылку", {"link": LINK})
    assert LINK in str(q.by("far", q.booking("far")).follow("Видеовстреча").press("Войти").page.xpath("//a/@href"))
    q.at(date(2026, 9, 10), 17)
    q.gives("second", date(2026, 9, 10), time(16), "far", way="video")
    # A move is one booking with its history; of who did not come it is said, and no hour is written.
    q.at(date(2026, 9, 11), 10)
    q.book(q.by("three", FREE), "tutor", date(2026, 9, 15), time(15))
    q.book(q.by("two", FREE), "tutor", date(2026, 9, 15), time(15, 30))
    by = q.by("three", q.booking("three")).follow("Перенести")
    by.press("Перенести", value=str(q.slot("tutor", date(2026, 9, 22), time(15)).pk))
    assert "перенесено с 15 сентября" in q.by("three", q.booking("three")).text.lower()
    q.at(date(2026, 9, 15), 17)
    q.by("tutor", q.booking("two")).press("неявка")
    # Ill for a week: its dates in one act, the bookings stay with the one who stands in.
    q.at(date(2026, 9, 18), 10)
    by = q.by("coordinator", "/consultations/absences/new/")
    ill = {"tutor": q.pk("tutor"), "kind": "illness", "start": date(2026, 9, 21), "end": date(2026, 9, 25)}
    by.press("Записать", ill)
    by.press("Сделать всё", {f"date_{q.date(date(2026, 9, 22))}": f"substitute:{q.pk('second')}"})
    assert "болезнь" not in q.by("three", q.booking("three")).text
    q.at(date(2026, 9, 22), 17)
    q.gives("second", date(2026, 9, 22), time(15), "three")
    if ENDS.month == 10:
        kushchevskaya_in_october(q)
    q.at(ENDS, 20)
    # What was done by each tutor in each month; in the calendars, the feeds and the letters.
    q.figures({"tutor": {9: 60, 10: 135 if ENDS.month == 10 else 0}, "second": {9: 60, 10: 0}})
    tuesdays = weekly(date(2026, 9, 8))
    receives = [(day, time(15)) for day in tuesdays if day not in (date(2026, 9, 22), date(2026, 10, 20))]
    thursdays = [(day, time(16)) for day in weekly(date(2026, 9, 10))]
    stood_in = (date(2026, 9, 22), time(15))
    ill_from = (date(2026, 9, 21), time(0))
    q.calendars_say("tutor", [*receives, ill_from])
    q.calendars_say("centre", [*receives, *thursdays, stood_in, ill_from])
    q.calendars_say("second", [*thursdays, stood_in])
    for name in ("two", "three"):
        q.calendars_say(name, [])
    q.letters_went_once(reminders=8 if ENDS.month == 10 else 5)
    assert what_differs() == []


def weekly(first: date) -> list[date]:
    """To the end of the quarter."""
    return [first + timedelta(days=days) for days in range(0, (ENDS - first).days + 1, 7)]


def kushchevskaya_in_october(q: Quarter) -> None:
    """Somebody comes each week; one gives the place back in time, one date is dropped, one just drops in."""
    for day, who in ((date(2026, 10, 6), "one"), (date(2026, 10, 13), "two"), (date(2026, 10, 27), "one")):
        q.at(day - timedelta(days=4), 9)
        q.book(q.by(who, FREE), "tutor", day, time(15))
        if who == "two":
            q.book(q.by("three", FREE), "tutor", day, time(16))
            q.at(day - timedelta(days=3), 9)
            q.by("three", q.booking("three")).press("Отменить запись")
        q.at(day, 17)
        q.gives("tutor", day, time(15), who)
        if who == "two":
            q.at(date(2026, 10, 14), 12)
            q.drops_in("tutor", "far", began=time(11))
            q.book(q.by("three", FREE), "tutor", date(2026, 10, 20), time(15))
            dropped = q.by("coordinator", f"/consultations/help/dates/{q.date(date(2026, 10, 20))}/")
            dropped.press("Отменить эту дату", {"reason": "Карантин"})
            assert "Карантин" in q.by("three", q.booking("three")).text


@pytest.mark.once
def test_gelendzhik(monkeypatch: pytest.MonkeyPatch) -> None:
    q = begun("gelendzhik", monkeypatch)
    for name in ("tutor", "second", "one", "three"):
        q.feed(name)
    # The official list of low results comes: what that school asks stands first, though another one asked earlier.
    q.at(date(2026, 9, 2), 10)
    by = q.by("coordinator", reverse("organisations:list_new"))
    listed = {"reason": "low_results", "source": "приказ № 377 от 14.08.2026", "text": "СОШ № 9"}
    by.press("Проверить школы", listed).press("Принять список")
    earlier = q.ask("head", topic="Проверка тетрадей", kind="group", way="in_person", number=2)
    later = q.ask("other_head", topic="Устный счёт", kind="group", way="in_person", number=2)
    board = list(q.by("coordinator", "/consultations/board/").page.xpath("//main//a/@href"))
    order = [one.strip("/").rpartition("/")[2] for one in (later, earlier)]
    shown = [next(at for at, href in enumerate(board) if f"request={pk}" in href) for pk in order]
    assert shown == sorted(shown)
    assert "ШНОР" in q.by("coordinator", "/consultations/board/").text
    for request, name in ((earlier, "head"), (later, "other_head")):
        q.by(name, request).press("Отозвать заявку")
    # A school asks for one teacher; the answer names the time, the hour meets the request.
    q.at(date(2026, 9, 3), 10)
    alone = q.ask("head", topic=TOPIC, kind="individual", way="video", teachers=[q.pk("one")])
    assert "очередь координатора" in q.by("head", alone).text
    q.give(alone, "tutor")
    q.by("tutor", alone).press("Взять и ответить", {"answer": "10 сентября, 15:00, по видео"})
    assert "10 сентября, 15:00, по видео" in q.by("head", alone).text
    q.at(date(2026, 9, 10), 16)
    q.meets(alone, "tutor", "one", began=time(15), way="video")
    q.by("one", q.given[-1].path).press("помогло")
    # On a topic, for all who want: returned by one tutor, given to another, taken by all three schools' teachers.
    q.at(date(2026, 9, 14), 9)
    topic = q.ask("other_head", topic=TOPIC, kind="thematic", way="in_person", teachers=[q.pk("far")], number=3)
    q.give(topic, "second")
    q.by("second", topic).press("Вернуть координатору", {"reason": "Не моя тема"})
    q.give(topic, "tutor")
    q.by("tutor", topic).press("Взять и ответить", {"answer": "17 сентября, 14:00, СОШ № 9"})
    q.at(date(2026, 9, 17), 16)
    q.meets(topic, "tutor", "far", began=time(14), also=("two", "three"))
    # Refused with a reason, taken back by who asked: nothing of them stays in anybody's way.
    q.at(date(2026, 9, 21), 9)
    other = q.ask("head", topic="Олимпиада по шахматам", kind="group", way="in_person", number=4)
    q.by("coordinator", other).press("Отказать с причиной", {"reason": "Это не к нам"})
    assert "Это не к нам" in q.by("head", other).text
    mine = q.ask("two", topic="Проценты", kind="individual", way="in_person")
    q.by("two", mine).press("Отозвать заявку")
    # A teacher asks alone, urgently; the tutor drops in; the head of the school reads nothing of it.
    q.at(date(2026, 9, 22), 9)
    own = q.ask("three", topic="Проценты", kind="individual", way="in_person", urgent="on")
    q.give(own, "second")
    q.by("second", own).press("Взять и ответить", {"answer": "Завтра в 13:00"})
    q.at(date(2026, 9, 23), 15)
    q.meets(own, "second", "three", began=time(13))
    assert q.centre.walker("head").client.get(q.given[-1].path).status_code in (403, 404)
    # Autumn: each week a school asks, each week an hour is given; one is corrected and one withdrawn.
    for week in range(4):
        day = date(2026, 10, 1) + timedelta(days=7 * week)
        q.at(day, 9)
        school, who, tutor = ("head", "one", "tutor") if week % 2 else ("other_head", "far", "second")
        asked = q.ask(school, topic=TOPIC, kind="individual", way="in_person", teachers=[q.pk(who)])
        q.give(asked, tutor)
        q.by(tutor, asked).press("Взять и ответить", {"answer": "Завтра в 12:00"})
        q.at(day + timedelta(days=1), 14)
        q.meets(asked, tutor, who, began=time(12))
    q.at(date(2026, 10, 24), 10)
    wrong = q.given.pop()
    q.by("tutor", wrong.path).press("Отозвать запись", {"reason": "Записана не туда"})
    q.at(ENDS, 20)
    q.figures({"tutor": {9: 90, 10: 45}, "second": {9: 45, 10: 90}})
    for name in ("tutor", "second", "one", "three"):
        q.calendars_say(name, [])
    q.letters_went_once(reminders=0)
    assert what_differs() == []
