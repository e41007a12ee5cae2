"""The school reads an act and answers; what is mended is checked."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.people.enums import HEADS
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.audits.actions.replying import acknowledge, close_finding, reply_to_act
from traektoria.planning.audits.forms import CloseForm, ReplyForm
from traektoria.planning.audits.models import Finding
from traektoria.planning.audits.permissions import READ, check_close, check_reply
from traektoria.planning.audits.policies import check_finding_open, check_signed
from traektoria.planning.audits.queries.audits import find_audit, findings_of, visible_to
from traektoria.planning.audits.views.audits import detail_context


@guard(*HEADS, methods=POST)
def audit_reply(request: ActorRequest, pk: int) -> HttpResponse:
    """All findings in one form."""
    audit = existing(find_audit(request.actor, pk=pk))
    check_reply(request.actor, audit)
    check_signed(audit)
    form = ReplyForm(request.POST, findings=[one for one in findings_of(audit) if one.is_open])
    if attempt(form, lambda: reply_to_act(audit=audit, replies=form.replies, by=request.actor)):
        messages.success(request, _("The answer is there. The auditors are told and look at what you object to."))
        return redirect("planning:audit_detail", pk)
    context = detail_context(request, audit) | {"reply_form": form}
    return render(request, "planning/audit_detail.html", context, status=status_of(form))


@guard(*HEADS, methods=POST)
def audit_read(request: ActorRequest, pk: int) -> HttpResponse:
    """«Ознакомлен»."""
    audit = existing(find_audit(request.actor, pk=pk))
    acknowledge(audit=audit, by=request.actor)
    messages.success(request, _("Written down: the school has read the act."))
    return redirect("planning:audit_detail", pk)


@guard(*READ, methods=BOTH)
def finding_close(request: ActorRequest, pk: int) -> HttpResponse:
    """What came of a finding: mended and checked, or withdrawn."""
    rows = Finding.objects.filter(audit__in=visible_to(request.actor)).select_related("audit__centre__municipality")
    finding = fetch(rows.prefetch_related("audit__auditors", "replies__by"), pk=pk)
    check_close(request.actor, finding)
    check_finding_open(finding)
    form = CloseForm(request.POST or None)
    if attempt(form, lambda: close_finding(finding=finding, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The finding is closed."))
        return redirect("planning:audit_detail", finding.audit_id)
    context = {"finding": finding, "form": form}
    return render(request, "planning/finding_close.html", context, status=status_of(form))
