"""What the room keeps about a person, for «My data»."""

from typing import Any

from traektoria.messaging.models import Message, Preference, QuietHours


def collect(person_id: int) -> dict[str, Any]:
    told = Message.objects.filter(person_id=person_id).values("kind", "made_at", "state", "done_at", "read_at")
    hours = QuietHours.objects.filter(person_id=person_id).values("begins", "ends").first()
    return {
        "messages": list(told),
        "wishes": dict(Preference.objects.filter(person_id=person_id).values_list("kind", "rhythm")),
        "quiet": hours and {name: f"{at:%H:%M}" for name, at in hours.items()},
    }
