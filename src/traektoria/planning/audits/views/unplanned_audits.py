"""An audit that nobody has planned is begun at the school, with a line or without one."""

import json
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.gate import read_json
from traektoria.core.offline_pages import kept_offline
from traektoria.core.prepared_statements import Numbers, prepared
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.planning.audits.actions.planning import begin_audit
from traektoria.planning.audits.forms import BeginForm, blank_form
from traektoria.planning.audits.kinds import AuditKind, kinds_of
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import check_begin
from traektoria.planning.audits.queries.checklists import offered_sheets
from traektoria.planning.audits.queries.schools import school_choices
from traektoria.planning.audits.views.json_answers import in_json

BEGIN = (Role.COORDINATOR, Role.TUTOR)


@guard(*BEGIN, methods=BOTH)
def audit_begin(request: ActorRequest) -> HttpResponse:
    """The page opens without a line after its first opening, with all checklists of the centre in it."""
    centre, kinds = _centre(request)
    form = BeginForm(
        request.POST or None,
        schools=school_choices(centre),
        kinds=[(one.slug, one.title) for one in kinds.values()],
    )
    made = attempt(form, lambda: _begin(request, centre, form))
    if made:
        return redirect("planning:audit_fill", made.pk)
    sheets = json.dumps(offered_sheets(centre.pk, list(kinds)), ensure_ascii=False)
    context = {"form": form, "centre": centre, "sheets_json": sheets, "blank_form": blank_form(), "kinds": kinds}
    response = render(request, "planning/audit_begin.html", context, status=status_of(form))
    return response if form.is_bound else kept_offline(response, request)


@guard(*BEGIN, methods=POST, once=False)
@in_json
def audit_begin_save(request: ActorRequest) -> dict[str, Any]:
    """JSON {token, school, kind, version, day} of a device; the same token finds what was begun with it."""
    said = _said(request.body)
    rows = TutorCentre.objects.filter(pk__in=request.actor.centres(*BEGIN))
    centre = fetch(rows.select_related("municipality", "school"), pk=said.pop("centre"))
    school = School.objects.filter(pk=said.pop("school")).first()
    if school is None:
        raise Invalid(_("This school is not of the centre."), code="not_of_centre")
    made = begin_audit(centre=centre, school=school, by=request.actor, **said)
    return {"kept": made.pk, "address": reverse("planning:audit_fill", args=[made.pk])}


@prepared
def _of_keys() -> QuerySet[TutorCentre]:
    rows = TutorCentre.objects.filter(pk__in=Numbers("centres"))
    return rows.select_related("municipality", "school").order_by("pk")


def _centre(request: ActorRequest) -> tuple[TutorCentre, dict[str, AuditKind]]:
    """Of several the first that audits."""
    found = [(one, kinds_of(one.pk)) for one in _of_keys().all(centres=request.actor.centres(*BEGIN))]
    centre, kinds = next((pair for pair in found if pair[1]), found[0])
    check_begin(request.actor, centre.pk)
    return centre, kinds


def _begin(request: ActorRequest, centre: TutorCentre, form: BeginForm) -> Audit:
    school = fetch(School.objects.all(), pk=form.cleaned_data["school"])
    return begin_audit(
        centre=centre, school=school, kind=form.cleaned_data["kind"], day=timezone.localdate(), token=uuid4(),
        version=None, by=request.actor,
    )  # fmt: skip


def _said(body: bytes) -> dict[str, Any]:
    """Raises ``Invalid`` for what no page of ours sends."""
    try:
        sent = read_json(body)
        version = int(sent["version"]) if sent.get("version") else None
        centre, school = int(sent["centre"]), int(sent["school"])
        return {
            "token": UUID(str(sent["token"])), "centre": centre, "school": school, "kind": str(sent["kind"])[:80],
            "version": version, "day": date.fromisoformat(str(sent["day"])[:10]),
        }  # fmt: skip
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as broken:
        raise Invalid(_("The audit can't be read. Reload the page."), code="broken") from broken
