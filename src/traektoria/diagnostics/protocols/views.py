"""Protocols of interviews and observed lessons: kept by the tutor, shared with the teacher."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.paging import counted_page
from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.form_view import presented
from traektoria.diagnostics.protocols import actions, queries
from traektoria.diagnostics.protocols.forms import BeginForm, WordsForm
from traektoria.diagnostics.protocols.models import Protocol
from traektoria.diagnostics.protocols.page import answers_in, fields_of, part_of, said_in
from traektoria.diagnostics.protocols.permissions import is_supported
from traektoria.diagnostics.protocols.policies import check_being_written
from traektoria.people.access_log import log_access
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.supported_people import persons_open_to

CODE = range(6)


@guard(Role.TEACHER, Role.TUTOR, own_hand=True)
def protocol_list(request: ActorRequest) -> HttpResponse:
    """What was shared with me; for a tutor, the teachers and what is kept about them."""
    actor = request.actor
    facts: dict[str, Any] = {"mine": list(queries.about_me(actor))}
    if actor.is_tutor:
        facts |= {
            "persons": list(persons_open_to(actor).order_by("sort_name", "pk")),
            "kept": counted_page(queries.of_others(actor), request.GET.get("page")),
            "blanks": list(queries.forms_for_tutors(actor)),
        }
    return render(request, "diagnostics/protocols/list.html", facts)


@guard(Role.TUTOR, methods=BOTH, own_hand=True)
def protocol_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Which form, when, on what occasion; then straight into the protocol."""
    person = fetch(persons_open_to(request.actor), pk=pk)
    versions = queries.instruments_for(request.actor, person)
    first = versions.values_list("pk", flat=True).first()
    form = BeginForm(
        request.POST or None, versions=versions, initial={"held_on": timezone.localdate(), "version": first}
    )
    made = attempt(form, lambda: actions.begin_protocol(person=person, by=request.actor, **form.cleaned_data))
    if made:
        return redirect("diagnostics:protocol_detail", made.pk)
    facts = {"person": person, "form": form, "any": first is not None}
    return render(request, "diagnostics/protocols/new.html", facts, status=status_of(form))


@guard(Role.TEACHER, Role.TUTOR, own_hand=True)
def protocol_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft is filled in here by its author; a shared one is read."""
    protocol = _opened(request, pk)
    if protocol.shared_at:
        return render(request, "diagnostics/protocols/read.html", _reading(request, protocol))
    return _draft(request, protocol, WordsForm(initial=_words(protocol)))


@guard(Role.TUTOR, methods=POST, own_hand=True)
def protocol_write(request: ActorRequest, pk: int) -> HttpResponse:
    """Saved by itself while one writes (204), or by the button."""
    protocol = fetch(queries.protocols_visible_to(request.actor), pk=pk)
    check_being_written(protocol)
    form = WordsForm(request.POST)
    saved = attempt(form, lambda: _write(request, protocol, form))
    if saves_itself(request):
        return saved_itself() if saved else HttpResponse(status=422)
    if not saved:
        return _draft(request, protocol, form)
    if request.POST.get("go") == "share":
        return _share(request, saved)
    messages.success(request, _("The protocol is saved. Only you see it."))
    return redirect("diagnostics:protocol_detail", pk)


@guard(Role.TUTOR, methods=POST, own_hand=True)
def protocol_take_back(request: ActorRequest, pk: int) -> HttpResponse:
    protocol = fetch(queries.protocols_visible_to(request.actor), pk=pk)
    actions.take_back_protocol(protocol=protocol, by=request.actor)
    messages.success(request, _("The protocol is a draft again: the teacher does not see it."))
    return redirect("diagnostics:protocol_detail", pk)


@guard(Role.TUTOR, methods=POST, own_hand=True)
def protocol_discard(request: ActorRequest, pk: int) -> HttpResponse:
    protocol = fetch(queries.protocols_visible_to(request.actor), pk=pk)
    actions.discard_protocol(protocol=protocol, by=request.actor)
    messages.success(request, _("The draft is thrown away."))
    return redirect("diagnostics:protocol_list")


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def protocol_confirm(request: ActorRequest, pk: int) -> HttpResponse:
    """«I have read it»."""
    protocol = fetch(queries.protocols_visible_to(request.actor), pk=pk)
    actions.confirm_read(protocol=protocol, by=request.actor)
    return redirect("diagnostics:protocol_detail", pk)


@guard(Role.TUTOR)
def protocol_blank(request: ActorRequest, pk: int) -> HttpResponse:
    """An empty form on paper, to take to the lesson."""
    version = fetch(queries.forms_for_tutors(request.actor), pk=pk)
    made = composition_of(version)
    part = made.part("")
    facts = {"version": version, "instrument": version.instrument, "made": made, "form": part, "rows": presented(part)}
    return render(request, "diagnostics/protocols/blank.html", {**facts, "shown": "work", "parts": (), "code": CODE})


def _opened(request: ActorRequest, pk: int) -> Protocol:
    """The protocol; that somebody else's was opened is written in the teacher's access log."""
    protocol = fetch(queries.protocols_visible_to(request.actor), pk=pk)
    if protocol.person_id != request.actor.person_id:
        log_access(
            by=request.actor,
            purpose=Purpose.SUPPORT,
            kind="diagnostics.protocol",
            subject_id=protocol.pk,
            person_id=protocol.person_id,
        )
    return protocol


def _write(request: ActorRequest, protocol: Protocol, form: WordsForm) -> Protocol:
    answers = answers_in(request.POST, part_of(protocol))
    return actions.write_protocol(protocol=protocol, answers=answers, by=request.actor, **form.cleaned_data)


def _share(request: ActorRequest, protocol: Protocol) -> HttpResponse:
    try:
        actions.share_protocol(protocol=protocol, by=request.actor)
    except Invalid as refusal:
        messages.error(request, refusal.sentence)
    else:
        messages.success(request, _("%(name)s sees the protocol now.") % {"name": protocol.person.short_name})
    return redirect("diagnostics:protocol_detail", protocol.pk)


def _draft(request: ActorRequest, protocol: Protocol, form: WordsForm) -> HttpResponse:
    facts = {
        "protocol": protocol,
        "form": form,
        "rows": fields_of(protocol, request.POST if form.is_bound else None),
        "writes": is_supported(request.actor, protocol),
    }
    return render(request, "diagnostics/protocols/draft.html", facts, status=status_of(form))


def _reading(request: ActorRequest, protocol: Protocol) -> dict[str, Any]:
    mine = protocol.person_id == request.actor.person_id
    supports = not mine and is_supported(request.actor, protocol)
    author = protocol.author_id == request.actor.person_id
    return {
        "protocol": protocol,
        "mine": mine,
        "rows": said_in(protocol, for_tutor=supports),
        "supports": supports,
        "takes_back": author and supports and not protocol.read_at,
        "unread": mine and not protocol.read_at,
    }


def _words(protocol: Protocol) -> dict[str, Any]:
    return {"held_on": protocol.held_on, "about": protocol.about, "conclusion": protocol.conclusion}
