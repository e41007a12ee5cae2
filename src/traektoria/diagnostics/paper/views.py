"""Paper of a part: whose sheets there are, the table to take and to load, one sheet in the browser."""

from datetime import date
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errands import answer, is_light
from traektoria.core.errors import Conflict, Invalid
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.instruments.queries.forms import Entry, form_of
from traektoria.diagnostics.items.answers import as_sent, clean, score
from traektoria.diagnostics.items.item_view import ask, from_post
from traektoria.diagnostics.items.pieces.cells import Read
from traektoria.diagnostics.paper import actions, queries
from traektoria.diagnostics.paper.cells import is_judged, read_cell, write_cell
from traektoria.diagnostics.paper.errands import TABLE, WRITE, ask_to_write, facts_of, written_words
from traektoria.diagnostics.paper.forms import PaperTableForm, SignedForm
from traektoria.diagnostics.paper.table import PaperPlan, people_of, read_paper, sealed, unsealed
from traektoria.diagnostics.sittings.models import Sitting
from traektoria.diagnostics.sittings.queries.sittings import answers_of
from traektoria.people.access_log import log_access, log_people
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

SALT = "diagnostics.paper"
SEALED_FOR = 24 * 3600


@guard(Role.COORDINATOR)
def paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Everybody who is invited to this part, with what is entered."""
    return _list(request, _part(request, pk), PaperTableForm())


@guard(Role.COORDINATOR)
def paper_template(request: ActorRequest, pk: int) -> HttpResponse:
    part = _part(request, pk)
    people = people_of(part)
    return answer(request, TABLE, facts_of(part, people), weight=len(people))


@guard(Role.COORDINATOR, methods=POST)
def paper_import(request: ActorRequest, pk: int) -> HttpResponse:
    """The table is shown first; the second press brings the sealed rows back and writes all of them or nothing."""
    part = _part(request, pk)
    if "sealed" in request.POST:
        return _written(request, part)
    form = PaperTableForm(request.POST, request.FILES)
    plan = attempt(form, lambda: _plan(form, part))
    if plan is None:
        return _list(request, part, form)
    seal = "" if plan.problems else signing.dumps([part.pk, sealed(plan)], salt=SALT, compress=True)
    context = {"part": part, "plan": plan, "seal": seal}
    return render(request, "diagnostics/sittings/paper_check.html", context, status=422 if plan.problems else 200)


@guard(Role.COORDINATOR, methods=BOTH, own_hand=True)
def paper_entry(request: ActorRequest, pk: int, sitting: int) -> HttpResponse:
    """One person's sheet, in the order of the printed form."""
    part = _part(request, pk)
    row = fetch(queries.sheets_of(part), pk=sitting)
    wrong: list[str] = []
    if request.method == "POST":
        read, wrong = _read(request, row)
        if not wrong:
            actions.enter_paper(sitting=row, answers=read, by=request.actor)
            messages.success(request, _("Written: %(name)s.") % {"name": row.participant.person.full_name})
            return redirect("diagnostics:paper", pk)
    _log(request, row, Purpose.ANALYSIS)
    person = queries.PaperPerson(row)
    context = {"part": part, "person": person, "rows": _fields(request, row), "wrong": wrong}
    return render(request, "diagnostics/sittings/paper_entry.html", context, status=422 if wrong else 200)


@guard(Role.COORDINATOR, methods=POST, own_hand=True)
def paper_consent(request: ActorRequest, pk: int, sitting: int) -> HttpResponse:
    """The consent was signed on paper."""
    part = _part(request, pk)
    row = fetch(queries.sheets_of(part), pk=sitting)
    form = SignedForm(request.POST)
    if attempt(form, lambda: _signed(request, row, form.cleaned_data["signed"])) is None:
        return _list(request, part, PaperTableForm(), form)
    return redirect("diagnostics:paper", pk)


def _part(request: ActorRequest, pk: int) -> CampaignPart:
    return fetch(queries.parts_on_paper(request.actor), pk=pk)


