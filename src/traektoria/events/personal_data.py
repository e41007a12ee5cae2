"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.events.attendance.personal_data import attendance_of
from traektoria.events.certificates.personal_data import certificates_of
from traektoria.events.enrolment.personal_data import enrolments_of
from traektoria.events.feedback.personal_data import feedback_of
from traektoria.events.models import Announcement, Event, EventDateChange, EventMaterial, SheetPhoto
from traektoria.events.observing.personal_data import observations_of
from traektoria.events.recommended.personal_data import put_off_of
from traektoria.events.results.personal_data import results_of_person
from traektoria.events.tutorials.personal_data import tutorials_of


def events_of(person_id: int) -> dict[str, Any]:
    """Events that the person leads or began, dates that they moved, materials that they added; where they come."""
    led = Event.objects.filter(leads__person=person_id) | Event.objects.filter(author=person_id)
    rows = led.distinct().order_by("pk").values("kind_name", "title", "state", "why", "created_at")
    changed = EventDateChange.objects.filter(by=person_id).order_by("pk").values("kind", "start", "reason", "at")
    materials = EventMaterial.objects.filter(by=person_id).order_by("pk").values("title", "link", "file_name", "at")
    photos = SheetPhoto.objects.filter(by=person_id).order_by("pk").values("date__event__title", "at")
    own = {
        "led": list(rows),
        "dates_changed": list(changed),
        "materials": list(materials),
        "sheet_photos": list(photos),
    }
    told = Announcement.objects.filter(author=person_id).order_by("pk").values("title", "created_at")
    came = {**enrolments_of(person_id), **attendance_of(person_id), **certificates_of(person_id)}
    after = {**feedback_of(person_id), **observations_of(person_id), **results_of_person(person_id)}
    return {**own, **came, **after, **tutorials_of(person_id), **put_off_of(person_id), "announced": list(told)}


personal_data.add(PersonalData("events", 37, gettext_lazy("events that you lead or take part in"), events_of))
