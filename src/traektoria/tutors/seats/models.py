"""The commission and who sits in it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import TutorCentre
from traektoria.people.models import Person
from traektoria.tutors.seats.enums import CommissionState, SeatPost


class Commission(models.Model):
    """A commission of a centre for a term; ``basis`` is the order that made it."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="commissions")
    name = models.CharField(_("name"), max_length=300)
    basis = models.CharField(_("made by the order"), max_length=300)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"))
    state = models.CharField(
        _("state"), max_length=10, choices=CommissionState.choices, default=CommissionState.FORMING
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("commission")
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="commission_dates"),
            models.UniqueConstraint(
                fields=["centre"], condition=Q(state=CommissionState.WORKING), name="one_working_commission"
            ),
        ]
        ordering = ["-start", "-pk"]

    def __str__(self) -> str:
        return self.name


class CommissionMember(models.Model):
    """A person in a commission. ``kind`` is a ``MemberKind`` of the regulation. Left: ``end`` is set, the row stays."""

    commission = models.ForeignKey(Commission, on_delete=models.CASCADE, related_name="members")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="commission_memberships")
    kind = models.CharField(_("represents"), max_length=20)
    position = models.CharField(_("position"), max_length=300, blank=True)
    post = models.CharField(_("post"), max_length=10, choices=SeatPost.choices, default=SeatPost.MEMBER)
    votes = models.BooleanField(_("votes"), default=True)
    start = models.DateField(_("from"))
    end = models.DateField(_("to"), null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(end__isnull=True) | Q(end__gte=F("start")), name="member_dates"),
            models.UniqueConstraint(
                fields=["commission", "person"], condition=Q(end__isnull=True), name="member_once_now"
            ),
            models.UniqueConstraint(
                fields=["commission", "post"],
                condition=Q(end__isnull=True, post__in=[SeatPost.CHAIR, SeatPost.SECRETARY]),
                name="one_chair_and_secretary",
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)
