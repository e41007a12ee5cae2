"""The pages of a table: file or paste, the preview, a row in its place, the press."""

import io
from collections.abc import Callable
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests.costs import cost_of
from tests.engines.plantables.page_samples import pages, ruled, scanned
from tests.engines.plantables.word_samples import HEADS
from tests.errands import everything_is_long
from tests.planning.imports.table_factories import TEXT, empty_plan, read_table, word
from tests.planning.plan_factories import approved, open_lessons
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core import school_year
from traektoria.core.errands.places import folder_of
from traektoria.core.models import Errand, ErrandState
from traektoria.core.tasks.worker import do_what_is_due
from traektoria.planning.imports.actions import keep_import
from traektoria.planning.imports.errands import TAKE
from traektoria.planning.imports.models import PlanImport

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
HTMX = {"HX-Request": "true"}


def page(table: PlanImport, name: str = "import_detail", /, **more: object) -> str:
    return reverse(f"planning:{name}", kwargs={"token": table.pk, **more})


def row_form(**changed: str) -> dict[str, str]:
    blank = {"number": "2", "section": "", "content": "Круглый стол", "phrase": "до 1 марта", "who": "тьюторы"}
    return {**blank, "direction": "", "product": "", "more": "", **changed}


def test_a_file_is_looked_through_and_taken(as_: As, world: World) -> None:
    plan, client = empty_plan(world), as_("coordinator")
    source = SimpleUploadedFile("План.docx", word())
    answer = client.post(reverse("planning:import_new", args=[plan.pk]), {"file": source, "text": ""})
    table = PlanImport.objects.get()
    assert answer.headers["Location"] == page(table)
    shown = client.get(page(table)).content.decode()
    assert "Семинар для учителей математики" in shown
    assert "таблица 1, строка 2" in shown
    assert "{&#x27;" not in shown
    assert "{&#39;" not in shown
    assert "Не понято: «когда получится»." in shown
    assert "«все желающие» останется текстом" in shown
    answer = client.post(page(table, "import_take"))
    assert answer.headers["Location"] == reverse("planning:plan_detail", args=[plan.pk])
    assert plan.items.count() == 3
    assert "3 строки перенесены в план" in client.get(page(table)).content.decode().replace("\xa0", " ")


def test_a_pasted_table_is_taken_too(as_: As, world: World) -> None:
    plan = empty_plan(world)
    as_("coordinator").post(reverse("planning:import_new", args=[plan.pk]), {"text": TEXT})
    assert len(PlanImport.objects.get().rows) == 3


@pytest.mark.parametrize(
    ("given", "sentence"),
    [
        ({"text": ""}, "Выберите файл или вставьте таблицу."),
        ({"text": "Добрый день!"}, "План не найден"),
        (
            {
                "file": SimpleUploadedFile(
                    "план.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le")
                )
            },
            "старого Word",
        ),
        ({"file": SimpleUploadedFile("план.png", b"\x89PNG\r\n\x1a\n...")}, "Это картинка."),
    ],
)
def test_what_is_no_plan_is_said_at_the_form(as_: As, world: World, given: dict[str, object], sentence: str) -> None:
    answer = as_("coordinator").post(reverse("planning:import_new", args=[empty_plan(world).pk]), given)
    assert answer.status_code == 422
    assert sentence in answer.content.decode().replace("\xa0", " ")
    assert not PlanImport.objects.exists()


def test_a_file_and_a_text_at_once_are_one_too_many(as_: As, world: World) -> None:
    both = {"file": SimpleUploadedFile("План.docx", word()), "text": TEXT}
    answer = as_("coordinator").post(reverse("planning:import_new", args=[empty_plan(world).pk]), both)
    assert answer.status_code == 422
    assert not PlanImport.objects.exists()


