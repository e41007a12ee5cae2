"""The video server of a centre: written down, checked, forgotten."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict
from traektoria.organisations.models import TutorCentre
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.video.actions import connecting
from traektoria.video.enums import ServerKind
from traektoria.video.forms import ConnectionForm
from traektoria.video.models import VideoConnection
from traektoria.video.queries import centres_kept_by, connection_of
from traektoria.video.troubles import for_owner

OWNERS = (Role.COORDINATOR, Role.ADMINISTRATOR)


@guard(*OWNERS)
def connection_list(request: ActorRequest) -> HttpResponse:
    """Centres and their servers; who keeps one centre comes to it at once."""
    centres = list(centres_kept_by(request.actor))
    if len(centres) == 1:
        return redirect("video:connection", centres[0].pk)
    rows = [(one, connection_of(one)) for one in centres]
    return render(request, "video/connection_list.html", {"rows": rows})


@sensitive_post_parameters("secret")
@guard(*OWNERS, methods=BOTH)
def connection(request: ActorRequest, pk: int) -> HttpResponse:
    centre = fetch(centres_kept_by(request.actor), pk=pk)
    known = connection_of(centre)
    form = ConnectionForm(request.POST or None, initial=_initial(known), has_secret=bool(known and known.secret))
    saved = attempt(
        form,
        lambda: connecting.save_connection(
            centre=centre, wanted=connecting.WantedServer(**form.cleaned_data), by=request.actor
        ),
    )
    if saved:
        messages.success(
            request, _("Saved. Now press «Check the connection»: the server itself says whether it works.")
        )
        return redirect("video:connection", pk)
    context = {"form": form, **_facts(centre, known)}
    return render(request, "video/connection.html", context, status=status_of(form))


@guard(*OWNERS, methods=POST, once=False)
def connection_check(request: ActorRequest, pk: int) -> HttpResponse:
    """Ask the server; the answer stands on the page. Asks a network, so it is in no transaction."""
    centre = fetch(centres_kept_by(request.actor), pk=pk)
    known = connection_of(centre)
    if known is None:
        raise Conflict(_("Write down the server first."), code="no_server")
    connecting.check_connection(connection=known, by=request.actor)
    return redirect("video:connection", pk)


@guard(*OWNERS, methods=POST)
def connection_forget(request: ActorRequest, pk: int) -> HttpResponse:
    centre = fetch(centres_kept_by(request.actor), pk=pk)
    connecting.forget_connection(centre=centre, by=request.actor)
    messages.success(request, _("The server is forgotten with its secret. Meetings go by links that tutors give."))
    return redirect("video:connection", pk)


def _initial(known: VideoConnection | None) -> dict[str, object]:
    names = ("server", "address", "app", "record")
    return {name: getattr(known, name) for name in names} if known else {}


def _facts(centre: TutorCentre, known: VideoConnection | None) -> dict[str, object]:
    return {
        "centre": centre,
        "known": known,
        "trouble": for_owner(known.trouble) if known else "",
        "asks_secret": known is not None and known.server == ServerKind.BBB,
    }
