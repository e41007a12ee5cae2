"""Giving teachers over to another tutor; asking one more teacher to join a group."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, existing, guard
from traektoria.routes.supports.actions.members import add_member
from traektoria.routes.supports.actions.reassigning import reassign_support
from traektoria.routes.supports.forms.members import MemberForm, ReassignForm
from traektoria.routes.supports.permissions import check_add_member, check_reassign_support
from traektoria.routes.supports.queries.capacity import places_of
from traektoria.routes.supports.queries.suitable_tutors import successors_of
from traektoria.routes.supports.queries.supports import whole_support
from traektoria.routes.tutees import queries

LEADERS = (Role.COORDINATOR, Role.TUTOR)


@guard(*LEADERS, methods=BOTH)
def support_reassign(request: ActorRequest, pk: int) -> HttpResponse:
    """Propose another tutor to the teachers of a support; it goes on until everybody answered."""
    support = existing(whole_support(request.actor, pk))
    check_reassign_support(request.actor, support)
    fits = successors_of(support)
    form = ReassignForm(request.POST or None, fits=fits, centre_id=support.centre_id)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            new = reassign_support(support=support, by=request.actor, **form.cleaned_data)
        except DomainError as problem:
            form.add_error(None, problem.sentence)
            status = problem.status
        else:
            messages.success(request, _("The new tutor and the teachers are asked. Until they answer nothing changes."))
            return _to(request, new.pk, pk)
    context = {"support": support, "form": form, "fits": fits}
    return render(request, "routes/support_reassign.html", context, status=status)


@guard(*LEADERS, methods=BOTH)
def member_add(request: ActorRequest, pk: int) -> HttpResponse:
    """Find a teacher by surname (``?q=``) and ask them to join the group."""
    support = existing(whole_support(request.actor, pk))
    check_add_member(request.actor, support)
    asked = request.GET.get("q", "")
    form = MemberForm(request.POST or None, support=support, found=asked)
    status = 422 if form.is_bound else 200
    if form.is_valid():
        try:
            add_member(support=support, by=request.actor, **form.cleaned_data)
        except DomainError as problem:
            form.add_error(None, problem.sentence)
            status = problem.status
        else:
            messages.success(request, _("Asked. The teacher is in the group when they consent."))
            return redirect("routes:support_detail", pk)
    places = places_of(support.centre_id, [support.tutor_id])[support.tutor_id]
    context = {"support": support, "form": form, "q": asked, "places": places}
    return render(request, "routes/member_add.html", context, status=status)


def _to(request: ActorRequest, new: int, old: int) -> HttpResponse:
    """The new support where the person may see it; a tutor who gave the teachers over stays with the old one."""
    seen = queries.visible_to(request.actor).filter(pk=new).exists()
    return redirect("routes:support_detail", new if seen else old)
