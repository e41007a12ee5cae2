"""What of schools the search finds, and what a person may begin here."""

from collections.abc import Iterable
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import MOST_SHOWN, Creation, Found, SearchSource, creations, search
from traektoria.organisations.enums import Role
from traektoria.organisations.queries import schools_found


def find_schools(actor: Any, text: str) -> Iterable[Found]:
    """Schools that the coordinator keeps."""
    for school in schools_found(actor, text)[:MOST_SHOWN] if Role.COORDINATOR in actor.roles else ():
        yield Found(
            school.name, school.full_name or school.digits, reverse("organisations:school_edit", args=[school.pk])
        )


search.add(SearchSource("organisations.schools", 20, gettext_lazy("Schools"), find_schools))
creations.add(
    Creation(
        slug="organisations.school",
        order=60,
        label=gettext_lazy("Add a school"),
        url_name="organisations:school_new",
        icon="school",
        visible=lambda actor: Role.COORDINATOR in actor.roles,
    )
)
