"""Announcements of outer events: the list, one of them, a new one, a change, the end."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.core.forms import WhyForm
from traektoria.core.labels import choices_of, texts_of
from traektoria.events.announcements import actions
from traektoria.events.announcements.forms import AnnouncementForm
from traektoria.events.announcements.models import Announcement
from traektoria.events.announcements.permissions import can_keep, check_keep
from traektoria.events.announcements.queries import announcement_page, history_of, visible_to
from traektoria.events.event.facts import kinds_of
from traektoria.events.event.permissions import KEEPERS, READ, can_begin
from traektoria.organisations.regulations.schema import Rules
from traektoria.people.enums import Subject
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.people.page_centre import centre_of, places


@guard(*READ)
def announcement_list(request: ActorRequest) -> HttpResponse:
    actor, over = request.actor, request.GET.get("over") == "1"
    subject = request.GET.get("subject", "")
    subject = subject if subject in Subject.values else ""
    page = announcement_page(actor, request.GET.get("page"), over=over, subject=subject, today=timezone.localdate())
    context = {
        "page": page, "rows": page.object_list, "over": over, "subject": subject, "subjects": choices_of(Subject),
        "begins": any(can_begin(actor, centre) for centre in actor.centre_ids),
        "several": len(actor.centre_ids) > 1, "lists": ["drafts"] if actor.is_tutor or actor.is_coordinator else [],
    }  # fmt: skip
    return render(request, "events/announcement_list.html", context)


@guard(*READ)
def announcement_detail(request: ActorRequest, pk: int) -> HttpResponse:
    row = fetch(visible_to(request.actor), pk=pk)
    kept = can_keep(request.actor, row)
    context = {
        "row": row, "subjects": texts_of(Subject, row.subject_list), "keeps": kept and row.withdrawn_at is None,
        "over": row.deadline < timezone.localdate(), "history": history_of(row) if kept else [],
    }  # fmt: skip
    return render(request, "events/announcement_detail.html", context)


@guard(*KEEPERS, methods=BOTH)
def announcement_new(request: ActorRequest) -> HttpResponse:
    centre = centre_of(request, *KEEPERS)
    form = AnnouncementForm(
        request.POST or None, kinds=_kinds(request.actor.rules_in(centre.pk)), initial={"level": "regional"}
    )
    make = lambda: actions.announce_outer(centre=centre, facts=form.facts, by=request.actor)  # noqa: E731
    if row := attempt(form, make):
        messages.success(request, _("Announced: the centre reads it until the deadline."))
        return redirect("events:announcement_detail", row.pk)
    context = {"form": form, "places": places(request, *KEEPERS), "centre": centre}
    return render(request, "events/announcement_form.html", context, status=status_of(form))


def _kinds(rules: Rules, row: Announcement | None = None) -> list[tuple[str, str]]:
    found = {slug: one.title for slug, one in kinds_of(rules).items()}
    return list((found | ({row.kind: row.kind_name} if row else {})).items())


@guard(*KEEPERS, methods=BOTH)
def announcement_edit(request: ActorRequest, pk: int) -> HttpResponse:
    row = fetch(visible_to(request.actor), pk=pk)
    check_keep(request.actor, row)
    initial: dict[str, Any] = {name: getattr(row, name) for name in actions.PLAIN}
    initial |= {"kind": row.kind, "subjects": row.subject_list}
    form = AnnouncementForm(
        request.POST or None, kinds=_kinds(request.actor.rules_in(row.centre_id), row), initial=initial
    )
    if attempt(form, lambda: actions.edit_announcement(row=row, facts=form.facts, by=request.actor)):
        messages.success(request, _("Saved."))
        return redirect("events:announcement_detail", pk)
    context = {"form": form, "row": row, "centre": row.centre}
    return render(request, "events/announcement_form.html", context, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def announcement_withdraw(request: ActorRequest, pk: int) -> HttpResponse:
    """It ends before its deadline, with a reason."""
    row, form = fetch(visible_to(request.actor), pk=pk), WhyForm(request.POST or None)
    check_keep(request.actor, row)
    if attempt(form, lambda: actions.withdraw_announcement(row=row, by=request.actor, **form.cleaned_data)):
        messages.success(request, _("Withdrawn."))
        return redirect("events:announcement_detail", pk)
    return render(request, "events/announcement_withdraw.html", {"form": form, "row": row}, status=status_of(form))
