"""What of people the search finds, and what a person may begin here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.finding import narrowed
from traektoria.core.registries import SHOWN, Creation, Found, SearchSource, creations, search
from traektoria.people.actor import Actor
from traektoria.people.queries import listed_for, with_work


def find_people(actor: Actor, text: str) -> Iterable[Found]:
    """Whom the staff list of the actor holds; a head reads names there and has no cards."""
    if not (actor.is_coordinator or actor.is_head):
        return
    rows = narrowed(listed_for(actor), text, "search_name").order_by("sort_name", "pk")
    for person in with_work(rows, actor)[:SHOWN]:
        work = next(iter(person.work), None)  # type: ignore[attr-defined]  # prefetched
        url = (
            reverse("people:person_detail", args=[person.pk]) if actor.is_coordinator else reverse("people:person_list")
        )
        yield Found(person.full_name, f"{work.position}, {work.school.name}" if work else "", url)


search.add(
    SearchSource("people", 10, gettext_lazy("People"), find_people, gettext_lazy("person teacher head employee"))
)
creations.add(
    Creation(
        slug="people.person",
        order=50,
        label=gettext_lazy("Add a person"),
        url_name="people:person_new",
        icon="user-plus",
        visible=lambda actor: actor.is_coordinator,
    )
)
creations.add(
    Creation(
        slug="people.centre",
        order=90,
        label=gettext_lazy("Found a centre"),
        url_name="people:centre_new",
        icon="landmark",
        visible=lambda actor: actor.is_administrator,
    )
)
