"""An audit is filled on a phone: criteria one after another, each saved by itself, with photos; then it is signed."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.files import as_attachment, shown_picture
from traektoria.core.gate import read_json
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.core.offline_pages import kept_offline
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.audits.actions import filling
from traektoria.planning.audits.actions.filling import GivenVerdict, given_of
from traektoria.planning.audits.actions.signing import sign_audit
from traektoria.planning.audits.cells import Marks
from traektoria.planning.audits.criterion_fields import Asks
from traektoria.planning.audits.forms import AnswerForm, SignForm, answer_form
from traektoria.planning.audits.models import Audit, AuditFile
from traektoria.planning.audits.permissions import READ, check_fill, reads_answers
from traektoria.planning.audits.policies import check_open
from traektoria.planning.audits.queries.audits import CriterionLine, find_audit, sheet_of, visible_to
from traektoria.planning.audits.views.json_answers import in_json

MOST_AT_ONCE = 100
TWO_WEEKS = timedelta(days=14)


@guard(*READ)
def audit_fill(request: ActorRequest, pk: int) -> HttpResponse:
    audit = _mine(request, pk=pk)
    if not audit.is_open:
        return redirect("planning:audit_detail", pk)
    return kept_offline(_sheet(request, audit), request)


@guard(*READ, methods=POST)
@before_reading(counted_for(Audit, "centre"))
def audit_answer(request: ActorRequest, pk: int, number: int) -> HttpResponse:
    """One criterion, of a page without a script; then on to the next one."""
    audit = _mine(request, pk=pk)
    check_open(audit)
    line = _line(audit, number)
    form = answer_form(line, request.POST, request.FILES)
    if attempt(form, lambda: _keep(request, audit, form, number)):
        return redirect(f"{reverse('planning:audit_fill', args=[pk])}#c{line.place + 1}")
    return _sheet(request, audit, form)


@guard(*READ, methods=POST, once=False)
@in_json
def audit_save(request: ActorRequest, token: UUID) -> dict[str, Any]:
    """What a device kept: JSON {device, answers: [{criterion, sequence, verdict, …}]}; the answer says what is on the
    disk. Whatever comes again changes nothing."""
    audit = _mine(request, token=token)
    saved = filling.save_answers(audit=audit, answers=_queue(request.body), by=request.actor)
    return {"kept": saved.kept, "refused": saved.refused}


@guard(*READ, methods=POST, once=False)
@before_reading(counted_for(Audit, "centre"))
@in_json
def audit_attach(request: ActorRequest, token: UUID) -> dict[str, Any]:
    """A file of a device, known by its content: without the file but with its ``sha256`` it is asked whether it is here
    already, so that nothing that has come is sent again."""
    audit = _mine(request, token=token)
    file, number, digest = request.FILES.get("file"), request.POST.get("criterion", ""), request.POST.get("sha256", "")
    if not number.isdecimal() or len(number) > 9 or (file is None and not digest):
        raise Invalid(_("No file has come. Attach it once more."), code="no_file")
    if file is None:
        found = audit.files.filter(criterion=int(number), sha256=digest[:64]).first()
        return {"kept": found.pk} if found else {"missing": True}
    made = filling.attach_file(audit=audit, criterion=int(number), file=file, by=request.actor)
    return {"kept": made.pk, "name": made.name, "address": reverse("planning:audit_file", args=[made.pk])}


@guard(*READ)
def audit_file(request: ActorRequest, pk: int) -> Any:
    """A picture as it is, for we have drawn it; another file as a download."""
    file = _file(request, pk)
    if not reads_answers(request.actor, file.audit):
        raise Http404
    return shown_picture(file.file, of_people=True) if file.is_picture else as_attachment(file.file, file.name)


@guard(*READ, methods=POST)
def audit_file_remove(request: ActorRequest, pk: int) -> HttpResponse:
    file = _file(request, pk)
    if not reads_answers(request.actor, file.audit):
        raise Http404
    filling.remove_file(file=file, by=request.actor)
    messages.success(request, _("The file is taken away."))
    return redirect("planning:audit_fill", file.audit_id)


@guard(*READ, methods=BOTH, own_hand=True)
def audit_sign(request: ActorRequest, pk: int) -> HttpResponse:
    """What is recommended for each finding, and the last press."""
    audit = _mine(request, pk=pk)
    if request.method == "GET" and not audit.is_open:
        return redirect("planning:audit_detail", pk)
    sheet = sheet_of(audit)
    initial = {"reply_due": timezone.localdate() + TWO_WEEKS}
    form = SignForm(request.POST or None, wanting=sheet.wanting, unseen=len(sheet.unseen), initial=initial)
    if attempt(form, lambda: _sign(request, audit, form)):
        messages.success(request, _("The act is signed. The school is told and answers each finding here."))
        return redirect("planning:audit_detail", pk)
    context = {"audit": audit, "sheet": sheet, "form": form, "marks": Marks()}
    return render(request, "planning/audit_sign.html", context, status=status_of(form))


def _mine(request: ActorRequest, **lookup: Any) -> Audit:
    """One that the person audits."""
    audit = existing(find_audit(request.actor, **lookup))
    check_fill(request.actor, audit)
    return audit


def _file(request: ActorRequest, pk: int) -> AuditFile:
    rows = AuditFile.objects.filter(audit__in=visible_to(request.actor))
    return fetch(rows.select_related("audit__centre__municipality").prefetch_related("audit__auditors"), pk=pk)


def _line(audit: Audit, number: int) -> CriterionLine:
    for line in sheet_of(audit).lines:
        if line.criterion.number == number:
            return line
    raise Http404


def _keep(request: ActorRequest, audit: Audit, form: AnswerForm, number: int) -> bool:
    """The answer and its file, both or none."""
    saved = filling.save_answers(audit=audit, answers=[form.given(number)], by=request.actor)
    if number in saved.refused:
        raise Invalid(saved.refused[number], code="refused")
    file = form.cleaned_data["file"]
    if file:
        filling.attach_file(audit=audit, criterion=number, file=file, by=request.actor)
    return True


def _sheet(request: ActorRequest, audit: Audit, wrong: AnswerForm | None = None) -> HttpResponse:
    """All criteria, the refused one as it was typed."""
    sheet = sheet_of(audit)
    context = {"audit": audit, "sheet": sheet, "asks": Asks(request, sheet, audit, wrong), "wrong": wrong}
    return render(request, "planning/audit_fill.html", context, status=status_of(wrong) if wrong else 200)


def _sign(request: ActorRequest, audit: Audit, form: SignForm) -> Audit:
    data = form.cleaned_data
    return sign_audit(
        audit=audit, advice=form.advice, conclusion=data["conclusion"], reply_due=data["reply_due"],
        partial=data.get("partial", False), by=request.actor,
    )  # fmt: skip


def _queue(body: bytes) -> list[GivenVerdict]:
    """Raises ``Invalid`` for what no page of ours sends."""
    try:
        sent = read_json(body)
        device, rows = str(sent["device"]), list(sent["answers"])[:MOST_AT_ONCE]
        if not device:
            raise ValueError("no device")
        return [given_of(int(row["criterion"]), device, int(row["sequence"]), row) for row in rows]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as broken:
        raise Invalid(_("The answers can't be read. Reload the page."), code="broken") from broken
