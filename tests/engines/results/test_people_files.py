"""Result files as people make them: every case of the shared folder, a twin of each, and others of the same kinds."""

from collections import Counter
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from tests.engines.tables.samples import Looks, Page, workbook
from tests.shared import shared
from traektoria.engines.results import Inspection, Overrides, import_dataset, inspect
from traektoria.engines.results.classes import normalise_class

TOLD = Overrides(procedure="complex", year=2026, subject="math", grade=5, school="sch990101")
HEAD = ["Класс", "Код участника", "Вариант", "1", "2", "3", "4"]
ABSENT = [
    "н",
    "Н",
    "н.",
    "H",
    "-",
    "–",
    "—",
    "−",
    "н/б",
    "Н/Б",
    "н/я",
    "б",
    "Б",
    "отсутствовал",
    "Отсутствовала",
    "отсутствует",
    "отс.",
    "болен",
    "больна",
    "болел",
    "по болезни",
    "не писал",
    "не писала",
    "Не писал(а)",
    "абс",
    "abs",
    "неявка",
    "не явился",
    "не был",
    "пропустил",
    "осв.",
    "нет",
    "н/а",
]


def pupils(name: str, first: int, number: int, last: list[Any] | None = None) -> list[list[Any]]:
    rows = [[name, str(first + n), "1", 1, n % 2, 1, 2] for n in range(number)]
    return rows if last is None else [*rows[:-1], [*rows[-1][:3], *last]]


def look(source: bytes, **told: Any) -> Inspection:
    return inspect(source, "file.xlsx", overrides=TOLD)


def maxima(found: Inspection) -> dict[str, int]:
    return {task.label: task.maximum for task in found.tasks}


FOUR = {"1": 1, "2": 1, "3": 1, "4": 2}
TWINS: dict[str, Any] = {
    "results_total_rows": {
        "Лист1": [
            HEAD,
            *pupils("5А", 50001, 12),
            ["Итого", None, None, 12, 6, 12, 24],
            ["Средний балл", None, None, 1, 0, 1, 2],
            ["% выполнения", None, None, 100, 50, 100, 100],
        ]
    },
    "results_header_repeated": {"Лист1": [HEAD, *pupils("5А", 50001, 6), HEAD, *pupils("5Б", 50007, 6)]},
    "results_absent_n": {"Лист1": [HEAD, *pupils("5А", 50001, 12, ["н"] * 4)]},
    "results_date_headings": {
        "Лист1": [
            [*HEAD[:6], Looks(46026, "dd.mm.yyyy"), Looks(46057, "dd.mm.yyyy")],
            *([*row, 1] for row in pupils("5А", 50001, 12)),
        ]
    },
    "results_two_sheets": {"5А": [HEAD, *pupils("5А", 50001, 12)], "5Б": [HEAD, *pupils("5Б", 50100, 14)]},
    "results_hidden_sheet": {
        "Прошлый год": Page([HEAD, *pupils("5А", 50001, 12)], state="hidden"),
        "Этот год": [HEAD, *pupils("5Б", 50100, 14)],
    },
    "results_far_empty_row": {"Лист1": Page([HEAD, *pupils("5А", 50001, 12)], far='<row r="1048576" ht="12.8"/>')},
    "results_class_with_word": {"Лист1": [HEAD, *pupils("5 «А» класс", 50001, 12)]},
    "results_merged_class": {
        "Лист1": Page(
            [HEAD, *([row[0] if n == 0 else None, *row[1:]] for n, row in enumerate(pupils("5А", 50001, 12)))],
            merged=["A2:A13"],
        )
    },
}
EXPECTED: dict[str, dict[str, Any]] = {
    "results_total_rows": {"counted": 12, "dirt": {"total_row": 3}},
    "results_header_repeated": {"counted": 12, "classes": {"А": 6, "Б": 6}, "dirt": {"heading_row": 1}},
    "results_absent_n": {"counted": 11, "absent": 1, "dirt": {"absent": 1}},
    "results_date_headings": {
        "counted": 12,
        "maxima": {"1": 1, "2": 1, "3": 1, "4.1": 2, "4.2": 1},
        "dirt": {"date_heading": 2},
    },
    "results_two_sheets": {"counted": 26, "classes": {"А": 12, "Б": 14}},
    "results_hidden_sheet": {"counted": 14, "classes": {"Б": 14}, "dirt": {"sheet_hidden": 1}},
    "results_far_empty_row": {"counted": 12},
    "results_class_with_word": {"counted": 12, "classes": {"А": 12}},
    "results_merged_class": {"counted": 12, "classes": {"А": 12}},
}


