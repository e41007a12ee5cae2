"""Schools of a regional file: asked by districts, before anything is proposed to teachers."""

from typing import Any

import pytest

from tests.factories import make_school
from tests.results.samples import load_plain, make_dataset, pupils, schools
from tests.world import World
from traektoria.core.errors import Conflict
from traektoria.core.models import AuditEvent
from traektoria.diagnostics.problem_field.actions.from_results import propose_from_dataset
from traektoria.diagnostics.problem_field.queries.hypotheses import to_propose
from traektoria.people.actor import actor_of
from traektoria.results.actions import map_districts
from traektoria.results.models import Dataset, DatasetSchool, SchoolAlias
from traektoria.results.queries import kept_by, unknown_districts
from traektoria.results.school_book import SchoolBook

MAP = "/results/schools/"
NO_TEACHERS = "Учителей этих классов нет"


def said(page: Any) -> str:
    return page.content.decode().replace("\xa0", " ")


@pytest.fixture
def regional(world: World) -> Dataset:
    """Three districts, none of whose schools is known."""
    parts = [schools("Ближний район", (21, 22)), schools("Дальний район", (31, 32, 33)), schools("Третий район", (41,))]
    return make_dataset(world.own, specs=[spec for part in parts for spec in part]).dataset


def test_districts_are_asked_first_and_one_press_settles_a_district(world: World, as_: Any, regional: Dataset) -> None:
    client = as_("coordinator")
    shown = said(client.get(MAP))
    assert [one.name for one in unknown_districts(world.own)] == ["Ближний район", "Дальний район", "Третий район"]
    assert shown.count("Весь район не наш") == 3
    assert "sch990021" not in shown
    client.post(MAP, {"away": "Дальний район"})
    assert [one.name for one in unknown_districts(world.own)] == ["Ближний район", "Третий район"]
    assert "sch990021" in said(client.get(MAP + "?district=Ближний район"))
    client.post(MAP, {"ours": "Ближний район"})
    assert [one.name for one in unknown_districts(world.own)] == ["Ближний район"]
    assert [row["code"] for row in client.get(MAP).context["page"]] == ["sch990021", "sch990022"]


def test_a_later_file_of_the_region_does_not_ask_about_those_districts_again(
    world: World, as_: Any, regional: Dataset
) -> None:
    as_("coordinator").post(MAP, {"ours": "Ближний район"})
    later = make_dataset(world.own, specs=schools("Дальний район", (31, 32, 33)), seed=5)
    assert later.unknown == ()


def test_nothing_is_offered_before_a_school_is_known_and_no_teacher_is_blamed(
    world: World, as_: Any, regional: Dataset
) -> None:
    client, coordinator = as_("coordinator"), actor_of(world.accounts["coordinator"])
    shown = said(client.get(f"/results/{regional.pk}/"))
    assert "Сначала скажите, какие школы этого файла ваши" in shown
    assert not client.get(f"/results/{regional.pk}/").context["offered"]
    assert not to_propose(kept_by(coordinator))
    answer = client.post(f"/diagnostics/datasets/{regional.pk}/propose/", follow=True)
    assert answer.redirect_chain[-1][0] == MAP
    assert NO_TEACHERS not in said(answer)
    assert "Ни одна школа этого файла пока не узнана" in said(answer)
    DatasetSchool.objects.filter(dataset=regional, code="sch990021").update(school=world.school)
    assert not client.get(f"/results/{regional.pk}/").context["offered"], "other schools wait for a word still"
    assert not to_propose(kept_by(coordinator))
    answer = client.post(f"/diagnostics/datasets/{regional.pk}/propose/", follow=True)
    assert "Часть школ этого файла ещё ждёт вашего слова" in said(answer)
    with pytest.raises(Conflict):
        propose_from_dataset(dataset=regional, by=coordinator)
    assert not AuditEvent.objects.filter(event="hypothesis.propose").exists()
    map_districts(centre=world.own, districts=[one.name for one in unknown_districts(world.own)], by=coordinator)
    assert client.get(f"/results/{regional.pk}/").context["offered"]
    assert list(to_propose(kept_by(coordinator))) == [regional]


