"""The list of audits, who is due, a new one, one of them, cancelled, moved to a newer edition."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from markupsafe import escape

from traektoria.core.attempt import attempt, status_of
from traektoria.core.text import whole_number
from traektoria.organisations.lists.queries import reasons_of
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.people.actor import Actor
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.planning.audits.actions import planning
from traektoria.planning.audits.cells import BoardCells, Marks
from traektoria.planning.audits.content import difference, sections_of
from traektoria.planning.audits.forms import AuditForm, AuditorsForm, AuditReasonForm, ReplyForm
from traektoria.planning.audits.kinds import kinds_of
from traektoria.planning.audits.models import Audit
from traektoria.planning.audits.permissions import (
    READ,
    can_bring,
    can_close,
    can_fill,
    can_plan,
    can_reply,
    check_fill,
    check_plan,
    reads_answers,
)
from traektoria.planning.audits.policies import check_open
from traektoria.planning.audits.queries.act import kept_facts
from traektoria.planning.audits.queries.audits import audit_page, find_audit, findings_of, sheet_of, visible_to
from traektoria.planning.audits.queries.board import board_of
from traektoria.planning.audits.queries.checklists import newer_than
from traektoria.planning.audits.queries.findings import FILTERS, finding_page, past_of, turn_of
from traektoria.planning.audits.queries.lessons import calendars_of
from traektoria.planning.audits.queries.people import possible_auditors
from traektoria.planning.audits.queries.schools import by_turn


@guard(*READ)
def audit_list(request: ActorRequest) -> HttpResponse:
    """One's own: of the centre, those one audits, those of the school."""
    page = audit_page(request.actor, request.GET.get("page"))
    context = {"page": page, "rows": page.object_list, "plans": request.actor.is_coordinator}
    context["begins"] = request.actor.is_coordinator or request.actor.is_tutor
    return render(request, "planning/audit_list.html", context)


@guard(Role.COORDINATOR)
def audit_board(request: ActorRequest) -> HttpResponse:
    """Schools by kinds: when it was last, when it is due."""
    centre, today = centre_of(request.actor), timezone.localdate()
    kinds, page, rows = board_of(centre, today, request.GET.get("page"))
    cells = BoardCells(today)
    drawn = []
    for row in rows:
        name = escape(row.name)
        found = [cells.draw(cell, row.school, name) for cell in row.cells]
        drawn.append({"name": name, "helped": row.helped, "cells": found})
    context = {"kinds": kinds, "page": page, "rows": drawn}
    return render(request, "planning/audit_board.html", context)


@guard(*READ)
def finding_list(request: ActorRequest) -> HttpResponse:
    """What is to be mended, by whom and by when, whose turn it is; ``?show=``."""
    show = request.GET.get("show", "open")
    show = show if show in FILTERS else "open"
    page = finding_page(request.actor, request.GET.get("page"), show)
    context = {"page": page, "rows": page.object_list, "show": show, "filters": FILTERS, "marks": Marks()}
    context["today"] = timezone.localdate()
    return render(request, "planning/finding_list.html", context)


@guard(*READ)
def audit_past(request: ActorRequest, pk: int) -> HttpResponse:
    """Criterion by criterion over the years."""
    audit = existing(find_audit(request.actor, pk=pk))
    if not reads_answers(request.actor, audit):
        raise Http404
    audits, rows = past_of(audit)
    context = {"audit": audit, "audits": audits, "rows": rows, "marks": Marks()}
    return render(request, "planning/audit_past.html", context)


@guard(Role.COORDINATOR, methods=BOTH)
def audit_new(request: ActorRequest) -> HttpResponse:
    """``?school=&kind=`` fill it in; ``?follows=``: findings of that audit are looked at again."""
    before = _follows(request)
    centre = before.centre if before else centre_of(request.actor)
    check_plan(request.actor, centre.pk)
    kinds = kinds_of(centre.pk)
    form = AuditForm(
        request.POST or None,
        schools=_schools(centre),
        kinds=[(one.slug, one.title) for one in kinds.values()],
        people=possible_auditors(centre.pk).items(),
        initial=_initial(request, before),
    )
    made = attempt(form, lambda: _plan(request, centre, form, before))
    if made:
        messages.success(request, _("Planned: the auditors and the school are told. The checklist stands below."))
        return redirect("planning:audit_detail", made.pk)
    context = {"form": form, "centre": centre, "before": before, "kinds": kinds}
    return render(request, "planning/audit_new.html", context, status=status_of(form))


@guard(*READ)
def audit_detail(request: ActorRequest, pk: int) -> HttpResponse:
    audit = existing(find_audit(request.actor, pk=pk))
    return render(request, "planning/audit_detail.html", detail_context(request, audit))


