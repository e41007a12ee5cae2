"""Who is of the centre no longer comes to no event there, and waits for none."""

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.events.enrolment.actions.enrolling import let_go
from traektoria.events.enrolment.enums import LIVE
from traektoria.events.enrolment.models import Enrolment
from traektoria.events.event.enums import EventState
from traektoria.events.event.policies import of_centre
from traektoria.people.actor import Actor


def settle_person(person_id: int, by: Actor | None) -> None:
    """After the person lost a role or left a school (registered as ``Farewell``)."""
    rows = Enrolment.objects.filter(person=person_id, state__in=LIVE, event__state=EventState.ANNOUNCED)
    now = timezone.now()
    for row in rows.select_related("event").order_by("event", "pk"):
        if not of_centre([person_id], row.event.centre_id):
            let_go(row, _("Is of the centre no longer."), by, now)
