"""The results of the demo: which files there are, and in which classes which topics are really weak."""

from collections.abc import Mapping
from dataclasses import dataclass

from traektoria.demo.files import build
from traektoria.demo.schools import ALL_SCHOOLS, HOME, LETTERS, DemoSchool
from traektoria.demo.simulation import ClassSpec, SchoolSpec
from traektoria.demo.works import WorkSpec, work

GAP = -1.6
"""A weak topic, in logits: some 30 points of completion below the other classes."""
Weak = Mapping[tuple[int, str], tuple[str, ...]]

WEAK_RUSSIAN_4: Weak = {
    (1, "А"): ("текст", "письмо", "состав слова"),
    (1, "Б"): ("текст",),
    (2, "А"): ("текст", "состав слова"),
    (2, "Б"): ("текст", "лексика"),
    (3, "А"): ("части речи", "текст"),
    (4, "А"): ("предложение", "текст"),
    (5, "А"): ("текст", "лексика"),
    (6, "А"): ("текст",),
    (6, "Б"): ("текст", "письмо"),
    (7, "А"): ("состав слова", "предложение"),
    (8, "А"): ("письмо", "предложение"),
    (9, "А"): ("части речи", "предложение"),
    (10, "А"): ("текст", "письмо"),
    (11, "А"): ("предложение", "письмо"),
    (12, "А"): ("части речи", "состав слова"),
}
WEAK_MATH_5: Weak = {
    (1, "А"): ("дроби", "проценты"),
    (3, "А"): ("геометрия", "таблицы"),
    (3, "В"): ("геометрия", "таблицы"),
    (5, "А"): ("задачи", "дроби"),
    (6, "А"): ("дроби", "проценты"),
    (8, "А"): ("задачи", "дроби"),
    (10, "А"): ("числа", "дроби"),
}
WEAK_RUSSIAN_5: Weak = {
    (2, "А"): ("разборы",),
    (4, "А"): ("пунктуация", "части речи"),
    (4, "В"): ("пунктуация", "части речи"),
    (6, "А"): ("разборы", "пунктуация"),
    (7, "А"): ("письмо", "текст"),
    (9, "А"): ("пунктуация", "лексика"),
}
WEAK_MATH_4: Weak = {(2, "А"): ("геометрия",), (5, "Б"): ("логика", "задачи"), (9, "А"): ("величины", "таблицы")}


@dataclass(frozen=True)
class ResultFile:
    """A file that the coordinator imports; ``proposes``: hypotheses are proposed from it at once."""

    filename: str
    layout: str
    work: WorkSpec
    weak: Weak
    seed: int
    proposes: bool = False

    def content(self) -> bytes:
        return build(self.layout, self.work, schools(self.work, self.weak), self.seed)


def schools(spec: WorkSpec, weak: Weak) -> list[SchoolSpec]:
    """All schools of the region with the classes that sat this work."""
    return [_school(spec, school, weak) for school in ALL_SCHOOLS]


def _school(spec: WorkSpec, school: DemoSchool, weak: Weak) -> SchoolSpec:
    number = int(school.digits[-2:]) if school.place == HOME else 0
    classes = tuple(
        ClassSpec(
            name=f"{spec.grade}{letter}",
            pupils=24 - 2 * place,
            topics=dict.fromkeys(weak.get((number, letter), ()), GAP),
        )
        for place, letter in enumerate(LETTERS[: school.letters])
    )
    place = school.place
    return SchoolSpec(school.digits, school.name, place.name, place.code, classes, school.ability)


def result_files() -> tuple[ResultFile, ...]:
    """In the order of import; two of them are tables of groups, as FIS OKO gives them."""
    russian_4, math_4 = work(2026, "russian", 4), work(2021, "math", 4)
    math_5, russian_5 = work(2021, "math", 5), work(2021, "russian", 5)
    return (
        ResultFile("Ф1 ВПР 2026 РУ 4.xlsx", "f1_individual", russian_4, WEAK_RUSSIAN_4, 11, proposes=True),
        ResultFile("ВПР 2021 МА 4 регион.xlsx", "region_2021", math_4, WEAK_MATH_4, 12),
        ResultFile("ВПР 2021 МА 5 регион.xlsx", "region_2021", math_5, WEAK_MATH_5, 15, proposes=True),
        ResultFile("ВПР 2021 РУ 5 регион.xlsx", "region_2021", russian_5, WEAK_RUSSIAN_5, 14, proposes=True),
        ResultFile("Ф3 ВПР 2026 РУ 4.xlsx", "f3_marks", russian_4, WEAK_RUSSIAN_4, 11),
        ResultFile("Сравнение с журналом ВПР 2026 РУ 4.xlsx", "journal_comparison", russian_4, WEAK_RUSSIAN_4, 11),
    )
