"""One version of an instrument: what it is made of, settings, publishing, what differs from another version."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.text import whole_number
from traektoria.diagnostics.instruments.actions import versions as actions
from traektoria.diagnostics.instruments.composition import Composition, composition_of
from traektoria.diagnostics.instruments.forms.instruments import SettingsForm
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.policies import check_draft, lacks
from traektoria.diagnostics.instruments.queries.instruments import versions_visible_to
from traektoria.diagnostics.instruments.settings import Settings
from traektoria.diagnostics.instruments.version_difference import differences
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard


def version_facts(version: InstrumentVersion, found: Composition | None = None) -> dict[str, Any]:
    """What every page of a version shows at its top."""
    found = found or composition_of(version)
    return {"version": version, "instrument": version.instrument, "made": found, "draft": version.is_draft}


@guard(Role.COORDINATOR)
def version_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Items by form with what they add up to; in a draft they can be changed here."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    facts = version_facts(version)
    missing = lacks(facts["made"]) if version.is_draft else []
    return render(request, "diagnostics/instruments/version.html", {**facts, "lacks": missing})


@guard(Role.COORDINATOR, methods=POST)
def version_publish(request: ActorRequest, pk: int) -> HttpResponse:
    """Publish it for good; what is missing is said on the page of the draft."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    try:
        actions.publish_version(version=version, by=request.actor)
    except Invalid:
        facts = version_facts(version)
        told = {**facts, "lacks": lacks(facts["made"]), "refused": True}
        return render(request, "diagnostics/instruments/version.html", told, status=422)
    messages.success(request, _("Version %(number)s is published.") % {"number": version.number})
    return redirect("diagnostics:version_detail", pk)


@guard(Role.COORDINATOR, methods=POST)
def version_discard(request: ActorRequest, pk: int) -> HttpResponse:
    """Take the draft away; published versions stay."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    instrument, first = version.instrument, version.number == 1
    actions.discard_draft(version=version, by=request.actor)
    messages.success(request, _("The draft was deleted."))
    return (
        redirect("diagnostics:instrument_list") if first else redirect("diagnostics:instrument_detail", instrument.pk)
    )


@guard(Role.COORDINATOR, methods=BOTH)
def version_settings(request: ActorRequest, pk: int) -> HttpResponse:
    """Instruction, time, pauses, markers; of a published version they are only read."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    facts = version_facts(version)
    if request.method == "POST":
        check_draft(version)
    form = SettingsForm(request.POST or None, kind=version.instrument.kind, initial=_initial(facts["made"].settings))
    if attempt(form, lambda: actions.change_settings(version=version, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The settings are saved."))
        return redirect("diagnostics:version_detail", pk)
    return render(request, "diagnostics/instruments/settings.html", {**facts, "form": form}, status=status_of(form))


@guard(Role.COORDINATOR)
def version_difference(request: ActorRequest, pk: int) -> HttpResponse:
    """What this version changed since the one before it (or since ``?since=`` a number)."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    others = version.instrument.versions.exclude(pk=pk)
    since = request.GET.get("since", "")
    earlier = (
        others.filter(number=whole_number(since)) if since.isdecimal() else others.filter(number__lt=version.number)
    )
    older = earlier.first()
    lines = differences(composition_of(older), composition_of(version)) if older else []
    facts = {**version_facts(version), "older": older, "others": others, "lines": lines}
    return render(request, "diagnostics/instruments/difference.html", facts)


def _initial(settings: Settings) -> dict[str, Any]:
    return {**settings.model_dump(), "scales": "\n".join(settings.scales)}
