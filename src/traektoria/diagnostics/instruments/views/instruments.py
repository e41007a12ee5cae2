"""Instruments of the centre: the list, the page of one, making, copying, archiving. All are the coordinator's."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.diagnostics.instruments.actions import versions as actions
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.forms.instruments import CopyForm, InstrumentForm, ListFilter, RenameForm
from traektoria.diagnostics.instruments.models import Instrument
from traektoria.diagnostics.instruments.queries import instruments as queries
from traektoria.diagnostics.instruments.registries import facts_of
from traektoria.organisations.queries import centre_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard


@guard(Role.COORDINATOR)
def instrument_list(request: ActorRequest) -> HttpResponse:
    """Instruments that are in use, and the archived ones if asked for."""
    form = ListFilter(request.GET or None)
    rows = queries.instruments_visible_to(request.actor)
    given = form.cleaned_data if form.is_bound and form.is_valid() else {}
    chosen = {name: given[name] for name in ("kind", "subject") if given.get(name)}
    rows = rows.filter(**chosen) if given.get("archived") else rows.filter(archived=False, **chosen)
    page = queries.page_of_instruments(rows, request.GET.get("page"))
    facts = {"page": page, "form": form, "filtered": bool(request.GET)}
    return render(request, "diagnostics/instruments/list.html", facts)


@guard(Role.COORDINATOR, methods=BOTH)
def instrument_new(request: ActorRequest) -> HttpResponse:
    """Kind, title and subject; then straight into the empty draft."""
    asked = request.GET.get("kind", InstrumentKind.CONTROL_WORK)
    form = InstrumentForm(request.POST or None, initial={"kind": asked})
    made = attempt(
        form,
        lambda: actions.create_instrument(centre=centre_of(request.actor), by=request.actor, **form.cleaned_data),
    )
    if made:
        return redirect("diagnostics:version_detail", made.pk)
    return render(request, "diagnostics/instruments/new.html", {"form": form}, status=status_of(form))


@guard(Role.COORDINATOR)
def instrument_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Versions, what each of them was used for, and what can be done with the instrument as a whole."""
    instrument = fetch(queries.instruments_visible_to(request.actor), pk=pk)
    return _detail(request, instrument, RenameForm(instrument=instrument), CopyForm(initial=_copy_title(instrument)))


@guard(Role.COORDINATOR, methods=POST)
def instrument_edit(request: ActorRequest, pk: int) -> HttpResponse:
    """Another title or subject."""
    instrument = fetch(queries.instruments_visible_to(request.actor), pk=pk)
    form = RenameForm(request.POST, instrument=instrument)
    done = attempt(
        form, lambda: actions.change_instrument(instrument=instrument, by=request.actor, **form.cleaned_data)
    )
    if done:
        messages.success(request, _("«%(name)s» is saved.") % {"name": done.title})
        return redirect("diagnostics:instrument_detail", pk)
    return _detail(request, instrument, form, CopyForm(initial=_copy_title(instrument)))


@guard(Role.COORDINATOR, methods=POST)
def instrument_copy(request: ActorRequest, pk: int) -> HttpResponse:
    """A new instrument with what the newest version has."""
    instrument = fetch(queries.instruments_visible_to(request.actor), pk=pk)
    form = CopyForm(request.POST)
    source = queries.versions_of(instrument)[0]
    made = attempt(form, lambda: actions.copy_instrument(version=source, by=request.actor, **form.cleaned_data))
    if made:
        return redirect("diagnostics:version_detail", made.pk)
    return _detail(request, instrument, RenameForm(instrument=instrument), form)


@guard(Role.COORDINATOR, methods=POST)
def instrument_renew(request: ActorRequest, pk: int) -> HttpResponse:
    """A draft of the next version; the draft there is, where there is one."""
    instrument = fetch(queries.instruments_visible_to(request.actor), pk=pk)
    made = actions.new_version(instrument=instrument, by=request.actor)
    return redirect("diagnostics:version_detail", made.pk)


@guard(Role.COORDINATOR, methods=POST)
def instrument_archive(request: ActorRequest, pk: int) -> HttpResponse:
    """Into the archive, or back (``back`` is posted)."""
    instrument = fetch(queries.instruments_visible_to(request.actor), pk=pk)
    archived = "back" not in request.POST
    actions.archive_instrument(instrument=instrument, archived=archived, by=request.actor)
    said = _("«%(name)s» is in the archive.") if archived else _("«%(name)s» is in use again.")
    messages.success(request, said % {"name": instrument.title})
    return redirect("diagnostics:instrument_detail", pk)


def _copy_title(instrument: Instrument) -> dict[str, str]:
    return {"title": (_("%(title)s (copy)") % {"title": instrument.title})[:200]}


def _detail(request: ActorRequest, instrument: Instrument, rename: RenameForm, copy: CopyForm) -> HttpResponse:
    versions = queries.versions_of(instrument)
    wrong = rename if rename.is_bound else copy
    facts: dict[str, Any] = {
        "instrument": instrument,
        "versions": versions,
        "draft": next((one for one in versions if one.is_draft), None),
        **facts_of(instrument),
        "rename": rename,
        "copy": copy,
        "wrong": wrong,
        "list": reverse("diagnostics:instrument_list"),
    }
    return render(request, "diagnostics/instruments/detail.html", facts, status=status_of(wrong))
