"""Backgrounds of a centre: those that there are, a new one, one put aside, one as it looks."""

from typing import Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import shown_picture
from traektoria.events.certificates.actions import backgrounds
from traektoria.events.certificates.forms import BackgroundForm
from traektoria.events.certificates.models import CertificateBackground
from traektoria.events.certificates.queries.certificates import backgrounds_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.page_centre import centre_of, places

KEEPER: Final = Role.COORDINATOR


@guard(KEEPER, methods=BOTH)
def background_list(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request, KEEPER)
    form = BackgroundForm(request.POST or None, request.FILES or None)
    if made := attempt(form, lambda: backgrounds.add_background(centre=centre, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Added: “%(name)s” is offered first now.") % {"name": made.name})
        return redirect(f"{request.path}?place={centre.pk}")
    context = {
        "form": form, "rows": backgrounds_of(centre.pk), "centre": centre, "places": places(request, KEEPER),
    }  # fmt: skip
    return render(request, "events/background_list.html", context, status=status_of(form))


@guard(KEEPER, methods=POST)
def background_retire(request: ActorRequest, pk: int) -> HttpResponse:
    backgrounds.retire_background(row=_own(request, pk), by=request.actor)
    messages.success(request, _("Put aside: it is offered no more. What was issued on it keeps it."))
    return redirect("events:background_list")


@guard(KEEPER)
def background_picture(request: ActorRequest, pk: int) -> HttpResponse:
    """Drawn by us as JPEG, so that the browser may show it."""
    return shown_picture(_own(request, pk).file)


def _own(request: ActorRequest, pk: int) -> CertificateBackground:
    return fetch(CertificateBackground.objects.filter(centre__in=request.actor.centres(KEEPER)), pk=pk)
