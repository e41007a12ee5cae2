"""Result files in the real layouts, from made-up pupils: for the demo, for tests of the reader, and for the bench.

``build(layout, work, schools, seed)`` gives the bytes. Layouts as described in docs of FIS OKO and seen in public
exports; the file of a single school (``base_form``, ``collection_form_2026``) holds the first school only.
"""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from traektoria.demo.simulation import USUAL, Dirt, Pupil, SchoolSpec, sit
from traektoria.demo.works import SUBJECT_CODES, SUBJECT_NAMES, WorkSpec

REGION = "Примерская область"
REGION_CODE = "99"
PREVIOUS_MARK = "Отметка за предыдущий триместр/ четверть/полугодие"
TEXTBOOK = "Иванов И. И., Петров П. П. Учебник в 2 частях"
BLANK_ROWS = 40
F1_BEFORE = ("ОО", "Муниципалитет", "Название ОО", "Код участника", "Класс", "Вариант")
_CREATED = datetime(2026, 1, 1)
Rows = Iterable[Sequence[Any]]
Builder = Callable[[WorkSpec, Sequence[SchoolSpec], Sequence[Pupil]], bytes]


def build(layout: str, work: WorkSpec, schools: Sequence[SchoolSpec], seed: int, dirt: Dirt = USUAL) -> bytes:
    """The file in ``layout`` (a key of ``LAYOUTS``; KeyError otherwise). The same arguments give the same cells."""
    builder = LAYOUTS[layout]
    chosen = schools[:1] if layout in ONE_SCHOOL else schools
    return builder(work, chosen, list(sit(work, chosen, seed, dirt)))


def extension(layout: str) -> str:
    return "csv" if layout.startswith("plain_") else "xlsx"


