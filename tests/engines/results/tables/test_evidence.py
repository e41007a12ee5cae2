import pytest

from traektoria.engines.deficits import Sample
from traektoria.engines.disclosure import Decision, Key
from traektoria.engines.results.tables import (
    ClassEvidence,
    Decisions,
    ResultsSource,
    TaskLevel,
    TaskSpec,
    class_evidence,
)

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


class Everything(Decision):
    """Samples of one and two pupils make figures that one can check by eye."""

    def hides(self, key: Key) -> bool:
        return False


OPEN = Decisions(dict.fromkeys(["", "task 1", "task 2"], Everything(frozenset())))


def open_evidence(write: Write) -> ClassEvidence:
    return class_evidence(ResultsSource(write(PEOPLE, [1, 2]), published=OPEN))


def shares(*values: int) -> Sample:
    return Sample(len(values), sum(values), sum(value * value for value in values))


def test_every_class_has_its_sample_of_each_skill(write: Write) -> None:
    evidence = open_evidence(write)
    assert evidence.samples["1"] == {
        (None, "А", "s1", "4А"): shares(10000, 0),
        (None, "А", "s1", "4Б"): shares(10000),
        (None, "А", "s2", "4А"): shares(10000),
        (None, "Б", "s3", "4А"): shares(0),
    }
    assert evidence.samples["2"][None, "А", "s1", "4А"] == shares(10000)
    assert evidence.samples["2"][None, "А", "s1", "4Б"] == shares(0)
    assert evidence.classes == set(evidence.samples["1"])


def test_a_skill_is_a_share_over_all_its_tasks(write: Write) -> None:
    evidence = class_evidence(
        ResultsSource(write(PEOPLE, [1, 2]), published=OPEN),
        skills={"счёт": ["1", "2"]},
        spec={"1": TaskSpec(TaskLevel.BASIC, 1), "2": TaskSpec(TaskLevel.BASIC, 2)},
    )
    assert evidence.skills == {"счёт": ("1", "2")}
    assert evidence.samples["счёт"][None, "А", "s1", "4А"] == shares(10000, 0)
    assert evidence.samples["счёт"][None, "А", "s1", "4Б"] == shares(3333)


@pytest.mark.parametrize("skills", [{"a": ["1"], "b": ["1"]}, {"a": ["7"]}])
def test_a_task_is_known_and_has_one_skill(write: Write, skills: dict[str, list[str]]) -> None:
    with pytest.raises(ValueError, match="one skill only"):
        class_evidence(ResultsSource(write(PEOPLE, [1, 2]), published=OPEN), skills=skills)


def test_of_a_hidden_class_nothing_is_told_and_the_hidden_municipality_is_known(write: Write) -> None:
    people = [person("А", "s1", "4А", [1, 2])] * 25 + [person("А", "s1", "4Б", [1, 2])] * 20
    people += [person("А", "s1", "4В", [0, 0])] * 4 + [person("Б", "s2", "4А", [1, 1])] * 40
    work = class_evidence(ResultsSource(write(people, [1, 2]))).work("file", 2021, 4)
    told = {key[3]: work.told("1", [key]) for key in work.samples["1"] if key[2] == "s1"}
    assert sorted(map(len, told.values())) == [0, 0, 1]
    assert told["4В"] == []
    own = [key for key in work.samples["1"] if key[2] == "s1"]
    assert [len(unit) for unit in work.told("1", own)] == [1, 2]
    few = [person("А", "s1", "4А", [1, 2])] * 5 + [person("Б", "s2", "4А", [1, 2])] * 40
    assert (None, "А") in class_evidence(ResultsSource(write(few, [1, 2]))).hidden["1"]
