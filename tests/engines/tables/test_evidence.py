from decimal import Decimal

import pytest

from traektoria.engines.deficits import Sample
from traektoria.engines.results.tables import Dataset, TaskLevel, TaskSpec, class_evidence

from .conftest import Write


def person(municipality: str, school: str, class_name: str, answers: list[int | str]) -> dict[str, object]:
    return {"municipality": municipality, "school": school, "class_name": class_name, "answers": answers}


PEOPLE = [
    person("А", "s1", "4А", [1, 2]),
    person("А", "s1", "4А", [0, "not_covered"]),
    person("А", "s1", "4Б", [1, "not_started"]),
    person("А", "s2", "4А", [1, 1]),
    person("Б", "s3", "4А", [0, 0]),
]


def shares(*values: int) -> Sample:
    return Sample(len(values), sum(values), sum(value * value for value in values))


def test_a_class_stands_against_the_rest_of_its_own_municipality(write: Write) -> None:
    evidence = class_evidence(Dataset(write(PEOPLE, [1, 2])))
    first, second = evidence.of("s1", ["4А"])
    assert (first.skill, first.own, first.rest) == ("1", shares(10000, 0), shares(10000, 10000))
    assert (second.own, second.rest) == (shares(10000), shares(0, 5000))


def test_classes_of_one_teacher_are_taken_together(write: Write) -> None:
    first, _ = class_evidence(Dataset(write(PEOPLE, [1, 2]))).of("s1", ["4А", "4Б"])
    assert (first.own, first.rest) == (shares(10000, 0, 10000), shares(10000))


def test_a_skill_is_a_share_over_all_its_tasks(write: Write) -> None:
    evidence = class_evidence(
        Dataset(write(PEOPLE, [1, 2])),
        skills={"счёт": ["1", "2"]},
        spec={"1": TaskSpec(TaskLevel.BASIC, 1), "2": TaskSpec(TaskLevel.BASIC, 2)},
    )
    (skill,) = evidence.of("s1", ["4А", "4Б"])
    assert (skill.skill, skill.tasks) == ("счёт", ("1", "2"))
    assert skill.own == shares(10000, 0, 3333)
    assert skill.rest == shares(6667)
    assert skill.not_enough == Decimal(57)


def test_an_unknown_class_has_no_evidence(write: Write) -> None:
    assert {skill.own.n for skill in class_evidence(Dataset(write(PEOPLE, [1, 2]))).of("s1", ["11Я"])} == {0}


@pytest.mark.parametrize("skills", [{"a": ["1"], "b": ["1"]}, {"a": ["7"]}])
def test_a_task_is_known_and_has_one_skill(write: Write, skills: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="one skill only"):
        class_evidence(Dataset(write(PEOPLE, [1, 2])), skills=skills)
