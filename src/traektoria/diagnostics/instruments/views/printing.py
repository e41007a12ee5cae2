"""A version as teachers will see it: on the screen, and on paper with a sheet of answers and the markers' key."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render

from traektoria.diagnostics.instruments.composition import composition_of
from traektoria.diagnostics.instruments.enums import InstrumentKind
from traektoria.diagnostics.instruments.form_view import presented, right_answers
from traektoria.diagnostics.instruments.queries.instruments import versions_visible_to
from traektoria.diagnostics.instruments.views.versions import version_facts
from traektoria.people.enums import Role
from traektoria.people.guard import ActorRequest, fetch, guard

WORK, SHEET, KEY = "work", "sheet", "key"
CODE = range(6)
"""Boxes for the code of a participant."""


@guard(Role.COORDINATOR)
def version_preview(request: ActorRequest, pk: int) -> HttpResponse:
    """The items with their fields; nothing is kept of what is ticked here."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    found = composition_of(version)
    part = found.part(request.GET.get("form", ""))
    facts = {**version_facts(version, found), "part": part, "rows": presented(part)}
    return render(request, "diagnostics/instruments/preview.html", facts)


@guard(Role.COORDINATOR)
def version_print(request: ActorRequest, pk: int) -> HttpResponse:
    """``?part=``: the work itself, the sheet of answers, or what markers need; ``?form=``: which form."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    found = composition_of(version)
    form = found.part(request.GET.get("form", ""))
    parts = parts_of(version.instrument.kind)
    shown = next((one for one in parts if one == request.GET.get("part")), WORK)
    facts: dict[str, Any] = {**version_facts(version, found), "form": form, "parts": parts, "shown": shown}
    facts |= {"answers": right_answers(form)} if shown == KEY else {"rows": presented(form)}
    return render(request, "diagnostics/instruments/print.html", {**facts, "code": CODE})


def parts_of(kind: str) -> tuple[str, ...]:
    """Only a control work has a sheet of its own and a key; elsewhere answers are given on the paper itself."""
    return (WORK, SHEET, KEY) if kind == InstrumentKind.CONTROL_WORK else (WORK,)
