"""What the room people tells the rooms below (core registries), and what it hears from sign-in."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_used
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    AuditWording,
    ConsentSource,
    DeskGroup,
    DeskLine,
    DeskSource,
    MenuEntry,
    PersonalData,
    audit_wording,
    consent_sources,
    desk,
    menu,
    personal_data,
)
from traektoria.core.typography import counted
from traektoria.people import account_letters as account_letters
from traektoria.people import search_registration as search_registration
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, Person
from traektoria.people.own_hand import code_was_shown, own_password_made
from traektoria.people.portrait import portrait
from traektoria.people.queries import (
    PASSWORD_EVENTS,
    centres_begun,
    desk_events,
    held_near,
    open_erasures,
    own_consents,
)
from traektoria.people.throttle import proxy_seen


@receiver(password_changed)
def own_password(sender: Any, user: Account, **kwargs: Any) -> None:
    """The person has made a password of their own."""
    own_password_made(user, by_letter=False)


@receiver(password_reset)
def own_password_by_letter(sender: Any, user: Account, **kwargs: Any) -> None:
    """The same by a link in a letter."""
    own_password_made(user, by_letter=True)


@receiver(authenticator_used)
def code_of_the_telephone(sender: Any, user: Account, authenticator: Any, **kwargs: Any) -> None:
    """The second step was passed: a telephone that was there before the password shows who it is."""
    code_was_shown(user, authenticator)


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
    """No schools, staff or passwords yet, and requests for erasure. No query for those who coordinate nothing."""
    if not actor.is_coordinator:
        return
    waiting = 0
    for centre in centres_begun(actor):
        waiting = centre.waiting or 0  # type: ignore[attr-defined]  # annotated, like the two below
        if centre.has_staff:  # type: ignore[attr-defined]
            continue
        what, place = _("Load the staff of the schools"), "people:staff_import"
        if not centre.has_schools:  # type: ignore[attr-defined]
            what, place = _("Load the schools: everything else hangs on them"), "organisations:schools_import"
            if centre.base_school_id:
                what = _("Load the schools of the district: the centre serves them all")
        yield DeskLine(DeskGroup.TODAY, what, centre.name, reverse(place), _("Load"))
    if waiting:
        yield DeskLine(
            DeskGroup.TODAY,
            _("Give out the first passwords"),
            counted(waiting, "%(n)s person can't sign in yet", "%(n)s people can't sign in yet"),
            reverse("people:first_passwords"),
            _("Give out"),
        )
    events = desk_events(actor.centres(Role.COORDINATOR))
    if any(event.event in PASSWORD_EVENTS for event in events):
        yield from _held_lines(actor)
    asked = open_erasures(events)
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


def for_hands(actor: Actor, today: date) -> Iterable[DeskLine]:
    """A password that another gave: to its person, and to heads and the administrator, who can confirm that they asked
    for it (a coordinator hears of it above). One query at most."""
    if not actor.in_own_hand:
        yield DeskLine(
            DeskGroup.TODAY,
            _("Another person gave you a new password: some things are closed until it is certain that it is you"),
            "",
            reverse("people:own_hand"),
            _("How to open them"),
        )
    if actor.is_administrator and proxy_seen():
        yield DeskLine(
            DeskGroup.TODAY,
            _("A proxy stands before the server, and the server was not told: set TRAEKTORIA_PROXIES"),
            "",
            reverse("help:page", args=["administrator"]),
            _("How"),
        )
    if (actor.is_administrator or actor.is_head) and not actor.is_coordinator:
        yield from _held_lines(actor)


def _held_lines(actor: Actor) -> Iterable[DeskLine]:
    for account in held_near(actor).exclude(pk=actor.account_id).exclude(given_by=actor.account_id)[:20]:
        yield DeskLine(
            group=DeskGroup.TODAY,
            what=_("Did they ask for the new password? Ask them and confirm"),
            who=account.get_short_name(),
            url=reverse("people:hand_confirm", args=[account.person_id]),
            action=_("Confirm"),
        )


desk.add(DeskSource("people.for_coordinator", 6, for_coordinator))
desk.add(DeskSource("people.for_hands", 4, for_hands))
consent_sources.add(ConsentSource("people", 10, own_consents))
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
        "people.first_password_given": gettext_lazy("gave the first password"),
        "people.own_hand_shown": gettext_lazy("showed that it is they who use the password"),
        "people.own_hand_confirmed": gettext_lazy("confirmed that the person asked for the password"),
        "people.password_by_letter": gettext_lazy("made a password by a link to an address not confirmed"),
        "people.address_changed": gettext_lazy("confirmed an e-mail"),
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
