"""Certificates given out, made anew and revoked at the same moment: each once, no number twice, one in force a line."""

from functools import partial

import pytest

from tests.acceptance.test_booking_races import at_once
from tests.events.certificate_factories import SIGNED, SITE, ended, issued
from tests.events.enrolment_factories import more_teachers
from tests.events.event_factories import rules
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.core.errors import DomainError
from traektoria.events.certificates.actions.changing import revise_certificate, revoke_certificate
from traektoria.events.certificates.actions.issuing import issue_named
from traektoria.events.models import Certificate
from traektoria.messaging.models import Message

pytestmark = pytest.mark.django_db(transaction=True)
PRESSES = 6


def test_a_hall_is_given_its_certificates_once(own_world: World) -> None:
    """By presses of two people, with talks between them."""
    rules(own_world)
    more_teachers(own_world, "second", "third")
    event = ended(own_world, came=["teacher", "second", "third"])
    speakers = [person(own_world, one).pk for one in ("second", "third")]
    talks = partial(
        issue_named, event=event, people=speakers, kind="speaker", signed=SIGNED, site=SITE,
        by=actor(own_world, "coordinator"),
    )  # fmt: skip
    at_once(*(partial(issued, own_world, event, by) for by in ("tutor", "coordinator") * (PRESSES // 2)), talks, talks)
    rows = Certificate.objects.filter(event=event)
    assert sorted(rows.values_list("kind", flat=True)) == ["leader", *["participant"] * 3, *["speaker"] * 2]
    assert sorted(rows.values_list("number", flat=True)) == [*range(1, 7)]
    assert Message.objects.filter(kind="events.certificate").count() == 6


def test_made_anew_and_revoked_at_once(own_world: World) -> None:
    """One revision, then what came later: revoked is the newest, or who pressed reads that it was replaced."""
    rules(own_world)
    event, by = ended(own_world), actor(own_world, "coordinator")
    first = next(row for row in issued(own_world, event) if row.kind == "participant")
    anew = partial(revise_certificate, row=first, reason="Имя", signed=SIGNED, site=SITE, by=by)
    away = partial(revoke_certificate, row=first, reason="Ошибка", by=by)
    got = at_once(*[anew, away] * (PRESSES // 2))
    made = [one for one in got if isinstance(one, Certificate) and one.revision == 2]
    refused = {one.code for one in got if isinstance(one, DomainError)}
    [newest] = made
    line = list(Certificate.objects.filter(event=event, kind="participant").order_by("revision"))
    assert [(row.revision, row.state) for row in line] == [(1, "replaced"), (2, "valid")]
    assert line[1].pk == newest.pk
    assert refused == {"replaced"}
    assert not [one for one in got if isinstance(one, Exception) and not isinstance(one, DomainError)]
