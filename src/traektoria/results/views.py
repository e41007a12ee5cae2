"""Pages of results: what there is, loading, one dataset, its remarks, schools of the files, specifications."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Conflict
from traektoria.core.registries import dataset_actions
from traektoria.engines.disclosure import Reason
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.people.access_log import log_access
from traektoria.people.enums import HEADS, Purpose, Role, Subject
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.results import actions, incoming, pictures, queries, receipts
from traektoria.results.forms import AnswersForm, SpecificationForm, UploadForm
from traektoria.results.importing import examples_of
from traektoria.results.look import Look, Places, levels_for, look_of, places_of
from traektoria.results.models import Dataset, DatasetKind, Procedure
from traektoria.results.pages import DatasetPage
from traektoria.results.permissions import may_keep
from traektoria.results.refusals import AnswersNeeded
from traektoria.results.remarks import Remark, remarks_of, remarks_sheet
from traektoria.results.sheets import as_xlsx
from traektoria.results.tables import TableKind
from traektoria.results.tasks import TaskFacts, task_facts
from traektoria.results.wording import BY_LEVELS, FIELDS, LAYOUTS, REASONS, SOURCES, TABLES, TASK_LEVELS

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
readers = (Role.COORDINATOR, *sorted(HEADS))
coordinator = Role.COORDINATOR


@guard(*readers)
def dataset_list(request: ActorRequest) -> HttpResponse:
    """What is there, newest year first."""
    page = Paginator(queries.visible_to(request.actor), 50).get_page(request.GET.get("page"))
    keeps = request.actor.is_coordinator
    unknown = queries.unknown_codes(centre_of(request.actor)) if keeps else 0
    return render(request, "results/dataset_list.html", {"page": page, "keeps": keeps, "unknown": unknown})


@guard(coordinator, methods=BOTH)
def upload(request: ActorRequest) -> HttpResponse:
    """Several files at once; each is answered. One good file leads straight to its weak tasks."""
    own = centre_of(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        got = [
            receipts.receive(file.read(), file.name, centre=own, by=request.actor) for file in form.cleaned_data["file"]
        ]
        return _answered(request, got)
    facts = {"form": form, "receipts": receipts.recall(request) if request.method == "GET" else []}
    return render(request, "results/upload.html", facts, status=422 if request.method == "POST" else 200)


def _answered(request: ActorRequest, got: list[receipts.Receipt]) -> HttpResponse:
    """``part`` marks one of several files that the script sends one by one: all are answered together at the end."""
    one = got[0] if len(got) == 1 and "part" not in request.POST else None
    if one and one.outcome == "imported" and one.dataset:
        _say(request, one)
        return redirect("results:dataset_detail", one.dataset)
    if one and one.outcome == "asks":
        return redirect("results:upload_answer", one.token)
    receipts.remember(request, got)
    return HttpResponse(status=200) if "part" in request.POST else redirect("results:upload")


def _say(request: ActorRequest, receipt: receipts.Receipt) -> None:
    messages.success(request, f"«{receipt.filename}». {receipt.sentence}")


@guard(coordinator, methods=BOTH)
def upload_answer(request: ActorRequest, token: UUID) -> HttpResponse:
    """Ask what a kept file does not say, with what it does say; then import it."""
    kept = incoming.take(token, request.actor)
    own = fetch(TutorCentre.objects.filter(pk__in=request.actor.centres(coordinator)), pk=kept.centre_id)
    needed = _needed(kept, own, request)
    if isinstance(needed, HttpResponse):
        return needed
    form = AnswersForm(request.POST or None, missing=needed.missing, centre=own, suggestions=needed.suggestions)
    made = attempt(form, lambda: _import(request, own, kept, form.cleaned_data))
    if made:
        return made
    seen = [
        (FIELDS[name], _value(name, guess["value"]), SOURCES.get(guess["source"], ""))
        for name, guess in needed.seen.items()
        if name in FIELDS
    ]
    facts = {"form": form, "kept": kept, "seen": seen, "layout": LAYOUTS.get(needed.seen["layout"], "")}
    return render(request, "results/upload_answer.html", facts, status=status_of(form))


def _needed(kept: incoming.Incoming, own: TutorCentre, request: ActorRequest) -> AnswersNeeded | HttpResponse:
    """What has to be asked. Where nothing has (two pages open), the file is imported or was already."""
    try:
        return actions.check_file(centre=own, content=kept.content, filename=kept.filename, by=request.actor)
    except Conflict as known:
        incoming.forget(kept.token)
        messages.info(request, known.sentence)
        return redirect("results:dataset_list")


def _import(request: ActorRequest, own: TutorCentre, kept: incoming.Incoming, answers: dict[str, Any]) -> HttpResponse:
    outcome = actions.import_file(
        centre=own, content=kept.content, filename=kept.filename, by=request.actor, answers=answers
    )
    incoming.forget(kept.token)
    _say(request, receipts.imported(kept.filename, outcome.dataset, len(outcome.unknown)))
    return redirect("results:dataset_detail", outcome.dataset.pk)


def _value(name: str, value: Any) -> str:
    """A recognised value in words."""
    words = {"procedure": dict(Procedure.choices), "subject": dict(Subject.choices)}.get(name, {})
    return str(words.get(value, value))


def _aggregate_row(row: dict[str, Any]) -> dict[str, Any]:
    """A row of a ready form for the page: the name readable, the reason of a hidden one in words."""
    reason = row.get("suppressed")
    return {**row, "group": _spaced(row["group"]), "suppressed": REASONS[Reason(reason)] if reason else ""}


def _spaced(group: str) -> str:
    """«Озёрский район (reg99_m002)»: the ready forms glue the code to the name."""
    return " (".join(part.rstrip() for part in group.split("("))


@guard(*readers)
def dataset_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Figures of one dataset: weak tasks first, tabs as addresses."""
    dataset = fetch(queries.visible_to(request.actor), pk=pk)
    _log(request, dataset, Purpose.ANALYSIS)
    keeps = may_keep(request.actor, dataset.centre)
    facts: dict[str, Any] = {"dataset": dataset, "keeps": keeps, "layout": LAYOUTS.get(dataset.layout, dataset.layout)}
    if dataset.kind != DatasetKind.ANSWERS:
        if not keeps:
            raise Http404
        rows = [_aggregate_row(row) for row in queries.published_groups(dataset.aggregate)]
        return render(request, "results/dataset_aggregate.html", {**facts, "rows": rows})
    places = places_of(dataset, request.actor)
    if not places.visible:
        return render(request, "results/dataset_absent.html", facts)
    look = look_of(request.GET, places)
    page = DatasetPage(dataset, look, places, task_facts(dataset), request.GET.get("page"))
    facts |= {
        "p": page,
        "look": look,
        "places": places,
        "tabs": [(look.but(table=kind).query, word, kind == look.table) for kind, word in TABLES.items()],
        "levels": [(level.value, BY_LEVELS[level]) for level in levels_for(places, look.municipality, look.school)],
        "schools": places.schools(look.municipality),
        "remarks": sum(remark.count for remark in remarks_of(dataset) if remark.is_fault),
        "unknown": queries.unknown_schools(dataset.centre).filter(dataset=dataset).count() if keeps else 0,
        "offered": [(a, a.url(dataset)) for a in dataset_actions if a.offered(request.actor, dataset)],
        "export": reverse("results:table_export", args=[pk]) + look.query,
    }
    return render(request, "results/dataset_detail.html", facts)


