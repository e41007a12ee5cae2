"""The register of issued documents: what was made of which fact, and the code by which it is verified."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import TutorCentre


class IssuedDocument(models.Model):
    """One content of one fact. The same content is issued once, in DOCX and PDF, under one verification code.

    ``issuer``: the centre and its municipality as they were called then. No personal data: the verification page says
    what was issued by whom and when, not about whom.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="documents")
    kind = models.CharField(_("kind"), max_length=40)
    object_id = models.BigIntegerField()
    version = models.PositiveSmallIntegerField(_("version"))
    content_sha256 = models.CharField(max_length=64, editable=False)
    code = models.CharField(_("verification code"), max_length=20, unique=True)
    issuer = models.CharField(_("issued by"), max_length=600, blank=True)
    issued_at = models.DateTimeField(_("issued"), auto_now_add=True)
    issued_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["kind", "object_id", "content_sha256"], name="content_issued_once")
        ]
        ordering = ["-issued_at", "-pk"]

    def __str__(self) -> str:
        return self.code
