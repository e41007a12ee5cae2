"""The pages of one sitting. Everything works as plain forms; ``sitting.js`` makes it one page with a queue."""

from datetime import timedelta
from typing import Any, cast
from uuid import UUID

from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import DomainError, Invalid
from traektoria.core.files import shown_picture
from traektoria.core.gate import read_json
from traektoria.core.offline_pages import kept_offline
from traektoria.diagnostics.bank.models import ItemPicture
from traektoria.diagnostics.campaigns.policies.window import is_on
from traektoria.diagnostics.instruments.queries.adaptive import rules_of
from traektoria.diagnostics.instruments.queries.forms import Entry, form_of
from traektoria.diagnostics.items.item_view import from_post
from traektoria.diagnostics.sittings import page
from traektoria.diagnostics.sittings.actions import adaptive
from traektoria.diagnostics.sittings.actions import sittings as actions
from traektoria.diagnostics.sittings.actions.answers import GivenAnswer, Saved, save_answers
from traektoria.diagnostics.sittings.enums import SittingState
from traektoria.diagnostics.sittings.models import Answer, Sitting
from traektoria.diagnostics.sittings.policies import clock_of, epoch_of, minutes_of, pauses_left, settings_of
from traektoria.diagnostics.sittings.queries import sittings as queries
from traektoria.people.actor import Actor
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.models import Account

SHOWN = {
    SittingState.NEW: "diagnostics/sittings/start.html",
    SittingState.PAUSED: "diagnostics/sittings/paused.html",
    SittingState.SUBMITTED: "diagnostics/sittings/over.html",
    SittingState.EXPIRED: "diagnostics/sittings/over.html",
}
AGE = timedelta(days=7)


@guard(own_hand=True)
def sitting(request: ActorRequest, token: UUID) -> HttpResponse:
    """Where the sitting is: its first screen, one item, the pause, the end."""
    row = _settled(_own(request, token))
    if row.state == SittingState.RUNNING and row.part.adaptive:
        return _adaptive(request, row)
    if row.state == SittingState.RUNNING:
        return _item(request, row, _number(request.GET.get("item")))
    if row.state == SittingState.NEW and row.participant.consent_id is None:
        return redirect(_works(row))
    return render(request, SHOWN[SittingState(row.state)], _about(row))


@guard(methods=POST, own_hand=True)
def sitting_start(request: ActorRequest, token: UUID) -> HttpResponse:
    actions.start_sitting(sitting=_own(request, token), by=request.actor)
    return redirect("diagnostics:sitting", token)


@guard(methods=POST, own_hand=True)
def sitting_pause(request: ActorRequest, token: UUID) -> HttpResponse:
    actions.pause_sitting(sitting=_own(request, token), by=request.actor)
    return redirect("diagnostics:sitting", token)


@guard(methods=POST, own_hand=True)
def sitting_resume(request: ActorRequest, token: UUID) -> HttpResponse:
    actions.resume_sitting(sitting=_own(request, token), by=request.actor)
    return redirect("diagnostics:sitting", token)


@guard(methods=POST, own_hand=True)
def sitting_answer(request: ActorRequest, token: UUID) -> HttpResponse:
    """One answer of a plain form, and where to go: on, back, to the summary."""
    row = _own(request, token)
    form = form_of(row.part.version, row.form)
    entry = form.by_pk.get(_number(request.POST.get("item")))
    if entry is None or not entry.number:
        raise Http404
    raw: dict[str, Any] = {}
    if row.part.adaptive:
        return _adaptive_answer(request, row, entry)
    try:
        raw = {} if "clear" in request.POST else from_post(entry.content, request.POST, entry.prefix)
        saved = save_answers(sitting=row, tab="", answers=[GivenAnswer(entry.pk, raw)], by=request.actor)
    except Invalid as refusal:
        return _item(request, row, entry.number, refusal.sentence, raw)
    if entry.pk in saved.refused:
        return _item(request, saved.sitting, entry.number, saved.refused[entry.pk], raw)
    return redirect(_after(row, entry.number, len(form.asked), request.POST.get("go", "")))


@guard(methods=POST, once=False, own_hand=True)
def sitting_save(request: ActorRequest, token: UUID) -> HttpResponse:
    """The queue of the script: JSON {tab, now, answers: [{item, value, sequence, at}]}; the answer is an
    acknowledgement of what is on the disk."""
    person = _person(request)
    row = queries.own_sitting(person, token)
    try:
        tab, answers = _queue(request.body)
        return JsonResponse(_told(save_answers(sitting=row, tab=tab, answers=answers, by=person)))
    except DomainError as refusal:
        return JsonResponse({"code": refusal.code, "sentence": refusal.sentence}, status=refusal.status)


@guard(methods=BOTH, own_hand=True)
def sitting_hand_in(request: ActorRequest, token: UUID) -> HttpResponse:
    """What is not answered yet, and the last press."""
    row = _settled(_own(request, token))
    if request.method == "POST":
        actions.hand_in(sitting=row, by=request.actor)
        return redirect("diagnostics:sitting", token)
    if row.state != SittingState.RUNNING or row.part.adaptive:
        return redirect("diagnostics:sitting", token)
    form, answers = form_of(row.part.version, row.form), queries.answers_of(row)
    context = {"missing": page.unanswered(form, answers), "partly": page.answered_in_part(form, answers)}
    return render(request, "diagnostics/sittings/hand_in.html", {**_about(row), **context})


