"""What requests for a tutor tell the rooms below: words of the audit, what a person may begin."""

from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, creations, word_events
from traektoria.people.enums import HEADS
from traektoria.routes.needs import workflow  # noqa: F401  (the diagrams of docs/workflows)

creations.add(
    Creation(
        slug="routes.need",
        order=15,
        label=gettext_lazy("Ask for a tutor"),
        url_name="routes:need_new",
        icon="life-buoy",
        visible=lambda actor: actor.is_teacher or bool(HEADS & actor.roles),
    )
)
_WORDS = {
    "need.ask": gettext_lazy("tutor asked for"),
    "need.refuse": gettext_lazy("a teacher said «no, thank you»"),
    "need.offer": gettext_lazy("tutor offered"),
    "need.reopen": gettext_lazy("a tutor is looked for again"),
    "need.meet": gettext_lazy("support has begun by the request"),
    "need.withdraw": gettext_lazy("request taken back"),
    "need.lapse": gettext_lazy("request lapsed: nobody wants it any longer"),
    "access.need": gettext_lazy("your request for a tutor"),
}
word_events(_WORDS)
