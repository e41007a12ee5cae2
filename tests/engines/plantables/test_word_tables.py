"""Tables of Word as people make them: each trap that is known from the trackers of other readers."""

import io

import pytest
from docx import Document

from tests.engines.plantables.word_samples import HEADS, cell, document, level, lists, paragraph, row, run, table
from traektoria.engines.plantables.model import Doubt, Place, PlanColumn, Where, WhyLeftOut
from traektoria.engines.plantables.reader import read_plan
from traektoria.engines.tables.errors import Unreadable

ONE = ("1", "Семинар", "октябрь", "тьюторы")
TWO = ("2", "Круглый стол", "ноябрь", "методисты")


def read(*body, **parts):
    return read_plan(document(*body, **parts), "план.docx")


def texts(proposal):
    return [(one.number, one.content, one.term, one.responsible) for one in proposal.rows]


def test_a_plain_table_is_read_with_the_place_of_each_row():
    found = read(paragraph("План работы"), table(HEADS, ONE, TWO))
    assert texts(found) == [ONE, TWO]
    assert [one.place for one in found.rows] == [Place(Where.TABLE, 1, row=2), Place(Where.TABLE, 1, row=3)]
    assert (found.kind, found.title, found.tables[0].rows) == ("docx", "План работы", 2)
    assert [one.doubts for one in found.rows] == [(), ()]


def test_columns_may_stand_in_any_order_and_unknown_ones_are_kept():
    found = read(
        table(
            ("Ответственный", "Форма", "Срок", "Мероприятие", "Ожидаемый результат", "Прим."),
            ("тьюторы", "очно", "май", "Семинар", "справка", "зал 3"),
        )
    )
    (one,) = found.rows
    assert (one.responsible, one.term, one.content, one.product, one.note) == (
        "тьюторы",
        "май",
        "Семинар",
        "справка",
        "зал 3",
    )
    assert one.others == (("Форма", "очно"),)
    assert [column.meaning for column in found.tables[0].columns if column.title == "Форма"] == [PlanColumn.OTHER]


def test_a_cell_merged_across_shifts_nothing_to_its_right():
    found = read(
        table(
            row(cell("№"), cell("Содержание", span=2), cell("Срок"), cell("Ответственные")),
            row(cell("1"), cell("Семинар"), cell("(очно)"), cell("май"), cell("тьюторы")),
            row(cell("2"), cell("Круглый стол", span=2), cell("июнь"), cell("методисты")),
        )
    )
    assert texts(found) == [("1", "Семинар (очно)", "май", "тьюторы"), ("2", "Круглый стол", "июнь", "методисты")]


def test_a_cell_merged_downwards_belongs_to_each_row_and_is_said_once():
    found = read(
        table(
            HEADS,
            row(cell("1"), cell("Семинар"), cell("октябрь", down="restart"), cell("тьюторы", down="restart")),
            row(cell("2"), cell("Мастер-класс"), cell(down="continue"), cell(down="continue")),
        )
    )
    assert texts(found)[1] == ("2", "Мастер-класс", "октябрь", "тьюторы")


def test_one_measure_over_two_rows_with_two_terms_is_two_rows_marked():
    found = read(
        table(
            HEADS,
            row(cell("1", down="restart"), cell("Семинар", down="restart"), cell("октябрь"), cell("тьюторы")),
            row(cell(down="continue"), cell(down="continue"), cell("март"), cell("методисты")),
        )
    )
    assert texts(found) == [("1", "Семинар", "октябрь", "тьюторы"), ("1", "Семинар", "март", "методисты")]
    assert found.rows[1].doubts == (Doubt.REPEATED,)


def test_a_second_responsible_under_a_merged_measure_is_added_to_it():
    found = read(
        table(
            HEADS,
            row(
                cell("1", down="restart"), cell("Семинар", down="restart"), cell("май", down="restart"), "Иванова И.И."
            ),
            row(cell(down="continue"), cell(down="continue"), cell(down="continue"), "Петров П.П."),
        )
    )
    assert texts(found) == [("1", "Семинар", "май", "Иванова И.И., Петров П.П.")]
    assert found.rows[0].also == (Place(Where.TABLE, 1, row=3),)


