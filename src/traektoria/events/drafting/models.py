"""Which requests of schools an event answers."""

from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.requests.models import ConsultationRequest
from traektoria.events.event.enums import EventState
from traektoria.events.event.models import Event

FORGOTTEN: Final = timedelta(days=14)
"""A draft that is older answers nothing: its requests are offered again."""


class AnsweredRequest(models.Model):
    """An event was made of the request of a school, among others: the request says so once it is announced."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="answered")
    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="events")

    class Meta:
        verbose_name = _("request that an event answers")
        constraints = [models.UniqueConstraint(fields=["event", "request"], name="request_once_in_an_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.request)


def taken(since: Any) -> models.QuerySet[AnsweredRequest]:
    """Requests that an event answers, or a draft that was begun ``since``."""
    rows = AnsweredRequest.objects.exclude(event__state=EventState.CANCELLED)
    return rows.exclude(event__state=EventState.DRAFT, event__created_at__lt=since)
