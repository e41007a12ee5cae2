"""What attendance tells the rooms below: the daily desk, words of the audit."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.events.attendance import event_user as event_user
from traektoria.events.attendance import video as video
from traektoria.events.attendance import waiting as waiting
from traektoria.events.attendance.tasks import forget_guests, hold_dates

task_kinds.add(
    TaskKind(
        "events.begun", 44, gettext_lazy("Dates to which somebody came before they began"), hold_dates,
        every=timedelta(minutes=30), past=timedelta(minutes=19),
    )
)  # fmt: skip
task_kinds.add(
    TaskKind(
        "events.guests", 45, gettext_lazy("Names of guests of events whose term is over"), forget_guests,
        every=timedelta(days=1), past=timedelta(hours=1, minutes=39),
    )
)  # fmt: skip

_WORDS = {
    "event.marks": gettext_lazy("marked who came"),
    "event.evidence": gettext_lazy("a teacher answered whether it counts for the route"),
}
word_events(_WORDS)
