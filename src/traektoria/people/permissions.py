"""Who may change whose account and role, and who heads a centre of one school."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.organisations.models import TutorCentre
from traektoria.people.actor import Actor, in_force
from traektoria.people.enums import HEADS, Role
from traektoria.people.models import Account, Person, RoleAssignment
from traektoria.people.queries import not_over, people_now


def check_coordinates(actor: Actor, centre_id: int, sentence: str = "") -> None:
    """The coordinator of this centre; ``sentence`` says of what, to who is not."""
    if not actor.has(centre_id, Role.COORDINATOR):
        raise Refused(sentence or _("Only the coordinator of the centre does this."), code="not_the_coordinator")


def check_gives_password(actor: Actor, person: Person) -> None:
    """Not to oneself, and not to somebody with power elsewhere."""
    if person.pk == actor.person_id:
        raise Refused(_("Change your own password in «My data»."))
    check_keeps_account(actor, person)


def check_keeps_person(actor: Actor, person: Person) -> None:
    """The coordinator of where the person is now; whoever left is not theirs to change."""
    if not people_now(centres=actor.centres(Role.COORDINATOR)).filter(pk=person.pk).exists():
        raise Refused(_("This person is not in your centre now: where they are, they are kept."))


def check_keeps_account(actor: Actor, person: Person) -> None:
    """A coordinator rules no account with power elsewhere: it would be a way into another centre."""
    check_keeps_person(actor, person)
    own = actor.centres(Role.COORDINATOR)
    roles = RoleAssignment.objects.filter(not_over(), person=person)
    if any(role.centre_id not in own for role in roles):
        raise Refused(_("This person also works in another centre: their account is kept by the administrator."))


def check_confirms_hand(actor: Actor, account: Account) -> None:
    """Who says that a person asked for the password that another gave: an administrator, or a coordinator or head of
    where the person is now. Neither the giver, nor the person, nor whose own password the same giver has just given."""
    if not (actor.is_administrator or _is_near(actor, account.person_id or 0)):
        raise Refused(_("This is confirmed by a coordinator, a head or the administrator who knows the person."))
    if actor.account_id in {account.pk, account.given_by}:
        raise Refused(_("Somebody else confirms this: not the person, and not who gave the password."))
    lately = timezone.now() - timedelta(days=30)
    own = Account.objects.filter(pk=actor.account_id, given_by=account.given_by, given_at__gt=lately)
    if not actor.in_own_hand or (account.given_by is not None and own.exists()):
        raise Refused(_("Your own password was given lately, by the same person: somebody else confirms this."))


def _is_near(actor: Actor, person_id: int) -> bool:
    kept = people_now(centres=actor.centres(Role.COORDINATOR), schools=actor.schools(*HEADS))
    return kept.filter(pk=person_id).exists()


can_give_password = twin(check_gives_password)


def check_ends_role(actor: Actor, role: RoleAssignment) -> None:
    """Nobody shuts themselves out of the centre."""
    check_coordinates(actor, role.centre_id or 0)
    if role.role == Role.COMMISSION_MEMBER:
        raise Refused(_("A member leaves the commission on its page: the role goes with the seat."), code="has_a_seat")
    if role.person_id == actor.person_id and role.role == Role.COORDINATOR:
        raise Refused(_("You can't end your own role of coordinator: another coordinator does it."))


def is_head_of_the_school(actor: Actor, centre: TutorCentre) -> bool:
    """Of the school whose own centre it is."""
    grants = (grant for grant in actor.grants if grant.role == Role.HEAD)
    return centre.school_id is not None and any(
        (grant.centre_id, grant.school_id) == (centre.pk, centre.school_id) for grant in grants
    )


def has_a_head(centre: TutorCentre) -> bool:
    """One query."""
    heads = RoleAssignment.objects.filter(role=Role.HEAD, centre=centre.pk, school=centre.school_id)
    return heads.filter(in_force(timezone.localdate())).exists()
