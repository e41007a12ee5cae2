"""Quotas of attached files and room on the disk: refused in a sentence, before the body is read and by the action."""

import shutil
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest

from tests.routes.route_factories import actor, make_running
from tests.tutors.application_factories import make_application
from tests.world import World
from traektoria.core.errors import Invalid
from traektoria.core.installation.room import LITTLE, check_quota
from traektoria.routes.models import ItemEvidence, RouteItem
from traektoria.routes.route.actions.doing import add_file
from traektoria.tutors.models import CriterionEvidence

pytestmark = pytest.mark.django_db
PDF = b"%PDF-1.7\n"
HALF = PDF + b"1" * 150_000


@pytest.fixture
def item(world: World) -> RouteItem:
    return make_running(world).items.all()[0]


@pytest.fixture
def unread(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading a body breaks the test."""

    def read(self: Any, *args: Any) -> None:
        raise AssertionError("the body was read")

    monkeypatch.setattr(HttpRequest, "_load_post_and_files", read)


def send(client: Any, item: RouteItem, content: bytes = HALF) -> Any:
    file = SimpleUploadedFile("план.pdf", content, "application/pdf")
    return client.post(f"/support/items/{item.pk}/evidence/", {"file": file})


@pytest.mark.parametrize(("limit", "code"), [("PERSON", "quota_of_person"), ("CENTRE", "quota_of_centre")])
def test_more_than_may_be_attached_is_refused_unread(
    item: RouteItem, as_: Any, settings: Any, limit: str, code: str, request: pytest.FixtureRequest
) -> None:
    setattr(settings, f"EVIDENCE_OF_{limit}", 250_000)
    client = as_("teacher")
    assert send(client, item).status_code == 302
    request.getfixturevalue("unread")
    client.handler.enforce_csrf_checks = True
    refused = send(client, item, HALF + b"2")
    assert refused.status_code == 422
    assert code in refused.content.decode()
    assert ItemEvidence.objects.count() == 1


def test_the_action_counts_too(item: RouteItem, world: World, settings: Any) -> None:
    settings.EVIDENCE_OF_PERSON = 250_000
    by = actor(world, "teacher")
    add_file(item=item, file=ContentFile(HALF, name="а.pdf"), by=by)
    with pytest.raises(Invalid) as refusal:
        add_file(item=item, file=ContentFile(HALF + b"2", name="б.pdf"), by=by)
    assert refusal.value.code == "quota_of_person"
    add_file(item=item, file=ContentFile(PDF, name="в.pdf"), by=by)


def test_all_rooms_count_together(item: RouteItem, world: World, settings: Any) -> None:
    """What a tutor showed for a criterion and what a teacher attached to a route are of one person."""
    by = actor(world, "teacher")
    add_file(item=item, file=ContentFile(HALF, name="а.pdf"), by=by)
    person = world.accounts["teacher"].person
    application = make_application(world.own, person)
    shown = CriterionEvidence(application=application, criterion="c", title="Файл", file_name="б.pdf", sha256="1")
    shown.file.save("b.pdf", ContentFile(HALF), save=False)
    shown.save()
    settings.EVIDENCE_OF_PERSON = 2 * len(HALF) + 10
    check_quota(person_id=person.pk, centre_id=world.own.pk, size=10)
    with pytest.raises(Invalid):
        check_quota(person_id=person.pk, centre_id=world.own.pk, size=11)
    check_quota(person_id=world.accounts["tutor"].person.pk, centre_id=world.foreign.pk, size=len(HALF))


@pytest.mark.parametrize("url", ["/support/items/{item}/evidence/", "/results/upload/", "/diagnostics/bank/import/"])
def test_with_little_room_no_file_is_read(
    item: RouteItem, as_: Any, monkeypatch: pytest.MonkeyPatch, unread: None, url: str
) -> None:
    usage = shutil.disk_usage("/")._replace(free=LITTLE + len(HALF) - 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda path: usage)
    file = SimpleUploadedFile("план.pdf", HALF)
    client = as_("coordinator")
    client.handler.enforce_csrf_checks = True
    refused = client.post(url.format(item=item.pk), {"file": file})
    assert refused.status_code == 422
    assert "little_room" in refused.content.decode()