def test_rows_that_begin_later_or_end_earlier_stay_under_their_headings():
    found = read(
        table(
            HEADS,
            row("Семинар", "май", "тьюторы", properties='<w:gridBefore w:val="1"/>'),
            row("2", "Круглый стол", properties='<w:gridAfter w:val="2"/>'),
            TWO,
        )
    )
    assert texts(found)[0] == ("", "Семинар", "май", "тьюторы")
    assert texts(found)[1] == ("2", "Круглый стол", "", "")
    assert Doubt.NO_TERM in found.rows[1].doubts


def test_a_row_with_other_widths_and_as_many_cells_is_read_in_order():
    wide = row(cell("2", span=2), cell("Круглый стол", span=2), cell("май"), cell("тьюторы"))
    assert texts(read(table(HEADS, ONE, wide)))[1] == ("2", "Круглый стол", "май", "тьюторы")


def test_what_stands_beyond_the_headings_is_marked_and_kept():
    found = read(table(HEADS, row(*ONE, "ещё", "и ещё"), TWO))
    assert found.rows[0].others == (("", "ещё"), ("", "и ещё"))
    assert Doubt.SHIFTED not in found.rows[1].doubts


def test_automatic_numbers_are_computed_though_the_cell_is_empty():
    numbers = lists([level(0, "%1."), level(1, "%1.%2.")])
    body = table(
        HEADS,
        row(cell(inner=paragraph(number=(1, 0))), cell("Обучение", span=3)),
        row(cell(inner=paragraph(number=(1, 1))), "Семинар", "май", "тьюторы"),
        row(cell(inner=paragraph(number=(1, 1))), "Тренинг", "июнь", "тьюторы"),
        row(cell(inner=paragraph(number=(1, 0))), cell("Экспертиза", span=3)),
        row(cell(inner=paragraph(number=(1, 1))), "Рабочие программы", "август", "эксперты"),
    )
    found = read(body, numbering=numbers)
    assert [(one.section, one.number) for one in found.rows] == [
        ("1. Обучение", "1.1."), ("1. Обучение", "1.2."), ("2. Экспертиза", "2.1."),
    ]  # fmt: skip


def test_lines_of_a_cell_are_joined_and_broken_words_made_whole():
    found = read(
        table(
            HEADS,
            row(
                "1",
                cell("Проведение меропри-", "ятий для учителей-", "предметников"),
                cell("1 раз в", "четверть"),
                cell("сообщество", "тьюторов"),
            ),
            TWO,
        )
    )
    assert texts(found)[0] == (
        "1",
        "Проведение мероприятий для учителей-предметников",
        "1 раз в четверть",
        "сообщество тьюторов",
    )


def test_a_surname_over_two_paragraphs_is_one_and_two_people_stay_two():
    found = read(
        table(
            HEADS,
            row("1", "Семинар", "май", cell("Иванова", "И.И.")),
            row("2", "Урок", "май", cell("Иванова И.И.", "Петров П.П.")),
        )
    )
    assert [one.responsible for one in found.rows] == ["Иванова И.И.", "Иванова И.И., Петров П.П."]


def test_soft_hyphens_and_words_broken_inside_a_line_are_mended():
    assert (
        texts(read(table(HEADS, ("1", "Меропри\u00adятие и меропри- ятия", "май", "тьюторы"), TWO)))[0][1]
        == "Мероприятие и мероприятия"
    )


def test_tracked_changes_are_accepted():
    changed = (
        f"{run('Семинар ')}<w:ins>{run('для всех')}</w:ins><w:del><w:r><w:delText>для двоих</w:delText></w:r></w:del>"
    )
    gone = row(*TWO, properties="<w:del/>")
    added = row("3", "Тренинг", "март", "тьюторы", properties="<w:ins/>")
    found = read(table(HEADS, row("1", cell(inner=paragraph(inner=changed)), "май", "тьюторы"), gone, added))
    assert texts(found) == [("1", "Семинар для всех", "май", "тьюторы"), ("3", "Тренинг", "март", "тьюторы")]


def test_a_paragraph_whose_end_was_deleted_goes_on_in_the_next():
    inner = paragraph("Семи", mark="<w:del/>") + paragraph("нар")
    assert texts(read(table(HEADS, row("1", cell(inner=inner), "май", "тьюторы"))))[0][1] == "Семинар"


