"""What recommendations keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.recommended.models import PutOff


def put_off_of(person_id: int) -> dict[str, Any]:
    rows = PutOff.objects.filter(person=person_id).order_by("pk")
    return {"put_off": list(rows.values("title", "item__task", "topic__topic", "at"))}
