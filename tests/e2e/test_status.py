"""Who is a tutor, in both legal forms: from the first click to the paper in hand, each person on their own page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.e2e.status_world import MEMBERS, StatusWorld, municipal, of_one_school
from tests.e2e.steps import Hand, downloaded, every, follow, go, press, read_back
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment
from traektoria.tutors.models import AgendaItem, Application, Commission, Judgement, Session, TutorStatus

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

#: From the open page of a planned session to the protocol in both formats, signed: attendance of one absent member
#: (3), secret instead of open (1), the steps of the item (begin, open judgements, vote, count, decide: 5), a look
#: again after the others have judged, voted and given an opinion (3), open, close, sign (3), two papers (2).
HOLDING_A_VOTE = 17
MOTIVATION = "Разбирать уроки вместе с коллегами"
OPINION = "Открытых уроков пока мало, я бы подождал год."
REASONS = "Опыт работы с коллегами подтверждён."


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path / "ballots"


def test_a_commission_grants_the_status(open_page: Any, tmp_path: Path) -> None:
    world = municipal()
    candidate = open_page(world.accounts["candidate"])
    coordinator = open_page(world.accounts["coordinator"])
    teacher_applies(candidate, world, tmp_path)
    coordinator_admits(coordinator)
    commission_is_formed(coordinator, world)
    members = {name: open_page(world.accounts[name]) for name in MEMBERS}
    session_is_held(coordinator, members)
    candidate_reads_the_decision(candidate)
    tutor_stands_in_the_lists(candidate, coordinator, open_page(), world)


def teacher_applies(candidate: Page, world: StatusWorld, folder: Path) -> None:
    """Fills in what is asked, with files; the draft is kept as it is typed."""
    candidate.goto("/")
    follow(candidate, "Тьюторы")
    follow(candidate, "Стать тьютором")
    press(candidate, "Начать заявление")
    fill_in(candidate, world, folder)
    press(candidate, "Подать заявление")
    expect(candidate.get_by_text("Заявление подано. Документы проверяют")).to_be_visible()
    assert Application.objects.get().state == "submitted"


def fill_in(page: Page, world: StatusWorld, folder: Path) -> None:
    diploma = folder / "Диплом.pdf"
    diploma.write_bytes(b"%PDF-1.7\n1 0 obj\n")
    for slug in world.criteria("document"):
        place = page.locator(f"#criterion-{slug}")
        place.locator("summary", has_text="Приложить документ").click()
        place.locator("input[type=file]").set_input_files(str(diploma))
        go(place.get_by_role("button", name="Приложить", exact=True))
        expect(page.locator(f"#criterion-{slug}").get_by_text("Диплом.pdf").first).to_be_visible()
    for slug in world.criteria("judged"):
        place = page.locator(f"#criterion-{slug}")
        with page.expect_response(re.compile(f"/criteria/{slug}/")) as kept:
            place.locator("textarea").first.fill("Веду семинары для учителей района пять лет")
        assert kept.value.status == 204
    about = page.locator("#about")
    about.get_by_label("Математика").check()
    about.get_by_label("Что вы хотите делать как тьютор").fill(MOTIVATION)
    go(about.get_by_role("button", name="Сохранить"))


def coordinator_admits(coordinator: Page) -> None:
    coordinator.goto("/")
    follow(coordinator, "Открыть")
    for box in every(coordinator.get_by_label("выполнено", exact=True)):
        box.check()
    press(coordinator, "Сохранить проверку")
    press(coordinator, "Допустить к рассмотрению")
    expect(coordinator.get_by_text("допущено к рассмотрению").first).to_be_visible()


def commission_is_formed(coordinator: Page, world: StatusWorld) -> None:
    """The chair is found among the centre's people, a scientist is written anew; the others are added as they are."""
    follow(coordinator, "Комиссия")
    follow(coordinator, "Создать комиссию")
    coordinator.get_by_label("Название комиссии").fill("Комиссия по статусу «Тьютор»")
    coordinator.get_by_label("Каким приказом создана").fill("приказ от 01.09.2026 № 6")
    press(coordinator, "Дальше: состав")
    chair = world.accounts["chair"].person
    assert chair
    add_member(coordinator, "chair", found=chair.full_name)
    add_member(coordinator, "member", new=("Учёнов", "Пётр"))
    world.seat_the_others(Commission.objects.get())
    coordinator.reload()
    press(coordinator, "Комиссия начинает работу")
    follow(coordinator, "Назначить заседание")
    coordinator.get_by_label("Где").fill("Методический центр, каб. 12")
    press(coordinator, "Дальше: повестка")
    press(coordinator, "Добавить в повестку")
    expect(coordinator.locator(".agenda").get_by_text("Иванова")).to_be_visible()


