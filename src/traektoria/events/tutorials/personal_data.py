"""What tutorials keep about a person, for the file that the person takes away."""

from typing import Any

from traektoria.events.tutorials.models import SelfWork, TutorialProgramme, TutorialVersion, WorkFile, WorkTurn


def tutorials_of(person_id: int) -> dict[str, Any]:
    """One's own self-work with everything that was handed in and said of it; what one wrote and read."""
    works = SelfWork.objects.filter(person=person_id).order_by("pk")
    turns = WorkTurn.objects.filter(work__person=person_id).order_by("pk")
    files = WorkFile.objects.filter(turn__work__person=person_id).order_by("pk")
    programmes = TutorialProgramme.objects.filter(author=person_id).order_by("pk").values("title", "created_at")
    read = WorkTurn.objects.filter(by=person_id).exclude(work__person=person_id)
    return {
        "self_works": list(works.values("task__event__title", "task__title", "state", "minutes", "accepted_at")),
        "self_work_files": list(files.values("turn__work__task__title", "file_name", "turn__at")),
        "self_work_turns": list(turns.values("work__task__title", "said", "text", "link", "at")),
        "tutorial_programmes": list(programmes),
        "tutorial_versions_released": TutorialVersion.objects.filter(by=person_id).count(),
        "self_works_read": list(read.order_by("pk").values("said", "text", "at")),
    }
