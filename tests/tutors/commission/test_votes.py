"""The vote: open and secret, counted by the rules, repeated where the key is lost; the decision that follows."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone

from tests.tutors.commission_factories import ABSTAINED, AGAINST, FOR, Sitting, make_sitting
from traektoria.core.errors import Conflict, Invalid, Refused
from traektoria.core.models import AuditEvent
from traektoria.documents.papers.protocols import protocol_paper
from traektoria.engines.papers import Paragraph
from traektoria.people.models import Account
from traektoria.people.own_hand import set_given_password
from traektoria.tutors.applications.enums import ApplicationState
from traektoria.tutors.commission import secrecy
from traektoria.tutors.commission.actions import items, sessions, voting
from traektoria.tutors.commission.enums import AgendaState, SessionState, VoteChoice
from traektoria.tutors.commission.queries.protocol import protocol_facts
from traektoria.tutors.commission.queries.session_page import SessionPage
from traektoria.tutors.models import Recusal, SealedBallot, Session, TutorStatus, Vote

pytestmark = pytest.mark.django_db
NAMES = ("chair", "deputy", "secretary", "member", "fifth")


@pytest.fixture(autouse=True)
def _own_keys(tmp_path: Path, settings: Any) -> None:
    settings.BALLOTS = tmp_path


def vote(sitting: Sitting, *choices: VoteChoice | None) -> None:
    """Open the vote and let the members vote in the order of ``NAMES``; None does not vote."""
    voting.open_vote(item=sitting.item, by=sitting.by["secretary"])
    for name, choice in zip(NAMES, choices, strict=True):
        if choice:
            voting.cast_vote(item=sitting.item, choice=choice, by=sitting.by[name])


def count(sitting: Sitting) -> bool:
    return bool(voting.count_votes(item=sitting.item, by=sitting.by["secretary"]).passed)


def refused(code: str, call: Any) -> None:
    with pytest.raises((Conflict, Refused, Invalid)) as refusal:
        call()
    assert refusal.value.code == code


@pytest.mark.parametrize("secret", [False, True])
@pytest.mark.django_db(transaction=True)
def test_counts(secret: bool) -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=secret)
    vote(sitting, FOR, FOR, AGAINST, FOR, ABSTAINED)
    assert count(sitting)
    item = sitting.fresh()
    found = (item.for_count, item.against_count, item.abstained_count, item.present_count, item.members_count)
    assert found == (3, 1, 1, 5, 5)
    choices = list(Vote.objects.order_by("pk").values_list("choice", flat=True))
    assert choices == ([""] * 5 if secret else ["for", "for", "against", "for", "abstained"])
    assert not SealedBallot.objects.exists()
    assert not list(Path(settings.BALLOTS).glob("*.key"))


@pytest.mark.parametrize(
    ("rules", "secret", "choices", "passed", "by_chair"),
    [
        ({}, False, (FOR, AGAINST, FOR, AGAINST, ABSTAINED), True, True),
        ({}, False, (AGAINST, FOR, FOR, AGAINST, ABSTAINED), False, False),
        ({}, True, (FOR, AGAINST, FOR, AGAINST, ABSTAINED), False, False),
        ({"chair_breaks_tie": False}, False, (FOR, AGAINST, FOR, AGAINST, ABSTAINED), False, False),
        ({"majority": "members"}, False, (FOR, FOR, FOR, None, None), True, False),
        ({"majority": "two_thirds"}, False, (FOR, FOR, FOR, AGAINST, ABSTAINED), False, False),
        ({"majority": "two_thirds"}, True, (FOR, FOR, FOR, FOR, ABSTAINED), True, False),
        ({}, False, (FOR, FOR, ABSTAINED, ABSTAINED, None), False, False),
    ],
)
def test_rules(
    rules: dict[str, Any], secret: bool, choices: tuple[VoteChoice | None, ...], passed: bool, by_chair: bool
) -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=secret, **rules)
    vote(sitting, *choices)
    assert (count(sitting), sitting.fresh().by_chair) == (passed, by_chair)


def test_a_deputy_presides_where_the_chair_is_recused() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    Recusal.objects.create(item=sitting.item, member=sitting.members["chair"], reason="other")
    vote(sitting, None, FOR, FOR, AGAINST, AGAINST)
    assert (count(sitting), sitting.fresh().by_chair, sitting.fresh().present_count) == (True, True, 4)


def test_who_votes_and_when() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    item, by = sitting.item, sitting.by
    refused("no_vote_now", lambda: voting.cast_vote(item=item, choice=FOR, by=by["member"]))
    Recusal.objects.create(item=item, member=sitting.members["fifth"], reason="relative")
    sessions.set_attendance(
        session=sitting.session, ticks={sitting.members["deputy"].pk: (False, "ушёл")}, by=by["secretary"]
    )
    vote(sitting, FOR, None, FOR, FOR, None)
    refused("voted", lambda: voting.cast_vote(item=item, choice=AGAINST, by=by["member"]))
    refused("recused", lambda: voting.cast_vote(item=item, choice=FOR, by=by["fifth"]))
    refused("not_present", lambda: voting.cast_vote(item=item, choice=FOR, by=by["deputy"]))
    refused("no_vote", lambda: voting.cast_vote(item=item, choice=FOR, by=by["coordinator"]))
    refused("leads_no_session", lambda: voting.count_votes(item=item, by=by["member"]))
    assert count(sitting)
    refused("no_vote_now", lambda: voting.cast_vote(item=item, choice=FOR, by=by["member"]))
    refused("wrong_state", lambda: voting.count_votes(item=item, by=by["secretary"]))


def test_quorum_lost_in_between_stops_the_count() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=True)
    vote(sitting, FOR, FOR, FOR, None, None)
    gone = {sitting.members[name].pk: (False, "вызвали") for name in ("member", "fifth", "deputy")}
    sessions.set_attendance(session=sitting.session, ticks=gone, by=sitting.by["secretary"])
    refused("no_quorum", lambda: count(sitting))
    assert (SealedBallot.objects.count(), sitting.fresh().state) == (3, AgendaState.VOTING)
    items.postpone_item(item=sitting.item, reason="нет кворума", by=sitting.by["secretary"])
    assert (SealedBallot.objects.count(), Vote.objects.count(), sitting.fresh().for_count) == (0, 0, None)


def test_fewer_votes_than_the_quorum_decide_nothing() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    vote(sitting, FOR, FOR, None, None, None)
    refused("too_few_votes", lambda: count(sitting))


def test_a_lost_key_means_another_vote() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=True)
    vote(sitting, FOR, FOR, FOR, None, None)
    again = lambda: voting.repeat_vote(item=sitting.item, by=sitting.by["secretary"])  # noqa: E731
    refused("countable", again)
    secrecy.destroy_key(sitting.item.pk)
    refused("key_lost", lambda: count(sitting))
    refused("key_lost", lambda: voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by["fifth"]))
    again()
    assert (SealedBallot.objects.count(), Vote.objects.count()) == (0, 0)
    for name in NAMES:
        voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by[name])
    assert count(sitting)


def test_a_ballot_put_in_by_hand_is_noticed() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=True)
    vote(sitting, FOR, AGAINST, FOR, None, None)
    token, sealed = secrecy.seal(sitting.item.pk, VoteChoice.FOR)
    extra = SealedBallot.objects.create(token=token, item=sitting.item, sealed=sealed)
    refused("ballots_do_not_match", lambda: count(sitting))
    extra.delete()
    SealedBallot.objects.create(item=sitting.item, sealed=SealedBallot.objects.all()[0].sealed)
    refused("key_lost", lambda: count(sitting))


def test_decision_grants_the_status_with_its_basis() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    vote(sitting, FOR, FOR, FOR, FOR, FOR)
    count(sitting)
    refused("votes_counted", lambda: items.postpone_item(item=sitting.item, reason="ой", by=sitting.by["chair"]))
    item = voting.decide_item(item=sitting.item, reasons="", by=sitting.by["secretary"])
    status = TutorStatus.objects.get(person=sitting.item.application.person)
    assert (item.granted, item.application.state) == (True, ApplicationState.ADMITTED)
    sitting.item.application.refresh_from_db()
    assert sitting.item.application.state == ApplicationState.GRANTED
    assert status.terms.get().item_id == item.pk
    refused("wrong_state", lambda: voting.decide_item(item=item, reasons="", by=sitting.by["secretary"]))


def test_refusal_needs_reasons_and_an_appeal_is_a_new_item() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    vote(sitting, AGAINST, AGAINST, AGAINST, FOR, ABSTAINED)
    count(sitting)
    refused("reason_needed", lambda: voting.decide_item(item=sitting.item, reasons=" ", by=sitting.by["secretary"]))
    voting.decide_item(item=sitting.item, reasons="Мало опыта", by=sitting.by["secretary"])
    application = sitting.item.application
    application.refresh_from_db()
    assert (application.state, application.decision_note) == (ApplicationState.REFUSED, "Мало опыта")
    assert not TutorStatus.objects.exists()


def test_opinion_until_the_protocol_is_signed() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    by, item = sitting.by, sitting.item
    vote(sitting, FOR, FOR, FOR, FOR, None)
    count(sitting)
    refused("not_decided", lambda: voting.add_opinion(item=item, text="Против", by=by["member"]))
    voting.decide_item(item=item, reasons="", by=by["secretary"])
    refused("did_not_vote", lambda: voting.add_opinion(item=item, text="Против", by=by["fifth"]))
    sessions.close_session(session=sitting.session, by=by["secretary"])
    assert sessions.sign_protocol(session=sitting.session, by=by["chair"]).state == SessionState.CLOSED
    voting.add_opinion(item=item, text="Считаю иначе", by=by["member"])
    assert sessions.sign_protocol(session=sitting.session, by=by["secretary"]).state == SessionState.CLOSED
    assert sessions.sign_protocol(session=sitting.session, by=by["chair"]).state == SessionState.SIGNED
    refused("protocol_signed", lambda: voting.add_opinion(item=item, text="Ещё", by=by["member"]))
    refused("signs_no_protocol", lambda: sessions.sign_protocol(session=sitting.session, by=by["deputy"]))
    assert Session.objects.get().signed_at is not None


def test_the_audit_knows_no_choice() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED, secret=True)
    vote(sitting, FOR, AGAINST, ABSTAINED, FOR, FOR)
    facts = AuditEvent.objects.filter(event="agenda_item.vote_given").values_list("facts", flat=True)
    assert list(facts) == [{}] * 5


def test_ballots_look_alike() -> None:
    secrecy.make_key(7)
    sealed = [secrecy.seal(7, choice) for choice in VoteChoice for _time in range(3)]
    assert {len(text) for _token, text in sealed} == {12 + 1 + 16}
    assert len({text for _token, text in sealed}) == len({token for token, _text in sealed}) == 9
    assert secrecy.count(7, sealed) == dict.fromkeys(VoteChoice, 3)
    with pytest.raises(secrecy.KeyLost):
        secrecy.count(7, [(sealed[0][0], sealed[1][1])])
    key = Path(settings.BALLOTS) / "7.key"
    assert key.stat().st_mode & 0o777 == 0o600
    secrecy.make_key(8)
    assert secrecy.kept_keys() >= {7, 8}
    secrecy.destroy_key(7)
    assert 7 not in secrecy.kept_keys()


def test_a_password_given_within_the_session_closes_the_vote_and_all_members_see_it() -> None:
    """Also a first one, made own at once, and confirmed by whom it may be."""
    sitting = make_sitting(AgendaState.DISCUSSED)
    Session.objects.filter(pk=sitting.session.pk).update(opened_at=timezone.now() - timedelta(minutes=5))
    voting.open_vote(item=sitting.item, by=sitting.by["secretary"])
    fifth = Account.objects.get(pk=sitting.by["fifth"].account_id)
    set_given_password(fifth, "k7mp-3hrw-e4zd", centre_id=None, by=sitting.by["secretary"])
    refused("password_given", lambda: voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by["fifth"]))
    voting.cast_vote(item=sitting.item, choice=FOR, by=sitting.by["member"])
    session = Session.objects.get(pk=sitting.session.pk)
    for reader in ("chair", "member", "fifth"):
        assert [member.person for member, _given in SessionPage(session, sitting.by[reader]).passwords] == [
            fifth.person
        ]
    ((person, given),) = protocol_facts(session).passwords
    secretary = Account.objects.get(pk=sitting.by["secretary"].account_id)
    assert (person.pk, given.giver) == (fifth.person_id, secretary.get_short_name())
    words = " ".join(one.text for one in protocol_paper(session).blocks if isinstance(one, Paragraph))
    assert "новый пароль выдан другим лицом" in words


def test_a_password_of_the_days_before_is_seen_and_closes_nothing() -> None:
    sitting = make_sitting(AgendaState.DISCUSSED)
    fifth = Account.objects.get(pk=sitting.by["fifth"].account_id)
    set_given_password(fifth, "k7mp-3hrw-e4zd", centre_id=None, by=sitting.by["secretary"])
    Session.objects.filter(pk=sitting.session.pk).update(opened_at=timezone.now() + timedelta(seconds=1))
    session = Session.objects.get(pk=sitting.session.pk)
    assert len(SessionPage(session, sitting.by["chair"]).passwords) == 1
    assert protocol_facts(session).passwords == ()
    vote(sitting, FOR, FOR, FOR, FOR, FOR)
    assert count(sitting)


def test_only_keys_of_votes_that_are_over_are_swept() -> None:
    """A key of a vote that another transaction begins just now lies there while its item still seems not to have begun;
    a key that the database does not know is somebody else's."""
    over, begun = make_sitting(AgendaState.COUNTED, secret=True), make_sitting(AgendaState.DISCUSSED, secret=True)
    unknown = 999_999
    for pk in (over.item.pk, begun.item.pk, unknown):
        secrecy.make_key(pk)
    mine = make_sitting(AgendaState.DISCUSSED, secret=True)
    voting.open_vote(item=mine.item, by=mine.by["secretary"])
    assert secrecy.kept_keys() & {over.item.pk, begun.item.pk, unknown} == {begun.item.pk, unknown}
    assert mine.item.pk in secrecy.kept_keys()
