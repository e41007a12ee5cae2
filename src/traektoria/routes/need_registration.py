"""How the events of the requests for a tutor read."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import AuditWording, audit_wording

_WORDS = {
    "need.ask": gettext_lazy("tutor asked for"),
    "need.refuse": gettext_lazy("a teacher said «no, thank you»"),
    "need.offer": gettext_lazy("tutor offered"),
    "need.reopen": gettext_lazy("a tutor is looked for again"),
    "need.meet": gettext_lazy("support has begun by the request"),
    "need.withdraw": gettext_lazy("request taken back"),
    "need.lapse": gettext_lazy("request lapsed: nobody wants it any longer"),
}
for number, (slug, sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(slug, 330 + number, sentence))
