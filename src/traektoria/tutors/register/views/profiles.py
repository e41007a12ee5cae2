"""A tutor's profile: written by the tutor, its capacity also by the coordinator."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Refused
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.people.models import Person
from traektoria.tutors.orders.tabs import KEEPERS, chosen_centre
from traektoria.tutors.profiles import actions, queries
from traektoria.tutors.profiles.actions import ensure_profile, usual_capacity
from traektoria.tutors.profiles.models import TutorProfile
from traektoria.tutors.profiles.permissions import check_sets_capacity
from traektoria.tutors.register.forms.profiles import CapacityForm, ProfileForm, chosen_slots, initial_of, slots_form
from traektoria.tutors.statuses.queries import status_of as tutor_status_of


@guard(Role.TUTOR, methods=BOTH)
def profile_edit(request: ActorRequest) -> HttpResponse:
    """The tutor's own profile in the chosen centre; «more rows» comes back with two rows of the week more."""
    profile = _own(request)
    posted = request.POST or None
    form, rows = ProfileForm(posted, initial=initial_of(profile)), slots_form(profile, posted)
    if posted and "more" not in posted and rows.is_valid():
        saved = attempt(
            form,
            lambda: actions.save_profile(
                profile=profile, availability=chosen_slots(rows), by=request.actor, **form.cleaned_data
            ),
        )
        if saved:
            messages.success(request, _("The profile is saved; colleagues see it in the list of tutors."))
            return redirect("tutors:own")
    wrong = 200 if "more" in request.POST else 422 if rows.is_bound and not rows.is_valid() else status_of(form)
    return render(request, "tutors/profile_edit.html", {"form": form, "rows": rows}, status=wrong)


def _own(request: ActorRequest) -> TutorProfile:
    """The profile; of a tutor older than profiles, one with the usual capacity, made when it is first sent."""
    centre = chosen_centre(request, Role.TUTOR)
    if not request.actor.has(centre.pk, Role.TUTOR):
        raise Refused(_("You are not a tutor of this centre."), code="not_a_tutor")
    me = fetch(Person.objects.all(), pk=request.actor.person_id)
    if request.method == "POST":
        return ensure_profile(person=me, centre=centre, subjects=[])
    known = TutorProfile.objects.filter(person=me, centre=centre).first()
    return known or TutorProfile(person=me, centre=centre, **usual_capacity(centre))


@guard(*KEEPERS, methods=BOTH)
def capacity_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """How many teachers a tutor takes, as the coordinator agrees it with them."""
    profile = fetch(queries.visible_to(request.actor), pk=pk)
    check_sets_capacity(request.actor, profile)
    known = {"teachers_at_once": profile.teachers_at_once, "hours_a_month": profile.hours_a_month}
    form = CapacityForm(request.POST or None, initial=known)
    if attempt(form, lambda: actions.set_capacity(profile=profile, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The capacity is saved."))
        status = tutor_status_of(profile.person_id, profile.centre_id)
        return redirect("tutors:tutor_detail", status.pk) if status else redirect("tutors:home")
    return render(request, "tutors/profile_capacity.html", {"form": form, "profile": profile}, status=status_of(form))
