"""Two other ways to a status: entry into a community, an earlier paper."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.attempt import attempt, status_of
from traektoria.people.guard import BOTH, ActorRequest, fetch, guard
from traektoria.tutors.orders import queries as orders
from traektoria.tutors.orders.tabs import KEEPERS, chosen_centre
from traektoria.tutors.register import actions
from traektoria.tutors.register.forms.statuses import EarlierForm, EntryForm
from traektoria.tutors.statuses import queries as statuses


@guard(*KEEPERS, methods=BOTH, own_hand=True)
def enter_in_community(request: ActorRequest, pk: int) -> HttpResponse:
    """Enter an admitted applicant; an application that is decided already leads to the tutor."""
    application = fetch(orders.considered(request.actor), pk=pk)
    form = EntryForm(request.POST or None, initial={"start": timezone.localdate()})
    status = attempt(
        form,
        lambda: actions.enter_in_community(application=application, by=request.actor, **form.cleaned_data),
    )
    if status:
        messages.success(request, _("%(name)s is entered in the community.") % {"name": status.person.short_name})
        return redirect("tutors:tutor_detail", status.pk)
    facts = {"form": form, "application": application, "missing": orders.missing_of(application)}
    return render(request, "tutors/tutor_entry.html", facts, status=status_of(form))


@guard(*KEEPERS, methods=BOTH)
def earlier_new(request: ActorRequest, pk: int) -> HttpResponse:
    """Write down what the status of a tutor older than statuses rests on; ``pk`` is the person's."""
    centre = fetch(statuses.centres_kept_by(request.actor), pk=chosen_centre(request).pk)
    person = fetch(statuses.without_status(centre.pk, timezone.localdate()), pk=pk)
    form = EarlierForm(request.POST or None)
    status = attempt(
        form,
        lambda: actions.enter_earlier(person=person, centre=centre, by=request.actor, **form.cleaned_data),
    )
    if status:
        messages.success(request, _("The document is written down."))
        return redirect("tutors:tutor_detail", status.pk)
    return render(request, "tutors/tutor_earlier.html", {"form": form, "person": person}, status=status_of(form))
