"""Files of questions: loading with a look before anything is written, saving, the empty table."""

from contextlib import suppress
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import answer, is_light
from traektoria.core.errors import Invalid
from traektoria.core.files import attachment
from traektoria.core.search_addresses import query_of_address
from traektoria.core.text import whole_number
from traektoria.diagnostics.bank import queries
from traektoria.diagnostics.bank.actions.file_import import import_questions, name_columns
from traektoria.diagnostics.bank.errands import LOAD, QUESTIONS, TYPES, ask_to_load, page_of, words_of
from traektoria.diagnostics.bank.file_export import MOST, export_of
from traektoria.diagnostics.bank.file_preview import BANK, ColumnsAsked, Fate, Reading, read_file
from traektoria.diagnostics.bank.forms.files import BankFileForm, TakeForm
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.bank.views.items import filter_of
from traektoria.diagnostics.items.question_problems import FORMATS, encoding_words, place_words, problem_sentence
from traektoria.engines import questionbanks as q
from traektoria.organisations.forms import ColumnsForm
from traektoria.organisations.imports import AskedColumn, meanings_of
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import centre_of, centres_kept_by
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.results import waiting_files

coordinator = Role.COORDINATOR
SHOWN_LINES = 300
SHOWN_PROBLEMS = 200


@guard(coordinator, methods=BOTH)
def bank_import(request: ActorRequest) -> HttpResponse:
    """A file to look at; nothing is written yet."""
    form = BankFileForm(request.POST or None, request.FILES or None)
    token = attempt(form, lambda: _kept(request, form))
    if token:
        return redirect("diagnostics:bank_import_check", token)
    return render(request, "diagnostics/bank/import.html", {"form": form}, status=status_of(form))


def _kept(request: ActorRequest, form: BankFileForm) -> UUID:
    """The file is held for a day, once it turned out to be one of questions. Raises ``Invalid``."""
    file = form.cleaned_data["file"]
    content, centre = file.read(), centre_of(request.actor)
    with suppress(ColumnsAsked):  # the next page asks them
        read_file(content, file.name, centre)
    return waiting_files.keep(content, file.name, centre_id=centre.pk, by=request.actor)


@guard(coordinator, methods=BOTH, once=False)
def bank_import_check(request: ActorRequest, token: UUID) -> HttpResponse:
    """What was recognised, what will be taken, what not and why; on «Load», one transaction. Of a table with headings
    of its own it is asked first which column is what."""
    kept = waiting_files.take(token, request.actor)
    centre = fetch(centres_kept_by(request.actor), pk=kept.centre_id)
    if request.GET.get("columns") == "again":
        return _columns(request, centre, kept, again=True)
    try:
        reading = read_file(kept.content, kept.filename, centre)
    except ColumnsAsked:
        return _columns(request, centre, kept, again=False)
    form = TakeForm(request.POST if request.method == "POST" else None)

    def load() -> HttpResponse:
        chosen: dict[str, Any] = {
            "skipped": sorted(_skipped(request, reading)),
            "defaults": form.defaults,
            "changed": form.cleaned_data["changed"],
        }
        sent: dict[str, Any] = {"centre": centre, "content": kept.content, "name": kept.filename, "by": request.actor}
        if not is_light(LOAD, len(reading.lines)):
            return redirect("desk:errand_detail", ask_to_load(**sent, **chosen).pk)
        loaded = import_questions(**sent, **chosen)
        messages.success(request, words_of(loaded))
        return redirect(page_of(loaded))

    made = attempt(form, load)
    if made:
        return made
    return render(request, "diagnostics/bank/import_check.html", _facts(reading, form), status=status_of(form))


