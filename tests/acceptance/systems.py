"""Centres founded from each preset, and the way to the status that each regulation prescribes: by HTTP only."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from tests.acceptance.walker import Walker
from tests.factories import make_employment, make_member, make_person, make_school
from traektoria.organisations.models import Regulation, School, TutorCentre
from traektoria.organisations.regulations.contents import rules_of
from traektoria.organisations.regulations.criteria import Document, Leaf, leaves
from traektoria.people.enums import Role
from traektoria.people.models import Account, Person
from traektoria.tutors.models import CommissionMember

PASSWORD = "свой-пароль-37-букв"
PDF = b"%PDF-1.7\n1 0 obj\n"
SAID = "Пять лет веду семинары для учителей района"
MEMBERS = ("chair", "first", "second", "third")


@dataclass
class Founded:
    """A centre with its coordinator at the browser, a candidate with ten years of work, and who decides."""

    centre: TutorCentre
    school: School
    coordinator: Walker
    candidate: Walker
    candidate_person: Person
    accounts: dict[str, Account]

    def walker(self, name: str) -> Walker:
        return Walker(self.accounts[name])


def founded(preset: str) -> Founded:
    """The administrator answers the questions; the coordinator signs in with the given password and changes it."""
    login, password = _answer(Walker(make_member(None, Role.ADMINISTRATOR)), preset)
    coordinator = Walker()
    coordinator.open("/").press("Войти", {"login": login, "password": password})
    given = {"oldpassword": password, "password1": PASSWORD, "password2": PASSWORD}
    coordinator.press("Сохранить пароль", given).open("/")
    assert "Мой день" in coordinator.text
    centre = TutorCentre.objects.get()
    school = centre.school or make_school(centre, "СОШ № 7")
    accounts = {"head": make_member(centre, Role.HEAD, school)}
    accounts |= {name: make_member(centre, Role.HEAD, make_school(centre)) for name in MEMBERS if not centre.school}
    person = make_person("Иванова")
    make_employment(person, school, experience_from=date(2015, 9, 1))
    candidate = make_member(centre, Role.TEACHER, school, person)
    return Founded(centre, school, coordinator, Walker(candidate), person, accounts)


def _answer(administrator: Walker, preset: str) -> tuple[str, str]:
    """The login and the first password of the coordinator."""
    at_school = preset == "balta"
    answers: dict[str, dict[str, str]] = {
        "municipality": {"region_code": "89", "region": "Примерский округ", "municipality": "Новый район"},
        "founder": {"founder": "Управление образования"},
        "scope": {"scope": "one_school" if at_school else "anew"},
        "school": {"name": "СОШ с. Примерное", "digits": "890005"},
        "preset": {"preset": preset},
        "name": {"name": "Новый центр", "start": timezone.localdate().isoformat(), "basis": "приказ № 5"},
        "coordinator": {"who": "new"},
        "person": {"surname": "Выдумкина", "given": "Ольга", "patronymic": "Петровна"},
    }
    administrator.open("/people/centres/").follow("Основать центр")
    while (step := administrator.path.rstrip("/").rpartition("/")[2]) in answers:
        administrator.press("Продолжить", answers[step])
    administrator.press("Основать центр")
    login, password = [str(one.text) for one in administrator.page.iter("code")]
    return login, password


def in_force(founded: Founded) -> Regulation:
    return Regulation.objects.get(centre=founded.centre)


def criteria(founded: Founded) -> Iterator[Leaf]:
    yield from leaves(rules_of(in_force(founded)).status.criteria)


def apply(founded: Founded) -> None:
    """The candidate fills in the application that is open, with a document where one is asked for, and submits it."""
    me = founded.candidate
    for leaf in criteria(founded):
        place = f"criterion-{leaf.slug}"
        if isinstance(leaf, Document):
            file = SimpleUploadedFile("диплом.pdf", PDF)
            me.press("Приложить", {"file": file, "title": "Диплом"}, at=place)
        me.press("Сохранить", {"text": SAID}, at=place)
    me.press("Сохранить", {"subjects": ["math"], "motivation": "Разбирать уроки вместе"}, at="about")
    me.press("Подать заявление")
    assert "подано" in me.text


def admit(founded: Founded) -> None:
    """The coordinator finds the application on «My day», checks every criterion and admits it."""
    by = founded.coordinator.open("/").follow("Открыть")
    names = {one.get("name") for one in by.page.iter("input") if str(one.get("name")).startswith("check_")}
    by.press("Сохранить проверку", dict.fromkeys(names, "met")).press("Допустить к рассмотрению")
    assert "допущено к рассмотрению" in by.text


def enter(founded: Founded) -> None:
    """By one's own will: the candidate applies, the coordinator enters them in the list of the community."""
    founded.candidate.open("/tutors/").follow("Стать тьютором").press("Начать заявление")
    apply(founded)
    admit(founded)
    founded.coordinator.follow("Внести в сообщество").press("Внести в сообщество")


