"""Pages of results: what each reader sees, what is hidden, what is logged, what it costs."""

import io
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from lxml.html import fromstring
from openpyxl import load_workbook

from tests.errands import asked, cells_of, everything_is_long, taken
from tests.factories import make_school
from tests.results.samples import WORK, make_dataset, make_file, school_spec, schools
from tests.waiting import lines_for
from tests.world import World
from traektoria.core.installation import leavings
from traektoria.core.waiting import renew
from traektoria.demo.files import specification
from traektoria.people.actor import actor_of
from traektoria.people.enums import Role
from traektoria.people.models import AccessRecord, RoleAssignment
from traektoria.results import queries, waiting_files
from traektoria.results.actions import import_specification
from traektoria.results.models import Dataset, DatasetSchool, SchoolAlias
from traektoria.results.pages import DatasetPage
from traektoria.results.selection import look_of, places_of
from traektoria.results.table_errands import TABLE, rows_of
from traektoria.results.tasks import TaskFacts, task_facts

pytestmark = pytest.mark.django_db


@pytest.fixture
def dataset(world: World) -> Dataset:
    """Three big schools and one of seven pupils; the head's school is 990001."""
    specs = [*schools(), school_spec("990004", "Примерный район", (7,))]
    return make_dataset(world.own, specs=specs).dataset


