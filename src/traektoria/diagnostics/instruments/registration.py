"""What instruments tell the rooms below: how their events read, what the search finds, what they tell the bank."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    Creation,
    Found,
    SearchSource,
    creations,
    search,
    word_events,
)
from traektoria.core.word_search import asked, first_found, fits
from traektoria.diagnostics.bank.registries import (
    Errands,
    PictureReaders,
    VersionFacts,
    errands,
    item_facts,
    picture_readers,
)
from traektoria.diagnostics.instruments import workflow  # noqa: F401  the workflow registers itself
from traektoria.diagnostics.instruments.errand import draft_errand
from traektoria.diagnostics.instruments.queries.instruments import (
    instruments_visible_to,
    pictures_of_protocols,
    uses_of,
)
from traektoria.people.actor import Actor


def find_instruments(actor: Actor, text: str) -> Iterable[Found]:
    """Instruments by their title. One query."""
    if not actor.is_coordinator:
        return
    words = asked(text, many=True)
    rows = instruments_visible_to(actor).order_by("-pk")
    for one in first_found(rows, lambda one: fits(words, one.title)):
        yield Found(one.title, str(one.get_kind_display()), reverse("diagnostics:instrument_detail", args=[one.pk]))


search.add(SearchSource("diagnostics.instruments", 45, gettext_lazy("Instruments"), find_instruments))
creations.add(
    Creation(
        slug="diagnostics.instrument",
        order=35,
        label=gettext_lazy("Make an instrument"),
        url_name="diagnostics:instrument_new",
        icon="clipboard-list",
        visible=lambda actor: actor.is_coordinator,
    )
)
picture_readers.add(PictureReaders("instruments", 10, pictures_of_protocols))
item_facts.add(VersionFacts("instruments", 10, lambda version: {"uses": uses_of(version.item)}))
errands.add(Errands("instruments", 10, draft_errand))
_WORDS = {
    "instrument.create": gettext_lazy("instrument made"),
    "instrument.change": gettext_lazy("title or subject of the instrument changed"),
    "instrument.archive": gettext_lazy("instrument put into the archive"),
    "instrument.restore": gettext_lazy("instrument taken out of the archive"),
    "instrument.new_version": gettext_lazy("new version of the instrument begun"),
    "instrument.discard_draft": gettext_lazy("draft of the instrument taken away"),
    "instrument.change_settings": gettext_lazy("settings of the instrument changed"),
    "instrument.add_items": gettext_lazy("items added to the instrument"),
    "instrument.remove_item": gettext_lazy("item taken out of the instrument"),
    "instrument.replace_item": gettext_lazy("item of the instrument swapped"),
    "instrument.assemble": gettext_lazy("forms A and B made by the plan"),
    "instrument_version.publish": gettext_lazy("version of the instrument published"),
}
word_events(_WORDS)
