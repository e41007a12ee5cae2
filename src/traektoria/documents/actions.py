"""Issuing documents: what a person takes away on paper is in the register, with a code."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, transaction
from django.urls import reverse

from traektoria.core import audit
from traektoria.documents.codes import new_code
from traektoria.documents.models import IssuedDocument
from traektoria.documents.queries import card_of
from traektoria.engines.cards import RouteCard, content_digest
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.access import log_opened
from traektoria.routes.models import LearningRoute

ROUTE_CARD = "route_card"


@dataclass(frozen=True)
class IssuedCard:
    """A card ready to be printed and its row in the register."""

    card: RouteCard
    document: IssuedDocument


@transaction.atomic
def issue_route_card(*, route: LearningRoute, by: Actor, site: str) -> IssuedCard:
    """The card of the route as it is now, registered under a code; the same content keeps its code.

    ``site`` is the address of the installation («https://centre.example») for the line «check at». Side effects: a row
    of the register and an audit event for a new content, an access record each time. Permission is the caller's fetch.
    """
    card = card_of(route)
    document = _registered(route, card, by)
    log_opened(by=by, purpose=Purpose.CARD, kind=ROUTE_CARD, route=route)
    verify_url = site + reverse("documents:verification_result", kwargs={"code": document.code})
    return IssuedCard(replace(card, verification_code=document.code, verify_url=verify_url), document)


def _registered(route: LearningRoute, card: RouteCard, by: Actor) -> IssuedDocument:
    key = {"kind": ROUTE_CARD, "object_id": route.pk, "content_sha256": content_digest(card)}
    known = IssuedDocument.objects.filter(**key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            document = IssuedDocument.objects.create(
                **key, centre_id=route.centre_id, version=route.version, code=new_code(), issued_by_id=by.account_id
            )
    except IntegrityError:  # asked for twice at once
        return IssuedDocument.objects.get(**key)
    audit.record("document.issued", route, by=by, code=document.code, version=route.version)
    return document
