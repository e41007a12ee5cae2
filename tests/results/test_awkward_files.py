"""Tables of results as methodists' Excel really looks, through the page where they are loaded."""

from typing import Any

import pyarrow.parquet as pq
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.engines.tables.samples import EMPTY_TEXT, ERROR, Looks, Page, workbook
from tests.results.samples import SITTING
from tests.world import World
from traektoria.results.models import Dataset

pytestmark = pytest.mark.django_db
ANSWERS = {**{name: str(value) for name, value in SITTING.items()}, "school": "sch990001"}
HEAD = ["Класс", "Фамилия, имя", "1", "2", "3", "4"]
POINTS = [1, 0, 1, 2]


def pupils(count: int, name: str = "5А", points: list[Any] = POINTS) -> list[list[Any]]:
    return [[name, f"Ученик {number}", *points] for number in range(1, count + 1)]


def sent(client: Any, content: bytes, name: str = "т.xlsx") -> str:
    """Load a file and answer what is asked; the text of the last page."""
    page = client.post("/results/upload/", {"file": SimpleUploadedFile(name, content)})
    if page.status_code == 302 and "/upload/" in page["Location"] and page["Location"] != "/results/upload/":
        page = client.post(page["Location"], ANSWERS, follow=True)
    else:
        page = client.get(page["Location"], follow=True) if page.status_code == 302 else page
    text: str = page.content.decode().replace("\xa0", " ")
    return text


def read(client: Any, content: bytes, name: str = "т.xlsx") -> tuple[list[dict[str, Any]], Dataset]:
    text = sent(client, content, name)
    assert Dataset.objects.count() == 1, text[text.find("<main") : text.find("<main") + 3000]
    dataset = Dataset.objects.get()
    return pq.read_table(dataset.path / "participants.parquet").to_pylist(), dataset


def counted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if row["counted"]]


def classes(rows: list[dict[str, Any]]) -> dict[str | None, int]:
    found: dict[str | None, int] = {}
    for row in counted(rows):
        found[row["class_name"]] = found.get(row["class_name"], 0) + 1
    return found


