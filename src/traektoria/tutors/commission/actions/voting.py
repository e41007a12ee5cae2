"""Writes of the vote and the decision. The choice of a secret vote is in no row that names the voter, nor in the
audit: see ``commission.secrecy``."""

from collections import Counter
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from traektoria.core import audit, waiting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.typography import ru_day
from traektoria.core.workflow import move
from traektoria.engines.voting import Outcome, Tally, outcome, quorum
from traektoria.people.actor import Actor
from traektoria.tutors.applications.actions.applications import decide
from traektoria.tutors.commission import secrecy
from traektoria.tutors.commission.actions.items import check_item_quorum, locked_item
from traektoria.tutors.commission.actions.sessions import locked_session
from traektoria.tutors.commission.enums import AgendaState, SessionState, VoteChoice
from traektoria.tutors.commission.models import AgendaItem, DissentingOpinion, SealedBallot, Session, Vote
from traektoria.tutors.commission.permissions import check_takes_part
from traektoria.tutors.commission.policies import FINAL, judges_of, presiding
from traektoria.tutors.commission.queries.judgements import recused_in
from traektoria.tutors.commission.queries.sessions import attendance_of
from traektoria.tutors.commission.queries.votes import countable
from traektoria.tutors.commission.workflow import item_workflow
from traektoria.tutors.seats.permissions import seat_of
from traektoria.tutors.seats.policies import commission_rules
from traektoria.tutors.statuses.actions.statuses import grant_status
from traektoria.tutors.statuses.enums import BasisKind


