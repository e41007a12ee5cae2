"""Tables of questions as people bring them: each kind of trouble made here, and the files where they are."""

from typing import Any

import pytest

from tests.engines.questionbanks.short_reads import only
from tests.engines.tables.samples import EMPTY_TEXT, UNCOMPUTED, Looks, Page, Raw, workbook
from tests.shared import shared
from traektoria.engines.questionbanks import Bank, QuestionKind, UnreadableBank, read, render

TITLES = ["Вопрос", "Тип", "Ответ 1", "Ответ 2", "Ответ 3", "Верно"]


def table(*rows: list[Any], titles: list[str] = TITLES) -> Bank:
    return read(workbook({"Вопросы": [titles, *rows]}), "bank.xlsx")


def csv(text: str) -> Bank:
    return read(text.encode(), "bank.csv")


def options(bank: Bank) -> list[str]:
    return [option.text for option in only(bank).options]


def right(bank: Bank) -> list[int]:
    return [number for number, option in enumerate(only(bank).options, 1) if option.fraction > 0]


def told(bank: Bank) -> list[tuple[int, str, str]]:
    return [(problem.line, problem.column, problem.code) for problem in bank.problems]


@pytest.mark.parametrize(
    ("cells", "shown"),
    [
        ([Looks(0.5, "0%"), Looks(0.25, "0%"), Looks(0.125, "0.0%")], ["50 %", "25 %", "12,5 %"]),
        ([Looks(0.30000000000000004, "General"), 0.1 + 0.7, 1.5], ["0,3", "0,8", "1,5"]),
        ([Looks(7, "000"), Looks(1.5, "0.00"), 40001], ["007", "1,50", "40001"]),
        ([EMPTY_TEXT, "Москва", "Тверь"], ["Москва", "Тверь"]),
    ],
)
def test_options_are_what_the_sheet_shows(cells: list[Any], shown: list[str]) -> None:
    assert [text.replace("\u00a0", " ") for text in options(table(["Сколько?", "один", *cells, "3"]))] == shown


@pytest.mark.parametrize(
    "key", [Looks(1.3, "General"), Looks(1.3, "0.0"), 1.3, "1,3", "1, 3", "1; 3", "1.3", "1 и 3", "1 3", 13, "13"]
)
@pytest.mark.parametrize("kind", ["несколько", "несколько ответов"])
def test_a_key_that_became_a_number(key: Any, kind: str) -> None:
    assert right(table(["Какие?", kind, "Москва", "Тверь", "Минск", key])) == [1, 3]


def test_a_key_that_became_a_date() -> None:
    bank = table(["Какие?", "несколько", "Москва", "Тверь", "Минск", Looks(46082, "d.mmm")])  # 1.3 was typed
    assert (right(bank), told(bank)) == ([1, 3], [(2, "F", "date_in_cell")])


def test_figures_of_a_key_without_a_mark_are_told() -> None:
    assert told(table(["Какие?", "несколько", "а", "б", "в", "13"])) == [(2, "F", "key_run")]
    assert told(table(["Какая?", "один", "а", "б", "в", "13"])) == [(2, "F", "bad_key")]
    assert told(table(["Какие?", "несколько", "а", "б", "в", "14"])) == [(2, "F", "bad_key")]


@pytest.mark.parametrize("error", ["#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?"])
@pytest.mark.parametrize("place", [0, 2, 3, 5])
def test_a_cell_with_an_error_is_named(error: str, place: int) -> None:
    row: list[Any] = ["Столица?", "один", "Москва", "Киров", "Тверь", "1"]
    row[place] = Raw(' t="e"', f"<v>{error}</v>")
    bank = table(row, ["Ещё?", "один", "да", "нет", "", "1"])
    (problem,) = bank.problems
    assert (problem.line, problem.column, problem.code) == (2, "ABCDEF"[place], "error_in_cell")
    assert (problem.params["found"], problem.fatal, len(bank.questions)) == (error, True, 1)


def test_every_cell_without_a_value_is_named() -> None:
    error = Raw(' t="e"', "<v>#N/A</v>")
    assert told(table(["Столица?", "один", error, "Киров", error, "1"])) == [(2, "C, E", "error_in_cell")]
    assert told(table(["Столица?", "один", UNCOMPUTED, "Киров", "Тверь", "1"])) == [(2, "C", "formula_in_cell")]


