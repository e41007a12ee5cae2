"""Files of questions: nothing is written before it is confirmed, nothing comes twice, what is saved comes back."""

import io
import zipfile
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.diagnostics.bank_forms import EACH, single
from tests.factories import make_centre, make_member
from tests.shared import shared
from traektoria.diagnostics.likeness import likeness
from traektoria.diagnostics.models import BankItem, ItemPicture, ItemVersion
from traektoria.engines import questionbanks as q
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role

pytestmark = pytest.mark.django_db
PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
GIFT = r"""// [id:A-1] [tag:КЭС: 1.2] [tag:Уровень: П] [tag:Тема: Дроби] [tag:Источник: ОГЭ] [tag:свои]
::Сложение::Сколько будет \(\\frac\{1\}\{2\}\) + \(\\frac\{1\}\{2\}\)? {=1 ~2 ~3}

::Рисунок::[html]Что на рисунке? <img src\="data:image/png;base64,PIXEL" alt\="Точка"> {=точка}

::Пусто::Нет верного {~1 ~2}
""".replace("PIXEL", PIXEL.replace("=", r"\="))


@pytest.fixture
def centre() -> TutorCentre:
    return make_centre()


@pytest.fixture
def coordinator(centre: TutorCentre, client: Client) -> Client:
    client.force_login(make_member(centre, Role.COORDINATOR))
    return client


def upload(client: Client, content: bytes, name: str = "bank.gift") -> Any:
    return client.post(reverse("diagnostics:bank_import"), {"file": SimpleUploadedFile(name, content)})


def check(client: Client, content: bytes, name: str = "bank.gift") -> Any:
    """The page that shows what would be loaded."""
    answer = upload(client, content, name)
    assert answer.status_code == 302
    return client.get(answer["Location"])


def load(client: Client, content: bytes, name: str = "bank.gift", **choices: Any) -> str:
    """Everything that is offered, with these choices; what the page says afterwards."""
    page = check(client, content, name)
    taken = [str(line.number) for line in page.context["offered"]]
    answer = client.post(page.request["PATH_INFO"], {"take": taken, **choices}, follow=True)
    assert answer.status_code == 200
    return " ".join(map(str, answer.context["messages"])).replace("\xa0", " ")


def test_first_a_look_then_one_transaction(coordinator: Client) -> None:
    page = check(coordinator, GIFT.encode())
    text = page.content.decode().replace("\xa0", " ")
    assert "Строка 6, вопрос 3 «Пусто»" in text
    assert not BankItem.objects.exists()
    said = load(coordinator, GIFT.encode(), subject="math", topic="Без темы", source="Мой файл")
    assert said == "Загружено 2 задания."
    first, second = BankItem.objects.order_by("pk")
    assert (first.name, first.subject, first.topic, first.level, first.kes, first.source, first.labels) == (
        "Сложение", "math", "Дроби", "raised", "1.2", "ОГЭ", "свои",
    )  # fmt: skip
    assert (second.topic, second.source, second.external_id) == ("Без темы", "Мой файл", "")
    assert ItemPicture.objects.get().alt == "Точка"
    assert "сколько будет" in first.search_text


def test_nothing_comes_twice(coordinator: Client) -> None:
    load(coordinator, GIFT.encode())
    page = check(coordinator, GIFT.encode())
    assert (page.context["new"], page.context["same"]) == (0, 2)
    assert "Загружено 0 заданий. 2 уже были в банке." in load(coordinator, GIFT.encode())
    twice = "A {=1 ~2}\n\nA {=1 ~2}\n"
    assert "Загружено 1 задание. 1 повторяется в файле." in load(coordinator, twice.encode())
    assert BankItem.objects.count() == 3


def test_unticked_are_left_out(coordinator: Client) -> None:
    page = check(coordinator, GIFT.encode())
    answer = coordinator.post(page.request["PATH_INFO"], {"take": ["2"]}, follow=True)
    assert "Загружено 1 задание. 1 вопрос не взят." in str(*answer.context["messages"]).replace("\xa0", " ")
    assert BankItem.objects.get().name == "Рисунок"


@pytest.mark.parametrize(("changed", "items", "versions"), [("skip", 1, 1), ("renew", 1, 2), ("add", 2, 2)])
def test_a_known_code_with_another_text(coordinator: Client, changed: str, items: int, versions: int) -> None:
    load(coordinator, b"// [id:7]\nA {=1 ~2}\n")
    load(coordinator, "// [id:7]\nA, уточнено {=1 ~2}\n".encode(), changed=changed)
    assert (BankItem.objects.count(), ItemVersion.objects.count()) == (items, versions)


def bomb() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "x")
        archive.writestr("xl/workbook.xml", b" " * 300_000_000)
    return target.getvalue()


@pytest.mark.parametrize(
    ("content", "name", "said"),
    [
        (b"", "a.gift", "Файл пуст"),
        (b"%PDF-1.4 ...", "a.gift", "не банк вопросов"),
        (b"just words", "a.txt", "Формат не распознан"),
        (b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "c">]><quiz>&b;</quiz>', "a.xml", "DOCTYPE"),
        (b"PK\x03\x04broken", "a.xlsx", ""),
    ],
)
def test_files_that_are_not_opened(coordinator: Client, content: bytes, name: str, said: str) -> None:
    answer = upload(coordinator, content, name)
    assert answer.status_code == 422
    assert said in answer.content.decode().replace("\xa0", " ")


