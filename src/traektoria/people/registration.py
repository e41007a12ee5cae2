"""What the room people tells the rooms below (core registries), and what it hears from sign-in."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from allauth.account.signals import password_changed, password_reset
from allauth.mfa.signals import authenticator_used
from django.dispatch import receiver
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from traektoria.core.registries import (
    ActorSource,
    ConsentSource,
    DeskGroup,
    DeskLine,
    DeskSign,
    MenuEntry,
    PersonalData,
    actors,
    consent_sources,
    desk_signs,
    menu,
    personal_data,
    word_events,
)
from traektoria.core.tasks.kinds import TaskKind, task_kinds
from traektoria.people import account_letters as account_letters
from traektoria.people import directory as directory
from traektoria.people import errands as errands
from traektoria.people import search_registration as search_registration
from traektoria.people import waiting as waiting
from traektoria.people.actor import Actor, actor_of_account
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account
from traektoria.people.own_hand import code_was_shown, own_password_made
from traektoria.people.personal_data import person_data
from traektoria.people.queries import (
    own_consents,
)
from traektoria.people.sessions import forget_sessions

actors.add(ActorSource("people.accounts", 10, actor_of_account))


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


def in_own_hand(actor: Actor) -> Iterable[DeskLine]:
    """A password that another gave. No query: the account tells."""
    if not actor.in_own_hand:
        yield DeskLine(
            DeskGroup.TODAY,
            _("Another person gave you a new password: some things are closed until it is certain that it is you"),
            "",
            reverse("people:own_hand"),
            _("How to open them"),
        )


desk_signs.add(DeskSign("people.own_hand", 4, in_own_hand))
consent_sources.add(ConsentSource("people", 10, own_consents))
personal_data.add(
    PersonalData("people", 10, gettext_lazy("name, work, roles, account, who opened your data"), person_data)
)

word_events(
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
        "people.codes_forgotten": gettext_lazy("switched off the code at sign-in: telephone and spare codes are lost"),
        "consent.give": gettext_lazy("gave a consent"),
        "consent.withdraw": gettext_lazy("withdrew a consent"),
        "people.address_trusted": gettext_lazy("had letters sent once more to an address that refused them"),
        "people.erasure_requested": gettext_lazy("asked to erase their data"),
        "people.erasure_answered": gettext_lazy("answered the request to erase data"),
        "access.people.person": gettext_lazy("your card in the staff list"),
        "access.people.export": gettext_lazy("the file with your data"),
        "access.people.staff": gettext_lazy("the staff list as a file"),
    }
)
task_kinds.add(
    TaskKind("people.sessions", 91, gettext_lazy("Clearing old sessions"), forget_sessions, every=timedelta(1))
)
