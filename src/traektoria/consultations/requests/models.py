"""The request for a consultation, and who returned it."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from traektoria.consultations.requests.enums import RequestKind, RequestState, Way
from traektoria.core.kept_columns import KeptText
from traektoria.organisations.models import Regulation, School, TutorCentre
from traektoria.people.enums import Subject
from traektoria.people.models import Person
from traektoria.routes.models import RouteItem


class ConsultationRequest(models.Model):
    """Somebody asks for a consultation: a teacher, or a school for its teachers (then ``school`` is set).

    ``teachers`` are those who are named; a school may ask for ``number`` without naming them all. ``answer_by`` is
    worked out once, by the regulation of that day: until then a tutor has answered, or the centre has said no.
    ``item`` is the route item that it serves. Pupils are not named anywhere: ``classes`` says «5–6».
    """

    centre = models.ForeignKey(TutorCentre, on_delete=models.PROTECT, related_name="consultation_requests")
    regulation = models.ForeignKey(Regulation, on_delete=models.PROTECT, related_name="+")
    school = models.ForeignKey(
        School, on_delete=models.PROTECT, null=True, blank=True, related_name="consultation_requests"
    )
    asked_by = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="consultation_requests")
    teachers = models.ManyToManyField(Person, related_name="consultations_asked", blank=True)
    number = models.PositiveSmallIntegerField(_("teachers"), default=1)
    item = models.ForeignKey(
        RouteItem, on_delete=models.SET_NULL, null=True, blank=True, related_name="consultation_requests"
    )
    topic = models.CharField(_("topic"), max_length=200)
    subject = models.CharField(_("subject"), max_length=20, choices=Subject.choices)
    classes = models.CharField(_("classes"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=10, choices=RequestKind.choices, default=RequestKind.INDIVIDUAL)
    way = models.CharField(_("how"), max_length=10, choices=Way.choices, default=Way.ANY)
    urgent = models.BooleanField(_("urgent"), default=False)
    wished = models.CharField(_("when it suits"), max_length=200, blank=True)
    note = KeptText(_("note"), blank=True)
    state = models.CharField(_("state"), max_length=10, choices=RequestState.choices, default=RequestState.ASKED)
    tutor = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="consultations_assigned"
    )
    answer = KeptText(_("what the tutor answered"), blank=True)
    answered_at = models.DateTimeField(_("moment of the answer"), null=True, blank=True)
    renamed_at = models.DateTimeField(_("moment of the newest answer"), null=True, blank=True)
    closed_why = models.CharField(_("why not"), max_length=300, blank=True)
    asked_at = models.DateTimeField(_("moment of asking"))
    answer_by = models.DateTimeField(_("answer promised by"))

    class Meta:
        verbose_name = _("request for a consultation")
        constraints = [
            models.CheckConstraint(condition=Q(number__gte=1), name="consultation_for_somebody"),
            models.CheckConstraint(
                condition=~Q(state__in=[RequestState.ASSIGNED, RequestState.TAKEN]) | Q(tutor__isnull=False),
                name="consultation_has_its_tutor",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "answer_by"], name="consultation_by_centre"),
            models.Index(fields=["tutor", "state"], name="consultation_by_tutor"),
        ]
        ordering = ["-asked_at", "-pk"]

    def __str__(self) -> str:
        return self.topic


class ReturnedRequest(models.Model):
    """A tutor gave the request back, and why: they are not suggested for it again."""

    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="returns")
    tutor = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(_("why returned"), max_length=300)
    returned_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["returned_at", "pk"]

    def __str__(self) -> str:
        return self.reason


class RequestFile(models.Model):
    """What was attached to a request, as it was sent: read by those who read its note. The same content once."""

    request = models.ForeignKey(ConsultationRequest, on_delete=models.CASCADE, related_name="files")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    file = models.FileField(_("file"), upload_to="requests/%Y/%m")
    file_name = models.CharField(_("name of the file"), max_length=200)
    sha256 = models.CharField(max_length=64, editable=False)
    attached_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("file of a request")
        constraints = [models.UniqueConstraint(fields=["request", "sha256"], name="request_file_once")]
        ordering = ["attached_at", "pk"]

    def __str__(self) -> str:
        return self.file_name
