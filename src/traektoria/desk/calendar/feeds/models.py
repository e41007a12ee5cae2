"""Secret addresses from which calendar programs read."""

from django.db import models
from django.db.models import Q

from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Account


class CalendarFeed(models.Model):
    """An address of one's own calendar, or of the calendar of a ``centre``. Only the digest of its secret is kept: who
    reads this table reads no calendar. A new address takes the place of the old one; it goes with the account."""

    account = models.ForeignKey(Account, on_delete=models.CASCADE, related_name="calendar_feeds")
    centre = models.ForeignKey(TutorCentre, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    digest = models.CharField(max_length=64, unique=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account"], condition=Q(centre__isnull=True), name="one_own_feed"),
            models.UniqueConstraint(
                fields=["account", "centre"], condition=Q(centre__isnull=False), name="one_feed_of_a_centre"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.pk)
