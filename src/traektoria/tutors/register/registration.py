"""What the register of tutors tells the rooms below: the menu, the hourly task, the search, words of the audit."""

from collections.abc import Iterable
from datetime import timedelta

from django.urls import reverse
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    MOST_SHOWN,
    Found,
    MenuEntry,
    SearchSource,
    menu,
    search,
    word_events,
)
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.core.word_search import narrowed
from traektoria.people.actor import Actor
from traektoria.tutors.register.tasks import keep_statuses_by_the_clock
from traektoria.tutors.statuses import queries as statuses


def find_tutors(actor: Actor, text: str) -> Iterable[Found]:
    """Tutors of the person's centres, those who are tutors no more among them. At most two queries."""
    for status in narrowed(statuses.visible_to(actor), text, "person__search_name").order_by(
        "person__sort_name", "-pk"
    )[:MOST_SHOWN]:
        url = reverse("tutors:tutor_detail", args=[status.pk])
        yield Found(status.person.full_name, status.get_state_display(), url)


search.add(SearchSource("tutors.tutors", 15, gettext_lazy("Tutors"), find_tutors))
menu.add(
    MenuEntry(
        slug="tutors",
        order=25,
        label=gettext_lazy("Tutors"),
        url_name="tutors:home",
        icon="graduation-cap",
        visible=lambda actor: bool(actor.centre_ids),
        prefixes=(
            "/tutors/applications/",
            "/tutors/earlier/",
            "/tutors/me/",
            "/tutors/orders/",
            "/tutors/profile/",
            "/tutors/register/",
            "/tutors/tutor/",
        ),
    )
)
task_kinds.add(
    TaskKind(
        slug="tutors.hour",
        order=30,
        label=gettext_lazy("Terms of tutors: ending, reminding"),
        work=keep_statuses_by_the_clock,
        every=timedelta(hours=1),
        past=timedelta(minutes=5),
    )
)
_WORDS = {
    "access.tutors.register": gettext_lazy("the register of tutors as a file"),
}
word_events(_WORDS)
