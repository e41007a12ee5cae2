"""Official papers in both formats: the same facts, anyone's text as it was typed, the manners of an office."""

import hashlib
import io
import json
import re
import zipfile
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, replace
from datetime import date
from functools import cache
from itertools import pairwise
from xml.etree import ElementTree

import pytest
from docx import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn
from pypdf import PdfReader

from tests.engines.cards.samples import GROUP, INDIVIDUAL
from tests.engines.papers.samples import ORDER, PAPERS, PROTOCOL, REGULATION
from traektoria.engines.cards import paper_of
from traektoria.engines.papers import (
    CONTENT_TYPES,
    PRINTERS,
    Block,
    Bullets,
    Facts,
    Heading,
    Paper,
    Paragraph,
    Signature,
    Stamp,
    Table,
    content_digest,
    docx,
    file_stem,
    pdf,
)
from traektoria.engines.papers.sheet import Sheet, sheet_of

#: Invisible or layout characters, and hyphens that a line end may have added.
_LAYOUT = re.compile(r"[\s\u00ad\u200b\u2010\u2011_-]+")
MARKUP = "#set text(1pt) *b* $x$ <b>&amp; & [[a]] {{ b }} {% c %} \\n \"q `r` @x // /* u = ~ ' %"
INJECTION = ']]> <!-- &#0; </w:t></w:r><w:p/> #eval("1") \\u{41} #import "@preview/x:1.0.0": *'
EMPTY = Paper(kind="report", file_name="", issuer=(), title=(), day=date(2026, 9, 1))
CODE = {"verification_code": "7KQ4-M2TX-9A", "verify_url": "https://centre.example/verify/7KQ4-M2TX-9A"}
CARDS = [replace(paper_of(card), **CODE) for card in (INDIVIDUAL, GROUP)]
EACH = pytest.mark.parametrize("paper", [*PAPERS, *CARDS], ids=[*(one.kind for one in PAPERS), "card", "group card"])


def squeezed(text: str) -> str:
    return _LAYOUT.sub("", text)


@cache
def pages(paper: Paper) -> tuple[str, ...]:
    return tuple(squeezed(page.extract_text()) for page in PdfReader(io.BytesIO(pdf(paper))).pages)


def pdf_text(paper: Paper) -> str:
    """The text without the footers, which may stand in the middle of a paragraph."""
    bare = replace(paper, verification_code="", verify_url="")
    return "".join(re.sub(r"стр\.\d+из\d+", "", page) for page in pages(bare))


@cache
def docx_text(paper: Paper) -> str:
    document = Document(io.BytesIO(docx(paper)))
    body, footer = document.element.body, document.sections[0].footer._element
    return squeezed("".join(node.text or "" for part in (body, footer) for node in part.iter(qn("w:t"))))


def facts(sheet: Sheet) -> list[str]:
    """Every printed string of the sheet, line by line."""
    stamps = [text for stamp in sheet.stamps for text in (stamp.title, *stamp.lines)]
    places = (*sheet.signatures, *sheet.acquainted)
    signed = [text for one in places for text in (one.position, one.name, one.note)]
    blocks = [text for block in sheet.blocks for text in _texts(block)]
    head = [sheet.draft, *sheet.issuer, *stamps, *sheet.title, *sheet.line, sheet.subject]
    acquainted = [sheet.acquainted_title, sheet.blank_date] if sheet.acquainted else []
    return [line for text in (*head, *blocks, *signed, *acquainted) for line in text.split("\n") if line]


def _texts(block: Block) -> list[str]:
    match block:
        case Facts(rows):
            return [text for row in rows for text in row]
        case Heading(text):
            return [text]
        case Paragraph(text, number):
            return [number, text]
        case Bullets(items):
            return list(items)
        case Table(head, _, rows):
            return [*head, *(cell for row in rows for cell in row)]


@EACH
def test_both_formats_hold_every_fact(paper: Paper) -> None:
    printed, written = pdf_text(paper), docx_text(paper)
    said = [squeezed(fact) for fact in facts(sheet_of(paper))]
    assert [fact for fact in said if fact not in printed] == []
    assert [fact for fact in said if fact not in written] == []


@EACH
def test_formats_say_nothing_of_their_own(paper: Paper) -> None:
    sheet = sheet_of(paper)
    said = set(squeezed("".join((*facts(sheet), *sheet.verification, sheet.page, sheet.of, "–0123456789"))))
    assert set("".join(pages(paper))) <= said
    assert set(docx_text(paper)) <= said