def _log(request: ActorRequest, row: Sitting, purpose: Purpose) -> None:
    """The person can read who opened their sheet."""
    centre, person = row.part.campaign.centre_id, row.participant.person_id
    log_access(
        by=request.actor,
        purpose=purpose,
        kind="diagnostics.paper",
        subject_id=row.pk,
        person_id=person,
        centre_id=centre,
    )


def _list(
    request: ActorRequest, part: CampaignPart, table: PaperTableForm, signed: SignedForm | None = None
) -> HttpResponse:
    rows = list(queries.sheets_of(part))
    people = [queries.PaperPerson(row) for row in rows]
    log_people(
        by=request.actor,
        purpose=Purpose.ANALYSIS,
        kind="diagnostics.participants",
        subject_id=part.campaign_id,
        people=[row.participant.person_id for row in rows],
        centre_id=part.campaign.centre_id,
    )
    context = {
        "part": part,
        "people": people,
        "entered": sum(one.entered for one in people),
        "table": table,
        "signed": signed or SignedForm(initial={"signed": timezone.localdate()}, auto_id=False),
    }
    status = 422 if signed else status_of(table)
    return render(request, "diagnostics/sittings/paper.html", context, status=status)


def _plan(form: PaperTableForm, part: CampaignPart) -> PaperPlan:
    file = form.cleaned_data["file"]
    return read_paper(file.read(), file.name, part)


def _written(request: ActorRequest, part: CampaignPart) -> HttpResponse:
    try:
        number, rows = signing.loads(request.POST["sealed"], salt=SALT, max_age=SEALED_FOR)
    except signing.BadSignature:
        number, rows = 0, []
    if number != part.pk:
        messages.warning(request, _("This preview is out of date: load the table again."))
        return redirect("diagnostics:paper", part.pk)
    if not is_light(WRITE, len(rows)):
        return redirect("desk:errand_detail", ask_to_write(rows, part=part, by=request.actor).pk)
    try:
        done = actions.import_paper(sheets=unsealed(rows, part), by=request.actor)
    except Conflict as meanwhile:
        messages.warning(request, meanwhile.sentence)
    else:
        messages.success(request, written_words(done))
    return redirect("diagnostics:paper", part.pk)


def _signed(request: ActorRequest, row: Sitting, day: date) -> Any:
    return actions.record_paper_consent(participant=row.participant, signed=day, by=request.actor)


def _fields(request: ActorRequest, row: Sitting) -> list[dict[str, Any]]:
    """Items with what was sent or is there. An extended answer is entered as points (or as words for the markers)."""
    known, fields = answers_of(row), []
    for entry in form_of(row.part.version, row.form).asked:
        there = known.get(entry.pk)
        value, points = (there.value, there.score) if there else ({}, None)
        if request.method == "POST":
            value = _sent(request, entry)
        cell = request.POST.get(f"{entry.prefix}-cell") or write_cell(entry, value, points)
        asked = ask(entry.content, prefix=entry.prefix, seed=entry.pk, value=value)
        fields.append({"entry": entry, "asked": asked, "judged": is_judged(entry), "cell": cell})
    return fields


def _sent(request: ActorRequest, entry: Entry) -> dict[str, Any]:
    return as_sent(entry.content, from_post(entry.content, request.POST, entry.prefix))


def _read(request: ActorRequest, row: Sitting) -> tuple[dict[int, Read], list[str]]:
    read: dict[int, Read] = {}
    wrong = []
    for entry in form_of(row.part.version, row.form).asked:
        try:
            read[entry.pk] = _one(request, entry)
        except Invalid as refusal:
            wrong.append(f"{entry.number}. {refusal.sentence}")
    return read, wrong


def _one(request: ActorRequest, entry: Entry) -> Read:
    if is_judged(entry):
        return read_cell(entry, request.POST.get(f"{entry.prefix}-cell", ""))
    value = clean(entry.content, from_post(entry.content, request.POST, entry.prefix))
    return Read(value, score(entry.content, value, entry.max_score))
