"""Our own files are read by the reader of real ones, and say the same each time."""

from collections import Counter

import pytest

from traektoria.demo import files
from traektoria.demo.simulation import ABSENT, CLEAN, CROSSES, NO_CLASS, NOT_COVERED, ClassSpec, Dirt, SchoolSpec, sit
from traektoria.demo.works import CUTS, work
from traektoria.engines.results.layouts import recognise
from traektoria.engines.results.model import Aggregate, Recognised
from traektoria.engines.tables.workbook import read_workbook

SCHOOLS = [
    SchoolSpec(
        digits=f"99010{number}",
        name=f"СОШ № {number}",
        municipality="Приреченский район",
        municipality_code="reg99_m001",
        classes=(ClassSpec("4А", 20), ClassSpec("4Б", 20, topics={"геометрия": -3.0})),
    )
    for number in range(1, 6)
]
MATH = work(2021, "math", 4)
PLAIN = {"plain_utf8": "plain", "plain_cp1251": "plain"}


@pytest.mark.parametrize("layout", files.LAYOUTS)
def test_layout_is_recognised(layout: str) -> None:
    content = files.build(layout, MATH, SCHOOLS, seed=1)
    found = recognise(read_workbook(content, f"file.{files.extension(layout)}"))
    assert found.layout == PLAIN.get(layout, layout)
    if isinstance(found, Recognised) and layout != "region_2020":  # which has spare columns
        assert len(found.tasks) == len(MATH.tasks)
    if isinstance(found, Aggregate):
        assert len(found.rows) == 2 + len(SCHOOLS)


@pytest.mark.parametrize("layout", files.LAYOUTS)
def test_same_arguments_give_the_same_bytes(layout: str) -> None:
    assert files.build(layout, MATH, SCHOOLS, seed=7) == files.build(layout, MATH, SCHOOLS, seed=7)
    assert files.build(layout, MATH, SCHOOLS, seed=7) != files.build(layout, MATH, SCHOOLS, seed=8)


@pytest.mark.parametrize("key", CUTS)
def test_work_reaches_the_stated_completion(key: tuple[int, str, int]) -> None:
    spec = work(*key)
    crowd = [SchoolSpec("990101", "СОШ", "район", "reg99_m001", (ClassSpec(f"{spec.grade}А", 3000),))]
    pupils = list(sit(spec, crowd, seed=3, dirt=CLEAN))
    for place, task in enumerate(spec.tasks):
        reached = 100 * sum(int(pupil.scores[place]) for pupil in pupils) / len(pupils) / task.maximum
        assert reached == pytest.approx(task.completion, abs=4), task.label


def test_weak_class_is_weak_in_its_topic_only() -> None:
    def share(name: str, topic: str) -> float:
        places = [place for place, task in enumerate(MATH.tasks) if task.topic == topic]
        own = [pupil for pupil in sit(MATH, SCHOOLS, seed=1, dirt=CLEAN) if pupil.class_name == name]
        return sum(int(pupil.scores[place]) for pupil in own for place in places) / len(own)

    assert share("4Б", "геометрия") < share("4А", "геометрия") / 2
    assert share("4Б", "вычисления") == pytest.approx(share("4А", "вычисления"), rel=0.15)


def test_dirt_of_each_kind_occurs() -> None:
    heavy = Dirt(0.1, 0.05, 0.05, 0.1, 0.1, 0.2, 0.3, 0.3)
    pupils = list(sit(MATH, SCHOOLS, seed=2, dirt=heavy))
    cells = Counter(cell for pupil in pupils for cell in pupil.scores)
    assert all(cells[cross] for cross in CROSSES)
    assert cells[NOT_COVERED]
    assert cells["3"], "over the maximum"
    assert any(pupil.variant == ABSENT for pupil in pupils)
    assert any(pupil.class_name == NO_CLASS for pupil in pupils)
    assert any(not pupil.is_absent and not pupil.journal.isdigit() for pupil in pupils)
    assert any(not pupil.is_absent and int(pupil.total) != pupil.primary for pupil in pupils)
    assert max(Counter((pupil.school.digits, pupil.code) for pupil in pupils).values()) == 2


def test_clean_pupils_have_no_dirt() -> None:
    pupils = list(sit(MATH, SCHOOLS, seed=2, dirt=CLEAN))
    assert len(pupils) == 200
    assert all(pupil.total == str(sum(map(int, pupil.scores))) for pupil in pupils)
