"""Issuing documents: what a person takes away on paper is in the register, with a code.

Taking a paper is reading: its row goes through the journal, so that nobody waits for another writer to print.
"""

from dataclasses import dataclass, replace

from django.db import models
from django.urls import reverse

from traektoria.core import audit, journal
from traektoria.documents.card_contents import card_of
from traektoria.documents.codes import code_of
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import PaperKind
from traektoria.documents.queries import ISSUED, ROUTE_CARD, is_outdated
from traektoria.engines import cards, papers
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.zones import in_time_of
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.routes.models import LearningRoute
from traektoria.routes.route.access_log import log_opened


@dataclass(frozen=True)
class IssuedCard:
    """A card, its paper ready to be printed, and its row in the register; None of a draft."""

    card: cards.RouteCard
    paper: papers.Paper
    document: IssuedDocument | None


def issue_route_card(*, route: LearningRoute, by: Actor, site: str) -> IssuedCard:
    """The card of the version in force, registered under a code; the same content keeps its code. What is not agreed
    is printed as a draft («ПРОЕКТ»), without a code, and stands in no register.

    ``site`` is the address of the installation («https://centre.example») for the line «check at». Side effects: a row
    of the register for a new content, an audit event for what was not issued last, an access record each time.
    Permission is the caller's fetch. Raises ``PaperTooLong``.
    """
    with in_time_of(route.centre):
        card = card_of(route)
    log_opened(by=by, purpose=Purpose.CARD, kind=ROUTE_CARD, route=route)
    paper = cards.paper_of(card)
    if card.is_draft:
        return IssuedCard(card, paper, None)
    document = _registered(route, route.centre, ROUTE_CARD, paper, card.version, by)
    return IssuedCard(card, _verified(paper, site, document), document)


def issue_paper(*, kind: PaperKind, fact: models.Model, by: Actor, site: str) -> papers.Paper:
    """The official paper of ``fact`` as it is now, registered under a code; the same content keeps its code.

    A draft («ПРОЕКТ») is printed without a code and stands in no register. Side effects: a row of the register and an
    audit event for a new content, an access record where the kind keeps one. Permission is the caller's fetch.
    Raises ``PaperTooLong``.
    """
    with in_time_of(kind.centre(fact)):
        paper = kind.paper(fact)
    kind.opened(fact, by)
    if paper.draft:
        return paper
    document = _registered(fact, kind.centre(fact), kind.slug, paper, kind.version(fact), by)
    return _verified(paper, site, document)


def _verified(paper: papers.Paper, site: str, document: IssuedDocument) -> papers.Paper:
    """With the code and the address by which it is verified."""
    url = site + reverse("documents:verification_result", kwargs={"code": document.code})
    return replace(paper, verification_code=document.code, verify_url=url)


def _registered(
    fact: models.Model, centre: TutorCentre, kind: str, paper: papers.Paper, version: int, by: Actor
) -> IssuedDocument:
    """What is too long to be printed is issued to nobody."""
    papers.check_budget(paper)
    digest = papers.content_digest(paper)
    key = {"kind": kind, "object_id": fact.pk, "content_sha256": digest}
    known = IssuedDocument.objects.filter(**key).first()
    if known and not is_outdated(known):
        return known
    code = code_of(centre.pk, kind, fact.pk, digest)
    new = IssuedDocument(
        **key, centre=centre, version=version, code=code, issued_by_id=by.account_id,
        issuer=f"{centre.name}, {centre.municipality.name}",
    )  # fmt: skip
    facts = {"kind": kind, "code": code, "version": version}
    event = audit.unwritten(ISSUED, fact, by=by, centre_id=centre.pk, **facts)
    journal.write(*([event] if known else [new, event]))
    return known or new