def page(client: Any, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return str(answer.content.decode())


def test_one_file_leads_straight_to_its_weak_tasks(as_: Any) -> None:
    content, name = make_file()
    client = as_("coordinator")
    answer = client.post("/results/upload/", {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 302
    body = page(client, answer["Location"])
    assert 'id="weak"' in body
    assert "Ниже достаточного уровня" in body


def test_several_files_are_answered_each(as_: Any) -> None:
    content, name = make_file()
    files = [
        SimpleUploadedFile(name, content),
        SimpleUploadedFile("пусто.xlsx", b""),
        SimpleUploadedFile(name, content),
    ]
    files[1] = SimpleUploadedFile("битый.xlsx", content[:2000])
    body = as_("coordinator").post("/results/upload/", {"file": files}, follow=True).content.decode()
    assert "notice--success" in body
    assert "notice--danger" in body
    assert "уже загружен" in body


def test_files_sent_one_by_one_are_answered_together(as_: Any) -> None:
    client = as_("coordinator")
    for seed in (1, 2):
        content, name = make_file(seed=seed)
        answer = client.post("/results/upload/", {"file": SimpleUploadedFile(name, content), "part": "1"})
        assert answer.status_code == 200
    assert page(client, "/results/upload/").count("notice--success") == 2
    assert page(client, "/results/upload/").count("notice--success") == 0


def test_only_what_is_missing_is_asked_without_a_second_upload(as_: Any, world: World) -> None:
    content, _name = make_file("plain_utf8")
    client = as_("coordinator")
    answer = client.post("/results/upload/", {"file": SimpleUploadedFile("таблица.csv", content)})
    url = answer["Location"]
    body = page(client, url)
    assert 'name="year"' in body
    assert 'name="school"' not in body
    assert client.post(url, {"year": "2021"}).status_code == 422
    told = {"procedure": "vpr", "year": "2021", "subject": "math", "grade": "4"}
    assert "/results/" in client.post(url, told)["Location"]
    assert Dataset.objects.get().source_name == "таблица.csv"
    assert client.get(url).status_code == 404


def test_a_kept_file_is_its_senders_alone_and_for_a_day(world: World, as_: Any) -> None:
    token = waiting_files.keep(b"1", "а.csv", centre_id=world.own.pk, by=actor_of(world.accounts["coordinator"]))
    assert as_("foreign_coordinator").get(f"/results/upload/{token}/").status_code == 404
    folder = settings.DATA / "incoming" / str(token)
    leavings.sweep()
    assert folder.exists()
    leavings.sweep(timezone.now() + timedelta(days=2))
    assert not folder.exists()


@pytest.mark.parametrize("table", ["completion", "marks", "journal", "primary"])
@pytest.mark.parametrize("by", ["school", "class"])
def test_a_small_group_is_never_shown(dataset: Dataset, as_: Any, table: str, by: str) -> None:
    client = as_("coordinator")
    body = page(client, f"/results/{dataset.pk}/?table={table}&by={by}&school=sch990004")
    assert ": скрыто." in body
    assert 'class="chart ' not in body.split("grid-2")[0] or table != "completion"
    book = load_workbook(
        io.BytesIO(client.get(f"/results/{dataset.pk}/table.xlsx?table={table}&by={by}&school=sch990004").content)
    )
    cells = [cell for row in book.active.iter_rows(min_row=2, values_only=True) for cell in row]
    assert not [cell for cell in cells if isinstance(cell, int | float)]


def test_classes_are_shown_within_a_school(dataset: Dataset, as_: Any) -> None:
    client = as_("coordinator")
    assert "Выберите школу" in page(client, f"/results/{dataset.pk}/?by=class")
    assert client.get(f"/results/{dataset.pk}/table.xlsx?by=class").status_code == 409
    body = page(client, f"/results/{dataset.pk}/?by=class&school=sch990001")
    assert "А" in [cell.text_content().strip() for cell in fromstring(body).xpath("//table//th")]


def test_groups_stand_in_alphabetical_order_whatever_is_asked(dataset: Dataset, as_: Any) -> None:
    body = page(as_("coordinator"), f"/results/{dataset.pk}/?table=marks&by=school&sort=-percent&order=mark_2")
    table = body[body.index('class="table table--plain heat"') :]
    places = [table.index(name) for name in ("sch990002", "sch990003", "sch990004", "СОШ №\xa01")]
    assert places == sorted(places)


def test_a_head_sees_the_own_school_and_the_municipality(dataset: Dataset, as_: Any) -> None:
    head = as_("head")
    body = page(head, f"/results/{dataset.pk}/")
    assert "СОШ № 1" in body
    assert "sch990002" not in body
    assert head.get(f"/results/{dataset.pk}/?school=sch990002").status_code == 404
    assert "sch990002" not in page(head, f"/results/{dataset.pk}/?table=marks&by=school&municipality=")
    assert head.get(f"/results/{dataset.pk}/table.xlsx?by=school&school=sch990002").status_code == 404
    content = head.get(f"/results/{dataset.pk}/table.xlsx?table=marks&by=school&municipality=").content
    texts = {cell for row in load_workbook(io.BytesIO(content)).active.iter_rows(values_only=True) for cell in row}
    assert "СОШ № 1" in texts
    assert not any("99000" in str(text) for text in texts)


def test_a_head_whose_school_is_not_in_the_file_is_told_so(world: World, as_: Any) -> None:
    dataset = make_dataset(world.own, specs=schools(numbers=(2, 3))).dataset
    assert "Вашей школы в этом файле нет" in page(as_("head"), f"/results/{dataset.pk}/")


def test_each_look_is_written_in_the_access_log(dataset: Dataset, as_: Any) -> None:
    client = as_("coordinator")
    for url, purpose in (
        ("", "analysis"),
        ("tasks/1/", "analysis"),
        ("table.xlsx", "export"),
        ("remarks.xlsx", "export"),
    ):
        before = AccessRecord.objects.count()
        client.get(f"/results/{dataset.pk}/{url}")
        record = AccessRecord.objects.latest("pk")
        assert AccessRecord.objects.count() == before + 1
        assert (record.subject_kind, record.subject_id, record.purpose) == ("results.dataset", str(dataset.pk), purpose)


def test_a_task_shows_what_it_checks(dataset: Dataset, as_: Any) -> None:
    client = as_("coordinator")
    assert "Спецификация этой работы не загружена" in page(client, f"/results/{dataset.pk}/tasks/6/")
    import_specification(content=specification(WORK), filename="spec_2021_math_4.xlsx", by=None)
    body = page(client, f"/results/{dataset.pk}/tasks/6/")
    assert WORK.tasks[5].skill.split()[0] in body
    assert "Задание 5(2)" in body
    assert client.get(f"/results/{dataset.pk}/tasks/99/").status_code == 404


def test_remarks_name_cells(dataset: Dataset, as_: Any) -> None:
    body = page(as_("coordinator"), f"/results/{dataset.pk}/remarks/")
    assert "Отсутствовал" in body
    assert "<td>Sheet</td>" in body


def test_texts_of_a_file_start_no_formula_in_an_export(world: World, as_: Any) -> None:
    specs = [school_spec("990001", "+1+1", (24, 22)), school_spec("990002", "@SUM(A1)", (24, 22))]
    dataset = make_dataset(world.own, specs=specs).dataset
    content = (
        as_("coordinator").get(f"/results/{dataset.pk}/table.xlsx?table=marks&by=municipality&municipality=").content
    )
    cells = [cell for row in load_workbook(io.BytesIO(content)).active.iter_rows() for cell in row]
    assert {"+1+1", "@SUM(A1)"} <= {cell.value for cell in cells}
    assert {cell.data_type for cell in cells if str(cell.value).startswith(("+", "@"))} == {"s"}


def test_schools_are_mapped_in_the_browser(dataset: Dataset, world: World, as_: Any) -> None:
    client = as_("coordinator")
    assert "sch990002" in page(client, "/results/schools/")
    told = {"code": ["sch990002", "sch990003"], "school": [str(world.school.pk), ""], "rest": "1"}
    assert client.post("/results/schools/", told).status_code == 302
    assert dict(SchoolAlias.objects.values_list("code", "school")) == {"sch990002": world.school.pk, "sch990003": None}
    assert client.post("/results/schools/", {"code": "sch990004", "school": "999999"}).status_code == 404
    assert DatasetSchool.objects.get(dataset=dataset, code="sch990004").school is None


@pytest.mark.parametrize("layout", ["f3_marks", "journal_comparison"])
def test_a_report_of_groups_is_shown_as_it_came(world: World, as_: Any, layout: str) -> None:
    specs = [*schools(), school_spec("990004", "Примерный район", (7,))]
    dataset = make_dataset(world.own, layout, specs=specs).dataset
    body = page(as_("coordinator"), f"/results/{dataset.pk}/")
    assert "Примерный район" in body
    assert "скрыто</td>" in body
    assert as_("head").get(f"/results/{dataset.pk}/").status_code == 404


def test_the_desk_calls_to_load_and_to_map(world: World) -> None:
    def lines(viewer: str) -> list[str]:
        return [line.url for line in lines_for(actor_of(world.accounts[viewer]), kinds="results.")]

    assert lines("coordinator") == lines("foreign_coordinator") == ["/results/upload/"]
    make_dataset(world.own)
    renew(world.own)  # the factory writes in bulk
    assert lines("coordinator") == ["/results/schools/"]
    assert lines("foreign_coordinator") == ["/results/upload/"]
    assert lines("teacher") == []


@pytest.mark.parametrize("url", ["/results/", "/results/schools/", "/results/specifications/"])
def test_lists_cost_the_same_at_one_and_three(world: World, as_: Any, url: str) -> None:
    client = as_("coordinator")
    costs = []
    for seeds in ((1,), (2, 3)):
        for seed in seeds:
            make_dataset(world.own, seed=seed, specs=schools(numbers=(2, seed + 3)))
        client.get(url)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            client.get(url)
        costs.append(len(queries))
    assert costs[0] == costs[1]


def test_a_dataset_costs_the_same_with_one_school_and_with_three(world: World, as_: Any) -> None:
    client = as_("coordinator")
    costs = []
    for numbers in ((1,), (1, 2, 3)):
        dataset = make_dataset(world.own, specs=schools(numbers=numbers)).dataset
        client.get(f"/results/{dataset.pk}/")
        with CaptureQueriesContext(connection) as queries:
            client.get(f"/results/{dataset.pk}/")
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 16


def test_figures_come_from_the_cache_the_second_time(dataset: Dataset, as_: Any, monkeypatch: Any) -> None:
    from traektoria.results import tables

    client = as_("coordinator")
    cache.clear()
    first = page(client, f"/results/{dataset.pk}/")
    monkeypatch.setattr(tables, "compute_apart", None)
    second = page(client, f"/results/{dataset.pk}/")
    assert second[second.index("<svg class=") :].count("<circle") == first[first.index("<svg class=") :].count(
        "<circle"
    )


def test_a_question_about_a_file_is_not_answered_in_advance(as_: Any, world: World) -> None:
    """A press without reading must not make a file one of this year or of some subject."""
    by = actor_of(world.accounts["coordinator"])
    content = "школа;класс;участник;1;2\n" + "\n".join(f"sch990001;4А;4{n:04};1;0" for n in range(12))
    token = waiting_files.keep(content.encode("utf-8-sig"), "таблица.csv", centre_id=world.own.pk, by=by)
    body = page(as_("coordinator"), f"/results/upload/{token}/")
    assert body.count('<option value="" selected>выберите</option>') >= 3
    assert 'value="primary"' not in body
    assert as_("coordinator").post(f"/results/upload/{token}/", {"year": ""}).status_code == 422
    assert not Dataset.objects.exists()


def plain(text: str) -> str:
    return text.replace("\xa0", " ")


def test_each_task_says_its_level_and_from_where_it_is_enough(dataset: Dataset, as_: Any) -> None:
    """On the cards of weak tasks, in the table, over the columns of groups and in the picture, with the skill."""
    import_specification(content=specification(WORK), filename="spec_2021_math_4.xlsx", by=None)
    facts = task_facts(dataset)
    body = plain(page(as_("coordinator"), f"/results/{dataset.pk}/"))
    assert {plain(task.norm) for task in facts} == {"Б, достаточно от 60 %", "П, достаточно от 30 %"}
    assert all(f"{task.kim}, {task.level}. {task.shows[:10]}" in body for task in facts)
    assert body.count("Б, достаточно от 60 %") >= sum(task.level == "Б" for task in facts)
    assert "heat--tasks" in body
    assert plain(facts[0].norm) in plain(page(as_("coordinator"), f"/results/{dataset.pk}/tasks/1/"))


def test_a_hidden_class_is_told_to_be_few_or_to_give_few_away(world: World, as_: Any) -> None:
    """One sentence for all of them: a reason would tell a small class from the one that covers it."""
    specs = [school_spec("990001", "Примерный район", (30, 28, 7)), *schools(numbers=(2, 3))]
    small = make_dataset(world.own, specs=specs).dataset
    body = page(as_("coordinator"), f"/results/{small.pk}/?school=sch990001&by=class").replace("\xa0", " ")
    assert body.count("скрыто: меньше 10 учеников или по этой группе можно вычислить такую") == 2
    assert "вместе с более широкой" not in body


REASONS = ("вместе с более", "более широкой", "прикрыва", "дополнительно скрыт")


def test_no_page_file_or_picture_tells_why_a_class_of_seven_is_hidden(world: World, as_: Any) -> None:
    """The class of seven and the one that covers it read alike wherever they stand; the guide tells no more."""
    specs = [school_spec("990001", "Примерный район", (30, 28, 7)), *schools(numbers=(2, 3))]
    small, client = make_dataset(world.own, specs=specs).dataset, as_("coordinator")
    seen: dict[str, str] = {}
    for table in ("completion", "marks", "journal", "scores"):
        for by in ("school", "class", "task"):
            query = f"?school=sch990001&by={by}&table={table}"
            seen[query] = page(client, f"/results/{small.pk}/{query}")
            file = client.get(f"/results/{small.pk}/table.xlsx{query}")
            if file.status_code == 200:
                cells = [
                    row
                    for sheet in load_workbook(io.BytesIO(file.content))
                    for row in sheet.iter_rows(values_only=True)
                ]
                seen[query + " xlsx"] = repr(cells)
                hidden = {str(cell) for row in cells for cell in row if "скрыт" in str(cell) and len(str(cell)) < 30}
                assert hidden <= {"скрыто"}, query
    seen["task"] = page(client, f"/results/{small.pk}/tasks/1/?school=sch990001&by=class")
    assert any("xlsx" in name for name in seen)
    assert "скрыто" in seen["task"]
    for name in ("coordinator", "head", "teacher"):
        seen[f"help {name}"] = page(client, f"/help/{name}/")
    for where, text in seen.items():
        assert not [word for word in REASONS if word in plain(text).lower()], where


def test_a_skill_is_called_without_the_word_that_each_begins_with() -> None:
    task = TaskFacts("1", 1, 1, "1", skill="Умение выполнять действия с числами")
    assert (task.shows, task.norm) == ("Выполнять действия с числами", "")


def test_a_dataset_is_known_to_whoever_finds_it_among_all(dataset: Dataset, world: World) -> None:
    forms = make_dataset(world.own, "f3_marks").dataset
    known = 0
    for account in world.accounts.values():
        actor = actor_of(account)
        for one in (dataset, forms):
            if queries.known_to(actor).filter(pk=one.pk).exists():
                assert queries.known_dataset(actor, one.pk) == one
                known += 1
            else:
                with pytest.raises(Dataset.DoesNotExist):
                    queries.known_dataset(actor, one.pk)
    assert known == 4


def test_a_long_table_is_made_by_the_worker_and_is_the_same(
    dataset: Dataset, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    client, url = as_("coordinator"), f"/results/{dataset.pk}/table.xlsx?table=completion&by=school"
    at_once = cells_of(client.get(url).content)
    everything_is_long(TABLE, monkeypatch)
    row = asked(client, url, django_capture_on_commit_callbacks)
    logged = AccessRecord.objects.count()
    assert cells_of(taken(client, row).content) == at_once
    assert AccessRecord.objects.count() == logged + 1
    assert row.rows == len(next(iter(at_once.values()))) - 1
    assert client.get(f"/results/{dataset.pk}/table.xlsx?by=class").status_code == 409


def test_a_table_of_a_school_that_is_one_s_own_no_more_is_not_given(
    dataset: Dataset, world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(TABLE, monkeypatch)
    other = DatasetSchool.objects.get(dataset=dataset, code="sch990002")
    other.school = make_school(world.own)
    other.save()
    role = RoleAssignment.objects.get(person=world.accounts["head"].person, role=Role.HEAD)
    second = RoleAssignment.objects.create(
        person=role.person, role=role.role, centre=role.centre, school=other.school, start=role.start
    )
    head = as_("head")
    row = asked(head, f"/results/{dataset.pk}/table.xlsx?table=marks&by=school", django_capture_on_commit_callbacks)
    assert taken(head, row).status_code == 200
    second.delete()
    assert taken(head, row).status_code == 403


def test_a_table_of_the_whole_file_is_not_given_to_who_is_only_a_head_now(
    dataset: Dataset, world: World, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(TABLE, monkeypatch)
    head = RoleAssignment.objects.get(person=world.accounts["head"].person, role=Role.HEAD)
    both = RoleAssignment.objects.create(person=head.person, role=Role.COORDINATOR, centre=world.own, start=head.start)
    client = as_("head")
    row = asked(client, f"/results/{dataset.pk}/table.xlsx?table=marks&by=school", django_capture_on_commit_callbacks)
    assert taken(client, row).status_code == 200
    both.delete()
    assert client.get(f"/results/{dataset.pk}/").status_code == 200
    assert taken(client, row).status_code == 403


def test_a_table_made_before_something_changed_is_not_led_to(
    dataset: Dataset, as_: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(TABLE, monkeypatch)
    client, url = as_("coordinator"), f"/results/{dataset.pk}/table.xlsx?table=completion&by=school"
    row = asked(client, url, django_capture_on_commit_callbacks)
    assert client.get(url)["Location"] == f"/work/{row.pk}/"
    DatasetSchool.objects.filter(dataset=dataset, code="sch990002").update(name="Школа с новым именем")
    assert client.get(url).status_code == 200, "it is offered anew"


@pytest.mark.parametrize("table", ["completion", "marks", "primary", "journal"])
def test_how_long_a_table_will_be_is_known_before(dataset: Dataset, world: World, table: str) -> None:
    places = places_of(dataset, actor_of(world.accounts["coordinator"]))
    look = look_of(QueryDict(f"table={table}&by=school"), places)
    page = DatasetPage(dataset, look, places, task_facts(dataset))
    assert rows_of(look, places, task_facts(dataset)) >= len(page.sheet().rows)
