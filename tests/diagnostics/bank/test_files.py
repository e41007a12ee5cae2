"""Files of questions: nothing is written before it is confirmed, nothing comes twice, what is saved comes back."""

import html
import io
import re
import zipfile
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.diagnostics.bank_forms import EACH, single
from tests.diagnostics.campaign_factories import make_item
from tests.engines.tables.samples import workbook
from tests.errands import asked, everything_is_long, taken
from tests.factories import make_centre, make_member
from tests.shared import shared
from traektoria.core.models import AuditEvent, Errand
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.diagnostics.bank.errands import LOAD, QUESTIONS
from traektoria.diagnostics.items.digest import likeness
from traektoria.diagnostics.models import BankItem, ItemPicture, ItemVersion
from traektoria.engines import questionbanks as q
from traektoria.organisations.models import ColumnMeaning, TutorCentre
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment

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
    for strange in ("0", "x", "9" * 25, "9" * 5_000):
        page = coordinator.get(reverse("diagnostics:bank_export"), {"item": strange})
        assert page.context["number"] == 0, "a tick that is none finds none: it does not find all"
        assert page.context["query"] == "item=0"
    assert coordinator.get(reverse("diagnostics:bank_export_file", args=["exe"])).status_code == 404


def test_the_template_is_read_back(coordinator: Client) -> None:
    answer = coordinator.get(reverse("diagnostics:bank_template"))
    assert answer["Content-Disposition"] == 'attachment; filename="bank-template.xlsx"'
    assert answer.content[:2] == b"PK"


NOTHING = {
    "comments.gift": b"// one\n\n// two\n",
    "categories.gift": b"$CATEGORY: a/b\n\n$CATEGORY: a/c\n",
    "empty.xml": b"<quiz></quiz>",
    "categories.xml": b'<quiz><question type="category"><category><text>a</text></category></question></quiz>',
    "package.zip": b"",
    "headings.csv": "Вопрос;Ответ 1;Ответ 2;Верно\n".encode(),
    "template.xlsx": q.template(),
    "letters.txt": "Вопрос\nА. да\nБ. нет\n".encode(),
    "cloze.xml": b'<quiz><question type="cloze"><questiontext><text>a</text></questiontext></question></quiz>',
    "key.csv": "Вопрос;Ответ 1;Ответ 2;Верно\nСтолица?;Москва;Тверь;9\n".encode(),
}


def package() -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("imsmanifest.xml", "<manifest/>")
    return target.getvalue()


@pytest.mark.parametrize("name", NOTHING)
def test_nothing_read_has_a_reason(coordinator: Client, name: str) -> None:
    page = check(coordinator, NOTHING[name] or package(), name)
    assert (page.context["new"], len(page.context["refused"])) == (0, 1)
    assert str(page.context["refused"][0][1]) in html.unescape(page.content.decode()).replace("\xa0", " ")


def test_a_question_is_listed_with_its_text_and_its_key(coordinator: Client) -> None:
    file = "::Q18::Столица России? {=Москва ~Тверь}\n\n::Q19::Вода {=H2O =вода}\n\nСколько? {#5}\n"
    page = check(coordinator, file.encode())
    text = " ".join(re.sub("<[^>]+>", " ", page.content.decode()).replace("\xa0", " ").split())
    assert "1. Столица России? Ключ: Москва Q18" in text
    assert "2. Вода Ключ: H2O; вода Q19" in text
    assert "3. Сколько? Ключ: 5" in text
    taken = [str(line.number) for line in page.context["offered"]]
    answer = coordinator.post(page.request["PATH_INFO"], {"take": taken}, follow=True)
    text = " ".join(re.sub("<[^>]+>", " ", answer.content.decode()).replace("\xa0", " ").split())
    assert text.index("Столица России? Ключ: Москва Q18 ·") < text.index("Вода Ключ: H2O; вода") < text.index("Ключ: 5")
    assert "только что загружены" in text


def test_the_list_after_loading_holds_what_came_and_nothing_else(coordinator: Client) -> None:
    load(coordinator, "Прежнее? {=да ~нет}\n".encode())
    page = check(coordinator, "Первое? {=да ~нет}\n\nВторое? {=да ~нет}\n".encode())
    answer = coordinator.post(page.request["PATH_INFO"], {"take": ["1", "2"]}, follow=True)
    assert [line.text for line in answer.context["lines"]] == ["Первое?", "Второе?"]
    assert len(coordinator.get(reverse("diagnostics:bank_list")).context["lines"]) == 3
    bad = coordinator.get(reverse("diagnostics:bank_list"), {"loaded": "1-x"})
    assert (bad.status_code, len(bad.context["lines"])) == (200, 3)