def test_a_cell_that_is_not_needed_takes_no_question_with_it() -> None:
    row = ["Столица?", "один", "Москва", "Киров", "", "1", Raw(' t="e"', "<v>#N/A</v>")]
    bank = table(row, titles=[*TITLES, "Тема"])
    assert (only(bank).tags, told(bank)) == ((), [(2, "G", "error_in_cell")])


def test_an_error_as_an_answer_is_kept_and_told() -> None:
    """A question of informatics, or an error that a CSV has made a text of."""
    bank = csv("Вопрос;Тип;Ответ 1;Ответ 2;Верно\nЧто покажет =1/0?;один;#ДЕЛ/0!;#Н/Д;1\n")
    assert options(bank) == ["#ДЕЛ/0!", "#Н/Д"]
    assert told(bank) == [(2, "C", "error_word"), (2, "D", "error_word")]


@pytest.mark.parametrize("separator", [";", "\t"])
def test_commas_in_texts_do_not_divide(separator: str) -> None:
    rows = [["Вопрос", "Ответ 1", "Ответ 2", "Верно"], ["а, б, в, г, д, е, ж?", "раз, два", "три, четыре, пять", "1"]]
    bank = csv("\n".join(separator.join(row) for row in rows))
    assert (options(bank), right(bank)) == (["раз, два", "три, четыре, пять"], [1])


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        ('"Автор "Муму"?"', 'Автор "Муму"?'),
        ('"Кто написал "Муму"? и "Асю"?"', 'Кто написал "Муму"? и "Асю"?'),
        ('Автор "Муму"?', 'Автор "Муму"?'),
        ('"Автор ""Муму""?"', 'Автор "Муму"?'),
        ('"Автор; "Муму"?"', 'Автор; "Муму"?'),
    ],
)
def test_inner_quotes(cell: str, text: str) -> None:
    bank = csv(f"Вопрос;Ответ 1;Ответ 2;Верно\n{cell};Тургенев;Толстой;1\nСтолица России?;Москва;Тверь;1\n")
    assert [question.text for question in bank.questions] == [text, "Столица России?"]


def test_a_mark_that_is_never_closed_names_its_row() -> None:
    with pytest.raises(UnreadableBank) as refused:
        csv('Вопрос;Ответ 1;Ответ 2;Верно\nКто?;А;Б;1\n"Автор Муму;Тургенев;Толстой;1\nСтолица?;Москва;Тверь;1\n')
    assert (refused.value.code, refused.value.params) == ("unsupported_workbook", {"reason": "quoting", "row": 3})


def test_every_sheet_is_read_or_named() -> None:
    question = ["Столица?", "один", "Москва", "Тверь", "", "1"]
    pages = {
        "Вопросы": [TITLES, question],
        "Ещё": [["Задание", "Вариант А", "Вариант Б", "Ключ"], ["Река?", "Лена", "Дон", "А"], ["", "б", "в", "А"]],
        "Черновик": [["просто слова"]],
        "Скрытый": Page([TITLES, question], state="hidden"),
        "Примеры": [TITLES, question],
    }
    bank = read(workbook(pages), "bank.xlsx")
    assert [question.text for question in bank.questions] == ["Столица?", "Река?"]
    assert [problem.params["found"] for problem in bank.problems if problem.code.startswith("sheet_")] == [
        "Черновик",
        "Скрытый",
    ]
    (refused,) = (problem for problem in bank.problems if problem.fatal)
    assert (refused.params["sheet"], refused.line, refused.code) == ("Ещё", 3, "no_text")


def test_headings_again_and_numbers_of_columns_are_no_questions() -> None:
    numbers = ["1", "2", "3", "4", "5", "6"]
    question = ["Число жителей?", "один", "много", "мало", "", "1"]
    bank = table(numbers, question, TITLES, ["Всего?", "один", "да", "нет", "", "2"])
    assert [question.text for question in bank.questions] == ["Число жителей?", "Всего?"]


@pytest.mark.parametrize(
    "total", [["Итого: 1 вопрос"], ["ИТОГО", "", "1"], ["Всего заданий — 12; баллов: 20"], ["", "Итого", "3"]]
)
def test_a_row_that_counts_the_others_is_no_question(total: list[str]) -> None:
    bank = table(["Столица?", "один", "Москва", "Тверь", "", "1"], total)
    assert [question.text for question in bank.questions] == ["Столица?"]
    assert [(problem.line, problem.code, problem.fatal) for problem in bank.problems] == [(3, "total_row", False)]