def test_a_file_without_schools_of_ours_says_so(world: World, as_: Any, regional: Dataset) -> None:
    names = [one.name for one in unknown_districts(world.own)]
    map_districts(centre=world.own, districts=names, by=actor_of(world.accounts["coordinator"]))
    client = as_("coordinator")
    assert not client.get(f"/results/{regional.pk}/").context["offered"]
    answer = client.post(f"/diagnostics/datasets/{regional.pk}/propose/", follow=True)
    assert "В этом файле нет ваших школ" in said(answer)
    assert NO_TEACHERS not in said(answer)


def test_a_code_of_two_districts_is_answered_for_each_and_asked_once(world: World, as_: Any, regional: Dataset) -> None:
    """«СОШ № 1» is in many districts: what is said of one is remembered for it and says nothing of the other."""
    rows = DatasetSchool.objects.filter(dataset=regional)
    rows.filter(municipality="Дальний район", code="sch990031").update(code="sch990021")
    map_districts(centre=world.own, districts=["Дальний район"], by=actor_of(world.accounts["coordinator"]))
    assert not rows.get(code="sch990021", municipality="Ближний район").not_ours
    assert rows.get(code="sch990021", municipality="Дальний район").not_ours
    book = SchoolBook(world.own)
    assert book.is_not_ours("sch990021", "Дальний район")
    assert not book.is_not_ours("sch990021", "Ближний район")
    later = make_dataset(world.own, specs=schools("Дальний район", (21, 32, 33)), seed=5)
    assert later.unknown == ()
    client = as_("coordinator")
    client.post(MAP, {"code": "sch990021", "municipality": "Ближний район", "school": world.school.pk})
    assert rows.get(code="sch990021", municipality="Ближний район").school == world.school
    far = DatasetSchool.objects.filter(code="sch990021", municipality="Дальний район")
    assert {(one.school_id, one.not_ours) for one in far} == {(None, True)}
    assert SchoolBook(world.own).find("sch990021", "", "Ближний район") == world.school.pk
    assert SchoolBook(world.own).find("sch990021", "", "Дальний район") is None


@pytest.mark.parametrize(
    ("code", "district", "elsewhere"),
    [("sch990031", "", True), ("СОШ № 1", "Дальний район", False), ("МБОУ «СОШ № 1»", "Дальний район", False)],
)
def test_a_login_is_one_school_anywhere_and_a_name_only_in_its_district(
    world: World, regional: Dataset, code: str, district: str, elsewhere: bool
) -> None:
    DatasetSchool.objects.filter(dataset=regional, code="sch990031").update(code=code)
    map_districts(centre=world.own, districts=["Дальний район"], by=actor_of(world.accounts["coordinator"]))
    assert SchoolAlias.objects.get(code=code).municipality == district
    book = SchoolBook(world.own)
    assert book.is_not_ours(code, "Дальний  РАЙОН")
    assert book.is_not_ours(code, "Иной район") == elsewhere


@pytest.mark.parametrize("name", ["", "Нет такого", "' OR 1=1", "Ближний"])
def test_a_district_that_is_not_there_settles_nothing(world: World, as_: Any, regional: Dataset, name: str) -> None:
    as_("coordinator").post(MAP, {"away": name})
    assert len(unknown_districts(world.own)) == 3
    assert as_("coordinator").get(MAP, {"district": name}).status_code == 200


def test_a_file_without_districts_is_asked_by_schools(world: World, as_: Any) -> None:
    load_plain(world.own, pupils({"Школа А": {"5А": 12}, "Школа Б": {"5А": 12}}))
    shown = said(as_("coordinator").get(MAP))
    assert "Школа А" in shown
    assert "район не указан" in shown
    as_("coordinator").post(MAP, {"away": ""})
    assert not unknown_districts(world.own)


def test_the_own_district_is_not_asked_about_others(world: World, as_: Any) -> None:
    make_school(world.own, "СОШ № 21", "990021")
    make_dataset(world.own, specs=[*schools("Ближний район", (21, 22)), *schools("Дальний район", (31,))])
    assert [one.name for one in unknown_districts(world.own)] == ["Ближний район"]