@EACH
def test_equal_papers_give_equal_bytes(paper: Paper) -> None:
    assert [print_(paper) == print_(replace(paper)) for print_ in PRINTERS.values()] == [True, True]
    assert list(PRINTERS) == list(CONTENT_TYPES)


@EACH
def test_each_page_is_archival_lies_as_it_should_and_is_verified(paper: Paper) -> None:
    reader = PdfReader(io.BytesIO(pdf(paper)))
    assert b"pdfaid:part>2<" in pdf(paper)
    assert reader.trailer["/Root"]["/Lang"] == "ru-RU"
    assert reader.metadata
    assert reader.metadata.title == sheet_of(paper).document_title
    for number, (page, text) in enumerate(zip(reader.pages, pages(paper), strict=True), start=1):
        assert (page.mediabox.width > page.mediabox.height) is paper.landscape
        assert squeezed(f"Код проверки документа: {paper.verification_code}") in text
        assert squeezed(f"Проверить: {paper.verify_url}") in text
        assert f"стр.{number}из{len(reader.pages)}" in text


def everywhere(text: str) -> Paper:
    """A paper with the text in each of its places, 28 in all."""
    two = (text, text)
    return Paper(
        kind="order",
        file_name=text,
        issuer=two,
        title=two,
        day=date(2026, 9, 1),
        number=text,
        place=text,
        subject=text,
        blocks=(
            Facts((two,)),
            Heading(text),
            Heading(text, 2),
            Paragraph(text),
            Paragraph(text, text, 1),
            Bullets(two),
            Table(two, (0.5, 0.5), (two,)),
        ),
        signatures=(Signature(text, text, text),),
        acquainted=(Signature(text, text, text),),
        stamps=(Stamp(text, (text,)),),
    )


@pytest.mark.parametrize("typed", [MARKUP, INJECTION, "<script>alert(1)</script>", "{{ 7*7 }} $(id) `id` %s %(a)s"])
def test_anyones_text_comes_through_literally(typed: str) -> None:
    paper = everywhere(f"ъ{typed}ъ")
    expected = squeezed(sheet_of(paper).subject)
    assert docx_text(paper).count(expected) == 28
    assert "".join(pages(replace(paper, number="1", blocks=paper.blocks[:4]))).count(expected) >= 12


def test_docx_is_well_formed_whatever_is_typed() -> None:
    paper = everywhere(f"{MARKUP}{INJECTION}\x00\x0b\x1b\ud800\ufffe\ufdd0 😀 עברית 漢字 e\u0301")
    with zipfile.ZipFile(io.BytesIO(docx(paper))) as archive:
        for name in archive.namelist():
            if name.endswith((".xml", ".rels")):
                ElementTree.fromstring(archive.read(name))  # noqa: S314
        assert [name for name in archive.namelist() if "vba" in name.lower()] == []


def test_signs_of_a_phone_are_printed() -> None:
    paper = replace(ORDER, blocks=(Paragraph("до 😀 после 👩‍🏫 и ✅ конец"),))
    assert "до?после" in pdf_text(paper)
    assert "конец" in pdf_text(paper)
    assert "😀" in docx_text(paper)


def test_control_characters_are_dropped_and_lines_kept() -> None:
    paper = replace(ORDER, blocks=(Paragraph("раз\x00\x08\r\nдва\x1b\u2028три\ufffe", "1."), Paragraph("а\nб")))
    texts = [paragraph.text for paragraph in Document(io.BytesIO(docx(paper))).paragraphs]
    assert [text for text in texts if text in ("1.\tраз", "два", "три", "а", "б")] == [
        "1.\tраз",
        "два",
        "три",
        "а",
        "б",
    ]
    assert "1.раздватриаб" in pdf_text(paper)


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (Facts(()), Heading(" "), Paragraph(""), Bullets(("", "\x07")), Bullets(())),
        (Table(("№",), (1.0,), ()), Facts((("", ""),)), Paragraph("", "1.")),
    ],
)
def test_empty_parts_leave_no_trace(blocks: tuple[Block, ...]) -> None:
    paper = replace(EMPTY, blocks=blocks)
    expected = "1сентября2026г." + ("№—1." if blocks[2:] and isinstance(blocks[0], Table) else "")
    assert pdf_text(paper) == expected
    assert docx_text(paper) == f"{expected}стр.1из1"


