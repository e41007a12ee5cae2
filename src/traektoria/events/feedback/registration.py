"""What feedback tells the rooms below: the daily desk, letters, work by the clock."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.events.feedback import letters as letters
from traektoria.events.feedback import waiting as waiting
from traektoria.events.feedback.tasks import ask_for_feedback

task_kinds.add(
    TaskKind(
        "events.feedback", 46, gettext_lazy("Asking who came how an event was"), ask_for_feedback,
        every=timedelta(minutes=30), past=timedelta(minutes=24),
    )
)  # fmt: skip
