"""The card in both formats: the same facts, anyone's text as it was typed, the manners of an office."""

import io
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.engines.cards.samples import GROUP, INDIVIDUAL, ITEMS
from traektoria.engines.cards import (
    CardRequest,
    RouteCard,
    content_digest,
    file_stem,
    render_docx,
    render_pdf,
    sheet_of,
)
from traektoria.engines.cards.sheet import Sheet

#: Invisible or layout characters, and hyphens that a line end may have added.
_LAYOUT = re.compile(r"[\s\u00ad\u200b\u2010\u2011-]+")
MARKUP = "#set text(1pt) *b* $x$ <b>&amp; & [[a]] {{ b }} {% c %} \\n \"q `r` @x // /* _u_ = ~ ' %"
CARDS = pytest.mark.parametrize("card", [INDIVIDUAL, GROUP], ids=["individual", "group"])


def squeezed(text: str) -> str:
    return _LAYOUT.sub("", text)


def pdf_text(card: RouteCard) -> str:
    return squeezed("".join(page.extract_text() for page in PdfReader(io.BytesIO(render_pdf(card))).pages))


def docx_text(card: RouteCard) -> str:
    document = Document(io.BytesIO(render_docx(card)))
    body = document.element.body.iter(qn("w:t"))
    footer = document.sections[0].footer._element.iter(qn("w:t"))
    return squeezed("".join(node.text or "" for node in (*body, *footer)))


def facts(sheet: Sheet) -> list[str]:
    """Every printed string of the sheet."""
    tables = [section.table for section in sheet.sections if section.table]
    cells = [cell for table in tables for row in table.rows for cell in row.cells]
    signings = [text for s in (*sheet.stamps, *sheet.signatures) for text in (s.position, s.name, s.agreed)]
    paragraphs = [text for section in sheet.sections for text in (section.title, *section.paragraphs)]
    heads = [title for table in tables for title in table.head]
    passport = [text for pair in sheet.passport for text in pair]
    return [*sheet.title, *sheet.issuer, sheet.version, *passport, *paragraphs, *heads, *cells, *signings]


@CARDS
def test_both_formats_hold_every_fact(card: RouteCard) -> None:
    pdf, docx = pdf_text(card), docx_text(card)
    for fact in map(squeezed, facts(sheet_of(card))):
        # A tall cell may share its lines with a page foot in the PDF, so each of its lines is looked for.
        assert fact in docx
        assert fact in pdf
    assert squeezed(sheet_of(card).verification) in docx


@CARDS
def test_formats_say_nothing_of_their_own(card: RouteCard) -> None:
    said = set("".join(squeezed(fact) for fact in facts(sheet_of(card))))
    allowed = said | set(squeezed(sheet_of(card).verification)) | set("Страницаиз0123456789(подпись)._")
    assert set(pdf_text(card)) <= allowed
    assert set(docx_text(card)) <= allowed


def test_title_is_declined() -> None:
    assert sheet_of(INDIVIDUAL).title == (
        "КАРТА",
        "индивидуального образовательного маршрута",
        "учителя математики Ивановой Марии Петровны",
    )
    assert sheet_of(GROUP).title[-1] == "группы «Учителя математики 5–6 классов»"


def test_anyones_text_comes_through_literally() -> None:
    item = replace(ITEMS[0], deficit=MARKUP, task=MARKUP, evidence=(MARKUP,))
    card = replace(INDIVIDUAL, items=(item,), requests=(CardRequest(MARKUP),), goals=(MARKUP,), group_name=MARKUP)
    assert docx_text(card).count(squeezed(MARKUP)) == 5
    assert pdf_text(card).count(squeezed(MARKUP)) == 5


def test_control_characters_are_dropped_and_lines_kept() -> None:
    card = replace(INDIVIDUAL, goals=("раз\x00\x08\ud800\r\nдва\x1b\u2028три\ufffe",))
    document = Document(io.BytesIO(render_docx(card)))
    assert "раз\nдва\nтри" in [paragraph.text for paragraph in document.paragraphs]
    assert "раздватри" in pdf_text(card)


def test_empty_parts_are_a_dash() -> None:
    bare = replace(INDIVIDUAL.teachers[0], courses=(), category="", service_years=None, subject="", classes="")
    card = replace(
        INDIVIDUAL, teachers=(bare,), items=(), goals=(), requests=(), basis=(), reflections=(), progress=None,
        signatures=(),
    )  # fmt: skip
    values = dict(sheet_of(card).passport)
    assert [label for label, value in values.items() if value == "—"] == [
        "Квалификационная категория",
        "Педагогический стаж",
        "Предмет, классы",
        "Повышение квалификации за последние 3 года",
        "Основание",
        "Образовательный заказ педагога",
    ]
    assert "Рефлексия" not in pdf_text(card)
    assert docx_text(card)


