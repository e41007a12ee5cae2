"""The candidate's pages: what is asked for, the application itself, its evidence, its way."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt
from traektoria.core.errors import Invalid, reason_of
from traektoria.core.files import as_attachment
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.core.shared_forms import saved_itself, saves_itself
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.organisations.regulations.contents import rules_of
from traektoria.people.access_log import log_access
from traektoria.people.actor import Actor
from traektoria.people.enums import Purpose
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard
from traektoria.tutors.applications.actions import applications
from traektoria.tutors.applications.actions import evidence as application_evidence
from traektoria.tutors.applications.forms import AboutForm, AnswerForm, ShownForm, WordsForm
from traektoria.tutors.applications.models import Application, CriterionEvidence
from traektoria.tutors.applications.permissions import APPLICANTS
from traektoria.tutors.applications.policies import check_may_begin
from traektoria.tutors.applications.queries import applications as queries
from traektoria.tutors.applications.views.pages import Bound, fetch_application, page_for
from traektoria.tutors.statuses.policies import renewal_opens


@guard(*APPLICANTS, methods=BOTH)
def application_begin(request: ActorRequest) -> HttpResponse:
    """What the regulation asks for, with what the system knows already; «Begin» makes or opens a draft."""
    centre = _centre(request)
    if request.method == "POST":
        made = applications.start_application(centre=centre, by=request.actor)
        return redirect("tutors:application_detail", made.pk)
    known = queries.open_of(request.actor).filter(centre=centre).first()
    if known is not None:
        return redirect("tutors:application_detail", known.pk)
    return render(request, "tutors/application_begin.html", _begin_context(request.actor, centre))


def _centre(request: ActorRequest) -> TutorCentre:
    """The centre that the address names among the person's, else the first."""
    own = TutorCentre.objects.filter(pk__in=request.actor.centres(*APPLICANTS)).select_related("municipality")
    asked = request.POST.get("centre") or request.GET.get("centre")
    return fetch(own, pk=asked) if asked else own.order_by("pk")[0]


def _begin_context(actor: Actor, centre: TutorCentre) -> dict[str, Any]:
    person_id = actor.person_id or 0
    rules = rules_of(regulation_in_force(centre.pk)).status
    status = queries.last_status(person_id, centre.pk)
    opens = renewal_opens(status) if status else None
    today = timezone.localdate()
    return {
        "centre": centre,
        "rules": rules,
        "status": status if rules.renewable else None,
        "why_not": reason_of(check_may_begin, status, opens, today, renewable=rules.renewable),
        "found": queries.requirements(person_id, centre, rules),
        "past": Application.objects.filter(person=person_id, centre=centre),
    }


@guard()
def application_detail(request: ActorRequest, pk: int) -> HttpResponse:
    return page_for(request, fetch_application(request.actor, pk))


@guard(methods=POST)
def application_about(request: ActorRequest, pk: int) -> HttpResponse:
    """Subjects and motivation; a script saves them as they are typed."""
    application = fetch(queries.visible_to(request.actor), pk=pk)
    form = AboutForm(request.POST)
    saved = attempt(
        form, lambda: applications.save_about(application=application, by=request.actor, **form.cleaned_data)
    )
    return _saved(request, pk, saved, "about", Bound(about=form))


