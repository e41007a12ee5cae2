"""Hours that were given take their tutor's time: the slots ask for them here."""

from collections.abc import Collection
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.hours.policies import BEFORE_ITS_END
from traektoria.consultations.slots.registries import Busy, BusyTimes, busy_times
from traektoria.core.prepared import Given, Numbers, prepared
from traektoria.engines.intervals import Interval


def hours_given(tutors: Collection[int], span: Interval) -> list[Busy]:
    """One query; none of what is to come, for an hour is written down shortly before its end."""
    if not tutors or span.start > timezone.now() + BEFORE_ITS_END:
        return []
    rows = _given().all(tutors=tutors, since=span.start, until=span.end)
    words = _("a consultation that was given")
    return [Busy(tutor, Interval(start, end), words) for tutor, start, end in rows]


@prepared
def _given() -> QuerySet[ConsultationHour, Any]:
    rows = ConsultationHour.objects.filter(
        tutor__in=Numbers("tutors"), withdrawn_at=None, start__lt=Given("until"), end__gt=Given("since")
    )
    return rows.order_by().values_list("tutor_id", "start", "end")


busy_times.add(BusyTimes("consultations.hours", 10, hours_given))
