"""The problem field: the teacher's own, and that of a teacher whom a tutor supports."""

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.support import Step, after_field
from traektoria.diagnostics.findings.queries.findings import told_of
from traektoria.diagnostics.items.enums import CompetenceBlock
from traektoria.diagnostics.problem_field.actions import hypotheses as actions
from traektoria.diagnostics.problem_field.actions.from_results import Totals, propose_from_dataset
from traektoria.diagnostics.problem_field.card import card, history
from traektoria.diagnostics.problem_field.enums import HypothesisState
from traektoria.diagnostics.problem_field.forms import AddForm, BlockForm, DropForm
from traektoria.diagnostics.problem_field.models import Hypothesis
from traektoria.diagnostics.problem_field.no_grounds import why_none
from traektoria.diagnostics.problem_field.queries import hypotheses as queries
from traektoria.diagnostics.problem_field.queries.grounds import no_grounds, stands
from traektoria.organisations.models import TutorCentre
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose, Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Person
from traektoria.people.supported_people import persons_open_to, subjects_held, subjects_of
from traektoria.results.queries import kept_by, matched_schools

# With fewer teachers, the number of hypotheses would tell about one of them.
TEACHERS_TO_COUNT = 5


@guard(Role.TEACHER, own_hand=True)
def hypothesis_list(request: ActorRequest) -> HttpResponse:
    """The teacher's own problem field."""
    actor = request.actor
    context = _field(queries.own_field(actor), actor, actor.person_id or 0)
    context |= {"next": _next_step(context, actor), "told": told_of(actor, actor.person_id or 0)}
    return render(request, "diagnostics/hypothesis_list.html", context)


@guard(Role.TUTOR, own_hand=True)
def person_field(request: ActorRequest, pk: int) -> HttpResponse:
    """The problem field of a teacher whom this tutor supports; the teacher's access log says that it was opened."""
    person = fetch(persons_open_to(request.actor), pk=pk)
    _log(request.actor, person.pk, "diagnostics.person_field", person.pk)
    rows = queries.field_of(request.actor, person.pk)
    told = told_of(request.actor, person.pk)
    context = {"person": person, "told": told, **_field(rows, request.actor, person.pk)}
    return render(request, "diagnostics/person_field.html", context)