def test_a_paper_of_empty_texts_is_printed() -> None:
    assert pdf_text(everywhere(""))
    assert docx_text(everywhere(""))


@pytest.mark.parametrize(
    ("number", "place", "stamps", "line"),
    [
        ("12", "с. Ясное", (), ("5~сентября 2026~г.", "с. Ясное", "№~12")),
        ("№ 12-к", "", (), ("5~сентября 2026~г.", "", "№~12-к")),
        ("", "", (), ("5~сентября 2026~г.", "", "")),
        ("", "", (Stamp("УТВЕРЖДЕНО", ()),), ()),
        ("", "Ясное", (Stamp("УТВЕРЖДЕНО", ()),), ("5~сентября 2026~г.", "Ясное", "")),
    ],
)
def test_line_of_date_place_and_number(
    number: str, place: str, stamps: tuple[Stamp, ...], line: tuple[str, ...]
) -> None:
    sheet = sheet_of(replace(ORDER, number=number, place=place, stamps=stamps))
    assert sheet.line == tuple(text.replace("~", "\u00a0") for text in line)


def test_number_of_the_title_is_not_said_twice() -> None:
    assert sheet_of(PROTOCOL).line[2] == ""
    assert sheet_of(replace(PROTOCOL, number="31")).line[2] == "№\u00a031"


def test_draft_mark_is_on_the_first_page_of_a_draft_only() -> None:
    assert "ПРОЕКТ" in pages(REGULATION)[0]
    assert not any("ПРОЕКТ" in page for page in pages(REGULATION)[1:])
    assert docx_text(REGULATION).startswith("ПРОЕКТ")
    assert "ПРОЕКТ" not in docx_text(ORDER) + pdf_text(ORDER)


def test_head_of_a_long_table_is_on_each_of_its_pages() -> None:
    rows = tuple((str(number), f"Педагог {number}", "рекомендовать" * 3, "") for number in range(1, 201))
    table = Table(("№", "Педагог", "Решение", "Подпись"), (0.08, 0.4, 0.32, 0.2), rows)
    paper = replace(ORDER, blocks=(table,), landscape=True)
    printed = pages(paper)
    assert len(printed) > 5
    assert ["№ПедагогРешениеПодпись" in page for page in printed[:5]] == [True] * 5
    assert [number for number in range(1, 201) if f"{number}Педагог{number}реко" not in "".join(printed)] == []
    document = Document(io.BytesIO(docx(paper)))
    word = next(table for table in document.tables if len(table.rows) == 201)
    assert [row._tr.trPr.find(qn("w:tblHeader")) is not None for row in word.rows[:2]] == [True, False]
    assert all(row._tr.trPr.find(qn("w:cantSplit")) is not None for row in word.rows)
    assert document.sections[0].orientation == WD_ORIENT.LANDSCAPE


def test_a_row_higher_than_a_page_is_printed_whole() -> None:
    long = " ".join(f"слово{number}" for number in range(900))
    paper = replace(ORDER, blocks=(Table(("А", "Б"), (0.1, 0.9), (("1", long), (long[:900], "2"))),))
    assert "слово899" in pdf_text(paper)
    word = Document(io.BytesIO(docx(paper))).tables[1]
    assert [row._tr.trPr is not None for row in word.rows] == [True, False, False]


@pytest.mark.parametrize("word", ["Ы" * 300, "A1" * 200, "https://example.org/" + "path" * 90])
def test_a_word_without_end_stays_on_the_page(word: str) -> None:
    table = Table(("№", "Что"), (0.7, 0.3), ((word, word),))
    blocks = (Paragraph(word), Paragraph(word, "1."), Facts(((word, word),)), Bullets((word,)), Heading(word), table)
    paper = replace(ORDER, subject=word, place=word[:60], blocks=blocks, signatures=(Signature(word, word),))
    reader = PdfReader(io.BytesIO(pdf(paper)))
    widths = [float(page.mediabox.width) for page in reader.pages]
    lines = [line for page in reader.pages for line in page.extract_text().split("\n")]
    assert max(map(len, lines)) < 150
    assert squeezed("".join(lines)).count(word[:6]) >= 9
    assert set(map(round, widths)) == {595}


