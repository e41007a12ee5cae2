"""What a visitor of an open lesson saw."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.events.event.models import Event
from traektoria.people.models import Person


class LessonObservation(models.Model):
    """Of one visitor of one event. ``marks``: what was looked at → how it was seen, by the regulation of the event.
    Read by who gave the lesson, who writes it, and the coordinator; how often each thing was seen also by the tutor of
    a route for which who gave the lesson counts it."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    marks = KeptJSON(_("marks"), shape=dict[str, str], default=dict)
    takes = KeptText(_("what I take for my lessons"), blank=True)
    asks = KeptText(_("a question or a piece of advice"), blank=True)
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("observation of a lesson")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="observation_once_an_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.event)
