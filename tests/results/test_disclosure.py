"""What must not come back: small groups of ready forms, and other schools from the totals that a head sees."""

from typing import Any

import pytest

from tests.results.samples import make_dataset, school_spec, schools
from tests.world import World
from traektoria.engines.disclosure import release
from traektoria.results.ready_forms import published_rows, rows_of

pytestmark = pytest.mark.django_db


def rows(*sizes: tuple[str, int]) -> list[dict[str, Any]]:
    return [{"group": group, "participants": size, "percent_2": 10.0} for group, size in sizes]


def published(table: list[dict[str, Any]]) -> list[dict[str, Any]]:
    form = rows_of(table)
    decisions = release(form.roll("marks"), hidden=tuple(form.rests))
    assert decisions is not None
    return published_rows(table, decisions["marks"])


def hidden(table: list[dict[str, Any]]) -> list[int]:
    return [number for number, row in enumerate(published(table)) if row.get("suppressed")]


def test_a_small_school_of_a_ready_form_does_not_come_back_by_subtraction() -> None:
    table = rows(
        ("Вся выборка", 900), ("Область", 90), ("Район(reg99_m001)", 90),
        ("А(edu990001)", 7), ("Б(edu990002)", 33), ("В(sch990003)", 50),
    )  # fmt: skip
    found = published(table)
    assert len(hidden(table)) == 2
    assert found[3] == {"group": "А(edu990001)", "suppressed": True}
    assert found[2] == table[2]


def test_schools_in_no_row_of_a_ready_form_are_a_hidden_part_of_the_total() -> None:
    three_more = rows(("Район(reg99_m001)", 93), ("Б(edu990002)", 40), ("В(sch990003)", 50))
    assert len(hidden(three_more)) == 1
    many_more = rows(("Район(reg99_m001)", 300), ("А(edu990001)", 7), ("Б(edu990002)", 40), ("В(sch990003)", 50))
    assert hidden(many_more) == [1]


def test_a_form_of_small_schools_only_and_an_empty_one() -> None:
    assert hidden(rows(("А(edu990001)", 7), ("Б(edu990002)", 33))) == [0]
    assert hidden(rows(("Район(reg99_m001)", 9), ("А(edu990001)", 9))) == [0, 1]
    assert published([]) == []
    assert hidden([{"group": "А(edu990001)", "participants": None}]) == [0]


@pytest.mark.parametrize(("number", "seen"), [(2, False), (3, True), (4, True)])
def test_a_head_gets_no_total_from_which_one_other_school_can_be_told(
    world: World, as_: Any, number: int, seen: bool
) -> None:
    dataset = make_dataset(world.own, specs=schools(numbers=range(1, number + 1))).dataset
    mine, total = "?school=sch990001", "?table=marks&by=school"
    client, url = as_("head"), f"/results/{dataset.pk}/"
    assert ("муниципалитет</th>" in client.get(url + mine).content.decode()) is seen
    body = client.get(url + total).content.decode()
    assert ("Примерный район" in body) is seen
    assert "990002" not in body


def test_a_coordinator_sees_all_schools_all_the_same(world: World, as_: Any) -> None:
    dataset = make_dataset(world.own, specs=[*schools(numbers=(1,)), school_spec("990002", "Примерный район", (24,))])
    body = as_("coordinator").get(f"/results/{dataset.dataset.pk}/?table=marks&by=school").content.decode()
    assert "990002" in body
