"""Instruments: the bank of items with their versions, works and questionnaires made of them."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.figures import in_tens
from traektoria.core.kept import KeptText
from traektoria.core.text import search_key
from traektoria.diagnostics.enums import CompetenceBlock, InstrumentKind, ItemKind, Level, VersionState
from traektoria.diagnostics.likeness import likeness
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject

ASKED_FOR_SEARCH = 500


class BankItem(models.Model):
    """An item of a centre's bank: what it is about. What it asks is in its versions; ``current`` is the newest.

    Of the last analysis, with ``n`` people behind them: ``facility`` (mean share of points), ``rest`` (correlation with
    the rest of the work), ``difficulty`` and ``discrimination`` (2PL, logits). ``asked``: so many people have had it.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="bank_items")
    kind = models.CharField(_("what is asked for"), max_length=12, choices=ItemKind.choices)
    name = models.CharField(_("short name"), max_length=200)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices, blank=True)
    block = models.CharField(_("competence block"), max_length=16, choices=CompetenceBlock.choices, blank=True)
    topic = models.CharField(_("topic"), max_length=300, blank=True)
    level = models.CharField(_("level"), max_length=8, choices=Level.choices, blank=True)
    kes = models.CharField(_("КЭС"), max_length=100, blank=True)
    kt = models.CharField(_("КТ"), max_length=100, blank=True)
    source = models.CharField(_("source"), max_length=300, blank=True)
    labels = models.CharField(_("other tags"), max_length=500, blank=True)
    external_id = models.CharField(_("code in the source"), max_length=200, blank=True)
    archived = models.BooleanField(_("archived"), default=False)
    current = models.ForeignKey(
        "diagnostics.ItemVersion", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    search_text = KeptText(editable=False, blank=True)
    difficulty = models.FloatField(_("difficulty"), null=True, blank=True)
    discrimination = models.FloatField(_("discrimination"), null=True, blank=True)
    facility = models.FloatField(_("completion"), null=True, blank=True)
    rest = models.FloatField(_("correlation with the rest"), null=True, blank=True)
    n = models.PositiveIntegerField(_("people"), default=0)
    asked = models.PositiveIntegerField(_("asked, people"), default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("item of the bank")
        indexes = [
            models.Index(fields=["centre", "archived", "subject"], name="bank_by_subject"),
            models.Index(fields=["centre", "external_id"], name="bank_by_external_id"),
        ]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.search_text = self.search_words()
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = {*kwargs["update_fields"], "search_text"}
        super().save(*args, **kwargs)

    @property
    def asked_words(self) -> str:
        """Of how many people it was asked, in whole tens; "" for a few."""
        return in_tens(self.asked)

    def search_words(self, asked: str = "") -> str:
        """What the item is found by: its tags and the beginning of what it asks."""
        asked = asked or (str(self.current.content.get("text", "")) if self.current else "")
        tags = [self.name, self.topic, self.kes, self.kt, self.source, self.labels, self.external_id]
        return search_key(" ".join([*tags, asked[:ASKED_FOR_SEARCH]]))


class ItemVersion(models.Model):
    """What an item asks (``diagnostics.content.Content`` as JSON). Never edited: a changed one is a new version.

    ``digest`` is the likeness of the content: the same question loaded twice is one.
    """

    item = models.ForeignKey(BankItem, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version of it"))
    content = models.JSONField(_("content"))
    digest = models.CharField(max_length=64, editable=False, blank=True, db_index=True)
    max_score = models.DecimalField(_("most points"), max_digits=5, decimal_places=2, default=1)
    created_at = models.DateTimeField(auto_now_add=True)
    created_by_id = models.BigIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["item", "number"], name="item_version_once"),
            models.CheckConstraint(condition=Q(max_score__gte=0), name="item_score_not_negative"),
        ]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)

    def save(self, *args, **kwargs) -> None:  # type: ignore[no-untyped-def]
        self.digest = likeness(self.content)
        super().save(*args, **kwargs)


class ItemPicture(models.Model):
    """A picture of an item, named in its texts; ``alt`` is what it shows, for those who do not see it."""

    item = models.ForeignKey(BankItem, on_delete=models.CASCADE, related_name="pictures")
    name = models.CharField(_("name"), max_length=200)
    file = models.FileField(_("file"), upload_to="items/%Y/%m")
    media_type = models.CharField(max_length=50)
    sha256 = models.CharField(max_length=64, editable=False)
    alt = models.CharField(_("what the picture shows"), max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "name"], name="picture_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


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
    """A version of an instrument; a published one is never edited. ``settings`` is ``diagnostics.content.Settings``."""

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
