"""Official lists of schools: read from any table, looked through, a reason and never a rating."""

import io
from datetime import date, timedelta
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.consultations.request_factories import own_request, school_request
from tests.factories import make_member, make_school
from tests.planning.audits.audit_factories import planned, with_audits
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.consultations.models import ConsultationRequest
from traektoria.consultations.requests.queries.rows import board_page
from traektoria.core import school_year
from traektoria.core.errors import Conflict, Invalid
from traektoria.organisations.enums import HelpReason
from traektoria.organisations.lists.actions import remove_list, save_list
from traektoria.organisations.lists.permissions import readable
from traektoria.organisations.lists.queries import lists_in_force, reasons_of
from traektoria.organisations.lists.reader import pasted_table, recognise
from traektoria.organisations.lists.reasons import reasons_named
from traektoria.organisations.models import ListedSchool, Regulation, School, SchoolList
from traektoria.people.enums import Role
from traektoria.planning.audits.queries.board import board_of

LOW, HARD = HelpReason.LOW_RESULTS, HelpReason.HARD_CONDITIONS
NEW = "/centre/lists/new/"
SOURCE = "приказ министерства № 5 от 01.09"


def listed(
    world: World, *schools: School, reason: HelpReason = LOW, year: int | None = None, **more: Any
) -> SchoolList:
    said: dict[str, Any] = {"source": SOURCE, "seen": 0, "by": actor(world, "coordinator"), **more}
    keys = [one.pk for one in schools]
    year = school_year.this_year() if year is None else year
    return save_list(centre=world.own, reason=reason, year=year, schools=keys, **said)


def helping_first(world: World) -> None:
    """The regulation of the own centre helps schools of the lists first."""
    for row in Regulation.objects.filter(centre=world.own):
        support = {**row.content["support"], "first": ["low_results", "hard_conditions"]}
        content = {**row.content, "support": support}
        approved = row.approved_at and timezone.now()
        Regulation.objects.filter(pk=row.pk).update(content=content, approved_at=approved)


def workbook() -> bytes:
    """As a ministry sends it: a title, merged municipalities, totals, a hidden sheet, the schools of others."""
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = "Перечень"
    for row in [
        ["Перечень школ с низкими результатами"],
        ["№ п/п", "Муниципальное образование", "Наименование ОО", "Категория"],
        [1, "Ореховский район", "МБОУ СОШ № 2 им. Героя Труда", "ШНОР"],
        [2, None, "МБОУ «Лицей № 7»", "ШССУ"],
        [3, None, "МБОУ СОШ № 99", "ШНОР"],
        [4, "Озёрский район", "МБОУ СОШ № 1", "ШНОР"],
        ["Итого", None, 4, None],
    ]:
        sheet.append(row)
    sheet.merge_cells("B3:B5")
    hidden = book.create_sheet("Прошлый год")
    hidden.append(["Наименование ОО"])
    hidden.append(["МБОУ СОШ № 1"])
    hidden.sheet_state = "hidden"
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


@pytest.fixture
def schools(world: World) -> dict[str, School]:
    world.own.municipality.name = "Ореховский муниципальный район"
    world.own.municipality.save()
    return {
        "one": world.school,
        "two": make_school(world.own, "СОШ № 2", digits="990002"),
        "seven": make_school(world.own, "Лицей № 7", digits="990007"),
    }


def upload(client: Client, **fields: Any) -> Any:
    year = school_year.this_year()
    return client.post(NEW, {"reason": "low_results", "year": year, "source": SOURCE, "text": "", **fields})


@pytest.fixture
def coordinator(world: World) -> Client:
    client = Client()
    client.force_login(world.accounts["coordinator"])
    return client


