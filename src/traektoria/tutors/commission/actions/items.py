"""Writes of an item on its way to the vote: begun, recusals, points, discussion, postponed, returned."""

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid
from traektoria.core.text import squash
from traektoria.core.workflow import move
from traektoria.people.actor import Actor
from traektoria.tutors.applications.actions.review import give_back
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.commission import secrecy
from traektoria.tutors.commission.actions.sessions import locked_session
from traektoria.tutors.commission.enums import AgendaState, SessionState
from traektoria.tutors.commission.models import AgendaItem, Judgement, Recusal
from traektoria.tutors.commission.permissions import check_declares, check_leads_item, check_takes_part
from traektoria.tutors.commission.policies import FINAL, check_discussed, check_quorum, quorum_of
from traektoria.tutors.commission.queries.conflicts import write_conflicts
from traektoria.tutors.commission.queries.judgements import judged_criteria, judging_state, recused_in
from traektoria.tutors.commission.queries.sessions import attendance_of, with_application
from traektoria.tutors.commission.workflow import item_workflow
from traektoria.tutors.seats.models import CommissionMember
from traektoria.tutors.seats.policies import commission_rules

Given = Mapping[str, tuple[int, str]]  # criterion -> points, note
BEFORE_VOTE = (AgendaState.WAITING, AgendaState.JUDGING, AgendaState.DISCUSSED)


def locked_item(item: AgendaItem) -> AgendaItem:
    """The item as it is now in its open session: the rows of both are locked, the session's first, so that votes,
    counts and attendance come one after another. Raises ``Conflict`` when the session does not go on."""
    session = locked_session(item.session)
    if session.state != SessionState.OPEN:
        raise Conflict(_("The session does not go on now."), code="session_not_open")
    rows = AgendaItem.objects.filter(session=session).select_for_update(of=("self",), no_key=True)
    row = with_application(rows).filter(pk=item.pk).first()
    if row is None:
        raise Conflict(_("The item was taken off the agenda."), code="item_gone")
    row.session = session
    return row


