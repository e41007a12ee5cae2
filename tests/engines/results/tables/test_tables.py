from decimal import Decimal

import pytest

from traektoria.engines.results.tables import (
    By,
    Group,
    Hidden,
    Note,
    ResultsSource,
    Selection,
    TaskLevel,
    TaskSpec,
    Zone,
    completion,
    journal,
    marks,
    primary,
    publish,
    zone,
)

from .conftest import Write


def person(school="s1", class_name="4А", **values):
    return {"school": school, "class_name": class_name, "region": "Край", "municipality": "Район"} | values


def test_marks_count_only_counted_participants_with_a_mark(write: Write) -> None:
    people = [person(mark=2), person(mark=3), person(mark=3), person(mark=None), person(mark=5, counted=False)]
    (row,) = marks(ResultsSource(write(people, [1])), Selection(By.REGION))
    assert row.group == Group(("Край",))
    assert (row.n, row.counts) == (3, (1, 2, 0, 0))
    assert row.percents == (Decimal("33.33"), Decimal("66.67"), Decimal("0.00"), Decimal("0.00"))


def test_journal_leaves_out_those_without_a_mark_in_the_journal(write: Write) -> None:
    pairs = [(2, 3), (3, 3), (4, 3), (4, 4), (5, None), (None, 4)]
    people = [person(mark=mark, journal_mark=before) for mark, before in pairs]
    (row,) = journal(ResultsSource(write(people, [1])), Selection(By.SCHOOL))
    assert (row.n, row.lowered, row.confirmed, row.raised) == (4, 1, 2, 1)
    assert row.confirmed_percent == Decimal("50.00")


def test_primary_shows_every_score_and_marks_the_boundaries(write: Write) -> None:
    people = [person(primary_score=score) for score in (0, 2, 2, 4)]
    dataset = ResultsSource(write(people, [2, 2]))
    (row,) = primary(dataset, Selection(By.CLASS), boundaries=(1, 2, 4))
    assert [bar.n for bar in row.bars] == [1, 0, 2, 0, 1]
    assert [bar.mark for bar in row.bars] == [2, 3, 4, 4, 5]
    assert [bar.score for bar in row.bars if bar.boundary] == [1, 2, 4]
    assert {bar.mark for bar in primary(dataset, Selection())[0].bars} == {None}


@pytest.mark.parametrize("boundaries", [(1, 2), (3, 2, 1), (1, 1, 2)])
def test_primary_refuses_boundaries_that_are_no_scale(write: Write, boundaries: tuple[int, ...]) -> None:
    with pytest.raises(ValueError, match="ascending"):
        primary(ResultsSource(write([person()], [1])), Selection(), boundaries=boundaries)


def test_completion_counts_not_started_as_zero_and_leaves_out_the_unread(write: Write) -> None:
    cells = [1, 1, "not_started", "not_covered", "over_maximum", "unreadable", "missing"]
    people = [person(answers=[cell, 2]) for cell in cells] + [person(answers=[1, 2], counted=False)]
    dataset = ResultsSource(write(people, [1, 2], ["1", "2К1"]))
    spec = {"1": TaskSpec(TaskLevel.BASIC, 1)}
    first, second = completion(dataset, Selection(By.REGION), spec=spec)
    assert (first.task, first.n, first.not_started, first.percent) == ("1", 3, 1, Decimal("66.67"))
    assert (first.zone, first.note) == (Zone.ENOUGH, Note.SUPPRESSED)
    assert (second.task, second.n, second.percent, second.zone) == ("2К1", 7, Decimal("100.00"), Zone.NONE)
    assert first.low == Decimal("20.77")  # Wilson's interval for 2 of 3
    assert first.high == Decimal("93.85")


def test_rows_come_in_the_order_of_names_and_never_of_results(write: Write) -> None:
    names = ["10А", "4Б", None, "4А", "4 Ё", "11"]
    people = [person(class_name=name, mark=2 + number % 4) for number, name in enumerate(names)]
    rows = marks(ResultsSource(write(people, [1])), Selection(By.CLASS))
    assert [row.group.class_name for row in rows] == ["4 Ё", "4А", "4Б", "10А", "11", None]


def test_filters_restrict_and_groups_keep_their_path(write: Write) -> None:
    people = [
        person(municipality=municipality, school=school, mark=3, answers=[1])
        for municipality, school in [("А", "s1"), ("А", "s2"), ("Б", "s3")]
    ]
    dataset = ResultsSource(write(people, [1]))
    inside = Selection(By.SCHOOL, municipality="А")
    assert [row.group.key for row in marks(dataset, inside)] == [("Край", "А", "s1"), ("Край", "А", "s2")]
    assert [row.group.key for row in completion(dataset, inside)] == [("Край", "А", "s1"), ("Край", "А", "s2")]
    assert completion(dataset, Selection(By.CLASS, school="s3"))[0].group.key == ("Край", "Б", "s3", "4А")
    assert completion(dataset, Selection(By.SCHOOL, region="Область")) == []