def add_member(page: Page, post: str, found: str = "", new: tuple[str, str] = ("", "")) -> None:
    follow(page, "Добавить члена комиссии")
    if found:
        page.get_by_label("Найти среди людей центра").fill(found.split()[0])
        press(page, "Найти")
        page.get_by_label(found).check()
    else:
        page.get_by_label("Фамилия").fill(new[0])
        page.get_by_label(re.compile("^Имя")).fill(new[1])
    page.get_by_label("Должность").fill("методист")
    page.get_by_label("Роль в комиссии").select_option(post)
    press(page, "Включить в комиссию")


def session_is_held(secretary: Page, members: dict[str, Page]) -> None:
    """The secretary leads with few clicks; the members judge blind and vote in secret; both sign."""
    hand, session = Hand(secretary), secretary.url.split("?")[0]
    hand.press("Пришли все")
    expect(secretary.get_by_label(re.compile(r"^\s*Учёнов")).first).to_be_checked()
    hand.tick("Учёнов")
    secretary.get_by_label(re.compile("Почему отсутствует: Учёнов")).fill("в командировке")
    hand.press("Сохранить явку")
    hand.press("Открыть заседание")
    hand.press("Начать рассмотрение")
    for done, member in enumerate(members.values()):
        judges(member, blind=done > 0)
    hand.look_again()
    hand.press("Открыть оценки")
    hand.press("Сделать голосование тайным")
    hand.press("Начать тайное голосование")
    for name, member in members.items():
        votes(member, "против" if name == "third" else "за")
    hand.look_again()
    hand.press("Закрыть голосование и подсчитать")
    hand.fill("Основания", REASONS)
    hand.press("Присвоить статус")
    dissents(members["third"], session)
    hand.look_again()
    hand.press("Закрыть заседание")
    hand.press("Подписать протокол")
    members["chair"].goto("/")
    follow(members["chair"], "Прочитать и подписать")
    press(members["chair"], "Подписать протокол")
    expect(members["chair"].get_by_text("протокол подписан").first).to_be_visible()
    for form in ("docx", "pdf"):
        protocol_says(read_back(downloaded(secretary, f"Протокол заседания, {form.upper()}"), form))
        hand.clicks += 1
    assert hand.clicks <= HOLDING_A_VOTE
    assert Session.objects.get().state == "signed"


def judges(member: Page, *, blind: bool) -> None:
    """By the lines of the form; what others gave is nowhere on the page."""
    member.goto("/")
    follow(member, "Оценить")
    if blind:
        assert Judgement.objects.exists()
        expect(member.get_by_text("заметка для себя")).to_have_count(0)
    expect(member.get_by_role("heading", name="Ваша оценка")).to_be_visible()
    for place in every(member.locator(".judgement")):
        place.get_by_role("radio").last.check()
    member.get_by_label("Пояснение").first.fill("заметка для себя")
    press(member, "Сохранить мою оценку")


def votes(member: Page, choice: str) -> None:
    member.goto("/")
    follow(member, "Проголосовать")
    member.get_by_label(choice, exact=True).check()
    press(member, "Проголосовать")
    expect(member.get_by_text("Ваш голос принят", exact=True)).to_be_visible()


def dissents(member: Page, session: str) -> None:
    member.goto(session)
    member.locator("summary", has_text="Особое мнение").click()
    member.get_by_label("Особое мнение").last.fill(OPINION)
    press(member, "Внести в протокол")
    expect(member.get_by_text(OPINION).first).to_be_visible()


def protocol_says(protocol: str) -> None:
    said = (
        "Членовкомиссиисправомголоса—5,присутствовали—4,длякворуманужно—3:кворумимеется",
        "УчёновПётр(вкомандировке)",
        "тайноеголосование):«за»—3,«против»—1,«воздержались»—0",
        "РЕШИЛИ:присвоитьстатус«Тьютор»ИвановойМарииПетровне",
        "Открытыхуроковпокамало",
    )
    assert [words for words in said if words not in protocol] == []
    assert "Поимённо" not in protocol


