"""Who is no tutor of a centre any more receives nobody there: their dates to come are dropped, those with others go on
without them."""

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.slots.actions.changing import leave_date
from traektoria.consultations.slots.locks import lock_people
from traektoria.consultations.slots.models import HelpDateTutor
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import Role
from traektoria.people.models import RoleAssignment


@transaction.atomic
def settle_receiver(person_id: int, by: Actor | None) -> None:
    """After the person lost a role, was suspended or left a school (registered as ``Farewell``). Dates by number, as
    everybody locks them."""
    today = in_force(timezone.localdate())
    held = RoleAssignment.objects.filter(today, person=person_id, role=Role.TUTOR, centre__isnull=False).values(
        "centre"
    )
    now = timezone.now()
    found = HelpDateTutor.objects.filter(~Q(date__centre__in=held), tutor=person_id, live=True, end__gt=now)
    rows = list(found.select_related("date").order_by("date_id"))
    on_them = HelpDateTutor.objects.filter(date__in=[row.date_id for row in rows])
    lock_people(set(on_them.values_list("tutor_id", flat=True)))
    for row in rows:
        leave_date(row.date, person_id, _("The tutor receives in the centre no longer."), by, now)
