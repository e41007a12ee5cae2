"""Orders of the head: the list, a draft, the signature, the tutor's mark."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.audit import trail
from traektoria.people.actor import Actor
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard
from traektoria.people.history import history_lines
from traektoria.people.models import Person
from traektoria.tutors.orders import actions, queries
from traektoria.tutors.orders.forms import OrderForm, ReleaseForm, SignForm
from traektoria.tutors.orders.models import StaffOrder
from traektoria.tutors.orders.policies import check_has_orders
from traektoria.tutors.orders.tabs import KEEPERS, chosen_centre, place_of
from traektoria.tutors.orders.workflow import order_workflow
from traektoria.tutors.statuses import queries as statuses
from traektoria.tutors.statuses.policies import check_in_term


@guard(*KEEPERS)
def order_list(request: ActorRequest) -> HttpResponse:
    """Orders of the centre, and the admitted applications that wait for one."""
    centre = existing(statuses.kept_centre(request.actor, chosen_centre(request).pk))
    facts = {
        **place_of(request.actor, centre),
        "page": queries.order_page(request.actor, centre.pk, request.GET.get("page")),
        "waiting": queries.waiting_for_order(request.actor, centre.pk),
    }
    return render(request, "tutors/order_list.html", facts)


@guard(*KEEPERS, methods=BOTH)
def order_new(request: ActorRequest, pk: int) -> HttpResponse:
    """From an admitted application (``pk``) to the draft of its order: one press. GET says what is missing."""
    application = fetch(queries.considered(request.actor), pk=pk)
    if request.method == "POST":
        order = actions.draft_appointment(application=application, effective=timezone.localdate(), by=request.actor)
        return redirect("tutors:order_edit" if order.state == "draft" else "tutors:order_detail", order.pk)
    facts = {"application": application, "missing": queries.missing_of(application)}
    return render(request, "tutors/order_new.html", facts)


@guard(*KEEPERS, methods=BOTH)
def release_new(request: ActorRequest, pk: int) -> HttpResponse:
    """An order of release of the tutor with the status ``pk``."""
    status = fetch(statuses.kept_by(request.actor), pk=pk)
    if request.method != "POST":
        check_in_term(status.end, timezone.localdate())
        check_has_orders(status.regulation)
    form = ReleaseForm(request.POST or None, initial={"effective": timezone.localdate()})
    order = attempt(form, lambda: actions.draft_release(status=status, by=request.actor, **form.cleaned_data))
    if order:
        return redirect("tutors:order_edit", order.pk)
    return render(request, "tutors/order_release.html", {"form": form, "status": status}, status=status_of(form))


@guard()
def order_detail(request: ActorRequest, pk: int) -> HttpResponse:
    return order_page(request, fetch(queries.visible_to(request.actor), pk=pk))


def order_page(request: ActorRequest, order: StaffOrder, form: SignForm | None = None) -> HttpResponse:
    """The order as it reads, with what this person can do; 422 with a form that came back."""
    actor = request.actor
    facts = {
        "order": order,
        "facts": queries.order_facts(order),
        "keeps": order.centre_id in set(statuses.centres_kept_by(actor).values_list("pk", flat=True)),
        "mine": order.person_id == actor.person_id,
        "steps": {step.name for step in order_workflow.open_steps(order, actor)},
        "why_not_sign": order_workflow.why_not(order, "sign", actor),
        "sign_form": form or SignForm(initial=signer_of(order, actor)),
        "history": history_lines(trail(order)),
    }
    return render(request, "tutors/order.html", facts, status=422 if form else 200)


def signer_of(order: StaffOrder, actor: Actor) -> dict[str, Any]:
    """What the form of the signature begins with: today, and the head's own name and position at a school."""
    known: dict[str, Any] = {"day": timezone.localdate(), "number": order.number}
    if order.centre.school_id and actor.person_id:
        head = Person.objects.get(pk=actor.person_id)
        work = queries.work_of(head, order.centre)
        known |= {"signer_name": head.short_name, "signer_position": work.position if work else _("Head of the school")}
    return known


@guard(*KEEPERS, methods=BOTH)
def order_edit(request: ActorRequest, pk: int) -> HttpResponse:
    order = fetch(queries.visible_to(request.actor), pk=pk)
    form = OrderForm(request.POST or None, instance=order)
    if attempt(form, lambda: actions.change_order(order=order, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The draft is saved. Read it and sign it."))
        return redirect("tutors:order_detail", pk)
    return render(request, "tutors/order_edit.html", {"form": form, "order": order}, status=status_of(form))


@guard(*KEEPERS, methods=POST, own_hand=True)
def order_sign(request: ActorRequest, pk: int) -> HttpResponse:
    """Number, date, signature: the status begins or ends at once."""
    order = fetch(queries.visible_to(request.actor), pk=pk)
    form = SignForm(request.POST)
    if attempt(form, lambda: actions.sign_order(order=order, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("The order is signed. The tutor is asked to read it."))
        return redirect("tutors:order_detail", pk)
    return order_page(request, order, form)


@guard(*KEEPERS, methods=POST)
def order_cancel(request: ActorRequest, pk: int) -> HttpResponse:
    order = fetch(queries.visible_to(request.actor), pk=pk)
    actions.cancel_order(order=order, by=request.actor)
    messages.success(request, _("The draft is taken away."))
    return redirect("tutors:order_list")


@guard(methods=POST, own_hand=True)
def order_acquaint(request: ActorRequest, pk: int) -> HttpResponse:
    """The tutor's mark «I have read it»."""
    order = fetch(queries.visible_to(request.actor), pk=pk)
    actions.acquaint(order=order, by=request.actor)
    messages.success(request, _("It is marked that you have read the order."))
    return redirect("tutors:order_detail", pk)
