"""Another tutor receives on one date, without an absence: chosen of who is free then."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.absences.actions.absences import replace_tutor
from traektoria.consultations.absences.forms import SubstituteForm
from traektoria.consultations.absences.queries.colleagues import colleagues_of
from traektoria.consultations.slots.models import HelpDate
from traektoria.consultations.slots.permissions import check_substitute
from traektoria.consultations.slots.policies import check_not_begun, check_standing
from traektoria.consultations.slots.queries.hours import find_kept_date
from traektoria.consultations.slots.registries import whom_to_tell
from traektoria.core.attempt import attempt, status_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, existing, guard


@guard(Role.COORDINATOR, methods=BOTH)
def date_substitute(request: ActorRequest, pk: int) -> HttpResponse:
    """Who comes instead of whom; time, place and bookings stay."""
    date = existing(find_kept_date(request.actor, pk))
    check_substitute(request.actor, date)
    check_standing(date)
    check_not_begun(date, timezone.now())
    form = _form(request, date)
    if attempt(form, lambda: replace_tutor(date=date, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Another tutor receives: both and who has booked are told."))
        return redirect("consultations:date_detail", pk)
    told = whom_to_tell([slot.pk for slot in date.slots.all()])
    context = {"date": date, "form": form, "told": told}
    return render(request, "consultations/date_substitute.html", context, status=status_of(form))


def _form(request: ActorRequest, date: HelpDate) -> forms.Form:
    there = [(one.tutor_id, one.tutor.short_name) for one in date.receives.all()]
    free = colleagues_of(date.centre, date.interval).instead(date)
    others = [(one.pk, one.words) for one in free]
    return SubstituteForm(request.POST or None, there=there, others=others)
