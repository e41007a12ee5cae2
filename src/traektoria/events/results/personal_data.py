"""What results keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.results.models import ContestResult


def results_of_person(person_id: int) -> dict[str, Any]:
    rows = ContestResult.objects.filter(person=person_id).order_by("pk")
    return {
        "contest_results": list(rows.values("title", "level", "place", "words", "day", "file_name", "at")),
        "contest_results_written": ContestResult.objects.filter(by=person_id).exclude(person=person_id).count(),
        "contest_scans_brought": ContestResult.objects.filter(file_by=person_id).exclude(person=person_id).count(),
    }
