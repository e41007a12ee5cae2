"""What of results the search finds, and what a person may begin here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import Creation, Found, SearchSource, creations, search
from traektoria.core.word_search import asked, first_found, fits
from traektoria.people.actor import Actor
from traektoria.results.queries import visible_to


def find_datasets(actor: Actor, text: str) -> Iterable[Found]:
    """Works whose results the person reads, by the words of their title and of the file. One query."""
    if not (actor.is_coordinator or actor.is_head):
        return
    words = asked(text, many=True)
    rows = visible_to(actor).order_by("-year", "-pk")
    for dataset in first_found(rows, lambda one: fits(words, str(one), one.source_name)):
        yield Found(str(dataset), dataset.source_name, reverse("results:dataset_detail", args=[dataset.pk]))


search.add(SearchSource("results", 50, gettext_lazy("Results"), find_datasets))
creations.add(
    Creation(
        slug="results.dataset",
        order=20,
        label=gettext_lazy("Load results"),
        url_name="results:upload",
        icon="upload",
        visible=lambda actor: actor.is_coordinator,
    )
)
