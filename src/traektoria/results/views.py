"""Pages of results: what there is, loading, one dataset, its remarks, schools of the files, specifications."""

import logging
from itertools import zip_longest
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import answer
from traektoria.core.files import attachment
from traektoria.core.lost_files import is_lost, lost_sentence
from traektoria.core.paging import counted_page
from traektoria.core.registries import dataset_actions, dataset_notes
from traektoria.organisations.models import School, TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.people.access_log import log_access
from traektoria.people.enums import HEADS, Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.results import actions, pictures, queries
from traektoria.results.dataset_import import examples_of
from traektoria.results.forms import ScaleForm, SpecificationForm
from traektoria.results.models import WORK, Dataset, DatasetKind
from traektoria.results.new_marks import Marked
from traektoria.results.pages import DatasetPage
from traektoria.results.permissions import can_keep
from traektoria.results.remarks import Remark, remarks_of, remarks_sheet
from traektoria.results.scales import entered, works_datasets
from traektoria.results.selection import Look, Places, levels_for, look_of, places_of
from traektoria.results.sheets import as_xlsx
from traektoria.results.table_errands import TABLE, check_listed, facts_of, rows_of
from traektoria.results.tables import TableKind, published_form
from traektoria.results.tasks import TaskFacts, task_facts
from traektoria.results.wording import BY_LEVELS, LAYOUTS, MARKED, TABLES, TASK_LEVELS

log = logging.getLogger(__name__)
readers = (Role.COORDINATOR, *sorted(HEADS))
coordinator = Role.COORDINATOR


@guard(*readers)
def dataset_list(request: ActorRequest) -> HttpResponse:
    """What is there, newest year first."""
    page = queries.page_of_shown(request.actor, request.GET.get("page"))
    keeps = request.actor.is_coordinator
    unknown = queries.unknown_codes(min(request.actor.centres(coordinator))) if keeps else 0
    facts = {"page": page, "keeps": keeps, "unknown": unknown, "aside": queries.set_aside(request.actor, 50)}
    return render(request, "results/dataset_list.html", facts)


@guard(*readers)
def dataset_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """Figures of one dataset: weak tasks first, tabs as addresses. Where its files are lost, that is said."""
    try:
        dataset = queries.known_dataset(request.actor, pk)
    except Dataset.DoesNotExist as missing:
        raise Http404 from missing
    _log(request, dataset, Purpose.ANALYSIS)
    keeps = can_keep(request.actor, dataset.centre)
    facts: dict[str, Any] = {"dataset": dataset, "keeps": keeps, "layout": LAYOUTS.get(dataset.layout, dataset.layout)}
    try:
        return _detail(request, dataset, facts)
    except OSError as error:
        if not is_lost(error):
            raise
        log.error("Dataset %s can't be read: %s", dataset.pk, error)
        return render(request, "results/dataset_lost.html", {**facts, "sentence": lost_sentence()}, status=410)


def _detail(request: ActorRequest, dataset: Dataset, facts: dict[str, Any]) -> HttpResponse:
    keeps: bool = facts["keeps"]
    if dataset.kind != DatasetKind.ANSWERS and not keeps:
        raise Http404
    facts["newer"] = queries.waiting_for(dataset)
    if not dataset.is_shown:
        facts["instead"] = queries.shown_instead(dataset)
        return render(request, "results/dataset_set_aside.html", facts)
    if dataset.kind != DatasetKind.ANSWERS:
        rows = [{**row, "group": _spaced(row["group"])} for row in published_form(dataset)]
        return render(request, "results/dataset_aggregate.html", {**facts, "rows": rows})
    places = places_of(dataset, request.actor)
    if not places.visible:
        return render(request, "results/dataset_absent.html", facts)
    look = look_of(request.GET, places)
    page = DatasetPage(dataset, look, places, task_facts(dataset), request.GET.get("page"))
    ours, unknown = places.known, places.waiting if keeps else 0
    can_be_used = not keeps or bool(ours and not unknown)
    facts |= {
        "p": page,
        "look": look,
        "places": places,
        "tabs": [(look.but(table=kind).query, word, kind == look.table) for kind, word in TABLES.items()],
        "levels": [(level.value, BY_LEVELS[level]) for level in levels_for(places, look.municipality, look.school)],
        "schools": places.schools(look.municipality),
        "remarks": sum(remark.count for remark in remarks_of(dataset) if remark.is_fault),
        "unknown": unknown,
        "schools_first": keeps and unknown,
        "some_known": ours,
        "offered": [(a, a.url(dataset)) for a in dataset_actions if can_be_used and a.offered(request.actor, dataset)],
        "notes": [words for note in dataset_notes if (words := note.of(request.actor, dataset))],
        "export": reverse("results:table_export", args=[dataset.pk]) + look.query,
    }
    return render(request, "results/dataset_detail.html", facts)


