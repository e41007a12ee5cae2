"""Interviews and observed lessons, written down by a tutor or a methodist by an instrument of the centre."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.protocols.enums import ProtocolState
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person


class Protocol(models.Model):
    """One interview or observed lesson of ``person``, kept by ``author``. Seen by the two of them, and by the tutor who
    supports the teacher; the teacher sees it from when it is shared, and says that it was read (``read_at``).

    ``answers`` are {id of the form item: answer in the shape of ``diagnostics.answers``}.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="protocols")
    version = models.ForeignKey(InstrumentVersion, on_delete=models.PROTECT, related_name="protocols")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="protocols")
    author = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="protocols_kept")
    held_on = models.DateField(_("held on"))
    about = models.CharField(_("lesson or occasion"), max_length=300, blank=True)
    answers = KeptJSON(_("answers"), default=dict, shape=dict[str, dict[str, Any]])
    conclusion = KeptText(_("conclusion"), blank=True)
    state = models.CharField(_("state"), max_length=8, choices=ProtocolState.choices, default=ProtocolState.DRAFT)
    shared_at = models.DateTimeField(_("shown to the teacher"), null=True, blank=True)
    read_at = models.DateTimeField(_("read"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("protocol")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ProtocolState.DRAFT, shared_at__isnull=True)
                | Q(state=ProtocolState.SHARED, shared_at__isnull=False),
                name="shared_protocol_is_dated",
            )
        ]
        ordering = ["-held_on", "-pk"]

    def __str__(self) -> str:
        return str(self.held_on)
