"""The learning route with its items, versions, agreements and reflection."""

from typing import Any

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.diagnostics.models import Hypothesis
from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.routes.route.enums import (
    ActivityKind,
    AgreeingParty,
    DeficitOutcomeKind,
    ItemState,
    RouteState,
    ShowingForm,
)
from traektoria.routes.tutees.models import TutorSupport


class LearningRoute(models.Model):
    """The route of one support (docs/adr/0006-route-versions.md).

    Its fields and items hold what is in force (or, in a draft, what is being written). ``version`` is the agreed
    version, ``pending_version`` the one that waits for somebody's word. ``correction`` is None unless a correction of
    the running route is open; then it holds the changed header fields, and the items hold their own changes.
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="routes")
    support = models.ForeignKey(TutorSupport, on_delete=models.PROTECT, related_name="routes")
    title = models.CharField(_("title"), max_length=200)
    goals = KeptText(_("goals"), blank=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    state = models.CharField(_("state"), max_length=10, choices=RouteState.choices, default=RouteState.DRAFT)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    pending_version = models.PositiveSmallIntegerField(_("version that waits for agreement"), null=True, blank=True)
    correction = KeptJSON(_("open correction"), null=True, blank=True, shape=dict[str, Any] | None)
    head_agrees = models.BooleanField(_("the head agrees too"), default=False)
    deficit_plan = models.BooleanField(_("a personified plan of closing deficits"), default=False)
    in_force_since = models.DateTimeField(_("in force since"), null=True, blank=True)
    pause_reason = KeptText(_("why paused or stopped"), blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    conclusion = KeptText(_("conclusion"), blank=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = _("learning route")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="route_dates"),
            models.CheckConstraint(
                condition=Q(state=RouteState.PROPOSED, pending_version__isnull=False)
                | Q(state=RouteState.DRAFT, pending_version__isnull=True)
                | ~Q(state__in=[RouteState.PROPOSED, RouteState.DRAFT]),
                name="proposed_route_has_its_version",
            ),
            models.UniqueConstraint(
                fields=["support"],
                condition=Q(state__in=[RouteState.DRAFT, RouteState.PROPOSED, RouteState.RUNNING, RouteState.PAUSED]),
                name="one_living_route",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state"], name="route_by_centre"),
            models.Index(fields=["title", "id"], name="route_by_title"),  # the order of the list
        ]
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return self.title

    @property
    def put_forward(self) -> bool:
        """It waits for somebody's word, or was agreed: from then on the centre knows that it is there."""
        return self.in_force_since is not None or self.pending_version is not None


