"""What somebody reached at a contest, at an own event or at an outer one that was announced."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.events.announcements.models import Announcement
from traektoria.events.event.enums import Level
from traektoria.events.event.models import Event
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class Place(models.TextChoices):
    """As diplomas say it."""

    WINNER = "winner", pgettext_lazy("contest", "winner")
    PRIZE = "prize", pgettext_lazy("contest", "prize-winner")
    FINALIST = "finalist", pgettext_lazy("contest", "finalist")
    DIPLOMA = "diploma", pgettext_lazy("contest", "diploma")
    PARTICIPANT = "participant", pgettext_lazy("contest", "participant")


class ContestResult(models.Model):
    """Of one person at one contest, said once; title and level are copied, so that they stay as they were. The scan is
    what proves it: without one it is what the person says. It counts for who brought it (``file_by``), whoever wrote
    the result last (``by``)."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="contest_results")
    event = models.ForeignKey(Event, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    announcement = models.ForeignKey(Announcement, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    title = models.CharField(_("contest"), max_length=200)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices)
    place = models.CharField(_("result"), max_length=12, choices=Place.choices)
    words = models.CharField(_("nomination or work"), max_length=200, blank=True)
    day = models.DateField(_("day of the result"))
    file = models.FileField(_("scan of the diploma"), upload_to="events/%Y/%m", blank=True)
    file_name = models.CharField(max_length=200, blank=True)
    file_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("result of a contest")
        constraints = [
            models.CheckConstraint(
                condition=Q(event__isnull=True, announcement__isnull=False)
                | Q(event__isnull=False, announcement__isnull=True),
                name="result_is_of_an_own_or_an_outer_event",
            ),
            models.UniqueConstraint(fields=["event", "person"], name="result_once_an_event"),
            models.UniqueConstraint(fields=["announcement", "person"], name="result_once_an_announcement"),
        ]
        indexes = [models.Index(fields=["person", "day"], name="results_of_a_person")]
        ordering = ["-day", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_kept(self) -> bool:
        """Written last by who keeps the results of the contest, not by whose it is."""
        return self.by_id != self.person_id

    @property
    def contest(self) -> Event | Announcement:
        """A constraint says that it is one of the two."""
        found = self.event or self.announcement
        if found is None:
            raise LookupError(f"result {self.pk} is of no contest")
        return found
