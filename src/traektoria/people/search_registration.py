"""What of people the search finds, and what a person may begin here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import MOST_SHOWN, Creation, Found, SearchSource, creations, search
from traektoria.core.word_search import narrowed
from traektoria.people.actor import Actor
from traektoria.people.queries import listed_for, of_few, schools_listed_for, work_today


def find_people(actor: Actor, text: str) -> Iterable[Found]:
    """Whom the staff list of the actor holds; a head reads names there and has no cards."""
    if not (actor.is_coordinator or actor.is_head):
        return
    schools = schools_listed_for(actor)
    rows = narrowed(listed_for(actor, schools, few=of_few(schools)), text, "search_name").order_by("sort_name", "pk")
    people = list(rows.values_list("pk", "surname", "given", "patronymic")[:MOST_SHOWN])
    work = work_today([row[0] for row in people], schools) if people else {}
    for pk, *name in people:
        place = work[pk][0] if pk in work else None
        url = reverse("people:person_detail", args=[pk]) if actor.is_coordinator else reverse("people:person_list")
        yield Found(" ".join(filter(None, name)), f"{place.position}, {place.school}" if place else "", url)


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
