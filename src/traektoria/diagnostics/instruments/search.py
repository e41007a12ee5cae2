"""What of the bank and of diagnostics the search finds, and what a person may begin here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.finding import asked, asks, first_found, fits
from traektoria.core.registries import Creation, Found, SearchSource, creations, search
from traektoria.diagnostics.bank.queries import items_visible_to
from traektoria.diagnostics.instruments.queries.instruments import instruments_visible_to
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


def find_instruments(actor: Actor, text: str) -> Iterable[Found]:
    """Instruments by their title. One query."""
    if not actor.is_coordinator:
        return
    words = asked(text, many=True)
    rows = instruments_visible_to(actor).order_by("-pk")
    for one in first_found(rows, lambda one: fits(words, one.title)):
        yield Found(one.title, str(one.get_kind_display()), reverse("diagnostics:instrument_detail", args=[one.pk]))


search.add(SearchSource("diagnostics.items", 40, gettext_lazy("Items of the bank"), find_items))
search.add(SearchSource("diagnostics.instruments", 45, gettext_lazy("Instruments"), find_instruments))
for order, slug, label, url_name, icon in (
    (30, "diagnostics.campaign", gettext_lazy("Hold a diagnostic"), "diagnostics:campaign_new", "scan-search"),
    (35, "diagnostics.instrument", gettext_lazy("Make an instrument"), "diagnostics:instrument_new", "clipboard-list"),
    (40, "diagnostics.item", gettext_lazy("Write an item for the bank"), "diagnostics:bank_new", "pencil"),
):
    creations.add(Creation(slug, order, label, url_name, icon, lambda actor: actor.is_coordinator))
creations.add(
    Creation(
        slug="diagnostics.hypothesis",
        order=25,
        label=gettext_lazy("Name a difficulty of my own"),
        url_name="diagnostics:hypothesis_add",
        icon="target",
        visible=lambda actor: actor.is_teacher and actor.in_own_hand,
    )
)
