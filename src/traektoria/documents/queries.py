"""What the register knows of a code, and of the paper that it stands on."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from traektoria.core.models import AuditEvent
from traektoria.documents.models import IssuedDocument
from traektoria.documents.papers.kinds import KINDS
from traektoria.organisations.queries import regulation_in_force
from traektoria.routes.models import LearningRoute


def by_code(code: str) -> IssuedDocument | None:
    """The registered document of a code typed from paper, with ``route_version`` of a card: one query."""
    rows = IssuedDocument.objects.select_related("centre__municipality").filter(code=code)
    return rows.annotate(route_version=Subquery(_in_force(OuterRef("object_id")).values("version")[:1])).first()


def _in_force(pk: Any) -> QuerySet[LearningRoute]:
    return LearningRoute.objects.filter(pk=pk, in_force_since__isnull=False)


def last_issued(document: IssuedDocument) -> str:
    """The code of what was issued last of the same fact: issuing known content once more is an event too."""
    events = AuditEvent.objects.filter(
        event=ISSUED, object_id=document.object_id, object_kind=FACTS[document.kind], facts__kind=document.kind
    )
    last = events.order_by("-at", "-pk").first()
    if last is not None:
        return str(last.facts["code"])
    same = IssuedDocument.objects.filter(kind=document.kind, object_id=document.object_id)
    return str(same.values_list("code", flat=True)[0])


def is_outdated(document: IssuedDocument) -> bool:
    """Whether another content of the same fact was issued later."""
    return last_issued(document) != document.code


def newer_version(document: IssuedDocument) -> int | None:
    """The number of the version in force, where it is newer than the paper's."""
    now = VERSIONS[document.kind](document) if document.kind in VERSIONS else None
    return now if now is not None and now > document.version else None


def _route_version(document: IssuedDocument) -> int | None:
    if "route_version" in vars(document):
        return vars(document)["route_version"]  # type: ignore[no-any-return]
    return _in_force(document.object_id).values_list("version", flat=True).first()


def _regulation_version(document: IssuedDocument) -> int | None:
    return regulation_in_force(document.centre_id).number


ISSUED = "document.issued"
ROUTE_CARD = "route_card"
FACTS = {
    ROUTE_CARD: LearningRoute._meta.label_lower,
    **{kind.slug: kind.fact._meta.label_lower for kind in KINDS.values()},
}
VERSIONS: Mapping[str, Callable[[IssuedDocument], int | None]] = {
    ROUTE_CARD: _route_version,
    "regulation": _regulation_version,
}
