"""A session: planned, led on one page, closed, its protocol signed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.registries import documents_of
from traektoria.core.text import whole_number
from traektoria.engines.intervals import Interval
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.people.timetable import asks_about, clash_sentences
from traektoria.tutors.commission.actions import sessions as actions
from traektoria.tutors.commission.engagements import USUAL
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.forms.composition import ReasonForm, SessionForm
from traektoria.tutors.commission.forms.session import (
    DecisionForm,
    DiscussionForm,
    JudgementForm,
    OpinionForm,
    RecusalForm,
    VoteForm,
)
from traektoria.tutors.commission.models import Session
from traektoria.tutors.commission.permissions import check_plans
from traektoria.tutors.commission.queries import sessions as queries
from traektoria.tutors.commission.queries.session_page import ItemPage, SessionPage
from traektoria.tutors.commission.views.composition import READERS
from traektoria.tutors.seats.models import Commission
from traektoria.tutors.seats.policies import commission_rules

STEPS: dict[str, Callable[..., Session]] = {
    "open": actions.open_session,
    "close": actions.close_session,
    "sign": actions.sign_protocol,
}


def fetch_session(actor: Actor, pk: int) -> Session:
    return fetch(queries.visible_to(actor), pk=pk)


def to_session(pk: int, item: int | None = None) -> HttpResponse:
    url = reverse("tutors:session_detail", args=[pk])
    return HttpResponseRedirect(f"{url}?item={item}#item" if item else url)


@guard(*READERS, methods=BOTH)
def session_new(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the commission."""
    commission = fetch(queries.commissions_visible_to(request.actor), pk=pk)
    check_plans(request.actor, Session(commission=commission, centre=commission.centre))
    rules = commission_rules(regulation_in_force(commission.centre_id))
    form = SessionForm(request.POST or None, secret=rules.secret)
    if request.method == "POST":
        made = attempt(form, lambda: actions.plan_session(commission=commission, by=request.actor, **form.facts()))
        if made:
            _say_clashes(request, made)
            return to_session(made.pk)
    context = {"form": form, "commission": commission, "asks": asks_about(_people(commission))}
    return render(request, "tutors/session_form.html", context, status=status_of(form))


@guard(*READERS, methods=BOTH)
def session_edit(request: ActorRequest, pk: int) -> HttpResponse:
    session = fetch_session(request.actor, pk)
    check_plans(request.actor, session)
    form = SessionForm(request.POST or None, session=session)
    if request.method == "POST":
        done = attempt(form, lambda: actions.change_session(session=session, by=request.actor, **form.facts()))
        if done:
            _say_clashes(request, done)
            return to_session(pk)
    context = {"form": form, "commission": session.commission, "session": session}
    context["asks"] = asks_about(_people(session.commission), session)
    return render(request, "tutors/session_form.html", context, status=status_of(form))


def _people(commission: Commission) -> set[int]:
    """Who sits in it now."""
    return set(commission.members.filter(end__isnull=True).values_list("person_id", flat=True))


def _say_clashes(request: ActorRequest, session: Session) -> None:
    """Who has something else at that time; the session stands all the same."""
    interval = Interval(session.held_at, session.held_at + USUAL)
    said = clash_sentences(request.actor, _people(session.commission), interval, besides=session)
    if said:
        messages.info(request, " ".join(said))


@guard(*READERS)
def session_detail(request: ActorRequest, pk: int) -> HttpResponse:
    """The session on one page; ``?item=`` is the item that is looked at."""
    return session_page(request, fetch_session(request.actor, pk), asked=whole_number(request.GET.get("item", "")))


@guard(*READERS)
def session_live(request: ActorRequest, pk: int) -> HttpResponse:
    """The counts, asked for every few seconds; ``?seen=`` is the stamp of the page that asks, ``?left=`` how many the
    page says are awaited. What the panel beside the counts says of them comes with them where it has changed."""
    page = SessionPage(fetch_session(request.actor, pk), request.actor, whole_number(request.GET.get("item", "")))
    context = {"page": page, "changed": request.GET.get("seen", page.stamp) != page.stamp}
    here, left = page.current, request.GET.get("left", "")
    context |= {"here": here, "moved": here is not None and left not in ("", str(here.left))}
    return render(request, "tutors/session_live.html", context)


