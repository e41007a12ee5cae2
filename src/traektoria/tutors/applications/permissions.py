"""Who may do what with an application. Each check raises ``Refused`` with a humane sentence."""

from collections.abc import Collection

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor
from traektoria.people.enums import HEADS, Role
from traektoria.tutors.applications.models import Application
from traektoria.tutors.seats.permissions import leads_commission

APPLICANTS = (Role.TEACHER, Role.TUTOR, *HEADS)


def check_applies(actor: Actor, centre_id: int) -> int:
    """Who works at a school of the centre, or is its tutor, may ask for the status. Gives the id of the person."""
    if actor.person_id is None or not actor.has(centre_id, *APPLICANTS):
        raise Refused(_("Teachers and tutors of this centre apply for the status."), code="not_of_the_centre")
    return actor.person_id


def check_nominates(actor: Actor, centre_id: int, at_schools: Collection[int]) -> None:
    """Coordinators and tutors nominate anyone of the centre, heads those who work at their school (``at_schools``)."""
    if actor.has(centre_id, Role.COORDINATOR, Role.TUTOR):
        return
    if actor.has(centre_id, *HEADS) and actor.schools(*HEADS) & set(at_schools):
        return
    raise Refused(
        _("A colleague is nominated by the coordinator, by a tutor, or by the head of their school."),
        code="does_not_nominate",
    )


can_nominate = twin(check_nominates)


def nominates(actor: Actor, centre_id: int) -> bool:
    """Whether there may be somebody in the centre whom the person nominates."""
    return can_nominate(actor, centre_id, actor.schools(*HEADS))


def check_sees_nominations(actor: Actor, *, has_nominated: bool) -> None:
    """The list of one's nominations: for who may nominate, and for who once did."""
    if not has_nominated and not {Role.COORDINATOR, Role.TUTOR, *HEADS} & set(actor.roles):
        raise Refused(
            _("Applications are seen by those who consider them, and nominations by those who made them."),
            code="sees_no_applications",
        )


def check_candidate(actor: Actor, application: Application) -> None:
    """What only the candidate does: nobody applies, consents or appeals for another."""
    if actor.person_id != application.person_id:
        raise Refused(_("Only the candidate does this."), code="not_the_candidate")


def check_considers(actor: Actor, application: Application) -> None:
    """Who looks at papers: the coordinator, or those who lead the commission; never one's own."""
    if actor.person_id == application.person_id:
        raise Refused(_("Your own application is looked at by somebody else."), code="own_application")
    if not (
        actor.has(application.centre_id, Role.COORDINATOR)
        or (application.centre.school_id and actor.has(application.centre_id, *HEADS))
        or leads_commission(actor, application.centre_id)
    ):
        raise Refused(
            _("Applications are looked at by the coordinator and the secretary of the commission."),
            code="does_not_consider",
        )


can_consider = twin(check_considers)


def check_decides(actor: Actor, application: Application) -> None:
    """Who brings about a decision: as who considers. How it is made is said by the regulation and its action."""
    check_considers(actor, application)