@guard(Role.TEACHER, Role.TUTOR, own_hand=True)
def hypothesis_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The evidence under one hypothesis, its history, and the block of competences."""
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    _log(request.actor, hypothesis.person_id, "diagnostics.hypothesis", hypothesis.pk)
    form = BlockForm(initial={"block": hypothesis.block})
    return _detail(request, hypothesis, form)


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def hypothesis_confirm(request: ActorRequest, pk: int) -> HttpResponse:
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    actions.confirm_hypothesis(hypothesis=hypothesis, by=request.actor)
    return _decided(request, hypothesis, counted=True)


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def hypothesis_drop(request: ActorRequest, pk: int) -> HttpResponse:
    """One press drops; the reason may follow, and is never required."""
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    form = DropForm(request.POST)
    if not form.is_valid():
        return _detail(request, hypothesis, BlockForm(initial={"block": hypothesis.block}), drop_form=form, status=422)
    actions.drop_hypothesis(hypothesis=hypothesis, by=request.actor, **form.cleaned_data)
    return _decided(request, hypothesis, counted=hypothesis.is_proposed)


@guard(Role.TEACHER, methods=POST, own_hand=True)
def hypothesis_discuss(request: ActorRequest, pk: int) -> HttpResponse:
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    actions.discuss_hypothesis(hypothesis=hypothesis, by=request.actor)
    return _decided(request, hypothesis, counted=True)


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def hypothesis_reopen(request: ActorRequest, pk: int) -> HttpResponse:
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    actions.reopen_hypothesis(hypothesis=hypothesis, by=request.actor)
    return _decided(request, hypothesis)


@guard(Role.TEACHER, Role.TUTOR, methods=POST, own_hand=True)
def hypothesis_block(request: ActorRequest, pk: int) -> HttpResponse:
    """Move the hypothesis to another block of competences."""
    hypothesis = fetch(queries.visible_to(request.actor), pk=pk)
    form = BlockForm(request.POST)
    if not form.is_valid():
        return _detail(request, hypothesis, form, status=422)
    actions.change_block(hypothesis=hypothesis, by=request.actor, **form.cleaned_data)
    return redirect("diagnostics:hypothesis_detail", pk)


@guard(Role.TEACHER, methods=BOTH, own_hand=True)
def hypothesis_add(request: ActorRequest) -> HttpResponse:
    """The teacher adds to their own field."""
    person = fetch(Person.objects.all(), pk=request.actor.person_id)
    return _add(request, person, reverse("diagnostics:hypothesis_list"))


@guard(Role.TUTOR, methods=BOTH, own_hand=True)
def person_hypothesis_add(request: ActorRequest, pk: int) -> HttpResponse:
    """The tutor suggests something to a teacher, who confirms or drops it."""
    person = fetch(persons_open_to(request.actor), pk=pk)
    return _add(request, person, reverse("diagnostics:person_field", args=[pk]))


@guard(Role.COORDINATOR, methods=POST)
def dataset_propose(request: ActorRequest, pk: int) -> HttpResponse:
    """Propose from a dataset; the coordinator learns how many teachers got something to look at, not who or what."""
    dataset = fetch(kept_by(request.actor), pk=pk)
    ours, unknown, known = matched_schools(dataset)
    if known and (unknown or not ours):
        messages.warning(request, _no_school(ours, unknown))
        return redirect("results:schools_map") if unknown else redirect("results:dataset_detail", pk)
    messages.success(request, _proposed(propose_from_dataset(dataset=dataset, by=request.actor)))
    return redirect("results:dataset_detail", pk)


def _no_school(ours: int, unknown: int) -> str:
    """While schools of the file wait for a word, that is the reason that nothing is said, not the staff list."""
    if unknown and ours:
        return _("Some schools of this file still wait for your word. Say whether they are yours, then propose again.")
    if unknown:
        return _("No school of this file is recognised yet. Say which of them are yours, then propose again.")
    return _("None of the schools of this file is yours, so nothing is proposed.")


def _proposed(totals: Totals) -> str:
    if not totals.teachers:
        return _("No teacher of these classes is in the staff list: load the staff with their classes first.")
    words = ngettext(
        "Classes of %(n)s teacher are compared.", "Classes of %(n)s teachers are compared.", totals.teachers
    )
    told = words % {"n": totals.teachers}
    if totals.teachers < TEACHERS_TO_COUNT:
        return told
    asked = ngettext("%(n)s new question.", "%(n)s new questions.", totals.questions) % {"n": totals.questions}
    new = ngettext("%(n)s new supposition.", "%(n)s new suppositions.", totals.hypotheses) % {"n": totals.hypotheses}
    parts = [told, asked, new]
    if totals.withdrawn:
        gone = ngettext("%(n)s withdrawn after a recount.", "%(n)s withdrawn after a recount.", totals.withdrawn)
        parts.append(gone % {"n": totals.withdrawn})
    if totals.silent:
        parts.append(
            _("Schools in the file are too few to tell classes from teaching: no suppositions follow from it.")
        )
    elif not (totals.hypotheses or totals.questions):
        parts.append(_("No grounds for a question or a supposition were found, and that is a good answer."))
    return " ".join(parts)


def _add(request: ActorRequest, person: Person, back: str) -> HttpResponse:
    """The form may come filled in by its address: a protocol leads here."""
    mine = person.pk == request.actor.person_id
    held = [] if mine else subjects_held(request.actor, person)
    subjects = subjects_of(person) if mine else [subject for _centre, subject in held]
    prefilled = {name: request.GET[name] for name in AddForm.base_fields if name in request.GET}
    initial = {"block": CompetenceBlock.METHODICAL, "subject": subjects[0] if subjects else "", **prefilled}
    form = AddForm(request.POST or None, initial=initial, subjects=subjects, others=mine)
    if request.method == "POST" and form.is_valid():
        centre = _centre_of(request.actor, person, held, form.cleaned_data["subject"])
        actions.add_by_hand(centre=centre, person=person, by=request.actor, **form.cleaned_data)
        return redirect(back)
    context = {"form": form, "person": person, "back": back, "mine": mine}
    status = 422 if request.method == "POST" else 200
    return render(request, "diagnostics/hypothesis_add.html", context, status=status)


def _centre_of(actor: Actor, person: Person, held: list[tuple[int, str]], subject: str) -> TutorCentre:
    """Where the support in this subject is; of one's own field, where one belongs."""
    if person.pk == actor.person_id:
        return fetch(queries.centres_of(person, actor))
    return TutorCentre.objects.get(pk=next(centre for centre, one in held if one == subject))


