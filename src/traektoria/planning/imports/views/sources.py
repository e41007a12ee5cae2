"""A file is chosen or a table pasted."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from traektoria.core.attempt import attempt, status_of
from traektoria.core.submissions import token_of
from traektoria.people.guard import BOTH, ActorRequest, existing, guard
from traektoria.planning.imports import actions
from traektoria.planning.imports.errands import reads_later
from traektoria.planning.imports.forms import SourceForm
from traektoria.planning.imports.models import PlanImport
from traektoria.planning.imports.permissions import check_import
from traektoria.planning.imports.queries import begun_imports
from traektoria.planning.plans.permissions import WRITERS
from traektoria.planning.plans.queries.plans import find_plan


@guard(*WRITERS, methods=BOTH, once=False)
def import_new(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the plan. The reading stands in no transaction; what it kept is known by the token of the press."""
    plan = existing(find_plan(request.actor, pk))
    check_import(request.actor, plan)
    form = SourceForm(request.POST or None, request.FILES or None)
    if form.is_bound and form.is_valid() and (later := reads_later(request, form.cleaned_data["file"], plan)):
        return later

    def keep() -> PlanImport:
        file = form.cleaned_data["file"]
        source, name = (file.read(), file.name) if file else (b"", "")
        text = form.cleaned_data["text"]
        return actions.keep_import(
            plan=plan, source=source, name=name, text=text, by=request.actor, token=token_of(request)
        )

    draft = attempt(form, keep)
    if draft:
        return redirect("planning:import_detail", draft.pk)
    context = {"form": form, "plan": plan, "begun": begun_imports(plan)}
    return render(request, "planning/import_new.html", context, status=status_of(form))
