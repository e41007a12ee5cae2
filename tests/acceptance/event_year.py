"""A centre and its people living a school year of events: by HTTP only, with the clock of the product moved and its
worker at work."""

import io
import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from tests.acceptance import systems
from tests.acceptance.systems import Founded, founded
from tests.acceptance.walker import Walker, words
from tests.factories import make_centre, make_employment, make_member, make_person, make_school
from tests.routes.route_factories import make_running
from tests.thoroughness import rounds
from tests.world import World
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.events.models import Event
from traektoria.messaging.enums import State
from traektoria.messaging.models import Message
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person
from traektoria.routes.models import RouteItem

BEGINS = date(2026, 9, 1)
DAY = timedelta(days=1)
QUARTERS = (date(2026, 10, 14), date(2026, 12, 9), date(2027, 2, 17), date(2027, 5, 12))
"""A working Wednesday of each."""
TEACHERS = {"one": "Первова", "two": "Двойкина", "three": "Троева", "far": "Дальняя", "leaves": "Уездная"}
SIGNS = {"post": "Координатор центра", "name": "О. П. Выдумкина"}


@dataclass
class Year:
    """A centre, its people by name, those of a second centre, and the time that it is there."""

    centre: Founded
    people: dict[str, Account]
    clock: list[datetime]
    zone: ZoneInfo
    item: RouteItem
    attended: dict[str, int] = field(default_factory=dict)

    def at(self, day: date, hour: int, minute: int = 0) -> "Year":
        """It is so late now. The worker looked a week apart, on the last day (in ``make thorough`` on the last two)
        morning and evening."""
        wanted, last = datetime.combine(day, time(hour, minute), self.zone), rounds(1, 2) * DAY
        while self.clock[0] < wanted - DAY / 2:
            left = wanted - self.clock[0]
            self.clock[0] += min(7 * DAY, left - last) if left > last + DAY else DAY / 2
            do_what_is_due()
        self.clock[0] = wanted
        do_what_is_due()
        return self

    def pk(self, name: str) -> int:
        person = self.people[name].person_id
        assert person is not None
        return person

    def surname(self, name: str) -> str:
        return str(Person.objects.get(pk=self.pk(name)).surname)

    def by(self, name: str, path: str = "/") -> Walker:
        """Signed in anew: a session does not last for a year."""
        return Walker(self.people[name]).open(path)

    def plan(self, approve: bool = True) -> str:
        """The plan of the regulation for this school year, approved; the path of its page."""
        by = self.by("coordinator", "/plans/new/").press("Начать план", {"period": "school-2026"})
        if approve:
            by.press("Утвердить", {"act": "приказом управления", "number": "67", "day": BEGINS}, at="main")
            assert "утверждён" in by.text.lower()
        return by.path

    def line(self, plan: str, said: str) -> str:
        """The page of the line of a plan that begins so."""
        by = self.by("coordinator", plan)
        return next(str(a.get("href")) for a in by.page.iter("a") if re.match(rf"[\d.]+ {said}", words(a)))

    def drafted(self, line: str, name: str, title: str, days: Sequence[date], **fields: Any) -> Walker:
        """From a line of the plan, as ``name`` writes it: what follows from the line stands in the form already; or
        from nothing."""
        by = self.by(name, line or "/events/new/")
        if line:
            by.open(next(str(href) for href in by.page.xpath("//main//a/@href") if "of=plan" in href))
        more = ", ".join(f"{day:%d.%m.%Y}" for day in days[1:])
        usual = {
            "title": title,
            "day": days[0],
            "more_days": more,
            "where": "elsewhere",
            "place": "методкабинет",
            "leaders": [self.pk(name)],
        }
        return by.press("Сохранить", {**usual, **fields}, at="main")

    def announced(self, line: str, name: str, title: str, *days: date, **fields: Any) -> str:
        """The path of its page."""
        by = self.drafted(line, name, title, days, **fields).press("Объявить", at="main")
        assert title in by.text
        return by.path

    def registers(self, name: str, event: str, *, waits: bool = False) -> Walker:
        """Two taps: the event of the list, the button."""
        by = self.by(name, "/events/").follow(self.title(event))
        by.press("Встать в лист ожидания" if waits else "Записаться")
        assert ("листе ожидания" if waits else "Вы записаны") in by.text
        return by

    def title(self, event: str) -> str:
        return Event.objects.get(pk=event.strip("/").rpartition("/")[2]).title

    def school_registers(self, event: str, *names: str, head: str = "head") -> str:
        by = self.by(head, event).follow("Записать учителей школы")
        by.press("Записать", {"people": [self.pk(name) for name in names]}, at="main")
        return by.text

    def item_registers(self, event: str) -> None:
        """The tutor, from the item of a route, for its teacher."""
        by = self.by("tutor", reverse("routes:item_detail", args=[self.item.pk])).follow("Найти мероприятие")
        by.follow(self.title(event)).press("Записать: Троева М. П.")
        assert "Записан 1 человек. Каждый узнает" in by.text
        assert "Уже записаны: Троева М. П." in by.open(f"{event}?item={self.item.pk}").text

    def door(self, event: str, *names: str, guests: Sequence[str] = (), by: str = "tutor") -> None:
        """Marked on a telephone that had no line: what it kept is sent twice."""
        walker = self.by(by, event).follow("На входе")
        at = int(timezone.now().timestamp() * 1000)
        who: list[dict[str, Any]] = [{"person": self.pk(name)} for name in names]
        who += [{"guest": {"name": name, "work": "Соседний район"}} for name in guests]
        marks = [{"key": str(uuid4()), "said": "came", "at": at, **one} for one in who]
        for _again in range(2):
            body = json.dumps({"device": "телефон", "marks": marks})
            answer = walker.client.post(f"{walker.path}save/", body, content_type="application/json").json()
            assert len(answer["kept"]) == len(marks), answer

    def over(self, event: str, minutes: int, *names: str, by: str = "tutor") -> Walker:
        """Closed by who led it; the hours of who came are counted here too."""
        walker = self.by(by, event).press("Завершить", at="main")
        for name in names:
            self.attended[name] = self.attended.get(name, 0) + minutes
        return walker

    def lived(self, line: str, title: str, day: date, *came: str, known: int = 21, **fields: Any) -> str:
        """An event of the line, announced so many days before, an hour and a half in the afternoon; all register."""
        self.at(day - timedelta(days=known), 10)
        event = self.announced(line, "tutor", title, day, **fields)
        for name in came:
            self.registers(name, event)
        self.at(day, 16)
        self.door(event, *came)
        self.at(day, 17)
        self.over(event, 90, *came)
        return event

    def certificates(self, event: str, number: int, by: str = "tutor") -> None:
        """So many people earned one."""
        walker = self.by(by, event).follow("Сертификаты")
        assert f"Можно выдать {number} сертификат" in walker.text
        walker.press(f"Выдать {number}", SIGNS, at="main")
        assert f"Действуют {number} сертификат".lower() in walker.text.lower()

    def checked(self, name: str, title: str) -> Walker:
        """What a stranger reads of the certificate of ``name``: the address that the paper's QR holds."""
        mine = self.by(name, "/events/certificates/mine/")
        (part,) = [one for one in mine.page.xpath("//main//section") if words(one).startswith(title)]
        (href,) = [str(href) for href in part.xpath(".//a/@href") if "/events/check/" in href]
        by = Walker().open(href)
        assert f"{self.surname(name)} М. П." in by.text
        assert f"{self.surname(name)} Мария" not in by.text
        assert title in by.text
        return by

    def counts(self, plan: str, line: str, *, of: int, offered: int = 1, held: int = 0) -> None:
        """Each time of the line is fulfilled by the event that is offered there, and offered at no other time."""
        by = self.by("coordinator", line)
        times = [str(href) for href in by.page.xpath("//main//a/@href") if re.fullmatch(r"/plans/times/\d+/", href)]
        for path in times[: held or of]:
            here = self.by("coordinator", path)
            offers = [one for one in here.page.iter("button") if words(one) == "Засчитать"]
            assert len(offers) == offered, here.text
            here.press("Засчитать", at="main")
        assert len(times) == of
        done = held or of
        (row,) = [words(row) for row in self.by("coordinator", plan).page.iter("tr") if line in _links(row)]
        assert f"выполнено {done} из {of}" in row or (of == 1 and "выполнено" in row), row

    def hours(self, *, last: date) -> None:
        """The list «hours by teacher» says what the test has counted, and nothing of anybody else."""
        asked = {"columns": ["name", "hours"], "form": "xlsx", "first": BEGINS, "last": last}
        answer = self.by("coordinator").client.get("/events/hours/file/", asked)
        content = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[attr-defined]
        _head, *rows = load_workbook(io.BytesIO(content)).active.values  # type: ignore[union-attr]
        told = {str(name).partition(" ")[0]: float(str(hours).replace(",", ".")) for name, hours in rows}
        assert told == {self.surname(name): minutes / 60 for name, minutes in self.attended.items()}

    def leaves_the_centre(self, name: str) -> None:
        """The role ends today; what was registered for is let go."""
        self.by("coordinator", f"/people/{self.pk(name)}/").press("Завершить роль", at="main")

    def letters_went_once(self) -> None:
        """None twice, none that still waits."""
        rows = Message.objects.exclude(state__in=(State.SENT, State.SILENT, State.CANCELLED))
        assert not rows.filter(due_at__lte=timezone.now()).exists(), list(rows.values_list("kind", "state", "reason"))
        sent = [(one.to[0], one.extra_headers["Message-ID"]) for one in mail.outbox]
        assert sent
        assert len(set(sent)) == len(sent)

    def strangers_see_nothing(self, *events: str) -> None:
        """Of the second centre nobody reads or changes anything here."""
        for name in ("foreign_coordinator", "foreign_teacher"):
            client = self.by(name).client
            for event in events:
                assert client.get(event).status_code == 404
                assert client.post(f"{event}register/").status_code == 404