def test_a_pdf_is_long_work(as_: As, world: World, django_capture_on_commit_callbacks: Any) -> None:
    plan, client = empty_plan(world), as_("coordinator")
    source = pages(ruled(("1", "Семинар", "октябрь", "тьюторы"), ("2", "Урок", "май", "учителя")))
    given = {"file": SimpleUploadedFile("План.pdf", source), "text": ""}
    with django_capture_on_commit_callbacks(execute=True):
        answer = client.post(reverse("planning:import_new", args=[plan.pk]), given)
    do_what_is_due()
    errand = Errand.objects.get()
    assert answer.headers["Location"] == reverse("desk:errand_detail", args=[errand.pk])
    table = PlanImport.objects.get()
    assert (table.kind, len(table.rows), errand.url) == ("pdf", 2, page(table))
    client.post(page(table, "import_take"))
    assert plan.items.count() == 2


def test_a_scan_is_said_by_the_worker_and_its_file_goes_at_once(
    as_: As, world: World, django_capture_on_commit_callbacks: Any
) -> None:
    plan = empty_plan(world)
    given = {"file": SimpleUploadedFile("Скан.pdf", scanned()), "text": ""}
    with django_capture_on_commit_callbacks(execute=True):
        as_("coordinator").post(reverse("planning:import_new", args=[plan.pk]), given)
    do_what_is_due()
    errand = Errand.objects.get()
    assert (errand.state, errand.said.startswith("Этот PDF – скан")) == (ErrandState.FAILED, True)
    assert list(folder_of(errand.pk).iterdir()) == []
    assert not PlanImport.objects.exists()


