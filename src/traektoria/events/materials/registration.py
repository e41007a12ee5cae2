"""What materials tell the rooms below: files that count for quotas."""

from collections.abc import Iterable

from traektoria.core.installation.sources import Attached, attached
from traektoria.events.event.models import EventMaterial


def _attached(**whose: int) -> Iterable[str]:
    columns = {"person_id": "by", "centre_id": "event__centre"}
    rows = EventMaterial.objects.filter(**{columns[name]: value for name, value in whose.items()}).exclude(file="")
    return rows.values_list("file", flat=True)


attached.add(Attached("events.materials", 33, _attached))