@guard(*readers)
def table_export(request: ActorRequest, pk: int) -> HttpResponse:
    """The table of the page with every group, as XLSX."""
    dataset, places, look = _looked(request, pk)
    _log(request, dataset, Purpose.EXPORT)
    if look.listed is None:
        raise Conflict(_("Choose a school first: classes are shown within one school."), code="choose_school")
    page = DatasetPage(dataset, look, places, task_facts(dataset))
    return _download(as_xlsx([page.sheet()]), f"results-{pk}-{look.table.value}-{look.by.value}.xlsx")


@guard(*readers)
def task_detail(request: ActorRequest, pk: int, position: int) -> HttpResponse:
    """One task: what it checks, and its completion by groups with intervals."""
    dataset, places, look = _looked(request, pk)
    facts = task_facts(dataset)
    task = next((task for task in facts if task.position == position), None)
    if task is None:
        raise Http404
    _log(request, dataset, Purpose.ANALYSIS)
    page = DatasetPage(dataset, look.but(table=TableKind.COMPLETION), places, facts, request.GET.get("page"))
    line = next((line for line in page.tasks if line.facts.position == position), None)
    shown = {
        "dataset": dataset,
        "task": task,
        "line": line,
        "p": page,
        "back": reverse("results:dataset_detail", args=[pk]) + page.look.query,
        "picture": _picture_of_task(page, task),
        "neighbours": _neighbours(facts, task),
        "look": page.look,
        "level_word": TASK_LEVELS[task.task_level] if task.task_level else "",
    }
    return render(request, "results/task_detail.html", shown)


def _picture_of_task(page: DatasetPage, task: TaskFacts) -> Any:
    shown = {row.group for row in page.page.object_list}
    rows = [
        next((row for row in rows if getattr(row, "task", None) == task.label), rows[0])
        for group, rows in page.groups
        if group in shown
    ]
    if not rows:
        return None
    own = next((line.row for line in page.tasks if line.facts is task), None)
    title = _("%(task)s by groups") % {"task": task.title}
    return pictures.draw(
        pictures.groups_plot(rows, page.places.names, getattr(own, "percent", None), title, page.focus_name)  # type: ignore[arg-type]
    )