@pytest.mark.parametrize("origin", ["case", "twin"])
@pytest.mark.parametrize("name", EXPECTED)
def test_each_case_and_its_twin(name: str, origin: str, tmp_path: Path) -> None:
    source = shared(f"cases/{name}.xlsx").read_bytes() if origin == "case" else workbook(TWINS[name])
    expected = EXPECTED[name]
    found = look(source)
    assert (found.rows["counted"], found.rows["absent"]) == (expected["counted"], expected.get("absent", 0))
    assert maxima(found) == expected.get("maxima", FOUR)
    assert {kind: found.dirt.counts.get(kind) for kind in expected.get("dirt", {})} == expected.get("dirt", {})
    people = pq.read_table(import_dataset(source, "a.xlsx", tmp_path, overrides=TOLD).path / "participants.parquet")
    counted = (
        [row for row in people.to_pylist() if row["points"] is not None]
        if "points" in people.column_names
        else people.to_pylist()
    )
    if "classes" in expected:
        assert Counter(normalise_class(5, row["class_name"]) for row in counted) == expected["classes"]


def test_nobody_absent_has_points(tmp_path: Path) -> None:
    source = workbook(TWINS["results_absent_n"])
    made = import_dataset(source, "a.xlsx", tmp_path, overrides=TOLD).path
    answers = pq.read_table(made / "answers.parquet").to_pylist()
    assert len(answers) == 11 * 4
    assert not any(row["state"] == "unreadable" for row in answers)


@pytest.mark.parametrize("sign", ABSENT)
@pytest.mark.parametrize("where", ["every task", "first task", "variant", "one cell over all"])
def test_absence_in_any_usual_sign(sign: str, where: str) -> None:
    empty = {
        "every task": [sign] * 4,
        "first task": [sign, None, None, None],
        "one cell over all": [sign, None, None, None],
    }
    last = empty.get(where, [None] * 4)
    rows = pupils("5А", 50001, 12, last)
    if where == "variant":
        rows[-1][2] = sign
    page = Page([HEAD, *rows], merged=["D13:G13"] if where.startswith("one") else [])
    found = look(workbook({"a": page}))
    assert (found.rows["counted"], found.rows["absent"]) == (11, 1)
    assert "unreadable" not in found.dirt.counts


def test_a_dash_among_points_is_a_cell_not_understood_and_a_variant_is_no_absence() -> None:
    rows = pupils("5А", 50001, 12, [1, "-", 1, 2])
    rows[0][2] = "Б"
    found = look(workbook({"a": [HEAD, *rows]}))
    assert (found.rows["absent"], found.dirt.counts["unreadable"]) == (0, 1)


@pytest.mark.parametrize(
    ("text", "letter"),
    [
        ("5 «А» класс", "А"),
        ("5/1", "1"),
        ("5-1", "1"),
        ("5А", "А"),
        ("5 а", "А"),
        ("5-А", "А"),
        ("5–Б", "Б"),
        ("5 «Б»", "Б"),
        ('5 "в" класс', "В"),
        ("класс 5А", "А"),
        ("5А кл.", "А"),
        ("5 кл. «Г»", "Г"),
        ("5A", "А"),
        ("5-й «А»", "А"),
        ("5", ""),
        ("5 класс", ""),
        ("6А", None),
        ("5 физмат", None),
    ],
)
def test_classes_as_they_are_written(text: str, letter: str | None) -> None:
    assert normalise_class(5, text) == letter


def test_a_class_that_became_a_date_is_what_was_typed(tmp_path: Path) -> None:
    rows = [[Looks(46027, "d.mmm"), *row[1:]] for row in pupils("x", 50001, 12)]
    made = import_dataset(workbook({"a": [HEAD, *rows]}), "a.xlsx", tmp_path, overrides=TOLD).path
    assert set(pq.read_table(made / "participants.parquet").column("class_name").to_pylist()) == {"5.1"}


def test_a_column_of_codes_or_names_is_no_task() -> None:
    head = [*HEAD, "5", "6"]
    rows = [[*row, 50000 + n, f"Ученик {n}"] for n, row in enumerate(pupils("5А", 50001, 12))]
    found = look(workbook({"a": [head, *rows]}))
    assert (maxima(found), found.dirt.counts["no_task"]) == (FOUR, 2)


@pytest.mark.parametrize("person", ["ФИО", "Ф.И.О. учащегося", "Фамилия, имя", "Ученик", "№ п/п", "Список класса"])
def test_names_make_a_table_and_are_not_kept(person: str, tmp_path: Path) -> None:
    head = ["Класс", person, "Вариант", "1", "2", "3", "4"]
    rows = [[row[0], f"Выдумкин Пётр {n}", *row[2:]] for n, row in enumerate(pupils("5А", 50001, 12))]
    made = import_dataset(
        workbook({"a": [["Протокол"], head, [1, 2, 3, 4, 5, 6, 7], *rows]}), "a.xlsx", tmp_path, overrides=TOLD
    )
    assert made.meta["rows"]["counted"] == 12
    assert "Выдумкин" not in str(pq.read_table(made.path / "participants.parquet").to_pylist())


def test_other_sheets_are_named_and_errors_are_told_by_cell() -> None:
    pages = {"5А": [HEAD, *pupils("5А", 50001, 12)], "Справка": [["Всего", "12"], ["x", "y"]]}
    found = look(workbook(pages))
    assert [one.sheet for one in found.dirt.examples["sheet_other_columns"]] == ["Справка"]
