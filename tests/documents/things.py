"""Objects of the room for its tests."""

from traektoria.documents.codes import code_of
from traektoria.documents.models import IssuedDocument
from traektoria.routes.models import LearningRoute


def make_document(route: LearningRoute, content: str = "1" * 64, kind: str = "route_card") -> IssuedDocument:
    """A registered card of ``route``, or a paper of another ``kind``."""
    return IssuedDocument.objects.create(
        centre=route.centre,
        kind=kind,
        object_id=route.pk,
        version=1,
        content_sha256=content,
        code=code_of(content),
    )
