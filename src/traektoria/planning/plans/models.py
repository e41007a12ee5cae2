"""The work plan, its items, who answers for them, when each is due, and what was amended."""

from datetime import date
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from traektoria.core import school_year
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.enums import Role
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.models import Person
from traektoria.planning.associations.models import Association
from traektoria.planning.plans.enums import OccurrenceState, PlanSpan, PlanState, TermState
from traektoria.planning.programmes.models import Programme


class WorkPlan(models.Model):
    """The plan of a centre for a year, a tutor's own (``owner`` is set), or the plan-schedule of an association.
    ``programme`` is what it carries out.

    ``begins``: its first day, where that is later than the first one of its year.
    ``act`` says by what it is approved («приказ управления образования»), with its number and day. An approved plan
    changes by amendments only: each is a ``PlanRevision`` with its reason.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="work_plans")
    owner = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="work_plans")
    association = models.ForeignKey(Association, on_delete=models.PROTECT, null=True, blank=True, related_name="plans")
    programme = models.ForeignKey(Programme, on_delete=models.SET_NULL, null=True, blank=True, related_name="plans")
    title = models.CharField(_("title"), max_length=300)
    span = models.CharField(_("plan for"), max_length=10, choices=PlanSpan.choices, default=PlanSpan.SCHOOL)
    year = models.PositiveSmallIntegerField(_("year"))
    begins = models.DateField(_("begins on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=PlanState.choices, default=PlanState.DRAFT)
    act = models.CharField(pgettext_lazy("plan", "approved by"), max_length=200, blank=True)
    act_number = models.CharField(_("number"), max_length=40, blank=True)
    act_day = models.DateField(_("of the day"), null=True, blank=True)
    approved_at = models.DateTimeField(pgettext_lazy("plan", "approved"), null=True, blank=True)
    approved_by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    returned_why = models.CharField(_("why returned"), max_length=300, blank=True)
    copied_from = models.ForeignKey("self", on_delete=models.SET_NULL, null=True, blank=True, related_name="copies")
    asked_by = models.UUIDField(null=True, unique=True, editable=False)
    """Of which asking of the worker it is the copy: a second attempt finds it."""
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("work plan")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=PlanState.APPROVED, approved_at__isnull=False)
                | (~Q(state=PlanState.APPROVED) & Q(approved_at__isnull=True)),
                name="approved_plan_is_dated",
            ),
        ]
        indexes = [models.Index(fields=["centre", "year"], name="plan_by_centre")]
        ordering = ["-year", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def is_school(self) -> bool:
        return self.span == PlanSpan.SCHOOL

    @property
    def year_label(self) -> str:
        """«2026/27», «2027»."""
        return year_label(self.span, self.year)


def year_label(span: str, year: int) -> str:
    return school_year.label(year) if span == PlanSpan.SCHOOL else str(year)


class PlanHeading(models.Model):
    """A section of a plan."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="headings")
    position = models.PositiveSmallIntegerField()
    title = models.CharField(_("section"), max_length=300)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["plan", "position"], name="heading_place_once")]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title