def begun(preset: str, monkeypatch: pytest.MonkeyPatch) -> Year:
    """Two tutors by the regulation, two schools with their heads, five teachers, one of whom has a route; a second
    centre."""
    clock = [datetime.combine(BEGINS, time(10, len(preset)), ZoneInfo("Europe/Moscow"))]
    monkeypatch.setattr(timezone, "now", lambda: clock[0].astimezone(UTC))
    centre = founded(preset)
    (systems.vote if preset == "yamal" else systems.enter)(centre)
    people = {"tutor": Account.objects.get(person=centre.candidate_person), "head": centre.accounts["head"]}
    people["coordinator"] = Account.objects.get(person__surname="Выдумкина")
    other = make_school(centre.centre, "СОШ № 9")
    people["other_head"] = make_member(centre.centre, Role.HEAD, other)
    for name, surname in TEACHERS.items():
        school = other if name == "far" else centre.school
        person = make_person(surname)
        make_employment(person, school, subjects=["math"], experience_from=date(2015, 9, 1))
        people[name] = make_member(centre.centre, Role.TEACHER, school, person)
    foreign = make_centre("Соседний центр", preset)
    people["foreign_coordinator"] = make_member(foreign, Role.COORDINATOR)
    people["foreign_teacher"] = make_member(foreign, Role.TEACHER)
    for account in people.values():
        Account.objects.filter(pk=account.pk).update(email=f"{account.pk}@example.org")
    world = World(centre.centre, foreign, centre.school, {"tutor": people["tutor"], "teacher": people["three"]})
    item = make_running(world, topics=("Решение задач в три действия",)).items.order_by("pk")[0]
    zone = ZoneInfo(centre.centre.municipality.time_zone)
    return Year(centre, people, clock, zone, item)


def _links(row: Any) -> list[str]:
    return [str(href) for href in row.xpath(".//a/@href")]


def main_of(by: Walker) -> str:
    """Without the menus."""
    return words(by.page.get_element_by_id("main"))