@pytest.mark.parametrize(
    "control",
    ["<w:sdt><w:sdtPr/><w:sdtContent>{}</w:sdtContent></w:sdt>", '<w:customXml w:element="x">{}</w:customXml>'],
)
def test_content_controls_around_a_table_a_row_a_cell_and_a_run_hide_nothing(control):
    inside = row(
        "1", control.format(cell("Семинар")), cell(inner=f"<w:p>{control.format(run('май'))}</w:p>"), "тьюторы"
    )
    found = read(control.format(table(HEADS, control.format(inside), TWO)))
    assert texts(found) == [("1", "Семинар", "май", "тьюторы"), TWO]


def test_a_table_in_a_text_box_is_read_once():
    box = f"<w:txbxContent>{table(HEADS, ONE, TWO)}</w:txbxContent>"
    newer = f"<mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx></w:drawing></mc:Choice>"
    older = f"<mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict></mc:Fallback>"
    drawn = f"<w:r><mc:AlternateContent>{newer}{older}</mc:AlternateContent></w:r>"
    assert texts(read(paragraph(inner=drawn))) == [ONE, TWO]


def test_a_table_inside_a_cell_is_a_table_of_its_own():
    outer = table(row(cell("Утверждаю"), cell(inner=table(HEADS, ONE, TWO) + paragraph())))
    found = read(outer)
    assert texts(found) == [ONE, TWO]
    assert [(one.why, one.text) for one in found.left] == [(WhyLeftOut.OTHER_TABLE, "Утверждаю")]


def test_a_table_that_only_arranges_lines_of_a_cell_is_its_text():
    inner = table(row("Семинар"), row("для учителей"))
    assert (
        texts(read(table(HEADS, row("1", cell(inner=inner + paragraph()), "май", "тьюторы"))))[0][1]
        == "Семинар для учителей"
    )


def test_a_table_broken_by_pages_with_its_head_again_is_one():
    found = read(table(HEADS, ONE), table(HEADS, TWO))
    assert texts(found) == [ONE, TWO]
    assert len(found.tables) == 1
    assert [(one.why, one.place.number) for one in found.left] == [(WhyLeftOut.HEADING, 2)]


def test_a_row_broken_by_the_page_is_joined_to_its_beginning():
    found = read(
        table(HEADS, ("1", "Мониторинг педагогов по ВПР, ОГЭ и", "Декабрь 2020 года", "Методисты, руководители")),
        table(HEADS, ("", "другим процедурам", "", "учреждений"), TWO),
    )
    assert texts(found)[0] == (
        "1",
        "Мониторинг педагогов по ВПР, ОГЭ и другим процедурам",
        "Декабрь 2020 года",
        "Методисты, руководители учреждений",
    )
    assert found.rows[0].also == (Place(Where.TABLE, 2, row=2),)
    assert Doubt.CONTINUED in found.rows[0].doubts


def test_a_page_without_headings_goes_on_under_those_of_the_page_before():
    assert texts(
        read(table(HEADS, ONE, ("2", "Мастер-класс", "май", "тьюторы")), table(("3", "Урок", "июнь", "тьюторы")))
    )[2] == ("3", "Урок", "июнь", "тьюторы")


def test_headings_and_numbers_of_columns_in_the_middle_are_no_rows():
    found = read(table(HEADS, ("1", "2", "3", "4"), ONE, HEADS, TWO, ("", "Итого: 2", "", "")))
    assert texts(found) == [ONE, TWO]
    assert [one.why for one in found.left] == [WhyLeftOut.NUMBERS, WhyLeftOut.HEADING, WhyLeftOut.TOTAL]


def test_a_row_that_spans_the_table_is_the_section_of_the_rows_below():
    found = read(
        table(HEADS, row(cell("Раздел 1. Обучение", span=4)), ONE, row(cell("Раздел 2. Контроль", span=4)), TWO)
    )
    assert [one.section for one in found.rows] == ["Раздел 1. Обучение", "Раздел 2. Контроль"]


def test_a_date_that_spans_the_table_holds_for_the_rows_below():
    found = read(
        table(
            ("Время", "Содержание занятия", "Руководитель занятия"),
            row(cell("5 сентября 2026 г. (суббота)", span=3)),
            ("14.00-14.10", "Построение", "Иванова И.И."),
            ("14.10-15.00", "Занятие", "Петров П.П."),
            row(cell("12 сентября 2026 г.", span=3)),
            ("9.00–10.00", "Зачёт", "Иванова И.И."),
        )
    )
    assert [one.term for one in found.rows] == ["5 сентября 2026 г.", "5 сентября 2026 г.", "12 сентября 2026 г."]
    assert [one.others for one in found.rows] == [
        (("Время", "14.00-14.10"),), (("Время", "14.10-15.00"),), (("Время", "9.00–10.00"),),
    ]  # fmt: skip
    assert [one.doubts for one in found.rows] == [(Doubt.TERM_FROM_ABOVE,)] * 3
    assert found.rows[0].term_place == Place(Where.TABLE, 1, row=2)


