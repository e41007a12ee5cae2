"""What a person sees in a sheet is what we read, whatever program wrote it; what has no value is named."""

import itertools

import pytest

from tests.engines.results import samples as results
from tests.engines.tables.samples import EMPTY_TEXT, ERROR, UNCOMPUTED, Looks, Page, Raw, workbook
from tests.shared import shared
from traektoria.engines.tables import safety
from traektoria.engines.tables import workbook as reading
from traektoria.engines.tables.cells import Dated, Fault, shown
from traektoria.engines.tables.errors import Unreadable
from traektoria.engines.tables.limits import Limits
from traektoria.engines.tables.workbook import read_workbook


def texts(source: bytes) -> list[list[str]]:
    return [[shown(cell) for cell in row] for row in read_workbook(source, "a.xlsx").sheets[0].rows]


@pytest.mark.parametrize(
    ("number", "code", "text"),
    [
        (0.30000000000000004, "General", "0,3"),
        (1.5, "General", "1,5"),
        (40001, "General", "40001"),
        (0.5, "0%", "50 %"),
        (0.255, "0.0%", "25,5 %"),
        (7, "00000", "00007"),
        (1.5, "0.00", "1,50"),
        (1.6, "0", "2"),
        (1234567.5, "#,##0.00", "1\u00a0234\u00a0567,50"),
        (0.333333, "# ?/?", "1/3"),
        (5, '0" шт."', "5 шт."),
        (46026, "dd.mm.yyyy", "04.01.2026"),
        (46026, "d.mmm", "4.янв"),
        (41365, "mmm.yy", "апр.13"),
        (0.5, "h:mm", "12:00"),
        (9161234567, "[<=9999999]###-####;(###) ###-####", "(916) 123-4567"),
        (-5, "0;(0)", "(5)"),
    ],
)
def test_numbers_are_read_as_they_are_shown(number: float, code: str, text: str) -> None:
    assert texts(workbook({"a": [[Looks(number, code)]]})) == [[text]]


@pytest.mark.parametrize(
    ("number", "code", "typed"), [(46026, "dd.mm.yyyy", "4.1"), (46308, "d.mmm", "13.10"), (41365, "mmm.yy", "4.13")]
)
def test_a_date_knows_what_was_typed(number: float, code: str, typed: str) -> None:
    cell = read_workbook(workbook({"a": [[Looks(number, code)]]}), "a.xlsx").sheets[0].rows[0][0]
    assert isinstance(cell, Dated)
    assert cell.typed == typed


def test_formulas_with_empty_text_are_empty_and_the_others_have_no_value() -> None:
    rows = read_workbook(workbook({"a": [["x", EMPTY_TEXT, UNCOMPUTED, ERROR]]}), "a.xlsx").sheets[0].rows
    assert rows[0][2:] == [Fault("="), Fault("#N/A")]
    assert rows[0][1] == ""


def test_what_is_empty_and_far_away_counts_for_nothing() -> None:
    far = '<row r="1048575" ht="12"><c r="XFD1048575" s="0"/></row><row r="1048576"/>'
    small = Limits(rows=3, columns=3, grid_cells=9)
    sheet = read_workbook(workbook({"a": Page([["x", "y"], [], ["1", "2"]], far=far)}), "a.xlsx", small).sheets[0]
    assert (sheet.rows, sheet.numbers) == ([["x", "y"], ["1", "2"]], [1, 3])


