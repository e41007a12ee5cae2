"""What is no plan that can be read is said with a code of its own, whatever its name says."""

import io
import zipfile

import pytest
import xlsxwriter

from tests.engines.plantables.word_samples import HEADS, document, packed, paragraph, table
from traektoria.engines.plantables.file_kinds import weight_of
from traektoria.engines.plantables.reader import read_plan
from traektoria.engines.tables.errors import Unreadable

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
PLAN = document(table(HEADS, ("1", "Семинар", "май", "тьюторы")))


def wide(text):
    return text.encode("utf-16-le")


def renamed(source, **changed):
    """The archive with other parts: None takes one out."""
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        files = {name: archive.read(name) for name in archive.namelist()}
    return packed({name: data for name, data in {**files, **changed}.items() if data is not None})


def bomb():
    return renamed(PLAN, **{"word/media.xml": b"0" * (130 * 2**20)})


def empty_book():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        made.add_worksheet("Лист1")
    return target.getvalue()


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (b"", "empty"),
        (b"\0\0\0", "empty"),
        (OLE + wide("WordDocument"), "old_word"),
        (OLE + wide("Workbook"), "old_excel"),
        (OLE + wide("EncryptedPackage"), "encrypted"),
        (OLE, "old_office"),
        (b"\x89PNG\r\n\x1a\n....", "picture"),
        (b"\xff\xd8\xff\xe0....", "picture"),
        (b"Rar!\x1a\x07....", "archive"),
        (b"{\\rtf1\\ansi ...}", "rich_text"),
        (b"<!DOCTYPE html><html><table>", "web_page"),
        (b"%PDF-1.7 broken", "damaged_pdf"),
        (PLAN[:-200], "damaged"),
        (b"PK\x03\x04 nothing", "damaged"),
        (packed({"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"}), "open_document"),
        (packed({"a.txt": b"x"}), "not_a_plan"),
        (renamed(PLAN, **{"word/vbaProject.bin": b"x"}), "macros"),
        (renamed(PLAN, **{"word/document.xml": None}), "damaged"),
        (renamed(PLAN, **{"word/document.xml": b"<a><b></a>"}), "damaged"),
        (renamed(PLAN, **{"word/document.xml": b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'}), "damaged"),
        (document(paragraph("Просто письмо")), "no_plan"),
        (document(), "no_plan"),
        (empty_book(), "empty"),
        ("Просто письмо.".encode("cp1251"), "no_plan"),
        (bytes(range(256)) * 20, "encoding"),
    ],
)
def test_a_file_that_is_no_plan(source, code):
    with pytest.raises(Unreadable) as refused:
        read_plan(source, "план.docx")
    assert refused.value.code == code


def test_an_archive_that_unpacks_without_end_is_refused_before_it_is_read():
    with pytest.raises(Unreadable) as refused:
        read_plan(bomb(), "план.docx")
    assert refused.value.code == "zip_bomb"


def test_a_table_inserted_into_a_document_makes_no_sheet_of_it():
    inserted = renamed(PLAN, **{"word/embeddings/a.xlsx": empty_book(), "xl/workbook.xml": b"<x/>"})
    assert [one.content for one in read_plan(inserted, "план.docx").rows] == ["Семинар"]


def test_a_text_that_is_no_plan_of_thirty_rows_is_not_made_a_tree():
    with pytest.raises(Unreadable) as refused:
        read_plan(renamed(PLAN, **{"word/document.xml": b"<a>" + b"0" * 25 * 2**20 + b"</a>"}), "план.docx")
    assert refused.value.code in {"too_large", "zip_bomb"}


def test_what_there_is_to_read_is_known_before_it_is_read():
    assert 1_000 < weight_of(PLAN) < 10_000
    assert weight_of(b"%PDF-1.7 ....") == 130_000
    assert weight_of(b"PK\x03\x04 nothing") == 12
    assert weight_of("План".encode()) == 8


def test_tables_inside_tables_end():
    inner = table(HEADS, ("1", "Семинар", "май", "тьюторы"))
    for _ in range(40):
        inner = f"<w:tbl><w:tr><w:tc>{inner}<w:p/></w:tc></w:tr></w:tbl>"
    with pytest.raises(Unreadable) as refused:
        read_plan(document(inner), "план.docx")
    assert refused.value.code == "no_plan"