def test_a_list_of_a_ministry_is_looked_through_and_nothing_is_taken_before(
    world: World, schools: dict[str, School], coordinator: Client
) -> None:
    answer = upload(coordinator, file=SimpleUploadedFile("shnor.xlsx", workbook()))
    assert answer.status_code == 302
    page = coordinator.get(answer.url)
    text = page.content.decode().replace("\xa0", " ")
    assert not SchoolList.objects.exists()
    assert [(one.name, one.rows) for one in page.context["found"].elsewhere] == [("Озёрский район", 1)]
    assert "«Озёрский район»: строк – 1, первая – строка" in text
    assert page.context["found"].other_list == 1
    assert [one.text for one in page.context["found"].unknown] == ["МБОУ СОШ № 99"]
    assert "МБОУ СОШ № 99" in text
    assert "Прошлый год" in text
    assert page.context["form"].initial["schools"] == [schools["two"].pk]
    body = {"source": SOURCE, "schools": [schools["two"].pk], "seen": 0}
    assert coordinator.post(answer.url, body).status_code == 302
    assert coordinator.post(answer.url, body).status_code == 302
    assert list(reasons_of(world.own.pk)) == [schools["two"].pk]
    assert SchoolList.objects.get().edition == 1


def test_a_pasted_list_is_a_table_or_a_school_on_each_line(world: World, schools: dict[str, School]) -> None:
    lines = recognise(pasted_table("1. МБОУ СОШ №2\n2) Лицей № 7\nСОШ № 2\n\nШкола № 45"), world.own, LOW)
    assert set(lines.schools) == {schools["two"].pk, schools["seven"].pk}
    assert [(str(one.place), one.text) for one in lines.unknown] == [("5", "Школа № 45")]
    assert [one.text for one in lines.twice] == ["СОШ № 2"]
    table = recognise(pasted_table("Код школы\tШкола\nsch990007\tЛицей имени Пушкина"), world.own, LOW)
    assert set(table.schools) == {schools["seven"].pk}
    with pytest.raises(Invalid):
        pasted_table(" \n ")


def test_two_schools_of_a_number_are_not_guessed(world: World, schools: dict[str, School]) -> None:
    make_school(world.own, "Гимназия № 2", digits="990022")
    found = recognise(pasted_table("Школа № 2\nМБОУ СОШ № 2"), world.own, LOW)
    assert set(found.schools) == {schools["two"].pk}
    assert [one.text for one in found.unknown] == ["Школа № 2"]


def test_by_hand_and_the_next_year_beside_the_old_one(
    world: World, schools: dict[str, School], coordinator: Client
) -> None:
    this = school_year.this_year()
    listed(world, schools["one"], year=this - 1)
    why = reasons_of(world.own.pk)[schools["one"].pk]
    assert [one.label for one in why] == [f"ШНОР, {school_year.label(this - 1)}"]
    page = coordinator.get(upload(coordinator).url)
    assert page.context["form"].initial["schools"] == []
    row = listed(world, schools["two"])
    assert set(reasons_of(world.own.pk)) == {schools["two"].pk}
    assert SchoolList.objects.count() == 2
    ticked = {"source": SOURCE, "schools": [schools["seven"].pk], "seen": 1}
    edited = coordinator.post(f"/centre/lists/{row.pk}/", ticked)
    assert edited.status_code == 302
    assert set(reasons_of(world.own.pk)) == {schools["seven"].pk}
    old = lists_in_force([world.own.pk], date(this + 3, 1, 1))
    assert old == []


def test_a_page_opened_an_hour_ago_overwrites_nothing(world: World, schools: dict[str, School]) -> None:
    listed(world, schools["one"])
    with pytest.raises(Conflict):
        listed(world, schools["two"])
    listed(world, schools["one"])  # the same once more
    listed(world, schools["two"], seen=1)
    assert set(reasons_of(world.own.pk)) == {schools["two"].pk}
    with pytest.raises(Invalid):
        listed(world, seen=2)
    with pytest.raises(Invalid):
        listed(world, make_school(world.foreign, "Чужая", digits="880001"), seen=2)
    with pytest.raises(Invalid):
        listed(world, schools["two"], seen=2, source=" ")


