"""Fixed words of a certificate: for what it is given, and whether it is in force."""

from django.db import models
from django.utils.translation import pgettext_lazy


class CertificateKind(models.TextChoices):
    PARTICIPANT = "participant", pgettext_lazy("certificate", "for taking part")
    LEADER = "leader", pgettext_lazy("certificate", "for leading")
    SPEAKER = "speaker", pgettext_lazy("certificate", "for a talk")
    ORGANISER = "organiser", pgettext_lazy("certificate", "for organising")


NAMED = (CertificateKind.SPEAKER, CertificateKind.ORGANISER)
"""Given to who is named; the others follow from who led and who came."""


class CertificateState(models.TextChoices):
    VALID = "valid", pgettext_lazy("certificate", "in force")
    REPLACED = "replaced", pgettext_lazy("certificate", "replaced")
    REVOKED = "revoked", pgettext_lazy("certificate", "revoked")
