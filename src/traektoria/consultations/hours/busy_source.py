"""Hours that were given take their tutor's time: the slots ask for them here."""

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy

from traektoria.consultations.hours.models import ConsultationHour
from traektoria.consultations.hours.policies import BEFORE_ITS_END
from traektoria.consultations.slots.registries import BusyTimes, busy_times
from traektoria.core.prepared_statements import Given, Numbers
from traektoria.engines.intervals import Interval


def can_be_given(span: Interval) -> bool:
    """None of what is to come, for an hour is written down shortly before its end."""
    return span.start <= timezone.now() + BEFORE_ITS_END


def hours_given() -> QuerySet[ConsultationHour]:
    return ConsultationHour.objects.filter(
        tutor__in=Numbers("people"), withdrawn_at=None, start__lt=Given("until"), end__gt=Given("since")
    )


busy_times.add(
    BusyTimes(
        "consultations.hours", 10, hours_given, ("tutor_id", "start", "end"),
        gettext_lazy("a consultation that was given"), asked=can_be_given,
    )
)  # fmt: skip