def candidate_reads_the_decision(candidate: Page) -> None:
    candidate.goto("/")
    follow(candidate, "Прочитать")
    expect(candidate.get_by_text(REASONS).first).to_be_visible()
    extract = read_back(downloaded(candidate, "Выписка из протокола, PDF"), "pdf")
    assert "ИвановойМарииПетровне" in extract
    assert AgendaItem.objects.get().granted is True


def tutor_stands_in_the_lists(tutor: Page, coordinator: Page, stranger: Page, world: StatusWorld) -> None:
    """In the centre at once; before strangers only with consent."""
    coordinator.goto("/tutors/")
    expect(coordinator.get_by_role("link", name="Иванова Мария Петровна")).to_be_visible()
    register = f"/tutors/register/{world.centre.pk}/"
    stranger.goto(register)
    expect(stranger.get_by_text("Реестр пуст")).to_be_visible()
    tutor.goto("/tutors/")
    follow(tutor, "Мой статус")
    press(tutor, "Даю согласие на внесение в реестр")
    stranger.reload()
    expect(stranger.get_by_text("Иванова Мария Петровна")).to_be_visible()


def test_the_head_appoints_and_releases(open_page: Any, tmp_path: Path) -> None:
    world = of_one_school()
    head = open_page(world.accounts["head"])
    teacher = open_page(world.accounts["candidate"], phone=True)
    head_nominates(head)
    teacher_consents_on_a_phone(teacher, world, tmp_path)
    coordinator_admits(open_page(world.accounts["coordinator"]))
    order_is_signed(head)
    teacher.goto("/")
    follow(teacher, "Прочитать")
    press(teacher, "Подтвердить ознакомление")
    expect(teacher.get_by_text("подписан, тьютор ознакомлен")).to_be_visible()
    tutor_is_released(head)


def head_nominates(head: Page) -> None:
    head.goto("/tutors/")
    follow(head, "Выдвинуть кандидата")
    head.get_by_label("Найти коллегу").fill("Иван")
    press(head, "Найти")
    head.get_by_label("Иванова Мария Петровна").check()
    head.get_by_label("Почему именно этот коллега").fill("К ней идут за советом молодые учителя")
    press(head, "Спросить коллегу")
    assert Application.objects.get().state == "nominated"


def teacher_consents_on_a_phone(teacher: Page, world: StatusWorld, folder: Path) -> None:
    teacher.goto("/")
    follow(teacher, "Прочитать и ответить")
    press(teacher, "Согласиться")
    fill_in(teacher, world, folder)
    press(teacher, "Подать заявление")
    expect(teacher.get_by_text("Заявление подано. Документы проверяют")).to_be_visible()
    assert teacher.evaluate("document.documentElement.scrollWidth") <= 390


def order_is_signed(head: Page) -> None:
    head.goto("/tutors/orders/")
    press(head, "Подготовить приказ")
    press(head, "Сохранить и прочитать")
    head.get_by_label("Номер приказа").fill("12-к")
    head.get_by_label("Дата приказа").fill(timezone.localdate().isoformat())
    press(head, "Подписать")
    expect(head.get_by_text("№ 12-к").first).to_be_visible()
    for form in ("docx", "pdf"):
        order = read_back(downloaded(head, f"Приказ, {form.upper()}"), form)
        assert "НазначитьИвановуМариюПетровну,учителяматематики,тьютором" in order
        assert "ПоручитьИвановойМарииПетровне,учителюматематики" in order
        assert "12к" in order


def tutor_is_released(head: Page) -> None:
    head.goto("/tutors/")
    follow(head, "Иванова Мария Петровна")
    follow(head, "Подготовить приказ об освобождении")
    head.get_by_label("Освободить с").fill(timezone.localdate().isoformat())
    head.get_by_label("Причина").fill("по собственному желанию")
    press(head, "Подготовить приказ")
    press(head, "Сохранить и прочитать")
    head.get_by_label("Номер приказа").fill("13-к")
    head.get_by_label("Дата приказа").fill(timezone.localdate().isoformat())
    press(head, "Подписать")
    expect(head.get_by_text("№ 13-к").first).to_be_visible()
    released = read_back(downloaded(head, "Приказ, PDF"), "pdf")
    assert "ОсвободитьИвановуМариюПетровну,учителяматематики,отобязанностейтьютора" in released
    assert TutorStatus.objects.get().state == "ended"
    assert not RoleAssignment.objects.filter(in_force(timezone.localdate()), role=Role.TUTOR).exists()