@guard(methods=POST)
def application_say(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """What is said of one criterion."""
    application = fetch(queries.visible_to(request.actor).select_related("regulation"), pk=pk)
    leaf = applications.leaf_of(application, slug)
    form = AnswerForm(request.POST, leaf=leaf)
    saved = attempt(
        form,
        lambda: applications.save_answer(
            application=application, criterion=slug, answer=form.answer(), by=request.actor
        ),
    )
    return _saved(request, pk, saved, f"criterion-{slug}", Bound(answers={slug: form}))


def _saved(request: ActorRequest, pk: int, saved: object | None, anchor: str, bound: Bound) -> HttpResponse:
    """Nothing to show to a script; a person comes back to the place they wrote in."""
    if saved is None:
        return page_for(request, fetch_application(request.actor, pk), bound)
    if saves_itself(request):
        return saved_itself()
    messages.success(request, _("Saved."))
    return _to(pk, anchor)


def _to(pk: int, anchor: str = "") -> HttpResponse:
    return redirect(reverse("tutors:application_detail", args=[pk]) + (f"#{anchor}" if anchor else ""))


@guard(methods=POST)
@before_reading(counted_for(Application, "centre"))
def application_attach(request: ActorRequest, pk: int, slug: str) -> HttpResponse:
    """A file or a link to a criterion."""
    application = fetch(queries.visible_to(request.actor).select_related("regulation"), pk=pk)
    leaf = applications.leaf_of(application, slug)
    form = ShownForm(request.POST, request.FILES, leaf=leaf)
    if form.is_valid() and _attach(form, application, slug, request.actor):
        return _to(pk, f"criterion-{slug}")
    return page_for(request, fetch_application(request.actor, pk), Bound(shown={slug: form}))


def _attach(form: ShownForm, application: Application, slug: str, by: Actor) -> bool:
    """True when attached; what the check of the file says goes to the field."""
    data: dict[str, Any] = form.cleaned_data
    to = {"application": application, "criterion": slug, "title": data["title"], "by": by}
    try:
        if data["file"]:
            application_evidence.attach_file(file=data["file"], **to)
        else:
            application_evidence.attach_link(link=data["link"], **to)
    except Invalid as refusal:
        form.add_error("file" if data["file"] else "link", refusal.sentence)
        return False
    return True


def _fetch_evidence(actor: Actor, pk: int) -> CriterionEvidence:
    """Of an application whose papers the person reads."""
    papers = queries.papers_seen_by(actor).values("pk")
    return fetch(CriterionEvidence.objects.filter(application__in=papers).select_related("application"), pk=pk)


@guard(methods=POST)
def application_detach(request: ActorRequest, pk: int) -> HttpResponse:
    """``pk`` is the evidence."""
    evidence = _fetch_evidence(request.actor, pk)
    application_evidence.detach_evidence(evidence=evidence, by=request.actor)
    return _to(evidence.application_id, f"criterion-{evidence.criterion}")


@guard()
def application_evidence_download(request: ActorRequest, pk: int) -> Any:
    """The file, to be saved; another person's look is written in the access log."""
    actor = request.actor
    evidence = _fetch_evidence(actor, pk)
    if not evidence.file:
        raise Http404
    application = evidence.application
    if actor.person_id != application.person_id:
        log_access(
            by=actor, purpose=Purpose.STATUS, kind="tutors.evidence", subject_id=evidence.pk,
            person_id=application.person_id, centre_id=application.centre_id,
        )  # fmt: skip
    return as_attachment(evidence.file, evidence.file_name)


def _step(request: ActorRequest, pk: int, act: Callable[..., Application], said: str) -> HttpResponse:
    application = fetch(queries.visible_to(request.actor), pk=pk)
    act(application=application, by=request.actor)
    messages.success(request, said)
    return _to(pk)


@guard(methods=POST, own_hand=True)
def application_submit(request: ActorRequest, pk: int) -> HttpResponse:
    said = _("Submitted. You will see here how it goes on.")
    return _step(request, pk, applications.submit_application, said)


@guard(methods=POST, own_hand=True)
def application_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    return _step(request, pk, applications.withdraw_application, _("The application is withdrawn."))


@guard(methods=POST)
def application_reuse(request: ActorRequest, pk: int) -> HttpResponse:
    said = _("Your earlier answers and documents are here. Look them through and correct what has changed.")
    return _step(request, pk, application_evidence.take_earlier_answers, said)


@guard(methods=POST, own_hand=True)
def application_appeal(request: ActorRequest, pk: int) -> HttpResponse:
    application = fetch(queries.visible_to(request.actor), pk=pk)
    form = WordsForm(request.POST, label=_("What you do not agree with"))
    sent = attempt(
        form,
        lambda: applications.appeal_refusal(application=application, text=form.cleaned_data["text"], by=request.actor),
    )
    if sent is None:
        return page_for(request, fetch_application(request.actor, pk), Bound(words={"appeal": form}))
    messages.success(request, _("Your appeal is submitted."))
    return _to(pk)