BROUGHT: dict[str, list[tuple[str, str]]] = {
    "bank_capitals_cp1251.gift": [("СТОЛИЦА РОССИИ", "МОСКВА"), ("САМАЯ ДЛИННАЯ РЕКА", "ЛЕНА")],
    "bank_utf8_stray_byte.gift": [
        ("Столица России", "Москва"),
        ("Самая длинная река", "Лена"),
        ("Годы войны: 1941�1945?", "верно"),
    ],
    "bank_bom_in_the_middle.gift": [("Столица России", "Москва"), ("Самая длинная река", "Лена")],
    "bank_less_than.gift": [
        ("Если a<b и c>d, то что верно?", "первое"),
        ("Какой тег делает текст жирным: <b> или <i>?", "первый"),
    ],
    "bank_semicolons_with_commas.csv": [
        ("Какие города, реки, горы, озёра, моря и равнины вы знаете?", "раз, два, три")
    ],
    "bank_inner_quotes.csv": [('Автор "Муму"?', "Тургенев"), ("Столица России?", "Москва")],
    "bank_percent_cells.xlsx": [("Какая скидка больше?", "50 %")],
    "bank_float_tail.xlsx": [("Сколько будет 0,1 + 0,2?", "0,3")],
    "bank_key_became_number.xlsx": [("Какие города – столицы?", "Москва; Минск")],
    "bank_error_cell_option.xlsx": [],
    "bank_picture_with_time.xml": [("Что на рисунке? график", "да")],
    "bank_qti_rubric_for_candidate.xml": [("Прочитайте текст: «Солнце светило всё ярче». О чём текст?", "о лете")],
    "bank_qti_tolerance.xml": [("Чему равно число пи? _____", "от 3,13 до 3,15")],
    "bank_qti_object_picture.zip": [("Что на рисунке? график О чём текст?", "о лете")],
    "bank_qti_encoded_picture_name.zip": [("Что на рисунке? рисунок О чём текст?", "о лете")],
}
PICTURED = ("picture", "object")


@pytest.mark.parametrize("name", BROUGHT)
def test_the_files_that_broke_us_through_the_page(coordinator: Client, name: str) -> None:
    page = check(coordinator, shared(f"cases/{name}").read_bytes(), name)
    listed = [(line.said.text, line.said.key.replace("\xa0", " ")) for line in page.context["offered"]]
    assert listed == BROUGHT[name]
    text = html.unescape(page.content.decode()).replace("\xa0", " ")
    if name == "bank_error_cell_option.xlsx":
        assert "Строка 2, столбец D, вопрос 1 «Столица России?»" in text
        assert "#N/A" in text
    if name == "bank_utf8_stray_byte.gift":
        assert "Строка 5" in text
    load(coordinator, shared(f"cases/{name}").read_bytes(), name)
    for item in BankItem.objects.all():
        shown = coordinator.get(reverse("diagnostics:bank_item", args=[item.pk])).content.decode()
        pictures = [reverse("diagnostics:item_picture", args=[one.pk]) for one in item.pictures.all()]
        assert bool(pictures) == any(word in name for word in PICTURED)
        assert all(f'<img src="{address}"' in shown for address in pictures)


def test_an_old_package_says_what_to_export(coordinator: Client) -> None:
    name = "bank_qti12_package.zip"
    answer = upload(coordinator, shared(f"cases/{name}").read_bytes(), name)
    assert answer.status_code == 422
    assert "QTI 2.1" in answer.content.decode()
    assert "Moodle XML" in answer.content.decode()


def test_a_table_that_cannot_be_opened_gets_its_own_reason(coordinator: Client) -> None:
    broken = 'Вопрос;Ответ 1;Ответ 2;Верно\nКто?;А;Б;1\n"Автор Муму;Тургенев;Толстой;1\nСтолица?;Москва;Тверь;1\n'
    said = upload(coordinator, broken.encode(), "bank.csv").content.decode().replace("\xa0", " ")
    assert "В строке 3 непонятны кавычки" in said
    assert "Сохраните таблицу как" not in said


def test_questions_keep_the_numbers_that_they_have_in_the_file(coordinator: Client) -> None:
    """A question that is not read keeps its number too: «question 2» is one and the same in both lists."""
    page = check(coordinator, "Раз? {=да ~нет}\n\nДва? {~да ~нет}\n\nТри? {=да ~нет}\n".encode())
    assert [(line.number, line.said.text) for line in page.context["offered"]] == [(1, "Раз?"), (3, "Три?")]
    assert page.context["refused"][0][0] == "Строка 3, вопрос 2 «Два?»"
    coordinator.post(page.request["PATH_INFO"], {"take": ["3"]})
    assert [item.name for item in BankItem.objects.all()] == ["Три?"]


OWN_HEADINGS = [
    ["№", "Что спросить у учителя", "А", "Б", "Эталон"],
    ["1", "Столица Франции?", "Париж", "Рим", "А"],
    ["2", "Столица Италии?", "Париж", "Рим", "Б"],
]


