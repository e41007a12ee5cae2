"""What applications tell the rooms below: files, words of the audit, the search, what a person may begin."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.installation.sources import Attached, attached
from traektoria.core.registries import (
    MOST_SHOWN,
    Creation,
    Found,
    SearchSource,
    creations,
    search,
    word_events,
)
from traektoria.core.word_search import narrowed
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.applications import workflow  # noqa: F401  (the diagrams of docs/workflows)
from traektoria.tutors.applications.models import CriterionEvidence
from traektoria.tutors.applications.permissions import APPLICANTS
from traektoria.tutors.applications.queries import applications


def find_applications(actor: Actor, text: str) -> Iterable[Found]:
    """Applications that the person may open. At most two queries."""
    rows = narrowed(applications.visible_to(actor).select_related("person"), text, "person__search_name")
    for one in rows.order_by("person__sort_name", "-pk")[:MOST_SHOWN]:
        url = reverse("tutors:application_detail", args=[one.pk])
        yield Found(one.person.full_name, one.get_state_display(), url)


attached.add(Attached("tutors.evidence", 20, CriterionEvidence, "application__person", ("application__centre",)))
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
_WORDS = {
    "application.start": gettext_lazy("application begun"),
    "application.reuse": gettext_lazy("earlier answers taken as a start"),
    "application.nominate": gettext_lazy("nominated"),
    "application.consent": gettext_lazy("agreed to the nomination"),
    "application.attach": gettext_lazy("evidence attached"),
    "application.detach": gettext_lazy("evidence taken away"),
    "application.submit": gettext_lazy("application submitted"),
    "application.check": gettext_lazy("criteria checked"),
    "application.return": gettext_lazy("returned for completion"),
    "application.admit": gettext_lazy("admitted for consideration"),
    "application.grant": gettext_lazy("status granted"),
    "application.refuse": gettext_lazy("status refused"),
    "application.appeal": gettext_lazy("refusal appealed"),
    "application.withdraw": gettext_lazy("application withdrawn"),
    "access.tutors.application": gettext_lazy("your application for the status"),
    "access.tutors.evidence": gettext_lazy("a document of your application"),
}
word_events(_WORDS)
