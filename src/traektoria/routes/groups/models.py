"""Group routes that are suggested: who is invited, who answered. Only those who accept are named to anybody."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person


class GroupCall(models.Model):
    """An invitation to a group route on ``topics`` of a subject. ``key`` is a seal of the group that was suggested:
    one group is invited once. ``need`` is the request for a tutor that was made of those who accepted."""

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="group_calls")
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    topics = models.JSONField(_("topics"), default=list)
    key = models.CharField(max_length=64, unique=True, editable=False)
    need = models.ForeignKey(
        "routes.SupportNeed", on_delete=models.SET_NULL, null=True, blank=True, related_name="group_calls"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("invitation to a group route")
        indexes = [models.Index(fields=["centre", "created_at"], name="group_call_by_centre")]
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.get_subject_display()


class GroupInvitation(models.Model):
    """One invited teacher. That somebody was invited, and a refusal, are seen by that teacher only."""

    call = models.ForeignKey(GroupCall, on_delete=models.CASCADE, related_name="invitations")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="group_invitations")
    accepted_at = models.DateTimeField(_("accepted"), null=True, blank=True)
    declined_at = models.DateTimeField(_("declined"), null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["call", "person"], name="invited_once"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True) | Q(declined_at__isnull=True), name="invitation_one_answer"
            ),
        ]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.person)
