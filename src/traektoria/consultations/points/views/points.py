"""The consultation points of a centre: their list, the page of one, and what the coordinator does with it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.consultations.points.actions import keeping
from traektoria.consultations.points.forms import ClosePointForm, PointForm, initial_of
from traektoria.consultations.points.models import ConsultationPoint
from traektoria.consultations.points.permissions import books, can_keep_points, check_keep_points
from traektoria.consultations.points.policies import is_open_on
from traektoria.consultations.points.queries.points import find_point, point_page
from traektoria.consultations.points.registries import point_blocks
from traektoria.core.attempt import attempt, status_of
from traektoria.core.labels import text_of
from traektoria.people.enums import EVERYBODY, Role, Subject
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.page_centre import centre_of, places
from traektoria.routes.tutees.queries import tutor_names


@guard(*EVERYBODY)
def point_list(request: ActorRequest) -> HttpResponse:
    page = point_page(request.actor, request.GET.get("page"))
    return render(request, "consultations/point_list.html", {"page": page, "rows": page.object_list})


@guard(*EVERYBODY)
def point_detail(request: ActorRequest, pk: int) -> HttpResponse:
    point = existing(find_point(request.actor, pk))
    return render(request, "consultations/point_detail.html", _detail(request, point, ClosePointForm(initial=_today())))


@guard(Role.COORDINATOR, methods=BOTH)
def point_new(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request, Role.COORDINATOR)
    offered = tutor_names([centre.pk])
    form = PointForm(request.POST or None, centre=centre, offered=offered, initial={"published": True})
    made = attempt(form, lambda: keeping.make_point(centre=centre, by=request.actor, **form.given))
    if made:
        messages.success(request, _("The point is made. Now make an Hour at it: then one can book."))
        return redirect("consultations:point_detail", made.pk)
    context = {"form": form, "centre": centre, "places": places(request, Role.COORDINATOR)}
    return render(request, "consultations/point_form.html", context, status=status_of(form))


@guard(Role.COORDINATOR, methods=BOTH)
def point_edit(request: ActorRequest, pk: int) -> HttpResponse:
    point = existing(find_point(request.actor, pk))
    check_keep_points(request.actor, point.centre_id)
    there = {one.person_id: one.person.short_name for one in point.receives.all()}
    form = PointForm(
        request.POST or None, centre=point.centre, offered=there | tutor_names([point.centre_id]),
        initial=initial_of(point),
    )  # fmt: skip
    if attempt(form, lambda: keeping.change_point(point=point, by=request.actor, **form.given)):
        messages.success(request, _("Saved: everybody of the centre reads it so."))
        return redirect("consultations:point_detail", pk)
    context = {"form": form, "point": point, "centre": point.centre, "places": []}
    return render(request, "consultations/point_form.html", context, status=status_of(form))


@guard(Role.COORDINATOR, methods=POST)
def point_close(request: ActorRequest, pk: int) -> HttpResponse:
    point, form = existing(find_point(request.actor, pk)), ClosePointForm(request.POST)
    if attempt(form, lambda: keeping.close_point(point=point, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Closed: it stays to be read with the reason, and takes no more Hours."))
        return redirect("consultations:point_detail", pk)
    return render(request, "consultations/point_detail.html", _detail(request, point, form), status=status_of(form))


@guard(Role.COORDINATOR, methods=POST)
def point_reopen(request: ActorRequest, pk: int) -> HttpResponse:
    point = fetch(ConsultationPoint.objects.filter(centre__in=request.actor.centre_ids), pk=pk)
    keeping.reopen_point(point=point, by=request.actor)
    messages.success(request, _("The point is open again. Make Hours at it, or restore the dates that were dropped."))
    return redirect("consultations:point_detail", pk)


def _detail(request: ActorRequest, point: ConsultationPoint, form: ClosePointForm) -> dict[str, Any]:
    keeps = can_keep_points(request.actor, point.centre_id)
    return {
        "point": point,
        "keeps": keeps,
        "books": books(request.actor) and is_open_on(point, timezone.localdate()),
        "close_form": form if keeps and point.is_open else None,
        "subjects": ", ".join(text_of(Subject, one) for one in point.subjects),
        "blocks": [block.draw(request, point) for block in point_blocks],
    }


def _today() -> dict[str, Any]:
    return {"on": timezone.localdate()}
