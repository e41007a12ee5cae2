"""What registrations keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.enrolment.models import Enrolment, EventLine


def enrolments_of(person_id: int) -> dict[str, Any]:
    """One's own, how many others the person registered, what was decided of one's place."""
    rows = Enrolment.objects.filter(person=person_id).order_by("pk")
    mine = rows.values("event__kind_name", "event__title", "state", "since", "why", "created_at")
    made = (
        Enrolment.objects.filter(by=person_id).exclude(person=person_id).order_by("pk").values("event__title", "since")
    )
    lines = EventLine.objects.filter(person=person_id).order_by("pk").values("event__title", "said", "at")
    taken = EventLine.objects.filter(by=person_id).order_by("pk").values("event__title", "said", "at")
    return {
        "registered": list(mine), "registered_by_me": list(made), "waiting_lists": list(lines),
        "places_taken_for_others": list(taken),
    }  # fmt: skip