@transaction.atomic
def begin_item(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Members judge where the regulation has judged criteria; else the discussion begins.

    Conflicts of interest are looked at again. Raises ``Conflict``: no quorum without the recused, another item goes on.
    """
    row = locked_item(item)
    check_leads_item(by, row)
    if row.application.state != ApplicationState.ADMITTED:
        raise Conflict(_("The candidate has withdrawn the application: postpone the item."), code="not_admitted")
    if row.session.items.exclude(pk=row.pk).exclude(state__in=(*FINAL, AgendaState.WAITING)).exists():
        raise Conflict(_("Another item is being considered: finish or postpone it first."), code="another_item")
    write_conflicts(row)
    check_item_quorum(row)
    step = "judge" if judged_criteria(row.application) else "discuss"
    return move(item_workflow, row, step, by=by, facts={"recused": row.recusals.count()})


def check_item_quorum(item: AgendaItem) -> None:
    """The recused do not count as present. Raises ``Conflict``: the item may be postponed."""
    share = commission_rules(item.session.regulation).quorum
    quorum = quorum_of(attendance_of(item.session), share, recused_in(item))
    check_quorum(quorum)


@transaction.atomic
def recuse(*, item: AgendaItem, member: CommissionMember, reason: str, note: str, by: Actor) -> Recusal:
    """Declared by the member, or written down by who leads; already recused, the same row is returned.

    Raises ``Refused``, ``Conflict`` (the vote has begun), ``Invalid`` (no word about the reason).
    """
    row = locked_item(item)
    check_declares(by, row, member, reason)
    have = row.recusals.filter(member=member).first()
    if have:
        return have
    if row.state not in BEFORE_VOTE:
        raise Conflict(_("The vote has begun: if there is a conflict of interest, postpone the item."), code="too_late")
    if not row.session.attendance.filter(member=member).exists():
        raise Conflict(_("This person is not in the session."), code="not_in_session")
    if not note.strip():
        raise Invalid(
            _("Say in a few words what the conflict of interest is: the protocol names it."), code="note_needed"
        )
    recusal = Recusal.objects.create(item=row, member=member, reason=reason, note=squash(note))
    audit.record("agenda_item.recuse", row, by=by, centre_id=row.session.centre_id, member=member.pk, reason=reason)
    return recusal


@transaction.atomic
def give_points(*, item: AgendaItem, given: Given, by: Actor) -> int:
    """Points of the actor for judged criteria, some or all; what changed is a new row. Returns how many changed.

    Raises ``Refused`` (recused, absent, no vote), ``Conflict`` (judgements are open), ``Invalid`` (no such points).
    """
    row = locked_item(item)
    seat = check_takes_part(by, row)
    if row.state != AgendaState.JUDGING:
        raise Conflict(_("Judgements are not given now."), code="not_judging")
    scale = {one.slug: {step.points for step in one.descriptors} for one in judged_criteria(row.application)}
    last = {one.criterion: (one.points, one.note) for one in row.judgements.filter(member=seat).order_by("pk")}
    fresh = {slug: (points, squash(note)) for slug, (points, note) in given.items()}
    for slug, (points, _note) in fresh.items():
        if points not in scale.get(slug, ()):
            raise Invalid(_("There are no such points for this criterion."), code="wrong_points")
    changed = {slug: value for slug, value in fresh.items() if last.get(slug) != value}
    Judgement.objects.bulk_create(
        Judgement(item=row, member=seat, criterion=slug, points=points, note=note)
        for slug, (points, note) in changed.items()
    )
    if changed:
        waiting.renew(row.session)
        audit.record("agenda_item.judgement", row, by=by, centre_id=row.session.centre_id, n=len(changed))
    return len(changed)


@transaction.atomic
def reveal_judgements(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Open everybody's points to the commission, once all present members have given theirs.

    Raises ``Conflict`` while somebody's are missing: who left is marked as absent first.
    """
    row = locked_item(item)
    item_workflow.check(row, item_workflow.step("reveal"), by)
    state = judging_state(row)
    if not state.complete:
        raise Conflict(
            _("%(done)s of %(all)s have judged. Wait for the others, or mark those who left as absent.")
            % {"done": state.done, "all": len(state.judges)},
            code="judgements_missing",
        )
    return move(item_workflow, row, "reveal", by=by, facts={"judges": state.done})


@transaction.atomic
def save_discussion(*, item: AgendaItem, text: str, by: Actor) -> AgendaItem:
    """What was said, for the protocol; until the decision. Not while members judge each for themselves, blind."""
    row = locked_item(item)
    check_leads_item(by, row)
    check_discussed(row.state)
    if row.state in FINAL:
        raise Conflict(_("The item is decided: its record stays as it is."), code="item_decided")
    if row.discussion != text.strip():
        row.discussion = text.strip()
        row.save(update_fields=["discussion"])
        audit.record("agenda_item.discussion", row, by=by, centre_id=row.session.centre_id)
    return row


@transaction.atomic
def set_secret(*, item: AgendaItem, secret: bool, by: Actor) -> AgendaItem:
    """Vote secretly or by names on this item, before its vote begins."""
    row = locked_item(item)
    check_leads_item(by, row)
    if row.state not in BEFORE_VOTE:
        raise Conflict(_("The vote has begun: it goes on as it began."), code="vote_begun")
    row.secret = secret
    row.save(update_fields=["secret"])
    audit.record("agenda_item.mode", row, by=by, centre_id=row.session.centre_id, secret=secret)
    return row


@transaction.atomic
def postpone_item(*, item: AgendaItem, reason: str, by: Actor) -> AgendaItem:
    """To another session, with the reason. A vote that goes on is broken off and nobody learns how it stood.

    Raises ``Conflict`` when the votes are counted (then the decision is written), unless the candidate has withdrawn.
    """
    row = locked_item(item)
    if row.state == AgendaState.COUNTED and row.application.state == ApplicationState.ADMITTED:
        raise Conflict(_("The votes are counted: write the decision down."), code="votes_counted")
    if not reason.strip():
        raise Invalid(_("Say why the item is postponed: the protocol names it."), code="reason_needed")
    row = move(item_workflow, row, "postpone", by=by, changes={"postponed_why": squash(reason)[:500]})
    row.votes.all().delete()
    row.sealed.all().delete()
    transaction.on_commit(lambda: secrecy.destroy_key(row.pk))
    return row


@transaction.atomic
def return_to_candidate(*, item: AgendaItem, reason: str, by: Actor) -> AgendaItem:
    """The application goes back for completion and the item is postponed. Raises as ``postpone_item``."""
    row = postpone_item(item=item, reason=reason, by=by)
    give_back(application=row.application, reason=reason, by=by)
    return row
