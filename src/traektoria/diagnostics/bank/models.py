"""The bank of items with their versions and pictures."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.figures import in_tens
from traektoria.core.kept_columns import KeptText
from traektoria.core.text import search_key
from traektoria.diagnostics.items.digest import likeness
from traektoria.diagnostics.items.enums import CompetenceBlock, ItemKind, Level
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
    """What an item asks (``diagnostics.items.content.Content`` as JSON). Never edited: a changed one is a new version.

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
