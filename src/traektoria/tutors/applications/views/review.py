"""Pages of those who consider applications: the queue, the check, the return, the admission."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt
from traektoria.people.guard import POST, ActorRequest, fetch, guard
from traektoria.tutors.applications.actions import review as actions
from traektoria.tutors.applications.forms import CheckForm, ListFilter, WordsForm
from traektoria.tutors.applications.models import Application
from traektoria.tutors.applications.permissions import check_considers, check_sees_nominations
from traektoria.tutors.applications.queries import applications as queries
from traektoria.tutors.applications.queries.application_list import application_page, looks_at_applications
from traektoria.tutors.applications.queries.nominations import NOMINATORS
from traektoria.tutors.applications.views.pages import Bound, fetch_application, page_for


@guard()
def application_list(request: ActorRequest) -> HttpResponse:
    """Applications of others: what waits for a look first, by the day it was submitted.

    Who looks at none finds those whom they nominated. Raises ``Refused`` for who has nothing to do with any.
    """
    considers = looks_at_applications(request.actor)
    if not considers:
        check_sees_nominations(request.actor, has_nominated=queries.has_nominated(request.actor))
    form = ListFilter(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    page = application_page(request.actor, chosen, request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "today": timezone.localdate(),
        "filtered": any(chosen.values()) or page.has_previous,
        "nominates": bool(set(NOMINATORS) & request.actor.roles),
        "considers": considers,
    }
    return render(request, "tutors/application_list.html", context)


def _fetch(request: ActorRequest, pk: int) -> Application:
    """The application, for those who consider it: others who see it are refused before their form is looked at."""
    application = fetch(queries.visible_to(request.actor).select_related("regulation", "centre__municipality"), pk=pk)
    check_considers(request.actor, application)
    return application


@guard(methods=POST)
def application_check(request: ActorRequest, pk: int) -> HttpResponse:
    """What was found of each criterion."""
    application = _fetch(request, pk)
    form = CheckForm(request.POST, rows=queries.checklist(application).rows)
    done = attempt(
        form, lambda: actions.check_criteria(application=application, findings=form.findings(), by=request.actor)
    )
    if done is None:
        return page_for(request, fetch_application(request.actor, pk), Bound(check=form))
    messages.success(request, _("The check is saved."))
    return redirect("tutors:application_detail", pk)


def _with_words(
    request: ActorRequest, pk: int, name: str, label: str, act: Callable[..., Application], said: str
) -> HttpResponse:
    """A step that is explained; a missing explanation is asked for by the action itself."""
    application = _fetch(request, pk)
    form = WordsForm(request.POST, label=label, required=name != "admit")
    done = attempt(form, lambda: act(application=application, reason=form.cleaned_data["text"], by=request.actor))
    if done is None:
        return page_for(request, fetch_application(request.actor, pk), Bound(words={name: form}))
    messages.success(request, said)
    return redirect("tutors:application_detail", pk)


@guard(methods=POST)
def application_return(request: ActorRequest, pk: int) -> HttpResponse:
    said = _("Returned. The candidate sees what to complete.")
    return _with_words(request, pk, "return", _("What is to be completed"), actions.return_application, said)


@guard(methods=POST, own_hand=True)
def application_admit(request: ActorRequest, pk: int) -> HttpResponse:
    said = _("Admitted for consideration.")
    return _with_words(request, pk, "admit", _("Why it is considered all the same"), actions.admit_application, said)


@guard(methods=POST, own_hand=True)
def application_refuse(request: ActorRequest, pk: int) -> HttpResponse:
    said = _("Refused. The candidate sees the reasons and can appeal.")
    return _with_words(request, pk, "refuse", _("Reasons of the refusal"), actions.refuse_application, said)
