"""What is pasted out of Word, Excel or a letter."""

import pytest

from tests.shared import SHARED
from traektoria.engines.plantables.model import Doubt, Place, Where, WhyLeftOut
from traektoria.engines.plantables.reader import read_pasted, read_plan
from traektoria.engines.tables.errors import Unreadable

HEAD = "№ п/п\tСодержание\tСроки\tОтветственные\n"


def texts(proposal):
    return [(one.number, one.content, one.term, one.responsible) for one in proposal.rows]


def test_cells_by_tabs_with_the_number_of_their_line():
    found = read_pasted(f"План\n{HEAD}1\tСеминар\tмай\tтьюторы\n2\tУрок\tиюнь\tучителя\n")
    assert texts(found) == [("1", "Семинар", "май", "тьюторы"), ("2", "Урок", "июнь", "учителя")]
    assert found.rows[1].place == Place(Where.LINE, row=4)
    assert [(one.why, one.text) for one in found.left] == [(WhyLeftOut.TEXT, "План")]


def test_a_cell_of_several_lines_as_excel_copies_it():
    found = read_pasted(f'{HEAD}1\t"Семинар\nдля ""всех"""\tмай\tтьюторы\n2\t"Точка роста": урок\tиюнь\tучителя')
    assert texts(found) == [
        ("1", 'Семинар для "всех"', "май", "тьюторы"),
        ("2", '"Точка роста": урок', "июнь", "учителя"),
    ]
    assert found.rows[1].place.row == 4


def test_a_cell_of_several_paragraphs_as_word_copies_it():
    found = read_pasted(f"{HEAD}1\tСеминар\nпо математике\tмай\tметодисты,\nтьюторы\n2\tУрок\tиюнь\tучителя\n")
    assert texts(found) == [
        ("1", "Семинар по математике", "май", "методисты, тьюторы"),
        ("2", "Урок", "июнь", "учителя"),
    ]


def test_a_line_between_rows_is_their_section():
    found = read_pasted(f"{HEAD}1. Обучение\n1.1\tСеминар\tмай\tтьюторы\n2. Контроль\n2.1\tПроверка\tиюнь\tэксперты\n")
    assert [one.section for one in found.rows] == ["1. Обучение", "2. Контроль"]


def test_a_table_without_headings():
    pasted = "Семинар\tмай\tтьюторы\nУрок\tиюнь\tучителя\nКруглый стол\tв течение года\tметодисты"
    assert texts(read_pasted(pasted))[2] == (
        "", "Круглый стол", "в течение года", "методисты",
    )  # fmt: skip


def test_lines_with_those_responsible_before_the_term():
    rows = "1 Семинар для учителей тьюторы октябрь\n2 Круглый стол методисты ИМЦ 1 раз в четверть\n"
    text = f"№ Мероприятие Ответственные Сроки\n{rows}"
    assert [(one.content, one.term, one.responsible) for one in read_pasted(text).rows] == [
        ("Семинар для учителей", "октябрь", "тьюторы"), ("Круглый стол", "1 раз в четверть", "методисты ИМЦ"),
    ]  # fmt: skip


def test_a_line_in_which_no_term_is_found_is_kept_whole():
    text = "Содержание Сроки Ответственные\n1. Семинар для учителей май тьюторы\n2. Поздравить ветеранов\n"
    one = read_pasted(text).rows[1]
    assert (one.content, one.term, one.doubts) == ("Поздравить ветеранов", "", (Doubt.NO_TERM, Doubt.SPLIT))


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n\t\n", "empty"),
        ("Добрый день! План пришлём завтра.", "no_plan"),
        ("а" * 1_000_001, "too_long"),
    ],
)
def test_what_is_no_plan_is_said(text, code):
    with pytest.raises(Unreadable) as refused:
        read_pasted(text)
    assert refused.value.code == code


def seed(name):
    path = SHARED.parent / "seeds" / name
    if not path.exists():
        pytest.skip(f"no ../shared/seeds/{name} beside this clone")
    return read_plan(path.read_bytes(), name)


def test_the_whole_plan_of_tbilisskaya_from_its_text():
    found = seed("tbilisskaya_consulting_point_2020.txt")
    assert [one.number for one in found.rows] == [str(number) for number in range(1, 12)]
    assert [one.doubts for one in found.rows] == [(Doubt.CONTINUED,), *[()] * 10]
    assert found.rows[0].content.endswith("ОГЭ, ЕГЭ и другими оценочным процедурам.")
    assert (found.rows[8].term, found.rows[8].responsible) == (
        "Не реже одного в два месяца", "Сообщество тьюторов, руководители ОО, завучи по УВР",
    )  # fmt: skip
    assert found.title == "работы муниципального тьюторского консультационного пункта"


def test_the_whole_programme_of_gelendzhik_from_the_lines_of_its_pdf():
    found = seed("gelendzhik_community_programme_2021.txt")
    assert [one.number for one in found.rows] == ["1.1", "1.2", "1.3", "1.4", "1.5", "2.1", "2.2", "3.1", "3.2", "4.1"]
    assert [one.term for one in found.rows] == [
        "по отдельному графику", "1 раз в четверть", *["по отдельному графику"] * 3, *["по запросу ОО"] * 4,
        "По итогам результатов работ",
    ]  # fmt: skip
    assert {one.responsible for one in found.rows} == {"сообщество тьюторов"}
    assert found.rows[3].content == "Проведение индивидуального консультирования для учителей-предметников ШНОР/ШССУ"
    assert {one.section for one in found.rows} == {
        "1. Обучающая и организационная деятельность", "2. Консультационная деятельность", "3. Экспертная деятельность",
        "4. Мониторинговая деятельность",
    }  # fmt: skip
    assert (found.left[0].why, found.left[0].place.last) == (WhyLeftOut.TEXT, 198)


@pytest.mark.parametrize(
    "name", ["balta_school_regulation", "kushchevskaya_community_article", "yamal_methodical_recommendations"]
)
def test_a_text_without_a_plan_is_none(name):
    with pytest.raises(Unreadable) as refused:
        seed(f"{name}.txt")
    assert refused.value.code == "no_plan"