def test_docx_has_the_styles_of_an_office() -> None:
    document = Document(io.BytesIO(docx(REGULATION)))
    named = {paragraph.text: paragraph.style.name for paragraph in document.paragraphs}
    assert named["1. Общие положения"] == "Heading 1"
    assert named["ПОЛОЖЕНИЕ"] == "Title"
    assert named["1.13.1.\tвыявление дефицитов;"] == "Clause"
    assert named["помощь в\u00a0выборе курсов повышения квалификации;"] == "List Bullet"
    assert document.core_properties.language == "ru-RU"
    assert document.core_properties.title == sheet_of(REGULATION).document_title
    assert document.styles["Normal"].element.rPr.find(qn("w:lang")).get(qn("w:val")) == "ru-RU"
    section = document.sections[0]
    assert [round(side.mm) for side in (section.left_margin, section.right_margin, section.top_margin)] == [30, 12, 20]


def test_tables_of_word_never_touch() -> None:
    blocks = (Facts((("А", "Б"),)), Table(("А",), (1.0,), ()), Facts((("А", "Б"),)), Table(("А",), (1.0,), ()))
    body = Document(io.BytesIO(docx(replace(PROTOCOL, blocks=blocks)))).element.body
    tags = [child.tag for child in body]
    assert (qn("w:tbl"), qn("w:tbl")) not in list(pairwise(tags))


def test_value_follows_a_dash_unless_its_label_has_a_colon() -> None:
    rows = (("Председатель", "Иванова М. П."), ("Присутствовали:", "все"), ("Отсутствовал", " "))
    block = sheet_of(replace(PROTOCOL, blocks=(Facts(rows),))).blocks[0]
    assert isinstance(block, Facts)
    assert [value for _label, value in block.rows] == ["— Иванова\u00a0М.\u00a0П.", "все", "—"]


def test_who_read_an_order_signs_the_order() -> None:
    assert sheet_of(ORDER).acquainted_title == "С приказом ознакомлены:"
    assert sheet_of(replace(ORDER, kind="regulation")).acquainted_title == "Ознакомлены:"


@pytest.mark.parametrize(
    ("head", "widths", "rows"),
    [
        ((), (), ()),
        (("А",), (0.5, 0.5), ()),
        (("А", "Б"), (0.5, 0.5), (("1",),)),
        (("А", "Б"), (0.5, 0.6), ()),
        (("А", "Б"), (1.0, 0.0), ()),
    ],
)
def test_a_table_that_does_not_fit_itself_is_refused(
    head: tuple[str, ...], widths: tuple[float, ...], rows: tuple[tuple[str, ...], ...]
) -> None:
    with pytest.raises(ValueError, match="table"):
        Table(head, widths, rows)


def test_digest_is_of_the_content_not_of_the_code() -> None:
    bare = replace(ORDER, verification_code="", verify_url="", file_name="")
    assert content_digest(bare) == content_digest(ORDER)
    changed = (
        replace(ORDER, draft=True),
        replace(ORDER, day=date(2026, 9, 6)),
        replace(ORDER, blocks=ORDER.blocks[:-1]),
        replace(ORDER, subject="\ud800"),
    )
    assert len({content_digest(paper) for paper in (ORDER, *changed)}) == 5


def test_a_field_that_came_later_changes_no_code_of_papers_signed_before() -> None:
    said = asdict(replace(ORDER, verification_code="", verify_url="", file_name=""))
    del said["edition"]
    for block in said["blocks"]:
        block.pop("ruled", None)
    before = hashlib.sha256(json.dumps(said, default=str, sort_keys=True).encode()).hexdigest()
    assert content_digest(ORDER) == before
    assert content_digest(replace(ORDER, edition="Редакция № 2")) != before


@pytest.mark.parametrize(
    ("name", "stem"),
    [
        ("Приказ № 12 о назначении тьютора", "Приказ № 12 о назначении тьютора"),
        ('../\\:*?"<>|\n5А', "5А"),
        ("../..", "order_of_appointment"),
        ("я" * 300, "я" * 100),
    ],
)
def test_file_stem_is_safe(name: str, stem: str) -> None:
    assert file_stem(replace(ORDER, file_name=name)) == stem


def test_papers_are_printed_in_threads() -> None:
    papers = [replace(ORDER, subject=f"О деле номер {number}") for number in range(12)]
    with ThreadPoolExecutor(4) as pool:
        printed = list(pool.map(pdf_text, papers))
    assert [f"Оделеномер{number}В" in text for number, text in enumerate(printed)] == [True] * 12
