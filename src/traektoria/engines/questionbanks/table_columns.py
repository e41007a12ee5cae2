"""Columns of the table of questions: what they are called, and what the template says of them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from traektoria.engines.questionbanks.model import QuestionKind

SHEET: Final = "Вопросы"
EXAMPLE_SHEET: Final = "Примеры"
HINTS_SHEET: Final = "Как заполнять"
ANSWER: Final = "answer"
ANSWER_FEEDBACK: Final = "answer_feedback"
ANSWERS_IN_TEMPLATE: Final = 10


@dataclass(frozen=True, slots=True)
class Column:
    """A heading, other words that mean the same (in lower case), and the hint of the template."""

    key: str
    title: str
    synonyms: tuple[str, ...]
    hint: str


COLUMNS: Final = (
    Column(
        "name", "Название", ("имя", "заголовок", "name", "название вопроса"), "Короткое имя вопроса, можно не писать"
    ),
    Column(
        "text",
        "Вопрос",
        ("текст вопроса", "текст", "задание", "формулировка", "текст задания", "question", "question text"),
        "Текст вопроса целиком. Обязательно",
    ),
    Column(
        "kind",
        "Тип",
        ("тип вопроса", "тип задания", "вид", "type"),
        "один ответ, несколько ответов, верно/неверно, краткий ответ, число, соответствие, порядок, "
        "развёрнутый ответ, текст без вопроса. Пусто — определим по ответам",
    ),
    Column("format", "Формат", ("формат текста", "format"), "plain, html, markdown или moodle. Пусто — простой текст"),
    Column(
        "key",
        "Верно",
        ("верный ответ", "правильный ответ", "верные ответы", "правильные ответы", "ключ", "ответ", "correct", "key"),
        "Номера верных ответов: 2 или 1; 3. С весами: 1=50%; 3=50%; 2=-50%. "
        "Для верно/неверно — да или нет. Для порядка — номера по порядку, если ответы записаны вперемешку",
    ),
    Column("max_score", "Баллы", ("балл", "максимальный балл", "макс. балл", "score", "points"), "Пусто — 1 балл"),
    Column("topic", "Тема", ("раздел", "topic"), "Тема, по которой читают результат"),
    Column("kes", "КЭС", ("код кэс", "kes"), "Код элемента содержания, несколько — через «;»"),
    Column("kt", "КТ", ("код кт", "код требования", "kt"), "Код требования, несколько — через «;»"),
    Column("level", "Уровень", ("уровень сложности", "level"), "Б, П или В"),
    Column("block", "Блок", ("блок компетенций", "компетенция", "block"), "Блок компетенций"),
    Column("source", "Источник", ("source",), "Откуда задание"),
    Column("tags", "Метки", ("теги", "tags", "ключевые слова"), "Свои метки через «;»"),
    Column(
        "criteria",
        "Критерии",
        ("критерии оценивания", "criteria"),
        "Для развёрнутого ответа, каждый с новой строки: К1 | название | балл",
    ),
    Column("guidance", "Указания эксперту", ("указания", "guidance"), "Что видит тот, кто проверяет развёрнутый ответ"),
    Column("feedback", "Пояснение", ("комментарий", "feedback", "решение"), "Показывается после ответа"),
    Column("case", "Учитывать регистр", ("регистр", "case"), "да — большие и малые буквы различаются"),
    Column(
        "strict",
        "Буква в букву",
        ("строго", "строго, буква в букву", "strict"),
        "да — ответ сравнивается буква в букву. Пусто — Н2О русскими буквами и H2O латинскими, 3,14 и 3.14, "
        "минус и тире — один ответ",
    ),
    Column("category", "Категория", ("папка", "category"), "Папка банка, вложенные — через «/»"),
    Column("external_id", "Код", ("id", "идентификатор", "код вопроса"), "Ваш код вопроса"),
)
_NUMBERED = re.compile(r"(?:вариант(?:\s+ответа)?|ответ|answer|option)\s*(?:№\s*)?(\d{1,3}|[а-яa-z])")
_NUMBERED_FEEDBACK = re.compile(r"(?:пояснение|комментарий|feedback)\s*(?:к ответу\s*)?(?:№\s*)?(\d{1,3})")
_BY_TITLE: Final = {title: column.key for column in COLUMNS for title in (column.title.lower(), *column.synonyms)}
_LETTERS: Final = ("абвгдежзиклмнопрстуф", "abcdefghijklmnopqrst")

KINDS: Final = {
    QuestionKind.SINGLE: ("один ответ", "один", "одиночный выбор", "выбор одного", "один из списка", "single"),
    QuestionKind.MULTIPLE: ("несколько ответов", "несколько", "множественный выбор", "выбор нескольких", "multiple"),
    QuestionKind.SHORT: ("краткий ответ", "короткий ответ", "краткий", "слово", "short"),
    QuestionKind.NUMERIC: ("число", "числовой ответ", "числовой", "numeric", "numerical"),
    QuestionKind.MATCHING: ("соответствие", "на соответствие", "сопоставление", "matching"),
    QuestionKind.ORDERING: ("порядок", "последовательность", "упорядочивание", "ordering"),
    QuestionKind.EXTENDED: ("развёрнутый ответ", "развернутый ответ", "развёрнутый", "эссе", "extended", "essay"),
    QuestionKind.DESCRIPTION: ("текст без вопроса", "описание", "текст", "description"),
}
TRUE_FALSE: Final = ("верно/неверно", "верно-неверно", "верно или неверно", "да/нет", "true/false", "truefalse")
YES: Final = frozenset({"да", "верно", "истина", "true", "1", "+", "yes", "t"})
NO: Final = frozenset({"нет", "неверно", "ложь", "false", "0", "-", "no", "f"})
KIND_BY_WORD: Final = {word.replace("ё", "е"): kind for kind, words in KINDS.items() for word in words}
EXAMPLES: Final = (
    {
        "Вопрос": "Сколько материков на Земле?",
        "Тип": "один ответ",
        "Ответ 1": "пять",
        "Ответ 2": "шесть",
        "Ответ 3": "семь",
        "Верно": "2",
        "КЭС": "1.4",
        "Уровень": "Б",
        "Тема": "Материки и океаны",
    },
    {
        "Вопрос": "Какие числа простые?",
        "Тип": "несколько ответов",
        "Ответ 1": "2",
        "Ответ 2": "9",
        "Ответ 3": "11",
        "Верно": "1=50%; 2=-50%; 3=50%",
        "Баллы": "2",
    },
    {"Вопрос": "Земля вращается вокруг Солнца.", "Тип": "верно/неверно", "Верно": "да"},
    {"Вопрос": "Столица Франции?", "Тип": "краткий ответ", "Ответ 1": "Париж", "Ответ 2": "г. Париж"},
    {"Вопрос": "Чему равно число π до сотых?", "Тип": "число", "Ответ 1": "3,14 ± 0,01"},
    {
        "Вопрос": "Соотнесите страну и столицу.",
        "Тип": "соответствие",
        "Ответ 1": "Франция -> Париж",
        "Ответ 2": "Италия -> Рим",
        "Ответ 3": "-> Лондон",
    },
    {
        "Вопрос": "Расположите по возрастанию.",
        "Тип": "порядок",
        "Ответ 1": "один",
        "Ответ 2": "два",
        "Ответ 3": "три",
    },
    {
        "Вопрос": "Оцените ответ ученика по критериям.",
        "Тип": "развёрнутый ответ",
        "Критерии": "К1 | Критерии применены верно | 2\nК2 | Оценка обоснована | 1",
        "Баллы": "3",
    },
)


OPTIONS: Final = "options"
"""A column with all answers of a question in one cell."""
_OPTIONS: Final = frozenset(
    {"варианты ответов", "варианты ответа", "варианты", "ответы", "options", "answers", "перечень ответов"}
)


def title_of(heading: str) -> str:
    """A heading as headings are compared and remembered."""
    return " ".join(heading.lower().replace("*", " ").split()).rstrip(":.")


def column_key(heading: str) -> tuple[str, int] | None:
    """(key, number of the answer from 1, or 0) of a heading; None for an unknown one."""
    title = title_of(heading)
    if key := _BY_TITLE.get(title):
        return key, 0
    if title in _OPTIONS:
        return OPTIONS, 0
    if match := _NUMBERED_FEEDBACK.fullmatch(title):
        return ANSWER_FEEDBACK, int(match[1])
    if match := _NUMBERED.fullmatch(title):
        number = int(match[1]) if match[1].isdigit() else letter_number(match[1])
        return (ANSWER, number) if number else None
    return None


def letter_number(letter: str) -> int:
    """1 for А or A, 2 for Б or B …; 0 for anything else."""
    return next((row.index(letter) + 1 for row in _LETTERS if letter in row), 0)
