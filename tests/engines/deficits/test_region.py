"""The promise on the second simulator, small and fast, a part of it through the import of a file."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest

from traektoria.engines.deficits import ClassKey, Own, Work, propose
from traektoria.engines.results import Overrides, import_dataset
from traektoria.engines.results.tables import ResultsSource, class_evidence

from .region import SPREADS, Region, Spread, make
from .simulated import Told, told

OF_NAME = {spread.name: spread for spread in SPREADS}
HARD = ("0.10, t3", "0.05, rare", "real, contaminated", "real, rare", "classes of a teacher alike")
USUAL = Region(SPREADS[0], years=3, both=1.0, classes=(2, 3, 4))


def run(region: Region, seeds: range) -> Told:
    return sum((told(make(region, seed)) for seed in seeds), Told())


@pytest.mark.parametrize("name", HARD)
def test_odd_schools_and_classes_are_not_taken_for_teachers(name: str) -> None:
    found = run(replace(USUAL, spread=OF_NAME[name]), range(2))
    assert found.innocent > 100
    assert found.named / found.innocent <= 0.05
    assert found.strong == 0


@pytest.mark.parametrize("name", HARD)
def test_where_some_differ_hardly_any_supposition_is_false(name: str) -> None:
    found = run(replace(USUAL, spread=OF_NAME[name], differ=0.15), range(2))
    assert found.wrong <= 0.2 * max(found.suppositions, 5)


def test_diagnostics_that_say_nothing_bring_nothing() -> None:
    """One class in one work, a seventh of all topics named by chance."""
    found = run(replace(USUAL, spread=OF_NAME["0.05, t3"], years=1, both=0.0, named=0.15, misnamed=0.15), range(2))
    assert found.named / found.innocent <= 0.05
    assert found.strong == 0


def test_a_plain_difference_is_found() -> None:
    found = run(replace(USUAL, differ=0.15, points=25.0), range(2))
    assert found.found / found.lower > 0.3


def file_of(skills: list[dict[ClassKey, object]]) -> bytes:
    """The answers of one work in the regional layout of 2021, a column for each item."""
    widths = [next(iter(of.values())).shape[1] for of in skills]  # type: ignore[attr-defined]
    head = ["логин школы", "регион", "номер обучающегося", "код обучающегося"]
    head += ["отметка за предыдущую четверть/триместр", "пол", "класс", "вариант", "всего баллов"]
    rows: list[list[object]] = [[*head, *(f"балл за {number}" for number in range(1, sum(widths) + 1)), "Учебник"]]
    for key in skills[0]:
        for pupil in range(len(skills[0][key])):  # type: ignore[arg-type]
            scores = [int(score) for of in skills for score in of[key][pupil]]  # type: ignore[index]
            place = [key[2], key[1], len(rows), f"{len(rows):05}", 4, "ж", key[3], 1, sum(scores)]
            rows.append([*place, *scores, "Учебник"])
    found = io.StringIO()
    csv.writer(found, delimiter=";", lineterminator="\r\n").writerows(rows)
    return found.getvalue().encode("utf-8-sig")


@pytest.mark.parametrize("spread", [OF_NAME["none"], OF_NAME["0.10, t3"]], ids=lambda spread: spread.name)
def test_the_way_through_a_file_says_the_same(spread: Spread, tmp_path: Path) -> None:
    """Answers → file → import → facts → proposals, beside proposals from the answers themselves."""
    made = make(replace(USUAL, spread=spread, schools=20, years=2, differ=0.15, points=25.0), 1)
    works, places = [], {}
    for direct, skills in zip(made.works, made.answers, strict=True):
        told_of = Overrides(procedure="vpr", year=2020 + len(works), subject="math", grade=6)
        source = import_dataset(file_of(skills), "file.csv", tmp_path, overrides=told_of)  # type: ignore[arg-type]
        dataset = ResultsSource(source.path)
        labels = iter(task.label for task in dataset.tasks)
        groups = {
            str(skill): [next(labels) for _item in range(next(iter(of.values())).shape[1])]
            for skill, of in enumerate(skills)
        }
        evidence = class_evidence(dataset, skills=groups)
        works.append(Work(direct.key, direct.year, direct.grade, evidence.samples, {}, evidence.hidden))
        places[direct.key] = {(key[2], key[3]): key for key in evidence.classes}
    owns = [
        Own(
            own.teacher,
            own.work,
            own.school,
            {places[own.work][key[2], key[3]]: own.classes[key] for key in own.classes},
        )
        for own in made.owns
    ]
    for direct, read in zip(made.works, works, strict=True):
        by_name = {skill: {key[2:]: sample for key, sample in of.items()} for skill, of in read.samples.items()}
        assert by_name == {
            skill: {key[2:]: sample for key, sample in of.items()} for skill, of in direct.samples.items()
        }
    open_ = [Work(work.key, work.year, work.grade, work.samples) for work in works]
    said, direct_said = propose(open_, owns), made.proposals()
    pairs = {(one.teacher, one.topic) for one in said.suppositions}
    assert pairs == {(one.teacher, one.topic) for one in direct_said.suppositions}
    shown = propose(works, owns)
    assert len(shown.suppositions) <= len(said.suppositions) + 2