def test_a_row_is_corrected_in_its_place_and_on_a_page_of_its_own(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    url = page(table, "import_row", place=1)
    assert "<html" in client.get(url).content.decode()
    assert client.get(url, headers=HTMX).content.decode().strip().startswith('<tr id="row-1"')
    answer = client.post(url, row_form(), headers=HTMX)
    assert 'id="row-1"' in answer.content.decode()
    assert "до 1 марта" in answer.content.decode().replace("\xa0", " ")
    answer = client.post(url, row_form(phrase="до 2 марта"))
    assert answer.headers["Location"] == f"{page(table)}#row-1"
    wrong = client.post(url, row_form(content=""), headers=HTMX)
    assert (wrong.status_code, wrong.headers["HX-Retarget"]) == (422, "#row-1")


def test_a_row_is_left_out_and_taken_back(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    leave = page(table, "import_fate", place=0, fate="leave")
    assert "<del>" in client.post(leave, headers=HTMX).content.decode()
    assert client.post(page(table, "import_fate", place=0, fate="take")).headers["Location"] == f"{page(table)}#row-0"
    assert client.post(page(table, "import_fate", place=0, fate="fly")).status_code == 404
    assert client.post(page(table, "import_fate", place=9, fate="leave")).status_code == 404


def test_a_table_with_many_times_is_moved_by_the_worker_once(
    as_: As, world: World, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    everything_is_long(TAKE, monkeypatch)
    table, client = read_table(world), as_("coordinator")
    with django_capture_on_commit_callbacks(execute=True):
        answers = [client.post(page(table, "import_take")) for _ in range(2)]
    errand = Errand.objects.get()
    assert {one.headers["Location"] for one in answers} == {reverse("desk:errand_detail", args=[errand.pk])}
    assert not table.plan.items.exists()
    do_what_is_due()
    errand.refresh_from_db()
    assert (errand.state, errand.url) == (ErrandState.DONE, reverse("planning:plan_detail", args=[table.plan_id]))
    assert errand.said.startswith("3\xa0строки")
    assert table.plan.items.count() == 3
    assert client.post(page(table, "import_take")).headers["Location"] == errand.url


def test_deadlines_of_quarters_that_no_calendar_has_yet_lead_to_the_calendar(as_: As, world: World) -> None:
    table = read_table(world, plan=empty_plan(world, year=2040))
    shown = as_("coordinator").get(page(table)).content.decode().replace("\xa0", " ")
    assert "1 срок ждёт календаря" in shown
    assert "/centre/calendar/?year=2040" in shown
    assert "ждёт календаря" not in as_("coordinator").get(page(read_table(world))).content.decode()


@pytest.mark.parametrize(("year", "asked"), [(2020, True), (2099, False)])
def test_an_amendment_is_asked_about_past_deadlines_only_where_it_has_some(
    as_: As, world: World, year: int, asked: bool
) -> None:
    plan = approved(world, open_lessons(phrase="по запросу"), year=year)
    table = read_table(world, plan=plan, text=f"{chr(9).join(HEADS)}\n1\tСеминар\tоктябрь\tтьюторы\n")
    page = as_("coordinator").get(reverse("planning:import_detail", args=[table.pk])).content.decode()
    assert ("from_today" in page) == asked
    answer = as_("coordinator").post(reverse("planning:import_take", args=[table.pk]), {"reason": "Решение совета"})
    assert answer.status_code == (422 if asked else 302)


def test_what_is_hidden_in_a_sheet_is_said_over_its_rows(as_: As, world: World) -> None:
    made, out = openpyxl.Workbook(), io.BytesIO()
    for row in (HEADS, ("1", "Семинар", "май", "тьюторы"), ("2", "Урок", "май", "тьюторы")):
        made.active.append(row)
    made.active.row_dimensions[3].hidden = made.active.column_dimensions["D"].hidden = True
    made.save(out)
    plan, by = empty_plan(world), actor(world, "coordinator")
    table = keep_import(plan=plan, source=out.getvalue(), name="План.xlsx", by=by)
    page = as_("coordinator").get(reverse("planning:import_detail", args=[table.pk])).content.decode()
    assert "Скрытое на листе тоже прочитано" in page
    assert "лист «Sheet», строка 3; лист «Sheet», столбец D" in page
    assert "Не взято" not in page


def test_only_what_is_to_be_looked_at(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    shown = client.get(page(table) + "?show=look").content.decode()
    assert "Круглый стол" in shown
    assert "Мастер-класс" not in shown
    client.post(page(table, "import_fate", place=1, fate="fine"))
    assert "Всё понято" in client.get(page(table) + "?show=look").content.decode()


def test_a_section_is_made_of_a_row(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    answer = client.post(page(table, "import_fate", place=0, fate="section"))
    assert answer.headers["Location"] == page(table)
    assert [row["section"] for row in PlanImport.objects.get().rows] == ["1 Семинар для учителей математики"] * 2


def test_what_was_begun_is_found_again(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    assert page(table) in client.get(reverse("planning:import_new", args=[table.plan_id])).content.decode()


def test_thrown_away_it_is_gone(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    client.post(page(table, "import_drop"))
    assert client.get(page(table)).status_code == 404


def test_a_plan_may_begin_with_a_file(as_: As, world: World) -> None:
    given = {"period": f"school-{school_year.this_year()}", "title": "", "start": "table"}
    answer = as_("coordinator").post(reverse("planning:plan_new"), given)
    assert answer.headers["Location"].endswith("/imports/new/")


def test_the_preview_asks_as_much_for_three_rows_as_for_sixty(as_: As, world: World) -> None:
    client = as_("coordinator")
    many = "\n".join("\t".join((str(at), f"Семинар {at}", "раз в четверть", "тьюторы")) for at in range(60))
    few, lots = read_table(world), read_table(world, text="\t".join(HEADS) + "\n" + many)
    assert cost_of(client, page(few)).queries == cost_of(client, page(lots)).queries


def test_columns_are_named_on_a_page(as_: As, world: World) -> None:
    table, client = read_table(world), as_("coordinator")
    url = page(table, "import_columns", table=0)
    assert url in client.get(page(table)).content.decode()
    assert "«раз в четверть»" in client.get(url).content.decode().replace("\xa0", " ")
    said = {"column_0": "number", "column_1": "content", "column_2": "other", "column_3": "responsible"}
    assert client.post(url, said).headers["Location"] == page(table)
    assert PlanImport.objects.get().rows[0]["phrase"] == ""
    assert client.post(url, {**said, "column_1": "other"}).status_code == 422
    assert client.get(page(table, "import_columns", table=5)).status_code == 404


def test_a_table_with_headings_that_say_nothing_asks_for_its_columns(as_: As, world: World) -> None:
    rows = "\n".join(f"этап {at}\tВстреча с учителями школы {at}\tбиблиотека" for at in (1, 2, 3))
    table, client = read_table(world, text=f"Шаг\tЧем занимаемся\tМесто\n{rows}\n"), as_("coordinator")
    assert "В каком столбце срок?" in client.get(page(table)).content.decode()
    assert "В каком столбце срок?" not in client.get(page(read_table(world))).content.decode()