def test_two_regions_are_not_mixed_even_when_their_districts_share_a_name(write: Write) -> None:
    people = [person(region=region, school=region, answers=[score]) for region, score in [("А", 1), ("Б", 0)]]
    dataset = ResultsSource(write(people, [1]))
    rows = completion(dataset, Selection(By.MUNICIPALITY))
    assert [(row.group.key, row.percent) for row in rows] == [
        (("А", "Район"), Decimal("100.00")),
        (("Б", "Район"), Decimal("0.00")),
    ]
    assert [row.group.region for row in completion(dataset, Selection(By.REGION, region="Б"))] == ["Б"]


def test_a_dataset_without_region_and_municipality_still_has_its_groups(write: Write) -> None:
    people = [person(region=None, municipality=None, mark=4, answers=[1])]
    dataset = ResultsSource(write(people, [1]))
    assert marks(dataset, Selection(By.REGION))[0].group.key == (None,)
    assert completion(dataset, Selection(By.SCHOOL))[0].group.key == (None, None, "s1")


def test_nobody_counted_gives_empty_tables(write: Write) -> None:
    dataset = ResultsSource(write([person(counted=False, mark=3, answers=[1])], [1]))
    for rows in (marks(dataset, Selection()), journal(dataset, Selection()), primary(dataset, Selection())):
        assert rows == []
    assert completion(dataset, Selection()) == []
    assert dataset.decisions.everybody.hides(())


def test_publish_replaces_small_groups_and_tasks_with_few_scores(write: Write) -> None:
    people = [person(school="s1", answers=["not_covered" if n < 5 else 1, 1]) for n in range(30)]
    people += [person(school="s2", answers=[1, 1]) for _ in range(4)] + [person(school="s3", answers=[1, 1])] * 10
    people += [person(school="s4", answers=["not_covered" if n < 35 else 1, 1]) for n in range(40)]
    dataset = ResultsSource(write(people, [1, 1]))
    decisions = dataset.decisions
    rows = publish(completion(dataset, Selection(By.SCHOOL)), decisions.everybody, {"1": decisions.task(1)})
    whole = [vars(row) for row in rows if isinstance(row, Hidden) and not row.task]
    assert whole == [{"group": Group(("Край", "Район", school)), "task": None} for school in ("s2", "s3")]
    assert [(row.group.school, isinstance(row, Hidden)) for row in rows if row.task == "1"] == [
        ("s1", False), ("s4", True),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("percent", "level", "expected"),
    [
        ("60.00", TaskLevel.BASIC, Zone.ENOUGH),
        ("59.99", TaskLevel.BASIC, Zone.BORDER),
        ("57.00", TaskLevel.BASIC, Zone.BORDER),
        ("56.99", TaskLevel.BASIC, Zone.NOT_ENOUGH),
        ("30.00", TaskLevel.ADVANCED, Zone.ENOUGH),
        ("28.50", TaskLevel.HIGH, Zone.BORDER),
        ("28.49", TaskLevel.HIGH, Zone.NOT_ENOUGH),
        ("99.00", None, Zone.NONE),
    ],
)
def test_zone(percent: str, level: TaskLevel | None, expected: Zone) -> None:
    assert zone(Decimal(percent), level) is expected


def test_a_level_is_read_from_its_letter() -> None:
    assert [TaskLevel.parse(letter) for letter in ("Б", " п ", "В")] == list(TaskLevel)
    with pytest.raises(ValueError, match="unknown level"):
        TaskLevel.parse("Г")


def school_with(write: Write, marked: dict[str, int], size: int = 24) -> ResultsSource:
    """Classes of ``size`` pupils, of whom so many have a mark of the work and of the journal, and the task read."""
    people = [
        person(class_name=name, primary_score=1, answers=[1 if number < has else "not_covered"])
        | ({"mark": 4, "journal_mark": 4} if number < has else {})
        for name, has in marked.items()
        for number in range(size)
    ]
    return ResultsSource(write(people, [1]))


def test_few_marks_in_a_large_group_are_hidden_and_do_not_come_back_by_subtraction(write: Write) -> None:
    dataset = school_with(write, {"4А": 24, "4Б": 3, "4В": 20})
    by = Selection(By.CLASS)
    assert not any(dataset.decisions.everybody.hides(row.group.key) for row in marks(dataset, by))
    for rows in (
        publish(marks(dataset, by), dataset.decisions.marks),
        publish(journal(dataset, by), dataset.decisions.journal),
    ):
        hidden = {row.group.class_name for row in rows if isinstance(row, Hidden)}
        assert len(hidden) == 2
        assert "4Б" in hidden
    scores = publish(primary(dataset, by), dataset.decisions.primary)
    assert not any(isinstance(row, Hidden) for row in scores)


def test_a_task_read_for_few_hides_another_class_too(write: Write) -> None:
    dataset = school_with(write, {"4А": 24, "4Б": 3, "4В": 20})
    rows = publish(
        completion(dataset, Selection(By.CLASS)), dataset.decisions.everybody, {"1": dataset.decisions.task(1)}
    )
    hidden = [(row.group.class_name, row.task) for row in rows if isinstance(row, Hidden)]
    assert len(hidden) == 2
    assert ("4Б", "1") in hidden


def test_a_table_of_everybody_needs_no_second_decision(write: Write) -> None:
    dataset = school_with(write, {"4А": 24, "4Б": 24})
    assert dataset.decisions.marks == dataset.decisions.everybody == dataset.decisions.task(1)
