"""Centres of the installation and the founding of a new one: pages of the administrator."""

from django.contrib import messages
from django.db.models import Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import status_of
from traektoria.core.errors import Invalid
from traektoria.organisations.enums import RegulationState
from traektoria.organisations.models import Regulation, TutorCentre
from traektoria.organisations.regulations.presets_shown import preset_title, presets_shown
from traektoria.organisations.regulations.sample_views import chosen_in
from traektoria.people.actor import in_force
from traektoria.people.enums import Role
from traektoria.people.founding import Founded, found_centre, password_of
from traektoria.people.founding_steps import STEPS, Wizard
from traektoria.people.guard import BOTH, POST, ActorRequest, guard
from traektoria.people.models import Account, RoleAssignment

administrator = Role.ADMINISTRATOR


@guard(administrator)
def centre_list(request: ActorRequest) -> HttpResponse:
    """All centres of the installation. Three queries whatever the length."""
    today = timezone.localdate()
    roles = RoleAssignment.objects.filter(in_force(today), role=Role.COORDINATOR).select_related("person")
    approved = Regulation.objects.filter(state=RegulationState.APPROVED).order_by("start", "number")
    centres = TutorCentre.objects.select_related("municipality__region", "school").prefetch_related(
        Prefetch("roles", roles, to_attr="coordinators"),
        Prefetch("regulations", approved.defer("content"), to_attr="versions"),
    )
    rows = [
        {
            "centre": centre,
            "since": centre.versions[0].start if centre.versions else None,
            "preset": preset_title(_now(centre.versions).preset) if centre.versions else "",
            "coordinators": [role.person.short_name for role in centre.coordinators],
        }
        for centre in centres.order_by("municipality__name", "name")
    ]
    return render(request, "people/centre_list.html", {"rows": rows, "begun": bool(Wizard(request.session).answers)})


def _now(versions: list[Regulation]) -> Regulation:
    """The version in force today, else the first."""
    begun = [version for version in versions if version.start and version.start <= timezone.localdate()]
    return begun[-1] if begun else versions[0]


@guard(administrator)
def centre_new(request: ActorRequest) -> HttpResponse:
    """Where the founding is: at the first question without an answer, or at the last look."""
    return _onward(_wizard(request))


def _wizard(request: ActorRequest) -> Wizard:
    """The founding that goes on; a finished one gives way to a new one, which is kept from its first answer on."""
    wizard = Wizard(request.session)
    if not wizard.token or wizard.done:
        wizard.begin()
    return wizard


def _onward(wizard: Wizard) -> HttpResponse:
    step = wizard.open_step
    return redirect("people:centre_step", step=step) if step else redirect("people:centre_check")


@guard(administrator, methods=BOTH)
def centre_step(request: ActorRequest, step: str) -> HttpResponse:
    """One question of the founding; the answer leads to the next one without an answer."""
    wizard = _wizard(request)
    if step not in STEPS:
        raise Http404
    if not STEPS[step].asked(wizard):
        return _onward(wizard)
    form = wizard.form(step, request.POST if request.method == "POST" else None)
    if form.is_valid():
        wizard.answer(step, {name: request.POST.get(name, "") for name in form.fields if name in request.POST})
        return _onward(wizard)
    if step == "preset" and (chosen := chosen_in(request)):
        form.initial = chosen
    facts = {
        "form": form, "step": STEPS[step], "number": [one.slug for one in wizard.steps].index(step) + 1,
        "total": len(wizard.steps) + 1, "before": wizard.before(step), "presets": presets_shown(),
    }  # fmt: skip
    return render(request, "people/centre_step.html", facts, status=status_of(form))


@guard(administrator, methods=BOTH, once=False)
def centre_check(request: ActorRequest) -> HttpResponse:
    """The last look at all answers; the press founds the centre, and a second press of it shows the same."""
    wizard = Wizard(request.session)
    if request.method == "POST" and wizard.done and request.POST.get("token") == wizard.token:
        return _shown_again(request, wizard)
    if wizard.done or not wizard.token or wizard.open_step:
        return redirect("people:centre_new")
    problem = ""
    if request.method == "POST":
        try:
            founded = found_centre(founding=wizard.founding(), token=wizard.token, by=request.actor)
        except Invalid as refusal:
            problem = refusal.sentence
        else:
            wizard.finish(founded.centre.pk)
            return _founded_page(request, founded)
    facts = {"lines": wizard.lines(), "token": wizard.token, "problem": problem}
    return render(request, "people/centre_check.html", facts, status=422 if problem else 200)


def _shown_again(request: ActorRequest, wizard: Wizard) -> HttpResponse:
    """The second press: the same answer; the password as long as it is still the first one."""
    role = RoleAssignment.objects.filter(centre=wizard.done or 0, role=Role.COORDINATOR).order_by("pk").first()
    account = Account.objects.filter(person=role.person_id).first() if role else None
    if role is None or account is None:
        return redirect("people:centre_list")
    password = password_of(wizard.token)
    shown = password if account.password_given and account.check_password(password) else ""
    return _founded_page(request, Founded(TutorCentre.objects.get(pk=wizard.done or 0), account, shown))


def _founded_page(request: ActorRequest, founded: Founded) -> HttpResponse:
    response = render(request, "people/centre_founded.html", {"founded": founded})
    response.headers["Cache-Control"] = "no-store"
    return response


@guard(administrator, methods=POST)
def centre_forget(request: ActorRequest) -> HttpResponse:
    """Begin the founding anew: the answers are forgotten."""
    wizard = Wizard(request.session)
    wizard.begin()
    wizard.keep()
    messages.success(request, _("The answers are forgotten."))
    return redirect("people:centre_list")