def test_a_bomb_and_a_wrong_ending(coordinator: Client) -> None:
    assert upload(coordinator, bomb(), "a.xlsx").status_code == 422
    assert "Загружено 1 задание" in load(coordinator, "Сколько? {=один ~два}".encode("cp1251"), "table.xlsx.txt")


@pytest.mark.parametrize(
    "name", ["moodle_gift_examples.txt", "moodle_xml_multichoice.xml", "moodle_aiken.txt", "ru_pm_questions.gift"]
)
def test_shared_banks(coordinator: Client, name: str) -> None:
    content = (shared("questionbanks") / name).read_bytes()
    read = len(q.read(content, name).questions)
    twice = check(coordinator, content, name).context["twice"]
    load(coordinator, content, name)
    assert BankItem.objects.count() == read - twice
    for item in BankItem.objects.all():
        assert coordinator.get(reverse("diagnostics:bank_item", args=[item.pk])).status_code == 200
    page = check(coordinator, content, name)
    assert page.context["new"] == 0


def written(client: Client, kind: str, **query: str) -> bytes:
    answer = client.get(reverse("diagnostics:bank_export_file", args=[kind]), query)
    assert answer.status_code == 200
    return answer.content


@pytest.mark.parametrize("kind", ["gift", "xlsx"])
def test_what_is_saved_comes_back(coordinator: Client, centre: TutorCentre, client: Client, kind: str) -> None:
    """The same questions with tags and criteria; in the own centre nothing is added."""
    tags = {
        "topic": "Тема; вторая",
        "level": "high",
        "kes": "1.1; 1.2",
        "kt": "3",
        "block": "methodical",
        "labels": "моё",
    }
    for name, sent in EACH.items():
        coordinator.post(reverse("diagnostics:bank_add", args=[name]), {**sent, **tags, "source": "Сборник"})
    page = coordinator.get(reverse("diagnostics:bank_export"))
    assert page.context["number"] == 8
    assert "4 задания не бывают верными или неверными" in page.content.decode().replace("\xa0", " ")
    content = written(coordinator, kind)
    before = {item.name: facts(item) for item in BankItem.objects.filter(kind__in=fit())}
    assert check(coordinator, content, f"bank.{kind}").context["new"] == 0
    other = make_centre("Другой")
    client.force_login(make_member(other, Role.COORDINATOR))
    load(client, content, f"bank.{kind}")
    assert {item.name: facts(item) for item in BankItem.objects.filter(centre=other)} == before


def fit() -> list[str]:
    return ["single", "multiple", "short", "numeric", "matching", "ordering", "extended", "description"]


def facts(item: BankItem) -> Any:
    assert item.current is not None
    names = ("kind", "topic", "level", "kes", "kt", "block", "labels", "source")
    return likeness(item.current.content), item.current.max_score, *(getattr(item, name) for name in names)


def test_pictures_go_out_and_come_back(coordinator: Client, client: Client) -> None:
    data = {"picture": SimpleUploadedFile("a.png", b"\x89PNG\r\n\x1a\n" + bytes(40)), "picture_alt": "Точка <1>"}
    coordinator.post(reverse("diagnostics:bank_add", args=["single"]), single("1 < 2?", **data))
    content = written(coordinator, "gift")
    assert check(coordinator, content).context["new"] == 0
    other = make_centre("Другой")
    client.force_login(make_member(other, Role.COORDINATOR))
    load(client, content)
    assert ItemPicture.objects.get(item__centre=other).alt == "Точка <1>"


def test_a_formula_of_a_stranger_is_a_text(coordinator: Client) -> None:
    coordinator.post(reverse("diagnostics:bank_add", args=["single"]), single("=1+1?", name="=HYPERLINK(1)"))
    from openpyxl import load_workbook

    sheet = load_workbook(io.BytesIO(written(coordinator, "xlsx"))).active
    assert sheet is not None
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    assert check(coordinator, written(coordinator, "xlsx"), "a.xlsx").context["same"] == 1


def test_only_the_ticked_and_the_filtered(coordinator: Client) -> None:
    for text, topic in (("Первое?", "А"), ("Второе?", "Б")):
        coordinator.post(reverse("diagnostics:bank_add", args=["single"]), single(text, topic=topic))
    assert "Второе" not in written(coordinator, "gift", topic="А").decode()
    second = BankItem.objects.get(topic="Б")
    assert "Первое" not in written(coordinator, "gift", item=str(second.pk)).decode()
    assert coordinator.get(reverse("diagnostics:bank_export_file", args=["exe"])).status_code == 404


def test_the_template_is_read_back(coordinator: Client) -> None:
    answer = coordinator.get(reverse("diagnostics:bank_template"))
    assert answer["Content-Disposition"] == 'attachment; filename="bank-template.xlsx"'
    assert answer.content[:2] == b"PK"
