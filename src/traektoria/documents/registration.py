"""What the room documents tells the rooms below (core registries)."""

from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import AuditWording, DocumentKind, audit_wording, documents
from traektoria.documents.papers.kinds import KINDS
from traektoria.routes.models import LearningRoute


def _card_url(route: Any, form: str) -> str:
    return reverse("documents:route_card", kwargs={"pk": route.pk, "form": form})


def _paper_url(kind: str, fact: Any, form: str) -> str:
    return reverse("documents:paper", kwargs={"kind": kind, "pk": fact.pk, "form": form})


documents.add(DocumentKind(slug="route_card", order=10, label=_("Route card"), fact=LearningRoute, url=_card_url))
for number, kind in enumerate(KINDS.values(), 20):
    documents.add(
        DocumentKind(slug=kind.slug, order=number, label=kind.label, fact=kind.fact, url=partial(_paper_url, kind.slug))
    )
audit_wording.add(AuditWording(slug="document.issued", order=10, sentence=_("The document was issued")))
audit_wording.add(AuditWording(slug="access.route_card", order=20, sentence=_("the card of your route")))
