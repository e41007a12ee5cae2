"""The list of free time of a centre: for everybody in it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from traektoria.consultations.points.permissions import READ
from traektoria.consultations.slots.access import centre_of, places
from traektoria.consultations.slots.forms import SoughtForm
from traektoria.consultations.slots.queries.offered import offered_page, points_offered, tutors_offered
from traektoria.consultations.slots.registries import slot_offers
from traektoria.people.guard import ActorRequest, guard


@guard(*READ)
def slot_list(request: ActorRequest) -> HttpResponse:
    """Dates of the window with their slots; beside a slot stands what rooms to the left offer (booking)."""
    centre = centre_of(request, *READ)
    form = SoughtForm(request.GET, points=points_offered(centre.pk), tutors=tutors_offered(centre.pk))
    rules, now = request.actor.rules_in(centre.pk).consulting, timezone.now()
    page = offered_page(centre.pk, rules, form.sought, request.GET.get("page"), now=now)
    slots = [slot for one in page for slot in one.slots]
    offers: dict[int, tuple[str, str]] = {}
    for offer in slot_offers if slots else ():
        offers |= offer.offer(request.actor, slots)
    context = {
        "page": page, "rows": page.object_list, "form": form, "narrows": form.sought.narrows, "offers": offers,
        "rules": rules, "centre": centre, "places": places(request, *READ),
    }  # fmt: skip
    return render(request, "consultations/slot_list.html", context)
