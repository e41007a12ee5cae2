"""What every room stands on: the audit trail."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AuditEvent(models.Model):
    """What happened, written in the transaction of the action; outlives its objects, hence no foreign keys."""

    at = models.DateTimeField(_("when"), auto_now_add=True)
    event = models.CharField(_("event"), max_length=80)
    actor_id = models.BigIntegerField(_("account"), null=True)
    centre_id = models.BigIntegerField(_("centre"), null=True)
    object_kind = models.CharField(_("kind of object"), max_length=80)
    object_id = models.BigIntegerField(_("object"))
    facts = models.JSONField(_("facts"), default=dict)

    class Meta:
        indexes = [
            models.Index(fields=["object_kind", "object_id", "at"], name="audit_by_object"),
            models.Index(fields=["centre_id", "at"], name="audit_by_centre"),
        ]
        ordering = ["at", "pk"]

    def __str__(self) -> str:
        return f"{self.event} {self.object_kind} {self.object_id}"
