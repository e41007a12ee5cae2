"""What absences tell the rooms below: what may be begun, words of the audit, what waits, what takes time, letters."""

from django.utils.translation import gettext_lazy

from traektoria.consultations.absences import engagements as engagements
from traektoria.consultations.absences import errands as errands
from traektoria.consultations.absences import letters as letters
from traektoria.consultations.absences import waiting as waiting
from traektoria.core.registries import Creation, creations, word_events

creations.add(
    Creation(
        slug="consultations.absence",
        order=16,
        label=gettext_lazy("Write down an absence of a tutor"),
        url_name="consultations:absence_new",
        icon="calendar-off",
        visible=lambda actor: actor.is_tutor or actor.is_coordinator,
    )
)
_WORDS = {
    "absence.record": gettext_lazy("absence of a tutor written down"),
    "absence.end": gettext_lazy("absence of a tutor ended earlier"),
    "help_date.substitute": gettext_lazy("another tutor receives on a date of an Hour"),
}
word_events(_WORDS)
