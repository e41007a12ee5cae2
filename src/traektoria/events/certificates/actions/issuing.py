"""Certificates are given out: to all who earned one, to who is named; each once."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Invalid
from traektoria.engines.certificates import DESIGN, days_in_words
from traektoria.events.certificates import letters
from traektoria.events.certificates.enums import NAMED
from traektoria.events.certificates.keys import keep_key
from traektoria.events.certificates.keywords import new_code, new_word
from traektoria.events.certificates.models import Certificate, CertificateBackground
from traektoria.events.certificates.permissions import check_issue
from traektoria.events.certificates.policies import Signed, check_ready, check_signed
from traektoria.events.certificates.queries.earners import Earned, earning_of, named
from traektoria.events.event.locks import locked_event
from traektoria.events.event.models import Event
from traektoria.events.event.time_and_place import place, zone_of
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor


@transaction.atomic
def issue_certificates(
    *, event: Event, signed: Signed, site: str, by: Actor, background: CertificateBackground | None = None
) -> list[Certificate]:
    """To all who came, as often as the regulation asks, and to who led; who has one gets no second. Pressed again it
    does nothing. Side effects: numbers, audit, one message a person. Raises ``Refused``, ``Conflict``, ``Invalid``."""
    return _issue(event, lambda row: earning_of(row).fresh, signed, site, by, background)


@transaction.atomic
def issue_named(
    *,
    event: Event,
    people: Sequence[int],
    kind: str,
    signed: Signed,
    site: str,
    by: Actor,
    background: CertificateBackground | None = None,
) -> list[Certificate]:
    """For a talk or for organising, to who is named. Who has one for the same gets no second."""
    if kind not in NAMED:
        raise Invalid(_("Say for what: a talk or organising."), code="kind")
    if not people:
        raise Invalid(_("Name at least one person."), code="nobody")
    return _issue(event, lambda row: named(row, people, kind), signed, site, by, background)


def _issue(
    event: Event,
    earned: Callable[[Event], Iterable[Earned]],
    signed: Signed,
    site: str,
    by: Actor,
    background: CertificateBackground | None,
) -> list[Certificate]:
    row = locked_event(event.pk)
    check_issue(by, row)
    check_ready(row)
    check_signed(signed)
    check_background(background, row)
    found = list(earned(row))
    if not found:
        return []
    year, number = next_number(row)
    made = [
        filled(row, one, signed, site, background, number=number + place, year=year, by=by)
        for place, one in enumerate(found)
    ]
    Certificate.objects.bulk_create(made, batch_size=200)
    keep_key()
    audit.record("certificate.issue", row, by=by, number=len(made))
    letters.tell(made)
    return made


def check_background(background: CertificateBackground | None, event: Event) -> None:
    if background is None:
        return
    offered = CertificateBackground.objects.filter(pk=background.pk, centre=event.centre_id, retired_at=None)
    if not offered.exists():
        raise Invalid(_("This background is not offered any more: choose another one."), code="background")


def next_number(event: Event) -> tuple[int, int]:
    """Year and number within the centre; the centre is locked, so that two issues get two numbers."""
    TutorCentre.objects.select_for_update(of=("self",), no_key=True).get(pk=event.centre_id)
    year = today_of(event).year
    last = Certificate.objects.filter(centre=event.centre_id, year=year).aggregate(last=Max("number"))["last"]
    return year, (last or 0) + 1


def today_of(event: Event) -> date:
    return timezone.localdate(timezone=zone_of(event))


def filled(
    event: Event,
    one: Earned,
    signed: Signed,
    site: str,
    background: CertificateBackground | None,
    *,
    by: Actor,
    **fields: Any,
) -> Certificate:
    """An issue with its own copy of all words, not saved yet."""
    centre = event.centre
    with translation.override("ru"):
        row = Certificate(
            centre=centre, event=event, person_id=one.person, kind=one.kind, issuer=centre.full_name or centre.name,
            town=centre.municipality.name, name=one.name, short_name=one.short_name, event_kind=event.kind_name,
            title=event.title, days=days_in_words(one.days), place=place(event), minutes=one.minutes,
            signed_post=signed.post.strip(), signed_name=signed.name.strip(), issued_on=today_of(event),
            code=new_code(), word=new_word(), site=site, design=DESIGN, background=background,
            issued_by_id=by.person_id, **fields,
        )  # fmt: skip
        row.content_sha256 = row.digest()
    return row
