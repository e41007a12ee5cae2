"""The list by which who came is marked, and the answer of the teacher."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.attempt import attempt, status_of
from traektoria.core.text import whole_number
from traektoria.core.typography import counted
from traektoria.events.attendance import actions
from traektoria.events.attendance.actions import Mark, Marked
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.models import Attendance
from traektoria.events.attendance.queries import sheet_of
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.event.letters import page
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import READ, check_lead
from traektoria.events.event.policies import check_held
from traektoria.events.event.queries.events import find_date
from traektoria.events.event.surnames import by_surnames
from traektoria.events.event.time_and_place import called, when
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard

BY_SURNAME = gettext_lazy("People of the centre by surname, with the name if there are several; separated by commas.")


class WalkInForm(forms.Form):
    """Who came without a registration; the rest of the list is read from its own fields."""

    others = forms.CharField(
        label=gettext_lazy("Came without a registration"), required=False, max_length=1000,
        help_text=BY_SURNAME,
    )  # fmt: skip


@guard(*READ, methods=BOTH)
def date_people(request: ActorRequest, pk: int) -> HttpResponse:
    """One list for the whole date: a word for each, what stays as it was is no mark."""
    date = existing(find_date(request.actor, pk))
    check_lead(request.actor, date.event)
    if request.method != "POST":
        check_held(date, timezone.now())
    form = WalkInForm(request.POST or None)

    def save() -> Marked:
        marks = list(_marks(request.POST, timezone.now()))
        named = by_surnames(form.cleaned_data["others"], date.event.centre_id)
        marks += [Mark(uuid4(), person, Word.CAME, timezone.now()) for person in sorted(named)]
        return actions.mark_people(date=date, marks=marks, by=request.actor)

    if marked := attempt(form, save):
        messages.success(request, _said(marked))
        return redirect("events:date_people", pk)
    return _shown(request, date, form)


def _shown(request: ActorRequest, date: EventDate, form: WalkInForm) -> HttpResponse:
    rows = sheet_of(date)
    log_list(by=request.actor, event=date.event, people=[row.person for row in rows])
    context = {
        "form": form, "date": date, "event": date.event, "called": called(date.event), "when": when(date),
        "rows": rows, "words": Word.choices, "undone": Word.UNDONE, "came": sum(row.said == Word.CAME for row in rows),
    }  # fmt: skip
    return render(request, "events/date_people.html", context, status=status_of(form))


def _marks(sent: QueryDict, now: datetime) -> Iterator[Mark]:
    """Of each line whose word is another than the page showed; what a changed page may have sent instead counts for
    nothing."""
    for text in sent.getlist("person"):
        said, was = sent.get(f"said-{text}", ""), sent.get(f"was-{text}", "")
        try:
            key = UUID(sent.get(f"key-{text}", ""))
        except ValueError:
            continue
        if whole_number(text) and said and said != was:
            yield Mark(key, whole_number(text), said, now)


def _said(marked: Marked) -> str:
    if marked.strangers:
        return _("Saved, but for who is of the centre no longer.")
    if not marked.fresh:
        return _("Nothing has changed.")
    return counted(marked.fresh, "Saved: %(n)s mark.", "Saved: %(n)s marks.")


@guard(*READ, methods=POST)
def evidence_answer(request: ActorRequest, pk: int) -> HttpResponse:
    """The teacher counts it for the route, or not."""
    row = fetch(Attendance.objects.filter(person=request.actor.person_id or 0).select_related("date"), pk=pk)
    counts = request.POST.get("answer") == "yes"
    link = request.build_absolute_uri(page(row.date.event_id))
    actions.answer_evidence(row=row, counts=counts, link=link, by=request.actor)
    messages.success(request, _("It stands in your route as evidence.") if counts else _("Not counted."))
    return redirect("events:event_detail", row.date.event_id)
