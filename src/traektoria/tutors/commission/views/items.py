"""An item of the agenda: judged, discussed, voted on, decided. All answers lead back to the page of the session."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.forms import Form
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters

from traektoria.core.attempt import attempt
from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.people.actor import Actor
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.tutors.commission.actions import items, sessions, voting
from traektoria.tutors.commission.forms.composition import ReasonForm
from traektoria.tutors.commission.forms.session import (
    DecisionForm,
    DiscussionForm,
    JudgementForm,
    OpinionForm,
    RecusalForm,
    VoteForm,
)
from traektoria.tutors.commission.models import AgendaItem
from traektoria.tutors.commission.permissions import check_leads_item, check_takes_part
from traektoria.tutors.commission.queries import sessions as queries
from traektoria.tutors.commission.queries.judgements import judged_criteria
from traektoria.tutors.commission.views.composition import READERS
from traektoria.tutors.commission.views.sessions import session_page, to_session

STEPS: dict[str, Callable[..., Any]] = {
    "begin": items.begin_item,
    "reveal": items.reveal_judgements,
    "secret": partial(items.set_secret, secret=True),
    "open": partial(items.set_secret, secret=False),
    "vote": voting.open_vote,
    "count": voting.count_votes,
    "repeat": voting.repeat_vote,
    "up": partial(sessions.move_item, up=True),
    "down": partial(sessions.move_item, up=False),
    "remove": sessions.remove_from_agenda,
}


def _fetch(actor: Actor, pk: int) -> AgendaItem:
    return fetch(queries.items_visible_to(actor), pk=pk)


@guard(*READERS, methods=POST, own_hand=True)
def item_step(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """A step that needs no words."""
    if step not in STEPS:
        raise Http404
    item = _fetch(request.actor, pk)
    STEPS[step](item=item, by=request.actor)
    return to_session(item.session_id, None if step in ("up", "down", "remove") else pk)


@guard(*READERS, methods=POST, own_hand=True)
def item_judge(request: ActorRequest, pk: int) -> HttpResponse:
    """Points of this member; saved as they are given, too."""
    item = _fetch(request.actor, pk)
    check_takes_part(request.actor, item)
    form = JudgementForm(request.POST, criteria=judged_criteria(item.application), partial=saves_itself(request))
    act = lambda: items.give_points(item=item, given=form.given(), by=request.actor)  # noqa: E731
    return _answer(request, item, "judge", form, act, _("Your judgement is saved. Nobody sees it until all are in."))


@guard(*READERS, methods=POST, own_hand=True)
@sensitive_post_parameters("choice")
def item_vote(request: ActorRequest, pk: int) -> HttpResponse:
    item = _fetch(request.actor, pk)
    form = VoteForm(request.POST)
    act = lambda: voting.cast_vote(item=item, choice=form.chosen, by=request.actor)  # noqa: E731
    return _answer(request, item, "vote", form, act, _("Your vote is in."))


@guard(*READERS, methods=POST)
def item_discussion(request: ActorRequest, pk: int) -> HttpResponse:
    item = _fetch(request.actor, pk)
    form = DiscussionForm(request.POST)
    act = lambda: items.save_discussion(item=item, text=form.cleaned_data["text"], by=request.actor)  # noqa: E731
    return _answer(request, item, "discussion", form, act)


@guard(*READERS, methods=POST, own_hand=True)
def item_recuse(request: ActorRequest, pk: int) -> HttpResponse:
    item = _fetch(request.actor, pk)
    members = [row.member for row in queries.attendance_of(item.session)]
    own = next((one for one in members if one.person_id == request.actor.person_id), None)
    mine = own is not None and request.POST.get("member") == str(own.pk)
    name, auto_id = ("recuse", "recuse-%s") if mine else ("recuse_other", "recuse-other-%s")
    form = RecusalForm(request.POST, members=members, own=own if mine else None, auto_id=auto_id)
    act = lambda: items.recuse(item=item, by=request.actor, **form.cleaned_data)  # noqa: E731
    return _answer(request, item, name, form, act, _("The recusal is written down."))


@guard(*READERS, methods=POST, own_hand=True)
def item_decide(request: ActorRequest, pk: int) -> HttpResponse:
    item = _fetch(request.actor, pk)
    form = DecisionForm(request.POST, granted=bool(item.passed))
    act = lambda: voting.decide_item(item=item, by=request.actor, **form.cleaned_data)  # noqa: E731
    return _answer(request, item, "decide", form, act, _("The decision is written down."), stay=False)


@guard(*READERS, methods=POST)
def item_postpone(request: ActorRequest, pk: int) -> HttpResponse:
    """Postpone, or (``go`` is «return») give the application back to the candidate for completion."""
    item = _fetch(request.actor, pk)
    check_leads_item(request.actor, item)
    form = ReasonForm(request.POST, auto_id="postpone-%s")
    put_off = items.return_to_candidate if request.POST.get("go") == "return" else items.postpone_item
    act = lambda: put_off(item=item, reason=form.cleaned_data["reason"], by=request.actor)  # noqa: E731
    return _answer(request, item, "postpone", form, act, _("The item is postponed."), stay=False)


@guard(*READERS, methods=POST, own_hand=True)
def item_opinion(request: ActorRequest, pk: int) -> HttpResponse:
    item = _fetch(request.actor, pk)
    form = OpinionForm(request.POST, auto_id="opinion-%s")
    act = lambda: voting.add_opinion(item=item, text=form.cleaned_data["text"], by=request.actor)  # noqa: E731
    return _answer(request, item, "opinion", form, act, _("Your opinion is in the protocol."))


def _answer(
    request: ActorRequest,
    item: AgendaItem,
    name: str,
    form: Form,
    act: Callable[[], Any],
    said: str = "",
    *,
    stay: bool = True,
) -> HttpResponse:
    """Back to the item (without ``stay``: to what is on next); with what was typed and what is wrong with it where the
    action refused to take it."""
    if attempt(form, act) is None:
        return session_page(request, item.session, asked=item.pk, forms={name: form}, status=422)
    if saves_itself(request):
        return saved_itself()
    if said:
        messages.success(request, said)
    return to_session(item.session_id, item.pk if stay else None)
