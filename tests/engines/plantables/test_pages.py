"""Plans in PDF: ruled tables, plain lines, and what is only a picture of a page."""

import pytest

from tests.engines.plantables.page_samples import locked, pages, ruled, scanned
from traektoria.engines.plantables.model import Doubt, Place, Where, WhyLeftOut
from traektoria.engines.plantables.pages import pages_of
from traektoria.engines.plantables.reader import propose, read_plan
from traektoria.engines.tables.errors import Unreadable

ONE = ("1", "Семинар для учителей-предметников", "октябрь", "сообщество тьюторов")
TWO = ("2", "Круглый стол", "раз в четверть", "методисты ИМЦ")


def read(*parts, **options):
    return propose(pages_of(pages(*parts, **options)))


def texts(proposal):
    return [(one.number, one.content, one.term, one.responsible) for one in proposal.rows]


def test_a_ruled_table_with_its_title_and_sections():
    found = read("План работы на 2026 год", ruled(("Обучение",), ONE, ("Контроль",), TWO))
    assert texts(found) == [ONE, TWO]
    assert [one.section for one in found.rows] == ["Обучение", "Контроль"]
    assert (found.title, found.rows[0].place) == ("План работы на 2026 год", Place(Where.PAGE, 1, row=4))


def test_a_table_over_two_pages_is_one_and_a_broken_row_is_joined():
    rows = [
        (str(at), f"Занятие {at} для молодых учителей " + "начальных классов " * 6, "май", "тьюторы")
        for at in range(1, 14)
    ]
    found = read(ruled(*rows))
    assert [one.number for one in found.rows] == [row[0] for row in rows]
    assert [one.content for one in found.rows] == [row[1].strip() for row in rows]
    assert len({one.place.number for one in found.rows}) > 1
    assert {one.why for one in found.left} == {WhyLeftOut.HEADING}


def test_cells_merged_downwards_and_across():
    body = "table.cell(rowspan: 2)[октябрь], [тьюторы], [2], [Урок], [методисты]"
    found = read(f"#table(columns: 4, [№], [Содержание], [Сроки], [Ответственные], [1], [Семинар], {body})")
    assert texts(found) == [("1", "Семинар", "октябрь", "тьюторы"), ("2", "Урок", "октябрь", "методисты")]


def test_lines_without_rules_are_cut_by_what_they_say():
    found = read(
        "Содержание Сроки Ответственные",
        "1.1 Проведение мастер-классов по отдельному графику сообщество тьюторов",
        "1.2 Проведение открытых уроков 1 раз в четверть сообщество тьюторов",
    )
    assert texts(found) == [
        ("1.1", "Проведение мастер-классов", "по отдельному графику", "сообщество тьюторов"),
        ("1.2", "Проведение открытых уроков", "1 раз в четверть", "сообщество тьюторов"),
    ]
    assert all(Doubt.SPLIT in one.doubts for one in found.rows)


@pytest.mark.parametrize(
    ("source", "code"),
    [
        (scanned, "scanned"),
        (lambda: locked(pages(ruled(ONE))), "encrypted"),
        (lambda: pages(ruled(ONE))[:900], "damaged_pdf"),
        (lambda: pages("Просто письмо"), "no_plan"),
    ],
)
def test_what_cannot_be_read_is_said(source, code):
    with pytest.raises(Unreadable) as refused:
        propose(pages_of(source()))
    assert refused.value.code == code


def test_it_is_read_in_a_process_apart():
    assert texts(read_plan(pages(ruled(ONE, TWO)), "план.pdf")) == [ONE, TWO]
    with pytest.raises(Unreadable) as refused:
        read_plan(scanned(), "план.pdf")
    assert refused.value.code == "scanned"
