"""Audits, for tests of the room: the own centre lives by the regulation of the point that audits schools."""

import io
from datetime import date
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from tests.routes.route_factories import actor
from tests.world import World
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.contents import content_of, preset
from traektoria.planning.audits.actions.filling import GivenVerdict, save_answers
from traektoria.planning.audits.actions.planning import Planned, plan_audit
from traektoria.planning.audits.actions.signing import Advice, sign_audit
from traektoria.planning.audits.content import criteria_of, sections_of
from traektoria.planning.models import Audit

KIND = "exam_cards"


def with_audits(centre: TutorCentre) -> None:
    """Audits of the regulation of `tbilisskaya`, whatever else the centre has."""
    rules = preset("tbilisskaya")
    for row in Regulation.objects.filter(centre=centre):
        content = dict(row.content)
        content["audits"] = content_of(rules)["audits"]
        approved = row.approved_at and timezone.now()  # an approved one is read once a process
        Regulation.objects.filter(pk=row.pk).update(content=content, approved_at=approved)


def planned(world: World, *, kind: str = KIND, day: date | None = None, auditor: str = "tutor", **more: Any) -> Audit:
    with_audits(world.own)
    person = world.accounts[auditor].person_id
    assert person
    said = Planned(kind, day or timezone.localdate(), [person])
    return plan_audit(centre=world.own, school=world.school, planned=said, by=actor(world, "coordinator"), **more)


def numbers(audit: Audit) -> list[int]:
    return list(criteria_of(sections_of(audit.version.sections)))


def filled(world: World, verdicts: str = "yes", *, by: str = "tutor", audit: Audit | None = None, **more: Any) -> Audit:
    """``verdicts`` of the first criteria; the last one is that of all the others."""
    row = audit or planned(world, **more)
    said = verdicts.split()
    given = [
        GivenVerdict(number, said[min(place, len(said) - 1)], note="Видели на месте", why="Нет таких классов")
        for place, number in enumerate(numbers(row))
    ]
    save_answers(audit=row, answers=given, by=actor(world, by))
    return Audit.objects.get(pk=row.pk)


def signed(world: World, verdicts: str = "no yes", *, partial: bool = False, **more: Any) -> Audit:
    row = filled(world, verdicts, **more)
    advice = {one: Advice("Завести карты", "Заместитель директора", timezone.localdate()) for one in numbers(row)}
    said: dict[str, Any] = {"conclusion": "Карты есть не везде", "reply_due": timezone.localdate(), "partial": partial}
    return sign_audit(audit=row, advice=advice, by=actor(world, "tutor"), **said)


def photo(color: str = "red", size: tuple[int, int] = (2400, 1200)) -> SimpleUploadedFile:
    """A shot with the place in it, as a telephone makes them."""
    made, picture = io.BytesIO(), Image.new("RGB", size, color)
    exif = Image.Exif()
    exif[0x0110] = "Телефон".encode().decode("latin-1")
    exif.get_ifd(0x8825)[1] = "N"
    exif.get_ifd(0x8825)[2] = (45.0, 2.0, 3.0)
    picture.save(made, "JPEG", exif=exif)
    return SimpleUploadedFile("Стенд.jpg", made.getvalue(), "image/jpeg")
