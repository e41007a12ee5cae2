"""The announcement of an event that others hold."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptText
from traektoria.events.event.enums import Level
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class Announcement(models.Model):
    """Who holds it, for whom, and until when one can apply: after ``deadline`` it is shown among the past ones by
    itself. ``subjects`` are words between spaces; none: any."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="announcements")
    kind = models.CharField(max_length=40)
    kind_name = models.CharField(_("kind"), max_length=300)
    title = models.CharField(_("title"), max_length=200)
    source = models.CharField(_("who holds it"), max_length=200)
    link = models.URLField(_("address"), max_length=500, blank=True)
    level = models.CharField(_("level"), max_length=16, choices=Level.choices, default=Level.REGIONAL)
    subjects = models.CharField(_("subjects"), max_length=300, blank=True)
    for_whom = models.CharField(_("for whom"), max_length=300, blank=True)
    held = models.CharField(_("when it is held"), max_length=200, blank=True)
    about = KeptText(_("what it is about"), blank=True)
    deadline = models.DateField(_("apply until"))
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    withdrawn_at = models.DateTimeField(_("withdrawn"), null=True, blank=True)
    why = models.CharField(_("why withdrawn"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("announcement of an outer event")
        constraints = [
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True, why="") | (Q(withdrawn_at__isnull=False) & ~Q(why="")),
                name="withdrawn_announcement_says_why",
            )
        ]
        indexes = [models.Index(fields=["centre", "deadline"], name="announcement_by_centre")]
        ordering = ["deadline", "pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def subject_list(self) -> list[str]:
        return self.subjects.split()
