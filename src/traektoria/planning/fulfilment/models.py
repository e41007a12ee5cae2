"""What was done of a plan: a deed closes an occurrence, with what shows it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptText
from traektoria.people.models import Person
from traektoria.planning.facts.registry import fact_kinds
from traektoria.planning.plans.models import ItemOccurrence, PlanItem


class Deed(models.Model):
    """Something that happened and counts for an occurrence, or for an ``item`` that has none (on request, constantly):
    a fact of another room (``fact_kind``, ``fact_id``) or what a person says with evidence. ``what`` and ``day`` are as
    they were when it was linked. The same fact may count for several occurrences. Taken back, it stays with its reason
    and counts no more."""

    occurrence = models.ForeignKey(
        ItemOccurrence, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds"
    )
    item = models.ForeignKey(PlanItem, on_delete=models.PROTECT, null=True, blank=True, related_name="deeds")
    fact_kind = models.CharField(max_length=40, blank=True)
    fact_id = models.BigIntegerField(null=True, blank=True)
    what = models.CharField(_("what was done"), max_length=300)
    day = models.DateField(_("day"))
    note = KeptText(_("result"), blank=True)
    link = models.URLField(_("link"), max_length=500, blank=True)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_deeds")
    at = models.DateTimeField(auto_now_add=True)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_why = models.CharField(_("why taken back"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("deed")
        constraints = [
            models.UniqueConstraint(
                fields=["occurrence", "fact_kind", "fact_id"],
                condition=Q(undone_at__isnull=True, fact_id__isnull=False),
                name="fact_once_an_occurrence",
            ),
            models.UniqueConstraint(
                fields=["item", "fact_kind", "fact_id"],
                condition=Q(undone_at__isnull=True, fact_id__isnull=False),
                name="fact_once_an_item",
            ),
            models.CheckConstraint(
                condition=Q(occurrence__isnull=False, item=None) | Q(occurrence=None, item__isnull=False),
                name="deed_is_of_an_occurrence_or_an_item",
            ),
            models.CheckConstraint(
                condition=Q(fact_kind="", fact_id__isnull=True) | (~Q(fact_kind="") & Q(fact_id__isnull=False)),
                name="deed_is_of_a_fact_or_not",
            ),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True, undone_why="") | (Q(undone_at__isnull=False) & ~Q(undone_why="")),
                name="undone_deed_has_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["fact_kind", "fact_id"], name="deed_by_fact")]
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.what

    @property
    def page(self) -> str:
        """Of the fact, which decides itself who may read it; "" where it is none."""
        kind = fact_kinds.get(self.fact_kind)
        return kind.url(self.fact_id) if kind and self.fact_id else ""


class DeedFile(models.Model):
    """What shows a deed: a sheet, a photo, a programme. Kept under a random name; ``sha256``: the same content once."""

    deed = models.ForeignKey(Deed, on_delete=models.PROTECT, related_name="files")
    file = models.FileField(_("file"), upload_to="deeds/%Y/%m")
    name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["deed", "sha256"], name="deed_file_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name


class Suggestion(models.Model):
    """A fact that may count for an occurrence, written when the fact appeared; a person says whether it does.
    ``dismissed_at``: it does not, and is not offered again."""

    occurrence = models.ForeignKey(ItemOccurrence, on_delete=models.CASCADE, related_name="suggestions")
    fact_kind = models.CharField(max_length=40)
    fact_id = models.BigIntegerField()
    what = models.CharField(max_length=300)
    day = models.DateField()
    dismissed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = _("what may count for a plan")
        constraints = [
            models.UniqueConstraint(fields=["occurrence", "fact_kind", "fact_id"], name="suggested_once"),
        ]
        indexes = [models.Index(fields=["fact_kind", "fact_id"], name="suggestion_by_fact")]
        ordering = ["day", "pk"]

    def __str__(self) -> str:
        return self.what
