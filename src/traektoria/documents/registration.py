"""What the room documents tells the rooms below (core registries)."""

from collections.abc import Iterator
from datetime import timedelta
from functools import partial
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from traektoria.core.installation.sources import RowCheck, row_checks
from traektoria.core.registries import DocumentKind, documents, word_events
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.documents import errands as errands
from traektoria.documents import search_registration as search_registration
from traektoria.documents.facts import offer_documents
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import KINDS
from traektoria.routes.models import LearningRoute


def _card_url(route: Any, form: str) -> str:
    return reverse("documents:route_card", kwargs={"pk": route.pk, "form": form})


def _paper_url(kind: str, fact: Any, form: str) -> str:
    return reverse("documents:paper", kwargs={"kind": kind, "pk": fact.pk, "form": form})


def without_a_fact() -> Iterator[tuple[str, str]]:
    """Issued documents whose fact is not in the database: their paper can't be made again."""
    for kind in documents:
        there = kind.fact._default_manager.values("pk")  # type: ignore[attr-defined]
        for document in IssuedDocument.objects.filter(kind=kind.slug).exclude(object_id__in=there).order_by("pk"):
            told = {"code": document.code, "kind": kind.label, "number": document.object_id}
            yield (
                gettext("Issued document %(code)s (%(kind)s): the fact %(number)s is not in the database.") % told,
                gettext("Its code is verified as before. To have the fact back, restore a backup that holds it."),
            )


task_kinds.add(
    TaskKind(
        slug="documents.facts",
        order=62,
        label=_("Registered papers for plans"),
        work=offer_documents,
        every=timedelta(days=1),
        past=timedelta(hours=22, minutes=30),
    )
)
row_checks.add(RowCheck("documents.facts", 10, without_a_fact))
documents.add(DocumentKind(slug="route_card", order=10, label=_("Route card"), fact=LearningRoute, url=_card_url))
for number, kind in enumerate(KINDS.values(), 20):
    documents.add(
        DocumentKind(
            slug=kind.slug,
            order=number,
            label=kind.label,
            fact=kind.fact,
            url=partial(_paper_url, kind.slug),
            fits=kind.fits,
        )
    )
word_events({"document.issued": _("The document was issued"), "access.route_card": _("the card of your route")})
