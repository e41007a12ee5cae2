"""Instruments: the bank of items with their versions, works and questionnaires made of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.diagnostics.bank.models import ItemVersion
from traektoria.diagnostics.instruments.enums import InstrumentKind, VersionState
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject


class Instrument(models.Model):
    """A control work, a questionnaire, a protocol of an interview, a form of observation."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="instruments")
    kind = models.CharField(_("kind"), max_length=14, choices=InstrumentKind.choices)
    title = models.CharField(_("title"), max_length=200)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices, blank=True)
    archived = models.BooleanField(_("archived"), default=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("instrument")
        indexes = [models.Index(fields=["centre", "kind"], name="instrument_by_kind")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.title


class InstrumentVersion(models.Model):
    """A version of an instrument; a published one is never edited. ``settings``: ``instruments.settings.Settings``."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version of it"))
    state = models.CharField(_("state"), max_length=10, choices=VersionState.choices, default=VersionState.DRAFT)
    settings = models.JSONField(_("settings"), default=dict)
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("published"), null=True, blank=True)

    class Meta:
        verbose_name = _("version of an instrument")
        constraints = [
            models.UniqueConstraint(fields=["instrument", "number"], name="instrument_version_once"),
            models.UniqueConstraint(
                fields=["instrument"], condition=Q(state=VersionState.DRAFT), name="one_draft_of_an_instrument"
            ),
            models.CheckConstraint(
                condition=Q(state=VersionState.PUBLISHED, published_at__isnull=False)
                | Q(state=VersionState.DRAFT, published_at__isnull=True),
                name="published_instrument_is_dated",
            ),
        ]
        ordering = ["-number"]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def centre_id(self) -> int:
        """The centre of the instrument, for the audit trail."""
        return self.instrument.centre_id

    @property
    def is_draft(self) -> bool:
        return self.state == VersionState.DRAFT


class FormItem(models.Model):
    """An item in its place in a form of an instrument: forms are «A» and «B», or «» where there is one."""

    version = models.ForeignKey(InstrumentVersion, on_delete=models.CASCADE, related_name="items")
    form = models.CharField(_("form"), max_length=1, blank=True)
    position = models.PositiveSmallIntegerField(_("number"))
    item_version = models.ForeignKey(ItemVersion, on_delete=models.PROTECT, related_name="uses")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "form", "item_version"], name="item_once_in_a_form"),
        ]
        ordering = ["form", "position", "pk"]

    def __str__(self) -> str:
        return str(self.position)
