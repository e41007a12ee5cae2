"""The journal of reflection: the teacher's own pages; the tutor reads what is shared."""

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.routes.route.actions.reflection import share_reflection, withdraw_reflection, write_reflection
from traektoria.routes.route.forms import ReflectionForm
from traektoria.routes.route.permissions import can_reflect, check_reflect, check_work
from traektoria.routes.route.policies import LIVING
from traektoria.routes.route.queries.journal import readable_by
from traektoria.routes.route.views.common import fetch_route, form_page
from traektoria.routes.tutees.readers import seen_by


@guard(methods=BOTH, own_hand=True)
def route_journal(request: ActorRequest, pk: int) -> HttpResponse:
    """Entries that the person may read; the teacher writes here."""
    actor = request.actor
    route = fetch_route(actor, pk)
    check_work(actor, route)
    form = ReflectionForm(request.POST or None)
    if request.method == "POST":
        check_reflect(actor, route)
        if form.is_valid():
            write_reflection(route=route, by=actor, **form.cleaned_data)
            return _back(pk)
    context: dict[str, object] = {
        "route": route,
        "form": form,
        "entries": readable_by(actor, route).select_related("person"),
        "writes": can_reflect(actor, route) and route.state in LIVING,
        "me": actor.person_id,
        "seen_by": _("%(who)s, until you share") % {"who": seen_by("reflection.text")},
    }
    return form_page(request, "routes/route_journal.html", context, wrong=form.is_bound)


@guard(methods=POST, own_hand=True)
def reflection_share(request: ActorRequest, pk: int, entry: int) -> HttpResponse:
    actor = request.actor
    found = fetch(readable_by(actor, fetch_route(actor, pk)), pk=entry)
    share_reflection(entry=found, by=actor)
    return _back(pk)


@guard(methods=POST, own_hand=True)
def reflection_withdraw(request: ActorRequest, pk: int, entry: int) -> HttpResponse:
    actor = request.actor
    found = fetch(readable_by(actor, fetch_route(actor, pk)), pk=entry)
    withdraw_reflection(entry=found, by=actor)
    return _back(pk)


def _back(pk: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("routes:route_journal", kwargs={"pk": pk}))
