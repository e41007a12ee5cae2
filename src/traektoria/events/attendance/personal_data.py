"""What attendance keeps about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.attendance.models import Attendance, AttendanceMark


def attendance_of(person_id: int) -> dict[str, Any]:
    """Where one was, and how many marks of others one made."""
    rows = (
        Attendance.objects.filter(person=person_id)
        .order_by("date__start")
        .values("date__event__title", "date__start", "date__end", "said", "walk_in", "answer")
    )
    return {"attendance": list(rows), "marks_made": AttendanceMark.objects.filter(by=person_id).count()}