def region_2021(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Regional export of 2021: tasks go by number, all cells are text, «регион» holds the municipality."""
    head = ["логин школы", "регион", "номер обучающегося", "код обучающегося"]
    head += ["отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов"]
    head += [f"балл за {number}" for number in range(1, len(work.tasks) + 1)]
    head += ["Учебник", "Др.уч. автор", "Др.уч. название"]

    def row(pupil: Pupil) -> list[Any]:
        own = [f"sch{pupil.school.digits}", pupil.school.municipality, str(pupil.number), pupil.code]
        letter = pupil.class_name.lstrip("0123456789")
        own += [pupil.journal, pupil.sex, letter, pupil.variant, pupil.total]
        return [*own, *pupil.scores, "" if pupil.is_absent else TEXTBOOK]

    return _workbook({"Sheet": [head, *map(row, pupils)]})


def region_2020(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Regional export of 2020: groups of the user, two columns of variants, forty columns of scores."""
    spare = 40 - len(work.tasks) - 1
    head = ["groups", "user", "id", "code", "otc", "gender", "klass", "var-1", "var-2", "sum"]
    head += [f"a-{number}-grade" for number in range(1, len(work.tasks) + 1)]
    head += ["Учебник", *(f"a-{41 - back}-grade" for back in range(spare, 0, -1))]

    def row(pupil: Pupil) -> list[Any]:
        groups = f"{REGION_CODE}-RU-PRM,{pupil.school.municipality_code},uchastniki_vpr2020,vpr2020.ma5"
        own: list[Any] = [groups, f"sch{pupil.school.digits}", float(pupil.number), float(pupil.code), pupil.journal]
        own += [pupil.sex, pupil.class_name.lstrip("0123456789"), pupil.variant, "", _number(pupil.total)]
        return [*own, *pupil.scores]

    return _workbook({"Sheet1": [head, *map(row, pupils)]})


def collection_form_2022(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Collection forms of 2022 put together: sheets «Классы» and «Протокол», many schools."""
    origin = ["Пользователь", "Код региона", "Регион", "Муниципалитет", "Школа", "Дата загрузки"]
    letters = 'Буква (цифра) класса. Введите "нет" - если отсутствует'
    classes_head = [*origin, letters, "Основной учебник по предмету", "Другое (автор учебника)"]
    head = [*origin, "Код", "Вариант", *_with_maxima(work)]
    head += ["Наименование класса", "Пол", PREVIOUS_MARK, "Итого баллов"]

    def classes() -> Rows:
        yield [*classes_head, "Другое (название учебника)"]
        for school in schools:
            for group in school.classes:
                yield [*_origin(school, work), group.name.lstrip("0123456789"), TEXTBOOK]

    def row(pupil: Pupil) -> list[Any]:
        own = [*_origin(pupil.school, work), float(pupil.code), pupil.variant, *pupil.scores]
        return [*own, pupil.class_name, pupil.sex, pupil.journal, _number(pupil.total or "0")]

    return _workbook({"Классы": classes(), "Протокол": [head, *map(row, pupils)]})


def collection_form_2026(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Collection form of 2026, filled by one school: classes by ordinal number, rows left blank below."""
    numbers = {group.name: place for place, group in enumerate(schools[0].classes, 1)}
    head = ["Код участника", "Вариант", *_with_maxima(work), "Порядковый номер класса", PREVIOUS_MARK, "Итого баллов"]

    def row(pupil: Pupil) -> list[Any]:
        own = [float(pupil.code), pupil.variant, *map(_number, pupil.scores)]
        return [*own, numbers.get(pupil.class_name, ""), _number(pupil.journal), _number(pupil.total or "0")]

    blanks = [[float(f"{work.grade}{1000 + number}")] for number in range(BLANK_ROWS)]
    service = [
        ["Школа", f"edu{schools[0].digits}", schools[0].name],
        ["Предмет", SUBJECT_NAMES[work.subject], f"{work.grade} класс", f"ВПР {work.year}"],
    ]
    listed: list[Sequence[Any]] = [
        ["Порядковый номер", "Наименование класса"],
        *([place, name] for name, place in numbers.items()),
    ]
    sheets: dict[str, Rows] = {
        "Протокол": [head, *map(row, pupils), *blanks],
        "Служебный": service,
        "Порядковый номер класса": listed,
    }
    return _workbook(sheets)


def base_form(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """The older form of a school: the variant is asked again in the middle, the total is a formula without a value."""
    import xlsxwriter

    half = (len(work.tasks) + 1) // 2
    tasks = _with_maxima(work)
    head = ["Код", "Вариант (часть 1)", *tasks[:half], "Вариант (часть 2)", *tasks[half:]]
    head += ['Класс № (список формируется из листа "Классы")', "Пол", PREVIOUS_MARK, "Итого баллов"]
    first, last = xlsxwriter.utility.xl_col_to_name(2), xlsxwriter.utility.xl_col_to_name(len(tasks) + 2)

    def row(number: int, pupil: Pupil) -> list[Any]:
        own = [float(pupil.code), pupil.variant, *map(_number, pupil.scores[:half])]
        own += [pupil.variant, *map(_number, pupil.scores[half:]), pupil.class_name, pupil.sex, _number(pupil.journal)]
        return [*own, f"=IF(LEN({first}{number})>0,SUM({first}{number}:{last}{number}),0)"]

    rows = [row(number, pupil) for number, pupil in enumerate(pupils, 2)]
    groups = [["Класс"], *([group.name] for group in schools[0].classes)]
    return _workbook({"Протокол": [head, *rows], "Классы": groups})


def f1_individual(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Ф1 «Индивидуальные результаты»: titles, levels over the tasks, a group row before each school."""
    present = [pupil for pupil in pupils if not pupil.is_absent]
    sheet: list[Sequence[Any]] = [
        ["Индивидуальные результаты"],
        [],
        [f"ВПР {work.year} {SUBJECT_NAMES[work.subject]} {work.grade} класс"],
        ["Предмет:", SUBJECT_NAMES[work.subject]],
        ["Максимальный первичный балл:", work.maximum],
        ["Дата:", f"22.04.{work.year}"],
        ["Уровень сложности задания", "", "", "", "", "", *(task.level for task in work.tasks)],
        [*F1_BEFORE, *_with_maxima(work), "Первичный балл", "Отметка", "Отметка по журналу"],
    ]
    for school in schools:
        own = [pupil for pupil in present if pupil.school == school]
        sheet.append([f"ОО(edu{school.digits})", f"Кол-во участников: {len(own)}"])
        sheet.extend(_f1_row(work, pupil) for pupil in own)
    return _workbook({f"{SUBJECT_CODES[work.subject]} {work.grade} Индивидуальные результаты": sheet})


def _f1_row(work: WorkSpec, pupil: Pupil) -> list[Any]:
    school = pupil.school
    own: list[Any] = [f"edu{school.digits}", school.municipality, school.name, pupil.code, pupil.class_name]
    own += [_number(pupil.variant), *map(_number, pupil.scores)]
    return [*own, pupil.primary, work.mark(pupil.primary), _number(pupil.journal)]


def f3_marks(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """Ф3 «Статистика по отметкам»: shares of the marks by groups, the header in row 8."""
    titles: list[Sequence[Any]] = _titles(work, "Статистика по отметкам")
    head = ["Группы участников", "Кол-во ОО", "Кол-во участников", "2", "3", "4", "5"]

    def row(name: str, count: int | None, own: Sequence[Pupil]) -> list[Any]:
        marks = [work.mark(pupil.primary) for pupil in own]
        return [name, count or "", len(own), *(_percent(marks.count(mark), len(own)) for mark in (2, 3, 4, 5))]

    rows = [row(name, count, own) for name, count, own in _groups(schools, pupils)]
    return _workbook({f"{SUBJECT_CODES[work.subject]} {work.grade} Статистика по отметкам": [*titles, head, *rows]})


def journal_comparison(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    """«Сравнение отметок с отметками по журналу»; the name of the sheet is cut at 31 signs as in the original."""
    head = ["Группы участников", "Кол-во участников(всего)"]
    for verb, sign in (("Понизили", "< Отметка"), ("Подтвердили", "= Отметке"), ("Повысили", "> Отметка")):
        head += [f"{verb} (Отметка {sign} по журналу) %", f"{verb} (Отметка {sign} по журналу) Кол-во"]

    def row(name: str, own: Sequence[Pupil]) -> list[Any]:
        shifts = [work.mark(pupil.primary) - int(pupil.journal) for pupil in own if pupil.journal.isdigit()]
        counts = [sum(s < 0 for s in shifts), sum(s == 0 for s in shifts), sum(s > 0 for s in shifts)]
        return [name, len(shifts), *(cell for count in counts for cell in (_percent(count, len(shifts)), count))]

    title = "Сравнение отметок с отметками по журналу"
    rows = [row(name, own) for name, _count, own in _groups(schools, pupils)]
    name = f"{SUBJECT_CODES[work.subject]} {work.grade} {title}"[:31]
    return _workbook({name: [*_titles(work, title), head, *rows]})


def plain_utf8(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    return _plain([f"{task.label} [{task.maximum}]" for task in work.tasks], pupils).encode("utf-8-sig")


def plain_cp1251(work: WorkSpec, schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]) -> bytes:
    return _plain([task.label for task in work.tasks], pupils).encode("cp1251")


def _plain(tasks: Sequence[str], pupils: Sequence[Pupil]) -> str:
    """Our own template: semicolons, Russian headers; ``tasks`` are the headers of the scores."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    head = ["Школа", "Муниципалитет", "Класс", "Код участника", "Пол", "Вариант", "Отметка по журналу", "Итого"]
    writer.writerow([*head, *tasks])
    for pupil in pupils:
        own = [f"sch{pupil.school.digits}", pupil.school.municipality, pupil.class_name, pupil.code, pupil.sex]
        writer.writerow([*own, pupil.variant, pupil.journal, pupil.total, *pupil.scores])
    return text.getvalue()


def specification(work: WorkSpec) -> bytes:
    """The specification of a work: task → skill → planned result → level, КЭС, КТ, maximum, minutes."""
    head = ["№ по КИМу", "№", "Умения, виды деятельности (в соответствии с ФГОС)"]
    head += ["Блоки ПООП НОО: выпускник научится / получит возможность научиться", "Уровень сложности", "Код КЭС"]
    head += ["Код КТ", "Максимальный балл за выполнение задания"]
    head += ["Примерное время выполнения задания обучающимся (в минутах)"]
    rows = [
        [task.label, str(number), task.topic.capitalize(), task.skill, task.level, kes, task.kt[0], *limits]
        for number, task in enumerate(work.tasks, 1)
        for limits in [(str(task.maximum), str(task.minutes))]
        for kes in task.kes
    ]
    return _workbook({"Лист1": [head, *rows]})


def table(rows: Rows) -> bytes:
    """A small workbook with one sheet: what people attach."""
    return _workbook({"Лист1": rows})


def _with_maxima(work: WorkSpec) -> list[str]:
    return [f"{task.label} ({task.maximum}б)" for task in work.tasks]


def _origin(school: SchoolSpec, work: WorkSpec) -> list[Any]:
    place = f"{school.municipality_code} | {school.municipality}"
    user = f"edu{school.digits}"
    region = f"reg{REGION_CODE}0000 | {REGION}"
    return [user, float(REGION_CODE), region, place, f"{user} | {school.name}", f"17.03.{work.year} 10:00:00"]


def _titles(work: WorkSpec, title: str) -> list[Sequence[Any]]:
    name = SUBJECT_NAMES[work.subject]
    titles = [[title], [], [f"ВПР {work.year} {name} {work.grade} класс"], ["Предмет:", name]]
    return [*titles, ["Максимальный первичный балл:", work.maximum], ["Дата:", f"22.04.{work.year}"], []]


def _groups(
    schools: Sequence[SchoolSpec], pupils: Sequence[Pupil]
) -> Iterable[tuple[str, int | None, Sequence[Pupil]]]:
    """Region, municipalities and schools with those who wrote the work."""
    present = [pupil for pupil in pupils if not pupil.is_absent]
    yield REGION, len(schools), present
    places = dict.fromkeys((school.municipality, school.municipality_code) for school in schools)
    for place, code in places:
        count = sum(school.municipality == place for school in schools)
        yield f"{place}({code})", count, [pupil for pupil in present if pupil.school.municipality == place]
    for school in schools:
        yield f"{school.name}(edu{school.digits})", None, [pupil for pupil in present if pupil.school == school]


def _percent(count: int, whole: int) -> float:
    return round(100 * count / whole, 2) if whole else 0.0


def _number(cell: str) -> Any:
    """A number where the text is one: how a cell looks after a person typed it."""
    return int(cell) if cell.isdigit() else cell


def _workbook(sheets: Mapping[str, Rows]) -> bytes:
    """XLSX of the rows: text stays text, empty cells are left out. Dates in it are fixed: same rows, same bytes."""
    import xlsxwriter

    target = io.BytesIO()
    options = {"in_memory": True, "strings_to_numbers": False, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(target, options) as book:
        book.set_properties({"created": _CREATED})
        for name, rows in sheets.items():
            _fill(book.add_worksheet(name), rows)
    return target.getvalue()


def _fill(sheet: Any, rows: Rows) -> None:
    for place, row in enumerate(rows):
        for column, cell in enumerate(row):
            if isinstance(cell, str) and cell.startswith("="):
                sheet.write_formula(place, column, cell, None, "")  # no value: as a program that has not computed it
            elif isinstance(cell, str):
                if cell:
                    sheet.write_string(place, column, cell)
            else:
                sheet.write_number(place, column, cell)


LAYOUTS: Mapping[str, Builder] = {
    "region_2021": region_2021,
    "region_2020": region_2020,
    "collection_form_2022": collection_form_2022,
    "collection_form_2026": collection_form_2026,
    "base_form": base_form,
    "f1_individual": f1_individual,
    "f3_marks": f3_marks,
    "journal_comparison": journal_comparison,
    "plain_utf8": plain_utf8,
    "plain_cp1251": plain_cp1251,
}
ONE_SCHOOL = frozenset({"collection_form_2026", "base_form"})