def test_hours_without_a_day_are_no_date():
    (one,) = read(table(HEADS, ("1", "Семинар", "14.00–14.10", "тьюторы"))).rows
    assert (one.term, one.others, one.doubts) == ("", (("Время", "14.00–14.10"),), (Doubt.TIME_NOT_DATE,))


def test_a_month_over_sections_holds_over_all_of_them_and_one_within_a_section_ends_with_it():
    months = table(
        HEADS,
        row(cell("Сентябрь", span=4)),
        row(cell("Обучение", span=4)),
        ("1", "Семинар", "", "тьюторы"),
        row(cell("Контроль", span=4)),
        ("2", "Проверка", "", "эксперты"),
    )
    assert [(one.section, one.term) for one in read(months).rows] == [
        ("Обучение", "Сентябрь"),
        ("Контроль", "Сентябрь"),
    ]
    sections = table(
        HEADS,
        row(cell("Обучение", span=4)),
        row(cell("Сентябрь", span=4)),
        ("1", "Семинар", "", "тьюторы"),
        row(cell("Контроль", span=4)),
        ("2", "Проверка", "", "эксперты"),
    )
    assert [(one.section, one.term) for one in read(sections).rows] == [("Обучение", "Сентябрь"), ("Контроль", "")]


def test_headings_over_several_tables_are_their_sections():
    found = read(paragraph("I. Обучение"), table(HEADS, ONE), paragraph("II. Контроль"), table(HEADS, TWO))
    assert [one.section for one in found.rows] == ["I. Обучение", "II. Контроль"]


def test_headings_of_two_storeys():
    upper = row(
        cell("№", down="restart"),
        cell("Мероприятие", down="restart"),
        cell("Сроки", span=2),
        cell("Ответственные", down="restart"),
    )
    lower = row(cell(down="continue"), cell(down="continue"), cell("план"), cell("факт"), cell(down="continue"))
    found = read(table(upper, lower, ("1", "Семинар", "май", "июнь", "тьюторы")))
    assert (found.rows[0].content, found.rows[0].responsible) == ("Семинар", "тьюторы")
    assert (found.rows[0].term, found.rows[0].others) == ("май", (("Сроки факт", "июнь"),))


def test_a_table_that_is_no_plan_and_text_around_are_named():
    stamp = table(("УТВЕРЖДАЮ", "Директор"), ("приказ № 5", "Иванова И.И."))
    found = read(
        stamp, paragraph("Пояснительная записка"), paragraph("План"), table(HEADS, ONE), paragraph("Примечание в конце")
    )
    assert [(one.why, one.text, one.count) for one in found.left] == [
        (WhyLeftOut.OTHER_TABLE, "УТВЕРЖДАЮ | Директор", 2), (WhyLeftOut.TEXT, "Пояснительная записка", 2),
        (WhyLeftOut.TEXT, "Примечание в конце", 1),
    ]  # fmt: skip


def test_hidden_text_pictures_and_footnotes_are_named():
    hidden = run("Семинар") + run("для своих", "<w:vanish/>")
    picture = "<w:r><w:drawing><a:blip/></w:drawing></w:r>"
    found = read(
        table(HEADS, row("1", cell(inner=paragraph(inner=hidden)), "май", cell(inner=paragraph(inner=picture)))),
        footnotes=f'<w:footnote w:id="2">{paragraph("по согласованию")}</w:footnote>',
    )
    assert [(one.why, one.text) for one in found.left] == [
        (WhyLeftOut.HIDDEN_TEXT, "для своих"), (WhyLeftOut.PICTURE, ""), (WhyLeftOut.TEXT, "по согласованию"),
    ]  # fmt: skip
    assert found.rows[0].content == "Семинар"
    assert Doubt.PICTURE in found.rows[0].doubts


