"""Materials of an event: addresses and files, who reads them and when, and what a copy takes over."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from tests.consultations.slot_factories import monday
from tests.events.enrolment_factories import registered
from tests.events.event_factories import announced, begun, draft, pdf, rules
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import Invalid, Refused
from traektoria.core.models import Leaving
from traektoria.events.event.actions.materials import add_material, remove_material
from traektoria.events.event.actions.steps import propose_event
from traektoria.events.event.actions.writing import copy_event
from traektoria.events.event.queries.events import find_event
from traektoria.events.event.readers import read_by
from traektoria.events.models import Event, EventMaterial

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)


@pytest.fixture
def event(world: World) -> Event:
    """``teacher`` is registered; a file for before, one for after, and one for the whole centre."""
    event = announced(world)
    registered(world, event)
    by = actor(world, "tutor")
    for time, name, readers in (
        ("before", "Прочитать", "participants"), ("after", "Запись", "participants"), ("before", "Для всех", "centre"),
    ):  # fmt: skip
        add_material(event=event, time=time, file=pdf(name, f"{name}.pdf"), readers=readers, by=by)
    return event


def _client(world: World, name: str) -> Client:
    client = Client()
    client.force_login(world.accounts[name])
    return client


def seen(world: World, name: str, event: Event) -> list[str]:
    """By the page, and the same by the files that open."""
    client = _client(world, name)
    page = client.get(f"/events/{event.pk}/").content.decode()
    rows = list(EventMaterial.objects.filter(event=event))
    opens = [row.title for row in rows if client.get(f"/events/{event.pk}/materials/{row.pk}/").status_code == 200]
    assert opens == [row.title for row in rows if f"/materials/{row.pk}/" in page]
    return sorted(opens)


def test_who_takes_part_reads_what_is_for_before_then_the_rest_and_others_what_is_for_all(
    world: World, event: Event
) -> None:
    assert seen(world, "tutor", event) == seen(world, "coordinator", event) == ["Для всех", "Запись", "Прочитать"]
    assert seen(world, "teacher", event) == ["Для всех", "Прочитать"]
    assert seen(world, "other_teacher", event) == seen(world, "head", event) == ["Для всех"]
    begun(event, 1)
    assert seen(world, "teacher", event) == ["Для всех", "Прочитать"]
    begun(event, 3)
    assert seen(world, "teacher", event) == ["Для всех", "Запись", "Прочитать"]
    row = EventMaterial.objects.filter(event=event).first()
    assert row is not None
    for stranger in ("foreign_teacher", "foreign_coordinator"):
        assert _client(world, stranger).get(f"/events/{event.pk}/materials/{row.pk}/").status_code == 404


def test_a_file_is_given_back_as_it_was_sent_and_kept_once(world: World, event: Event) -> None:
    client = _client(world, "tutor")
    sent = {"time": "before", "readers": "participants", "title": "", "link": ""}
    address = f"/events/{event.pk}/materials/new/"
    for _time in range(2):
        assert client.post(address, {**sent, "file": pdf("новое", "План урока.pdf")}).status_code == 302
    row = EventMaterial.objects.get(title="План урока")
    reply = client.get(f"/events/{event.pk}/materials/{row.pk}/")
    assert b"".join(reply.streaming_content) == pdf("новое").read()  # type: ignore[attr-defined]
    assert reply["Content-Disposition"].startswith("attachment")
    storage, name = row.file.storage, str(row.file.name)
    assert "План" not in name
    for _time in range(2):
        client.post(f"/events/{event.pk}/materials/{row.pk}/remove/")
    assert not EventMaterial.objects.filter(pk=row.pk).exists()
    with pytest.raises(Refused):
        add_material(event=event, time="before", file=pdf(), by=actor(world, "other_tutor"))
    assert Leaving.objects.filter(name=name).exists(), "it goes with the commit, which this test never makes"
    assert storage.exists(name)


def test_what_is_no_address_or_file_or_both_is_said_at_the_form(world: World, event: Event) -> None:
    client, before = _client(world, "tutor"), EventMaterial.objects.count()
    refusals: list[dict[str, object]] = [
        {},
        {"link": "https://example.org/x", "title": "Оба", "file": pdf("x")},
        {"link": "https://example.org/x"},
        {"file": SimpleUploadedFile("отчёт.pdf", b"MZ no pdf")},
        {"file": pdf("x"), "readers": "everybody"},
    ]
    for facts in refusals:
        assert _status(client, event, facts) == 422, facts
    with pytest.raises(Invalid):
        add_material(event=event, time="before", title="Ничего", by=actor(world, "tutor"))
    assert EventMaterial.objects.count() == before


def _status(client: Client, event: Event, facts: dict[str, object]) -> int:
    sent = {"time": "before", "readers": "participants", "title": "", "link": "", **facts}
    return client.post(f"/events/{event.pk}/materials/new/", sent).status_code


def test_a_copy_has_files_of_its_own(world: World, event: Event, django_capture_on_commit_callbacks: object) -> None:
    by = actor(world, "tutor")
    copy = copy_event(event=event, first_day=monday(9), by=by)
    facts = ("time", "readers", "title", "file_name", "sha256")
    assert list(copy.materials.values_list(*facts)) == list(event.materials.values_list(*facts))
    one, other = event.materials.get(title="Запись"), copy.materials.get(title="Запись")
    assert one.file.name != other.file.name
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        remove_material(material=one, by=by)
    assert not one.file.storage.exists(str(one.file.name))
    assert other.file.read() == pdf("Запись").read()


def test_who_reads_no_materials_copies_none(world: World, event: Event) -> None:
    copy = copy_event(event=event, first_day=monday(9), by=actor(world, "other_tutor"))
    assert [one.title for one in copy.materials.all()] == ["Для всех"]


def test_a_copy_that_fails_leaves_its_files_to_be_cleared(
    world: World, event: Event, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_args: object) -> None:
        raise OSError

    monkeypatch.setattr("traektoria.events.event.actions.materials._link", killed)
    with pytest.raises(OSError):
        copy_event(event=event, first_day=monday(9), by=actor(world, "tutor"))
    assert (Event.objects.count(), Leaving.objects.filter(root="uploads").count()) == (1, 3)


def test_the_same_added_again_is_as_it_is_said_now(world: World, event: Event) -> None:
    by, link = actor(world, "tutor"), "https://example.org/x"
    first = add_material(event=event, time="before", title="Ссылка", link=link, by=by)
    again = add_material(event=event, time="after", title="Запись встречи", link=link, readers="centre", by=by)
    assert (again.pk, again.time, again.readers, again.title) == (first.pk, "after", "centre", "Запись встречи")
    file = add_material(event=event, time="before", file=pdf("Запись"), readers="centre", title="Всем", by=by)
    assert (file.title, file.readers) == ("Всем", "centre")
    assert event.materials.count() == 4


def test_who_approves_reads_all_and_what_was_cancelled_gives_nothing_after(world: World, event: Event) -> None:
    begun(event, 3)
    Event.objects.filter(pk=event.pk).update(state="cancelled", why="Болезнь")
    assert seen(world, "teacher", event) == ["Для всех", "Прочитать"]
    proposed = propose_event(event=draft(world, kind="conference"), by=actor(world, "coordinator"))
    add_material(event=proposed, time="after", file=pdf(), by=actor(world, "coordinator"))
    approves = find_event(actor(world, "coordinator"), proposed.pk)
    assert approves is not None
    assert len(read_by(approves.materials.all(), approves, timezone.now(), leader=False, part=False)) == 1
