"""Published scales and maxima: complete, and never lent to another year."""

from traektoria.engines.results import maxima_for, scale_for
from traektoria.engines.results.scales import all_scales


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
