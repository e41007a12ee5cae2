"""What categories tell the rooms below: what waits for the teacher's word, the word of the journal."""

from collections.abc import Iterator

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    DeskGroup,
    Wait,
    Waited,
    WaitingKind,
    WaitingSource,
    Words,
    word_events,
)
from traektoria.core.waiting import waits
from traektoria.people import addressees
from traektoria.people.enums import Role
from traektoria.routes.categories.models import TeacherCategory

PROPOSED = "routes.category"


def rows(categories: QuerySet[TeacherCategory]) -> Iterator[Wait]:
    """One query."""
    unanswered = categories.filter(agreed_at__isnull=True, declined_at__isnull=True)
    for pk, person, centre in unanswered.values_list("pk", "person", "centre"):
        yield Wait(PROPOSED, addressees.holder(Role.TEACHER, centre, person), pk, centre)


def proposed(row: Waited) -> Words:
    return Words(
        what=_("Say in what the tutor may help you first"),
        who=_("nobody sees it until you agree"),
        url=reverse("routes:category_list"),
        action=_("Read and decide"),
    )


waits(
    WaitingSource(
        slug="routes.categories",
        order=23,
        model=TeacherCategory,
        rows=rows,
        kinds=(WaitingKind(PROPOSED, 23, DeskGroup.SOON, proposed),),
    )
)
word_events({"category.answer": gettext_lazy("a proposed category was answered")})
