"""What registrations tell the rooms below: events, the daily desk, the calendar, the task, words of the audit."""

from datetime import timedelta

from django.utils.translation import gettext_lazy

from traektoria.core.registries import word_events
from traektoria.core.support import Farewell, farewells
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.events.enrolment import engagements as engagements
from traektoria.events.enrolment import event_user as event_user
from traektoria.events.enrolment import letters as letters
from traektoria.events.enrolment import video as video
from traektoria.events.enrolment import waiting as waiting
from traektoria.events.enrolment.farewell import settle_person
from traektoria.events.enrolment.item_link import of_item
from traektoria.events.enrolment.tasks import tend_events
from traektoria.routes.route.registries import ItemLink, item_links

item_links.add(ItemLink("events.enrolment", 20, of_item))
farewells.add(Farewell("events.enrolments", 41, settle_person))
task_kinds.add(
    TaskKind(
        "events", 42, gettext_lazy("Reminders of events"), tend_events, every=timedelta(minutes=30),
        past=timedelta(minutes=9),
    )
)  # fmt: skip
task_kinds.add(
    TaskKind("events.letters", 43, gettext_lazy("Letters to who takes part in an event"), letters.tell_by_the_worker)
)
_WORDS = {
    "enrolment.enrol": gettext_lazy("registered for an event"),
    "enrolment.wait": gettext_lazy("entered the waiting list of an event"),
    "enrolment.promote": gettext_lazy("got a place from the waiting list"),
    "enrolment.leave": gettext_lazy("gave the place at an event back"),
    "enrolment.remove": gettext_lazy("taken off the list of an event"),
    "access.enrolment": gettext_lazy("your registration for an event"),
}
word_events(_WORDS)
