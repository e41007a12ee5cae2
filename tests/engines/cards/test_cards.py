"""What a card says; that both formats say it is proved with all official papers (tests/engines/papers)."""

import io
import re
from dataclasses import replace
from datetime import date

import pytest
from docx import Document
from pypdf import PdfReader

from tests.engines.cards.samples import GROUP, INDIVIDUAL, ITEMS
from traektoria.engines.cards import CardOutcome, RouteCard, paper_of
from traektoria.engines.papers import Facts, Heading, Paragraph, Table, content_digest, docx, file_stem, pdf

MARKUP = "#set text(1pt) *b* $x$ <b>&amp; & [[a]] {{ b }} {% c %} \\n \"q `r` @x // /* u = ~ ' %"


def passport(card: RouteCard) -> dict[str, str]:
    first = paper_of(card).blocks[0]
    assert isinstance(first, Facts)
    return dict(first.rows)


def plan(card: RouteCard) -> Table:
    return next(block for block in paper_of(card).blocks if isinstance(block, Table) and "Срок" in block.head)


def headings(card: RouteCard) -> list[str]:
    return [block.text for block in paper_of(card).blocks if isinstance(block, Heading)]


def test_title_is_declined() -> None:
    assert paper_of(INDIVIDUAL).title == (
        "КАРТА",
        "индивидуального образовательного маршрута",
        "учителя математики Ивановой Марии Петровны",
    )
    assert paper_of(GROUP).title[-1] == "группы «Учителя математики 5–6 классов»"


def test_anyones_text_comes_through_literally() -> None:
    item = replace(ITEMS[0], deficit=MARKUP, task=MARKUP, evidence=(MARKUP,))
    said = str(paper_of(replace(INDIVIDUAL, items=(item,), goals=(MARKUP,))))
    assert said.count(repr(MARKUP)[1:-1]) == 4


def test_empty_parts_are_a_dash_or_left_out() -> None:
    bare = replace(INDIVIDUAL.teachers[0], courses=(), category="", service_years=None, subject="", classes="")
    card = replace(
        INDIVIDUAL, teachers=(bare,), items=(), goals=(), requests=(), basis=(), reflections=(), progress=None,
        signatures=(),
    )  # fmt: skip
    assert [label for label, value in passport(card).items() if value == "—"] == [
        "Квалификационная категория",
        "Педагогический стаж",
        "Предмет, классы",
        "Повышение квалификации за последние 3 года",
        "Основание",
        "Образовательный заказ педагога",
    ]
    assert headings(card) == ["Цели маршрута", "План восполнения профессиональных дефицитов"]
    assert Paragraph("—") in paper_of(card).blocks
    assert docx(paper_of(card))


def test_what_became_of_deficits_stands_with_its_conclusion() -> None:
    card = replace(INDIVIDUAL, outcomes=(CardOutcome("Дроби", "преодолён", ""),), conclusion="Цель достигнута.")
    rows = [block.rows for block in paper_of(card).blocks if isinstance(block, Table)][-1]
    assert rows == (("1", "Дроби", "преодолён", "—"),)
    assert Paragraph("Вывод: Цель достигнута.") in paper_of(card).blocks


def test_unsigned_place_has_a_blank_date() -> None:
    paper = paper_of(INDIVIDUAL)
    dates = [*(place.note for place in paper.signatures), *(stamp.lines[-1] for stamp in paper.stamps)]
    assert [said.replace("\u00a0", " ") for said in dates] == [
        "согласовано 5 сентября 2026 г.",
        "согласовано 6 сентября 2026 г.",
        "«___» __________ 20___ г.",
    ]


def test_a_card_without_teachers_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a teacher"):
        paper_of(replace(INDIVIDUAL, teachers=()))


def test_digest_is_of_the_content_not_of_the_code() -> None:
    digest = content_digest(paper_of(INDIVIDUAL))
    assert content_digest(replace(paper_of(INDIVIDUAL), verification_code="X", verify_url="y")) == digest
    assert content_digest(paper_of(replace(INDIVIDUAL, goals=("Иная цель",)))) != digest
    assert content_digest(paper_of(replace(INDIVIDUAL, version=3))) != digest


def test_file_stem_is_safe() -> None:
    assert file_stem(paper_of(INDIVIDUAL)) == "Карта маршрута Иванова Мария Петровна, редакция 2"
    assert re.fullmatch(r"[\w ,.-]+", file_stem(paper_of(replace(GROUP, group_name='../\\:*?"<>|\n5А'))))


def test_a_word_without_end_stays_in_its_cell() -> None:
    card = replace(INDIVIDUAL, items=(replace(ITEMS[0], task="Ы" * 400, resource="A1" * 300),))
    printed = PdfReader(io.BytesIO(pdf(paper_of(card)))).pages
    lines = [line for page in printed for line in page.extract_text().split("\n")]
    assert max(map(len, (line for line in lines if set(line) <= set("Ы\u200b-")))) < 40
    assert re.sub(r"[\s\u200b-]", "", "".join(lines)).count("A1") == 300


def test_the_plan_in_word_repeats_its_head() -> None:
    tables = Document(io.BytesIO(docx(paper_of(INDIVIDUAL)))).tables
    word = next(table for table in tables if "Срок" in [cell.text for cell in table.rows[0].cells])
    assert [len(word.rows), len(word.columns)] == [len(ITEMS) + 1, 9]
    assert "w:tblHeader" in word.rows[0]._tr.xml


def test_deadline_as_written_stays_as_written() -> None:
    card = replace(INDIVIDUAL, items=(replace(ITEMS[0], deadline="до 1 ноября"), replace(ITEMS[0], deadline=date.max)))
    assert [row[5].replace("\u00a0", " ") for row in plan(card).rows] == ["до 1 ноября", "31 декабря 9999 г."]