CASES: dict[str, tuple[Any, dict[str | None, int], str]] = {
    "spellings of one class": (
        [HEAD, *pupils(4, "5 А"), *pupils(4, "5а"), *pupils(4, "5 «А» класс"), *pupils(4, "5A")],
        {"5А": 16}, "class_spelling",
    ),
    "a title, an empty row, merged headings": (
        Page([["Результаты мониторинга"], ["МБОУ СОШ № 1"], [], ["Класс", "Фамилия, имя", "Номер задания"],
              ["", "", 1, 2, 3, 4], *pupils(12)], merged=("A4:A5", "B4:B5", "C4:F4", "A1:F1")),
        {"5А": 12}, "",
    ),
    "headings «Задание 1»": (
        [["Класс", "ФИО обучающегося", *(f"Задание {n}" for n in range(1, 5))], *pupils(12)], {"5А": 12}, "",
    ),
    "headings «№1 (1 б.)»": (
        [["Класс", "ФИО", *(f"№{n} ({m} б.)" for n, m in enumerate((1, 1, 1, 2), 1))], *pupils(12)], {"5А": 12}, "",
    ),
    "a row of maxima under the headings": (
        [HEAD, ["", "Макс. балл", 1, 1, 1, 2], *pupils(12)], {"5А": 12}, "",
    ),
    "points as text with spaces": (
        [HEAD, *pupils(12, points=["1 ", " 0", "1", "2"])], {"5А": 12}, "",
    ),
    "a column «Итого» and «%»": (
        [[*HEAD, "Итого", "%"], *([*row, 4, Looks(0.8, "0%")] for row in pupils(12))], {"5А": 12}, "",
    ),
    "absent in words": (
        [HEAD, *pupils(12), ["5А", "Ученик 13", "отсутствовал", "", "", ""], ["5А", "Ученик 14", "болел", "", "", ""]],
        {"5А": 12}, "absent",
    ),
    "a comment under the table": (
        [HEAD, *pupils(12), [], ["Примечание: работу не писали двое учеников, они болели."], ["Учитель: Иванова М.П."]],
        {"5А": 12}, "",
    ),
    "dashes for what was not begun": (
        [HEAD, *pupils(11), ["5А", "Ученик 12", 1, "-", "-", 2]], {"5А": 12}, "",
    ),
    "an empty text formula": (
        [HEAD, *pupils(12), [EMPTY_TEXT, EMPTY_TEXT, EMPTY_TEXT, EMPTY_TEXT, EMPTY_TEXT, EMPTY_TEXT]], {"5А": 12}, "",
    ),
    "an error in a cell": ([HEAD, *pupils(11), ["5А", "Ученик 12", 1, ERROR, 1, 2]], {"5А": 12}, "unreadable"),
    "the class by parallel and letter": (
        [["Параллель", "Литер", "ФИО", "1", "2", "3", "4"], *([5, "А", *row[1:]] for row in pupils(12))], {"А": 12}, "",
    ),
    "groups by subheadings": (
        [HEAD[1:], ["5А"], *(row[1:] for row in pupils(6)), ["5Б"], *(row[1:] for row in pupils(6))], {}, "",
    ),
    "headings broken in lines": (
        [["Класс", "ФИО\nученика", *(f"Задание\n{n}" for n in range(1, 5))], *pupils(12)], {"5А": 12}, "",
    ),
    "a variant beside the class": (
        [["Класс", "Вариант", "ФИО", "1", "2", "3", "4"],
         *([row[0], n % 2 + 1, *row[1:]] for n, row in enumerate(pupils(12)))],
        {"5А": 12}, "",
    ),
    "a mark at the end": (
        [[*HEAD, "Оценка"], *([*row, 4] for row in pupils(12))], {"5А": 12}, "",
    ),
    "criteria К1, К2": (
        [["Класс", "ФИО", "1К1", "1К2", "2", "3"], *pupils(12)], {"5А": 12}, "",
    ),
    "a row of per cents under the table": (
        [HEAD, *pupils(12), ["", "% выполнения", *(Looks(1, "0%") for _ in range(4))],
         ["", "Качество знаний", "", "", "", ""]],
        {"5А": 12}, "",
    ),
    "half points": ([HEAD, *pupils(11), ["5А", "Ученик 12", 1, 0.5, 1, 2]], {"5А": 12}, ""),
    "a name twice": ([HEAD, *pupils(11), ["5А", "Ученик 11", *POINTS]], {"5А": 12}, ""),
    "teacher's column": (
        [["Школа", "Учитель", "Класс", "ФИО", "1", "2", "3", "4"],
         *(["sch990001", "Иванова М.П.", *row] for row in pupils(12))],
        {"5А": 12}, "",
    ),
    "points with marks beside them": (
        [HEAD, *pupils(11), ["5А", "Ученик 12", "1*", "0 б.", "1", "2"]], {"5А": 12}, "",
    ),
    "pupils with a number of their own": (
        [["№ п/п", *HEAD], *([n, *row] for n, row in enumerate(pupils(12), 1))], {"5А": 12}, "",
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_a_table_as_it_is(world: World, as_: Any, name: str) -> None:
    page, expected, remark = CASES[name]
    rows, dataset = read(as_("coordinator"), workbook({"Лист1": page}))
    if expected:
        assert classes(rows) == expected, dataset.dirt
    else:
        assert len(counted(rows)) == 12
    if remark:
        assert dataset.dirt.get(remark), dataset.dirt


TEXT = "Класс;Код;1;2;3;4\n" + "".join(f"5А;50{n:03};1;0;1;2\n" for n in range(1, 13))


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (("sep=;\n" + TEXT).encode("cp1251"), ""),
        (TEXT.replace(";", "\t").encode("utf-16"), ""),
        (TEXT.replace("5А;50003", "5А;50\x98003").encode("utf-8").replace(b"\xc2\x98", b"\x98"), "odd_byte"),
        (TEXT.replace("\n", "\r\n").replace("1;0;1;2", '"1";"0";"1";"2"').encode("utf-8-sig"), ""),
    ],
    ids=["sep", "tabs", "odd byte", "quotes"],
)
def test_a_text_file_as_it_is(world: World, as_: Any, content: bytes, said: str) -> None:
    client = as_("coordinator")
    rows, dataset = read(client, content, "т.csv")
    assert classes(rows) == {"5А": 12}
    if said:
        assert dataset.dirt[said] == 1
        page = client.get(f"/results/{dataset.pk}/remarks/").content.decode().replace("\xa0", " ")
        assert "Повреждённая буква" in page
        assert "<td" in page
        assert "B" in page


PLUS = [["5А", f"Ученик {n}", "+", "-", "+", "–"] for n in range(1, 13)]
TURNED = [["Задание", *(f"Ученик {n}" for n in range(1, 13))], *([str(n), *[1] * 12] for n in range(1, 5))]


def test_pluses_and_minuses_are_points_and_it_is_said(world: World, as_: Any) -> None:
    rest = [["5А", "Ученик 13", "+-", "+", "-", "+"], ["5А", "Ученик 14", "-", "-", "-", "-"]]
    rows, dataset = read(as_("coordinator"), workbook({"Лист1": [HEAD, *PLUS, *rest]}))
    assert [row["task_sum"] for row in counted(rows)] == [2] * 13
    assert (dataset.dirt["plus_minus"], dataset.dirt["unreadable"], dataset.dirt["absent"]) == (26, 1, 1)


def test_a_table_that_is_turned_is_not_taken_in_silence(world: World, as_: Any) -> None:
    text = sent(as_("coordinator"), workbook({"Лист1": TURNED}))
    dataset = Dataset.objects.first()
    assert dataset is None or dataset.dirt.get("unreadable") or dataset.dirt.get("no_task"), dataset.dirt
    assert dataset is not None or "notice" in text
