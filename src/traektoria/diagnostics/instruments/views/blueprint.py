"""The plan of a control work, and forms A and B made by it."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.errors import Invalid
from traektoria.diagnostics.instruments.actions.assembly import Shortage, assemble_version, save_blueprint
from traektoria.diagnostics.instruments.balance import balance_report
from traektoria.diagnostics.instruments.blueprint import LEVELS, counts_of, level_name, plan_lines, rows_of
from traektoria.diagnostics.instruments.models import InstrumentVersion
from traektoria.diagnostics.instruments.policies import check_draft
from traektoria.diagnostics.instruments.queries.instruments import bank_for, versions_visible_to
from traektoria.diagnostics.instruments.settings import BlueprintRow
from traektoria.diagnostics.instruments.views.versions import version_facts
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard

MOST_SEED = 10_000


@guard(Role.COORDINATOR, methods=BOTH)
def version_blueprint(request: ActorRequest, pk: int) -> HttpResponse:
    """Topics × levels with what the bank has; «Save the plan», «Make forms A and B», «Make them anew»."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    if request.method == "GET":
        return _page(request, version)
    check_draft(version)
    rows: tuple[BlueprintRow, ...] | None = None
    try:
        rows = rows_of(request.POST)
        save_blueprint(version=version, rows=rows, by=request.actor)
        return _done(request, version)
    except Shortage as short:
        return _page(request, version, rows, short.sentences)
    except Invalid as refusal:
        return _page(request, version, rows, (refusal.sentence,))


def _done(request: ActorRequest, version: InstrumentVersion) -> HttpResponse:
    """After the plan was kept: make forms if that was pressed."""
    address = reverse("diagnostics:version_blueprint", args=[version.pk])
    if request.POST.get("go") != "assemble":
        messages.success(request, _("The plan is saved."))
        return redirect(address)
    seed = _seed(request.POST.get("seed", ""))
    assemble_version(version=version, seed=seed, by=request.actor)
    messages.success(request, _("Forms A and B are made."))
    return redirect(f"{address}?seed={seed + 1}#balance")


def _page(
    request: ActorRequest,
    version: InstrumentVersion,
    rows: tuple[BlueprintRow, ...] | None = None,
    problems: tuple[str, ...] = (),
) -> HttpResponse:
    version.refresh_from_db()
    facts = version_facts(version)
    there = counts_of(bank_for(version).select_related("current"))
    typed = request.POST if problems and rows is None else None
    lines = plan_lines(facts["made"].settings.blueprint if rows is None else rows, there, typed)
    told: dict[str, Any] = {
        "lines": lines,
        "columns": [level_name(level) for level in LEVELS],
        "planned": sum(line.number for line in lines),
        "problems": problems,
        "balance": balance_report(facts["made"]),
        "filled": any(part.rows for part in facts["made"].forms),
        "seed": _seed(request.GET.get("seed", "") or request.POST.get("seed", "")),
    }
    return render(request, "diagnostics/instruments/blueprint.html", {**facts, **told}, status=422 if problems else 200)


def _seed(raw: str) -> int:
    return int(raw) % MOST_SEED if raw.isascii() and raw.isdecimal() and len(raw) < 9 else 1
