"""Certificates of an event, of a person, by what stands on the paper."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from traektoria.core.labels import text_of
from traektoria.core.paging import Page, cut, number_of, with_next
from traektoria.events.certificates.enums import CertificateKind, CertificateState
from traektoria.events.certificates.models import Certificate, CertificateBackground
from traektoria.events.event.models import Event, EventLeader
from traektoria.people.actor import Actor
from traektoria.people.enums import Role

LOOKS: dict[str, tuple[str, str]] = {
    CertificateState.VALID: ("success", "check"),
    CertificateState.REPLACED: ("neutral", "history"),
    CertificateState.REVOKED: ("danger", "x"),
}
"""Kind and icon of the chip of each state."""
WHOLE = ("event__centre__municipality", "centre__municipality", "person", "background", "replaces", "replaced_by")


def visible_to(actor: Actor) -> QuerySet[Certificate]:
    """One's own; those of events that one keeps: the coordinator, a tutor who leads the event or began it."""
    if actor.person_id is None:
        return Certificate.objects.none()
    led = EventLeader.objects.filter(person=actor.person_id).order_by().values("event")
    seen = Q(person=actor.person_id) | Q(centre__in=actor.centres(Role.COORDINATOR))
    kept = Q(event__author=actor.person_id) | Q(event__in=led)
    seen |= Q(centre__in=actor.centres(Role.TUTOR)) & kept
    return Certificate.objects.filter(seen).select_related(*WHOLE)


def mine(actor: Actor) -> list[Certificate]:
    """In force first, the newest first. One query."""
    rows = Certificate.objects.filter(person=actor.person_id or 0).exclude(state=CertificateState.REPLACED)
    return list(rows.select_related("centre", "replaces").order_by("-issued_on", "-pk"))


def page_of(event: Event, asked: object) -> Page[Certificate]:
    rows = Certificate.objects.filter(event=event.pk).select_related("replaces").order_by("name", "number")
    return cut(with_next(rows, number_of(asked)), asked)


def counts_of(event: Event) -> dict[str, int]:
    """By state. One query."""
    rows = Certificate.objects.filter(event=event.pk).order_by().values_list("state")
    return dict(rows.annotate(found=Count("pk")))


def valid_of(event: Event) -> QuerySet[Certificate]:
    """In force, in the order of the names."""
    rows = Certificate.objects.filter(event=event.pk, state=CertificateState.VALID)
    return rows.select_related("background", "replaces").order_by("name", "number")


def by_code(code: str) -> Certificate | None:
    return _open().filter(code=code).first()


def newest_of(row: Certificate) -> Certificate:
    """The last one of its line of revisions; itself where nothing replaced it."""
    rows = Certificate.objects.filter(event=row.event_id, person=row.person_id, kind=row.kind)
    return rows.order_by("-revision")[0] if row.state == CertificateState.REPLACED else row


def by_number(centre: int, year: int, number: int, word: str) -> Certificate | None:
    return _open().filter(centre=centre, year=year, number=number, word=word).first()


def _open() -> QuerySet[Certificate]:
    return Certificate.objects.select_related("centre__municipality", "replaces", "background")


def last_signed(centre_id: int) -> tuple[str, str]:
    """Who signed the newest certificate of the centre: post and name."""
    row = Certificate.objects.filter(centre=centre_id).order_by("-pk").values_list("signed_post", "signed_name").first()
    return row or ("", "")


def backgrounds_of(centre_id: int, *, offered: bool = False) -> list[CertificateBackground]:
    rows = CertificateBackground.objects.filter(centre=centre_id)
    return list(rows.filter(retired_at=None) if offered else rows)


def kind_label(row: Certificate) -> str:
    return text_of(CertificateKind, row.kind)


def line_of(row: Certificate) -> dict[str, Any]:
    """For a list: the row with its chip."""
    return {
        "row": row,
        "look": LOOKS[row.state],
        "state": text_of(CertificateState, row.state),
        "kind": kind_label(row),
    }
