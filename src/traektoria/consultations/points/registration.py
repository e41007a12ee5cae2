"""What consultation points tell the rooms below: words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events

_WORDS = {
    "point.make": gettext_lazy("consultation point made"),
    "point.change": gettext_lazy("consultation point changed"),
    "point.close": gettext_lazy("consultation point closed"),
    "point.reopen": gettext_lazy("consultation point open again"),
}
word_events(_WORDS)