@pytest.mark.parametrize(
    ("rows", "code"),
    [
        ([["x"]] * 4, "too_many_rows"),
        ([["x"] * 4], "too_many_columns"),
        ([["x", *[None] * 20, "y"]], "too_sparse"),
    ],
)
def test_a_limit_counts_what_is_filled_and_names_the_place(rows: list[list[str]], code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_workbook(workbook({"Лист": rows}), "a.xlsx", Limits(rows=3, columns=3, grid_cells=18))
    assert refusal.value.code == code
    assert refusal.value.params["sheet"] == "Лист"


def test_a_cell_merged_over_rows_belongs_to_each_and_a_title_to_none() -> None:
    page = Page([["Отчёт"], ["5А", 1], [None, 2], [None, 3]], merged=["A2:A4", "A1:B1"])
    assert texts(workbook({"a": page})) == [["Отчёт"], ["5А", "1"], ["5А", "2"], ["5А", "3"]]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_not_read_and_named(state: str) -> None:
    book = read_workbook(workbook({"Прошлый": Page([["1"]], state=state), "Этот": [["2"]]}), "a.xlsx")
    assert [(sheet.name, sheet.hidden, sheet.rows) for sheet in book.sheets] == [
        ("Прошлый", True, []),
        ("Этот", False, [["2"]]),
    ]
    with pytest.raises(Unreadable) as refusal:
        read_workbook(workbook({"Прошлый": Page([["1"]], state=state)}), "a.xlsx")
    assert refusal.value.code == "all_hidden"


def test_the_main_part_may_have_another_name() -> None:
    assert texts(workbook({"a": [["x"]]}, main="xl/workbook2.xml")) == [["x"]]


def test_the_quick_reader_and_the_exact_one_see_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    source = results.xlsx({"Sheet": results.good_region(300)})
    exact = read_workbook(source, "a.xlsx").sheets[0]
    taken: list[str] = []
    by_calamine = reading._by_calamine
    monkeypatch.setattr(reading, "_LARGE", 0)
    monkeypatch.setattr(reading, "_by_calamine", lambda parts, name: taken.append(name) or by_calamine(parts, name))
    quick = read_workbook(source, "a.xlsx").sheets[0]
    assert taken == ["Sheet"]
    assert quick.numbers == exact.numbers
    for one, other in zip(quick.rows, exact.rows, strict=True):
        assert [a == b for a, b in itertools.zip_longest(one, other, fillvalue="")].count(False) == 0


@pytest.mark.parametrize("stretch", [1, 7, 2**18])
@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("<v>3</v>", "<f>1+2</f><v>3</v>"),
        ("<v>3</v>", "<!-- 3 --><v>3</v>"),
        ("<v>3</v>", "<v>_x0041_</v>"),
        (' t="n"', ' t="b"'),
        (' t="n"', ' t="e"'),
        (' t="n"', ' t="d"'),
        (' r="B2"', ""),
        ('<c r="B2"', '<c\tr="B2"'),
        (' r="B2"', ' r="XFE2"'),
        ('<row r="2"', '<row r="9999999"'),
        ('<row r="2"', '<row r="2" x="<x:row>"'),
        ("</sheetData>", '</sheetData><mergeCell ref="A1:A2"/>'),
    ],
)
def test_a_sheet_with_anything_but_values_and_texts_at_their_places_is_not_plain(
    old: str, new: str, stretch: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(safety, "_STEP", stretch)
    plain = (
        '<worksheet><cols><col min="1"/></cols><sheetData><row r="1"><c r="A1" t="s"><v>0</v></c></row>'
        '<row r="2"><c r="A2" t="str"><v>a</v></c><c r="B2" t="n"><v>3</v></c></row></sheetData></worksheet>'
    )
    assert old in plain
    assert safety.is_plain(plain.encode(), [], Limits())
    assert not safety.is_plain(plain.replace(old, new).encode(), [], Limits())


@pytest.mark.parametrize("mark", [";", ",", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1251", "koi8-r", "cp866", "utf-16"])
def test_csv_by_structure_and_in_one_encoding(mark: str, encoding: str) -> None:
    rows = [["Фамилия", "Предметы", "Школа"]]
    others = [sign for sign in ";, " if sign != mark]
    rows += [
        [name, f"русский{others[0]}литература{others[0]}история{others[0]}химия", "№ 1"]
        for name in ("Примеров", "ОБРАЗЦОВ")
    ]
    source = "\r\n".join(mark.join(row) for row in rows).encode(encoding, "replace")
    assert texts(source)[1][0] == "Примеров"
    assert [len(row) for row in texts(source)] == [3, 3, 3]


@pytest.mark.parametrize(
    "word", ["СТОЛИЦА РОССИИ", "МАТЕМАТИКА", "ИВАНОВА", "ШКОЛА", "КЛАСС", "РУССКИЙ ЯЗЫК", "УЧИТЕЛЬ"]
)
@pytest.mark.parametrize("encoding", ["cp1251", "koi8-r", "cp866"])
def test_capitals_are_read_in_their_encoding(word: str, encoding: str) -> None:
    assert texts(f"{word};{word}\n{word};1".encode(encoding))[0][0] == word


def test_an_odd_byte_is_named_by_its_row() -> None:
    book = read_workbook("Фамилия;Имя\nПримеров;Пётр\nОбразцов;Ив".encode() + b"\xff" + "ан\n".encode(), "a.csv")
    assert (book.encoding, book.odd_rows) == ("utf-8", (3,))


def test_inner_quotes_are_read_or_their_row_is_named() -> None:
    assert texts('Вопрос;Ответ\n"Автор "Муму"?";Тургенев\n'.encode()) == [
        ["Вопрос", "Ответ"],
        ['Автор "Муму"?', "Тургенев"],
    ]
    assert texts('a;b\n"две\nстроки";"x ""y"" z"\n'.encode()) == [["a", "b"], ["две\nстроки", 'x "y" z']]
    for broken, row in (('a;b\n1;2\n"открыта;3\n4;5\n', 3), ('a;b\n"одна";"две";"три"x\n', 2)):
        with pytest.raises(Unreadable) as refusal:
            read_workbook(broken.encode(), "a.csv")
        assert (refusal.value.code, refusal.value.params["row"]) == ("quoting", row)


@pytest.mark.parametrize(
    ("name", "row"),
    [
        ("bank_inner_quotes.csv", ['Автор "Муму"?', "Тургенев", "Толстой", "1"]),
        ("bank_float_tail.xlsx", ["Сколько будет 0,1 + 0,2?", "один", "0,3", "0,4", "1,5", "1"]),
        ("bank_percent_cells.xlsx", ["Какая скидка больше?", "один", "50 %", "25 %", "10 %", "1"]),
    ],
)
def test_the_cases_of_tables_of_questions(name: str, row: list[str]) -> None:
    assert texts(shared(f"cases/{name}").read_bytes())[1] == row


def test_controls_that_a_program_left_in_the_xml_are_no_text() -> None:
    left = Raw(' t="str"', "<f>A1&\x1f</f><v>по\x1fрядок</v>".replace("&", "&amp;"))
    assert texts(workbook({"a": [["класс\x0b", left]]})) == [["класс", "порядок"]]
