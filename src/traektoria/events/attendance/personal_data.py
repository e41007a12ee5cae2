"""What attendance keeps about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.attendance.models import Attendance, AttendanceMark


def attendance_of(person_id: int) -> dict[str, Any]:
    """Where one was and each mark that said so, and how many marks of others one made."""
    rows = (
        Attendance.objects.filter(person=person_id)
        .order_by("date__start")
        .values("date__event__title", "date__start", "date__end", "said", "walk_in", "answer")
    )
    about = AttendanceMark.objects.filter(person=person_id).order_by("at", "pk")
    marks = about.values("date__event__title", "date__start", "said", "source", "at", "aside")
    return {
        "attendance": list(rows),
        "marks": list(marks),
        "marks_made": AttendanceMark.objects.filter(by=person_id).count(),
    }
