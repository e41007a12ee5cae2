"""The shelf of programmes: written, released, put aside."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.files import attachment
from traektoria.core.labels import texts_of
from traektoria.core.text import whole_number
from traektoria.events.event.permissions import KEEPERS
from traektoria.events.tutorials import exchange_file
from traektoria.events.tutorials.actions import programmes as actions
from traektoria.events.tutorials.content import Module, materials_of, minutes_of, modules_of
from traektoria.events.tutorials.forms import ModuleForm, ProgrammeForm, TakeForm, written
from traektoria.events.tutorials.models import TutorialProgramme
from traektoria.events.tutorials.permissions import can_write, check_write
from traektoria.events.tutorials.queries import programmes as queries
from traektoria.people.enums import Subject
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.page_centre import centre_of, places

USUAL = {"minutes": 90, "days": 7, "effort": 60}


@guard(*KEEPERS)
def programme_list(request: ActorRequest) -> HttpResponse:
    aside = request.GET.get("aside") == "1"
    page = queries.programme_page(request.actor, request.GET.get("page"), aside=aside)
    context = {"page": page, "rows": page.object_list, "aside": aside, "several": len(request.actor.centre_ids) > 1}
    return render(request, "events/tutorials/programme_list.html", context)


@guard(*KEEPERS, methods=BOTH)
def programme_new(request: ActorRequest) -> HttpResponse:
    centre, form = centre_of(request, *KEEPERS), ProgrammeForm(request.POST or None)
    if made := attempt(form, lambda: actions.make_programme(centre=centre, facts=form.facts, by=request.actor)):
        messages.success(request, _("The programme is on the shelf. Add its meetings now."))
        return redirect("events:programme_detail", made.pk)
    context = {"form": form, "centre": centre, "places": places(request, *KEEPERS)}
    return render(request, "events/tutorials/programme_form.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def programme_take(request: ActorRequest) -> HttpResponse:
    """Of a file that another centre gave away: a programme of one's own."""
    centre, form = centre_of(request, *KEEPERS), TakeForm(request.POST or None, request.FILES or None)

    def take() -> TutorialProgramme:
        file = form.cleaned_data["file"]
        if file.size > exchange_file.LARGEST:
            raise Invalid(_("The file is too large to be a programme."), code="file_too_large")
        brought = exchange_file.unpacked(file.read())
        return actions.take_programme(
            centre=centre, facts=brought.facts, modules=brought.modules, origin=brought.origin, by=request.actor
        )

    if made := attempt(form, take):
        messages.success(request, _("The programme is on your shelf. Look at it, change what is different with you."))
        return redirect("events:programme_detail", made.pk)
    context = {"form": form, "centre": centre, "places": places(request, *KEEPERS)}
    return render(request, "events/tutorials/programme_take.html", context, status=status_of(form))


@guard(*KEEPERS)
def programme_file(request: ActorRequest, pk: int) -> HttpResponse:
    """The newest version, for another centre: without anybody's name."""
    row = _fetch(request, pk)
    newest = queries.newest_of(row)
    if newest is None:
        raise Conflict(_("Release a version first: it is what is given away."), code="no_version")
    newest.programme = row
    name = _("%(title)s, version %(number)s.json") % {"title": row.title, "number": newest.number}
    return attachment(exchange_file.packed(newest), name)


@guard(*KEEPERS)
def programme_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """What is written now, the versions, what was held."""
    row = _fetch(request, pk)
    versions, modules = queries.versions_of(row), modules_of(row.modules)
    newest = versions[0] if versions else None
    meetings, effort = minutes_of(modules)
    writes = can_write(request.actor, row)
    context = {
        "programme": row,
        "modules": list(enumerate(modules, 1)),
        "meetings": meetings,
        "effort": effort,
        "materials": materials_of(row.materials),
        "subjects": ", ".join(texts_of(Subject, row.subject_list)),
        "versions": versions,
        "newest": newest,
        "fresh": newest is None or newest.content != actions.whole_of(row),
        "writes": writes,
        "holds": newest is not None and row.archived_at is None,
        "held": queries.held_of(row, request.actor),
    }
    return render(request, "events/tutorials/programme_detail.html", context)


@guard(*KEEPERS, methods=BOTH)
def programme_edit(request: ActorRequest, pk: int) -> HttpResponse:
    row = _fetch(request, pk)
    check_write(request.actor, row)
    form = ProgrammeForm(request.POST or None, initial=written(row))
    facts: dict[str, Any] = {"programme": row, "by": request.actor, "edition": _edition(request)}
    if attempt(form, lambda: actions.edit_programme(facts=form.facts, **facts)):
        messages.success(request, _("Saved."))
        return redirect("events:programme_detail", pk)
    context = {"form": form, "programme": row, "centre": row.centre}
    return render(request, "events/tutorials/programme_form.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def module_edit(request: ActorRequest, pk: int, place: int) -> HttpResponse:
    """The meeting at ``place``, or a new one after the last."""
    row = _fetch(request, pk)
    check_write(request.actor, row)
    modules = modules_of(row.modules)
    if not 1 <= place <= len(modules) + 1:
        raise Http404
    there = modules[place - 1] if place <= len(modules) else None
    form = ModuleForm(request.POST or None, initial=_as_written(there) if there else USUAL)
    facts: dict[str, Any] = {"programme": row, "place": place, "by": request.actor, "edition": _edition(request)}
    if attempt(form, lambda: actions.write_module(module=form.module, **facts)):
        messages.success(request, _("Saved."))
        return redirect("events:programme_detail", pk)
    context = {"form": form, "programme": row, "place": place, "there": there}
    return render(request, "events/tutorials/module_form.html", context, status=status_of(form))


def _as_written(module: Module) -> dict[str, Any]:
    return {name: getattr(module, name) for name in Module.__dataclass_fields__}


@guard(*KEEPERS, methods=POST)
def module_remove(request: ActorRequest, pk: int, place: int) -> HttpResponse:
    actions.remove_module(programme=_fetch(request, pk), place=place, by=request.actor, edition=_edition(request))
    messages.success(request, _("Taken away. Released versions keep the meeting."))
    return redirect("events:programme_detail", pk)


@guard(*KEEPERS, methods=POST)
def programme_step(request: ActorRequest, pk: int) -> HttpResponse:
    """Release a version, put the programme aside, take it back."""
    row, step = _fetch(request, pk), request.POST.get("step", "")
    if step == "release":
        made = actions.release_programme(programme=row, by=request.actor, edition=_edition(request))
        messages.success(request, _("Version %(number)s is released: events are made of it.") % {"number": made.number})
    elif step in ("aside", "back"):
        actions.put_aside(programme=row, aside=step == "aside", by=request.actor)
        said = _("Put aside: what was held stays readable.") if step == "aside" else _("It stands on the shelf again.")
        messages.success(request, said)
    else:
        raise Http404
    return redirect("events:programme_detail", pk)


def _fetch(request: ActorRequest, pk: int) -> TutorialProgramme:
    return fetch(queries.visible_to(request.actor), pk=pk)


def _edition(request: ActorRequest) -> int | None:
    return whole_number(request.POST.get("edition", "")) or None
