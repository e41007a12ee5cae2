"""Sessions of a commission, judgements, votes and decisions."""

import uuid
from typing import Any

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.core.components.status import Look
from traektoria.core.kept_columns import KeptJSON, KeptText
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.tutors.applications.models import Application
from traektoria.tutors.commission.enums import AgendaState, RecusalReason, SessionState, VoteChoice
from traektoria.tutors.commission.state_chip import look_of, words_of
from traektoria.tutors.seats.models import Commission, CommissionMember


class Session(models.Model):
    """A session of the commission, with the regulation in force on its day; ``number`` is that of its protocol.

    ``printed`` keeps ``queries.protocol.ProtocolFacts`` from the first signature on, so that a later change of a name
    or a position does not change the paper.
    """

    commission = models.ForeignKey(Commission, on_delete=models.PROTECT, related_name="sessions")
    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="commission_sessions")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(_("number"))
    held_at = models.DateTimeField(_("when"))
    place = models.CharField(_("where"), max_length=300, blank=True)
    secret = models.BooleanField(_("secret vote"), default=False)
    state = models.CharField(_("state"), max_length=10, choices=SessionState.choices, default=SessionState.PLANNED)
    opened_at = models.DateTimeField(_("opened"), null=True, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True, blank=True)
    signed_at = models.DateTimeField(_("protocol signed"), null=True, blank=True)
    note = KeptText(_("note"), blank=True)
    printed = KeptJSON(default=dict, blank=True, editable=False, shape=dict[str, Any])

    class Meta:
        verbose_name = _("session of the commission")
        constraints = [
            models.UniqueConstraint(
                fields=["commission", "number"],
                condition=~Q(state=SessionState.CANCELLED),
                name="session_number_once",
            )
        ]
        indexes = [models.Index(fields=["centre", "state"], name="session_by_centre")]
        ordering = ["-held_at", "-pk"]

    def __str__(self) -> str:
        return str(self.number)

    @property
    def look(self) -> Look:
        return look_of(self.state)

    @property
    def in_words(self) -> str:
        return words_of(self.state)


class Attendance(models.Model):
    """Whether a member came; the quorum is counted from these rows."""

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="attendance")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="attendance")
    present = models.BooleanField(_("present"), default=False)
    reason = models.CharField(_("reason of absence"), max_length=300, blank=True)
    protocol_signed_at = models.DateTimeField(_("signed the protocol"), null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["session", "member"], name="attendance_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.member)


class AgendaItem(models.Model):
    """An application on the agenda. Figures of the decision are kept as they were (``for_count`` …), never edited.

    ``passed`` is what the vote said when it was counted (``by_chair``: the votes were equal and the chair's decided);
    ``granted`` is the decision that follows, with its reasons.
    """

    session = models.ForeignKey(Session, on_delete=models.CASCADE, related_name="items")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="agenda")
    position = models.PositiveSmallIntegerField(_("number"))
    state = models.CharField(_("state"), max_length=10, choices=AgendaState.choices, default=AgendaState.WAITING)
    secret = models.BooleanField(_("secret vote"), default=False)
    discussion = KeptText(_("what was said"), blank=True)
    passed = models.BooleanField(_("the vote is for"), null=True, blank=True)
    by_chair = models.BooleanField(_("the chair's vote decided"), default=False)
    granted = models.BooleanField(_("granted"), null=True, blank=True)
    for_count = models.PositiveSmallIntegerField(_("for"), null=True, blank=True)
    against_count = models.PositiveSmallIntegerField(_("against"), null=True, blank=True)
    abstained_count = models.PositiveSmallIntegerField(_("abstained"), null=True, blank=True)
    members_count = models.PositiveSmallIntegerField(_("members"), null=True, blank=True)
    present_count = models.PositiveSmallIntegerField(_("present"), null=True, blank=True)
    reasons = KeptText(_("reasons"), blank=True)
    postponed_why = models.CharField(_("why postponed"), max_length=500, blank=True)
    decided_at = models.DateTimeField(_("decided"), null=True, blank=True)

    class Meta:
        verbose_name = _("item of the agenda")
        constraints = [
            models.UniqueConstraint(
                fields=["session", "application"],
                condition=~Q(state=AgendaState.POSTPONED),
                name="application_once_on_an_agenda",
            ),
            models.UniqueConstraint(
                fields=["application"],
                condition=~Q(state__in=[AgendaState.DECIDED, AgendaState.POSTPONED]),
                name="application_on_one_open_agenda",
            ),
            models.CheckConstraint(
                condition=Q(state=AgendaState.DECIDED, granted__isnull=False, decided_at__isnull=False)
                | (~Q(state=AgendaState.DECIDED) & Q(granted__isnull=True)),
                name="decision_has_its_result",
            ),
        ]
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return str(self.application)


class Recusal(models.Model):
    """A member who takes no part in one item. ``found`` by the system (own application, same school) or declared."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="recusals")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="recusals")
    reason = models.CharField(_("reason"), max_length=10, choices=RecusalReason.choices)
    note = models.CharField(_("note"), max_length=300, blank=True)
    found = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="recusal_once")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.get_reason_display()


class Judgement(models.Model):
    """Points of a member for a judged criterion; a changed mind is a new row, the last one counts.

    Blind: until every judging member has given all points, each sees only their own.
    """

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="judgements")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="judgements")
    criterion = models.CharField(_("criterion"), max_length=40)
    points = models.PositiveSmallIntegerField(_("points"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["item", "member"], name="judgement_by_member")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.points)


class Vote(models.Model):
    """That a member voted, once; ``choice`` is empty where the vote is secret."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="votes_given")
    choice = models.CharField(_("choice"), max_length=10, choices=VoteChoice.choices, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_vote")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.item_id)


class SealedBallot(models.Model):
    """A secret ballot while the vote goes on: enciphered by a key that is not in the database (``commission.secrecy``).

    Nothing in the row names the voter or the order: the key of the row is random. When the vote closes the ballots are
    counted and these rows and the key are destroyed; only the counts remain.
    """

    token = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="sealed")
    sealed = models.BinaryField()

    class Meta:
        ordering = ["token"]

    def __str__(self) -> str:
        return str(self.token)


class DissentingOpinion(models.Model):
    """What a member wants the protocol to say against the decision."""

    item = models.ForeignKey(AgendaItem, on_delete=models.CASCADE, related_name="opinions")
    member = models.ForeignKey(CommissionMember, on_delete=models.PROTECT, related_name="opinions")
    text = KeptText(_("dissenting opinion"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "member"], name="one_opinion")]
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.text