class PlanItem(models.Model):
    """A line of a plan. ``phrase`` is its deadline as it was written and is never rewritten by us; ``reading`` is which
    of several readings a person chose, in words that are read in one way. ``paraphrase``, ``why`` and ``assumptions``
    are what was understood, ``choices`` what is asked. ``counted`` are the kinds of facts that are offered for it
    (`facts.registry`), each between spaces.

    ``who`` are the responsible as written, ``ItemResponsible`` those who are known. ``needs``: so many deeds an
    occurrence takes. ``origin`` says where an imported line stood. What is taken out by an amendment stays
    (``removed_in``), with what was done.
    """

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="items")
    heading = models.ForeignKey(PlanHeading, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    position = models.PositiveSmallIntegerField()
    number = models.CharField(_("number"), max_length=20, blank=True)
    content = KeptText(_("content"))
    phrase = models.CharField(_("deadline as written"), max_length=400, blank=True)
    reading = models.CharField(_("which reading is meant"), max_length=400, blank=True)
    term = models.CharField(max_length=10, choices=TermState.choices, default=TermState.ASKED)
    kind = models.CharField(max_length=20, blank=True)
    paraphrase = models.CharField(max_length=600, blank=True)
    why = KeptJSON(default=list, blank=True, shape=list[str])
    assumptions = KeptJSON(default=list, blank=True, shape=list[str])
    choices = KeptJSON(default=list, blank=True, shape=list[str])
    who = models.CharField(_("responsible, as written"), max_length=400, blank=True)
    direction = models.CharField(_("direction of work"), max_length=200, blank=True)
    product = models.CharField(_("expected product"), max_length=300, blank=True)
    counted = models.CharField(max_length=200, blank=True)
    needs = models.PositiveSmallIntegerField(_("deeds each time"), default=1)
    origin = models.CharField(_("where it stood"), max_length=200, blank=True)
    removed_in = models.ForeignKey(
        "PlanRevision", on_delete=models.PROTECT, null=True, blank=True, related_name="removed"
    )

    class Meta:
        verbose_name = _("item of a plan")
        constraints = [
            models.UniqueConstraint(fields=["plan", "position"], name="plan_item_place_once"),
            models.CheckConstraint(condition=Q(needs__gte=1), name="item_needs_a_deed"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.content[:80]

    @property
    def meant(self) -> str:
        """The words by which dates are found."""
        return self.reading or self.phrase


class ItemResponsible(models.Model):
    """Who answers for an item: whoever holds a role in the centre, a person, or a school with its heads."""

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="responsible")
    role = models.CharField(max_length=20, choices=Role.choices, blank=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_duties")
    school = models.ForeignKey(School, on_delete=models.PROTECT, null=True, blank=True, related_name="plan_duties")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(~Q(role="") & Q(person=None, school=None))
                | Q(role="", person__isnull=False, school=None)
                | Q(role="", person=None, school__isnull=False),
                name="responsible_is_one",
            ),
            models.UniqueConstraint(fields=["item", "role"], condition=~Q(role=""), name="responsible_role_once"),
            models.UniqueConstraint(
                fields=["item", "person"], condition=Q(person__isnull=False), name="responsible_person_once"
            ),
            models.UniqueConstraint(
                fields=["item", "school"], condition=Q(school__isnull=False), name="responsible_school_once"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.role or str(self.person_id or self.school_id)


class ItemOccurrence(models.Model):
    """One time that an item is due in the plan, from ``start`` (None: not said) to ``end`` (None: no end is said).

    ``key`` is the period: found again when the phrase, the calendar or the plan's window changes, so that what was done
    stays. ``due`` is the last day that counts: ``moved_to``, else ``end``. ``former``: the plan no longer says it, but
    it ran under what the plan said then.
    """

    item = models.ForeignKey(PlanItem, on_delete=models.CASCADE, related_name="occurrences")
    key = models.CharField(max_length=40)
    start = models.DateField(null=True, blank=True)
    end = models.DateField(null=True, blank=True)
    label = models.CharField(max_length=200)
    number = models.PositiveSmallIntegerField(default=1)
    of = models.PositiveSmallIntegerField(default=1)
    approximate = models.BooleanField(default=False)
    due = models.DateField(null=True, blank=True)
    state = models.CharField(max_length=10, choices=OccurrenceState.choices, default=OccurrenceState.OPEN)
    deeds_done = models.PositiveSmallIntegerField(default=0)
    done_on = models.DateField(null=True, blank=True)
    moved_to = models.DateField(_("moved to"), null=True, blank=True)
    why = models.CharField(_("why"), max_length=300, blank=True)
    former = models.BooleanField(default=False)

    class Meta:
        verbose_name = _("time that an item is due")
        constraints = [
            models.UniqueConstraint(fields=["item", "key"], name="occurrence_once"),
            models.CheckConstraint(
                condition=Q(start__isnull=False) | Q(end__isnull=False), name="occurrence_has_a_day"
            ),
            models.CheckConstraint(
                condition=Q(state=OccurrenceState.DONE, done_on__isnull=False)
                | (~Q(state=OccurrenceState.DONE) & Q(done_on__isnull=True)),
                name="done_occurrence_is_dated",
            ),
            models.CheckConstraint(
                condition=~Q(state=OccurrenceState.CANCELLED) | ~Q(why=""), name="cancelled_occurrence_has_a_reason"
            ),
        ]
        indexes = [models.Index(fields=["item", "state", "due"], name="occurrence_by_item")]
        ordering = ["due", "start", "number", "pk"]

    def __str__(self) -> str:
        return self.label

    @property
    def first(self) -> date:
        """The first day of it that is said."""
        return self.start or self.end or date.min


class PlanRevision(models.Model):
    """An amendment of an approved plan: never edited. ``changes``: for each item that it touched, what it said before
    (``before``, empty for a new one) and after (``after``, empty for one that was taken out)."""

    plan = models.ForeignKey(WorkPlan, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveSmallIntegerField()
    reason = models.CharField(_("reason"), max_length=300)
    day = models.DateField(_("of the day"))
    by = models.ForeignKey(Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    changes = KeptJSON(default=list, shape=list[dict[str, Any]])

    class Meta:
        verbose_name = _("amendment of a plan")
        constraints = [models.UniqueConstraint(fields=["plan", "number"], name="plan_revision_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)
