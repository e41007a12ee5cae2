"""The plan of Tbilisskaya in papers as odd as people make them: the same eleven rows, or one reason why not."""

import io
from collections.abc import Callable
from datetime import datetime

import openpyxl
import pytest

from tests.engines.plantables import word_samples as w
from tests.shared import SHARED
from traektoria.engines.plantables.reader import read_plan
from traektoria.engines.tables.errors import Unreadable

_SEED = SHARED.parent / "seeds" / "tbilisskaya_consulting_point_2020.txt"
if not _SEED.exists():
    pytest.skip(f"no ../shared/seeds/{_SEED.name} beside this clone", allow_module_level=True)
ROWS = [
    line.split("\t")
    for line in _SEED.read_text(encoding="utf-8").splitlines()
    if line[:1].isdigit() and line.count("\t") == 3
]
HALF = len(ROWS) // 2 + 1
OLE = bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 500


def table(rows: list[list[str]] = ROWS) -> str:
    return w.table(w.HEADS, *rows)


def boxed(inner: str) -> str:
    """A table of one cell around something."""
    return w.table(w.row(w.cell(inner=inner + w.paragraph())))


def term_as(inner: str, **parts: str) -> bytes:
    """The first deadline is written so."""
    first = ROWS[0]
    odd = w.row(w.cell(first[0]), w.cell(first[1]), w.cell(inner=f"<w:p>{inner}</w:p>"), w.cell(first[3]))
    return w.document(w.table(w.row(*w.HEADS), odd, *(w.row(*one) for one in ROWS[1:])), **parts)


def second_row(properties: str) -> bytes:
    rows = [w.row(*one, properties=properties if at == 1 else "") for at, one in enumerate(ROWS)]
    return w.document(w.table(w.row(*w.HEADS), *rows))


def beside(half: list[list[str]], other: list[list[str]], gap: str | None) -> list[list[str | None]]:
    empty: list[list[str]] = [[""] * 4] * (len(half) - len(other))
    return [[*one, gap, *two] for one, two in zip(half, [*other, *empty], strict=True)]


def two_in_one() -> bytes:
    rows = beside(ROWS[:HALF], ROWS[HALF:], "")
    return w.document(w.table([*w.HEADS, "", *w.HEADS], *([str(cell or "") for cell in one] for one in rows)))


def heads_of_three_storeys() -> bytes:
    return w.document(w.table(
        w.row(w.cell("ПЛАН", span=4)),
        w.row(w.cell("№", down="restart"), w.cell("Мероприятие", down="restart"), w.cell("Исполнение", span=2)),
        w.row(w.cell(down="continue"), w.cell(down="continue"), w.cell("Срок"), w.cell("Ответственный")),
        *(w.row(*one) for one in ROWS),
    ))  # fmt: skip


def numbered_by_word(form: str) -> bytes:
    rows = (w.row(w.cell(inner=w.paragraph(number=(1, 0))), *map(w.cell, one[1:])) for one in ROWS)
    return w.document(w.table(w.row(*w.HEADS), *rows), numbering=w.lists([w.level(0, "%1)", form)]))


def book(fill: Callable[[openpyxl.Workbook], None]) -> bytes:
    made, out = openpyxl.Workbook(), io.BytesIO()
    fill(made)
    made.save(out)
    return out.getvalue()


def plain(made: openpyxl.Workbook) -> None:
    for one in (w.HEADS, *ROWS):
        made.active.append(list(one))


def halves(made: openpyxl.Workbook) -> None:
    made.active.append(["ПЛАН"])
    for one in ([*w.HEADS, None, *w.HEADS], *beside(ROWS[:HALF], ROWS[HALF:], None)):
        made.active.append(one)


def far_away(made: openpyxl.Workbook) -> None:
    for down, one in enumerate((w.HEADS, *ROWS)):
        for across, text in enumerate(one):
            made.active.cell(7 + down, 4 + across, text)


def hidden_rows(made: openpyxl.Workbook) -> None:
    plain(made)
    made.active.row_dimensions.group(3, 5, hidden=True)