class RouteItem(models.Model):
    """A line of the route: which deficit, what to do, with what, until when, what comes out and how it is shown.

    An open correction writes beside it, never over it: ``pending`` lines are added by the correction and not agreed
    yet, ``correction`` holds new values of the fields or ``{"removed": true}``. A line that an agreed correction took
    out keeps its evidence and says in which version it left (``removed_in``).
    """

    route = models.ForeignKey(LearningRoute, on_delete=models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField(_("number"))
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.PROTECT, null=True, blank=True, related_name="items")
    deficit = KeptText(_("deficit"), blank=True)
    task = KeptText(_("task"), blank=True)
    activity_kind = models.CharField(_("activity"), max_length=16, choices=ActivityKind.choices)
    resource = models.CharField(_("resource"), max_length=300, blank=True)
    deadline = models.DateField(_("deadline"))
    expected_result = KeptText(_("expected result"), blank=True)
    showing_form = models.CharField(_("form of showing"), max_length=16, choices=ShowingForm.choices)
    state = models.CharField(_("state"), max_length=10, choices=ItemState.choices, default=ItemState.PLANNED)
    done_at = models.DateTimeField(_("done"), null=True, blank=True)
    cancel_reason = models.CharField(_("why cancelled"), max_length=300, blank=True)
    pending = models.BooleanField(_("not agreed yet"), default=False, editable=False)
    correction = KeptJSON(
        _("change that is not agreed yet"), default=dict, blank=True, editable=False, shape=dict[str, Any]
    )
    removed_in = models.PositiveSmallIntegerField(_("left in version"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("item of the route")
        constraints = [
            models.CheckConstraint(
                condition=Q(state=ItemState.DONE, done_at__isnull=False)
                | (~Q(state=ItemState.DONE) & Q(done_at__isnull=True)),
                name="item_done_is_dated",
            ),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.task


class ItemEvidence(models.Model):
    """What shows that an item is done: a file or a link (exactly one), from whom and when."""

    item = models.ForeignKey(RouteItem, on_delete=models.CASCADE, related_name="evidence")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(_("file"), upload_to="evidence/%Y/%m", blank=True)
    file_name = models.CharField(_("name of the file"), max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)
    link = models.URLField(_("link"), max_length=500, blank=True)
    note = models.CharField(_("note"), max_length=300, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=(Q(file="") & ~Q(link="")) | (~Q(file="") & Q(link="")), name="evidence_file_or_link"
            ),
            models.UniqueConstraint(fields=["item", "sha256"], condition=~Q(sha256=""), name="evidence_file_once"),
            models.UniqueConstraint(fields=["item", "link"], condition=~Q(link=""), name="evidence_link_once"),
        ]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.file_name or self.link


class ItemComment(models.Model):
    """Discussion beside an item: seen by the teachers of the support and the tutor."""

    item = models.ForeignKey(RouteItem, on_delete=models.CASCADE, related_name="comments")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    text = KeptText(_("comment"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text


class RouteVersion(models.Model):
    """What the parties were asked to agree to: never edited, only followed by the next version.

    ``dropped``: the correction that it proposed was given up, so what was said of it is not said of the next one.
    ``printed``: how its card names centre and people (``route.printed_names``), from the day when it came in force.
    """

    route = models.ForeignKey(LearningRoute, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveSmallIntegerField(_("version"))
    snapshot = KeptJSON(_("content"), shape=dict[str, Any])
    reason = models.CharField(_("why changed"), max_length=300, blank=True)
    dropped = models.BooleanField(_("given up"), default=False, editable=False)
    printed = KeptJSON(default=dict, blank=True, editable=False, shape=dict[str, Any])
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "number"], name="version_once")]
        ordering = ["number"]

    def __str__(self) -> str:
        return str(self.number)


class Agreement(models.Model):
    """One party's word on one version: agreed, or returned with a reason."""

    version = models.ForeignKey(RouteVersion, on_delete=models.CASCADE, related_name="agreements")
    party = models.CharField(_("party"), max_length=8, choices=AgreeingParty.choices)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="agreements")
    agreed = models.BooleanField(_("agreed"))
    reason = KeptText(_("what to change"), blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["version", "party", "person"], name="one_word_per_version"),
            models.CheckConstraint(condition=Q(agreed=True) | ~Q(reason=""), name="return_has_a_reason"),
        ]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.get_party_display()


class ReflectionEntry(models.Model):
    """The teacher's journal: private until the author shares an entry with the tutor."""

    route = models.ForeignKey(LearningRoute, on_delete=models.CASCADE, related_name="reflections")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reflections")
    text = KeptText(_("entry"))
    shared_at = models.DateTimeField(_("shared"), null=True, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.text


class DeficitOutcome(models.Model):
    """What became of a deficit when the route was closed."""

    route = models.ForeignKey(LearningRoute, on_delete=models.CASCADE, related_name="outcomes")
    hypothesis = models.ForeignKey(Hypothesis, on_delete=models.PROTECT, related_name="outcomes")
    outcome = models.CharField(_("outcome"), max_length=14, choices=DeficitOutcomeKind.choices)
    note = models.CharField(_("how seen"), max_length=500, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["route", "hypothesis"], name="outcome_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_outcome_display()
