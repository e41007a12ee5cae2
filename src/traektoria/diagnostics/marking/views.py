"""Marking of extended answers: a marker's piles, one answer at a time; how it goes, for the coordinator."""

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.attempt import attempt, status_of
from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.bank.pictures import pictures_of
from traektoria.diagnostics.campaigns.models import CampaignPart
from traektoria.diagnostics.campaigns.queries.campaigns import campaigns_kept_by, parts_read_by, tutors_of_centre
from traektoria.diagnostics.instruments.settings import settings_from
from traektoria.diagnostics.items.content import extended_of
from traektoria.diagnostics.items.item_view import ask
from traektoria.diagnostics.items.markup import shown
from traektoria.diagnostics.marking import actions, queries
from traektoria.diagnostics.marking.agreement import agreement
from traektoria.diagnostics.marking.forms import MarkersForm, MarkingForm
from traektoria.diagnostics.marking.models import Marking
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Person


@guard(Role.TUTOR)
def marking_list(request: ActorRequest) -> HttpResponse:
    """What waits for this marker, work by work."""
    piles = queries.piles_of(request.actor)
    return render(request, "diagnostics/marking/list.html", {"piles": piles, "current": "marking"})


@guard(Role.TUTOR)
def marking_next(request: ActorRequest, pk: int) -> HttpResponse:
    """To the next answer of the pile; ``pk`` is that of the part."""
    part = fetch(CampaignPart.objects.filter(markers=request.actor.person_id), pk=pk)
    return _onward(request, part)


@guard(Role.TUTOR, methods=BOTH, own_hand=True)
def marking_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """One answer with its criteria. Saved while one clicks; «done» counts it and leads to the next."""
    marking = fetch(queries.markings_of(request.actor), pk=pk)
    content = extended_of(marking.answer.form_item.item_version.content)
    saving = request.method == "POST" and saves_itself(request)
    form = MarkingForm(
        request.POST if request.method == "POST" else None, content=content, points=marking.points, partial=saving,
        initial={"note": marking.note},
    )  # fmt: skip
    if request.method == "POST" and attempt(form, lambda: _given(request, marking, form, done=not saving)) is not None:
        return saved_itself() if saving else _onward(request, marking.answer.sitting.part)
    return render(request, "diagnostics/marking/answer.html", _page(request, marking, form), status=status_of(form))


@guard(Role.COORDINATOR)
def marking_progress(request: ActorRequest, pk: int) -> HttpResponse:
    """How the marking of a campaign goes: numbers of answers and how far markers agree, no answer and no points."""
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    lines = [
        queries.progress_of(part, settings_from(part.version.settings).markers)
        for part in queries.parts_with_marks(campaign)
    ]
    tutors = tutors_of_centre(campaign.centre_id)
    rows = [(line, agreement(line.pairs), _markers_form(line.part, tutors)) for line in lines]
    return render(request, "diagnostics/marking/progress.html", {"campaign": campaign, "rows": rows})


@guard(Role.COORDINATOR, methods=POST)
def part_markers(request: ActorRequest, pk: int) -> HttpResponse:
    """Choose markers anew and hand the answers out."""
    part = fetch(parts_read_by(request.actor), pk=pk)
    form = MarkersForm(request.POST, part=part, tutors=tutors_of_centre(part.campaign.centre_id))
    if not form.is_valid():
        messages.warning(request, _("Choose at least one marker."))
    else:
        actions.change_markers(part=part, markers=form.cleaned_data["markers"], by=request.actor)
        messages.success(request, _("The markers are chosen, the answers are handed out."))
    return redirect("diagnostics:marking_progress", part.campaign_id)


@guard(Role.COORDINATOR, methods=POST)
def marking_hand_out(request: ActorRequest, pk: int) -> HttpResponse:
    campaign = fetch(campaigns_kept_by(request.actor), pk=pk)
    given = actions.hand_out_answers(campaign=campaign, by=request.actor)
    words = ngettext("%(n)s answer is handed out.", "%(n)s answers are handed out.", given)
    messages.success(request, words % {"n": given} if given else _("There is nothing new to hand out."))
    return redirect("diagnostics:marking_progress", pk)


def _markers_form(part: CampaignPart, tutors: QuerySet[Person]) -> MarkersForm | None:
    """While they can be changed."""
    return MarkersForm(part=part, tutors=tutors) if actions.can_change_markers(part) else None


def _given(request: ActorRequest, marking: Marking, form: MarkingForm, *, done: bool) -> Marking:
    note = form.cleaned_data["note"]
    keeps = done or marking.done_at is None
    if not keeps:
        return marking
    return actions.give_points(marking=marking, points=form.points, note=note, done=done, by=request.actor)


def _onward(request: ActorRequest, part: CampaignPart) -> HttpResponse:
    following = queries.next_of(request.actor, part)
    if following is None:
        messages.success(request, _("All answers of this work that were handed to you are marked. Thank you!"))
        return redirect("diagnostics:marking_list")
    return redirect("diagnostics:marking_answer", following.pk)


def _page(request: ActorRequest, marking: Marking, form: MarkingForm) -> dict[str, object]:
    answer = marking.answer
    item = answer.form_item.item_version.item
    pictures = pictures_of(ItemPicture.objects.filter(item=item))
    content = form.content
    part = answer.sitting.part
    pile = next((one for one in queries.piles_of(request.actor) if one.part.pk == part.pk), None)
    notes = answer.markings.filter(third=False).exclude(note="").values_list("note", flat=True)
    return {
        "marking": marking,
        "code": queries.code_of(marking),
        "form": form,
        "pile": pile,
        "part": part,
        "asked": ask(content, prefix="item", pictures=pictures, disabled=True),
        "text": answer.value.get("text", ""),
        "guidance": shown(content.guidance, content.text_format, pictures) if content.guidance else "",
        "notes": list(notes) if marking.third else [],
        "current": "marking",
    }
