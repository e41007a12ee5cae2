"""What the room people tells the rooms below (core registries), and what it hears from sign-in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.signals import password_changed, password_reset, password_set
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    DeskGroup,
    DeskLine,
    DeskSource,
    MenuEntry,
    PersonalData,
    audit_wording,
    desk,
    menu,
    personal_data,
)
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, Person
from traektoria.people.portrait import portrait
from traektoria.people.queries import centres_to_fill, open_erasures


@receiver([password_changed, password_set, password_reset])
def own_password(sender: Any, user: Account, **kwargs: Any) -> None:
    """The person has made a password of their own."""
    if user.password_given:
        user.password_given = False
        user.save(update_fields=["password_given"])


menu.add(
    MenuEntry(
        slug="school_staff",
        order=85,
        label=gettext_lazy("Staff"),
        url_name="people:person_list",
        icon="users",
        visible=lambda actor: bool(HEADS & actor.roles) and Role.COORDINATOR not in actor.roles,
        prefixes=("/people/",),
    )
)
menu.add(
    MenuEntry(
        slug="centres",
        order=95,
        label=gettext_lazy("Centres"),
        url_name="people:centre_list",
        icon="landmark",
        visible=lambda actor: actor.is_administrator,
        prefixes=("/people/centres/",),
    )
)


def for_coordinator(actor: Actor, today: date) -> Iterable[DeskLine]:
    """No schools or staff yet, and requests for erasure. Bounded queries; none for those who coordinate nothing."""
    if not actor.is_coordinator:
        return
    for centre in centres_to_fill(actor):
        what, place = _("Load the staff of the schools"), "people:staff_import"
        if not centre.has_schools:  # type: ignore[attr-defined]  # annotated
            what, place = _("Load the schools: everything else hangs on them"), "organisations:schools_import"
        yield DeskLine(DeskGroup.TODAY, what, centre.name, reverse(place), _("Load"))
    asked = open_erasures(actor.centres(Role.COORDINATOR))
    names = Person.objects.in_bulk([event.object_id for event in asked]) if asked else {}
    for event in asked:
        if event.object_id in names:
            yield DeskLine(
                group=DeskGroup.TODAY,
                what=_("Answer a request to erase personal data"),
                who=names[event.object_id].short_name,
                url=reverse("people:person_detail", args=[event.object_id]),
                action=_("Open"),
            )


desk.add(DeskSource("people.for_coordinator", 6, for_coordinator))
personal_data.add(
    PersonalData("people", 10, gettext_lazy("name, work, roles, account, who opened your data"), portrait)
)

for order, (slug, sentence) in enumerate(
    {
        "people.administrator_appointed": gettext_lazy("appointed the administrator"),
        "people.centre_founded": gettext_lazy("founded the centre"),
        "people.person_added": gettext_lazy("added a person"),
        "people.person_changed": gettext_lazy("corrected a name"),
        "people.employment_added": gettext_lazy("added a place of work"),
        "people.employment_changed": gettext_lazy("changed a place of work"),
        "people.classes_set": gettext_lazy("changed the classes taught"),
        "people.role_assigned": gettext_lazy("gave a role"),
        "people.role_ended": gettext_lazy("ended a role"),
        "people.account_opened": gettext_lazy("opened an account"),
        "people.account_changed": gettext_lazy("changed a login or an e-mail"),
        "people.password_given": gettext_lazy("gave a new password"),
        "consent.give": gettext_lazy("gave a consent"),
        "consent.withdraw": gettext_lazy("withdrew a consent"),
        "people.erasure_requested": gettext_lazy("asked to erase their data"),
        "people.erasure_answered": gettext_lazy("answered the request to erase data"),
        "access.people.person": gettext_lazy("your card in the staff list"),
        "access.people.export": gettext_lazy("the file with your data"),
        "access.people.staff": gettext_lazy("the staff list as a file"),
    }.items()
):
    audit_wording.add(AuditWording(slug, order, sentence))
