"""What the door tells the rooms below: files for quotas, words of the audit."""

from collections.abc import Iterator

from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import AuditWording, audit_wording
from traektoria.events.door.models import SheetPhoto


def attached_names(*, person_id: int | None = None, centre_id: int | None = None) -> Iterator[str]:
    """Names of the photos that this person, or this centre, has attached. One query."""
    rows = SheetPhoto.objects.order_by("pk")
    rows = rows.filter(by=person_id) if person_id is not None else rows.filter(date__event__centre=centre_id)
    return rows.values_list("file", flat=True).iterator()


attached.add(Attached("events.sheets", 32, attached_names))
_WORDS = {
    "event.sheet_photo": gettext_lazy("photo of the signed sheet added"),
    "event.sheet_photo_off": gettext_lazy("photo of the signed sheet taken away"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 675 + number, sentence))
