"""What hours tell the rooms below: what may be begun, links on pages of routes, words of the audit."""

from django.utils.translation import gettext_lazy

from traektoria.consultations.hours import busy_source as busy_source
from traektoria.consultations.hours import engagements as engagements
from traektoria.consultations.hours import letters as letters
from traektoria.consultations.hours import load_source as load_source
from traektoria.consultations.hours.links import of_item, of_support
from traektoria.core.registries import Creation, creations, word_events
from traektoria.routes.route.registries import ItemLink, item_links
from traektoria.routes.supports.registries import SupportLink, support_links

item_links.add(ItemLink("consultations.hour", 20, of_item))
support_links.add(SupportLink("consultations.hour", 10, of_support))
creations.add(
    Creation(
        slug="consultations.hour",
        order=5,
        label=gettext_lazy("Write down a consultation"),
        url_name="consultations:hour_new",
        icon="notebook-pen",
        visible=lambda actor: actor.is_tutor,
    )
)
_WORDS = {
    "hour.record": gettext_lazy("hour written down"),
    "hour.correct": gettext_lazy("hour corrected"),
    "hour.withdraw": gettext_lazy("hour withdrawn"),
    "hour.feedback": gettext_lazy("the teacher said how it was"),
    "access.hour": gettext_lazy("your consultation"),
}
word_events(_WORDS)
