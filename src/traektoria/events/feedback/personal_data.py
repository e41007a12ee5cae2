"""What feedback keeps about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.feedback.models import EventFeedback


def feedback_of(person_id: int) -> dict[str, Any]:
    rows = EventFeedback.objects.filter(person=person_id).exclude(answers={}).order_by("pk")
    return {"feedback": list(rows.values("event__title", "answers", "words"))}
