"""The page of a meeting: when it opens, who has entered, the way in."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import reason_of
from traektoria.organisations.zones import turn_to
from traektoria.people.access_log import log_people
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.guard import POST, ActorRequest, guard
from traektoria.video.actions import entering
from traektoria.video.enums import ServerKind
from traektoria.video.forms import LinkForm
from traektoria.video.models import VideoMeeting
from traektoria.video.policies import check_open
from traektoria.video.queries import connection_of, find_meeting, kept_meeting
from traektoria.video.registries import Meeting
from traektoria.video.servers.protocol import VideoTrouble
from traektoria.video.troubles import for_guest, later

BAD_GATEWAY = 502


@guard()
def meeting(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """Asks no server: it opens whatever the server does."""
    return _shown(request, kind, _existing(request, kind, pk))


@guard(methods=POST, once=False)
def join(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """Lead the person in, by a page that leads on at once: a form may not be answered by another site (our policy of
    contents), and who is not led on has the link."""
    found = _existing(request, kind, pk)
    try:
        address = entering.enter_meeting(kind=kind, meeting=found, by=request.actor)
    except VideoTrouble as trouble:
        said = for_guest(trouble.trouble, moderator=found.is_moderator)
        return _shown(request, kind, found, trouble=said, status=BAD_GATEWAY)
    return render(request, "video/entering.html", {"address": address, "meeting": found, "kind": kind})


@guard(methods=POST)
def link(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """A link by hand, of who leads the meeting."""
    found, form = _existing(request, kind, pk), LinkForm(request.POST)
    if attempt(form, lambda: entering.give_link(kind=kind, meeting=found, by=request.actor, **form.cleaned_data)):
        given = form.cleaned_data["link"]
        said = _("Kept: everybody enters by this link.") if given else _("The link is taken away.")
        messages.success(request, said)
        return redirect("video:meeting", kind, pk)
    return _shown(request, kind, found, form=form, status=status_of(form))


@guard(methods=POST, once=False)
def end(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """For everybody; who enters again begins it anew."""
    found = _existing(request, kind, pk)
    try:
        entering.end_meeting(kind=kind, meeting=found, by=request.actor)
    except VideoTrouble as trouble:
        said = later(trouble.trouble)
        return _shown(request, kind, found, trouble=said, status=BAD_GATEWAY)
    messages.success(request, _("The meeting is ended for everybody."))
    return redirect("video:meeting", kind, pk)


@guard()
def recordings(request: ActorRequest, kind: str, pk: int) -> HttpResponse:
    """Asks the server what was recorded: three seconds at most."""
    found = _existing(request, kind, pk)
    try:
        running, urls = entering.recordings_of(kind=kind, meeting=found, by=request.actor)
    except VideoTrouble as trouble:
        said = later(trouble.trouble)
        return _shown(request, kind, found, trouble=said, status=BAD_GATEWAY)
    return _shown(request, kind, found, recorded=urls, running=running, asked=True)


def _existing(request: ActorRequest, kind: str, pk: int) -> Meeting:
    found = find_meeting(request.actor, kind, pk)
    if found is None:
        raise Http404
    turn_to(found.centre)
    return found


def _shown(
    request: ActorRequest, kind: str, found: Meeting, *, status: int = 200, form: LinkForm | None = None, **more: Any
) -> HttpResponse:
    kept = kept_meeting(kind, found.pk)
    context = _facts(request.actor, kind, found, kept) | more
    context["form"] = form or LinkForm(initial={"link": kept.link if kept else ""})
    if kept is not None:
        people = {one.person_id for one in kept.entries.all()}
        log_people(
            by=request.actor, purpose=Purpose.SUPPORT, kind="video", subject_id=kept.pk, people=people,
            centre_id=found.centre.pk,
        )  # fmt: skip
    return render(request, "video/meeting.html", context, status=status)


def _facts(actor: Actor, kind: str, found: Meeting, kept: VideoMeeting | None) -> dict[str, Any]:
    connection, by_link = connection_of(found.centre), bool(entering.link_of(kept))
    on_server = connection is not None and not by_link
    return {
        "kind": kind,
        "meeting": found,
        "closed": reason_of(check_open, found, timezone.now()),
        "by_link": by_link,
        "server": connection.get_server_display() if connection and on_server else "",
        "has_way": by_link or on_server,
        "can_end": found.is_moderator and on_server and bool(kept and kept.made_at) and _is_bbb(connection),
        "can_record": found.part is not None and on_server and bool(kept and kept.made_at) and _is_bbb(connection),
        "entries": list(kept.entries.all()) if kept else [],
        "mine": actor.person_id,
    }


def _is_bbb(connection: Any) -> bool:
    return connection is not None and connection.server == ServerKind.BBB