def _neighbours(facts: list[TaskFacts], task: TaskFacts) -> tuple[TaskFacts | None, TaskFacts | None]:
    place = facts.index(task)
    return (facts[place - 1] if place else None, facts[place + 1] if place + 1 < len(facts) else None)


def _looked(request: ActorRequest, pk: int) -> tuple[Dataset, Places, Look]:
    dataset = fetch(queries.visible_to(request.actor), pk=pk, kind=DatasetKind.ANSWERS)
    places = places_of(dataset, request.actor)
    if not places.visible:
        raise Http404
    return dataset, places, look_of(request.GET, places)


@guard(coordinator)
def dataset_dirt(request: ActorRequest, pk: int) -> HttpResponse:
    """Remarks on the file by kind, with cells one can find."""
    dataset = fetch(queries.kept_by(request.actor), pk=pk)
    _log(request, dataset, Purpose.ANALYSIS)
    found = remarks_of(dataset, examples_of(dataset))
    facts = {
        "dataset": dataset,
        "faults": [remark for remark in found if remark.is_fault],
        "normal": [remark for remark in found if not remark.is_fault],
    }
    return render(request, "results/dataset_dirt.html", facts)


@guard(coordinator)
def dirt_export(request: ActorRequest, pk: int) -> HttpResponse:
    """The remarks as XLSX, to be sent to those who correct the file."""
    dataset = fetch(queries.kept_by(request.actor), pk=pk)
    _log(request, dataset, Purpose.EXPORT)
    found: list[Remark] = remarks_of(dataset, examples_of(dataset))
    return _download(as_xlsx([remarks_sheet(found)]), f"remarks-{pk}.xlsx")


@guard(coordinator, methods=POST)
def dataset_delete(request: ActorRequest, pk: int) -> HttpResponse:
    dataset = fetch(queries.kept_by(request.actor), pk=pk)
    name = str(dataset)
    actions.delete_dataset(dataset=dataset, by=request.actor)
    messages.success(request, _("«%(dataset)s» is deleted with its figures.") % {"dataset": name})
    return redirect("results:dataset_list")


@guard(coordinator, methods=BOTH)
def schools_map(request: ActorRequest) -> HttpResponse:
    """Schools of the files that we do not know: which of ours is it, or is it not ours?"""
    own = centre_of(request.actor)
    if request.method == "POST":
        _map(request, own)
        return redirect("results:schools_map")
    page = Paginator(queries.unknown_list(own), 30).get_page(request.GET.get("page"))
    facts = {"page": page, "schools": own.schools(), "mapped": queries.mapped(own)}
    return render(request, "results/schools_map.html", facts)


def _map(request: ActorRequest, own: TutorCentre) -> None:
    """Pairs of a code and a choice: a school, «not ours», or nothing (later)."""
    codes, choices = request.POST.getlist("code"), request.POST.getlist("school")
    rest = [code for code, choice in zip(codes, choices, strict=False) if not choice]
    for code, choice in zip(codes, choices, strict=False):
        if choice:
            school = None if choice == "none" else fetch(School.objects.all(), pk=choice)
            actions.map_school(centre=own, code=code[:120], school=school, by=request.actor)
    if request.POST.get("rest"):
        actions.map_rest(centre=own, codes=rest, by=request.actor)
    messages.success(request, _("Saved: it holds for all files, those to come too."))


@guard(coordinator, methods=BOTH)
def specification_upload(request: ActorRequest) -> HttpResponse:
    """Task → skill → planned result → КЭС/КТ: loaded once for a work, used by all its datasets."""
    form = SpecificationForm(request.POST or None, request.FILES or None)
    made = attempt(form, lambda: _specification(request, form))
    if made:
        messages.success(request, _("The specification is loaded: %(work)s.") % {"work": made})
        return redirect("results:specification_upload")
    facts = {"form": form, "specifications": queries.specifications()}
    return render(request, "results/specification_upload.html", facts, status=status_of(form))


def _specification(request: ActorRequest, form: SpecificationForm) -> Any:
    file = form.cleaned_data["file"]
    return actions.import_specification(content=file.read(), filename=file.name, by=request.actor, work=form.work)


def _log(request: ActorRequest, dataset: Dataset, purpose: Purpose) -> None:
    """Every look at results is written with its purpose."""
    log_access(
        by=request.actor, purpose=purpose, kind="results.dataset", subject_id=dataset.pk, centre_id=dataset.centre_id
    )


def _download(content: bytes, name: str) -> HttpResponse:
    return HttpResponse(content, content_type=XLSX, headers={"Content-Disposition": f'attachment; filename="{name}"'})
