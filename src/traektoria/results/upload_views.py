"""Files of results come in: sent, asked about, loaded."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import is_light, settle
from traektoria.core.errors import Conflict
from traektoria.engines import results as engine
from traektoria.organisations.forms import ColumnsForm
from traektoria.organisations.imports import AskedColumn
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import centre_of
from traektoria.people.enums import Role, Subject
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.results import actions, receipts, waiting_files
from traektoria.results.actions import COLUMNS_ASKED
from traektoria.results.errands import IMPORT, ask_to_import
from traektoria.results.forms import AnswersForm, UploadForm
from traektoria.results.models import Procedure
from traektoria.results.refusals import AnswersNeeded, differing_sentence
from traektoria.results.wording import COLUMNS, FIELDS, LAYOUTS, SOURCES

coordinator = Role.COORDINATOR


@guard(coordinator, methods=BOTH, once=False)
def upload(request: ActorRequest) -> HttpResponse:
    """Several files at once; each is answered. One good file leads straight to its weak tasks."""
    own = centre_of(request.actor)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        got = [_received(file, own, request) for file in form.cleaned_data["file"]]
        return _answered(request, got)
    facts = {"form": form, "receipts": receipts.recall(request) if request.method == "GET" else []}
    return render(request, "results/upload.html", facts, status=422 if request.method == "POST" else 200)


def _received(file: Any, own: TutorCentre, request: ActorRequest) -> receipts.Receipt:
    """A small file is imported at once, a large one by the worker."""
    content = file.read()
    if is_light(IMPORT, len(content)):
        return receipts.receive(content, file.name, centre=own, by=request.actor)
    begun = ask_to_import(content, file.name, centre=own, by=request.actor)
    return receipts.Receipt(file.name, "begun", _("The file is being loaded."), token=str(begun.pk))


def _answered(request: ActorRequest, got: list[receipts.Receipt]) -> HttpResponse:
    """``part`` marks one of several files that the script sends one by one: all are answered together at the end."""
    one = got[0] if len(got) == 1 and "part" not in request.POST else None
    if one and one.outcome == "imported" and one.dataset:
        _say(request, one)
        return redirect("results:dataset_detail", one.dataset)
    if one and one.outcome == "asks":
        return redirect("results:upload_answer", one.token)
    if one and one.outcome == "begun":
        return redirect("desk:errand_detail", one.token)
    receipts.remember(request, got)
    return HttpResponse(status=200) if "part" in request.POST else redirect("results:upload")


def _say(request: ActorRequest, receipt: receipts.Receipt) -> None:
    messages.success(request, f"«{receipt.filename}». {receipt.sentence}")


@guard(coordinator, methods=BOTH, once=False)
def upload_answer(request: ActorRequest, token: UUID) -> HttpResponse:
    """Ask what a kept file does not say, with what it does say; then import it."""
    kept = waiting_files.take(token, request.actor)
    own = fetch(TutorCentre.objects.filter(pk__in=request.actor.centres(coordinator)), pk=kept.centre_id)
    needed = _needed(kept, own, request)
    if isinstance(needed, HttpResponse):
        return needed
    if COLUMNS_ASKED in needed.missing or (request.GET.get("columns") == "again" and _is_plain(needed)):
        return _columns(request, own, kept)
    form = AnswersForm(
        request.POST or None,
        missing=needed.missing,
        centre=own,
        suggestions=needed.suggestions,
        why=differing_sentence(needed.seen),
    )
    made = attempt(form, lambda: _import(request, own, kept, form.cleaned_data))
    if made:
        return made
    seen = [
        (FIELDS[name], _value(name, guess["value"]), SOURCES.get(guess["source"], ""))
        for name, guess in needed.seen.items()
        if name in FIELDS
    ]
    facts = {"form": form, "kept": kept, "seen": seen, "layout": LAYOUTS.get(needed.seen["layout"], "")}
    facts["asks_again"] = _is_plain(needed)
    return render(request, "results/upload_answer.html", facts, status=status_of(form))


def _is_plain(needed: AnswersNeeded) -> bool:
    """Columns are guessed in a plain table only; the other layouts are known."""
    return bool(needed.seen.get("layout") == "plain")


def _columns(request: ActorRequest, own: TutorCentre, kept: waiting_files.Incoming) -> HttpResponse:
    """Which column is what? Then the file is imported, or what else it does not say is asked at the same address."""
    asked = engine.ask_columns(kept.content, kept.filename)
    form = ColumnsForm(
        request.POST or None,
        asked=[AskedColumn(one.letter, one.title, one.samples) for one in asked],
        choices=list(COLUMNS.items()),
        guesses=[one.guess for one in asked],
    )
    made = attempt(form, lambda: _named(request, own, kept, form.meanings))
    if made:
        return made
    return render(request, "results/upload_columns.html", {"form": form, "kept": kept}, status=status_of(form))


def _named(
    request: ActorRequest, own: TutorCentre, kept: waiting_files.Incoming, meanings: dict[str, str]
) -> HttpResponse:
    actions.name_columns(centre=own, content=kept.content, filename=kept.filename, meanings=meanings, by=request.actor)
    try:
        return _import(request, own, kept, {})
    except AnswersNeeded:
        return redirect(request.path)


def _needed(kept: waiting_files.Incoming, own: TutorCentre, request: ActorRequest) -> AnswersNeeded | HttpResponse:
    """What has to be asked. Where nothing has (two pages open), the file is imported or was already."""
    if kept.asked and not is_light(IMPORT, len(kept.content)):
        return AnswersNeeded.of_told(kept.asked, kept.filename)
    try:
        return actions.check_file(centre=own, content=kept.content, filename=kept.filename, by=request.actor)
    except Conflict as known:
        waiting_files.forget(kept.token)
        messages.info(request, known.sentence)
        return redirect("results:dataset_list")


def _import(
    request: ActorRequest, own: TutorCentre, kept: waiting_files.Incoming, answers: dict[str, Any]
) -> HttpResponse:
    settle(reverse("results:upload_answer", args=[kept.token]), by=request.actor)
    if not is_light(IMPORT, len(kept.content)):
        facts = {"token": str(kept.token), "answers": answers}
        begun = ask_to_import(kept.content, kept.filename, centre=own, by=request.actor, **facts)
        return redirect("desk:errand_detail", begun.pk)
    outcome = actions.import_file(
        centre=own, content=kept.content, filename=kept.filename, by=request.actor, answers=answers
    )
    waiting_files.forget(kept.token)
    _say(request, receipts.imported(kept.filename, outcome))
    return redirect("results:dataset_detail", outcome.dataset.pk)


def _value(name: str, value: Any) -> str:
    """A recognised value in words."""
    words = {"procedure": dict(Procedure.choices), "subject": dict(Subject.choices)}.get(name, {})
    return str(words.get(value, value))