def test_taken_out_it_is_no_reason_any_more(world: World, schools: dict[str, School]) -> None:
    row = listed(world, schools["one"])
    remove_list(row=row, by=actor(world, "coordinator"))
    remove_list(row=SchoolList(pk=row.pk, centre=world.own), by=actor(world, "coordinator"))
    assert reasons_of(world.own.pk) == {}
    assert not ListedSchool.objects.exists()


def test_who_reads_it(world: World, schools: dict[str, School]) -> None:
    listed(world, schools["one"], schools["two"])
    why = reasons_of(world.own.pk)
    for name in ("coordinator", "tutor"):
        assert set(readable(actor(world, name), world.own.pk, why)) == {schools["one"].pk, schools["two"].pk}
    for name in ("head", "deputy_head"):
        assert set(readable(actor(world, name), world.own.pk, why)) == {schools["one"].pk}
    for name in ("teacher", "foreign_coordinator", "foreign_tutor", "foreign_head", "administrator"):
        assert readable(actor(world, name), world.own.pk, why) == {}


def test_the_board_of_requests_follows_the_order_of_the_regulation(world: World, schools: dict[str, School]) -> None:
    other = school_request(world, "teacher", topic="Раньше")
    make_member(world.own, Role.HEAD, schools["two"])
    far = own_request(world, topic="Позже")
    asker = make_member(world.own, Role.TEACHER, schools["two"]).person
    later = timezone.now() + timedelta(days=9)
    ConsultationRequest.objects.filter(pk=far.pk).update(asked_by=asker, answer_by=later)
    listed(world, schools["two"], reason=HARD)

    def board() -> list[tuple[int, list[str]]]:
        page = board_page(actor(world, "coordinator"), {}, None)
        return [(row.pk, [one.reason for one in row.helped]) for row in page.object_list]

    assert board() == [(other.pk, []), (far.pk, ["hard_conditions"])]  # shown; this regulation sets no order
    helping_first(world)
    assert board() == [(far.pk, ["hard_conditions"]), (other.pk, [])]


def test_the_board_of_audits_and_the_act_say_why(world: World, schools: dict[str, School], coordinator: Client) -> None:
    with_audits(world.own)
    listed(world, schools["two"])
    rows = board_of(world.own, timezone.localdate(), None)[2]
    assert [row.name for row in rows] == ["Лицей № 7", "СОШ № 1", "СОШ № 2"]
    helping_first(world)
    rows = board_of(world.own, timezone.localdate(), None)[2]
    assert [row.name for row in rows] == ["СОШ № 2", "Лицей № 7", "СОШ № 1"]
    assert "ШНОР" in coordinator.get("/plans/audits/new/").content.decode()
    listed(world, schools["one"], schools["two"], seen=1)
    act = planned(world)
    for name in ("tutor", "head"):
        client = Client()
        client.force_login(world.accounts[name])
        assert SOURCE in client.get(f"/plans/audits/{act.pk}/").content.decode().replace("\xa0", " ")


def test_what_a_plan_calls_by_its_list() -> None:
    assert reasons_named("Консультирование учителей-предметников ШНОР/ШССУ") == [LOW, HARD]
    assert reasons_named("школ с низкими образовательными результатами") == [LOW]
    assert reasons_named("школ, функционирующих в сложных социальных условиях") == [HARD]
    assert reasons_named("Открытые уроки") == []


def test_another_centre_has_lists_of_its_own(world: World, schools: dict[str, School]) -> None:
    row = listed(world, schools["one"])
    client = Client()
    client.force_login(world.accounts["foreign_coordinator"])
    assert client.get(f"/centre/lists/{row.pk}/").status_code == 404
    assert client.post(f"/centre/lists/{row.pk}/remove/").status_code == 404
    assert row not in client.get("/centre/lists/").context["rows"]