def test_unsigned_place_has_a_blank_date() -> None:
    sheet = sheet_of(INDIVIDUAL)
    assert [signing.agreed.replace("\u00a0", " ") for signing in (*sheet.signatures, *sheet.stamps)] == [
        "согласовано 5 сентября 2026 г.",
        "согласовано 6 сентября 2026 г.",
        "«____» ______________ 20___ г.",
    ]


def test_a_card_without_teachers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a teacher"):
        sheet_of(replace(INDIVIDUAL, teachers=()))


def test_equal_cards_give_equal_bytes() -> None:
    assert render_pdf(INDIVIDUAL) == render_pdf(INDIVIDUAL)
    assert render_docx(INDIVIDUAL) == render_docx(INDIVIDUAL)


def test_digest_is_of_the_content_not_of_the_code() -> None:
    assert content_digest(replace(INDIVIDUAL, verification_code="X", verify_url="y")) == content_digest(INDIVIDUAL)
    assert content_digest(replace(INDIVIDUAL, goals=("Иная цель",))) != content_digest(INDIVIDUAL)


def test_file_stem_is_safe() -> None:
    assert file_stem(INDIVIDUAL) == "Карта маршрута Иванова Мария Петровна, редакция 2"
    assert re.fullmatch(r"[\w ,.-]+", file_stem(replace(GROUP, group_name='../\\:*?"<>|\n5А')))


def test_pdf_is_archival_landscape_and_verified_on_each_page() -> None:
    pages = PdfReader(io.BytesIO(render_pdf(replace(INDIVIDUAL, items=ITEMS * 4))))
    assert len(pages.pages) > 2
    assert b"pdfaid:part>2<" in render_pdf(INDIVIDUAL)
    assert pages.trailer["/Root"]["/Lang"] == "ru-RU"
    for number, page in enumerate(pages.pages, start=1):
        assert page.mediabox.width > page.mediabox.height
        text = squeezed(page.extract_text())
        assert squeezed(INDIVIDUAL.verification_code) in text
        assert f"Страница{number}из{len(pages.pages)}" in text
        assert all(font["/BaseFont"].split("+")[-1].startswith("LibertinusSerif") for font in _fonts(page))


def _fonts(page: object) -> list[dict[str, str]]:
    return [font.get_object() for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]


def test_docx_repeats_headings_keeps_rows_and_speaks_russian() -> None:
    document = Document(io.BytesIO(render_docx(INDIVIDUAL)))
    plan = next(table for table in document.tables if "Срок" in [cell.text for cell in table.rows[0].cells])
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE
    assert plan.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in plan.rows)
    assert document.core_properties.language == "ru-RU"
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"


def test_docx_is_well_formed() -> None:
    card = replace(INDIVIDUAL, goals=(MARKUP, "]]> <!-- &#0; \x0b"))
    with zipfile.ZipFile(io.BytesIO(render_docx(card))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314


def test_a_word_without_end_stays_in_its_cell() -> None:
    card = replace(INDIVIDUAL, items=(replace(ITEMS[0], task="Ы" * 400, resource="A1" * 300),))
    lines = [line for page in PdfReader(io.BytesIO(render_pdf(card))).pages for line in page.extract_text().split("\n")]
    assert max(map(len, (line for line in lines if set(line) <= set("Ы\u200b-")))) < 40
    assert squeezed("".join(lines)).count("A1") == 300


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    long = " ".join(f"слово{number}" for number in range(900))
    card = replace(INDIVIDUAL, items=(replace(ITEMS[0], task=long),))
    assert "слово899" in pdf_text(card)


def test_cards_are_printed_in_threads() -> None:
    cards = [replace(INDIVIDUAL, goals=(f"Цель номер {number}",)) for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(pdf_text, cards))
    assert [f"Цельномер{number}" in text for number, text in enumerate(printed)] == [True] * 12


def test_deadline_as_written_stays_as_written() -> None:
    card = replace(INDIVIDUAL, items=(replace(ITEMS[0], deadline="до 1 ноября"), replace(ITEMS[0], deadline=date.max)))
    rows = next(s.table for s in sheet_of(card).sections if s.table)
    assert rows
    assert [row.cells[5].replace("\u00a0", " ") for row in rows.rows] == ["до 1 ноября", "31 декабря 9999 г."]
