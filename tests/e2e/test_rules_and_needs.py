"""A centre founded in minutes, its rules changed without a programmer, a tutor asked for in a minute."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.status_world import municipal
from tests.e2e.steps import Hand, downloaded, follow, go, press, read_back, words
from tests.factories import PASSWORD, make_centre, make_employment, make_member, make_person, make_school
from tests.tutors.status_factories import make_status
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.routes.models import SupportNeed
from traektoria.tutors.applications.actions.applications import start_application
from traektoria.tutors.models import Application

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: Teacher, from «My day» to the sent request: the room, the button, the reason, the send; a minute with the words.
ASKING_FOR_A_TUTOR = 4
#: Coordinator, from the board: the tutor, the offer.
OFFERING_A_TUTOR = 2
#: Tutor or teacher, from «My day»: the offer, the consent.
CONSENTING = 2
ANSWERS: dict[str, dict[str, str]] = {
    "Новый муниципалитет": {"Номер региона": "89", "Регион": "Примерский округ", "Муниципалитет": "Новый район"},
    "Кто основывает центр": {"Учредитель": "Управление образования"},
    "Какой это центр": {"создан заново": ""},
    "С какого положения начать": {"Муниципальный тьюторский центр": ""},
    "Название, документ и день": {"Название центра": "Новый центр", "Каким документом": "приказ № 5"},
    "Первый координатор": {"человек, которого в системе ещё нет": ""},
    "Кто это": {"Фамилия": "Выдумкина", "Имя": "Ольга", "Отчество": "Петровна"},
}


def test_a_centre_is_founded_in_minutes(open_page: Any) -> None:
    administrator = open_page(make_member(None, Role.ADMINISTRATOR))
    administrator.goto("/")
    follow(administrator, "Центры")
    follow(administrator, "Основать центр")
    for heading, answers in ANSWERS.items():
        expect(administrator.get_by_role("heading", level=1)).to_have_text(heading)
        answer(administrator, answers)
    press(administrator, "Основать центр")
    login, password = words(administrator.locator("code"))
    assert TutorCentre.objects.get().regulations.get().preset == "yamal"
    coordinator_signs_in(open_page(), login, password)


def answer(page: Page, answers: dict[str, str]) -> None:
    """Type what has words, choose what has none."""
    for label, text in answers.items():
        field = page.get_by_label(re.compile(label)).first
        if text:
            field.fill(text)
        else:
            field.check()
    press(page, "Продолжить")


def coordinator_signs_in(coordinator: Page, login: str, password: str) -> None:
    """With the given password, which is changed at once."""
    coordinator.goto("/")
    coordinator.get_by_label("Логин").fill(login)
    coordinator.get_by_label("Пароль", exact=True).fill(password)
    press(coordinator, "Войти")
    coordinator.get_by_label("Текущий пароль").fill(password)
    coordinator.get_by_label("Новый пароль", exact=True).fill(PASSWORD)
    coordinator.get_by_label("Новый пароль (ещё раз)").fill(PASSWORD)
    press(coordinator, "Сохранить пароль")
    coordinator.goto("/")
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Мой день")


def test_a_rule_is_changed_without_scripts(open_page: Any) -> None:
    """What was begun under the old version stays under it."""
    world = municipal()
    candidate = actor_of(world.accounts["candidate"])
    begun = start_application(centre=world.centre, by=candidate)
    coordinator = open_page(world.accounts["coordinator"], javascript=False)
    coordinator.goto("/centre/regulation/")
    go(coordinator.get_by_role("link", name=re.compile(r"^Изменить пункт 4\.\d: Срок в месяцах")))
    press(coordinator, "Начать черновик и изменить")
    field = coordinator.get_by_label("Срок в месяцах")
    expect(field).to_be_focused()
    field.fill("18")
    press(coordinator, "Сохранить")
    expect(coordinator).to_have_url(re.compile("#clause-status-term$"))
    expect(coordinator.locator("#clause-status-term")).to_contain_text("18")
    follow(coordinator, "Что изменилось")
    follow(coordinator, "Проверить и утвердить")
    expect(coordinator.locator("del", has_text="36")).to_be_visible()
    coordinator.get_by_label("Каким документом утверждено").fill("приказ от 01.09.2026 № 145")
    press(coordinator, "Утвердить положение")
    follow(coordinator, "Все редакции и что менялось")
    follow(coordinator, "Что изменилось")
    expect(coordinator.locator("ins", has_text="18")).to_be_visible()
    regulation_says(coordinator)
    assert Application.objects.get(pk=begun.pk).regulation.content["status"]["term_months"] == 36
    colleague = open_page(make_member(world.centre, Role.TEACHER), javascript=False)
    colleague.goto("/tutors/applications/begin/")
    expect(colleague.get_by_text("Статус даётся на 18 месяцев")).to_be_visible()
    press(colleague, "Начать заявление")
    assert Application.objects.exclude(pk=begun.pk).get().regulation.number == 2


def regulation_says(coordinator: Page) -> None:
    coordinator.goto("/centre/regulation/")
    paper = read_back(downloaded(coordinator, "Положение центра, DOCX"), "docx")
    assert "18месяцев" in paper
    assert "36месяцев" not in paper


def test_a_tutor_is_asked_for_in_a_minute(open_page: Any) -> None:
    centre = make_centre()
    people = {name: make_person(surname) for name, surname in (("teacher", "Педагогова"), ("tutor", "Тьюторова"))}
    for person in people.values():
        make_employment(person, make_school(centre))
    make_status(centre, people["tutor"])
    accounts = {
        "teacher": make_member(centre, Role.TEACHER, person=people["teacher"]),
        "tutor": make_member(centre, Role.TEACHER, person=people["tutor"]),
        "coordinator": make_member(centre, Role.COORDINATOR),
    }
    teacher = open_page(accounts["teacher"], phone=True)
    teacher_asks(teacher)
    coordinator_offers(open_page(accounts["coordinator"]))
    for page in (teacher, open_page(accounts["tutor"])):
        consents(page)
    assert SupportNeed.objects.get().state == "met"


def teacher_asks(teacher: Page) -> None:
    """On a phone; the subject is known already."""
    hand = Hand(teacher)
    teacher.goto("/")
    hand.follow("Тьюторы")
    hand.follow("Попросить тьютора")
    expect(teacher.get_by_label("Предмет")).to_have_value("math")
    hand.choose("Почему", "results")
    hand.fill("Какая помощь нужна", "Хочу научиться разбирать с детьми условие задачи")
    hand.press("Отправить координатору")
    expect(teacher.get_by_text("ищем тьютора").first).to_be_visible()
    assert hand.clicks <= ASKING_FOR_A_TUTOR
    assert teacher.evaluate("document.documentElement.scrollWidth") <= 390


def coordinator_offers(coordinator: Page) -> None:
    coordinator.goto("/")
    follow(coordinator, "Подобрать тьюторов")
    hand = Hand(coordinator)
    hand.follow("Предложить.*Тьюторова")
    hand.press("Предложить")
    expect(coordinator.get_by_text("Тьютора никто не ждёт")).to_be_visible()
    assert hand.clicks <= OFFERING_A_TUTOR


def consents(page: Page) -> None:
    hand = Hand(page)
    page.goto("/")
    hand.follow("Прочитать и ответить")
    hand.press("Согласиться")
    assert hand.clicks <= CONSENTING