def formulas(made: openpyxl.Workbook) -> None:
    for one in (w.HEADS, *(["=ROW()-1", *row[1:]] for row in ROWS)):
        made.active.append(list(one))


def lines(mark: str, end: str = "\r\n") -> str:
    return end.join(mark.join(one) for one in (w.HEADS, *([text.replace(";", ",") for text in row] for row in ROWS)))


DEL, INS = '<w:del w:id="1"><w:r><w:delText>март</w:delText></w:r></w:del>', '<w:ins w:id="2">{}</w:ins>'
TERM = w.run(ROWS[0][2])
FIELD = '<w:r><w:fldChar w:fldCharType="{}"/></w:r>'
WHOLE: dict[str, Callable[[], bytes]] = {
    "a table in a cell": lambda: w.document(boxed(table())),
    "a table in a cell of a table in a cell": lambda: w.document(boxed(boxed(table()))),
    "halves in two cells": lambda: w.document(
        w.table(w.row(w.cell(inner=table(ROWS[:HALF]) + w.paragraph()), w.cell(inner=table(ROWS[HALF:]))))
    ),
    "halves beside each other in one table": two_in_one,
    "a row that was put in under tracking": lambda: second_row('<w:ins w:id="1" w:author="x"/>'),
    "a deadline changed under tracking": lambda: term_as(DEL + INS.format(TERM)),
    "a deadline moved under tracking": lambda: term_as(f'<w:moveTo w:id="2">{TERM}</w:moveTo>'),
    "a link": lambda: term_as(f'<w:hyperlink w:anchor="a">{TERM}</w:hyperlink>'),
    "a short field": lambda: term_as(f'<w:fldSimple w:instr="X">{TERM}</w:fldSimple>'),
    "a long field": lambda: term_as(
        FIELD.format("begin") + "<w:r><w:instrText>MERGEFIELD</w:instrText></w:r>" + FIELD.format("separate") + TERM
        + FIELD.format("end")
    ),
    "a footnote": lambda: term_as(
        TERM + '<w:r><w:footnoteReference w:id="2"/></w:r>',
        footnotes=f'<w:footnote w:id="2">{w.paragraph("по приказу")}</w:footnote>',
    ),
    "a page that ended in the row": lambda: term_as(TERM + "<w:r><w:lastRenderedPageBreak/></w:r>"),
    "letters in runs of their own": lambda: term_as("".join(map(w.run, ROWS[0][2]))),
    "a text box of an old Word": lambda: w.document(
        "<w:p><w:r><w:pict><v:shape><v:textbox><w:txbxContent>" + table() + w.paragraph()
        + "</w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    ),
    "headings of three storeys": heads_of_three_storeys,
    "numbers by Word": lambda: numbered_by_word("decimal"),
    "Roman numbers by Word": lambda: numbered_by_word("upperRoman"),
    "a row hidden in Word": lambda: second_row("<w:hidden/>"),
    "columns from right to left": lambda: w.document(
        table().replace("<w:tblPr/>", "<w:tblPr><w:bidiVisual/></w:tblPr>")
    ),
    "a sheet": lambda: book(plain),
    "halves beside each other in a sheet": lambda: book(halves),
    "a table far from the corner": lambda: book(far_away),
    "rows folded away": lambda: book(hidden_rows),
    "numbers by formulas": lambda: book(formulas),
    "semicolons in cp1251": lambda: lines(";").encode("cp1251"),
    "semicolons in cp866": lambda: lines(";").encode("cp866", errors="replace"),
    "semicolons and line feeds in UTF-8": lambda: lines(";", "\n").encode("utf-8-sig"),
    "tabs in UTF-16": lambda: lines("\t").encode("utf-16"),
    "a document called something else": lambda: w.document(w.paragraph("ПЛАН"), table()),
}  # fmt: skip
REFUSED: dict[str, tuple[str, bytes]] = {
    "nothing": ("empty", b""),
    "blanks": ("empty", b" \r\n\t"),
    "an old Word called DOCX": ("old_word", OLE + "WordDocument".encode("utf-16-le") + b"\0" * 2000),
    "an old Excel called DOCX": ("old_excel", OLE + "Workbook".encode("utf-16-le") + b"\0" * 2000),
    "a password": ("encrypted", OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 2000),
    "RTF": ("rich_text", rb"{\rtf1\ansi\ansicpg1251 plan}"),
    "RTF with a mark before it": ("rich_text", b"\xef\xbb\xbf" + rb"{\rtf1\ansi plan}"),
    "half of a document": ("damaged", w.document(table())[:1500]),
    "an archive of something": ("not_a_plan", w.packed({"a.txt": b"x"})),
    "macros": ("macros", w.document(table(), extra={"word/vbaProject.bin": b"x"})),
    "headings and no rows": ("no_plan", w.document(w.table(w.HEADS))),
    "JSON": ("no_plan", '{"план": [1, 2]}'.encode()),
    "a web page": ("web_page", "<html><body><table><tr><td>План</td></tr></table></body></html>".encode()),
    "a page saved by a browser": ("web_page", b"MIME-Version: 1.0\r\nContent-Type: multipart/related"),
    "a picture": ("picture", b"\x89PNG\r\n\x1a\n" + b"0" * 100),
}


@pytest.mark.parametrize("name", WHOLE)
def test_a_plan_in_an_odd_paper_is_read_whole(name: str) -> None:
    found = read_plan(WHOLE[name](), "План.docx")
    said = [(" ".join(one.content.split()), one.term) for one in found.rows]
    assert said == [(" ".join(row[1].replace(";", ",").split()) if "semi" in name or "tabs" in name
                     else " ".join(row[1].split()), row[2]) for row in ROWS]  # fmt: skip


@pytest.mark.parametrize("name", REFUSED)
def test_what_is_no_plan_has_one_reason(name: str) -> None:
    code, source = REFUSED[name]
    with pytest.raises(Unreadable) as refusal:
        read_plan(source, "План.docx")
    assert refusal.value.code == code


def test_a_row_taken_out_under_tracking_is_none() -> None:
    found = read_plan(second_row('<w:del w:id="1" w:author="x"/>'), "План.docx")
    assert [one.number for one in found.rows] == [row[0] for row in ROWS if row[0] != "2"]


def test_a_dash_of_a_symbol_font_is_a_dash() -> None:
    source = term_as(w.run("сентябрь ") + '<w:r><w:sym w:font="Symbol" w:char="F02D"/></w:r>' + w.run(" май"))
    assert read_plan(source, "План.docx").rows[0].term == "сентябрь - май"


HEADS = ("№", "Мероприятие", "Срок", "Ответственный")
SIDE = [
    ("1", "Семинар", "октябрь", "тьюторы", "3", "Конкурс", "март", "завучи"),
    ("2", "Слёт", "ноябрь", "тьюторы", "4", "Отчёт", "апрель", "завучи"),
]


def sheet(*rows: tuple[str | None, ...]) -> bytes:
    return book(lambda made: [made.active.append(list(one)) for one in rows])


def wide(text: str, span: int = 8) -> str:
    return w.cell(text, span=span)


def told(source: bytes) -> list[tuple[str, str, str]]:
    return [(one.number, one.section, one.content) for one in read_plan(source, "План.docx").rows]


def test_arrows_of_wingdings_are_no_dashes() -> None:
    source = term_as(w.run("сентябрь ") + '<w:r><w:sym w:font="Wingdings" w:char="F096"/></w:r>' + w.run(" май"))
    assert "–" not in read_plan(source, "План.docx").rows[0].term


def test_what_is_hidden_in_a_sheet_is_read_and_named() -> None:
    def some(made: openpyxl.Workbook) -> None:
        hidden_rows(made)
        made.active.column_dimensions["D"].hidden = made.active.column_dimensions["H"].hidden = True

    found = read_plan(book(some), "План.xlsx")
    assert len(found.rows) == len(ROWS)
    said = [(one.why.value, one.place.row, one.place.last, one.text, one.count) for one in found.left]
    assert said == [("hidden_rows", 3, 5, "", 3), ("hidden_column", 0, 0, "D", 1)]
    assert read_plan(book(plain), "План.xlsx").left == ()


def test_terms_that_come_twice_under_one_content_tear_nothing_apart() -> None:
    """«Март» of the second half-year is that of the same seminar."""
    lower, *rows = ("", "", *HEADS[2:] * 2), ("1", "Семинар", *SIDE[0][2:4], *SIDE[0][6:]), ("2", "Слёт", "май")
    of_word = w.document(w.table(w.row(*HEADS[:2], wide("I полугодие", 2), wide("II полугодие", 2)), lower, *rows))
    for source in (of_word, sheet((*HEADS[:2], "I полугодие", None, "II полугодие"), lower, *rows)):
        first, second = read_plan(source, "План.docx").rows
        assert (first.number, first.content, first.term, first.responsible) == ("1", "Семинар", "октябрь", "тьюторы")
        assert first.others == (("II полугодие Срок", "март"), ("II полугодие Ответственный", "завучи"))
        assert (second.number, second.content, second.term) == ("2", "Слёт", "май")


def test_a_section_through_two_tables_holds_for_both() -> None:
    sections = wide("Раздел А"), wide("Раздел Б")
    of_word = w.document(w.table((*HEADS, *HEADS), w.row(sections[0]), SIDE[0], w.row(sections[1]), SIDE[1]))
    for source in (of_word, sheet((*HEADS, *HEADS), ("Раздел А",), SIDE[0], ("Раздел Б",), SIDE[1])):
        assert told(source) == [
            ("1", "Раздел А", "Семинар"), ("3", "Раздел А", "Конкурс"), ("2", "Раздел Б", "Слёт"),
            ("4", "Раздел Б", "Отчёт"),
        ]  # fmt: skip


def test_what_stands_over_each_of_two_tables_is_its_section() -> None:
    of_word = w.document(w.table(w.row(wide("I полугодие", 4), wide("II полугодие", 4)), (*HEADS, *HEADS), *SIDE))
    rows = [(*one[:4], None, *one[4:]) for one in SIDE]
    for source in (of_word, sheet(("I полугодие", *[None] * 4, "II полугодие"), (*HEADS, None, *HEADS), *rows)):
        assert [one[:2] for one in told(source)] == [
            ("1", "I полугодие"), ("2", "I полугодие"), ("3", "II полугодие"), ("4", "II полугодие"),
        ]  # fmt: skip


def test_a_section_through_and_a_name_over_each_are_said_both() -> None:
    over, section = w.row(wide("Младшие", 4), wide("Старшие", 4)), w.row(wide("Раздел А"))
    found = told(w.document(w.table(over, (*HEADS, *HEADS), section, *SIDE)))
    assert [one[1] for one in found] == ["Раздел А. Младшие"] * 2 + ["Раздел А. Старшие"] * 2


@pytest.mark.parametrize("number", [3, 4])
def test_three_or_four_tables_beside_each_other_are_all_read(number: int) -> None:
    rows = [[f"{at + 1}", f"Семинар {at + 1}", "май", "завучи"] for at in range(2 * number)]
    lines = [[text for one in rows[begin::2] for text in one] for begin in (0, 1)]
    found = told(w.document(w.table(HEADS * number, *lines)))
    assert sorted(one[2] for one in found) == [one[1] for one in rows]
    assert [one[0] for one in found] == [one[0] for one in rows]


def test_hours_that_nobody_typed_are_no_part_of_a_date() -> None:
    def dated(made: openpyxl.Workbook) -> None:
        made.active.append(list(w.HEADS))
        for day, row in enumerate(ROWS, 10):
            made.active.append([row[0], row[1], datetime(2021, 1, day, 15 if day == 12 else 0), row[3]])

    found = [one.term for one in read_plan(book(dated), "План.xlsx").rows]
    assert found[:3] == ["2021-01-10", "2021-01-11", "2021-01-12 15:00:00"]
