"""Headings of a specification: the maximum of a task is not taken for that of the whole work."""

import pytest

from tests.engines.tables.samples import workbook
from traektoria.engines.results.headers import ROLE_PATTERNS
from traektoria.results.specifications import read_specification
from traektoria.results.wording import COLUMNS

HEAD = ["№", "Умения", "Уровень сложности", "Макс. балл за задание"]


WHOLE = (
    "Макс. балл за работу",
    "Максимальный балл за всю работу",
    "Максимальный балл за выполнение всей работы",
    "Максимальный первичный балл за выполнение работы",
    "Макс. балл за работу в целом (20)",
    "Максимальный балл за всю контрольную работу, первичный",
)
OF_A_TASK = ("Макс. балл", "Максимальный балл за работу с текстом", "Максимальный балл за выполнение задания работы")


@pytest.mark.parametrize("whole", WHOLE)
def test_the_maximum_of_the_whole_work_is_not_that_of_a_task(whole: str) -> None:
    rows = [[20, 1, "Умение сравнивать", "Б", 2], [20, 2, "Умение доказывать", "П", 3]]
    found = read_specification(workbook({"Спецификация": [[whole, *HEAD], *rows]}), "спецификация.xlsx")
    assert [task.maximum for task in found.tasks] == [2, 3]


@pytest.mark.parametrize("maximum", OF_A_TASK)
def test_a_task_may_be_a_work_with_a_text(maximum: str) -> None:
    rows = [[1, "Умение сравнивать", "Б", 2, 20], [2, "Умение доказывать", "П", 3, 20]]
    found = read_specification(workbook({"Спецификация": [[*HEAD[:3], maximum, WHOLE[0]], *rows]}), "спецификация.xlsx")
    assert [task.maximum for task in found.tasks] == [2, 3]


def test_each_kind_of_column_that_people_can_name_is_a_role_of_the_engine() -> None:
    assert set(COLUMNS) - {"task"} <= {role for role, _pattern in ROLE_PATTERNS}