@guard(Role.COORDINATOR, methods=BOTH)
def audit_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    audit = existing(find_audit(request.actor, pk=pk))
    check_plan(request.actor, audit.centre_id)
    check_open(audit)
    form = AuditReasonForm(request.POST or None)
    if attempt(form, lambda: planning.cancel_audit(audit=audit, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Cancelled. It is in nobody's calendar any more."))
        return redirect("planning:audit_detail", pk)
    return render(request, "planning/audit_cancel.html", {"audit": audit, "form": form}, status=status_of(form))


@guard(Role.COORDINATOR, methods=BOTH)
def audit_auditors(request: ActorRequest, pk: int) -> HttpResponse:
    """Others audit on; of a signed one they look at the answers of the school."""
    audit = existing(find_audit(request.actor, pk=pk))
    check_plan(request.actor, audit.centre_id)
    have = {row.person_id: row.person.short_name for row in audit.auditors.all()}
    people = {**possible_auditors(audit.centre_id, audit.school_id), **have}
    form = AuditorsForm(request.POST or None, people=people.items(), initial={"auditors": list(have)})
    if attempt(form, lambda: planning.change_auditors(audit=audit, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Changed: those who are new are told."))
        return redirect("planning:audit_detail", pk)
    return render(request, "planning/audit_auditors.html", {"audit": audit, "form": form}, status=status_of(form))


@guard(*READ, methods=POST)
def audit_edition(request: ActorRequest, pk: int) -> HttpResponse:
    """On to the newest edition of its checklist."""
    audit = existing(find_audit(request.actor, pk=pk))
    check_fill(request.actor, audit)
    newer = newer_than(audit.version) or audit.version
    planning.move_to_edition(audit=audit, version=newer, by=request.actor)
    messages.success(request, _("The audit goes by the newer edition. Answers to criteria that stayed are kept."))
    return redirect("planning:audit_fill", pk)


def detail_context(request: ActorRequest, audit: Audit) -> dict[str, Any]:
    """What the page of one audit shows, and to whom."""
    actor = request.actor
    fills = can_fill(actor, audit)
    reads = fills or can_plan(actor, audit.centre_id) or audit.is_signed
    findings = findings_of(audit) if audit.is_signed else []
    replies = audit.is_signed and can_reply(actor, audit)
    open_ones = [one for one in findings if one.is_open]
    calendars = _kind_of(actor, audit, "lesson_calendars")
    turns = {}
    for one in findings:
        one.audit = audit
        said = list(one.replies.all())
        turns[one.pk] = turn_of(one, audit, said[-1].reply if said else None)
    return {
        "audit": audit,
        "sheet": sheet_of(audit),
        "reads": reads,
        "fills": fills and audit.is_open,
        "plans": can_plan(actor, audit.centre_id),
        "findings": findings,
        "turns": turns,
        "marks": Marks(),
        "act": kept_facts(audit) if audit.is_signed else None,
        "closes": [one.pk for one in open_ones if can_close(actor, one)],
        "replies": replies,
        "reply_form": ReplyForm(findings=open_ones) if replies and open_ones else None,
        "change": _change(audit) if fills and audit.is_open else None,
        "compares": reads and _kind_of(actor, audit, "own_card"),
        "lessons": calendars_of(actor, audit),
        "brings": calendars and audit.is_open and can_bring(actor, audit),
        "helped": reasons_of(audit.centre_id, [audit.school_id]).get(audit.school_id, []),
        "today": timezone.localdate(),
    }


def _kind_of(actor: Actor, audit: Audit, rule: str) -> bool:
    """Whether the regulation of today has this rule for audits of the kind: a card of the school, lesson calendars."""
    rules = actor.rules_in(audit.centre_id)
    return any(getattr(one, rule) for one in rules.audits if one.slug == audit.kind)


def _change(audit: Audit) -> Any:
    """What a newer edition has otherwise, and its number."""
    newer = newer_than(audit.version)
    if newer is None:
        return None
    return newer.number, difference(sections_of(audit.version.sections), sections_of(newer.sections))


def _plan(request: ActorRequest, centre: TutorCentre, form: AuditForm, before: Audit | None) -> Audit:
    school = fetch(School.objects.all(), pk=form.cleaned_data["school"])
    return planning.plan_audit(centre=centre, school=school, planned=form.planned, by=request.actor, follows=before)


def _schools(centre: TutorCentre) -> list[tuple[int, str]]:
    """In their turn, with the lists that they stand in: «СОШ № 9 (ШНОР, 2026/27)»."""
    turn = by_turn(centre)
    named = {pk: "; ".join(one.label for one in reasons) for pk, reasons in turn.why.items()}
    return [(pk, f"{name} ({named[pk]})" if pk in named else name) for pk, name in turn.all()]


def _follows(request: ActorRequest) -> Audit | None:
    asked = whole_number(request.GET.get("follows"))
    if not asked:
        return None
    rows = visible_to(request.actor).filter(centre__in=request.actor.centres(Role.COORDINATOR))
    return rows.select_related("centre__municipality", "school").filter(pk=asked).first()


def _initial(request: ActorRequest, before: Audit | None) -> dict[str, Any]:
    if before is not None:
        people = list(before.auditors.values_list("person_id", flat=True))
        return {"school": before.school_id, "kind": before.kind, "auditors": people}
    return {"school": request.GET.get("school", ""), "kind": request.GET.get("kind", "")}
