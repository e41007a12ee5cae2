"""Asking one more teacher to join an open group."""

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit
from traektoria.core.errors import Conflict, Invalid
from traektoria.people.actor import Actor
from traektoria.people.models import Person
from traektoria.routes.supports.actions.proposing import check_people
from traektoria.routes.supports.actions.seats import check_places, locked_tutor
from traektoria.routes.supports.permissions import check_add_member
from traektoria.routes.supports.policies import check_open
from traektoria.routes.tutees.locks import locked_support
from traektoria.routes.tutees.models import SupportMember, TutorSupport


@transaction.atomic
def add_member(*, support: TutorSupport, person: Person, by: Actor) -> SupportMember:
    """Ask ``person`` to join the group; they are in it when they consent. Who is asked already is asked once.

    The tutor's place is taken from now on. Side effect: audit. Raises ``Refused``, ``Invalid`` for an individual
    support or a person who is not a teacher of the centre, ``Conflict`` where the support is over, the teacher has
    declined, or the tutor has no place (``over_capacity``).
    """
    tutor = locked_tutor(support.tutor_id)
    row = locked_support(support)
    check_add_member(by, row)
    check_open(row)
    if not row.is_group:
        raise Invalid(_("An individual support has one teacher; for several propose a group."), code="not_a_group")
    known = row.members.filter(person=person).first()
    if known:
        return _known(known)
    check_people(row.centre_id, row.tutor_id, (person.pk,))
    check_places(row.centre, tutor, [person.pk])
    member = SupportMember.objects.create(support=row, person=person)
    audit.record("support.add_member", row, by=by, member=member.pk)
    return member


def _known(known: SupportMember) -> SupportMember:
    if known.declined_at is not None:
        raise Conflict(
            _("This teacher has declined. They can still join themselves, from the page of the support."),
            code="declined",
        )
    return known