def test_a_table_without_headings_is_known_by_what_stands_in_it():
    found = read(table(ONE, TWO, ("3", "Открытый урок учителя математики", "1 раз в четверть", "учителя")))
    assert texts(found)[2] == ("3", "Открытый урок учителя математики", "1 раз в четверть", "учителя")
    assert {column.how.value for column in found.tables[0].columns} == {"content"}


def test_numbered_paragraphs_without_a_table_are_read_as_lines():
    lines = [
        "1. Семинар для учителей октябрь тьюторы",
        "2. Круглый стол ноябрь методисты",
        "3. Открытый урок 1 раз в четверть учителя",
    ]
    found = read(*map(paragraph, lines))
    assert texts(found)[2] == ("3.", "Открытый урок", "1 раз в четверть", "учителя")
    assert all(Doubt.SPLIT in one.doubts for one in found.rows)


def test_a_regular_table_is_read_as_python_docx_reads_it():
    made = Document()
    grid = made.add_table(rows=0, cols=4)
    for texts_of_row in (HEADS, ONE, TWO, ("3", "Открытый урок,\nразбор", "1 раз в четверть", "учителя")):
        for one, text in zip(grid.add_row().cells, texts_of_row, strict=True):
            one.text = text
    target = io.BytesIO()
    made.save(target)
    theirs = [tuple(one.text.replace("\n", " ") for one in each.cells) for each in Document(target).tables[0].rows]
    assert texts(read_plan(target.getvalue(), "план.docx")) == theirs[1:]


def test_where_python_docx_repeats_a_merged_cell_its_text_stands_once():
    made = Document()
    grid = made.add_table(rows=3, cols=4)
    for at, title in enumerate(HEADS):
        grid.cell(0, at).text = title
    grid.cell(1, 0).merge(grid.cell(1, 3)).text = "Обучение"
    for at, text in enumerate(ONE):
        grid.cell(2, at).text = text
    target = io.BytesIO()
    made.save(target)
    assert [one.text for one in Document(target).tables[0].rows[1].cells] == ["Обучение"] * 4
    (one,) = read_plan(target.getvalue(), "план.docx").rows
    assert (one.section, one.content) == ("Обучение", "Семинар")


def test_months_marked_in_columns_are_the_term():
    heads = ("Мероприятие", "сентябрь", "октябрь", "ноябрь", "Ответственные")
    found = read(
        table(
            heads,
            ("Семинар", "+", "", "х", "тьюторы"),
            ("Урок", "", "до 20 октября", "", "учителя"),
            ("Акция", "", "", "", "все"),
        )
    )
    assert [one.term for one in found.rows] == ["сентябрь, ноябрь", "до 20 октября", ""]
    assert [one.doubts for one in found.rows] == [(Doubt.FROM_MARKS,), (Doubt.FROM_MARKS,), (Doubt.NO_TERM,)]
    assert [column.meaning for column in found.tables[0].columns][1:4] == [PlanColumn.MONTH] * 3


def test_numbers_before_the_content_are_numbers():
    heads = ("Содержание работы", "Срок")
    found = read(table(heads, ("1. Семинар", "май"), ("2) Урок", "июнь"), ("3. Круглый стол", "август")))
    assert [(one.number, one.content) for one in found.rows] == [
        ("1.", "Семинар"),
        ("2)", "Урок"),
        ("3.", "Круглый стол"),
    ]
    assert read(table(heads, ("1.09. День знаний", "осень"), ("Урок", "июнь"))).rows[0].content == "1.09. День знаний"


def test_a_table_whose_headings_say_nothing_is_offered_with_its_longest_texts_as_content():
    heads = ("Шаг", "Чем занимаемся", "Место")
    rows = [(f"этап {at}", f"Встреча с учителями школы номер {at}", "библиотека") for at in (1, 2, 3)]
    found = read(paragraph("Пояснения"), table(heads, *rows))
    assert [one.content for one in found.rows] == [row[1] for row in rows]
    assert found.rows[0].others == (("Шаг", "этап 1"), ("Место", "библиотека"))
    assert all(Doubt.NO_TERM in one.doubts for one in found.rows)
    assert [(column.title, column.how.value) for column in found.tables[0].columns] == [
        ("Шаг", "not"), ("Чем занимаемся", "content"), ("Место", "not"),
    ]  # fmt: skip
    with pytest.raises(Unreadable):
        read(table(heads, *rows[:2]))