def _detail(
    request: ActorRequest,
    hypothesis: Hypothesis,
    block_form: BlockForm,
    *,
    drop_form: DropForm | None = None,
    status: int = 200,
) -> HttpResponse:
    context = {
        "shown": card(hypothesis, request.actor),
        "block_form": block_form,
        "drop_form": drop_form or _drop_form(hypothesis),
        "back": _field_url(hypothesis, request.actor),
        "history": history(hypothesis),
    }
    return render(request, "diagnostics/hypothesis_detail.html", context, status=status)


def _field(rows: Iterable[Hypothesis], actor: Actor, person_id: int) -> dict[str, Any]:
    """Cards in the groups of the page, and why there is no supposition where none stands."""
    cards = [card(row, actor) for row in rows]
    mine = person_id == actor.person_id
    supposed = stands(found.hypothesis for found in cards)
    return {
        "waiting": [found for found in cards if found.hypothesis.is_proposed],
        "discussed": [found for found in cards if found.hypothesis.is_discussed],
        "confirmed": [found for found in cards if found.hypothesis.is_confirmed],
        "withdrawn": [found for found in cards if found.is_news],
        "dropped": [found for found in cards if found.hypothesis.is_dropped and not found.is_news],
        "any": bool(cards),
        "why_none": None if supposed else why_none(no_grounds(person_id), mine=mine),
        "legend": any(found.picture and not found.picture.is_work for found in cards),
        "drop_form": DropForm(auto_id=False),
    }


def _next_step(field: dict[str, Any], actor: Actor) -> Step | None:
    """What comes next when every card has its word: said by the rooms that keep supports and routes."""
    if field["waiting"] or not (field["confirmed"] or field["discussed"]):
        return None
    return _after_field(actor)


def _after_field(actor: Actor) -> Step | None:
    return next((step for source in after_field if (step := source.of(actor.person_id or 0))), None)


def _decided(request: ActorRequest, hypothesis: Hypothesis, *, counted: bool = False) -> HttpResponse:
    """The card as it is now (htmx), or back to the field at the place of the card.

    ``counted``: the heading over the waiting cards says anew how many are left (on a page that has it).
    """
    if not request.htmx:
        return redirect(f"{_field_url(hypothesis, request.actor)}#hypothesis-{hypothesis.pk}")
    fresh = fetch(queries.visible_to(request.actor), pk=hypothesis.pk)
    context: dict[str, Any] = {"shown": card(fresh, request.actor), "drop_form": _drop_form(fresh)}
    if counted and request.htmx.current_url_abs_path == _field_url(hypothesis, request.actor):
        waiting = queries.field_of(request.actor, hypothesis.person_id).filter(state=HypothesisState.PROPOSED)
        context["left"] = waiting.count()
        if not context["left"] and context["shown"].mine:
            context["next"] = _after_field(request.actor)
    return render(request, "diagnostics/hypothesis_answer.html", context)


def _drop_form(hypothesis: Hypothesis) -> DropForm:
    return DropForm(
        initial={"reason_kind": hypothesis.reason_kind, "reason": hypothesis.reason}, auto_id=f"why-{hypothesis.pk}-%s"
    )


def _field_url(hypothesis: Hypothesis, actor: Actor) -> str:
    if hypothesis.person_id == actor.person_id:
        return reverse("diagnostics:hypothesis_list")
    return reverse("diagnostics:person_field", args=[hypothesis.person_id])


def _log(actor: Actor, person_id: int, kind: str, subject_id: int) -> None:
    """Somebody else's data are opened with a purpose, and the person can read it."""
    if actor.person_id != person_id:
        log_access(by=actor, purpose=Purpose.SUPPORT, kind=kind, subject_id=subject_id, person_id=person_id)