@guard(*READERS, methods=POST)
def session_attendance(request: ActorRequest, pk: int) -> HttpResponse:
    """Every line of the list is posted: ticks of those present, reasons of the others."""
    session = fetch_session(request.actor, pk)
    actions.set_attendance(session=session, ticks=_ticks(request.POST, session), by=request.actor)
    return to_session(pk, whole_number(request.POST.get("item", "")))


def _ticks(posted: QueryDict, session: Session) -> actions.Ticks:
    present = set(posted.getlist("present"))
    members = session.attendance.values_list("member_id", flat=True)
    everybody = "all" in posted
    return {pk: (everybody or str(pk) in present, posted.get(f"reason-{pk}", "")[:300]) for pk in members}


@guard(*READERS, methods=POST)
def session_agenda_add(request: ActorRequest, pk: int) -> HttpResponse:
    session = fetch_session(request.actor, pk)
    check_plans(request.actor, session)
    waiting = queries.waiting_for_agenda(session.centre_id)
    for number in request.POST.getlist("application"):
        application = fetch(waiting, pk=whole_number(number))
        actions.add_to_agenda(session=session, application=application, by=request.actor)
    return to_session(pk)


@guard(*READERS, methods=POST, own_hand=True)
def session_step(request: ActorRequest, pk: int, step: str) -> HttpResponse:
    """Open, close, sign."""
    if step not in STEPS:
        raise Http404
    STEPS[step](session=fetch_session(request.actor, pk), by=request.actor)
    return to_session(pk)


@guard(*READERS, methods=POST)
def session_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    session = fetch_session(request.actor, pk)
    check_plans(request.actor, session)
    form = ReasonForm(request.POST)
    if form.is_valid():
        actions.cancel_session(session=session, reason=form.cleaned_data["reason"], by=request.actor)
        messages.success(request, _("The applications can be put on the agenda of another session."))
        return to_session(pk)
    return session_page(request, session, forms={"cancel": form}, status=422)


def session_page(
    request: ActorRequest, session: Session, *, asked: int | None = None, forms: dict[str, Any] | None = None,
    status: int = 200,
) -> HttpResponse:  # fmt: skip
    """The page with fresh forms, or with those that came back with mistakes in ``forms``."""
    page = SessionPage(session, request.actor, asked)
    given = {"cancel": ReasonForm(), **(_item_forms(page.current) if page.current else {}), **(forms or {})}
    if page.current:
        _log_look(request.actor, page.current)
    wrong = next((form for form in (forms or {}).values() if form.errors), None)
    context = {"page": page, "session": session, "here": page.current, "forms": given, "wrong": wrong}
    return render(request, "tutors/session_detail.html", {**context, **_papers(page)}, status=status)


def _papers(page: SessionPage) -> dict[str, Any]:
    """Links to the protocol of a session that is over, and to the extract once it is signed. A member who is a
    candidate takes the extract only: the protocol names who voted how."""
    item, signed = page.current, page.session.state == SessionState.SIGNED
    own = any(one.application.person_id == page.actor.person_id for one in page.items)
    decided = item is not None and item.item.state == AgendaState.DECIDED and signed
    return {
        "papers": documents_of(page.session) if page.is_over and not own else [],
        "extracts": documents_of(item.item) if item and decided else [],
    }


def _item_forms(here: ItemPage) -> dict[str, Any]:
    """The forms of the item that the person may need now."""
    seat = here.seat
    others = [row.member for row in here.rows if row.member_id not in here.recused and row.member != seat]
    return {
        "judge": JudgementForm(criteria=here.judged, mine=here.mine) if here.judges_now else None,
        "vote": VoteForm() if here.votes_now else None,
        "discussion": DiscussionForm(initial={"text": here.item.discussion}),
        "decide": DecisionForm(granted=bool(here.item.passed)),
        "postpone": ReasonForm(auto_id="postpone-%s"),
        "recuse": RecusalForm(members=[], own=seat, auto_id="recuse-%s") if here.may_recuse_self else None,
        "recuse_other": RecusalForm(members=others, auto_id="recuse-other-%s") if here.may_recuse_others else None,
        "opinion": OpinionForm(auto_id="opinion-%s"),
    }


def _log_look(actor: Actor, here: ItemPage) -> None:
    """Another person's papers are looked at: the candidate reads that in the access log."""
    application = here.item.application
    if not here.hidden:
        log_access(
            by=actor, purpose=Purpose.STATUS, kind="tutors.application", subject_id=application.pk,
            person_id=application.person_id, centre_id=application.centre_id,
        )  # fmt: skip
