"""Certificates of an event, of a person, by what stands on the paper."""

from typing import Any

from django.db.models import Count, Q, QuerySet

from traektoria.core.labels import text_of
from traektoria.core.paging import Page
from traektoria.core.prepared_statements import Given, prepared
from traektoria.events.certificates.enums import CertificateKind, CertificateState
from traektoria.events.certificates.models import Certificate, CertificateBackground
from traektoria.events.event.models import Event, EventLeader
from traektoria.people.actor import Actor
from traektoria.people.anybody import anybody, given_of
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
    return Certificate.objects.filter(seen)


def find_certificate(actor: Actor, pk: int) -> Certificate | None:
    """What the actor may read, with its event. One query."""
    found: Certificate | None = _visible(actor.roles).first(pk=pk, **given_of(actor))
    return found


@prepared
def _visible(roles: frozenset[Role]) -> QuerySet[Certificate, Any]:
    return visible_to(anybody(roles)).filter(pk=Given("pk")).select_related(*WHOLE)


def mine(actor: Actor) -> list[Certificate]:
    """In force first, the newest first. One query."""
    return _mine().all(me=actor.person_id or 0)


@prepared
def _mine() -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(person=Given("me")).exclude(state=CertificateState.REPLACED)
    return rows.select_related("replaces").order_by("-issued_on", "-pk")


def page_of(event: Event, asked: object) -> Page[Certificate]:
    return _of_event().page(asked, event=event.pk)


@prepared
def _of_event() -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(event=Given("event"))
    return rows.select_related("replaces").order_by("name", "number")


def counts_of(event: Event) -> dict[str, int]:
    """By state. One query."""
    return dict(_counts().all(event=event.pk))


@prepared
def _counts() -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(event=Given("event")).order_by().values("state")
    return rows.annotate(found=Count("pk")).values_list("state", "found")


def valid_of(event: Event) -> QuerySet[Certificate]:
    """In force, in the order of the names."""
    rows = Certificate.objects.filter(event=event.pk, state=CertificateState.VALID)
    return rows.select_related("background", "replaces").order_by("name", "number")


def by_code(code: str) -> Certificate | None:
    found: Certificate | None = _open("code").first(code=code)
    return found


def newest_of(row: Certificate) -> Certificate:
    """The last one of its line of revisions; itself where nothing replaced it."""
    rows = Certificate.objects.filter(event=row.event_id, person=row.person_id, kind=row.kind)
    return rows.order_by("-revision")[0] if row.state == CertificateState.REPLACED else row


def by_number(centre: int, year: int, number: int, word: str) -> Certificate | None:
    by = {"centre": centre, "year": year, "number": number, "word": word}
    found: Certificate | None = _open(*by).first(**by)
    return found


@prepared
def _open(*by: str) -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(**{name: Given(name) for name in by})
    return rows.select_related("centre__municipality", "replaces", "background").order_by("pk")


def last_signed(centre_id: int) -> tuple[str, str]:
    """Who signed the newest certificate of the centre: post and name."""
    return _signed().first(centre=centre_id) or ("", "")


@prepared
def _signed() -> QuerySet[Certificate, Any]:
    rows = Certificate.objects.filter(centre=Given("centre")).order_by("-pk")
    return rows.values_list("signed_post", "signed_name")


def backgrounds_of(centre_id: int, *, offered: bool = False) -> list[CertificateBackground]:
    return _backgrounds(offered).all(centre=centre_id)


@prepared
def _backgrounds(offered: bool) -> QuerySet[CertificateBackground, Any]:
    rows = CertificateBackground.objects.filter(centre=Given("centre"))
    return rows.filter(retired_at=None) if offered else rows


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
