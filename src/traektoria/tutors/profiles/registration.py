"""What profiles tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events

_WORDS = {
    "tutor_profile.change": gettext_lazy("the profile was changed"),
    "tutor_profile.capacity": gettext_lazy("the capacity was changed"),
}
word_events(_WORDS)
