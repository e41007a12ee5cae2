"""Pages of the route: what each person sees, with htmx and without, in a bounded number of queries."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.routes.route_factories import TOPICS, actor, fresh, make_draft, make_hypothesis, make_proposed, make_running
from tests.routes.support_factories import make_support
from tests.waiting import lines_for
from tests.world import World
from traektoria.people.models import AccessRecord
from traektoria.routes.models import ItemEvidence, LearningRoute
from traektoria.routes.route.actions.agreement import propose_route
from traektoria.routes.route.actions.doing import add_file, comment_on_item
from traektoria.routes.route.actions.drafting import draft_route
from traektoria.routes.route.actions.editing import open_correction
from traektoria.routes.route.actions.reflection import write_reflection
from traektoria.routes.route.enums import ItemState, RouteState

HTMX = {"HX-Request": "true"}
PDF = b"%PDF-1.7\n"


def page(client, url: str) -> str:  # type: ignore[no-untyped-def]
    answer = client.get(url)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def queries(client, url: str) -> int:  # type: ignore[no-untyped-def]
    client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as caught:
        assert client.get(url).status_code == 200
    return len(caught)


def test_route_detail_says_what_is_needed(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    html = page(as_("teacher"), f"/support/routes/{route.pk}/")
    assert TOPICS[0] in html
    assert "diagnostics/" in html


def test_route_detail_shows_the_head_the_agreed_route_only(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    item = route.items.all()[0]
    comment_on_item(item=item, text="Секретный разговор", by=actor(world, "teacher"))
    write_reflection(route=route, text="Личная запись", shared=True, by=actor(world, "teacher"))
    html = page(as_("head"), f"/support/routes/{route.pk}/")
    assert TOPICS[0] in html
    for hidden in ("Секретный разговор", "Личная запись", "/finish/", f"/support/items/{item.pk}/"):
        assert hidden not in html
    assert set(re.findall(r"/diagnostics/[^\"]*", html)) <= {"/diagnostics/campaigns/"}  # participation, of the menu
    assert AccessRecord.objects.filter(subject_kind="route").count() == 1


def test_route_detail_shows_the_coordinator_no_deficits(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    html = page(as_("coordinator"), f"/support/routes/{route.pk}/")
    for hidden in (*TOPICS, route.items.all()[0].task):
        assert hidden not in html
    assert as_("coordinator").get(f"/support/routes/{route.pk}/versions/").status_code == 403


@pytest.mark.parametrize("make", [make_draft, make_proposed])
def test_head_does_not_see_what_is_not_agreed(world: World, as_, make) -> None:  # type: ignore[no-untyped-def]
    route = make(world)
    assert as_("head").get(f"/support/routes/{route.pk}/").status_code == 404


def test_head_does_not_see_an_open_correction(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    tutor = actor(world, "tutor")
    open_correction(route=route, by=tutor)
    as_("tutor").post(f"/support/items/{route.items.all()[0].pk}/edit/", form_of(route, task="Новая задача"))
    assert "Новая задача" in page(as_("teacher"), f"/support/routes/{route.pk}/")
    assert "Новая задача" not in page(as_("head"), f"/support/routes/{route.pk}/")


def form_of(route: LearningRoute, **more: str) -> dict[str, str]:
    return {
        "task": "Посетить вебинар",
        "activity_kind": "webinar",
        "showing_form": "certificate",
        "deadline": route.end.isoformat(),
        **more,
    }


@pytest.mark.parametrize("many", [3])
def test_route_detail_queries_do_not_grow(world: World, as_, many: int) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world, topics=TOPICS[:1])
    client, url = as_("tutor"), f"/support/routes/{route.pk}/"
    few = queries(client, url)
    for number in range(many):
        item = route.items.all()[0]
        item.pk, item.position = None, 10 + number
        item.save()
        comment_on_item(item=item, text=f"Вопрос {number}", by=actor(world, "tutor"))
        add_file(item=item, file=ContentFile(PDF + bytes([number]), name="план.pdf"), by=actor(world, "teacher"))
    assert queries(client, url) == few <= 10


def test_route_list_queries_do_not_grow(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    make_running(world)
    client = as_("coordinator")
    few = queries(client, "/support/routes/")
    today = timezone.localdate()
    for viewer in ("other_teacher", "head", "deputy_head"):
        person = world.accounts[viewer].person
        dates = {"start": today, "end": today + timedelta(days=90)}
        support = make_support(world.own, world.accounts["tutor"].person, person, **dates)
        make_hypothesis(world, person)
        route = draft_route(support=support, by=actor(world, "tutor"))
        assert str(route.pk) not in page(client, "/support/routes/")
        propose_route(route=route, by=actor(world, "tutor"))
    assert queries(client, "/support/routes/") == few <= 6
    assert page(client, "/support/routes/").count("row-link") == 4
    assert page(client, "/support/routes/?state=proposed&subject=math").count("row-link") == 3
    assert page(client, "/support/routes/?overdue=1&sort=deadline").count("row-link") == 0
    assert page(client, "/support/routes/?state=living").count("row-link") == 4
    assert page(client, "/support/routes/?subject=russian").count("row-link") == 0


def test_route_list_is_ones_own_whoever_asked_before(world: World, as_: Any) -> None:
    """A text is kept for roles and filters, never for a person: the other centre asks with the same text."""
    make_running(world)
    counts = {viewer: page(as_(viewer), "/support/routes/").count("row-link") for viewer in SEEING}
    assert counts == SEEING


SEEING = {
    "coordinator": 1,
    "foreign_coordinator": 0,
    "tutor": 1,
    "other_tutor": 0,
    "foreign_tutor": 0,
    "teacher": 1,
    "other_teacher": 0,
    "head": 1,
    "foreign_head": 0,
}
"""By viewer: how many routes they see of the one that runs."""


def test_mine_leads_to_the_only_route(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    assert "Мой маршрут" in page(as_("teacher"), "/support/mine/")
    route = make_running(world)
    assert as_("teacher").get("/support/mine/").headers["Location"] == f"/support/routes/{route.pk}/"


def test_route_draft_is_one_click(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    support = make_draft(world).support
    answer = as_("tutor").post(f"/support/{support.pk}/draft/")
    assert answer.status_code == 302
    assert LearningRoute.objects.count() == 1


def test_item_edit_in_its_row_and_on_its_page(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    item = route.items.all()[0]
    tutor, url = as_("tutor"), f"/support/items/{item.pk}/edit/"
    row = tutor.get(url, headers=HTMX).content.decode()
    assert row.strip().startswith(f'<tr id="item-{item.pk}">')
    assert 'hx-post="' in row
    alone = page(tutor, url)
    assert "<html" in alone
    assert "#live" not in alone  # nothing to put the answer into: the form is sent as any other
    saved = tutor.post(url, form_of(route, task="Вебинар"), headers=HTMX)
    assert b'id="live"' in saved.content
    item.refresh_from_db()
    assert item.task == "Вебинар"
    assert tutor.post(url, form_of(route)).headers["Location"].endswith(f"/support/routes/{route.pk}/#item-{item.pk}")


def test_item_edit_says_at_the_field_what_is_wrong_and_keeps_the_rest(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    item = route.items.all()[0]
    wrong = form_of(route, deadline="2001-01-01", task="Сохраните меня")
    answer = as_("tutor").post(f"/support/items/{item.pk}/edit/", wrong, headers=HTMX)
    assert answer.status_code == 422
    assert answer.headers["HX-Retarget"] == f"#item-{item.pk}"
    assert "Сохраните меня" in answer.content.decode()
    assert "Срок должен быть между" in answer.content.decode()


def test_item_edit_autosaves(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    item = route.items.all()[0]
    answer = as_("tutor").post(f"/support/items/{item.pk}/edit/", form_of(route), headers={"X-Autosave": "1"})
    assert answer.status_code == 204
    item.refresh_from_db()
    assert item.task == "Посетить вебинар"


def seen_in(body: str) -> str:
    """The mark that a form carries: what the person saw when it was opened."""
    return re.findall(r'name="seen" value="(\w+)"', body)[0]


def test_item_edit_does_not_overwrite_unread_words(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    """Two windows on one item: the later press says what stands there now; one press more decides."""
    route = make_draft(world)
    item = route.items.all()[0]
    address, client = f"/support/items/{item.pk}/edit/", as_("tutor")
    opened = seen_in(page(client, address))
    first = client.post(address, form_of(route, seen=opened, task="Первое окно"), headers={"X-Autosave": "1"})
    assert first.status_code == 204
    assert client.post(address, form_of(route, seen=first["X-Seen"], task="Первое окно, дальше")).status_code == 302
    second = form_of(route, seen=opened, task="Второе окно")
    assert client.post(address, second, headers={"X-Autosave": "1"}).status_code == 409
    answer = client.post(address, second)
    body = answer.content.decode()
    item.refresh_from_db()
    assert (answer.status_code, item.task) == (422, "Первое окно, дальше")
    assert "«Первое окно, дальше»" in body
    assert "Второе окно" in body
    assert client.post(address, {**second, "seen": seen_in(body)}).status_code == 302
    item.refresh_from_db()
    assert item.task == "Второе окно"


def test_route_edit_does_not_overwrite_unread_words(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    address, client = f"/support/routes/{route.pk}/edit/", as_("tutor")
    opened = seen_in(page(client, address))
    facts = {"goals": "Первая цель", "start": str(route.start), "end": str(route.end), "seen": opened}
    assert client.post(address, {**facts, "title": "Первое окно"}).status_code == 302
    answer = client.post(address, {**facts, "title": "Второе окно"})
    route.refresh_from_db()
    assert (answer.status_code, route.title) == (422, "Первое окно")
    assert "«Первое окно»" in answer.content.decode()


def test_item_add_twice_is_one(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_draft(world)
    before = route.items.count()
    for _press in range(2):
        assert as_("tutor").post(f"/support/routes/{route.pk}/items/add/", form_of(route)).status_code == 302
    assert route.items.count() == before + 1


def test_item_finish_in_one_press(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    item = make_running(world).items.all()[0]
    answer = as_("tutor").post(f"/support/items/{item.pk}/finish/", headers=HTMX)
    assert "1 из" in answer.content.decode().replace("\xa0", " ")
    item.refresh_from_db()
    assert item.state == ItemState.DONE


def test_item_detail_beside_the_item_and_alone(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    item = make_running(world).items.all()[0]
    teacher = as_("teacher")
    teacher.post(f"/support/items/{item.pk}/comment/", {"text": "Можно в четверг?"})
    part = teacher.get(f"/support/items/{item.pk}/", headers=HTMX)
    assert "Можно в четверг?" in part.content.decode()
    assert part.headers["HX-Retarget"] == f"#side-{item.pk}"
    assert "hx-post" in part.content.decode()
    alone = page(teacher, f"/support/items/{item.pk}/")
    assert "<html" in alone
    assert "hx-post" not in alone  # there is no row to answer into: a redirect leads back to the route
    assert teacher.post(f"/support/items/{item.pk}/comment/", {"text": ""}).status_code == 422


def test_evidence_is_downloaded_as_a_file_never_shown(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    item = make_running(world).items.all()[0]
    file = SimpleUploadedFile("Карта урока.pdf", PDF)
    assert as_("teacher").post(f"/support/items/{item.pk}/evidence/", {"file": file}).status_code == 302
    evidence = ItemEvidence.objects.get()
    answer = as_("tutor").get(f"/support/evidence/{evidence.pk}/")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert b"".join(answer.streaming_content) == PDF  # type: ignore[attr-defined]


def test_evidence_add_says_at_the_field_what_is_wrong(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    item = make_running(world).items.all()[0]
    for data in ({}, {"file": SimpleUploadedFile("a.html", b"<html>")}, {"link": "javascript:alert(1)"}):
        assert as_("teacher").post(f"/support/items/{item.pk}/evidence/", data).status_code == 422
    assert not ItemEvidence.objects.exists()


def test_route_propose_a_change_asks_why(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    tutor = as_("tutor")
    tutor.post(f"/support/routes/{route.pk}/correct/")
    tutor.post(f"/support/routes/{route.pk}/items/add/", form_of(route))
    assert "Посетить вебинар" in page(tutor, f"/support/routes/{route.pk}/propose/")
    assert tutor.post(f"/support/routes/{route.pk}/propose/", {"reason": ""}).status_code == 422
    tutor.post(f"/support/routes/{route.pk}/propose/", {"reason": "Появился вебинар"})
    assert fresh(route).pending_version == 2
    assert "Посетить вебинар" in page(as_("teacher"), f"/support/routes/{route.pk}/versions/1/2/")


def test_pages_of_the_course_ask_and_do(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    tutor = as_("tutor")
    assert tutor.post(f"/support/routes/{route.pk}/pause/", {"reason": ""}).status_code == 422
    tutor.post(f"/support/routes/{route.pk}/pause/", {"reason": "Сессия"})
    assert "Сессия" in page(tutor, f"/support/routes/{route.pk}/")
    tutor.post(f"/support/routes/{route.pk}/resume/")
    assert fresh(route).state == RouteState.RUNNING
    end = route.end + timedelta(days=30)
    assert tutor.post(f"/support/routes/{route.pk}/extend/", {"end": route.end, "reason": "Так"}).status_code == 422
    tutor.post(f"/support/routes/{route.pk}/extend/", {"end": end.isoformat(), "reason": "Так"})
    assert fresh(route).pending_version == 2
    assert "приостановлен" in page(tutor, f"/support/routes/{route.pk}/history/")


def test_route_close_page(world: World, as_) -> None:  # type: ignore[no-untyped-def]
    route = make_running(world)
    tutor = as_("tutor")
    assert tutor.get(f"/support/routes/{route.pk}/close/").status_code == 409
    for item in route.items.all():
        tutor.post(f"/support/items/{item.pk}/finish/")
    html = page(tutor, f"/support/routes/{route.pk}/close/")
    assert TOPICS[1] in html
    data = {"conclusion": "Дети читают условие"}
    for pk in {item.hypothesis_id for item in route.items.all()} - {None}:
        data[f"outcome_{pk}"] = "overcome"
    assert tutor.post(f"/support/routes/{route.pk}/close/", data).status_code == 302
    assert "Дети читают условие" in page(as_("teacher"), f"/support/routes/{route.pk}/")


def test_desk_lines_of_a_route(world: World) -> None:
    route = make_proposed(world)
    teacher, tutor = (lines_for(actor(world, name), kinds="routes.") for name in ("teacher", "tutor"))
    names = [route.support.tutor.short_name, route.support.title]
    assert [(one.group, one.what, one.who) for one in (*teacher, *tutor) if one.group != "done"] == [
        ("today", "Договориться о маршруте", names[0]),
        ("waiting", "Маршрут ждёт согласия: учитель", names[1]),
    ]
    assert fresh(route).state == RouteState.PROPOSED
