"""The items of a draft: chosen from the bank, written many at once, moved, taken out, swapped."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from traektoria.core.attempt import attempt, status_of
from traektoria.core.errors import Invalid
from traektoria.core.paging import counted_page
from traektoria.core.text import whole_number
from traektoria.diagnostics.bank.models import BankItem
from traektoria.diagnostics.instruments.actions import form_items as actions
from traektoria.diagnostics.instruments.actions import quick_items
from traektoria.diagnostics.instruments.composition import excerpt
from traektoria.diagnostics.instruments.forms.instruments import QuestionsForm, StatementsForm
from traektoria.diagnostics.instruments.forms.item_choice import PickFilter, PickForm
from traektoria.diagnostics.instruments.item_kinds import form_name, kinds_for
from traektoria.diagnostics.instruments.models import FormItem, InstrumentVersion
from traektoria.diagnostics.instruments.policies import check_draft
from traektoria.diagnostics.instruments.queries.instruments import bank_for, form_items_visible_to, versions_visible_to
from traektoria.diagnostics.instruments.views.versions import version_facts
from traektoria.diagnostics.items.content import content_of
from traektoria.people.enums import Role
from traektoria.people.guard import BOTH, POST, ActorRequest, fetch, guard

MOST_SWAPS = 30


@guard(Role.COORDINATOR, methods=BOTH)
def version_pick(request: ActorRequest, pk: int) -> HttpResponse:
    """Items of the bank to tick: those that fit and are not in the form yet."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    check_draft(version)
    facts = version_facts(version)
    form = facts["made"].part((request.POST or request.GET).get("form", "")).form
    offered = bank_for(version)
    picked = PickForm(request.POST or None, offered=offered)
    if picked.is_bound and _add(request, version, picked, form):
        return redirect(_at_form(version, form))
    told = {
        **facts,
        "picked": picked,
        "ticked": set(map(whole_number, request.POST.getlist("items"))),
        "form_now": form,
        "form_name": form_name(form),
        **_offer(request, version, offered, form),
    }
    return render(request, "diagnostics/instruments/pick.html", told, status=status_of(picked))


@guard(Role.COORDINATOR, methods=BOTH)
def version_statements(request: ActorRequest, pk: int) -> HttpResponse:
    """Statements, one a line."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    check_draft(version)
    form = StatementsForm(request.POST or None, initial={"steps": _usual_steps()})
    number = attempt(form, lambda: quick_items.add_statements(version=version, by=request.actor, **form.cleaned_data))
    if number is not None:
        return _added(request, version, number)
    facts = {**version_facts(version), "form": form, "what": "statements"}
    return render(request, "diagnostics/instruments/quick.html", facts, status=status_of(form))


@guard(Role.COORDINATOR, methods=BOTH)
def version_questions(request: ActorRequest, pk: int) -> HttpResponse:
    """Questions to be answered in own words, one a line."""
    version = fetch(versions_visible_to(request.actor), pk=pk)
    check_draft(version)
    form = QuestionsForm(request.POST or None)
    number = attempt(
        form, lambda: quick_items.add_open_questions(version=version, by=request.actor, **form.cleaned_data)
    )
    if number is not None:
        return _added(request, version, number)
    facts = {**version_facts(version), "form": form, "what": "questions"}
    return render(request, "diagnostics/instruments/quick.html", facts, status=status_of(form))


@guard(Role.COORDINATOR, methods=POST)
def form_item_move(request: ActorRequest, pk: int) -> HttpResponse:
    """Up or down by one (``go``), back to the same place of the page."""
    form_item = fetch(form_items_visible_to(request.actor), pk=pk)
    actions.move_item(form_item=form_item, steps=-1 if request.POST.get("go") == "up" else 1, by=request.actor)
    return redirect(f"{_detail(form_item.version)}#item-{pk}")


@guard(Role.COORDINATOR, methods=POST)
def form_item_remove(request: ActorRequest, pk: int) -> HttpResponse:
    form_item = fetch(form_items_visible_to(request.actor), pk=pk)
    actions.remove_item(form_item=form_item, by=request.actor)
    messages.success(request, _("The item is taken out; in the bank it stays."))
    return redirect(_at_form(form_item.version, form_item.form))


@guard(Role.COORDINATOR, methods=BOTH)
def form_item_swap(request: ActorRequest, pk: int) -> HttpResponse:
    """Another item of the same topic and level in the place of this one, or the newest text of the same."""
    form_item = fetch(form_items_visible_to(request.actor), pk=pk)
    version = form_item.version
    check_draft(version)
    offered = _suitable(form_item)
    if request.method == "POST":
        chosen = fetch(bank_for(version).select_related("current"), pk=request.POST.get("item", ""))
        try:
            actions.replace_item(form_item=form_item, item_version=chosen.current, by=request.actor)  # type: ignore[arg-type]
        except Invalid as refusal:
            messages.error(request, refusal.sentence)
            return redirect("diagnostics:form_item_swap", pk)
        return redirect(f"{_detail(version)}#item-{pk}")
    facts = {**version_facts(version), "form_item": form_item, "offered": _said(offered[:MOST_SWAPS])}
    facts["now"] = next((row for row in facts["made"].rows if row.form_item.pk == pk), None)
    return render(request, "diagnostics/instruments/swap.html", facts)


def _suitable(form_item: FormItem) -> Any:
    """Items of the same topic and level that no form of the version has, the least used first."""
    item, version = form_item.item_version.item, form_item.version
    there = version.items.values("item_version__item")
    alike = bank_for(version).filter(topic=item.topic, level=item.level)
    return alike.exclude(pk__in=there).select_related("current").order_by("asked", "difficulty", "pk")


def _add(request: ActorRequest, version: InstrumentVersion, picked: PickForm, form: str) -> bool:
    def act() -> int:
        found = picked.cleaned_data["items"].select_related("current").order_by("topic", "pk")
        return actions.add_items(
            version=version, item_versions=[one.current for one in found], form=form, by=request.actor
        )

    number = attempt(picked, act)
    if number is None:
        return False
    messages.success(request, _number_added(number))
    return True


def _offer(request: ActorRequest, version: InstrumentVersion, offered: Any, form: str) -> dict[str, Any]:
    topics = sorted(set(offered.exclude(topic="").order_by().values_list("topic", flat=True).distinct()))
    form_filter = PickFilter(request.GET, topics=topics, kinds=kinds_for(version.instrument.kind))
    there = version.items.filter(form=form).values("item_version__item")
    rows = offered.filter(**form_filter.conditions()).exclude(pk__in=there).select_related("current")
    page = counted_page(rows.order_by("topic", "level", "pk"), request.GET.get("page"))
    return {"filter": form_filter, "page": page, "items": _said(page), "any": bool(topics) or offered.exists()}


def _said(rows: Any) -> list[tuple[BankItem, str]]:
    return [(item, excerpt(content_of(item.current.content))) for item in rows]


def _added(request: ActorRequest, version: InstrumentVersion, number: int) -> HttpResponse:
    messages.success(request, _number_added(number))
    return redirect(_detail(version))


def _number_added(number: int) -> str:
    return ngettext("%(n)s item is added.", "%(n)s items are added.", number) % {"n": number}


def _usual_steps() -> str:
    steps = (_("do not agree"), _("rather do not agree"), _("hard to say"), _("rather agree"), _("agree"))
    return "\n".join(steps)


def _detail(version: InstrumentVersion) -> str:
    return reverse("diagnostics:version_detail", args=[version.pk])


def _at_form(version: InstrumentVersion, form: str) -> str:
    return f"{_detail(version)}#form-{form}" if form else _detail(version)
