"""Writing a proposal of a support: the people are checked, a place is taken, the others are asked."""

from dataclasses import dataclass
from datetime import date

from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.organisations.models import TutorCentre
from traektoria.organisations.queries import regulation_in_force
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.needs.actions import settle_need, take_need
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.supports.actions.seats import check_places, locked_tutor
from traektoria.routes.tutees.models import SupportMember, TutorSupport
from traektoria.routes.tutees.queries import OPEN, teachers_of, tutors_of


@dataclass(frozen=True)
class Proposal:
    """Who with whom, for how long, why; ``need`` is what it answers, ``replaces`` the support it goes on with."""

    centre: TutorCentre
    tutor: Person
    teacher_ids: tuple[int, ...]
    kind: str
    subject: str
    start: date
    end: date
    basis: str
    name: str = ""
    basis_note: str = ""
    need: SupportNeed | None = None
    replaces: TutorSupport | None = None
    replace_reason: str = ""


def write_proposal(proposal: Proposal, *, by: Actor) -> TutorSupport:
    """The proposed support, inside the caller's transaction; the same open proposal made twice is one.

    The tutor's row is locked first, so that places are counted and taken by one at a time. Side effects: an audit
    event, the state of the need. Raises ``Invalid`` for people who are not of the centre, ``Conflict`` without a place.
    """
    check_people(proposal.centre.pk, proposal.tutor.pk, proposal.teacher_ids)
    tutor = locked_tutor(proposal.tutor.pk)
    known = _same(proposal)
    if known:
        return _known(known, proposal)
    if proposal.need:
        take_need(proposal.need, proposal.teacher_ids, by=by)
    check_places(proposal.centre, tutor, proposal.teacher_ids)
    support = _write(proposal)
    audit.record("support.propose", support, by=by, kind=proposal.kind, members=len(proposal.teacher_ids))
    settle_need(proposal.need, by=by)
    return support


def check_people(centre_id: int, tutor_id: int, teacher_ids: tuple[int, ...]) -> None:
    """A tutor and teachers of the centre, now; raises ``Invalid``."""
    here = frozenset({centre_id})
    if not tutors_of(here).filter(pk=tutor_id).exists():
        raise Invalid(_("This person is not a tutor of the centre now."), code="not_a_tutor")
    if teachers_of(here).filter(pk__in=teacher_ids).count() != len(set(teacher_ids)):
        raise Invalid(_("Somebody of these is not a teacher of the centre now."), code="not_a_teacher")
    if tutor_id in teacher_ids:
        raise Invalid(_("A tutor does not support themselves."), code="own_tutor")


def _write(proposal: Proposal) -> TutorSupport:
    given = {name: value for name, value in vars(proposal).items() if name != "teacher_ids"}
    support = TutorSupport.objects.create(regulation=regulation_in_force(proposal.centre.pk), **given)
    SupportMember.objects.bulk_create(SupportMember(support=support, person_id=pk) for pk in proposal.teacher_ids)
    waiting.renew(support)
    return support


def _same(proposal: Proposal) -> TutorSupport | None:
    """An open support of the same people in the same subject."""
    rows = TutorSupport.objects.filter(
        centre=proposal.centre,
        tutor=proposal.tutor,
        kind=proposal.kind,
        subject=proposal.subject,
        state__in=OPEN,
    )
    for row in rows.prefetch_related("members"):
        if {member.person_id for member in row.members.all()} == set(proposal.teacher_ids):
            return row
    return None


def _known(known: TutorSupport, proposal: Proposal) -> TutorSupport:
    """A second press; a support that came about for another reason does not stand in for what is asked."""
    wanted = (proposal.need or known.need, proposal.replaces or known.replaces)
    if wanted != (known.need, known.replaces):
        raise Conflict(
            _("This tutor and these teachers have an open support in this subject already."), code="already_open"
        )
    return known
