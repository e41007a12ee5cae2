"""What a support opens: its teacher's, in its centre and its subject, while it goes on with the consent of both."""

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone

from tests.diagnostics.campaign_factories import (
    make_campaign,
    make_instrument,
    make_item,
    make_participant,
    make_sitting,
)
from tests.diagnostics.factories import make_hypothesis
from tests.diagnostics.protocol_factories import make_form, make_protocol
from tests.routes.support_factories import make_support
from tests.world import World
from traektoria.core.errors import Refused
from traektoria.diagnostics.findings.queries.findings import sittings_open_to
from traektoria.diagnostics.models import Protocol
from traektoria.diagnostics.problem_field.actions.hypotheses import add_by_hand
from traektoria.diagnostics.problem_field.queries.hypotheses import field_of, visible_to
from traektoria.diagnostics.protocols.queries import protocols_visible_to
from traektoria.people.actor import Actor, actor_of
from traektoria.people.models import Person, RoleAssignment
from traektoria.routes.models import TutorSupport

pytestmark = pytest.mark.django_db
PLACES = ("own math", "own russian", "foreign math", "foreign russian")
OWN_MATH = {"own math", "own "}
ALL_OWN = {"own math", "own russian", "own "}


@pytest.fixture
def tutor(world: World) -> Actor:
    return actor_of(world.accounts["tutor"])


def _person(world: World, name: str) -> Person:
    person = world.accounts[name].person
    assert person is not None
    return person


@pytest.fixture
def shelf(world: World) -> Callable[[Actor], dict[str, set[str]]]:
    """One of everything about the teacher in each centre and subject; what an actor sees of it."""
    teacher, names = _person(world, "teacher"), {}
    for place in (*PLACES, "own ", "foreign "):
        centre_name, subject = place.split(" ")
        centre = world.own if centre_name == "own" else world.foreign
        if subject:
            names[make_hypothesis(centre, teacher, subject=subject)] = place
        version = make_instrument(centre, [make_item(centre)], subject=subject)
        names[make_sitting(make_participant(make_campaign(centre, [version]), teacher))] = place
        form = make_form(centre)
        form.instrument.subject = subject
        form.instrument.save()
        names[make_protocol(form, teacher, _person(world, "other_tutor"), shared=True)] = place

    def seen(actor: Actor) -> dict[str, set[str]]:
        rows = {
            "field": visible_to(actor),
            "sittings": sittings_open_to(actor),
            "protocols": protocols_visible_to(actor),
        }
        return {kind: {names[row] for row in found} for kind, found in rows.items()}

    return seen


def _make(world: World, **fields: Any) -> TutorSupport:
    return make_support(world.own, _person(world, "tutor"), _person(world, "teacher"), **fields)


def test_a_support_opens_its_subject_in_its_centre(world: World, shelf: Any, tutor: Actor) -> None:
    _make(world, subject="math")
    assert shelf(tutor) == {"field": {"own math"}, "sittings": OWN_MATH, "protocols": OWN_MATH}
    assert shelf(actor_of(world.accounts["teacher"]))["field"] == set(PLACES)


def test_a_support_of_primary_school_opens_all_subjects_of_its_centre(world: World, shelf: Any, tutor: Actor) -> None:
    _make(world, subject="primary")
    assert shelf(tutor) == {"field": ALL_OWN - {"own "}, "sittings": ALL_OWN, "protocols": ALL_OWN}


def test_two_supports_open_what_each_opens(world: World, shelf: Any, tutor: Actor) -> None:
    _make(world, subject="math")
    _make(world, subject="russian")
    assert shelf(tutor)["field"] == {"own math", "own russian"}


def _declined(support: TutorSupport) -> None:
    support.members.update(consented_at=None, declined_at=timezone.now())


def _without_role(support: TutorSupport) -> None:
    RoleAssignment.objects.filter(person=support.tutor_id).delete()


@pytest.mark.parametrize(
    "close",
    [
        _declined,
        _without_role,
        lambda support: support.members.update(consented_at=None),
        lambda support: TutorSupport.objects.update(state="ended"),
        lambda support: TutorSupport.objects.update(state="proposed"),
        lambda support: TutorSupport.objects.update(tutor_consented_at=None),
        lambda support: TutorSupport.objects.update(tutor=support.members.get().person_id),
    ],
)
def test_nothing_is_open_without_the_consent_of_both(world: World, shelf: Any, close: Any) -> None:
    close(_make(world, subject="math"))
    actor = actor_of(world.accounts["tutor"])
    assert shelf(actor) == {"field": set(), "sittings": set(), "protocols": set()}


def test_a_tutor_adds_only_where_the_support_is(world: World, tutor: Actor) -> None:
    _make(world, subject="math")
    teacher = _person(world, "teacher")
    words: dict[str, Any] = {"person": teacher, "block": "methodical", "topic": "Вопросы", "by": tutor}
    for centre, subject in ((world.foreign, "math"), (world.own, "russian")):
        with pytest.raises(Refused):
            add_by_hand(centre=centre, subject=subject, **words)
    made = add_by_hand(centre=world.own, subject="math", **words)
    assert list(field_of(tutor, teacher.pk)) == [made]


def test_own_protocols_stay_readable_to_their_author(world: World, tutor: Actor) -> None:
    make_protocol(make_form(world.own), _person(world, "teacher"), _person(world, "tutor"))
    assert list(protocols_visible_to(tutor)) == list(Protocol.objects.all())
