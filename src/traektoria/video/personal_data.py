"""What the room keeps about a person, for the file that the person takes away."""

from typing import Any

from django.utils.translation import gettext_lazy

from traektoria.core.registries import PersonalData, personal_data
from traektoria.video.models import VideoEntry


def entries_of(person_id: int) -> list[dict[str, Any]]:
    """Which meetings the person entered through us, and when."""
    rows = VideoEntry.objects.filter(person=person_id).order_by("pk")
    columns = rows.values_list("meeting__kind", "meeting__object_id", "entered_at", "last_at")
    return [
        {"meeting": f"{kind} {number}", "entered_at": first, "entered_again_at": last}
        for kind, number, first, last in columns
    ]


personal_data.add(PersonalData("video", 37, gettext_lazy("video meetings entered"), entries_of))
