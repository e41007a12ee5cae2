"""Requests for a tutor: a teacher asks for themselves, a school for its teachers; the coordinator offers a tutor.

Nothing begins with a request: whoever is named in it is asked for consent when a tutor is offered, and may say no.
"""

from collections.abc import Collection, Sequence

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.workflow import move
from traektoria.organisations.models import School, TutorCentre
from traektoria.people.actor import Actor, acting
from traektoria.people.models import Person
from traektoria.routes.needs.enums import NeedState
from traektoria.routes.needs.models import SupportNeed
from traektoria.routes.needs.permissions import (
    check_answer_need,
    check_ask_for_school,
    check_ask_for_self,
    check_refuse_need,
    check_withdraw_need,
)
from traektoria.routes.needs.queries import OPEN_NEED, is_offered_to, people_met, teachers_of_school
from traektoria.routes.needs.workflow import need_workflow

MOST = 200


@transaction.atomic
def ask_for_tutor(*, centre: TutorCentre, subject: str, basis: str, by: Actor, text: str = "") -> SupportNeed:
    """A teacher asks for a tutor for themselves; the same open request pressed twice is one. Side effect: audit."""
    check_ask_for_self(by, centre.pk)
    me = Person.objects.select_for_update(no_key=True).get(pk=acting(by))
    own = SupportNeed.objects.filter(centre=centre, school=None, asked_by=me, subject=subject, state__in=OPEN_NEED)
    known = own.first()
    if known:
        return known
    need = SupportNeed.objects.create(centre=centre, asked_by=me, subject=subject, basis=basis, text=text)
    need.teachers.set([me])
    waiting.renew(need)
    audit.record("need.ask", need, by=by, number=1)
    return need


@transaction.atomic
def ask_for_teachers(
    *,
    centre: TutorCentre,
    school: School,
    teachers: Sequence[Person],
    subject: str,
    basis: str,
    by: Actor,
    number: int = 1,
    text: str = "",
) -> SupportNeed:
    """The head or deputy head asks for tutors for ``teachers`` of their own school, or for ``number`` not named yet.

    The same open request pressed twice is one. Side effect: audit; the named teachers read it on their desks.
    Raises ``Refused`` for another school, ``Invalid`` for a person who is not its teacher or a wrong number.
    """
    check_ask_for_school(by, centre.pk, school.pk)
    ids = {person.pk for person in teachers}
    number = max(number, len(ids))
    _check_named(centre, school, ids, number)
    School.objects.select_for_update(of=("self",), no_key=True).get(pk=school.pk)
    known = _same(centre, school, subject, ids, number)
    if known:
        return known
    need = SupportNeed.objects.create(
        centre=centre, school=school, asked_by_id=acting(by), number=number, subject=subject, basis=basis, text=text
    )
    need.teachers.set(ids)
    waiting.renew(need)
    audit.record("need.ask", need, by=by, number=number, named=len(ids))
    return need


@transaction.atomic
def withdraw_need(*, need: SupportNeed, reason: str, by: Actor) -> SupportNeed:
    """Take the request back while nobody is offered; a repeated press changes nothing."""
    row = _locked(need)
    check_withdraw_need(by, row)
    if row.state == NeedState.WITHDRAWN:
        return row
    if not reason.strip():
        raise Invalid(_("Say in a word why the request is taken back."), code="reason_needed")
    if row.state == NeedState.OFFERED:
        raise Conflict(
            _("A tutor is offered already and everybody is asked. Wait for the answers, or tell the coordinator."),
            code="offered_already",
        )
    return move(need_workflow, row, "withdraw", by=by, changes={"withdrawn_why": reason.strip()})


@transaction.atomic
def refuse_need(*, need: SupportNeed, by: Actor) -> SupportNeed:
    """A teacher whom the school named says «no, thank you»: the request goes on without them.

    Of the last one the request lapses. A repeated refusal changes nothing. Side effect: audit.
    """
    row = _locked(need)
    check_refuse_need(by, row)
    if not row.teachers.filter(pk=acting(by)).exists():
        return _refused_before(row, by)
    if row.state not in OPEN_NEED:
        return row
    if is_offered_to(row, acting(by)):
        raise Conflict(_("A tutor is offered to you already: answer there, you may decline."), code="offered_already")
    row.teachers.remove(acting(by))
    waiting.renew(row)
    audit.record("need.refuse", row, by=by)
    if row.number == 1:
        return move(need_workflow, row, "lapse", by=by)
    row.number -= 1
    row.save(update_fields=["number"])
    return settle_need(row, by=by) or row


def take_need(need: SupportNeed, teacher_ids: Collection[int], *, by: Actor) -> None:
    """Lock the request for an offer to these teachers. Raises ``Refused``, ``Conflict`` where it is settled already,
    ``Invalid`` for teachers of whom it does not speak."""
    row = _locked(need)
    check_answer_need(by, row)
    if row.state != NeedState.OPEN:
        raise Conflict(
            _("This request is settled already: %(state)s.") % {"state": row.get_state_display()},
            code="need_is_settled",
        )
    allowed = teachers_of_school(row.centre_id, row.school) if row.school else row.teachers.all()
    if not set(teacher_ids) <= set(allowed.values_list("pk", flat=True)):
        raise Invalid(_("The request does not speak of these teachers."), code="not_of_the_need")


def settle_need(need: SupportNeed | None, *, by: Actor | None) -> SupportNeed | None:
    """Bring the state of a request to what its supports say, inside the caller's transaction.

    Met: supports have begun for as many teachers as it asks for; offered: as many are asked; else it is open again.
    """
    if need is None:
        return None
    row = _locked(need)
    if row.state not in OPEN_NEED:
        return row
    asked, begun = people_met(row)
    state = _state(row.number, asked, begun)
    step = {NeedState.MET: "meet", NeedState.OFFERED: "offer", NeedState.OPEN: "reopen"}[state]
    return row if row.state == state else move(need_workflow, row, step, by=by)


def _refused_before(row: SupportNeed, by: Actor) -> SupportNeed:
    if not audit.trail(row).filter(event="need.refuse", actor_id=by.account_id).exists():
        raise Refused(_("This is said by a teacher for whom the school asks."), code="not_named")
    return row


def _state(number: int, asked: int, begun: int) -> NeedState:
    if begun >= number:
        return NeedState.MET
    return NeedState.OFFERED if asked >= number else NeedState.OPEN


def _check_named(centre: TutorCentre, school: School, ids: set[int], number: int) -> None:
    if not 1 <= number <= MOST:
        raise Invalid(_("Say for how many teachers: from 1 to %(most)s.") % {"most": MOST}, code="wrong_number")
    if teachers_of_school(centre.pk, school).filter(pk__in=ids).count() != len(ids):
        raise Invalid(_("Somebody of these is not a teacher of your school now."), code="not_a_teacher")


def _same(centre: TutorCentre, school: School, subject: str, ids: set[int], number: int) -> SupportNeed | None:
    """An open request of the school for the same teachers, or the same number, in the same subject."""
    rows = SupportNeed.objects.filter(centre=centre, school=school, subject=subject, number=number, state__in=OPEN_NEED)
    same = (row for row in rows.prefetch_related("teachers") if {one.pk for one in row.teachers.all()} == ids)
    return next(same, None)


def _locked(need: SupportNeed) -> SupportNeed:
    return SupportNeed.objects.select_for_update(of=("self",), no_key=True).select_related("school").get(pk=need.pk)
