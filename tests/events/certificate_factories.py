"""Certificates, for tests of the room: a closed event where ``teacher`` came, signed by the coordinator."""

import io
from collections.abc import Sequence
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.events.enrolment_factories import registered
from tests.events.event_factories import announced, begun
from tests.routes.need_factories import person
from tests.routes.route_factories import actor
from tests.world import World
from traektoria.events.attendance.actions import Mark, mark_people
from traektoria.events.certificates.actions.backgrounds import add_background
from traektoria.events.certificates.actions.issuing import issue_certificates
from traektoria.events.certificates.policies import Signed
from traektoria.events.event.actions.steps import close_event
from traektoria.events.models import Certificate, CertificateBackground, Event

SIGNED = Signed("Координатор центра", "Кузнецова О. В.")
SITE = "https://centre.example.org"


def ended(world: World, came: Sequence[str] = ("teacher",), absent: Sequence[str] = (), **fields: Any) -> Event:
    """A closed event of 90 minutes, five hours ago: some are registered and came, some did not come."""
    event = announced(world, **fields)
    for name in (*came, *absent):
        registered(world, event, name)
    date = begun(event, 5)
    words = {**dict.fromkeys(came, "came"), **dict.fromkeys(absent, "missed")}
    marks = [Mark(uuid4(), person(world, name).pk, said, timezone.now()) for name, said in words.items()]
    mark_people(date=date, marks=marks, by=actor(world, "coordinator"))
    return close_event(event=event, by=actor(world, "coordinator"))


def issued(world: World, event: Event, by: str = "coordinator", **fields: Any) -> list[Certificate]:
    return issue_certificates(event=event, signed=SIGNED, site=SITE, by=actor(world, by), **fields)


def sheet_picture(color: str = "#e8f0ea", size: tuple[int, int] = (1240, 877), form: str = "PNG") -> SimpleUploadedFile:
    """A lying sheet, as a centre sends it."""
    target = io.BytesIO()
    Image.new("RGB", size, color).save(target, form)
    return SimpleUploadedFile(f"Фон.{form.lower()}", target.getvalue())


def background(world: World, by: str = "coordinator", **picture: Any) -> CertificateBackground:
    return add_background(centre=world.own, file=sheet_picture(**picture), name="Весенний", by=actor(world, by))
