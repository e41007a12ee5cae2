"""Absences of tutors: the list, a new one, what becomes of its dates, coming back earlier."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.actions import absences
from traektoria.consultations.absences.errands import DECIDE, ask_to_decide, decided_words
from traektoria.consultations.absences.forms import AbsenceForm, BackForm, DecisionForm
from traektoria.consultations.absences.permissions import KEEPERS, can_decide, check_decide
from traektoria.consultations.absences.queries.absences import absence_page, find, steps_of
from traektoria.consultations.absences.queries.alternatives import to_decide
from traektoria.consultations.slots.models import TutorAbsence
from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import acting
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, guard
from traektoria.people.page_centre import centre_of, places
from traektoria.routes.tutees.queries import tutor_names


@guard(*KEEPERS)
def absence_list(request: ActorRequest) -> HttpResponse:
    """Of the coordinator's centres, or one's own; the latest first."""
    page = absence_page(request.actor, request.GET.get("page"))
    kept = request.actor.centres(Role.COORDINATOR)
    context = {"page": page, "rows": page.object_list, "kept": kept, "today": timezone.localdate()}
    return render(request, "consultations/absence_list.html", context)


@guard(*KEEPERS, methods=BOTH)
def absence_new(request: ActorRequest) -> HttpResponse:
    """The coordinator for any tutor of a centre (``?place=``), a tutor for themselves."""
    centre = centre_of(request, *KEEPERS)
    keeps = request.actor.has(centre.pk, Role.COORDINATOR)
    tutors = list(tutor_names([centre.pk]).items()) if keeps else []
    form = AbsenceForm(request.POST or None, tutors=tutors)
    made = attempt(form, lambda: _record(request, centre, form))
    if made:
        messages.success(request, _("Written down: no new hours are offered on these days."))
        return redirect("consultations:absence_detail", made.pk)
    context = {"form": form, "centre": centre, "keeps": keeps, "places": places(request, *KEEPERS)}
    return render(request, "consultations/absence_new.html", context, status=status_of(form))


@guard(*KEEPERS)
def absence_detail(request: ActorRequest, pk: int) -> HttpResponse:
    row = existing(find(request.actor, pk))
    return render(request, "consultations/absence_detail.html", _detail(request, row))


@guard(Role.COORDINATOR, methods=POST)
def absence_decide(request: ActorRequest, pk: int) -> HttpResponse:
    """All dates in one act: at once, or by the worker where there are many."""
    row = existing(find(request.actor, pk))
    check_decide(request.actor, row)
    form = DecisionForm(request.POST, dates=to_decide(row, timezone.now()))
    if form.is_valid() and not is_light(DECIDE, len(form.decisions)):
        return redirect("desk:errand_detail", ask_to_decide(row, form.decisions, request.actor).pk)
    made = attempt(form, lambda: (absences.decide(absence=row, decisions=form.decisions, by=request.actor), True))
    if made:
        number = len(made[0])
        messages.success(request, decided_words(number) if number else _("Nothing was chosen: the dates wait on."))
        return redirect("consultations:absence_detail", pk)
    context = _detail(request, row) | {"form": form}
    return render(request, "consultations/absence_detail.html", context, status=status_of(form))


@guard(*KEEPERS, methods=POST)
def absence_end(request: ActorRequest, pk: int) -> HttpResponse:
    row, form = existing(find(request.actor, pk)), BackForm(request.POST)
    if attempt(form, lambda: absences.end_absence(absence=row, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The rest of the days is free again. Dropped dates are restored on their pages."))
        return redirect("consultations:absence_detail", pk)
    context = _detail(request, row) | {"back_form": form}
    return render(request, "consultations/absence_detail.html", context, status=status_of(form))


def _record(request: ActorRequest, centre: TutorCentre, form: AbsenceForm) -> TutorAbsence:
    tutor = form.cleaned_data.get("tutor") or acting(request.actor)
    return absences.record_absence(centre=centre, tutor_id=tutor, away=form.away, by=request.actor)


def _detail(request: ActorRequest, row: TutorAbsence) -> dict[str, Any]:
    now = timezone.now()
    going_on = row.cancelled_at is None and row.end >= timezone.localdate()
    decides = can_decide(request.actor, row)
    steps = steps_of(row)
    dates = to_decide(row, now, steps) if going_on else []
    return {
        "absence": row,
        "decides": decides,
        "dates": dates,
        "taken": sum(one.taken for one in dates),
        "form": DecisionForm(dates=dates) if decides and dates else None,
        "steps": steps,
        "going_on": going_on,
        "begun": row.start <= timezone.localdate(),
        "back_form": BackForm(initial={"last_day": timezone.localdate()}, auto_id="back-%s"),
    }