@pytest.mark.parametrize("text", ["Всего", "Итого: сколько вопросов в анкете?"])
def test_a_question_about_totals_is_one(text: str) -> None:
    bank = table([text, "один", "да", "нет", "", "1"])
    assert [question.text for question in bank.questions] == [text]


BROUGHT = {
    "bank_semicolons_with_commas.csv": [(["раз, два, три", "четыре, пять, шесть"], [1])],
    "bank_percent_cells.xlsx": [(["50 %", "25 %", "10 %"], [1])],
    "bank_float_tail.xlsx": [(["0,3", "0,4", "1,5"], [1])],
    "bank_key_became_number.xlsx": [(["Москва", "Тверь", "Минск"], [1, 3])],
    "bank_inner_quotes.csv": [(["Тургенев", "Толстой"], [1]), (["Москва", "Тверь"], [1])],
    "bank_error_cell_option.xlsx": [],
}


@pytest.mark.parametrize("name", BROUGHT)
def test_the_files_that_broke_us(name: str) -> None:
    bank = read(shared(f"cases/{name}").read_bytes(), name)
    found = [
        (
            [option.text.replace("\u00a0", " ") for option in question.options],
            [number for number, option in enumerate(question.options, 1) if option.fraction > 0],
        )
        for question in bank.questions
    ]
    assert found == BROUGHT[name]
    fatal = [(problem.line, problem.column, problem.code) for problem in bank.problems if problem.fatal]
    assert fatal == ([(2, "D", "error_in_cell")] if name == "bank_error_cell_option.xlsx" else [])
    assert all(question.kind in (QuestionKind.SINGLE, QuestionKind.MULTIPLE) for question in bank.questions)


TAGS = "Расставьте теги: <br> или <hr>?"


def test_a_cell_is_text_and_markup_is_of_formats_that_have_it() -> None:
    """A cell of a table has no markup: tags are letters. GIFT has: there they are tags, but where [plain] stands."""
    for bank in (
        table([TAGS, "один", "<b>", "<i>", "&nbsp;", "1"]),
        csv(f"Вопрос;Ответ 1;Ответ 2;Верно\n{TAGS};<b>;<i>;1"),
    ):
        question = only(bank)
        assert render(question.text, question.text_format) == "Расставьте теги: &lt;br&gt; или &lt;hr&gt;?"
        assert options(bank)[:2] == ["<b>", "<i>"]
    gift, as_text = (only(read(f"{mark}{TAGS} {{=да ~нет}}".encode(), "bank.gift")) for mark in ("", "[plain]"))
    assert "<hr>" in render(gift.text, gift.text_format)
    assert "&lt;hr&gt;" in render(as_text.text, as_text.text_format)


ONE_CELL = ["Вопрос", "Варианты ответов", "Правильный ответ"]


@pytest.mark.parametrize(
    ("titles", "row", "texts", "numbers"),
    [
        (ONE_CELL, ["Столица?", "1) Тверь\n2) Москва\n3) Киров", "2"], ["Тверь", "Москва", "Киров"], [2]),
        (ONE_CELL, ["Столица?", "а) Тверь; б) Москва; в) Киров", "б"], ["Тверь", "Москва", "Киров"], [2]),
        (ONE_CELL, ["Столица?", "Тверь\nМосква", "Москва"], ["Тверь", "Москва"], [2]),
        (TITLES[:5], ["Столица?", "", "Тверь", "*Москва", "Киров"], ["Тверь", "Москва", "Киров"], [2]),
        (TITLES, ["Какие?", "несколько", "* два", "четыре", "*три", ""], ["два", "четыре", "три"], [1, 3]),
        (TITLES, ["Что?", "один", "*a", "**b", "c", "3"], ["*a", "**b", "c"], [3]),  # the key says which
    ],
)
def test_answers_in_one_cell_and_answers_with_stars(
    titles: list[str], row: list[Any], texts: list[str], numbers: list[int]
) -> None:
    bank = table(row, titles=titles)
    assert (options(bank), right(bank)) == (texts, numbers)


def test_any_number_is_no_star() -> None:
    question = only(table(["Сколько?", "число", "*", "", "", ""]))
    assert question.kind is QuestionKind.NUMERIC
