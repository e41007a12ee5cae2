"""What of tutors, applications and the commission the search finds, and what a person may begin here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.finding import narrowed
from traektoria.core.registries import SHOWN, Creation, Found, SearchSource, creations, search
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.permissions.applications import APPLICANTS
from traektoria.tutors.queries import applications, statuses

NAME = "person__search_name"


def find_tutors(actor: Actor, text: str) -> Iterable[Found]:
    """Tutors of the person's centres, those who are tutors no more among them. At most two queries."""
    for status in narrowed(statuses.visible_to(actor), text, NAME).order_by("person__sort_name", "-pk")[:SHOWN]:
        url = reverse("tutors:tutor_detail", args=[status.pk])
        yield Found(status.person.full_name, status.get_state_display(), url)


def find_applications(actor: Actor, text: str) -> Iterable[Found]:
    """Applications that the person may open. At most two queries."""
    rows = narrowed(applications.visible_to(actor).select_related("person"), text, NAME)
    for one in rows.order_by("person__sort_name", "-pk")[:SHOWN]:
        url = reverse("tutors:application_detail", args=[one.pk])
        yield Found(one.person.full_name, one.get_state_display(), url)


search.add(SearchSource("tutors.tutors", 15, gettext_lazy("Tutors"), find_tutors))
search.add(SearchSource("tutors.applications", 60, gettext_lazy("Applications"), find_applications))
creations.add(
    Creation(
        slug="tutors.application",
        order=80,
        label=gettext_lazy("Apply for the status of a tutor"),
        url_name="tutors:application_begin",
        icon="file-pen",
        visible=lambda actor: bool(actor.centre_ids) and bool(set(APPLICANTS) & actor.roles) and not actor.is_tutor,
    )
)
creations.add(
    Creation(
        slug="tutors.nomination",
        order=70,
        label=gettext_lazy("Nominate a colleague"),
        url_name="tutors:application_nominate",
        icon="user-round-plus",
        visible=lambda actor: bool({Role.COORDINATOR, Role.TUTOR, *HEADS} & actor.roles),
    )
)
