"""Pages of the door and of certificates ask the database as often for three people as for one."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.events.certificate_factories import SIGNED, SITE, ended, issued
from tests.events.enrolment_factories import more_teachers, registered
from tests.events.event_factories import announced, begun, rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.certificates.actions.changing import revise_certificate
from traektoria.events.certificates.actions.issuing import issue_named
from traektoria.events.models import Certificate, Enrolment

pytestmark = pytest.mark.django_db
As = Callable[[str], Client]
MORE = ("second", "third")


@pytest.fixture(autouse=True)
def _rules(world: World) -> None:
    rules(world)
    more_teachers(world, *MORE)


def asked(client: Client, page: str) -> int:
    """Statements of a second look: the first one writes down whose names were read."""
    assert client.get(page).status_code == 200
    with CaptureQueriesContext(connection) as found:
        client.get(page)
    return len(found)


def test_pages_of_the_door(world: World, as_: As) -> None:
    event = announced(world)
    for name in ("teacher", *MORE):
        registered(world, event, name)
    date = begun(event, 1)
    pages = {
        f"/events/dates/{date.pk}/wall/": "tutor",
        f"/events/dates/{date.pk}/paper/": "tutor",
        f"/events/dates/{date.pk}/ticket/": "teacher",
        f"/events/{event.pk}/people/": "tutor",
        f"/events/{event.pk}/people/file/": "tutor",
        f"/events/{event.pk}/people/file/?columns=name&columns=hours&form=csv": "tutor",
    }
    three = {page: asked(as_(name), page) for page, name in pages.items()}
    Enrolment.objects.filter(person__in=[person(world, name).pk for name in MORE]).delete()
    one = {page: asked(as_(name), page) for page, name in pages.items()}
    assert {page: (one[page], three[page]) for page in pages if three[page] > one[page]} == {}


def test_pages_of_certificates(world: World, as_: As) -> None:
    event = ended(world, came=["teacher", *MORE])
    by, me = actor(world, "coordinator"), person(world, "teacher").pk
    named = {"event": event, "signed": SIGNED, "site": SITE, "by": by}
    [row] = issue_named(people=[me], kind="speaker", **named)
    pages = {
        f"/events/{event.pk}/certificates/": "coordinator",
        f"/events/certificates/{row.pk}/revise/": "coordinator",
        f"/events/certificates/{row.pk}/revoke/": "coordinator",
        "/events/certificates/mine/": "teacher",
        f"/events/check/{row.code}/": "teacher",
    }
    one = {page: asked(as_(name), page) for page, name in pages.items()}
    issued(world, event)
    more = issue_named(people=[person(world, name).pk for name in MORE], kind="speaker", **named)
    revise_certificate(row=more[0], reason="Имя", signed=SIGNED, site=SITE, by=by)
    [other] = issue_named(people=[me], kind="organiser", **named)
    assert Certificate.objects.filter(person=me).count() == 3
    three = {page: asked(as_(name), page) for page, name in pages.items()}
    assert {page: (one[page], three[page]) for page in pages if three[page] > one[page]} == {}
    assert other.number > row.number
