"""What Hours of methodical help tell the rooms below: the daily task, what may be begun, words of the audit."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.consultations.requests.registries import Absentees, absentees
from traektoria.consultations.slots import engagements as engagements
from traektoria.consultations.slots import letters as letters
from traektoria.consultations.slots import load_source as load_source
from traektoria.consultations.slots import point_block as point_block
from traektoria.consultations.slots.farewell import settle_receiver
from traektoria.consultations.slots.queries.receivers import away_until
from traektoria.consultations.slots.tasks import open_windows_by_the_worker
from traektoria.core.registries import Creation, creations, word_events
from traektoria.core.support import Farewell, farewells
from traektoria.core.tasks.kinds import TaskKind, task_kinds

task_kinds.add(
    TaskKind(
        "consultations.slots", 40, gettext_lazy("Opening the booking of coming days"), open_windows_by_the_worker,
        every=timedelta(days=1), past=timedelta(minutes=20),
    )
)  # fmt: skip
absentees.add(Absentees("consultations.absences", 10, away_until))
farewells.add(Farewell("consultations.slots", 21, settle_receiver))
creations.add(
    Creation(
        slug="consultations.help",
        order=16,
        label=gettext_lazy("New Hour of methodical help"),
        url_name="consultations:help_new",
        icon="calendar-plus",
        visible=lambda actor: actor.is_tutor or actor.is_coordinator,
    )
)
_WORDS = {
    "help.make": gettext_lazy("Hour of methodical help made"),
    "help.end": gettext_lazy("Hour of methodical help ended"),
    "help_date.drop": gettext_lazy("date of an Hour dropped"),
    "help_date.restore": gettext_lazy("date of an Hour takes place after all"),
    "help_date.move": gettext_lazy("date of an Hour moved"),
    "help_date.edit": gettext_lazy("date of an Hour changed"),
    "help_date.leave": gettext_lazy("date of an Hour goes on without a tutor"),
}
word_events(_WORDS)
