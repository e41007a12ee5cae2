"""Made-up files in the real layouts; nothing in them is a real pupil or school."""

import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter

BOOK = 'Петрова И.И. Математика (в 2 частях) 4 класс АО "Издательство"'
MATH_4 = (1, 1, 2, 1, 1, 1, 1, 1, 1, 2, 1, 1, 2, 2, 2)
FORM_TASKS = (
    "1 (5б)",
    "2 (3б)",
    "3(1) (1б)",
    "3(2) (2б)",
    "4К1 (3б)",
    "5 (1б)",
    "6 (2б)",
    "7.1 (1б)",
    "8 (2б)",
    "9 (2б)",
)


def xlsx(sheets: dict[str, Iterable[Sequence[Any]]]) -> bytes:
    """A workbook; a cell ("=", formula, value) is a formula with that cached value ("" for none)."""
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                for column, cell in enumerate(row):
                    if isinstance(cell, tuple):
                        sheet.write_formula(number, column, cell[1], None, cell[2])
                    elif cell is not None and cell != "":
                        sheet.write(number, column, cell)
    return buffer.getvalue()


def csv(rows: Iterable[Sequence[Any]], delimiter: str = ";", encoding: str = "utf-8-sig") -> bytes:
    return "".join(delimiter.join(map(str, row)) + "\r\n" for row in rows).encode(encoding)


def region_2021(people: Iterable[Sequence[Any]] = (), tasks: int = 15) -> list[list[Any]]:
    """Rows of the regional export of 2021; a person is (code, journal, variant, total, scores)."""
    head = [
        "логин школы",
        "регион",
        "номер обучающегося",
        "код обучающегося",
        "отметка за предыдущую четверть/триместр",
    ]
    head += ["пол", "класс", "вариант", "всего баллов", *(f"балл за {n}" for n in range(1, tasks + 1)), "Учебник"]
    rows: list[list[Any]] = [head]
    for number, (code, journal, variant, total, scores) in enumerate(people, 1):
        place = ["sch100001", "Первый район", str(number), code, journal, "ж", "4А", variant, total]
        rows.append([*place, *scores, BOOK])
    return rows


def good_person(number: int) -> tuple[str, str, str, str, list[str]]:
    scores = [str(min(maximum, number % 3)) for maximum in MATH_4]
    return f"4{number:04}", "4", "1", str(sum(map(int, scores))), scores


def good_region(size: int = 30) -> list[list[Any]]:
    return region_2021(map(good_person, range(1, size + 1)))


def form_2026(rows: Iterable[Sequence[Any]], blank: int = 40, total: Any = ("=", "=SUM(C2:L2)", "")) -> bytes:
    """The form of 2026 with prepared rows, a hidden service sheet and totals that nobody has computed."""
    head = ["Код участника", "Вариант", *FORM_TASKS, "Порядковый номер класса"]
    head += ["Отметка за предыдущий триместр/ четверть/полугодие", "Итого баллов"]
    body = [[*row, total] for row in rows]
    body += [[40100 + n, "", *[""] * len(FORM_TASKS), "", "", total] for n in range(blank)]
    return xlsx({"Протокол": [head, *body], "Служебный": [["x", "X"]], "Порядковый номер класса": [[1, "4А"]]})


def f1(people: Iterable[Sequence[Any]]) -> bytes:
    """Ф1 as described in the recommendations: titles, levels, header in row 8, group row in row 9."""
    tasks = ["1 (2б)", "2 (1б)", "3К1 (3б)"]
    head = ["ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант", *tasks]
    return xlsx(
        {
            "РУ 4 Индивидуальные результаты": [
                ["Индивидуальные результаты"],
                [],
                ["ВПР 2026 Русский язык 4 класс"],
                ["Предмет:", "Русский язык"],
                ["Максимальный первичный балл:", 6],
                ["Дата:", "20.04.2026"],
                ["Уровень сложности задания", "", "", "", "", "", "Б", "Б", "П"],
                [*head, "Первичный балл", "Отметка", "Отметка по журналу"],
                ["ОО(edu100001)", "Кол-во участников: 2"],
                *people,
            ]
        }
    )


def f3() -> bytes:
    head = ["Группы участников", "Кол-во ОО", "Кол-во участников", 2, 3, 4, 5]
    titles: list[list[Any]] = [["Статистика по отметкам"], ["ВПР 2026 Русский язык 4 класс"], [], [], [], [], []]
    rows = [
        ["Вся выборка", 100, 5000, 5.06, 32.92, 44.33, 17.69],
        ["ОО (edu100001)", "", 89, 12.36, 52.81, 26.97, 7.87],
    ]
    return xlsx({"РУ 4 Статистика по отметкам": [*titles, head, *rows]})


def journal_comparison() -> bytes:
    head = ["Группы участников", "Кол-во участников(всего)"]
    for word in ("Понизили (Отметка < Отметка по журналу)", "Подтвердили (Отметка = Отметке по журналу)"):
        head += [f"{word} %", f"{word} Кол-во"]
    head += ["Повысили (Отметка > Отметка по журналу) %", "Кол-во"]
    row = ["Первый район(reg99_m001)", 2817, 40.86, 1151, 56.66, 1596, 2.48, 70]
    return xlsx({"МА 4 Сравнение отметок с отметк": [["ВПР 2024 Математика 4 класс"], [], head, row]})


def plain(rows: Iterable[Sequence[Any]] | None = None) -> list[list[Any]]:
    head = ["school", "class", "participant", "variant", "journal_mark", "total", "1", "2", "3(1)", "4К1"]
    people = rows if rows is not None else [["sch1", "4А", f"4{n:04}", 1, 4, 3, 1, 1, 0, 1] for n in range(12)]
    return [head, *map(list, people)]
