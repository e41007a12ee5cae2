"""Plans in Excel and CSV."""

import io
from datetime import date

import xlsxwriter

from traektoria.engines.plantables.model import Doubt, Place, Where, WhyLeftOut
from traektoria.engines.plantables.reader import read_plan

HEADS = ("№", "Мероприятие", "Срок", "Ответственный")
ONE = ("1", "Семинар", "октябрь", "тьюторы")
TWO = ("2", "Круглый стол", "ноябрь", "методисты")


def book(sheets, **options):
    """``sheets``: name → rows, or a function that fills the sheet."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        for name, rows in sheets.items():
            sheet = made.add_worksheet(name)
            if callable(rows):
                rows(sheet, made)
                continue
            for at, row in enumerate(rows):
                sheet.write_row(at, 0, row)
    return target.getvalue()


def read(sheets):
    return read_plan(book(sheets), "план.xlsx")


def texts(proposal):
    return [(one.number, one.content, one.term, one.responsible) for one in proposal.rows]


def test_rows_with_the_name_of_their_sheet():
    found = read({"План": [("План работы центра",), (), HEADS, ONE, TWO]})
    assert texts(found) == [ONE, TWO]
    assert found.rows[0].place == Place(Where.SHEET, 1, "План", 4)


def test_a_title_and_sections_in_the_first_column_and_in_that_of_the_content():
    found = read({"План": [HEADS, ("Раздел 1",), ONE, ("", "Консультации"), ("3", "Беседы", "май", "тьюторы")]})
    assert [one.section for one in found.rows] == ["Раздел 1", "Консультации"]


def test_merged_cells_hold_for_all_their_rows():
    def fill(sheet, made):
        sheet.write_row(0, 0, HEADS)
        sheet.merge_range(1, 0, 1, 3, "Обучение")
        sheet.write_row(2, 0, ("1", "Семинар"))
        sheet.write_row(3, 0, ("2", "Тренинг"))
        sheet.merge_range(2, 2, 3, 2, "октябрь")
        sheet.merge_range(2, 3, 3, 3, "тьюторы")

    found = read({"План": fill})
    assert texts(found) == [("1", "Семинар", "октябрь", "тьюторы"), ("2", "Тренинг", "октябрь", "тьюторы")]
    assert [one.section for one in found.rows] == ["Обучение", "Обучение"]


def test_dates_are_as_the_sheet_shows_them_and_a_number_is_what_was_typed():
    def fill(sheet, made):
        sheet.write_row(0, 0, HEADS)
        sheet.write_datetime(1, 0, date(2026, 2, 1), made.add_format({"num_format": "dd.mmm"}))
        sheet.write_row(1, 1, ("Семинар",))
        sheet.write_datetime(1, 2, date(2026, 10, 5), made.add_format({"num_format": "dd.mm.yyyy"}))
        sheet.write_number(2, 0, 2)
        sheet.write_row(2, 1, TWO[1:])

    found = read({"План": fill})
    assert [(one.number, one.term) for one in found.rows] == [("1.2", "05.10.2026"), ("2", "ноябрь")]


def test_several_sheets_are_sections_by_their_names_and_a_month_is_the_term():
    found = read({"Обучение": [HEADS, ONE], "Экспертиза": [HEADS, TWO]})
    assert [one.section for one in found.rows] == ["Обучение", "Экспертиза"]
    found = read(
        {
            "Сентябрь": [HEADS[:2] + HEADS[3:], ("1", "Семинар", "тьюторы")],
            "Октябрь": [HEADS[:2] + HEADS[3:], ("1", "Урок", "учителя")],
        }
    )
    assert [(one.term, one.doubts) for one in found.rows] == [
        ("Сентябрь", (Doubt.TERM_FROM_ABOVE,)), ("Октябрь", (Doubt.TERM_FROM_ABOVE,)),
    ]  # fmt: skip


def test_hidden_sheets_totals_and_other_tables_are_named():
    def hidden(sheet, made):
        sheet.write_row(0, 0, HEADS)
        sheet.hide()

    found = read(
        {"План": [HEADS, ONE, TWO, ("Итого", "2")], "Черновик": hidden, "Смета": [("Статья", "Сумма"), ("Бумага", 500)]}
    )
    assert texts(found) == [ONE, TWO]
    assert [(one.why, one.place.name) for one in found.left] == [
        (WhyLeftOut.HIDDEN_SHEET, "Черновик"), (WhyLeftOut.TOTAL, "План"), (WhyLeftOut.OTHER_TABLE, "Смета"),
    ]  # fmt: skip


def test_a_formula_without_a_value_is_marked():
    def fill(sheet, made):
        sheet.write_row(0, 0, HEADS)
        sheet.write_row(1, 0, ONE)
        sheet.write_formula(1, 3, "=A1", None, "")

    (one,) = read({"План": fill}).rows
    assert Doubt.DAMAGED in one.doubts


def test_a_column_without_a_heading_is_known_by_its_numbers():
    assert texts(read({"План": [("", *HEADS[1:]), ONE, TWO, ("3", "Урок", "май", "учителя")]}))[2][0] == "3"


def test_a_csv_of_excel():
    text = (
        '№;Мероприятие;Срок;Ответственный\r\n1;"Семинар ""Шаг""";октябрь;тьюторы\r\n2;Круглый стол;ноябрь;методисты\r\n'
    )
    found = read_plan(text.encode("cp1251"), "план.csv")
    assert (found.kind, found.rows[0].content) == ("csv", 'Семинар "Шаг"')
    assert found.rows[1].place == Place(Where.LINE, row=3)
