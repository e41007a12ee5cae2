"""The signed sheet comes back from the door: ticked all at once, its photo kept for who leads the event."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.attempt import attempt, status_of
from traektoria.core.files import shown_picture
from traektoria.core.installation.room import before_reading, counted_for
from traektoria.core.text import squash
from traektoria.core.typography import counted
from traektoria.events.attendance.actions import GuestWords
from traektoria.events.attendance.enums import Word
from traektoria.events.attendance.queries import SheetRow, sheet_of
from traektoria.events.door import papers
from traektoria.events.door.forms import LONGEST
from traektoria.events.door.models import SheetPhoto
from traektoria.events.door.policies import PHOTOS, check_door
from traektoria.events.enrolment.access_log import log_list
from traektoria.events.event.models import EventDate
from traektoria.events.event.permissions import READ, check_lead
from traektoria.events.event.policies import can_be_held
from traektoria.events.event.queries.events import find_date
from traektoria.events.event.time_and_place import called, when
from traektoria.people.guard import BOTH, POST, ActorRequest, existing, fetch, guard

MOST_GUESTS = 60


class SheetForm(forms.Form):
    """Who signed, of who is registered; the rest by hand."""

    came = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Has signed"), coerce=int, required=False, widget=forms.CheckboxSelectMultiple
    )
    others_missed = forms.BooleanField(
        label=gettext_lazy("Who has not signed was not there"), required=False, initial=True
    )
    guests = forms.CharField(
        label=gettext_lazy("Written into the empty rows"), required=False, max_length=6000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("A line a person: surname and name, then the school after a comma."),
    )  # fmt: skip
    photo = forms.FileField(
        label=gettext_lazy("Photo of the sheet"), required=False,
        help_text=gettext_lazy("JPG, PNG or WEBP. Seen by who leads the event and the coordinator alone."),
        widget=forms.ClearableFileInput(attrs={"accept": PHOTOS.accept}),
    )  # fmt: skip

    def __init__(self, data: Any, files: Any, rows: list[SheetRow]) -> None:
        super().__init__(data, files, initial={"came": [row.person for row in rows if row.said == Word.CAME]})
        self.fields["came"].choices = [(row.person, _named(row)) for row in rows]  # type: ignore[attr-defined]

    def clean_guests(self) -> list[GuestWords]:
        lines = [line for line in map(squash, self.cleaned_data["guests"].splitlines()) if line]
        if len(lines) > MOST_GUESTS:
            raise forms.ValidationError(_("At most %(most)s lines at once.") % {"most": MOST_GUESTS})
        found = [line.partition(",") for line in lines]
        return [GuestWords(name.strip()[:LONGEST], work.strip()[:LONGEST]) for name, _comma, work in found]


def _named(row: SheetRow) -> str:
    return f"{row.name}, {row.work}" if row.work else row.name


@guard(*READ, methods=BOTH)
@before_reading(counted_for(EventDate, "event__centre"))
def date_paper(request: ActorRequest, pk: int) -> HttpResponse:
    """Print it, tick it, keep its photo."""
    date = existing(find_date(request.actor, pk))
    check_lead(request.actor, date.event)
    if request.method != "POST":
        check_door(date)
    rows = sheet_of(date, whole=True)
    form = SheetForm(request.POST or None, request.FILES or None, rows)

    def enter() -> bool:
        facts, photo = form.cleaned_data, form.cleaned_data["photo"]
        said = papers.enter_sheet(
            date=date, rows=rows, came=facts["came"], guests=facts["guests"], others_missed=facts["others_missed"],
            photos=[photo] if photo else [], by=request.actor,
        )  # fmt: skip
        for one in said.warned:
            messages.info(request, one)
        messages.success(request, counted(len(said.kept), "Saved: %(n)s mark.", "Saved: %(n)s marks."))
        return True

    if attempt(form, enter):
        return redirect("events:date_paper", pk)
    log_list(by=request.actor, event=date.event, people=[row.person for row in rows])
    context = {
        "form": form, "date": date, "event": date.event, "called": called(date.event), "when": when(date),
        "rows": rows, "photos": list(SheetPhoto.objects.filter(date=pk).select_related("by")),
        "enters": can_be_held(date, timezone.now()),
    }  # fmt: skip
    return render(request, "events/date_paper.html", context, status=status_of(form))


@guard(*READ)
def sheet_photo(request: ActorRequest, pk: int) -> HttpResponse:
    """As it is, for we have drawn it."""
    return shown_picture(_photo(request, pk).file, of_people=True)


@guard(*READ, methods=POST)
def sheet_photo_remove(request: ActorRequest, pk: int) -> HttpResponse:
    photo = _photo(request, pk)
    papers.remove_photo(photo=photo, by=request.actor)
    messages.success(request, _("The photo is taken away."))
    return redirect("events:date_paper", photo.date_id)


def _photo(request: ActorRequest, pk: int) -> SheetPhoto:
    """Of a date that the person may read; only who leads the event sees it."""
    rows: QuerySet[SheetPhoto, SheetPhoto] = SheetPhoto.objects.select_related("date__event__centre")
    photo = fetch(rows.filter(date__event__centre__in=request.actor.centre_ids), pk=pk)
    check_lead(request.actor, existing(find_date(request.actor, photo.date_id)).event)
    return photo
