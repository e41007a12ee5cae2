"""What the room tells the rooms below of the application: the desk, words of the audit, personal data."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from traektoria.core.registries import (
    Attached,
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    PersonalData,
    attached,
    audit_wording,
    desk,
    personal_data,
)
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.enums import ApplicationState
from traektoria.tutors.models import Application, CriterionEvidence
from traektoria.tutors.queries import applications as queries
from traektoria.tutors.queries.application_portrait import portrait
from traektoria.tutors.workflows import applications as workflow  # noqa: F401  (the diagrams of docs/workflows)

S = ApplicationState
CONSIDERING = frozenset({Role.COORDINATOR, Role.COMMISSION_MEMBER, *HEADS})
MOST = 200


def desk_lines(actor: Actor, today: date) -> Iterable[DeskLine]:
    """My own application, and those that wait for my look. One query, and a few more for a draft of one's own."""
    rows = queries.open_of(actor) | queries.decided_lately(actor, today)
    if CONSIDERING & actor.roles:
        rows = rows | queries.to_consider(actor)
    related = ("person", "regulation", "nominated_by", "centre__municipality")
    found = list(rows.select_related(*related).order_by("submitted_at", "pk")[:MOST])
    for application in found:
        if application.person_id == actor.person_id:
            yield _own_line(application, today)
    yield from _queue_line([one for one in found if one.person_id != actor.person_id], today)


def _own_line(application: Application, today: date) -> DeskLine:
    url = reverse("tutors:application_detail", args=[application.pk])
    centre = application.centre.name
    if application.state == S.NOMINATED and application.nominated_by:
        what = _("You are nominated as a tutor: do you agree?")
        return DeskLine(DeskGroup.TODAY, what, application.nominated_by.short_name, url, _("Read and answer"))
    if application.state == S.RETURNED:
        return DeskLine(DeskGroup.TODAY, _("Complete your application for the status"), centre, url, _("Open"))
    if application.state in queries.DECIDED:
        return DeskLine(DeskGroup.SOON, _("The decision on your application"), centre, url, _("Read"))
    if application.state == S.DRAFT:
        return DeskLine(DeskGroup.SOON, _draft_words(application), centre, url, _("Open"))
    due = queries.due_of(application)
    late = due is not None and due < today
    return DeskLine(DeskGroup.WAITING, _("Your application is considered"), centre, url, _("Open"), due, late)


def _draft_words(application: Application) -> str:
    left = len(queries.checklist(application).left) + (not application.subjects)
    if not left:
        return _("Your application is filled in: submit it")
    words = ngettext(
        "Application for the status: %(n)s thing left", "Application for the status: %(n)s things left", left
    )
    return words % {"n": left}


def _queue_line(queue: list[Application], today: date) -> Iterable[DeskLine]:
    """One line for all of them, with the day of the most urgent."""
    if not queue:
        return
    dues = [due for due in map(queries.due_of, queue) if due]
    due = min(dues, default=None)
    words = ngettext("%(n)s application to look at", "%(n)s applications to look at", len(queue))
    first = queue[0].person.short_name
    url = reverse("tutors:application_list") + "?state=queue"
    if len(queue) == 1:
        url = reverse("tutors:application_detail", args=[queue[0].pk])
    late = due is not None and due < today
    yield DeskLine(DeskGroup.TODAY, words % {"n": len(queue)}, first, url, _("Open"), due, late)


def attached_names(**whose: int) -> Iterable[str]:
    """Files shown for criteria, of a candidate or of a centre."""
    rows = CriterionEvidence.objects.filter(**{f"application__{name}": value for name, value in whose.items()})
    return rows.exclude(file="").values_list("file", flat=True)


attached.add(Attached("tutors.evidence", 20, attached_names))
desk.add(DeskSource("tutors.applications", 12, desk_lines))
personal_data.add(
    PersonalData("tutor_applications", 40, gettext_lazy("applications for the status and nominations"), portrait)
)
_WORDS = {
    "application.start": gettext_lazy("application begun"),
    "application.reuse": gettext_lazy("earlier answers taken as a start"),
    "application.nominate": gettext_lazy("nominated"),
    "application.consent": gettext_lazy("agreed to the nomination"),
    "application.attach": gettext_lazy("evidence attached"),
    "application.detach": gettext_lazy("evidence taken away"),
    "application.submit": gettext_lazy("application submitted"),
    "application.check": gettext_lazy("criteria checked"),
    "application.return": gettext_lazy("returned for completion"),
    "application.admit": gettext_lazy("admitted for consideration"),
    "application.grant": gettext_lazy("status granted"),
    "application.refuse": gettext_lazy("status refused"),
    "application.appeal": gettext_lazy("refusal appealed"),
    "application.withdraw": gettext_lazy("application withdrawn"),
    "access.tutors.application": gettext_lazy("your application for the status"),
    "access.tutors.evidence": gettext_lazy("a document of your application"),
}
for _number, (_slug, _sentence) in enumerate(_WORDS.items()):
    audit_wording.add(AuditWording(_slug, 600 + _number, _sentence))
