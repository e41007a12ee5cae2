"""What who came says of an event: three answers and, if they like, a few words."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.events.event.models import Event
from traektoria.people.models import Person


class EventFeedback(models.Model):
    """Of one person about one event; empty ``answers``: asked, not answered. ``answers``: question → option, by the
    regulation of the event. Read by nobody with the name, and by others only as ``queries.told`` says."""

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    answers = KeptJSON(_("answers"), shape=dict[str, str], default=dict)
    words = KeptText(_("in one's own words"), blank=True)

    class Meta:
        verbose_name = _("feedback of an event")
        constraints = [models.UniqueConstraint(fields=["event", "person"], name="feedback_once_an_event")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.event)
