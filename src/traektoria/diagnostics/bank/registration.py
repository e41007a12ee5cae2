"""What the bank of items tells the rooms below: how its events read, what the search finds of it."""

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
from traektoria.core.word_search import asked, asks, first_found, fits
from traektoria.diagnostics.bank.queries import items_visible_to
from traektoria.people.actor import Actor


def find_items(actor: Actor, text: str) -> Iterable[Found]:
    """Items of the bank by their tags and the beginning of their text, those in the archive too. One query."""
    if not actor.is_coordinator:
        return
    words = asked(text, many=True)
    rows = items_visible_to(actor).filter(asks(words, "search_text")).order_by("archived", "-pk")
    for item in first_found(rows, lambda one: fits(words, one.search_text)):
        note = ", ".join(filter(None, [item.get_subject_display(), item.topic]))
        yield Found(item.name, note, reverse("diagnostics:bank_item", args=[item.pk]))


search.add(SearchSource("diagnostics.items", 40, gettext_lazy("Items of the bank"), find_items))
creations.add(
    Creation(
        slug="diagnostics.item",
        order=40,
        label=gettext_lazy("Write an item for the bank"),
        url_name="diagnostics:bank_new",
        icon="pencil",
        visible=lambda actor: actor.is_coordinator,
    )
)

_WORDS = {
    "bank.add": gettext_lazy("item added to the bank"),
    "bank.change": gettext_lazy("new version of the item"),
    "bank.tag": gettext_lazy("tags of the item changed"),
    "bank.archive": gettext_lazy("item put into the archive"),
    "bank.restore": gettext_lazy("item taken back from the archive"),
    "bank.copy": gettext_lazy("item copied"),
    "bank.describe_picture": gettext_lazy("picture of the item described"),
    "bank.import": gettext_lazy("items loaded from a file"),
    "bank.export": gettext_lazy("items saved into a file"),
}
word_events(_WORDS)
