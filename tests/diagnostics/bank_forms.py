"""What a browser would send for an item: the fields of its form, filled in."""

from typing import Any

COMMON = {"text_format": "plain", "feedback": "", "held-n": "0", "seen": ""}


def rows(name: str, *given: dict[str, str]) -> dict[str, str]:
    """The rows of a list: «options-0-text» … and their count."""
    sent = {f"{name}-{at}-{field}": value for at, row in enumerate(given) for field, value in row.items()}
    return {f"{name}-n": str(len(given)), **sent}


def single(text: str = "Чему равно 3 · 7?", right: int = 0, *options: str, **fields: Any) -> dict[str, str]:
    """A choice of one."""
    texts = options or ("21", "14", "7")
    listed = rows("options", *({"text": one} for one in texts))
    return {**COMMON, "text": text, "max_score": "1", "shuffle": "on", **listed, "options-mark": str(right), **fields}


EACH: dict[str, dict[str, str]] = {
    "single": single(),
    "multiple": {
        **COMMON,
        "text": "Какие числа чётные?",
        "max_score": "2",
        **rows("options", {"text": "2", "mark": "on"}, {"text": "3"}, {"text": "4", "mark": "on"}, {"text": ""}),
    },
    "short": {
        **COMMON,
        "text": "Столица?",
        "max_score": "1",
        **rows("accepted", {"text": "Москва"}, {"text": "город Москва", "weight": "50"}),
    },
    "numeric": {
        **COMMON,
        "text": "Число пи до сотых?",
        "max_score": "1,5",
        "unit": "",
        **rows("ranges", {"number": "3,14 ± 0,01"}, {"number": "*", "weight": "33,33"}),
    },
    "matching": {
        **COMMON,
        "text": "Соотнесите",
        "max_score": "2",
        **rows("pairs", {"left": "2²", "right": "4"}, {"left": "3²", "right": "9"}),
        **rows("distractors", {"text": "6"}, {"text": ""}),
    },
    "ordering": {
        **COMMON,
        "text": "По возрастанию",
        "max_score": "1",
        "whole": "on",
        **rows("order", {"text": "1"}, {"text": "2"}, {"text": "3"}),
    },
    "extended": {
        **COMMON,
        "text": "Докажите.",
        "guidance": "Смотрите на вывод.",
        "tolerance": "1",
        **rows(
            "criteria",
            {"code": "", "title": "Верно", "most": "2", "descriptors": "2: всё верно\n1: недочёт"},
            {"code": "К5", "title": "Полно", "most": "1,5", "descriptors": ""},
        ),
    },
    "likert": {**COMMON, "text": "Мне легко", "steps": "нет\nда", "scale": "Опыт", "reverse": "on"},
    "choice": {
        **COMMON,
        "text": "Что трудно?",
        "many": "on",
        "other": "on",
        **rows("options", {"text": "Дроби"}, {"text": "Уравнения"}),
    },
    "open": {**COMMON, "text": "Чего вы ждёте?", "lines": "4"},
    "level": {
        **COMMON,
        "text": "Цель урока",
        **rows("marks", {"descriptor": "не названа", "example": ""}, {"descriptor": "названа", "example": "на доске"}),
    },
    "description": {**COMMON, "text": "Раздел второй"},
}