def test_a_table_with_headings_of_its_own_is_asked_about_once(coordinator: Client, centre: TutorCentre) -> None:
    content = workbook({"Лист1": OWN_HEADINGS})
    page = check(coordinator, content, "вопросы.xlsx")
    assert re.findall(r'<option value="(\w+)" selected', page.content.decode()) == [
        "none", "text", "answer", "answer", "key",
    ]  # fmt: skip
    address = page.request["PATH_INFO"]
    said = {"column_A": "none", "column_B": "text", "column_C": "answer", "column_D": "answer", "column_E": "key"}
    refused = coordinator.post(address, {**said, "column_C": "text"})
    assert (refused.status_code, BankItem.objects.count()) == (422, 0)
    assert "выбрано дважды" in refused.content.decode()
    lacking = coordinator.post(address, {**said, "column_B": "none"})
    assert "какой столбец – вопрос" in lacking.content.decode()
    looked = coordinator.post(address, said, follow=True).content.decode()
    assert "Столица Франции?" in looked
    assert "Столбцы поняты неверно?" in looked
    assert coordinator.post(address, {"take": ["1", "2"], "changed": "skip"}).status_code == 302
    options = [version.content["options"] for version in ItemVersion.objects.order_by("pk")]
    assert [[one["text"] for one in kept if one["weight"] != "0"] for kept in options] == [["Париж"], ["Рим"]]
    again = check(coordinator, workbook({"Лист1": [OWN_HEADINGS[0], ["1", "Кто?", "я", "ты", "Б"]]}), "ещё.xlsx")
    assert "Кто?" in again.content.decode()
    assert "column_A" not in again.content.decode()


def test_columns_that_were_understood_can_be_named_otherwise(coordinator: Client) -> None:
    rows = [["Вопрос", "Ответ 1", "Ответ 2", "Верно", "Пояснение"], ["Кто?", "я", "он", "1", "Люди"]]
    page = check(coordinator, workbook({"Лист1": rows}), "b.xlsx")
    address = f"{page.request['PATH_INFO']}?columns=again"
    asked = coordinator.get(address).content.decode()
    assert re.findall(r'<option value="(\w+)" selected', asked) == ["text", "answer", "answer", "key", "feedback"]
    said = {"column_A": "text", "column_B": "answer", "column_C": "answer", "column_D": "key", "column_E": "topic"}
    after = coordinator.post(address, said)
    assert (after.status_code, after["Location"]) == (302, page.request["PATH_INFO"])
    coordinator.post(page.request["PATH_INFO"], {"take": ["1"], "changed": "skip"})
    assert BankItem.objects.get().topic == "Люди"


def test_what_one_centre_says_of_headings_is_its_own(coordinator: Client, centre: TutorCentre) -> None:
    other = make_centre()
    ColumnMeaning.objects.create(centre=other, table="bank", heading="что спросить у учителя", meaning="text")
    page = check(coordinator, workbook({"Лист1": OWN_HEADINGS}), "вопросы.xlsx")
    assert "column_A" in page.content.decode()


def test_a_large_file_is_loaded_by_the_worker_as_it_was_chosen(
    coordinator: Client, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(LOAD, monkeypatch)
    page = check(coordinator, GIFT.encode())
    first, *_others = [str(line.number) for line in page.context["offered"]]
    choices = {"take": [first], "subject": "math", "topic": "Дроби и рисунки", "changed": "skip"}
    with django_capture_on_commit_callbacks(execute=True):
        answers = [coordinator.post(page.request["PATH_INFO"], choices) for _press in range(2)]
    row = Errand.objects.get()
    assert {answer["Location"] for answer in answers} == {f"/work/{row.pk}/"}
    assert not BankItem.objects.exists()
    do_what_is_due()
    row.refresh_from_db()
    item = BankItem.objects.get()
    assert (row.state, row.url) == ("done", f"{reverse('diagnostics:bank_list')}?loaded={item.pk}-{item.pk}")
    assert "Загружено 1 задание" in row.said.replace("\xa0", " ")
    assert item.subject == "math"


def test_a_file_of_two_centres_is_not_given_to_who_has_lost_one(
    centre: TutorCentre,
    coordinator: Client,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
    django_capture_on_commit_callbacks: Any,
) -> None:
    """What is written of the taking counts what is in the file: a question of a scale has no place there."""
    person, second = RoleAssignment.objects.get(centre=centre).person, make_centre()
    lost = RoleAssignment.objects.create(
        person=person, role=Role.COORDINATOR, centre=second, start=timezone.localdate() - timedelta(days=9)
    )
    for kind in ("single", "short", "likert"):
        make_item(centre if kind == "single" else second, kind)
    everything_is_long(QUESTIONS, monkeypatch)
    row = asked(client, reverse("diagnostics:bank_export_file", args=["gift"]), django_capture_on_commit_callbacks)
    assert taken(client, row).status_code == 200
    told = AuditEvent.objects.filter(event="bank.export")
    assert (row.rows, told.get().facts["number"]) == (2, 2)
    lost.delete()
    assert taken(client, row).status_code == 403
    assert told.count() == 1
