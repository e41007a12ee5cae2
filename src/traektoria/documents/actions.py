"""Issuing documents: what a person takes away on paper is in the register, with a code."""

from dataclasses import dataclass, replace

from django.db import IntegrityError, models, transaction
from django.urls import reverse

from traektoria.core import audit
from traektoria.documents.codes import new_code
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import PaperKind
from traektoria.documents.queries import card_of
from traektoria.engines import cards, papers
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.access import log_opened
from traektoria.routes.models import LearningRoute

ROUTE_CARD = "route_card"


@dataclass(frozen=True)
class IssuedCard:
    """A card ready to be printed and its row in the register."""

    card: cards.RouteCard
    document: IssuedDocument


@transaction.atomic
def issue_route_card(*, route: LearningRoute, by: Actor, site: str) -> IssuedCard:
    """The card of the route as it is now, registered under a code; the same content keeps its code.

    ``site`` is the address of the installation («https://centre.example») for the line «check at». Side effects: a row
    of the register and an audit event for a new content, an access record each time. Permission is the caller's fetch.
    """
    card = card_of(route)
    document = _registered(route, route.centre_id, ROUTE_CARD, cards.content_digest(card), route.version, by)
    log_opened(by=by, purpose=Purpose.CARD, kind=ROUTE_CARD, route=route)
    return IssuedCard(replace(card, verification_code=document.code, verify_url=_verify_url(site, document)), document)


@transaction.atomic
def issue_paper(*, kind: PaperKind, fact: models.Model, by: Actor, site: str) -> papers.Paper:
    """The official paper of ``fact`` as it is now, registered under a code; the same content keeps its code.

    A draft («ПРОЕКТ») is printed without a code and stands in no register. Side effects: a row of the register and an
    audit event for a new content. Permission is the caller's fetch.
    """
    paper = kind.paper(fact)
    if paper.draft:
        return paper
    digest = papers.content_digest(paper)
    document = _registered(fact, kind.centre_id(fact), kind.slug, digest, kind.version(fact), by)
    return replace(paper, verification_code=document.code, verify_url=_verify_url(site, document))


def _verify_url(site: str, document: IssuedDocument) -> str:
    return site + reverse("documents:verification_result", kwargs={"code": document.code})


def _registered(fact: models.Model, centre_id: int, kind: str, digest: str, version: int, by: Actor) -> IssuedDocument:
    key = {"kind": kind, "object_id": fact.pk, "content_sha256": digest}
    known = IssuedDocument.objects.filter(**key).first()
    if known:
        return known
    try:
        with transaction.atomic():
            document = IssuedDocument.objects.create(
                **key, centre_id=centre_id, version=version, code=new_code(), issued_by_id=by.account_id
            )
    except IntegrityError:  # asked for twice at once
        return IssuedDocument.objects.get(**key)
    audit.record("document.issued", fact, by=by, centre_id=centre_id, kind=kind, code=document.code, version=version)
    return document