@guard(*readers)
def table_export(request: ActorRequest, pk: int) -> HttpResponse:
    """The table of the page with every group, as XLSX."""
    dataset, places, look = _looked(request, pk)
    check_listed(look)
    tasks = task_facts(dataset)
    facts = facts_of(dataset, look, places, tasks)
    return answer(request, TABLE, facts, weight=rows_of(look, places, tasks))


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
    rows = [
        next((row for row in rows if getattr(row, "task", None) == task.label), rows[0]) for _group, rows in page.page
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
    return attachment(as_xlsx([remarks_sheet(found)]), f"remarks-{pk}.xlsx")


@guard(coordinator, methods=BOTH)
def scale_enter(request: ActorRequest, pk: int) -> HttpResponse:
    """From which points on a mark is given; what becomes of each file of the work is said afterwards."""
    dataset = fetch(queries.kept_by(request.actor), pk=pk, kind=DatasetKind.ANSWERS)
    _log(request, dataset, Purpose.ANALYSIS)
    labels = [task.kim for task in task_facts(dataset)]
    form = ScaleForm(request.POST or None, dataset=dataset, labels=labels)
    made = attempt(form, lambda: actions.enter_scale(centre=dataset.centre, by=request.actor, **form.scale))
    if made:
        for one in made[1]:
            messages.success(request, _scale_sentence(one))
        return redirect("results:dataset_detail", pk)
    facts = {"form": form, "dataset": dataset, "files": works_datasets(dataset.centre, form.work), "labels": labels}
    facts["own"] = entered(dataset.centre, form.work)
    return render(request, "results/scale_enter.html", facts, status=status_of(form))


@guard(coordinator, methods=POST)
def scale_take_back(request: ActorRequest, pk: int) -> HttpResponse:
    """Without a scale of the centre, as before it was entered."""
    dataset = fetch(queries.kept_by(request.actor), pk=pk, kind=DatasetKind.ANSWERS)
    work = {name: getattr(dataset, name) for name in WORK}
    made = actions.take_back_scale(centre=dataset.centre, work=work, by=request.actor)
    for one in made:
        messages.success(request, _scale_sentence(one))
    if not made:
        messages.info(request, _("The centre has entered no scale of this work."))
    return redirect("results:dataset_detail", pk)


def _scale_sentence(made: Marked) -> str:
    return f"«{made.dataset.source_name}»: {MARKED[made.outcome]}."


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
    districts = queries.unknown_districts(own)
    names = [one.name for one in districts]
    district = names[0] if len(names) == 1 else request.GET.get("district")
    if len(names) > 1 and district not in names:
        return render(request, "results/districts_map.html", {"districts": districts})
    page = counted_page(queries.unknown_list(own, district), request.GET.get("page"))
    facts = {
        "page": page,
        "schools": own.schools(),
        "mapped": queries.mapped(own),
        "district": district,
        "several": len(names) > 1,
    }
    return render(request, "results/schools_map.html", facts)


def _map(request: ActorRequest, own: TutorCentre) -> None:
    """Pairs of a code and a choice: a school, «not ours», or nothing (later); or a word on whole districts: ``away`` is
    not ours, or ``ours`` is and the others are not."""
    if "away" in request.POST or "ours" in request.POST:
        named = {one.name for one in queries.unknown_districts(own)}
        asked = {request.POST["away"]} if "away" in request.POST else named - {request.POST["ours"]}
        actions.map_districts(centre=own, districts=asked & named, by=request.actor)
        messages.success(request, _("Saved: it holds for all files, those to come too."))
        return
    codes, choices = request.POST.getlist("code"), request.POST.getlist("school")
    places = zip_longest(codes, request.POST.getlist("municipality")[: len(codes)], fillvalue="")
    rest = []
    for (code, district), choice in zip(places, choices, strict=False):
        if not choice:
            rest.append((code, district))
            continue
        school = None if choice == "none" else fetch(School.objects.all(), pk=choice)
        actions.map_school(
            centre=own, code=code[:120], municipality=district[:200], school=school, by=request.actor
        )  # fmt: skip
    if request.POST.get("rest") and rest:
        said = [district for _code, district in rest] if "municipality" in request.POST else None
        actions.map_rest(centre=own, codes=[code for code, _d in rest], municipalities=said, by=request.actor)
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


def _spaced(group: str) -> str:
    """«Озёрский район (reg99_m002)»: the ready forms glue the code to the name."""
    return " (".join(part.rstrip() for part in group.split("("))


def _log(request: ActorRequest, dataset: Dataset, purpose: Purpose) -> None:
    """Every look at results is written with its purpose."""
    log_access(
        by=request.actor, purpose=purpose, kind="results.dataset", subject_id=dataset.pk, centre_id=dataset.centre_id
    )
