"""Forms of the composition and of a planned session."""

from datetime import datetime, time
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from traektoria.core.forms import DayInput
from traektoria.core.word_search import narrowed
from traektoria.organisations.regulations.labels import label_of
from traektoria.organisations.regulations.schema import CommissionRules
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.people.queries import kept_by
from traektoria.tutors.commission.models import Session
from traektoria.tutors.seats.enums import SeatPost
from traektoria.tutors.seats.models import CommissionMember

MOST_SHOWN = 12


class TimeInput(forms.TimeInput):
    """The browser's own clock; the value travels as 15:00."""

    input_type = "time"

    def __init__(self) -> None:
        super().__init__(format="%H:%M")


class CommissionForm(forms.Form):
    """What the founder's order says."""

    name = forms.CharField(label=_("Name of the commission"), max_length=300)
    basis = forms.CharField(
        label=_("Made by the order"), max_length=300, help_text=_("For example: order of 1 September No. 45")
    )
    start = forms.DateField(label=_("Works from"), widget=DayInput, initial=timezone.localdate)


class SeatForm(forms.Form):
    """A member's place: kinds of members are those of the regulation."""

    kind = forms.ChoiceField(label=_("Represents"))
    position = forms.CharField(
        label=_("Position"), max_length=300, required=False, help_text=_("As the protocol prints it.")
    )
    post = forms.ChoiceField(label=_("Post in the commission"), choices=SeatPost.choices, initial=SeatPost.MEMBER)
    without_vote = forms.BooleanField(
        label=_("Without a vote"), required=False, help_text=_("Only the secretary may be without a vote.")
    )

    def __init__(self, *args: Any, rules: CommissionRules, member: CommissionMember | None = None, **kw: Any) -> None:
        if member:
            kw["initial"] = {
                "kind": member.kind, "position": member.position, "post": member.post,
                "without_vote": not member.votes,
            }  # fmt: skip
        super().__init__(*args, **kw)
        self.fields["kind"].choices = [(kind.value, label_of(kind)) for kind in rules.kinds]  # type: ignore[attr-defined]

    def seat(self) -> dict[str, Any]:
        """What the actions take. Call it on a valid form."""
        given = self.cleaned_data
        return {
            "kind": given["kind"],
            "position": given["position"],
            "post": given["post"],
            "votes": not given["without_vote"],
        }


class PersonChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """Persons by their full names."""

    widget = forms.RadioSelect

    def label_from_instance(self, obj: Person) -> str:
        return obj.full_name


class MemberForm(SeatForm):
    """One of the centre's people, found by surname, or somebody new by name."""

    person = PersonChoice(label=_("Who"), queryset=Person.objects.none(), required=False, empty_label=None)
    surname = forms.CharField(label=_("Surname"), max_length=100, required=False)
    given = forms.CharField(label=_("Given name"), max_length=100, required=False)
    patronymic = forms.CharField(label=_("Patronymic"), max_length=100, required=False)

    def __init__(self, *args: Any, actor: Actor, found: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people = kept_by(actor)
        field: Any = self.fields["person"]
        field.queryset = people
        hits = narrowed(people, found, "search_name") if found else people.none()
        field.choices = [(person.pk, person.full_name) for person in hits.distinct()[:MOST_SHOWN]]
        self.found = bool(field.choices)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if not data.get("person") and not (data.get("surname") and data.get("given")):
            place = "person" if self.found else "surname"  # the one of the two that is on the page
            self.add_error(place, _("Choose a person, or write the surname and the name of a new one."))
        return data

    @property
    def name(self) -> dict[str, str]:
        return {part: self.cleaned_data[part] for part in ("surname", "given", "patronymic")}


class SessionForm(forms.Form):
    """When and where; how to vote is as the regulation says unless chosen otherwise."""

    day = forms.DateField(label=_("Date"), widget=DayInput)
    hour = forms.TimeField(label=_("Time"), widget=TimeInput)
    place = forms.CharField(label=_("Where"), max_length=300, required=False)
    secret = forms.BooleanField(
        label=_("Secret vote"), required=False, help_text=_("It can be changed for one item before its vote begins.")
    )

    def __init__(self, *args: Any, session: Session | None = None, secret: bool = False, **kwargs: Any) -> None:
        held = timezone.localtime(session.held_at) if session else None
        kwargs["initial"] = {
            "day": held.date() if held else timezone.localdate(),
            "hour": held.time() if held else time(15, 0),
            "place": session.place if session else "",
            "secret": session.secret if session else secret,
        }
        super().__init__(*args, **kwargs)

    def facts(self) -> dict[str, Any]:
        """What the actions take. Call it on a valid form."""
        given = self.cleaned_data
        held_at = timezone.make_aware(datetime.combine(given["day"], given["hour"]))
        return {"held_at": held_at, "place": given["place"], "secret": given["secret"]}


class ReasonForm(forms.Form):
    """A reason that the protocol names."""

    reason = forms.CharField(label=_("Reason"), max_length=500, widget=forms.Textarea({"rows": 2}))
