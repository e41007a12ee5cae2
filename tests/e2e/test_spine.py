"""The spine of the mission, walked in a browser as people do it, each on their own screen."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.documents.test_card import squeezed
from tests.e2e.steps import downloaded, follow, go, press, read_back
from tests.world import World, make_world
from traektoria.demo.files import build
from traektoria.demo.simulation import CLEAN, ClassSpec, SchoolSpec
from traektoria.demo.works import work
from traektoria.diagnostics.models import Hypothesis
from traektoria.routes.models import LearningRoute, RouteItem, TutorSupport

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

REQUEST = "Хочу, чтобы дети сами составляли план решения задачи."
TASK = "Разобрать с тьютором пять работ учеников и найти, где теряется ход решения"


def results_file() -> bytes:
    """Six schools; in 4А of the world's school four topics are really weak."""
    math = work(2021, "math", 4)
    weak = {task.topic: -2.5 for task in math.tasks[5:9]}
    schools = [
        SchoolSpec(
            f"99000{number}",
            f"СОШ № {number}",
            "Приреченский район",
            "reg99_m001",
            (ClassSpec("4А", 25, topics=weak if number == 1 else {}), ClassSpec("4Б", 24)),
        )
        for number in range(1, 7)
    ]
    return build("region_2021", math, schools, seed=5, dirt=CLEAN)


def test_from_results_to_a_card(open_page, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    world = make_world()
    file = tmp_path / "region_2021_math_4.xlsx"
    file.write_bytes(results_file())
    coordinator = open_page(world.accounts["coordinator"])
    tutor = open_page(world.accounts["tutor"])
    teacher = open_page(world.accounts["teacher"], phone=True)

    results_come_in(coordinator, file)
    support_begins(coordinator, tutor, teacher, world)
    teacher_decides(teacher)
    tutor_drafts(tutor)
    teacher_agrees_and_works(teacher, tmp_path)
    card_is_taken_and_verified(teacher, open_page())


def results_come_in(coordinator: Page, file: Path) -> None:
    coordinator.goto("/")
    follow(coordinator, "Результаты")
    follow(coordinator, "Загрузить")
    coordinator.set_input_files("input[type=file]", str(file))
    press(coordinator, "Загрузить")
    coordinator.wait_for_url(re.compile(r"/results/\d+/"))
    expect(coordinator.get_by_role("heading", level=1)).to_have_text("Математика, 4 класс")
    expect(coordinator.get_by_text("294").first).to_be_visible()
    of_the_file = coordinator.url
    follow(coordinator, "Указать свои школы")
    press(coordinator, "Сохранить; остальные")
    coordinator.goto(of_the_file)
    press(coordinator, "Предложить .*учителям")
    assert Hypothesis.objects.exists()


def support_begins(coordinator: Page, tutor: Page, teacher: Page, world: World) -> None:
    asked = world.accounts["tutor"].person
    teacher_name = world.accounts["teacher"].person.short_name
    coordinator.goto("/support/")
    follow(coordinator, "Предложить сопровождение")
    coordinator.get_by_label("Тьютор").select_option(str(asked.pk))
    coordinator.get_by_label(re.compile(re.escape(teacher_name))).check()
    coordinator.get_by_label("Предмет").select_option("math")
    coordinator.get_by_label("Почему").select_option("results")
    today = timezone.localdate()
    coordinator.get_by_label("С", exact=True).fill(today.isoformat())
    coordinator.get_by_label("По", exact=True).fill((today + timedelta(days=180)).isoformat())
    press(coordinator, "Предложить")
    coordinator.wait_for_url(re.compile(r"/support/\d+/"))
    for page in (tutor, teacher):
        page.goto("/")
        follow(page, "Прочитать и ответить")
        press(page, "Согласиться")
    assert TutorSupport.objects.get().state == "active"
    follow(teacher, "Написать заказ")
    teacher.get_by_label("Чему хочу научиться или что изменить").fill(REQUEST)
    press(teacher, "Сохранить")
    expect(teacher.get_by_text(REQUEST)).to_be_visible()


def teacher_decides(teacher: Page) -> None:
    """Says «yes» to every hypothesis but the last, on a phone."""
    teacher.goto("/diagnostics/")
    number = Hypothesis.objects.count()
    assert 2 <= number <= 7
    for left in range(number, 1, -1):
        press(teacher, "Хочу поддержки")
        expect(teacher.get_by_role("button", name="Хочу поддержки")).to_have_count(left - 1)
    press(teacher, "Причина другая")
    expect(teacher.get_by_role("button", name="Причина другая")).to_have_count(0)
    assert Hypothesis.objects.filter(state="confirmed").count() == number - 1


def tutor_drafts(tutor: Page) -> None:
    tutor.goto("/")
    go(tutor.get_by_role("listitem").filter(has_text="Составьте маршрут").get_by_role("link").first)
    press(tutor, "Составить маршрут")
    expect(tutor.get_by_text("Черновик: проверьте пункты")).to_be_visible()
    follow(tutor, "Изменить пункт")
    field = tutor.get_by_label("Что делаем")
    field.fill(TASK)
    press(tutor, "Сохранить")
    expect(tutor.get_by_text(TASK)).to_be_visible()
    press(tutor, "Предложить маршрут")
    expect(tutor.get_by_text("Маршрут ждёт согласия").first).to_be_visible()
    assert LearningRoute.objects.get().state == "proposed"


def teacher_agrees_and_works(teacher: Page, tmp_path: Path) -> None:
    teacher.goto("/")
    follow(teacher, "Прочитать и согласиться")
    press(teacher, "Согласиться")
    expect(teacher.get_by_role("button", name="Согласиться")).to_have_count(0)
    route = LearningRoute.objects.get()
    assert route.state == "running"
    analysis = tmp_path / "Разбор работ.pdf"
    analysis.write_bytes(b"%PDF-1.4\n1 0 obj <<>> endobj\ntrailer <<>>\n%%EOF\n")
    follow(teacher, "Приложить подтверждение")
    teacher.get_by_label("Файл").set_input_files(str(analysis))
    press(teacher, "Приложить подтверждение")
    expect(teacher.get_by_text("Разбор работ.pdf").first).to_be_visible()
    teacher.goto("/support/mine/")
    press(teacher, "Выполнено")
    expect(teacher.get_by_text(re.compile(r"1 из \d+")).first).to_be_visible()
    assert RouteItem.objects.filter(state="done").count() == 1


def card_is_taken_and_verified(teacher: Page, stranger: Page) -> None:
    """Both formats say what the people wrote; the printed code leads anybody to the register."""
    texts = {form: read_back(downloaded(teacher, f"Карта маршрута, {form.upper()}"), form) for form in ("docx", "pdf")}
    for text in texts.values():
        assert squeezed(REQUEST) in text
        assert squeezed(TASK) in text
        assert "Разборработ.pdf" in text
    code = re.search(r"Кодпроверкидокумента:([0-9A-Z]{12})", texts["pdf"])
    assert code
    stranger.goto("/documents/check/")
    stranger.get_by_label("Код документа").fill(code[1].lower())
    press(stranger, "Проверить код")
    expect(stranger.get_by_role("heading", level=1)).to_have_text("Документ подлинный")
