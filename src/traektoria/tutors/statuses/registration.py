"""What statuses tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.tutors.statuses import workflow  # noqa: F401  (the diagrams of docs/workflows)

_WORDS = {
    "tutor_status.grant": gettext_lazy("the status was granted"),
    "tutor_status.earlier": gettext_lazy("an earlier document was written down"),
    "tutor_status.suspend": gettext_lazy("the status was suspended"),
    "tutor_status.resume": gettext_lazy("the status is in force again"),
    "tutor_status.end": gettext_lazy("the status was ended"),
    "tutor_status.release": gettext_lazy("the status ended by an order of release"),
    "tutor_status.shorten": gettext_lazy("an order of release set the last day"),
    "tutor_status.lapse": gettext_lazy("the term was over"),
    "tutor_status.remind": gettext_lazy("a reminder of the end of the term was sent"),
    "people.role_prolonged": gettext_lazy("changed the term of a role"),
}
word_events(_WORDS)