@guard(own_hand=True)
def sitting_picture(request: ActorRequest, token: UUID, pk: int) -> HttpResponse:
    """A picture of an item of this sitting's form, while it is sat."""
    row = _own(request, token)
    if row.state != SittingState.RUNNING or pk not in form_of(row.part.version, row.form).picture_ids:
        raise Http404
    picture = fetch(ItemPicture.objects.all(), pk=pk)
    return shown_picture(picture.file, picture.media_type)


def _own(request: ActorRequest, token: UUID) -> Sitting:
    return queries.own_sitting(request.actor, token)


def _person(request: ActorRequest) -> Actor:
    """Who asks, without their roles: nothing here depends on them, and this request comes most often of all."""
    account = cast(Account, request.user)
    return Actor(account.pk, account.person_id, "", ())


def _settled(row: Sitting) -> Sitting:
    """Ended, where its time is over; without a write where it is not."""
    going = row.state in (SittingState.RUNNING, SittingState.PAUSED)
    return actions.settled(row) if going and clock_of(row, timezone.now()).is_over(timezone.now()) else row


def _about(row: Sitting) -> dict[str, Any]:
    """What every page of a sitting says."""
    settings, campaign = settings_of(row), row.part.campaign
    form = form_of(row.part.version, row.form)
    return {
        "sitting": row,
        "campaign": campaign,
        "instrument": row.part.version.instrument,
        "settings": settings,
        "total": len(form.asked),
        "minutes": minutes_of(row, len(form.asked)),
        "clock": clock_of(row, timezone.now()),
        "pauses": pauses_left(row),
        "is_on": is_on(campaign, timezone.now()),
        "back": _works(row),
    }


def _item(
    request: ActorRequest, row: Sitting, number: int, wrong: str = "", value: dict[str, Any] | None = None
) -> HttpResponse:
    """One item in a plain form, the others folded away for the script. ``wrong``: why the answer was not taken."""
    form, answers = form_of(row.part.version, row.form), queries.answers_of(row)
    entry = form.asked[min(max(number, 1), len(form.asked)) - 1]
    context = {
        "entry": entry,
        "wrong": wrong,
        "epoch": epoch_of(row.tab) + 1,
        "strip": page.strip(form, entry, answers),
        "section": page.section(row, form, entry, answers.get(entry.pk), value),
        "rest": page.rest(row, form, entry, answers),
    }
    page_made = render(
        request, "diagnostics/sittings/item.html", {**_about(row), **context}, status=422 if wrong else 200
    )
    return kept_offline(page_made, request)


def _adaptive(
    request: ActorRequest, row: Sitting, wrong: str = "", value: dict[str, Any] | None = None
) -> HttpResponse:
    """The item that is out, without a way back."""
    row, out = adaptive.item_out(sitting=row, by=request.actor)
    if out is None:
        return redirect("diagnostics:sitting", row.token)
    form = form_of(row.part.version, row.form)
    entry = form.by_pk[out.form_item_id]
    number = Answer.objects.filter(sitting=row).count()
    context = {
        "entry": entry,
        "wrong": wrong,
        "number": number,
        "most": rules_of(row.part.version, row.form).most_items,
        "asked": page.asked_of(row, entry),
    }
    return render(
        request, "diagnostics/sittings/adaptive.html", {**_about(row), **context}, status=422 if wrong else 200
    )


def _adaptive_answer(request: ActorRequest, row: Sitting, entry: Entry) -> HttpResponse:
    try:
        raw = from_post(entry.content, request.POST, entry.prefix)
        adaptive.answer_item(sitting=row, item=entry.pk, raw=raw, by=request.actor)
    except Invalid as refusal:
        return _adaptive(request, row, refusal.sentence)
    return redirect("diagnostics:sitting", row.token)


def _after(row: Sitting, number: int, total: int, go: str) -> str:
    here = reverse("diagnostics:sitting", args=[row.token])
    if go == "back":
        return f"{here}?item={max(1, number - 1)}"
    if go == "stay":
        return f"{here}?item={number}"
    return f"{here}?item={number + 1}" if number < total else reverse("diagnostics:sitting_hand_in", args=[row.token])


def _works(row: Sitting) -> str:
    return reverse("diagnostics:work_detail", args=[row.participant.campaign_id])


def _number(raw: str | None) -> int:
    return int(raw) if raw and raw.isascii() and raw.isdecimal() and len(raw) < 10 else 0


def _queue(body: bytes) -> tuple[str, list[GivenAnswer]]:
    """Raises ``Invalid`` for what is not a queue."""
    try:
        sent = read_json(body)
        now = int(sent.get("now") or 0)
        return str(sent["tab"])[:40], [_given(one, now) for one in sent["answers"]]
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as wrong:
        raise Invalid(_("This page is out of date. Open it again."), code="bad_queue") from wrong


def _given(sent: dict[str, Any], now: int) -> GivenAnswer:
    """``at`` and ``now`` are by the clock of the device, in milliseconds: only their distance counts."""
    age = timedelta(milliseconds=max(0, now - int(sent.get("at") or now)))
    return GivenAnswer(int(sent["item"]), sent["value"], int(sent["sequence"]), min(age, AGE))


def _told(saved: Saved) -> dict[str, Any]:
    return {
        "kept": saved.kept,
        "refused": saved.refused,
        "owner": saved.owner,
        "epoch": epoch_of(saved.sitting.tab),
        "left": saved.left,
        "state": saved.sitting.state,
    }
