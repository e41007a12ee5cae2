"""Two hundred plans that somebody, or a bad line, has changed: rows or a reason, and never anything else."""

import contextlib
import io
import random
import re
import zipfile

import pytest
import xlsxwriter

from tests.engines.plantables.page_samples import pages, ruled
from tests.engines.plantables.word_samples import (
    HEADS,
    cell,
    document,
    level,
    lists,
    packed,
    paragraph,
    row,
    run,
    table,
)
from tests.thoroughness import rounds
from traektoria.engines.plantables.model import Proposal
from traektoria.engines.plantables.pages import pages_of
from traektoria.engines.plantables.reader import propose, read_pasted, read_plan
from traektoria.engines.tables.errors import Unreadable

ROWS = [(str(at), f"Семинар {at}", "раз в четверть", "тьюторы") for at in range(1, 9)]
TEXT = "\n".join("\t".join(row) for row in (HEADS, *ROWS))


def word():
    box = f"<w:r><w:pict><v:textbox><w:txbxContent>{paragraph('к приказу')}</w:txbxContent></v:textbox></w:pict></w:r>"
    first = row(cell(inner=paragraph(number=(1, 0))), cell("Обучение", span=3, down="restart"))
    second = row(
        cell(inner=paragraph(number=(1, 1))), cell("Урок", "и его разбор"), cell("май", down="restart"), "тьюторы"
    )
    third = row(
        cell(inner=paragraph(number=(1, 1))),
        cell(inner=f"<w:p><w:ins>{run('Тренинг')}</w:ins></w:p>"),
        cell(down="continue"),
        "эксперты",
    )
    return document(
        paragraph("План", inner=box),
        table(HEADS, first, second, third, *ROWS),
        numbering=lists([level(0, "%1."), level(1, "%1.%2.")]),
    )


def book():
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as made:
        sheet = made.add_worksheet("План")
        sheet.write_row(0, 0, HEADS)
        for at, cells in enumerate(ROWS, 1):
            sheet.write_row(at, 0, cells)
        sheet.merge_range(12, 0, 12, 3, "Контроль")
    return target.getvalue()


def parts_of(source):
    with zipfile.ZipFile(io.BytesIO(source)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def broken_xml(source, chance):
    """One part of the archive with some of its tags, values or letters changed."""
    files = parts_of(source)
    name = chance.choice([name for name in files if name.endswith((".xml", ".rels"))])
    text = files[name].decode()
    for _ in range(chance.randint(1, 6)):
        text = chance.choice([without_tag, doubled, other_value, moved, cut_out])(text, chance)
    return packed({**files, name: text.encode("utf-8", "replace")})


def without_tag(text, chance):
    tags = [match.span() for match in re.finditer(r"</?w:\w+[^>]*>", text)] or [(0, 1)]
    start, end = chance.choice(tags)
    return text[:start] + text[end:]


def doubled(text, chance):
    found = [
        match.span() for match in re.finditer(r"<w:(tc|tr|p|gridSpan|vMerge|tbl)\b.*?(?:/>|</w:\1>)", text, re.DOTALL)
    ] or [(0, 0)]
    start, end = chance.choice(found)
    return text[:end] + text[start:end] + text[end:]


def other_value(text, chance):
    found = [match.span(1) for match in re.finditer(r'w:val="([^"]*)"', text)] or [(0, 0)]
    start, end = chance.choice(found)
    return (
        text[:start]
        + chance.choice(["", "-1", "99999999999", "NaN", "continue", "restart", "1.5", "&#x10FFFF;"])
        + text[end:]
    )


def moved(text, chance):
    found = [match.span() for match in re.finditer(r"<w:tc>.*?</w:tc>", text, re.DOTALL)] or [(0, 0)]
    (start, end), at = chance.choice(found), chance.randrange(len(text) or 1)
    return text[:start] + text[end:] if at % 2 else text[:at] + text[start:end] + text[at:]


def cut_out(text, chance):
    start = chance.randrange(len(text) or 1)
    return text[:start] + text[start + chance.randint(1, 40) :]


def broken_bytes(source, chance):
    """Bytes flipped, a stretch lost, or the end cut off."""
    data = bytearray(source)
    for _ in range(chance.randint(1, 8)):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    start = chance.randrange(len(data))
    how = chance.randrange(3)
    return bytes(
        data if how == 0 else data[:start] + data[start + chance.randint(1, 200) :] if how == 1 else data[:start]
    )


def checked(read):
    """What a reader may give: rows that name their place, or its own refusal."""
    proposal = None
    with contextlib.suppress(Unreadable):
        proposal = read()
    if proposal is None:
        return
    assert isinstance(proposal, Proposal)
    assert proposal.rows
    assert all(one.place.row > 0 and (one.content or one.doubts) for one in proposal.rows)


@pytest.mark.parametrize("seed", range(rounds(16, 80)))
def test_word_files_with_other_xml(seed):
    chance = random.Random(seed)
    checked(lambda: read_plan(broken_xml(word(), chance), "план.docx"))


@pytest.mark.parametrize("seed", range(rounds(8, 40)))
def test_word_files_with_other_bytes(seed):
    chance = random.Random(seed)
    checked(lambda: read_plan(broken_bytes(word(), chance), "план.docx"))


@pytest.mark.parametrize("seed", range(rounds(8, 40)))
def test_sheets_with_other_bytes_and_other_xml(seed):
    chance = random.Random(seed)
    spoil = broken_xml if seed % 2 else broken_bytes
    checked(lambda: read_plan(spoil(book(), chance), "план.xlsx"))


@pytest.mark.parametrize("seed", range(rounds(5, 20)))
def test_pdf_files_with_other_bytes(seed):
    chance = random.Random(seed)
    source = pages(ruled(*ROWS))
    checked(lambda: propose(pages_of(broken_bytes(source, chance))))


@pytest.mark.parametrize("seed", range(rounds(8, 30)))
def test_pasted_texts_with_other_letters(seed):
    chance = random.Random(seed)
    letters = list(TEXT)
    for _ in range(chance.randint(1, 30)):
        letters[chance.randrange(len(letters))] = chance.choice(
            ["\t", "\n", '"', "", "\u00ad", "\ud800", "1", ".", "«", "\x00"]
        )
    checked(lambda: read_pasted("".join(letters)))


def test_the_same_file_is_read_the_same_each_time():
    assert read_plan(word(), "a") == read_plan(word(), "b")


def test_what_was_not_spoilt_is_read_whole():
    assert [one.number for one in read_plan(word(), "план.docx").rows] == ["1.1.", "1.2.", *(row[0] for row in ROWS)]
