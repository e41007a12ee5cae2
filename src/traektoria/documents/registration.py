"""What the room documents tells the rooms below (core registries)."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from traektoria.core.registries import AuditWording, DocumentKind, audit_wording, documents
from traektoria.routes.models import LearningRoute


def _card_url(route: Any, form: str) -> str:
    return reverse("documents:route_card", kwargs={"pk": route.pk, "form": form})


documents.add(DocumentKind(slug="route_card", order=10, label=_("Route card"), fact=LearningRoute, url=_card_url))
audit_wording.add(AuditWording(slug="document.issued", order=10, sentence=_("The card was issued")))
audit_wording.add(AuditWording(slug="access.route_card", order=20, sentence=_("the card of your route")))
