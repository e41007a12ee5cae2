"""Hours that were given take their tutor's time: the slots ask for them here."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.slots.registries import Busy, BusyTimes, busy_times
from traektoria.engines.intervals import Interval


def hours_given(tutors: Collection[int], span: Interval) -> list[Busy]:
    """One query."""
    rows = ConsultationHour.objects.filter(
        tutor__in=tutors, withdrawn_at=None, start__lt=span.end, end__gt=span.start
    ).values_list("tutor_id", "start", "end")
    words = _("a consultation that was given")
    return [Busy(tutor, Interval(start, end), words) for tutor, start, end in rows]


busy_times.add(BusyTimes("consultations.hours", 10, hours_given))
