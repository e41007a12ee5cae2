"""What a teacher has put off: an offer that stays away for one wish."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.models import Hypothesis
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem


class PutOff(models.Model):
    """«Не сейчас»: ``offer`` («event12», «slot7», «person5», «material9») is not offered for this item of the route,
    or for this confirmed topic, until the teacher takes it back. Read by nobody else."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="+")
    item = models.ForeignKey(RouteItem, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    topic = models.ForeignKey(Hypothesis, on_delete=models.CASCADE, null=True, blank=True, related_name="+")
    offer = models.CharField(max_length=40)
    title = models.CharField(_("title of the offer"), max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("offer that was put off")
        constraints = [
            models.CheckConstraint(
                condition=Q(item__isnull=False, topic__isnull=True) | Q(item__isnull=True, topic__isnull=False),
                name="put_off_for_one_wish",
            ),
            models.UniqueConstraint(
                fields=["person", "item", "offer"], condition=Q(item__isnull=False), name="put_off_once_for_an_item"
            ),
            models.UniqueConstraint(
                fields=["person", "topic", "offer"], condition=Q(topic__isnull=False), name="put_off_once_for_a_topic"
            ),
        ]
        ordering = ["-at", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def wish(self) -> str:
        return f"item{self.item_id}" if self.item_id else f"topic{self.topic_id}"