def vote(founded: Founded) -> Walker:
    """By a commission: formed, in session, judging blind, voting 3:1, deciding, signing. Gives the secretary."""
    founded.candidate.open("/tutors/").follow("Стать тьютором").press("Начать заявление")
    apply(founded)
    admit(founded)
    form_commission(founded)
    by = founded.coordinator.follow("Назначить заседание")
    by.press("Дальше: повестка", {"place": "каб. 12"}).press("Добавить в повестку")
    absent = str(CommissionMember.objects.get(person__surname="Ученов").pk)
    ticked = [one.get("value") for one in by.page.iter("input") if one.get("name") == "present"]
    said = {"present": [one for one in ticked if one != absent], f"reason-{absent}": "в командировке"}
    by.press("Сохранить явку", said).press("Открыть заседание").press("Начать рассмотрение")
    session = by.path
    members = {name: founded.walker(name) for name in MEMBERS}
    for member in members.values():
        member.open(session).press("Сохранить мою оценку", _points(member))
    by.open(session).press("Открыть оценки").press("Начать открытое голосование")
    for name, member in members.items():
        member.open(session).press("Проголосовать", {"choice": "2" if name == "third" else "1"})
    by.open(session).press("Закрыть голосование").press("Присвоить статус", {"reasons": "Опыт подтверждён"})
    members["third"].open(session).press("Внести в протокол", {"text": "Мало открытых уроков"})
    by.open(session).press("Закрыть заседание").press("Подписать протокол")
    members["chair"].open(session).press("Подписать протокол")
    return by.open(session)


def _points(member: Walker) -> dict[str, str]:
    names = {str(one.get("name")) for one in member.page.iter("input")}
    return {name: "2" for name in names if name.startswith("points-")}


def form_commission(founded: Founded) -> None:
    """A chair, three members, a scientist from outside who stays away, the coordinator as secretary without a vote."""
    by = founded.coordinator.open("/tutors/commission/").follow("Создать комиссию")
    by.press("Дальше: состав", {"name": "Комиссия по статусу", "basis": "приказ № 6"})
    secretary = by.client.session["_auth_user_id"]
    seats: list[tuple[Account, dict[str, Any]]] = [
        (founded.accounts[name], {"post": "chair" if name == "chair" else "member"}) for name in MEMBERS
    ]
    seats.append((Account.objects.get(pk=secretary), {"post": "secretary", "without_vote": "on"}))
    for account, seat in seats:
        assert account.person
        by.follow("Добавить члена комиссии").press("Найти", {"q": account.person.surname})
        facts = {"person": str(account.person.pk), "kind": "methodist", "position": "методист", **seat}
        by.press("Включить в комиссию", facts)
    new = {"surname": "Ученов", "given": "Пётр", "kind": "science", "position": "доцент", "post": "member"}
    by.follow("Добавить члена комиссии").press("Включить в комиссию", new).press("Комиссия начинает работу")


def order(founded: Founded) -> Walker:
    """By the head's order: nominated, consented, applied, admitted, signed. Gives the head at the signed order."""
    head = founded.walker("head").open("/tutors/").follow("Выдвинуть кандидата")
    head.press("Найти", {"q": "Иван"})
    head.press("Спросить коллегу", {"person": str(founded.candidate_person.pk), "reason": "К ней идут за советом"})
    founded.candidate.open("/").follow("Прочитать и ответить").press("Согласиться")
    apply(founded)
    admit(founded)
    founded.coordinator.press("Подготовить приказ")
    head.open("/").follow("Открыть")
    return head.press("Подписать", {"number": "12-к", "day": timezone.localdate().isoformat()})


def release(founded: Founded, head: Walker) -> Walker:
    """The head releases the tutor today: the signed order ends the status."""
    head.open("/tutors/").follow(founded.candidate_person.full_name).follow("Подготовить приказ об освобождении")
    today = timezone.localdate().isoformat()
    head.press("Подготовить приказ", {"effective": today, "reason": "по собственному желанию"})
    head.press("Сохранить и прочитать")
    return head.press("Подписать", {"number": "13-к", "day": today})