def _columns(request: ActorRequest, centre: TutorCentre, kept: waiting_files.Incoming, *, again: bool) -> HttpResponse:
    """Which column is what? Then the file is looked at as usual, at the same address."""
    asked = q.ask_columns(kept.content, kept.filename, meanings_of(centre, BANK))
    if not asked:
        return redirect(request.path)
    form = ColumnsForm(
        request.POST or None,
        asked=[AskedColumn(one.letter, one.title, one.samples) for one in asked],
        choices=q.CHOICES,
        guesses=[one.guess for one in asked],
    )

    def name() -> HttpResponse:
        name_columns(centre=centre, content=kept.content, name=kept.filename, meanings=form.meanings, by=request.actor)
        return redirect(request.path)

    facts = {"form": form, "kept": kept, "again": again}
    return attempt(form, name) or render(request, "diagnostics/bank/columns.html", facts, status=status_of(form))


def _skipped(request: ActorRequest, reading: Reading) -> set[int]:
    """Questions that stood on the page with a tick and came back without it."""
    taken = set(map(whole_number, request.POST.getlist("take")))
    offered = [line for line in reading.lines if line.fate.is_offered][:SHOWN_LINES]
    return {line.number for line in offered} - taken


def _facts(reading: Reading, form: TakeForm) -> dict[str, Any]:
    offered = [line for line in reading.lines if line.fate.is_offered]
    encoding = encoding_words(reading.encoding)
    return {
        "reading": reading,
        "form": form,
        "format": FORMATS[reading.format],
        "is_table": reading.format is q.FileFormat.TABLE,
        "encoding": encoding,
        "offered": offered[:SHOWN_LINES],
        "hidden": max(0, len(offered) - SHOWN_LINES),
        "new": len(reading.with_fate(Fate.NEW)),
        "other": len(reading.with_fate(Fate.OTHER)),
        "same": len(reading.with_fate(Fate.SAME)),
        "twice": len(reading.with_fate(Fate.TWICE)),
        "refused": _problems(reading.refused),
        "doubtful": _problems(reading.doubtful),
        "most": SHOWN_PROBLEMS,
        "pictures": sum(len(line.question.pictures) for line in reading.lines),
    }


def _problems(problems: tuple[q.Problem, ...]) -> list[tuple[str, str]]:
    """(where, what is wrong and what to do)."""
    return [(place_words(problem), problem_sentence(problem)) for problem in problems]


@guard(coordinator)
def bank_template(request: ActorRequest) -> HttpResponse:
    return attachment(q.template(), "bank-template.xlsx")


@guard(coordinator)
def bank_export(request: ActorRequest) -> HttpResponse:
    """What will be in the file and what not, before it is saved."""
    items = _chosen(request)
    if len(items) > MOST:
        facts: dict[str, Any] = {"too_many": True, "most": MOST}
    else:
        export = export_of(items, with_pictures=False)
        facts = {"export": export, "number": len(export.questions), "query": urlencode(_asked(request), doseq=True)}
    return render(request, "diagnostics/bank/export.html", facts)


@guard(coordinator)
def bank_export_file(request: ActorRequest, kind: str) -> HttpResponse:
    """The chosen items, or all that the filter shows, as GIFT or XLSX."""
    if kind not in TYPES:
        raise Http404
    items = _chosen(request)
    if len(items) > MOST:
        raise Invalid(_("At most %(n)s items fit into one file. Narrow the filter.") % {"n": MOST}, code="too_many")
    facts = {"centre": centre_of(request.actor).pk, "form": kind, "items": [item.pk for item in items]}
    return answer(request, QUESTIONS, facts, weight=len(items))


def _asked(request: ActorRequest) -> list[tuple[str, Any]]:
    """The part of the address that says which items: ticks, or else the filter."""
    if ticked := _ticked(request):
        return [("item", ticked)]
    return [(name, value) for name, value in query_of_address(request).items() if value and name != "page"]


def _ticked(request: ActorRequest) -> list[int]:
    """What is no number of an item is 0: a tick that finds none, not a page without ticks."""
    return [whole_number(one) for one in request.GET.getlist("item")]


def _chosen(request: ActorRequest) -> list[BankItem]:
    rows = queries.items_visible_to(request.actor)
    found = (
        rows.filter(pk__in=ticked) if (ticked := _ticked(request)) else queries.filtered(rows, filter_of(request).asked)
    )
    return list(found.order_by("pk").prefetch_related("pictures")[: MOST + 1])
