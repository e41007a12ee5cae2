"""Published scales and maxima: complete, and never lent to another year."""

import numpy as np
import pytest

from traektoria.engines.results import maxima_for, places_of, scale_for, tasks_named
from traektoria.engines.results.cells import MISSING, SCORED
from traektoria.engines.results.scales import MarkScale, all_scales, parts_of


def test_marks_change_at_the_published_scores() -> None:
    scale = scale_for("vpr", 2021, "math", 4)

    assert scale is not None
    assert [scale.mark(score) for score in (0, 5, 6, 9, 10, 14, 15, 30)] == [2, 2, 3, 3, 4, 4, 5, 5]


def test_a_scale_of_another_year_is_not_lent() -> None:
    assert scale_for("vpr", 2022, "math", 4) is None
    assert scale_for("vpr", 2023, "math", 8) is None  # its source says «2023-2024» only


def test_every_complete_scale_ascends() -> None:
    complete = [scale for scale in all_scales() if scale.complete]

    assert len(complete) >= 40
    for scale in complete:
        marks = [scale.mark(score) for score in range((scale.max_primary or 100) + 1)]
        assert sorted(marks) == marks
        assert set(marks) == {2, 3, 4, 5}


def test_verified_maxima_add_up_to_the_maximum_of_the_scale() -> None:
    for scale in all_scales():
        tasks = maxima_for(scale.procedure, 2021, scale.subject, scale.grade) if scale.year == "2021" else ()
        if tasks and all(task.verified for task in tasks):
            assert sum(task.maximum or 0 for task in tasks) == scale.max_primary, scale
            assert len(tasks) == scale.tasks, scale


def marks(scale: MarkScale | None, labels: list[str], rows: list[tuple[int, list[int | None]]]) -> list[int]:
    """Marks of participants: (points, score for each task, None for a cell that could not be read)."""
    assert scale is not None
    scores = np.array([own for _points, own in rows], dtype=float)
    states = np.where(np.isnan(scores), MISSING, SCORED).astype(np.int16)
    column = [(np.nan_to_num(scores[:, n]).astype(np.int16), states[:, n]) for n in range(len(labels))]
    parts = parts_of(scale, labels, column.__getitem__)
    assert parts is not None
    return list(scale.marks(np.array([points for points, _own in rows], np.int16), parts).tolist())


def test_two_points_for_geometry_are_needed_for_any_mark_above_two() -> None:
    labels = [str(number) for number in range(1, 26)]
    rows: list[tuple[int, list[int | None]]] = [
        (points, [0] * 14 + [geometry] + [0] * 10) for points, geometry in ((8, 2), (8, 1), (22, 1), (22, 2), (7, 2))
    ]
    assert marks(scale_for("oge", 2026, "math", 9), labels, rows) == [3, 2, 2, 5, 2]


def test_literacy_lowers_the_mark_step_by_step() -> None:
    labels = ["1", "13ГК1", "13ГК2", "13ГК3", "13ГК4"]
    literacy = (9, 8, 6, 5)
    rows: list[tuple[int, list[int | None]]] = [(34, [0, part, 0, 0, 0]) for part in literacy]
    rows += [(26, [0, 6, 0, 0, 0]), (26, [0, 5, 0, 0, 0]), (15, [0, 0, 0, 0, 0]), (14, [0, 9, 0, 0, 0])]
    assert marks(scale_for("oge", 2026, "russian", 9), labels, rows) == [5, 4, 4, 3, 4, 3, 3, 2]


def test_a_mark_that_hangs_on_an_unread_cell_is_not_given() -> None:
    labels = [str(number) for number in range(1, 26)]
    geometry: list[list[int | None]] = [[2, None], [1, None], [0, 1]]
    rows = [(15, [0] * 14 + own + [0] * 9) for own in geometry]
    assert marks(scale_for("oge", 2026, "math", 9), labels, rows) == [4, -1, 2]


def test_a_work_without_the_tasks_of_a_condition_has_no_marks() -> None:
    scale = scale_for("oge", 2026, "math", 9)
    assert scale is not None
    assert parts_of(scale, ["1", "2"], lambda place: (np.zeros(1, np.int16), np.zeros(1, np.int16))) is None


@pytest.mark.parametrize(
    ("text", "tasks"),
    [
        ("15–19, 23-25", ("15", "16", "17", "18", "19", "23", "24", "25")),
        ("ГК1 – ГК3", ("ГК1", "ГК2", "ГК3")),
        ("1;4 7", ("1", "4", "7")),
        ("5(1), 5.2", ("5(1)", "5.2")),
        ("", ()),
    ],
)
def test_tasks_are_named_as_people_write_them(text: str, tasks: tuple[str, ...]) -> None:
    assert tasks_named(text) == tasks


@pytest.mark.parametrize("text", ["9-5", "1-400", "ГК1-К4"])
def test_a_range_that_is_none_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="-"):
        tasks_named(text)


def test_a_task_is_found_by_its_subtasks_and_criteria() -> None:
    labels = ["1", "5.1", "5(2)", "13К1", "13ГК1", "15"]
    assert [places_of(task, labels) for task in ("5", "5_1", "13", "ГК1", "15", "16")] == [
        [1, 2],
        [1],
        [3],
        [4],
        [5],
        [],
    ]
