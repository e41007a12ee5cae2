"""Protocols for tests, made straight in the database."""

from datetime import date
from typing import Any

from django.utils import timezone

from tests.diagnostics.campaign_factories import make_instrument, make_item
from traektoria.diagnostics.models import InstrumentVersion, Protocol
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


def make_form(centre: TutorCentre, kind: str = "observation", **fields: Any) -> InstrumentVersion:
    """A published form with a level and an open question."""
    items = [make_item(centre, "level", topic=""), make_item(centre, "open", topic="")]
    return make_instrument(centre, items, kind, subject="", **fields)


def make_protocol(
    version: InstrumentVersion, person: Person | None, author: Person | None, *, shared: bool = False, **fields: Any
) -> Protocol:
    """A protocol with «1» for the level."""
    level = version.items.order_by("position").first()
    assert level
    assert person
    assert author
    values = {
        "held_on": date(2026, 11, 12),
        "answers": {str(level.pk): {"step": 1}},
        "conclusion": "Всё идёт",
        **fields,
    }
    values |= {"state": "shared", "shared_at": timezone.now()} if shared else {}
    return Protocol.objects.create(
        centre=version.instrument.centre, version=version, person=person, author=author, **values
    )
