"""What observations keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.observing.models import LessonObservation


def observations_of(person_id: int) -> dict[str, Any]:
    """What the person wrote of lessons, and what was written of lessons that they gave."""
    facts = ("event__title", "marks", "takes", "asks", "at")
    mine = LessonObservation.objects.filter(person=person_id).order_by("pk").values(*facts)
    about = LessonObservation.objects.filter(event__leads__person=person_id).order_by("pk").values(*facts)
    return {"lessons_observed": list(mine), "own_lessons_observed": list(about)}
