"""What observations tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events

_WORDS = {
    "event.observe": gettext_lazy("a visitor filled in the form of observation"),
    "event.observe_anew": gettext_lazy("a visitor changed the form of observation"),
    "event.observations_counted": gettext_lazy("forms of visitors counted for the own route"),
    "access.observation": gettext_lazy("your form of a visitor of a lesson"),
}
word_events(_WORDS)