@transaction.atomic
def open_vote(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """The vote begins; of a secret one the key is made. Raises ``Conflict`` without a quorum of those not recused."""
    row = locked_item(item)
    item_workflow.check(row, item_workflow.step("vote"), by)
    check_item_quorum(row)
    if row.secret:
        _sweep_keys()
        secrecy.make_key(row.pk)
    return move(item_workflow, row, "vote", by=by, facts={"secret": row.secret})


def _sweep_keys() -> None:
    """Destroy the keys of votes that the database knows to be over, and no other."""
    over = AgendaItem.objects.filter(pk__in=secrecy.kept_keys(), state__in=(AgendaState.COUNTED, *FINAL))
    for pk in over.values_list("pk", flat=True):
        secrecy.destroy_key(pk)


@transaction.atomic
def cast_vote(*, item: AgendaItem, choice: VoteChoice, by: Actor) -> Vote:
    """One vote of a present voting member who is not recused; it can't be changed.

    In a secret vote the row of the voter has no choice, the ballot has no voter, and the audit knows only that a vote
    was given. Raises ``Refused``, ``Conflict`` (no vote goes on, voted already, the key is lost).
    """
    row = locked_item(item)
    seat = check_takes_part(by, row)
    if row.state != AgendaState.VOTING:
        raise Conflict(_("No vote goes on for this item: it has not begun or is closed already."), code="no_vote_now")
    if row.votes.filter(member=seat).exists():
        raise Conflict(_("Your vote is in already; it can't be changed."), code="voted")
    if row.secret:
        _drop_ballot(row, choice)
    vote = Vote.objects.create(item=row, member=seat, choice="" if row.secret else choice)
    audit.record("agenda_item.vote_given", row, by=by, centre_id=row.session.centre_id)
    return vote


def _drop_ballot(item: AgendaItem, choice: VoteChoice) -> None:
    try:
        token, sealed = secrecy.seal(item.pk, choice)
    except secrecy.KeyLost as lost:
        raise _lost() from lost
    SealedBallot.objects.create(token=token, item=item, sealed=sealed)


def _lost() -> Conflict:
    return Conflict(
        _("The key of this secret vote is lost, so its ballots can't be counted by anybody. Hold the vote again."),
        code="key_lost",
    )


@transaction.atomic
def count_votes(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Close the vote: only the counts stay of a secret one, its ballots and then its key are destroyed.

    Who voted and left since took part. Raises ``Conflict``: the quorum is lost (now, or of votes given), the key is
    lost, or ballots are not as many as voters.
    """
    row = locked_item(item)
    item_workflow.check(row, item_workflow.step("count"), by)
    check_item_quorum(row)
    rows, recused = attendance_of(row.session), recused_in(row)
    votes = {vote.member_id: vote.choice for vote in row.votes.all()}
    rules = commission_rules(row.session.regulation)
    counts = _count_sealed(row, len(votes)) if row.secret else Counter(VoteChoice(one) for one in votes.values())
    members = [one.member_id for one in rows if one.member.votes]
    taking_part = {one.pk for one in judges_of(rows, recused)} | set(votes)
    _check_enough(len(votes), len(members), rules.quorum)
    tally = Tally(
        counts[VoteChoice.FOR], counts[VoteChoice.AGAINST], counts[VoteChoice.ABSTAINED], len(taking_part), len(members)
    )
    chair = presiding(rows, recused)
    chair_for = bool(rules.chair_breaks_tie and not row.secret and chair and votes.get(chair.pk) == VoteChoice.FOR)
    return _counted(row, tally, outcome(rules.majority.value, tally, chair_for=chair_for), by)


def _check_enough(votes: int, members: int, share: float) -> None:
    needed = quorum(members, share)
    if votes < needed:
        raise Conflict(
            _("Votes given: %(n)s, and the quorum is %(needed)s. Wait for the others, or postpone the item.")
            % {"n": votes, "needed": needed},
            code="too_few_votes",
        )


def _count_sealed(item: AgendaItem, voters: int) -> Counter[VoteChoice]:
    """Raises ``Conflict``, and nothing changes, where the key does not open every ballot or one was added or lost."""
    try:
        counts = secrecy.count(item.pk, item.sealed.values_list("token", "sealed"))
    except secrecy.KeyLost as lost:
        raise _lost() from lost
    if sum(counts.values()) != voters:
        raise Conflict(
            _("There are not as many ballots as voters: somebody changed the database. Hold the vote again."),
            code="ballots_do_not_match",
        )
    item.sealed.all().delete()
    transaction.on_commit(lambda: secrecy.destroy_key(item.pk))
    return counts


def _counted(item: AgendaItem, tally: Tally, result: Outcome, by: Actor) -> AgendaItem:
    changes = {
        "for_count": tally.votes_for,
        "against_count": tally.against,
        "abstained_count": tally.abstained,
        "present_count": tally.present,
        "members_count": tally.members,
        "passed": result.passed,
        "by_chair": result.by_chair,
    }
    return move(item_workflow, item, "count", by=by, changes=changes, facts={"passed": result.passed})


@transaction.atomic
def repeat_vote(*, item: AgendaItem, by: Actor) -> AgendaItem:
    """Hold a secret vote anew whose ballots can't be counted: everybody votes once more under a new key.

    Raises ``Conflict`` where they can be counted: nobody repeats a vote for its result.
    """
    row = locked_item(item)
    item_workflow.check(row, item_workflow.step("repeat"), by)
    if not row.secret or countable(row):
        raise Conflict(_("The ballots are in order: close the vote instead."), code="countable")
    row.votes.all().delete()
    row.sealed.all().delete()
    secrecy.make_key(row.pk)
    return move(item_workflow, row, "repeat", by=by)


@transaction.atomic
def decide_item(*, item: AgendaItem, reasons: str, start: date | None = None, by: Actor) -> AgendaItem:
    """The decision as the vote was, with its reasons; the status begins on ``start`` (today).

    Side effects: the application is granted or refused, the status granted, audit events; all or nothing. Raises
    ``Invalid`` (a refusal without reasons), ``Conflict`` (not counted, the application is withdrawn).
    """
    row = locked_item(item)
    item_workflow.check(row, item_workflow.step("decide"), by)
    granted, now = bool(row.passed), timezone.now()
    if not granted and not reasons.strip():
        raise Invalid(_("Write the reasons of the refusal: the candidate reads them."), code="reason_needed")
    changes = {"granted": granted, "decided_at": now, "reasons": reasons.strip()}
    row = move(item_workflow, row, "decide", by=by, changes=changes, facts={"granted": granted})
    decide(application=row.application, granted=granted, note=reasons, by=by)
    if granted:
        grant_status(
            application=row.application, basis=BasisKind.DECISION, basis_text=protocol_words(row), item=row,
            start=start or timezone.localdate(), by=by,
        )  # fmt: skip
    return row


def protocol_words(item: AgendaItem) -> str:
    """«protocol No. 3 of 5 September 2026»: what a status rests on."""
    day = timezone.localdate(item.session.opened_at or item.session.held_at)
    return _("protocol No. %(number)s of %(day)s") % {"number": item.session.number, "day": ru_day(day)}


@transaction.atomic
def add_opinion(*, item: AgendaItem, text: str, by: Actor) -> DissentingOpinion:
    """A dissenting opinion of a member who took part, until the protocol is signed; signatures given already are asked
    for again, for the protocol has changed. Raises ``Refused``, ``Conflict``, ``Invalid``."""
    session = locked_session(item.session)
    if session.state not in (SessionState.OPEN, SessionState.CLOSED):
        raise Conflict(_("The protocol is signed: nothing is added to it."), code="protocol_signed")
    row = AgendaItem.objects.get(pk=item.pk)
    seat = seat_of(by, session.commission)
    if seat is None or not row.votes.filter(member=seat).exists():
        raise Refused(_("A dissenting opinion is given by a member who voted."), code="did_not_vote")
    if row.state != AgendaState.DECIDED:
        raise Conflict(_("A dissenting opinion is given on a decision."), code="not_decided")
    if not text.strip():
        raise Invalid(_("Write the opinion."), code="text_needed")
    opinion, _new = DissentingOpinion.objects.update_or_create(item=row, member=seat, defaults={"text": text.strip()})
    session.attendance.exclude(protocol_signed_at=None).update(protocol_signed_at=None)
    waiting.renew(session)
    Session.objects.filter(pk=session.pk).update(printed={})
    audit.record("agenda_item.opinion", row, by=by, centre_id=session.centre_id)
    return opinion
