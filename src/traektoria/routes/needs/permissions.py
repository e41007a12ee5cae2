"""Who may do what with a request. Each check raises ``Refused`` with a humane sentence, with a bool twin ``can_…``."""

from django.utils.translation import gettext as _

from traektoria.core.errors import Refused, twin
from traektoria.people.actor import Actor, acting
from traektoria.people.enums import HEADS, Role
from traektoria.people.permissions import check_coordinates
from traektoria.routes.needs.models import SupportNeed


def check_ask_for_self(actor: Actor, centre_id: int) -> None:
    if not actor.has(centre_id, Role.TEACHER):
        raise Refused(_("A teacher of the centre asks for a tutor."), code="not_a_teacher")


def check_ask_for_school(actor: Actor, centre_id: int, school_id: int) -> None:
    """The head and deputy heads, for teachers of their own school."""
    grants = (grant for grant in actor.grants if grant.role in HEADS)
    if not any((grant.centre_id, grant.school_id) == (centre_id, school_id) for grant in grants):
        raise Refused(_("The head asks for tutors for teachers of their own school."), code="not_the_head")


def check_answer_need(actor: Actor, need: SupportNeed) -> None:
    check_coordinates(actor, need.centre_id, _("Tutors are offered by the coordinator."))


def check_withdraw_need(actor: Actor, need: SupportNeed) -> None:
    """Who asked, the heads of the school that asked, the coordinator."""
    of_school = need.school_id is not None and need.school_id in actor.schools(*HEADS)
    if not (acting(actor) == need.asked_by_id or of_school or actor.has(need.centre_id, Role.COORDINATOR)):
        raise Refused(_("The request is taken back by those who made it."), code="not_the_asker")


def check_refuse_need(actor: Actor, need: SupportNeed) -> None:
    """A teacher of a school's request; of one's own, one takes it back."""
    if need.school_id is None or not actor.has(need.centre_id, Role.TEACHER):
        raise Refused(_("This is said by a teacher for whom the school asks."), code="not_named")


can_withdraw_need = twin(check_withdraw_need)

can_answer_need = twin(check_answer_need)
